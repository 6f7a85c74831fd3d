"""Deliveries whose transformations lay pictures, fetched ones and fonts of the account on."""

import io
from pathlib import Path

import numpy as np
import pytest
from cloudinary import uploader
from cloudinary.utils import cloudinary_url
from numpy.typing import NDArray
from PIL import Image

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

RED = (255, 0, 0)
Pixels = NDArray[np.uint8]


@pytest.fixture
def base(sdk: Sandbox, jpeg: Path, tmp_path: Path) -> str:
    """A public ID in an account that has a red picture too, twice."""
    red = tmp_path / "red.png"
    Image.new("RGB", (10, 6), RED).save(red)
    uploader.upload(str(red), public_id="brand/red")
    uploader.upload(str(red), public_id="secret", type="authenticated")
    return str(uploader.upload(str(jpeg), public_id="base")["public_id"])


def delivered(public_id: str, transformation: str) -> Pixels:
    address, _ = cloudinary_url(public_id, raw_transformation=transformation, format="png")
    reply = plain.get(address)
    assert reply.status_code == 200, reply.headers.get("x-cld-error")
    return np.asarray(Image.open(io.BytesIO(reply.content)).convert("RGB"))


def red(picture: Pixels) -> int:
    return int((picture == RED).all(axis=2).sum())


@pytest.mark.parametrize("written", ["brand:red", "brand:red.png"])
def test_a_picture_of_the_account_is_laid_on(base: str, written: str) -> None:
    assert red(delivered(base, f"l_{written}/fl_layer_apply,g_north_west")) == 60
    assert red(delivered(base, f"l_{written},w_20,g_south")) == 240


def test_what_is_not_there_or_guarded_is_left_out(base: str) -> None:
    for written in ("nothing", "authenticated:secret", "secret", "video:brand:red"):
        assert red(delivered(base, f"l_{written}/fl_layer_apply")) == 0


def test_a_text_in_an_uploaded_font_is_set(base: str, corpus: Path) -> None:
    font = corpus / "fonts" / "PhillySans.otf"
    uploader.upload(str(font), public_id="philly.otf", resource_type="raw", type="authenticated")
    uploaded = delivered(base, "l_text:philly.otf_28:ab,co_red")
    standing_in = delivered(base, "l_text:other.otf_28:ab,co_red")
    assert red(uploaded) > 5
    assert red(standing_in) > 5
    assert (uploaded != standing_in).any()


def test_a_text_of_the_sdk_is_set_with_its_escapes(base: str) -> None:
    overlay = {"text": "a/b, 5%", "font_family": "Inter", "font_size": 12, "font_weight": "bold"}
    address, _ = cloudinary_url(base, overlay=overlay, color="red", format="png")
    picture = Image.open(io.BytesIO(plain.get(address).content)).convert("RGB")
    assert red(np.asarray(picture)) > 20
