"""Filters that are typed: what could come next is offered, and what means nothing is marked."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from bridge_app.domain.query_tokens import (
    OFFERED,
    WORDS,
    Key,
    Token,
    completions,
    tokens_in,
    unfinished,
)
from bridge_app.ui.messages import approval_text, kind_text, orientation_text, rights_text

translate = QCoreApplication.translate  # a name that lupdate knows
WHOLE = Qt.ItemDataRole.UserRole + 1
TEXTS = {
    Key.TYPE: kind_text,
    Key.APPROVAL: approval_text,
    Key.RIGHTS: rights_text,
    Key.SHAPE: orientation_text,
}


def key_text(key: Key) -> str:
    """What a key filters by."""
    return {
        Key.TYPE: translate("token", "what sort of file it is"),
        Key.APPROVAL: translate("token", "what was decided"),
        Key.RIGHTS: translate("token", "whether its rights hold now"),
        Key.RATING: translate("token", "stars"),
        Key.SHAPE: translate("token", "landscape, portrait or square"),
        Key.TAKEN: translate("token", "a year, a month, a day, or from..until"),
        Key.PUSHED: translate("token", "whether Cloudinary has it"),
        Key.READABLE: translate("token", "whether the file can be read"),
        Key.KEYWORD: translate("token", "a whole keyword; one of several words in quotes"),
        Key.IN: translate("token", "a folder that it lies in, however deep"),
        Key.EXPIRES: translate("token", "whose rights end within so many days"),
    }[key]


def wrong_text(token: Token) -> str:
    """Why a token means nothing, and what would."""
    offered = ", ".join(OFFERED[token.key])
    if not offered:
        return translate("token", "{key}: needs {what}.").format(
            key=token.key.value, what=key_text(token.key)
        )
    return translate("token", "{key}:{value} means nothing. Try {offered}.").format(
        key=token.key.value, value=token.value, offered=offered
    )


class SearchTokens(QObject):
    """Offers completions below a field, and marks what is wrong in it.

    `completed` carries the text after a person has chosen one.
    """

    completed = Signal(str)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._model = QStandardItemModel(self)
        field.textEdited.connect(self.offer)

    @property
    def offered(self) -> list[str]:
        """The texts that are offered now."""
        rows = range(self._model.rowCount())
        return [str(self._model.item(row).data(WHOLE)) for row in rows]

    def offer(self, text: str) -> None:
        """Offer what this text could become."""
        if self._field.completer() is None:
            self._field.setCompleter(self._completer)
        self._model.clear()
        for whole in completions(text):
            item = QStandardItem(_label(whole))
            item.setData(whole, WHOLE)
            self._model.appendRow(item)

    @cached_property
    def _completer(self) -> QCompleter:
        """Made when somebody first types."""
        made = QCompleter(self._model, self)
        made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        made.setCompletionRole(WHOLE)
        popup = made.popup()
        if popup is not None:
            popup.setAccessibleName(self.tr("Filters"))
            popup.setProperty("surface", "card")
        made.activated.connect(self._chosen)
        return made

    def mark(self, wrong: Sequence[Token]) -> None:
        """Mark the field if something in it means nothing, and say why."""
        said = " ".join(wrong_text(token) for token in wrong)
        self._field.setToolTip(said)
        self._field.setAccessibleDescription(said)
        if bool(self._field.property("invalid")) != bool(said):
            self._field.setProperty("invalid", bool(said))
            self._field.style().unpolish(self._field)
            self._field.style().polish(self._field)

    def _chosen(self, text: str) -> None:
        if unfinished(text) is not None or text.endswith(":"):
            # A key alone: what it takes comes next.
            self.offer(text)
            if self._model.rowCount():
                self._completer.complete()
        else:
            self.completed.emit(text)


def _label(whole: str) -> str:
    token = tokens_in(whole)[-1] if tokens_in(whole) else None
    if token is None:  # a key, and nothing behind it yet
        key = Key(whole.rpartition(" ")[2].rstrip(":"))
        return f"{key.value}:   {key_text(key)}"
    word = WORDS.get(token.key, {}).get(token.value)
    said = TEXTS[token.key](word) if word is not None else ""  # type: ignore[operator]
    return f"{token.key.value}:{token.value}   {said}".rstrip()
