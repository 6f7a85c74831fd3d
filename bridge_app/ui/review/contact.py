"""The contact sheet: all pictures of a sitting in sections, and decisions on many at once."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.review.entries import Entries, Grouping, grouping_text
from bridge_app.ui.review.entry_cell import EntryDelegate
from bridge_app.ui.review.preloading import Preloading
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.subjects import Subject
from bridge_app.ui.theme import Theme

LOOK_MS = 60
SPACING_PX = 6
MOST_SEEN = 120


class ContactPage(QWidget):
    """Arrows, Shift and Ctrl choose as in every list; Enter or a double click shows one large."""

    opened = Signal()  # the current one is to be looked at alone
    chosen = Signal(int)  # so many are chosen
    dragWanted = Signal(object, object)  # QWidget, list[Subject]: dragged out as files

    def __init__(self, theme: Theme, icons: Icons, sitting: Sitting, pictures: Preloading) -> None:
        super().__init__()
        self._sitting = sitting
        self._pictures = pictures
        self.entries = Entries(sitting, pictures, self)
        self.entries.group(Grouping.CHANNEL)
        self.view = SheetView()
        self.view.setModel(self.entries)
        self.view.setItemDelegate(EntryDelegate(theme, icons, sitting, self.view, words=True))
        self.groups: dict[Grouping, QToolButton] = {}
        self._look = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._group = QButtonGroup(self)
        self._hint = QLabel(self.tr("Keys act on everything that is chosen"))
        self._hint.setProperty("tone", "caption")
        self._build()
        self._connect()

    @property
    def subjects(self) -> list[Subject]:
        """What is chosen, in the order of the sitting; each once."""
        rows = [index.row() for index in self.view.selectionModel().selectedIndexes()]
        found = {one.key: one for row in rows if (one := self.entries.entry(row).subject)}
        return [one for one in self._sitting.subjects if one.key in found]

    def group(self, grouping: Grouping) -> None:
        """Divide it another way; what was chosen stays chosen."""
        before = self.subjects
        self.groups[grouping].setChecked(True)
        self.entries.group(grouping)
        self._choose(before)
        self._look.start()

    def show_current(self) -> None:
        """Where one is, is chosen and in sight."""
        subject = self._sitting.subject
        row = self.entries.row_of(subject) if subject is not None else -1
        if row >= 0:
            self.view.setCurrentIndex(self.entries.index(row))
            self.view.scrollTo(self.entries.index(row))
        self.view.setFocus()
        self._look.start()

    def want_seen(self) -> None:
        """Have the pictures made that are in sight, from the top."""
        self._pictures.want(self.seen())

    def seen(self) -> list[Subject]:
        """The pictures in sight."""
        area, found = self.view.viewport().rect(), list[Subject]()
        for row in range(self.entries.rowCount()):
            place = self.view.visualRect(self.entries.index(row))
            if place.top() > area.bottom() or len(found) == MOST_SEEN:
                break
            subject = self.entries.entry(row).subject
            if subject is not None and place.bottom() >= area.top():
                found.append(subject)
        return found

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(14, 8, 14, 0)
        for grouping in Grouping:
            button = QToolButton()
            button.setText(grouping_text(grouping))
            button.setCheckable(True)
            button.setProperty("chip", "true")
            button.setChecked(grouping is Grouping.CHANNEL)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(partial(self._regroup, grouping))
            self._group.addButton(button)
            self.groups[grouping] = button
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self._hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.view.doubleClicked.connect(self._open)
        self.view.enterPressed.connect(self.opened)
        self.view.resized.connect(self._look.start)
        self.view.dragged.connect(self._drag)
        self.view.verticalScrollBar().valueChanged.connect(lambda _: self._look.start())
        self.view.selectionModel().selectionChanged.connect(
            lambda *_: self.chosen.emit(len(self.subjects))
        )
        self.view.selectionModel().currentChanged.connect(self._go)
        self._look.timeout.connect(self._look_again)
        self._pictures.arrived.connect(lambda _: self.view.viewport().update())

    def _regroup(self, grouping: Grouping, *_: bool) -> None:
        self.group(grouping)
        self.view.setFocus()

    def _look_again(self) -> None:
        if self.isVisible():
            self.want_seen()

    def _go(self, current: QModelIndex) -> None:
        subject = self.entries.entry(current.row()).subject if current.isValid() else None
        row = self._sitting.row_of(subject.key) if subject is not None else None
        if row is not None and self.isVisible():
            self._sitting.go(row)

    def _open(self, index: QModelIndex) -> None:
        if self.entries.entry(index.row()).subject is not None:
            self._go(index)
            self.opened.emit()

    def _drag(self) -> None:
        if self.subjects:
            self.dragWanted.emit(self.view, self.subjects)

    def _choose(self, subjects: list[Subject]) -> None:
        model = self.view.selectionModel()
        for one in subjects:
            row = self.entries.row_of(one)
            if row >= 0:
                model.select(self.entries.index(row), model.SelectionFlag.Select)


class SheetView(QListView):
    """Cells in rows, headings in lines of their own."""

    enterPressed = Signal()
    dragged = Signal()  # what is chosen is dragged out
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(SPACING_PX)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Contact sheet"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter shows one large."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enterPressed.emit()
        else:
            super().keyPressEvent(event)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Qt: a press on a chosen picture was moved."""
        del supported
        self.dragged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: headings are as wide as the view."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.resized.emit()
