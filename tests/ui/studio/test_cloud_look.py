"""What Cloudinary alone can draw is said over the picture, and fetched when somebody wants it."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.assets import Asset, AssetId, CloudCopy
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.studio.cloud_look import CloudLook, CloudParts
from bridge_app.ui.studio.window import Seat, StudioWindow
from bridge_app.work.pictures import Delivered
from tests.ui.studio.conftest import LastingMaster

PATIENCE_MS = 40_000
ALONE = "e_art:zorro/c_scale,w_40"


class Delivery:
    """Answers as the worker does, with a blue picture or a refusal."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refuses = False

    def __call__(self, asset: AssetId, preset: RenditionPreset) -> Delivered:
        self.asked.append(preset.transformation)
        if self.refuses:
            raise GateRefusalError(name=asset, reasons="it was rejected")
        written = io.BytesIO()
        Image.new("RGB", (40, 25), "blue").save(written, "PNG")
        return Delivered(
            link=DeliveryLink(url="", html="", markdown=""),
            picture=written.getvalue(),
            width=40,
            height=25,
            bytes=1234,
            format="jpeg",
        )


COPY = CloudCopy(
    environment="e",
    public_id="photo",
    resource_type="image",
    delivery_type="upload",
    version=1,
    asset_id="a",
    format="jpg",
    etag="",
    sha256="",
    bytes=1,
    url="",
)


@pytest.fixture
def delivery() -> Delivery:
    return Delivery()


@pytest.fixture
def pushed(
    qtbot: QtBot, seat: Seat, photo: Asset, lasting: LastingMaster, delivery: Delivery
) -> Iterator[StudioWindow]:
    """A studio on a master that Cloudinary has."""
    asset = replace(photo, cloud=COPY)
    made = StudioWindow(seat, asset, lasting)
    parts = CloudParts(
        document=made.document, previews=made.previews, canvas=made.canvas, foot=made.foot
    )
    made.cloud_look.deleteLater()
    made.cloud_look = CloudLook(delivery, seat.asker, asset, parts)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitUntil(lambda: made.canvas.rendition is not None, timeout=PATIENCE_MS)
    yield made
    made.close()


def colour(studio: StudioWindow) -> QColor:
    shown = studio.canvas.rendition
    assert shown is not None
    return shown.image.pixelColor(5, 5)


def typed(qtbot: QtBot, studio: StudioWindow, text: str) -> None:
    """Until the frame of this text is there, and the real file."""
    studio.foot.text.setPlainText(text)

    def is_there() -> bool:
        shown = studio.canvas.rendition
        return shown is not None and shown.text == text and studio.previews.is_quiet

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)


def test_it_is_said_over_the_picture_and_nothing_is_asked_by_itself(
    qtbot: QtBot, pushed: StudioWindow, delivery: Delivery
) -> None:
    typed(qtbot, pushed, ALONE)
    assert pushed.canvas.accessibleDescription() == "Cloud only"
    assert pushed.foot.cloud.isVisible()
    typed(qtbot, pushed, "c_scale,w_50")
    assert pushed.canvas.accessibleDescription() == ""
    assert not pushed.foot.cloud.isVisible()
    assert delivery.asked == []


def test_what_cloudinary_made_is_shown_with_its_own_size(
    qtbot: QtBot, pushed: StudioWindow, delivery: Delivery
) -> None:
    typed(qtbot, pushed, ALONE)
    pushed.foot.cloud.click()
    qtbot.waitUntil(lambda: colour(pushed) == QColor("blue"), timeout=PATIENCE_MS)
    assert delivery.asked == [ALONE]
    assert pushed.foot.badge.fidelity == "exact"
    assert "JPG  ·  1.2 kB" in pushed.foot.facts.text()
    assert pushed.canvas.accessibleDescription() == ""
    typed(qtbot, pushed, "c_scale,w_50")
    typed(qtbot, pushed, ALONE)
    assert colour(pushed) == QColor("blue")
    assert delivery.asked == [ALONE]


def test_a_refusal_is_told_and_can_be_tried_again(
    qtbot: QtBot, pushed: StudioWindow, delivery: Delivery
) -> None:
    delivery.refuses = True
    typed(qtbot, pushed, ALONE)
    pushed.foot.cloud.click()
    qtbot.waitUntil(lambda: "it was rejected" in pushed.foot.trouble.text(), timeout=PATIENCE_MS)
    assert pushed.foot.cloud.isVisible()
    assert pushed.canvas.accessibleDescription() == "Cloud only"


def test_of_what_is_not_pushed_it_is_only_said(qtbot: QtBot, studio: StudioWindow) -> None:
    typed(qtbot, studio, ALONE)
    assert studio.canvas.accessibleDescription() == "Cloud only"
    assert not studio.foot.cloud.isVisible()
    assert "Push the master" in studio.foot.trouble.text()
    typed(qtbot, studio, "c_scale,w_50")
    assert studio.foot.trouble.text() == ""
