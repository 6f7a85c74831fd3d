"""Another program for the mouse: a label onto which files are dropped. Not a test.

What it learns are lines of JSON on standard output: of what is dropped the content of each file (as
Latin-1, which keeps every byte) and the text. With `--tell` it says before that who drags has heard
that this may be dropped here, with `--look` also which names hover over it: some programs ask then.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

TITLE = "Drop target"
MOVES = 2
"""Whoever drags moves on only after an answer to the move before."""


class Target(QLabel):
    """Takes whatever comes."""

    def __init__(self, *, looks: bool, tells: bool) -> None:
        super().__init__("Drop here")
        self._looks = looks
        self._names: list[str] = []
        self._untold = MOVES if tells or looks else 0
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)
        self.setWindowTitle(TITLE)
        self.resize(300, 200)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()
        if self._looks:
            self._looks = False
            self._names = [file.name for file in files(event.mimeData())]

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()
        self._untold -= 1
        if self._untold == 0:
            say({"held": self._names})

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        found = files(event.mimeData())
        self.setText("\n".join(file.name for file in found))
        contents = {one.name: one.read_bytes().decode("latin-1") for one in found if one.is_file()}
        event.acceptProposedAction()
        say({"files": contents, "text": event.mimeData().text()})


def files(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls()]


def say(told: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    target = Target(looks="--look" in sys.argv, tells="--tell" in sys.argv)
    target.show()
    sys.exit(app.exec())
