"""Soft, sharp and in squares: of the whole, or of a part alone."""

from pathlib import Path

import pytest
import pyvips
from PIL import Image, ImageChops, ImageStat

from bridge_app.transform.effects import Look, apply_effect
from bridge_app.transform.geometry import Box
from bridge_app.transform.model import Component, Effect
from tests.transform.painting import drawn, mean_difference, rgba_at, saved

NOISE = Image.effect_noise((120, 80), 120).convert("RGB")
ENTIRE = (0, 0, 120, 80)


@pytest.fixture
def noise(tmp_path: Path) -> Path:
    return saved(NOISE, tmp_path)


def changed_box(picture: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(picture.convert("RGB"), NOISE).getbbox()


@pytest.mark.parametrize("effect", ["blur_region:300", "pixelate_region:9"])
@pytest.mark.parametrize(
    ("where", "box"),
    [
        ("x_10,y_20,w_30,h_40", (10, 20, 40, 60)),
        ("x_0.5,y_0.25,w_0.25,h_0.5", (60, 20, 90, 60)),
        ("g_south_east,w_30,h_20", (90, 60, 120, 80)),
        ("g_center,w_20,h_20", (50, 30, 70, 50)),
        ("x_100,y_70,w_500,h_500", (100, 70, 120, 80)),
        ("x_-10,y_-10,w_30,h_30", (0, 0, 20, 20)),
        ("", ENTIRE),
    ],
)
def test_only_the_region_is_changed(
    noise: Path, effect: str, where: str, box: tuple[int, int, int, int]
) -> None:
    found = changed_box(drawn(noise, ",".join(filter(None, [f"e_{effect}", where]))))
    assert found is not None
    assert max(abs(a - b) for a, b in zip(found, box, strict=True)) <= 2


def test_a_region_outside_the_picture_changes_nothing(noise: Path) -> None:
    assert changed_box(drawn(noise, "e_blur_region:300,x_500,y_500,w_9,h_9")) is None


@pytest.mark.parametrize("effect", ["blur_faces", "pixelate_faces"])
def test_every_face_is_hidden_and_nothing_between_them(effect: str) -> None:
    faces = (Box(left=5, top=10, width=20, height=20), Box(left=90, top=40, width=25, height=30))
    image = pyvips.Image.new_from_memory(NOISE.tobytes(), 120, 80, 3, "uchar")
    hidden = apply_effect(
        image.copy(interpretation="srgb"),
        Effect(name=effect),
        Component(parameters=()),
        look=Look(faces=lambda: faces),
    )
    picture = Image.fromarray(hidden.numpy())
    parts = ((5, 10, 25, 30), (90, 40, 115, 70), (30, 0, 85, 80))
    first, second, between = (
        mean_difference(picture.crop(part), NOISE.crop(part)) for part in parts
    )
    assert min(first, second) > 20
    assert between == 0


def test_without_faces_nothing_is_hidden(noise: Path) -> None:
    assert changed_box(drawn(noise, "e_blur_faces:2000")) is None


def test_squares_are_of_one_colour_each(noise: Path) -> None:
    picture = drawn(noise, "e_pixelate:16").convert("RGB")
    for left, top in ((0, 0), (32, 48), (112, 64)):
        assert len(picture.crop((left, top, left + 8, top + 16)).getcolors() or []) == 1


@pytest.mark.parametrize("strength", [1, 100, 600, 2000])
def test_a_blur_keeps_a_plain_colour_up_to_its_edge(tmp_path: Path, strength: int) -> None:
    master = saved(Image.new("RGB", (50, 30), (90, 140, 200)), tmp_path)
    blurred = drawn(master, f"e_blur:{strength}")
    plain = Image.new("RGB", (50, 30), (90, 140, 200))
    apart = ImageChops.difference(blurred.convert("RGB"), plain)
    assert max(high for _, high in ImageStat.Stat(apart).extrema) <= 1


def test_what_is_transparent_lends_no_colour_to_a_blur(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (60, 60), (0, 255, 0, 0))
    picture.paste((200, 0, 0, 255), (20, 20, 40, 40))
    found = drawn(saved(picture, tmp_path), "e_blur:300")
    red, green, _, alpha = rgba_at(found, 18, 30)
    assert 0 < alpha < 255
    assert red > 150
    assert green < 20


def test_a_stronger_blur_leaves_less_detail(noise: Path) -> None:
    left = [mean_difference(drawn(noise, f"e_blur:{s}"), NOISE) for s in (20, 100, 500)]
    assert left == sorted(left)
    assert left[0] < left[-1]


@pytest.mark.parametrize("effect", ["sharpen", "unsharp_mask"])
def test_sharpening_a_plain_picture_changes_nothing(tmp_path: Path, effect: str) -> None:
    plain = Image.new("RGB", (30, 20), (99, 88, 77))
    assert mean_difference(drawn(saved(plain, tmp_path), f"e_{effect}:900"), plain) == 0


def test_one_pixel_can_be_blurred_and_squared(tmp_path: Path) -> None:
    master = saved(Image.new("RGB", (1, 1), (9, 8, 7)), tmp_path)
    for effect in ("blur:2000", "pixelate:200", "sharpen:2000", "oil_paint:100", "cartoonify"):
        assert drawn(master, f"e_{effect}").size == (1, 1)
