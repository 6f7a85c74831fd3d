"""Boxes that people drew at the service decide where crops lie, in whatever renders."""

from pathlib import Path

import pytest
from PIL import Image

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform import parse, render
from bridge_app.transform.geometry import Box
from bridge_app.transform.record import Record, drawn_boxes
from tests.transform.painting import picture_of, rgb_at

RED, GREY = (200, 30, 40), (128, 128, 128)


@pytest.fixture
def spotted(tmp_path: Path) -> Path:
    """Grey, 400 × 200, with a red square of 40 at 340, 150."""
    path = tmp_path / "spotted.png"
    image = Image.new("RGB", (400, 200), GREY)
    image.paste(RED, (340, 150, 380, 190))
    image.save(path)
    return path


@pytest.mark.parametrize("gravity", ["custom", "custom:face", "region_!logo!", "face", "faces"])
def test_a_crop_lies_where_the_record_says(spotted: Path, gravity: str) -> None:
    record = Record(
        drawn=drawn_boxes(
            custom=[(340, 150, 40, 40)],
            faces=[(340, 150, 40, 40)],
            regions={"logo": [(340, 150), (380, 190)]},
        )
    )
    cut = render(spotted, parse(f"c_crop,g_{gravity},h_20,w_20/f_png"), facts=record)
    assert rgb_at(picture_of(cut), 10, 10) == RED
    without = render(spotted, parse("c_crop,g_center,h_20,w_20/f_png"))
    assert rgb_at(picture_of(without), 10, 10) == GREY


def test_a_child_is_told_what_the_record_says(decoder: DecoderPool, spotted: Path) -> None:
    record = Record(tags=("logo",), drawn={"custom": Box(left=340, top=150, width=40, height=40)})
    text = "if_!logo!_in_tags/c_crop,g_custom,h_20,w_20/if_end/f_png"
    made = decoder.render(spotted, text, record=record)
    assert (made.width, rgb_at(picture_of(made), 10, 10)) == (20, RED)
    assert decoder.render(spotted, text).width == 400


def test_several_boxes_count_as_the_one_around_them() -> None:
    found = drawn_boxes(
        custom=[(10, 20, 30, 40), (100, 5, 10, 10)],
        faces=[(0, 0, 9, 9), (50, 50, 20, 20)],
        regions={"sky": [(5, 5), (50, 8), (30, 40)]},
    )
    assert found["custom"] == Box(left=10, top=5, width=100, height=55)
    assert found["face"] == Box(left=50, top=50, width=20, height=20)
    assert found["faces"] == Box(left=0, top=0, width=70, height=70)
    assert found["region_!sky!"] == Box(left=5, top=5, width=45, height=35)


def test_drawn_faces_are_counted_by_conditions(spotted: Path) -> None:
    text = "if_fc_eq_2/c_scale,w_50/if_end"
    assert render(spotted, parse(text), facts=Record(faces=2)).width == 50
    assert render(spotted, parse(text)).width == 400


@pytest.mark.parametrize(
    ("sides", "size"),
    [
        ((380, 180, 100, 100), (20, 20)),
        ((-10, -10, 30, 30), (20, 20)),
        ((500, 0, 10, 10), (400, 200)),
        ((0, 0, -5, 10), (400, 200)),
    ],
)
def test_a_box_counts_as_far_as_it_is_in_the_picture(
    spotted: Path, sides: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    record = Record(drawn=drawn_boxes(custom=[sides], regions={}))
    made = render(spotted, parse("c_crop,g_custom/f_png"), facts=record)
    assert (made.width, made.height) == size
