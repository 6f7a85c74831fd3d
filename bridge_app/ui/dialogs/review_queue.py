"""The queue of a reviewer in a dialog of its own; review mode opens from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from bridge_app.domain.changes import ChangeSet
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.review_queue import ReviewQueuePanel
from bridge_app.ui.parts.head import DialogHead
from bridge_app.work.worker import Worker

WIDTH_PX, HEIGHT_PX = 920, 620


class ReviewQueueDialog(QDialog):
    """Closes when somebody begins to review; `reviewWanted` says what and where."""

    reviewWanted = Signal(object, str, int)  # list[QueueItem], title, where to start
    packWanted = Signal(object, str)  # list[QueueItem], title

    def __init__(
        self, worker: Worker, asker: Asker, looks: Looks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = self.tr("Review queue")
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._head = DialogHead(looks.theme, looks.icons, "clipboard-check", title=title, text=" ")
        self.panel = ReviewQueuePanel(worker, asker, looks)
        self.panel.counted.connect(self._tell)
        self.panel.reviewWanted.connect(self._begin)
        self.panel.packWanted.connect(self.packWanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(self._head)
        layout.addWidget(self.panel, 1)
        self.panel.item_view.setFocus()

    def take_changes(self, changes: ChangeSet) -> None:
        """Something was asked for or decided."""
        self.panel.take_changes(changes)

    def done(self, result: int) -> None:
        """Qt: the dialog closes."""
        self.panel.forget()
        super().done(result)

    def _tell(self, waiting: int, overdue: int) -> None:
        words = self.tr("%Ln to decide", "", waiting)
        late = self.tr("%Ln overdue", "", overdue)
        self._head.set_text(f"{words}  ·  {late}" if overdue else words)

    def _begin(self, items: object, title: str, start: int) -> None:
        self.accept()
        self.reviewWanted.emit(items, title, start)
