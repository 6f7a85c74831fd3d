"""Vector masters: sharp at every size."""

from pathlib import Path

from PIL import ImageStat

from tests.transform.painting import drawn, rgb_at

HALVES = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">'
    '<rect width="10" height="10" fill="#102030"/>'
    '<rect x="10" width="10" height="10" fill="#e0d0c0"/>'
    "</svg>"
)


def test_a_drawing_is_drawn_larger_rather_than_enlarged(tmp_path: Path) -> None:
    path = tmp_path / "halves.svg"
    path.write_text(HALVES)
    picture = drawn(path, "c_scale,w_800")
    assert picture.size == (800, 400)
    assert rgb_at(picture, 398, 200) == (0x10, 0x20, 0x30)
    assert rgb_at(picture, 401, 200) == (0xE0, 0xD0, 0xC0)


def test_a_drawing_goes_through_effects_as_any_picture(tmp_path: Path) -> None:
    path = tmp_path / "halves.svg"
    path.write_text(HALVES)
    picture = drawn(path, "c_fit,w_200,h_200/e_grayscale/r_max,b_white")
    assert picture.size == (200, 100)
    assert max(ImageStat.Stat(picture.convert("HSV")).extrema[1]) <= 1
