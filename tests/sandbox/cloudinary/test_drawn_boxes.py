"""Delivered crops lie where the asset's record says; conditions know its tags."""

import io
from pathlib import Path

import pytest
from cloudinary import uploader
from PIL import Image

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")


def delivered(sdk: Sandbox, transformation: str) -> Image.Image:
    reply = plain.get(f"{sandbox_url(sdk)}/{transformation}/pic.png")
    assert reply.status_code == 200
    return Image.open(io.BytesIO(reply.content)).convert("RGB")


def sandbox_url(sdk: Sandbox) -> str:
    return f"{sdk.url}/demo/image/upload"


def test_crops_are_cut_from_the_boxes_that_were_uploaded(sdk: Sandbox, tmp_path: Path) -> None:
    picture = Image.new("RGB", (200, 100), "grey")
    picture.paste("red", (150, 60, 170, 80))
    path = tmp_path / "pic.png"
    picture.save(path)
    uploader.upload(
        str(path),
        public_id="pic",
        tags=["spot"],
        custom_coordinates=[150, 60, 20, 20],
        regions={"dot": [[152, 62], [168, 78]]},
    )
    for gravity, size in (("custom", (20, 20)), ("region_!dot!", (16, 16))):
        found = delivered(sdk, f"c_crop,g_{gravity}")
        assert (found.size, found.getcolors()) == (size, [(size[0] * size[1], (255, 0, 0))])
    assert delivered(sdk, "if_!spot!_in_tags/c_scale,w_50/if_end").size == (50, 25)
    assert delivered(sdk, "if_!stripe!_in_tags/c_scale,w_50/if_end").size == (200, 100)
