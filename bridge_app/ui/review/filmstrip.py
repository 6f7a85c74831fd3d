"""The filmstrip at the foot: every picture of the sitting, the current one in the middle."""

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView

from bridge_app.ui.icons import Icons
from bridge_app.ui.review.entries import Entries
from bridge_app.ui.review.entry_cell import STRIP_PX, EntryDelegate
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.subjects import Subject
from bridge_app.ui.theme import Theme

BAR_PX = 12


class Filmstrip(QListView):
    """A click goes to a picture; the keyboard stays with the stage."""

    seenChanged = Signal()  # other pictures are in sight
    dragWanted = Signal(object, object)  # QWidget, list[Subject]: dragged out as files

    def __init__(self, theme: Theme, icons: Icons, sitting: Sitting, entries: Entries) -> None:
        super().__init__()
        self._sitting = sitting
        self._entries = entries
        self._pressed_at: QPoint | None = None
        self.setModel(entries)
        self.setItemDelegate(EntryDelegate(theme, icons, sitting, self, words=False))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(STRIP_PX.height() + BAR_PX + 6)
        self.setAccessibleName(self.tr("Filmstrip"))
        self.clicked.connect(self._go)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.seenChanged.emit())
        sitting.moved.connect(self._follow)

    def seen(self) -> list[Subject]:
        """The pictures in sight."""
        middle = self.viewport().height() // 2
        ends = sorted(
            self.indexAt(self.viewport().rect().topLeft() + QPoint(x, middle)).row()
            for x in (4, self.viewport().width() - 4)
        )
        count = self._entries.rowCount()
        first = max(0, ends[0])
        last = ends[1] if ends[1] >= 0 else count - 1
        if ends[0] < 0 <= ends[1]:  # fewer pictures than there is room for
            first, last = 0, count - 1
        rows = range(first, min(last, first + 60) + 1)
        return [found for row in rows if (found := self._entries.entry(row).subject)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: what is pressed may be dragged out."""
        super().mousePressEvent(event)
        self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: far enough, it is a drag; Qt's own ones are of what is chosen, which nothing is."""
        super().mouseMoveEvent(event)
        start = self._pressed_at
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = event.position().toPoint() - start
        if moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed_at = None
        index = self.indexAt(start)
        subject = self._entries.entry(index.row()).subject if index.isValid() else None
        if subject is not None:
            self.dragWanted.emit(self, [subject])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: more or less is in sight."""
        super().resizeEvent(event)
        self.seenChanged.emit()

    def sizeHint(self) -> QSize:
        """Qt: as wide as there is room."""
        return QSize(600, self.height())

    def _go(self, index: QModelIndex) -> None:
        subject = self._entries.entry(index.row()).subject
        row = self._sitting.row_of(subject.key) if subject is not None else None
        if row is not None:
            self._sitting.go(row)

    def _follow(self) -> None:
        subject = self._sitting.subject
        row = self._entries.row_of(subject) if subject is not None else -1
        if row >= 0:
            self.scrollTo(self._entries.index(row), QListView.ScrollHint.PositionAtCenter)
            self.viewport().update()
