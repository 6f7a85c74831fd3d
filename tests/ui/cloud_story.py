"""A window on what is at Cloudinary, for the tests of what it does there."""

from typing import TypeVar

import cloudinary.uploader
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.query import Query
from bridge_app.ui.cloud_actions import CloudActions
from bridge_app.ui.main_window import MainWindow
from tests.desk import ACCOUNT, Desk, picture
from tests.ui.windows import Opener

D = TypeVar("D", bound=QDialog)
STUDIO = ACCOUNT.cloud_name


class Story:
    """A window on a mirrored environment of three assets."""

    def __init__(self, qtbot: QtBot, desk: Desk, opener: Opener) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.options = desk.parts.environments.credentials(STUDIO).options()
        for number, name in enumerate(("dune", "gull", "wave")):
            self.upload(name, number)
        desk.parts.worker.cloud.sync(STUDIO)
        desk.until(desk.parts.worker.cloud.is_idle, what="the mirror")
        self.window: MainWindow = opener()
        model = self.window.middle.model
        with qtbot.waitSignal(model.counted):
            place = Query(library=cloud_library(STUDIO), environment=STUDIO)
            self.window.middle.browser.ask(place)
        qtbot.waitUntil(lambda: not model.is_waiting)
        self.shows("dune.jpg", "gull.jpg", "wave.jpg")

    @property
    def actions(self) -> CloudActions:
        (found,) = self.window.findChildren(CloudActions)
        return found

    def upload(self, public_id: str, seed: int, **options: object) -> None:
        path = picture(self.desk.home / "elsewhere" / f"{seed}.jpg", seed)
        cloudinary.uploader.upload(
            str(path), public_id=public_id, backup=True, **options, **self.options
        )

    def shows(self, *names: str) -> None:
        model = self.window.middle.model

        def shown() -> bool:
            rows = [model.asset(row) for row in range(model.rowCount())]
            return [row.name if row else None for row in rows] == list(names)

        self.qtbot.waitUntil(shown, timeout=10_000)

    def choose(self, *rows: int) -> None:
        selection = self.window.middle.selection
        selection.clear()
        for row in rows:
            index = self.window.middle.model.index(row, 0)
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)

    def undo(self) -> QPushButton:
        messages = self.window.middle.browser.messages
        (found,) = [one for one in messages.findChildren(QPushButton) if one.text() == "Undo"]
        return found

    def do(self, action: QAction) -> None:
        """What was read again is chosen again a moment later."""
        self.qtbot.waitUntil(action.isEnabled, timeout=10_000)
        action.trigger()

    def dialog(self, kind: type[D]) -> D:
        def found() -> list[D]:
            return [one for one in self.window.findChildren(kind) if one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()), timeout=10_000)
        return found()[0]

    def said(self, words: str) -> None:
        messages = self.window.middle.browser.messages
        self.qtbot.waitUntil(lambda: any(words in text for text in messages.texts), timeout=10_000)
