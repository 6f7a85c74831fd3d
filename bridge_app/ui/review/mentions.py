"""A field to write comments in: it offers roles after an @, and sends with Ctrl+Enter."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QSizePolicy, QWidget

from bridge_app.domain.roles import role_of

LEAST_PX, MOST_PX = 60, 150
POPUP_PX = 220
BEGUN = re.compile(r'(?<![\w@.])@(?:["“](?P<quoted>[^"”\n]*)|(?P<word>[\w-]*))$')
WORD = re.compile(r"\w[\w-]*")


def begun_mention(before: str) -> str | None:
    """What is typed so far of a mention that ends at the cursor; None if there is none."""
    found = BEGUN.search(before)
    if found is None:
        return None
    quoted = found["quoted"]
    return quoted if quoted is not None else found["word"]


def written_mention(role: str) -> str:
    """A role as it is mentioned in a text: `@legal`, `@"art director"`."""
    return f"@{role}" if WORD.fullmatch(role) else f'@"{role}"'


class MentionField(QPlainTextEdit):
    """Plain text that grows with its lines. Ctrl+Enter sends, Escape leaves."""

    sent = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = QStringListModel(self)
        self._offers = QCompleter(self._roles, self)
        self._offers.setWidget(self)
        self._offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._offers.setFilterMode(Qt.MatchFlag.MatchStartsWith)
        self.popup = QListView()
        self.popup.setProperty("surface", "card")
        self.popup.setAccessibleName(self.tr("Roles"))
        self._offers.setPopup(self.popup)
        self._offers.activated.connect(self._insert)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """What is written, without blanks around it."""
        return self.toPlainText().strip()

    @property
    def offered(self) -> list[str]:
        """The roles that are offered for what is typed now; none while no mention is begun."""
        if not self.popup.isVisible():
            return []
        model = self._offers.completionModel()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def offer_roles(self, roles: Sequence[str]) -> None:
        """The roles to be offered after an @."""
        named = dict.fromkeys(role for text in roles if (role := role_of(text)))
        if list(named) != self._roles.stringList():
            self._roles.setStringList(list(named))

    def sizeHint(self) -> QSize:
        """Qt: as high as its lines, within limits."""
        frame = self.height() - self.viewport().height()
        lines = self.document().documentLayout().documentSize().height()
        line_px = self.fontMetrics().lineSpacing()
        wanted = round(lines * line_px) + frame + 2 * round(self.document().documentMargin())
        return QSize(super().sizeHint().width(), max(LEAST_PX, min(MOST_PX, wanted)))

    def minimumSizeHint(self) -> QSize:
        """Qt: two lines."""
        return QSize(120, LEAST_PX)

    def event(self, event: QEvent) -> bool:
        """Qt: Escape and Ctrl+Enter are this field's, whatever shortcut the window has on them."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            sends = enters and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if sends or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the list of roles takes its own keys; Ctrl+Enter sends; Escape leaves."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.popup.isVisible() and (
            enters or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        ):
            # The popup hears of it next and takes the role, or closes.
            event.ignore()
            return
        if enters and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
        if event.text():
            self._offer()

    def _offer(self) -> None:
        typed = begun_mention(self._before())
        if typed is None:
            self.popup.hide()
            return
        self._offers.setCompletionPrefix(typed)
        if not self._offers.completionCount():
            self.popup.hide()
            return
        self.popup.setCurrentIndex(self._offers.completionModel().index(0, 0))
        place = self.cursorRect()
        place.setWidth(min(POPUP_PX, self.viewport().width()))
        self._offers.complete(place)

    def _insert(self, role: str) -> None:
        """Replace what is typed of a mention by all of it."""
        cursor = self.textCursor()
        found = BEGUN.search(self._before())
        if found is not None:
            back = QTextCursor.MoveOperation.PreviousCharacter
            cursor.movePosition(back, QTextCursor.MoveMode.KeepAnchor, len(found.group()))
        cursor.insertText(f"{written_mention(role)} ")
        self.setTextCursor(cursor)

    def _before(self) -> str:
        """The cursor's line up to it."""
        cursor = self.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]
