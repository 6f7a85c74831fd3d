"""Keywords as chips, with a field that suggests words and tells what lies above them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bridge_app.ui.delegates.row_painter import TRAILING, RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.panels.metadata_tags import TagField, TagsEditor
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
HINT_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_PX, EDGE_PX = 28, 10
MOST = 12
"""So many suggestions at once: more are not read."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word, and why it is suggested: what lies above it, or the synonym that was typed."""

    word: str
    hint: str = ""


Suggest = Callable[[str], Sequence[Suggestion]]


class Suggestions(QAbstractListModel):
    """What is suggested for what is typed now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._suggestions: tuple[Suggestion, ...] = ()

    def take(self, suggestions: Sequence[Suggestion]) -> None:
        """Suggest these."""
        self.beginResetModel()
        self._suggestions = tuple(suggestions[:MOST])
        self.endResetModel()

    def suggestions(self) -> list[Suggestion]:
        """What is suggested now."""
        return list(self._suggestions)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._suggestions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Qt: the word, or why it is there."""
        if not index.isValid():
            return None
        one = self._suggestions[index.row()]
        if role == HINT_ROLE:
            return one_line(one.hint)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (one.word, one.hint) if part)
        plain = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
        return one.word if role in plain else None


class SuggestionRow(QStyledItemDelegate):
    """The word, and at the end of the line what lies above it."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: all rows are alike."""
        del option, index
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        tokens = row.tokens
        row.back()
        body, small = row.font(tokens.font_px.body), row.font(tokens.font_px.caption)
        word, hint = one_line(str(index.data())), str(index.data(HINT_ROLE))
        room = row.rect.width() - 2 * EDGE_PX
        wide = min(QFontMetrics(body).horizontalAdvance(word) + EDGE_PX, room)
        row.line(row.place(EDGE_PX, 0, wide, ROW_PX), word, font=body, colour=tokens.text)
        rest = QRect(EDGE_PX + wide, 0, room - wide, ROW_PX)
        if hint and rest.width() > 3 * EDGE_PX:
            place = row.place(rest.x(), rest.y(), rest.width(), rest.height())
            row.line(place, hint, font=small, colour=tokens.text_muted, align=TRAILING)
        painter.restore()


class WordField(TagField):
    """Suggests words for what is typed; the list never types by itself."""

    separators = ",;،"

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__(theme, icons)
        self._suggest: Suggest = _nothing
        self._model = Suggestions(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(MOST)
        self._popup = QListView()
        self._popup.setProperty("surface", "card")
        completer.setPopup(self._popup)
        # Only now: a completer gives its list a delegate of its own.
        self._popup.setItemDelegate(SuggestionRow(theme, icons, self._popup))
        completer.activated.connect(self.picked)
        self.setCompleter(completer)
        self.textEdited.connect(self._look)
        self.textChanged.connect(self._fold)

    def suggest_with(self, suggest: Suggest) -> None:
        """Where suggestions come from: a quick function, called for each letter."""
        self._suggest = suggest

    def suggestions(self) -> list[Suggestion]:
        """What is suggested now."""
        return self._model.suggestions()

    def _fold(self, text: str) -> None:
        """Of a word that was entered nothing is suggested: a list would eat the next click."""
        if not text:
            self._model.take(())
            self._popup.hide()

    def _look(self, text: str) -> None:
        self._model.take(self._suggest(text.strip()) if text.strip() else ())


class WordsEditor(TagsEditor):
    """Chips and a field that knows the vocabulary."""

    def __init__(self, theme: Theme, icons: Icons, *, name: str) -> None:
        field = WordField(theme, icons)
        super().__init__(theme, icons, placeholder=self.tr("Add a word"), name=name, field=field)
        self.words = field

    def finish(self) -> None:
        """What is typed and not entered yet is entered."""
        self.words.finish()


def _nothing(_: str) -> tuple[Suggestion, ...]:
    return ()
