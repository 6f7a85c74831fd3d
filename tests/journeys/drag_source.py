"""Another program for the mouse: a label from which files can be dragged. Not a test.

`drag_source.py PATH…` shows it; the end of each drag is one line on standard output.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

TITLE = "Drag source"


class Source(QLabel):
    """Starts a drag of the paths once the mouse has moved far enough."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__("\n".join(path.name for path in paths))
        self._urls = [QUrl.fromLocalFile(str(path)) for path in paths]
        self._pressed_at = self.rect().center()
        self.setWindowTitle(TITLE)
        self.resize(200, 120)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        moved = event.position().toPoint() - self._pressed_at
        if moved.manhattanLength() < QApplication.startDragDistance():
            return
        mime = QMimeData()
        mime.setUrls(self._urls)
        drag = QDrag(self)
        drag.setMimeData(mime)
        sys.stdout.write(f"{drag.exec(Qt.DropAction.CopyAction).name}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    source = Source([Path(word) for word in sys.argv[1:]])
    source.show()
    sys.exit(app.exec())
