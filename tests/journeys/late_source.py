"""Our own side of a drag, as a program: files that are made while they are dragged. Not a test.

`late_source.py FOLDER` shows a label; what is dragged from it are two files of one name. The second
is made when somebody writes into the pipe FOLDER/second. That it is waited for, and the end of each
drag, are lines on standard output.
"""

# ruff: noqa: ARG002 - the port has more than a stand-in needs
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.domain.presets import READY_PRESETS, RenditionPreset
from bridge_app.ui.asker import Asker, Readers
from bridge_app.ui.exchange.dragging import Dragging
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.work.exchange.departure import DeliveredWish, Departure, Ready, Wish
from bridge_app.work.exchange.leaving import LeavingDesk
from bridge_app.work.exchange.out_tray import OutTray
from tests.ui.stock import asset

TITLE = "Late source"
ADDRESS = "https://delivery.example/first.jpg"


class Slow:
    """Delivery; what it serves is what comes out of a pipe, or "refuse"."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tray = OutTray(folder / "out")

    def departure(self, wishes: list[Wish]) -> Departure:
        return Departure(self, self._tray, wishes)

    def check(self, wishes: Sequence[Wish]) -> None:
        """Nothing is kept here."""

    def taken(self, ready: Sequence[Ready]) -> Mapping[AssetId, str]:
        say(f"taken {len(ready)}")
        return {}

    def tidy(self) -> None:
        self._tray.tidy(datetime.now(UTC))  # noqa: TID251 - a program of its own
        left = [one for one in (self._folder / "out").rglob("*") if one.is_file()]
        say(f"left {len(left)}")

    def original(
        self, one: Asset, *, on_bytes: Callable[[int], None], cancelled: Callable[[], bool]
    ) -> Path:
        raise NotImplementedError

    def delivered(self, one: Asset, preset: RenditionPreset, into: Path) -> DeliveryLink:
        if one == asset(1):
            text = "first"
        else:
            say("waits")
            text = (self._folder / "second").read_text()
        if text == "refuse":
            raise NotFoundError(what=one.name)
        into.write_text(text)
        return DeliveryLink(url=ADDRESS, html="", markdown="")

    def rendered(self, one: Asset, transformation: str) -> tuple[bytes, str]:
        raise NotImplementedError

    def extension(self, one: Asset, transformation: str, form: str) -> str:
        return "jpg"

    def format_of(self, path: Path) -> str:
        return ""


class Source(QLabel):
    """Begins the drag as soon as the mouse is moved."""

    def __init__(self, folder: Path) -> None:
        super().__init__("Drag me")
        self.setWindowTitle(TITLE)
        self.resize(200, 120)
        theme = Theme(Scheme.LIGHT)
        asker = Asker(cast("Readers", None), self)
        pixels = Pixels(asker, make_thumb=_no_picture, make_preview=_no_picture, parent=self)
        looks = Looks(theme, Icons(theme), pixels, lambda: datetime.now(UTC))  # noqa: TID251
        leaving = cast("LeavingDesk", Slow(folder))
        self._dragging = Dragging(lambda: leaving, asker, looks, self)
        self._dragging.failed.connect(self._fail)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        preset = READY_PRESETS[0]
        twice = [asset(1), asset(2, name=asset(1).name)]
        self._dragging.drag(self, [DeliveredWish(asset=one, preset=preset) for one in twice])
        say("ended")

    def _fail(self, error: BridgeError) -> None:
        say(f"failed {type(error).__name__}")


def _no_picture(_: str) -> bytes:
    raise NotFoundError(what="A picture")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    source = Source(Path(sys.argv[1]))
    source.show()
    sys.exit(app.exec())
