"""Pictures that look drawn."""

from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from tests.transform.painting import drawn, mean_difference, rgb_at, saved

GREY_RAMP = Image.linear_gradient("L").convert("RGB")


@pytest.fixture
def square(tmp_path: Path) -> Path:
    """A white square of 20 on black, 60 × 60."""
    picture = Image.new("RGB", (60, 60))
    picture.paste("white", (20, 20, 40, 40))
    return saved(picture, tmp_path, "square.png")


def lit(picture: Image.Image) -> float:
    """How many pixels are white."""
    return round(ImageStat.Stat(picture.convert("L")).sum[0] / 255, 3)


@pytest.mark.parametrize("kind", range(19))
def test_dithered_greys_are_black_or_white_and_as_bright_as_before(
    tmp_path: Path, kind: int
) -> None:
    path = saved(GREY_RAMP, tmp_path)
    picture = drawn(path, f"e_ordered_dither:{kind}").convert("RGB")
    assert {colour for _, colour in picture.getcolors() or []} <= {(0, 0, 0), (255, 255, 255)}
    rows = [ImageStat.Stat(picture.crop((0, y, 256, y + 64))).mean[0] for y in (0, 64, 128, 192)]
    assert rows == sorted(rows)
    if kind > 1:
        assert all(abs(row - want) < 24 for row, want in zip(rows, (32, 96, 160, 224), strict=True))


@pytest.mark.parametrize("kernel", ["square", "disk", "diamond", "octagon", "plus", "cross"])
def test_light_shapes_grow_when_dilated_and_shrink_when_eroded(square: Path, kernel: str) -> None:
    options = f"kernel_{kernel};radius_3.0"
    grown = drawn(square, f"e_morphology:method_dilate;{options}")
    shrunk = drawn(square, f"e_morphology:method_erode;{options}")
    assert lit(shrunk) < 400 < lit(grown)
    whole = ImageChops.lighter(grown, drawn(square, ""))
    assert mean_difference(whole, grown) == 0


def test_a_square_kernel_grows_by_its_radius_each_time(square: Path) -> None:
    how = "method_dilate;kernel_square;radius_2.0"
    assert lit(drawn(square, f"e_morphology:{how}")) == 24 * 24
    assert lit(drawn(square, f"e_morphology:{how};iterations_3")) == 32 * 32
    eroded = f"{how}/e_morphology:method_erode;kernel_square;radius_2.0"
    assert mean_difference(drawn(square, f"e_morphology:{eroded}"), drawn(square, "")) == 0


def test_morphology_agrees_with_pillows_rank_filters(corpus: Path, tmp_path: Path) -> None:
    with Image.open(corpus / "photos" / "clowns_colorful.jpg") as whole:
        picture = whole.convert("RGB").resize((150, 100))
    path = saved(picture, tmp_path)
    found = drawn(path, "e_morphology:method_dilate;kernel_square;radius_2.0")
    assert mean_difference(found, picture.filter(ImageFilter.MaxFilter(5))) < 0.5


def test_a_convolution_keeps_the_mean(square: Path) -> None:
    soft = drawn(square, "e_morphology:method_convolve;kernel_disk;radius_4.0")
    assert abs(lit(soft) - 400) < 20
    assert 0 < rgb_at(soft, 20, 20)[0] < 255


def test_oil_paint_flattens_noise_and_keeps_edges(tmp_path: Path) -> None:
    picture = Image.new("L", (80, 40), 60)
    picture.paste(190, (40, 0, 80, 40))
    noisy = ImageChops.add(picture, Image.effect_noise((80, 40), 30), 1, -128).convert("RGB")
    painted = drawn(saved(noisy, tmp_path), "e_oil_paint:40").convert("L")
    before = ImageStat.Stat(noisy.convert("L").crop((5, 5, 35, 35))).stddev[0]
    after = ImageStat.Stat(painted.crop((5, 5, 35, 35))).stddev[0]
    assert after < 0.6 * before
    left, right = rgb_at(painted, 36, 20)[0], rgb_at(painted, 44, 20)[0]
    assert right - left > 90


def test_a_cartoon_draws_lines_where_brightness_changes(square: Path) -> None:
    drawing = drawn(square, "e_cartoonify:80:bw")
    assert rgb_at(drawing, 20, 30)[0] < 60
    assert rgb_at(drawing, 30, 30)[0] > 200
    assert rgb_at(drawing, 5, 5)[0] > 200


def test_a_cartoon_of_fewer_colours_has_fewer(tmp_path: Path) -> None:
    picture = Image.effect_mandelbrot((90, 60), (-2, -1, 1, 1), 40).convert("L")
    ImageDraw.Draw(picture).rectangle((0, 0, 30, 20), fill=77)
    path = saved(picture.convert("RGB"), tmp_path)
    counts = [
        len(drawn(path, f"e_cartoonify:0:{r}").convert("RGB").getcolors(100_000) or [])
        for r in (0, 50, 90)
    ]
    assert all(more >= fewer for more, fewer in pairwise(counts))
    assert counts[-1] < counts[0]
