"""Sprites, animations, pictures of text and exploded documents."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader, utils
from cloudinary.exceptions import BadRequest, NotFound
from PIL import Image

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")


@pytest.fixture
def tagged(sdk: Sandbox, jpeg: Path, png: bytes) -> list[Any]:
    """A JPEG of 40 × 30 and a PNG of 7 × 5 with the tag `icons`."""
    return [
        uploader.upload(str(jpeg), public_id="b", tags=["icons"]),
        uploader.upload(io.BytesIO(png), public_id="a", tags=["icons"]),
    ]


@pytest.mark.usefixtures("tagged")
def test_a_sprite_has_every_picture_and_the_css_to_show_it() -> None:
    reply = uploader.generate_sprite("icons")
    assert reply["image_infos"] == {
        "a": {"width": 7, "height": 5, "x": 0, "y": 0},
        "b": {"width": 40, "height": 30, "x": 0, "y": 5},
    }
    picture = Image.open(io.BytesIO(plain.get(reply["image_url"]).content))
    assert (picture.format, picture.size) == ("PNG", (40, 35))
    style = plain.get(reply["css_url"])
    assert style.headers["content-type"].startswith("text/css")
    assert reply["image_url"] in style.text
    assert json.loads(plain.get(reply["json_url"]).text) == reply["image_infos"]


def test_the_transformation_and_the_format_are_part_of_a_sprites_address(
    tagged: list[Any],
) -> None:
    reply = uploader.generate_sprite(urls=[one["url"] for one in tagged], width=20, format="jpg")
    assert re.search(r"/image/sprite/f_jpg,w_20/v\d+/\w+\.css$", reply["css_url"])
    picture = Image.open(io.BytesIO(plain.get(reply["image_url"]).content))
    assert (picture.format, picture.width) == ("JPEG", 20)
    assert len(reply["image_infos"]) == 2


@pytest.mark.parametrize(("wanted", "made"), [("gif", "GIF"), ("webp", "WEBP"), ("png", "PNG")])
@pytest.mark.usefixtures("tagged")
def test_many_pictures_become_an_animation(wanted: str, made: str) -> None:
    reply = uploader.multi(tag="icons", format=wanted, transformation={"width": 10})
    assert re.search(rf"/image/multi/w_10(/f_\w+)?/v\d+/icons\.{wanted}$", reply["url"])
    film = Image.open(io.BytesIO(plain.get(reply["url"]).content))
    assert (film.format, getattr(film, "n_frames", 1)) == (made, 2)
    assert reply["public_id"] == "icons"


@pytest.mark.usefixtures("tagged")
def test_many_pictures_become_the_pages_of_a_document() -> None:
    reply = uploader.multi(tag="icons", format="pdf")
    assert plain.get(reply["url"]).content.startswith(b"%PDF")
    with pytest.raises(BadRequest, match="mp4"):
        uploader.multi(tag="icons", format="mp4")


@pytest.mark.usefixtures("tagged")
def test_composites_can_be_downloaded_and_are_not_kept_then(sdk: Sandbox) -> None:
    for url in (
        uploader.download_multi(tag="icons"),
        uploader.download_generated_sprite(tag="icons"),
    ):
        here = url.replace("https://api.cloudinary.com", sdk.url)
        assert Image.open(io.BytesIO(plain.get(here).content)).width == 40
    assert len(sdk.stored("demo")) == 2


def test_nothing_can_be_made_of_nothing() -> None:
    with pytest.raises(NotFound, match="tag nobody"):
        uploader.generate_sprite("nobody")
    with pytest.raises(BadRequest, match="tag or urls"):
        uploader.call_api("multi", {"timestamp": utils.now()})


def test_a_text_becomes_a_picture() -> None:
    reply = uploader.text("hello world", public_id="greeting", font_size=20, font_color="red")
    assert (reply["type"], reply["format"]) == ("text", "png")
    picture = Image.open(io.BytesIO(plain.get(reply["url"]).content)).convert("RGBA")
    assert picture.size == (reply["width"], reply["height"])
    assert 60 < picture.width < 160
    assert picture.getextrema()[0] == (0, 255)
    with pytest.raises(BadRequest, match="font_size"):
        uploader.text("hello", font_size=9999)
    with pytest.raises(BadRequest, match="Invalid color nocolour"):
        uploader.text("hello", font_color="nocolour")


def test_the_frames_of_an_animation_are_derived_one_by_one(sdk: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    uploader.upload(str(path), public_id="film")
    reply = uploader.explode("film", transformation={"page": "all"}, format="png")
    assert reply["status"] == "processing"
    assert reply["batch_id"]
    found: list[str] = []
    for _ in range(200):
        found = [one["transformation"] for one in api.resource("film")["derived"]]
        if len(found) == 3:
            break
    assert sorted(found) == ["pg_1/png", "pg_2/png", "pg_3/png"]
    with pytest.raises(BadRequest, match="pg_all"):
        uploader.explode("film", transformation={"page": 1})


def test_a_slideshow_is_taken_as_an_order() -> None:
    reply = uploader.create_slideshow(manifest_json={"w": 10}, public_id="show")
    assert (reply["status"], reply["public_id"]) == ("processing", "show")
