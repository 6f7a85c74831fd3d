"""Upload presets do at Cloudinary what they say here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cloudinary import uploader

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.delivery.upload_presets import UploadPreset, UploadPresets
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, picture

CLOUD = "studio"


@pytest.fixture
def opened(decoder: DecoderPool, tmp_path: Path) -> Iterator[Credentials]:
    sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder, state=tmp_path / "sandbox")
    sandbox.start()
    new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
    yield Credentials(account=new.record(), secret=new.secret)
    sandbox.stop()


@pytest.fixture
def presets(opened: Credentials) -> UploadPresets:
    return UploadPresets(credentials=lambda _: opened)


def preset(**settings: Any) -> UploadPreset:
    return UploadPreset(name="web", unsigned=False, settings=settings)


def test_an_incoming_transformation_is_done_and_shown_as_it_was_written(
    presets: UploadPresets, opened: Credentials, tmp_path: Path
) -> None:
    (made,) = presets.create(CLOUD, preset(transformation="c_scale,w_8/e_grayscale"))
    assert made.settings["transformation"] == "c_scale,w_8/e_grayscale"
    file = picture(tmp_path / "large.jpg", size=(64, 48))
    reply = uploader.upload(str(file), upload_preset="web", **opened.options())
    assert (reply["width"], reply["height"]) == (8, 6)
    (changed,) = presets.change(CLOUD, preset(transformation="t_small/c_scale,w_4"))
    assert changed.settings["transformation"] == "t_small/c_scale,w_4"


def test_an_incoming_transformation_may_be_given_in_its_parts(presets: UploadPresets) -> None:
    (made,) = presets.create(CLOUD, preset(transformation=[{"width": 8, "crop": "scale"}]))
    assert made.settings["transformation"] == "c_scale,w_8"


def test_what_is_emptied_is_gone_and_the_rest_stays(presets: UploadPresets) -> None:
    presets.create(CLOUD, preset(tags="spring, web", folder="in", transformation="c_scale,w_8"))
    (changed,) = presets.change(CLOUD, preset(tags="", transformation=""))
    assert changed.settings == {"folder": "in"}
