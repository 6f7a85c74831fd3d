"""How much two pictures differ: what a score means, and what keeps an approval."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from bridge_app.domain.errors import MediaError
from bridge_app.transform.difference import difference

SIZE = (480, 320)
SMALL = 0.05


def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(image)
    for place in range(0, size[0], 40):
        draw.ellipse((place, size[1] // 3, place + 30, size[1] // 2), fill=(200, place % 255, 40))
    return image


def written(image: Image.Image, form: str = "PNG", **how: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **how)
    return stream.getvalue()


PLAIN = written(scene())


def test_a_picture_does_not_differ_from_itself() -> None:
    found = difference(PLAIN, PLAIN)
    assert (found.pixels, found.perceptual, found.same_shape) == (0.0, 0.0, True)
    assert not found.is_below(0.0)
    assert found.is_below(0.001)


def test_saving_it_once_more_as_jpeg_is_a_small_difference() -> None:
    found = difference(PLAIN, written(scene(), "JPEG", quality=92, subsampling=0))
    assert 0 < found.score < SMALL


def test_a_small_area_that_is_quite_another_is_no_small_difference() -> None:
    changed = scene()
    ImageDraw.Draw(changed).rectangle((200, 20, 230, 50), fill=(255, 0, 0))
    found = difference(PLAIN, written(changed))
    assert found.pixels < 0.02
    assert found.perceptual > SMALL
    assert not found.is_below(SMALL)


def test_other_colours_of_the_same_lightness_are_seen() -> None:
    red, green, blue = scene().split()
    found = difference(PLAIN, written(Image.merge("RGB", (blue, green, red))))
    assert found.score > SMALL


def test_a_picture_of_half_the_size_is_not_the_same_picture() -> None:
    half = scene().resize((SIZE[0] // 2, SIZE[1] // 2))
    found = difference(PLAIN, written(half))
    assert found.same_shape
    assert found.score > 0.01


def test_another_crop_never_keeps_an_approval() -> None:
    found = difference(PLAIN, written(scene().crop((0, 0, SIZE[0], SIZE[1] - 60))))
    assert not found.same_shape
    assert not found.is_below(1.0)


def test_what_is_transparent_differs_from_what_is_white_or_black() -> None:
    clear = written(Image.new("RGBA", (64, 64), (0, 0, 0, 0)))
    for colour in ((255, 255, 255), (0, 0, 0)):
        assert difference(written(Image.new("RGB", (64, 64), colour)), clear).pixels == 1.0


def test_the_picture_to_look_at_marks_what_differs() -> None:
    changed = scene()
    ImageDraw.Draw(changed).rectangle((200, 20, 280, 80), fill=(255, 255, 0))
    found = Image.open(io.BytesIO(difference(PLAIN, written(changed)).picture))
    assert found.size == SIZE
    red, green, blue = found.getpixel((240, 50))  # type: ignore[misc]  # a JPEG has three bands
    assert red > 200
    assert green < 80
    assert 80 < blue < 180
    untouched = found.getpixel((400, 250))
    assert isinstance(untouched, tuple)
    assert max(untouched) - min(untouched) < 12


@settings(max_examples=15, deadline=None)
@given(
    one=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    other=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    seed=st.integers(0, 255),
)
def test_scores_are_between_0_and_1_whatever_the_sizes(
    one: tuple[int, int], other: tuple[int, int], seed: int
) -> None:
    a = written(Image.new("RGB", one, (seed, 255 - seed, 90)))
    found = difference(a, written(Image.new("L", other, 255 - seed)))
    assert 0.0 <= found.pixels <= 1.0
    assert 0.0 <= found.perceptual <= 1.0
    assert difference(a, a).score == 0.0


def test_what_is_no_picture_is_told() -> None:
    with pytest.raises(MediaError):
        difference(PLAIN, b"not a picture")
