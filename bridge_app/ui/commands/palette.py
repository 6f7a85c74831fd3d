"""The palette: everything that can be done, one field, one list, no mouse needed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.commands.command import Command, Found, at_rest, best, find
from bridge_app.ui.commands.found_list import FoundList
from bridge_app.ui.commands.found_row import FoundRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.theme import Theme

WIDTH_PX, HEIGHT_PX = 640, 460
EDGE_PX = 24
FIELD_PX = 54
FOOT_PX = 34
SHADOW_PX = 18
PAGE = 8
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_PageUp: -PAGE,
}

Finder = Callable[[str, Sequence[str]], list[Found]]


class Palette(QWidget):
    """Covers its window while it is open. Ask it to `open_with` the commands of this moment.

    Signals:
        ran: A command was chosen; it runs when the palette is gone.
        searchWanted: Nothing was meant by what was typed but assets.
        failed: A BridgeError of what was looked for elsewhere.
    """

    ran = Signal(object)  # Command
    searchWanted = Signal(str)
    failed = Signal(object)  # BridgeError

    def __init__(self, theme: Theme, icons: Icons, asker: Asker, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._below = parent
        self._commands: list[Command] = []
        self._recent: Sequence[str] = ()
        self._elsewhere: Finder = _nothing
        self._looking = Latest(asker, self)
        self._before: QWidget | None = None
        self._here: list[Found] = []
        self._card = QFrame(self)
        self.field = QLineEdit()
        self.rows = FoundList(self)
        self.view = QListView()
        self.foot = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._build(icons)
        self.hide()

    def open_with(
        self, commands: Sequence[Command], recent: Sequence[str], elsewhere: Finder
    ) -> None:
        """Show these; `elsewhere` is asked off the GUI thread for what there is much of."""
        self._commands, self._recent, self._elsewhere = list(commands), recent, elsewhere
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.setGeometry(self._below.rect())
        self.field.clear()
        self._look("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Go away; who had the keyboard has it again."""
        if not self.isVisible():
            return
        self._looking.forget()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self._commands, self._here = [], []
        self.rows.show(())

    def add(self, commands: Sequence[Command]) -> None:
        """More of them are known now."""
        if self.isVisible():
            self._commands += commands
            self._look(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the keys of the list, while the field has the keyboard; and the window's size."""
        if watched is self._below:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self.setGeometry(self._below.rect())
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: object) -> None:
        """Qt: the card stands in the upper half."""
        del event
        width = min(WIDTH_PX, self.width() - 2 * EDGE_PX)
        height = min(HEIGHT_PX, self.height() - 2 * EDGE_PX)
        top = max(EDGE_PX, min(self.height() // 7, self.height() - height - EDGE_PX))
        self._card.setGeometry((self.width() - width) // 2, top, width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click beside the card leads back; nothing below is clicked."""
        event.accept()
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the window is dimmed, and the card casts a shadow."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dim = QColor(tokens.overlay)
        dim.setAlpha(70 if not tokens.dark else 120)
        painter.fillRect(self.rect(), dim)
        card = QRectF(self._card.geometry())
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(tokens.shadow)
        shade.setAlpha(6)
        painter.setBrush(shade)
        for far in range(SHADOW_PX, 0, -2):
            around = card.adjusted(-far, -far + 6, far, far + 6)
            painter.drawRoundedRect(around, 12 + far, 12 + far)
        painter.setBrush(tokens.panel)
        painter.setPen(QPen(tokens.border_strong, 1))
        painter.drawRoundedRect(card.adjusted(-0.5, -0.5, 0.5, 0.5), 12, 12)
        painter.setPen(QPen(tokens.border, 1))
        for line in (FIELD_PX, self._card.height() - FOOT_PX):
            y = self._card.y() + line
            painter.drawLine(
                QRect(self._card.x(), y, self._card.width() - 1, 0).topLeft(),
                QRect(self._card.x(), y, self._card.width() - 1, 0).topRight(),
            )
        painter.end()

    def _build(self, icons: Icons) -> None:
        self.setAccessibleName(self.tr("Command palette"))
        self.field.setPlaceholderText(self.tr("Type a command, a place, a preset or a search…"))
        self.field.setAccessibleName(self.tr("Find a command"))
        self.field.setProperty("bare", True)  # noqa: FBT003 - Qt's property
        self.field.setFixedHeight(FIELD_PX)
        self.field.setTextMargins(EDGE_PX - 6, 0, EDGE_PX - 6, 0)
        self.view.setModel(self.rows)
        self.view.setItemDelegate(FoundRow(self._theme, icons, self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName(self.tr("Commands"))
        self.foot.setProperty("tone", "caption")
        self.foot.setFixedHeight(FOOT_PX)
        self.foot.setContentsMargins(EDGE_PX - 4, 0, EDGE_PX - 4, 0)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
        self._below.installEventFilter(self)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._look)
        self.view.entered.connect(self.view.setCurrentIndex)
        self.view.clicked.connect(self._run)
        self.view.selectionModel().currentChanged.connect(self._tell)
        self._theme.changed.connect(self.update)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.view.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        count = self.rows.rowCount()
        if count:
            row = self.view.currentIndex().row() + by
            # One step beyond an end leads to the other one; a page stops there.
            row = row % count if abs(by) == 1 else min(count - 1, max(0, row))
            self.view.setCurrentIndex(self.rows.index(row))

    def _look(self, typed: str) -> None:
        self._looking.forget()
        if not typed.strip():
            self._here = []
            self._show(at_rest(self._commands, self._recent), in_sections=True)
            return
        recent, elsewhere = self._recent, self._elsewhere
        self._here = find(self._commands, typed, recent)
        self._show(self._here)
        self._looking.ask(lambda: elsewhere(typed, recent), self._take, self._fail)

    def _take(self, found: list[Found]) -> None:
        """What was looked for elsewhere is there; the row that is chosen stays chosen."""
        if found:
            self._show(best(self._here, found), keep=True)

    def _show(
        self, found: Sequence[Found], *, in_sections: bool = False, keep: bool = False
    ) -> None:
        before = self.rows.found(self.view.currentIndex().row()) if keep else None
        stays = self.view.currentIndex().row() > 0 and before is not None
        self.rows.show(found, in_sections=in_sections)
        names = [one.command.name for one in found]
        name = before.command.name if stays and before is not None else ""
        row = names.index(name) if name in names else 0
        if found:
            self.view.setCurrentIndex(self.rows.index(row))
            if row == 0:
                self.view.scrollToTop()
        else:
            self._tell(QModelIndex())

    def _run(self, index: QModelIndex) -> None:
        found = self.rows.found(index.row())
        typed = self.field.text().strip()
        if found is None:
            if typed:
                self.close_palette()
                self.searchWanted.emit(typed)
        elif not found.command.why_not:
            command = found.command
            self.close_palette()
            self.ran.emit(command)
            command.run()

    def _tell(self, index: QModelIndex) -> None:
        """Say what would happen: at the foot, and to those who hear the field."""
        found = self.rows.found(index.row())
        usual = self.tr("↑ ↓ to choose  ·  Enter to run  ·  Esc to close")
        if found is not None:
            self.foot.setText(found.command.why_not or usual)
            self.field.setAccessibleDescription(self.rows.spoken(found))
        elif self.field.text().strip():
            said = self.tr("Nothing is called that. Enter searches the assets for it.")
            self.foot.setText(said)
            self.field.setAccessibleDescription(said)

    def _fail(self, error: BridgeError) -> None:
        self.failed.emit(error)


def _nothing(typed: str, recent: Sequence[str]) -> list[Found]:
    del typed, recent
    return []
