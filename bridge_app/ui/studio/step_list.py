"""The chain as a list: steps are ticked on and off, dragged, doubled and taken away."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.icons import Icons
from bridge_app.ui.studio.chain import Step, StepKind
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.text_overlay import TextOverlay
from bridge_app.ui.theme import Theme

ICONS = {
    StepKind.TURN: "rotate-cw",
    StepKind.CROP: "crop",
    StepKind.SIZE: "maximize-2",
    StepKind.TRIM: "film",
    StepKind.EFFECT: "sparkles",
    StepKind.TEXT: "type",
    StepKind.LAYER: "layers",
    StepKind.CONDITION: "git-compare",
    StepKind.SHAPE: "square",
    StepKind.OTHER: "code",
    StepKind.DELIVERY: "package",
}
TITLES = {
    StepKind.TURN: QT_TRANSLATE_NOOP("studio", "Turn"),
    StepKind.CROP: QT_TRANSLATE_NOOP("studio", "Crop"),
    StepKind.SIZE: QT_TRANSLATE_NOOP("studio", "Size"),
    StepKind.TRIM: QT_TRANSLATE_NOOP("studio", "Cut"),
    StepKind.EFFECT: QT_TRANSLATE_NOOP("studio", "Effect"),
    StepKind.TEXT: QT_TRANSLATE_NOOP("studio", "Text"),
    StepKind.LAYER: QT_TRANSLATE_NOOP("studio", "Picture"),
    StepKind.CONDITION: QT_TRANSLATE_NOOP("studio", "Condition"),
    StepKind.SHAPE: QT_TRANSLATE_NOOP("studio", "Shape"),
    StepKind.OTHER: QT_TRANSLATE_NOOP("studio", "Step"),
    StepKind.DELIVERY: QT_TRANSLATE_NOOP("studio", "File"),
}
ROW_PX = 46


class StepList(QFrame):
    """Shows the document's chain; `picked` tells the step that a person chose."""

    picked = Signal(int)

    def __init__(self, document: Document, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._document = document
        self._theme = theme
        self._icons = icons
        self._is_filling = False
        self.rows = _Rows()
        self._tools: list[tuple[QToolButton, str]] = []
        self._build()
        self.rows.itemChanged.connect(self._switch)
        self.rows.currentRowChanged.connect(self._pick)
        self.rows.dropped.connect(self._move)
        self.rows.removeWanted.connect(self.remove)
        document.changed.connect(self._fill)
        document.picked.connect(self._go)
        theme.changed.connect(self._dress)
        self._dress()

    def double(self) -> None:
        """A copy of the step that is chosen, behind it."""
        place = self.rows.currentRow()
        if place >= 0:
            chain = self._document.chain.doubled(place)
            self._document.change(chain, self.tr("Duplicate a step"))
            self._go(place + 1)

    def remove(self) -> None:
        """Take the step away that is chosen."""
        place = self.rows.currentRow()
        if place >= 0:
            chain = self._document.chain.without(place)
            self._document.change(chain, self.tr("Remove a step"))
            self._go(min(place, self.rows.count() - 1))

    def lift(self) -> None:
        """The step that is chosen is done one place earlier."""
        self._shift(-1)

    def lower(self) -> None:
        """The step that is chosen is done one place later."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        place = self.rows.currentRow()
        to = place + by
        if place >= 0 and 0 <= to < self.rows.count():
            self._move(place, to)

    def _move(self, place: int, to: int) -> None:
        chain = self._document.chain.moved(place, to)
        self._document.change(chain, self.tr("Move a step"))
        self._fill()
        self._go(to)

    def _switch(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        on = item.checkState() is Qt.CheckState.Checked
        place = self.rows.row(item)
        if self._document.chain.steps[place].on != on:
            chain = self._document.chain.switched(place, on=on)
            self._document.change(chain, self.tr("Switch a step"))

    def _pick(self, place: int) -> None:
        if not self._is_filling:
            self.picked.emit(place)

    def _go(self, place: int) -> None:
        self.rows.setCurrentRow(place)

    def _fill(self) -> None:
        chosen = self.rows.currentRow()
        self._is_filling = True
        self.rows.clear()
        for step in self._document.chain.steps:
            self.rows.addItem(self._item(step))
        self.rows.setCurrentRow(min(chosen, self.rows.count() - 1))
        self._is_filling = False
        self._hint.setVisible(self.rows.count() == 0)

    def _item(self, step: Step) -> QListWidgetItem:
        title = QCoreApplication.translate("studio", TITLES[step.kind])
        item = QListWidgetItem(f"{title}\n{described(step)}")
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        item.setCheckState(Qt.CheckState.Checked if step.on else Qt.CheckState.Unchecked)
        item.setIcon(self._icons.icon(ICONS[step.kind], size_px=16))
        item.setToolTip(step.text)
        item.setSizeHint(QSize(0, ROW_PX))
        if not step.on:
            item.setForeground(self._theme.tokens.text_disabled)
        return item

    def _build(self) -> None:
        self.setProperty("surface", "sidebar")
        title = QLabel(self.tr("Steps"))
        title.setProperty("tone", "heading")
        self._hint = QLabel(
            self.tr("No steps yet: the rendition is the master as it is."), wordWrap=True
        )
        self._hint.setProperty("tone", "muted")
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(2)
        tools.addWidget(title, 1)
        for icon, name, act in (
            ("arrow-up", self.tr("Earlier"), self.lift),
            ("arrow-down", self.tr("Later"), self.lower),
            ("copy", self.tr("Duplicate"), self.double),
            ("trash-2", self.tr("Remove"), self.remove),
        ):
            button = QToolButton()
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(act)
            tools.addWidget(button)
            self._tools.append((button, icon))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(tools)
        layout.addWidget(self._hint)
        layout.addWidget(self.rows, 1)
        self.rows.setAccessibleName(title.text())

    def _dress(self) -> None:
        for button, icon in self._tools:
            button.setIcon(self._icons.icon(icon, size_px=16))
        self._fill()


class _Rows(QListWidget):
    """Tells where a row was dropped instead of moving it: the document moves the step."""

    dropped = Signal(int, int)
    removeWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sidebar")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setIconSize(QSize(16, 16))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: a row was let go of."""
        place = self.currentRow()
        target = self.indexAt(event.position().toPoint())
        to = target.row() if target.isValid() else self.count() - 1
        below = self.dropIndicatorPosition() is QAbstractItemView.DropIndicatorPosition.BelowItem
        if target.isValid() and below:
            to += 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        to = to - 1 if to > place else to
        if place >= 0 and to != place:
            self.dropped.emit(place, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Delete takes the step away."""
        if event.key() == Qt.Key.Key_Delete:
            self.removeWanted.emit()
        else:
            super().keyPressEvent(event)


def described(step: Step) -> str:
    """The second line: a text's words, else the parameters."""
    if step.kind is StepKind.TEXT:
        return TextOverlay.of(step.text).words
    return step.text
