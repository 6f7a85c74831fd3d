"""One cell: how it is drawn, and the field in which it is written."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bridge_app.domain.standard_schema import Shape
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.completing import WordCompleter
from bridge_app.ui.grid_editor.telling import CellRole, CellState
from bridge_app.ui.grid_editor.texts import CutTexts
from bridge_app.ui.icons import Icons
from bridge_app.ui.metadata_wording import choice_text
from bridge_app.ui.theme import Badge, Theme, Tokens

Index = QModelIndex | QPersistentModelIndex
MARGIN = 8
ICON_PX = 14
MIDDLE = QPoint(ICON_PX // 2 - 1, ICON_PX // 2 - 1)
PROSE_PX = QSize(320, 110)
SIGNS = {
    CellState.INVALID: "triangle-alert",
    CellState.CONFLICT: "git-compare",
    CellState.FAILED: "circle-alert",
    CellState.SAVING: "ellipsis",
    CellState.WAITING: "clock",
    CellState.DIFFERS: "info",
    CellState.NEEDED: "circle-alert",
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LINE_BREAK = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def badge_of(state: CellState, tokens: Tokens) -> Badge:
    """The colours of a marked cell."""
    if state in (CellState.INVALID, CellState.FAILED):
        return tokens.negative
    return tokens.neutral if state in (CellState.SAVING, CellState.DIFFERS) else tokens.warning


class GridCell(QStyledItemDelegate):
    """Paints cells and makes their editors.

    Signals:
        everywhereWanted: What was written is meant for all chosen cells; the text.
    """

    everywhereWanted = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._words: tuple[str, ...] = ()
        theme.changed.connect(self._dress)
        self._dress()

    def offer(self, words: tuple[str, ...]) -> None:
        """Words that keyword fields complete."""
        self._words = words

    # Drawn

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        state: CellState = index.data(CellRole.STATE)
        self._ground(painter, option, state)
        place = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        if state in SIGNS:
            place = self._sign(painter, place, state)
        self._text(painter, place, str(index.data() or ""), self._ink(state))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, state: CellState) -> None:
        tokens, rect = self._theme.tokens, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, tokens.selection)
        elif state in (CellState.INVALID, CellState.FAILED, CellState.CONFLICT):
            painter.fillRect(rect, badge_of(state, tokens).soft)
        else:
            painter.fillRect(rect, tokens.window if state is CellState.FIXED else tokens.panel)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.border)
        edge = QRect(rect.right(), rect.top(), 1, rect.height())
        painter.fillRect(QStyle.visualRect(option.direction, rect, edge), tokens.border)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
            painter.drawRect(rect.adjusted(1, 1, -3, -3))

    def _sign(self, painter: QPainter, place: QRect, state: CellState) -> QRect:
        """The mark at the end of the cell; what is left of the place."""
        direction = painter.layoutDirection()
        spot = QRect(place.right() - ICON_PX + 1, place.top(), ICON_PX, place.height())
        dpr = painter.device().devicePixelRatioF()
        ink = badge_of(state, self._theme.tokens).soft_ink
        corner = QStyle.visualRect(direction, place, spot).center() - MIDDLE
        painter.drawPixmap(corner, self._icons.pixmap(SIGNS[state], ink, ICON_PX, dpr))
        rest = place.adjusted(0, 0, -ICON_PX - 4, 0)
        return QStyle.visualRect(direction, place, rest)

    def _ink(self, state: CellState) -> QColor:
        tokens = self._theme.tokens
        if state is CellState.INVALID:
            return tokens.negative.soft_ink
        return tokens.text_muted if state in (CellState.FIXED, CellState.SAVING) else tokens.text

    def _text(self, painter: QPainter, place: QRect, text: str, ink: QColor) -> None:
        painter.setPen(ink)
        self._texts.draw(painter, place, text)

    def _dress(self) -> None:
        self._texts = CutTexts(self._theme.font(self._theme.tokens.font_px.body, tabular=True))

    # Written

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt: a field to write in, as the cell's form has it."""
        del option
        column: GridColumn = index.data(CellRole.COLUMN)
        if column.field.shape is Shape.PROSE:
            editor: QWidget = QPlainTextEdit(parent)
        elif column.field.choices:
            editor = self._choices(column, parent)
        else:
            editor = QLineEdit(parent)
            if column.field.shape is Shape.BAG:
                editor.setCompleter(WordCompleter(self._words, editor))
        editor.setAccessibleName(column.title)
        editor.setProperty("cell", "true")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Qt: begin with what the cell says."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Qt: what was written goes into the cell."""
        del model
        index.model().setData(index, text_in(editor), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Qt: the field lies over its cell; one for long texts is larger than that."""
        del index
        rect = QRect(option.rect)
        if isinstance(editor, QPlainTextEdit):
            rect.setSize(rect.size().expandedTo(PROSE_PX))
            if option.direction == Qt.LayoutDirection.RightToLeft:
                rect.moveRight(option.rect.right())
            around = editor.parentWidget()
            room = around.rect() if around is not None else rect
            rect.moveBottom(min(rect.bottom(), room.bottom()))
            rect.moveLeft(max(room.left(), min(rect.left(), room.right() - rect.width())))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Enter is done with the cell, with Ctrl for all chosen ones, with Alt a new line."""
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if (
            not is_press
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QWidget)
            or event.key() not in ENTER
        ):
            return super().eventFilter(watched, event)
        if event.modifiers() & LINE_BREAK:
            if isinstance(watched, QPlainTextEdit):
                watched.insertPlainText("\n")
            return True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.everywhereWanted.emit(text_in(watched))
            self.closeEditor.emit(watched, self.EndEditHint.RevertModelCache)
            return True
        self.commitData.emit(watched)
        self.closeEditor.emit(watched, self.EndEditHint.SubmitModelCache)
        return True

    def _choices(self, column: GridColumn, parent: QWidget) -> QComboBox:
        box = QComboBox(parent)
        box.addItem("", "")
        for _, label in column.field.choices:
            box.addItem(choice_text(label), label)
        return box


def text_in(editor: QWidget) -> str:
    """What is written in an editor."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    return editor.text() if isinstance(editor, QLineEdit) else ""
