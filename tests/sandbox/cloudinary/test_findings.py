"""What replies say of a picture's content, and the widths worth having of it."""

import io
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader, utils
from cloudinary.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bridge_app.sandbox.cloudinary.analysis import colors, phash, quality_analysis
from tests.plain_http import plain

SDK = pytest.mark.usefixtures("sdk")
FLAGS = {
    "colors": "predominant",
    "phash": "phash",
    "quality_analysis": "quality_score",
    "accessibility_analysis": "accessibility_analysis",
    "cinemagraph_analysis": "cinemagraph_analysis",
    "faces": "faces",
    "image_metadata": "image_metadata",
}


@SDK
@pytest.mark.parametrize(("flag", "key"), FLAGS.items())
def test_each_finding_is_told_to_those_who_ask(jpeg: Path, flag: str, key: str) -> None:
    wanted = {flag: True}
    assert key in uploader.upload(str(jpeg), public_id="pic", **wanted)
    assert key in uploader.explicit("pic", type="upload", **wanted)
    assert key in api.resource("pic", **wanted)
    assert key not in api.resource("pic")


@SDK
def test_a_file_that_is_no_picture_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("words")
    reply = uploader.upload(str(path), resource_type="raw", colors=True, quality_analysis=True)
    assert not {"colors", "quality_analysis"} & reply.keys()


def png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def test_colours_are_counted_and_named() -> None:
    image = Image.new("RGB", (100, 100), "white")
    image.paste((30, 70, 200), (0, 0, 100, 25))
    found = colors(png(image))
    assert [share for _, share in found["colors"]] == [75.0, 25.0]
    assert found["predominant"]["google"] == [["white", 75.0], ["blue", 25.0]]
    assert (found["grayscale"], found["semi_transparent"]) == (False, False)
    assert len(colors(png(Image.new("RGBA", (9, 9), (255, 0, 0, 128))))["colors"][0][0]) == 9


@given(tone=st.integers(min_value=0, max_value=255))
def test_hashes_are_64_bits_and_scores_between_0_and_1(tone: int) -> None:
    data = png(Image.linear_gradient("L").point(lambda value: min(value, tone)))
    assert len(phash(data)["phash"]) == 16
    found = quality_analysis(data)
    scores = [*found["quality_analysis"].values(), found["quality_score"]]
    assert all(isinstance(one, float) and 0 <= one <= 1 for one in scores)


def test_a_picture_keeps_its_hash_when_it_is_scaled_and_another_has_another() -> None:
    picture = Image.linear_gradient("L")
    for tone, box in (
        (200, (10, 30, 120, 80)),
        (40, (140, 150, 240, 230)),
        (90, (60, 160, 90, 250)),
    ):
        picture.paste(tone, box)
    hashes = [
        int(phash(png(one))["phash"], 16)
        for one in (picture, picture.resize((90, 90)), picture.rotate(90))
    ]
    assert (hashes[0] ^ hashes[1]).bit_count() <= 4
    assert (hashes[0] ^ hashes[2]).bit_count() > 10


@SDK
def test_breakpoints_go_from_the_widest_to_the_narrowest(tmp_path: Path) -> None:
    path = tmp_path / "noise.jpg"
    Image.effect_noise((800, 600), 80).convert("RGB").save(path, quality=90)
    wanted = {"create_derived": True, "min_width": 100, "max_width": 600, "bytes_step": 20_000}
    reply = uploader.upload(str(path), public_id="pic", responsive_breakpoints=[wanted])
    (group,) = reply["responsive_breakpoints"]
    widths = [one["width"] for one in group["breakpoints"]]
    assert (widths[0], widths[-1]) == (600, 100)
    assert widths == sorted(widths, reverse=True)
    assert 3 <= len(widths) <= 20
    first = group["breakpoints"][0]
    assert first["transformation"] == "c_scale,w_600"
    assert len(plain.get(first["url"]).content) == first["bytes"]
    assert len(api.resource("pic", max_results=500)["derived"]) == len(widths)
    few = uploader.explicit(
        "pic", type="upload", responsive_breakpoints=[{**wanted, "max_images": 3}]
    )
    assert len(few["responsive_breakpoints"][0]["breakpoints"]) <= 3


@SDK
def test_a_turned_picture_is_as_wide_as_the_room_it_takes(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    Image.new("RGB", (241, 51), "red").save(path)
    wanted = [{"create_derived": False, "transformation": {"angle": a}} for a in (45, 90)]
    reply = uploader.upload(str(path), responsive_breakpoints=wanted)
    found = [
        (group["transformation"], [one["width"] for one in group["breakpoints"]])
        for group in reply["responsive_breakpoints"]
    ]
    assert found == [("a_45", [206, 50]), ("a_90", [51, 50])]


@SDK
def test_pages_can_ask_for_the_widths_as_json(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic")
    url = utils.cloudinary_url("pic", width="auto:breakpoints_10_1000_20_20:json")[0]
    assert plain.get(url).json() == {"breakpoints": [40, 10]}


@SDK
@pytest.mark.parametrize("text", ["{", "[1]", '{"min_width":"wide"}', '{"transformation":"w_x"}'])
def test_wrong_breakpoints_are_refused(jpeg: Path, text: Any) -> None:
    with pytest.raises(BadRequest):
        uploader.call_api(
            "upload", {"responsive_breakpoints": text, "timestamp": utils.now()}, file=str(jpeg)
        )
