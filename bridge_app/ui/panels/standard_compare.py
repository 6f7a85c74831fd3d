"""Two texts compared word by word: what would go, and what would come."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from bridge_app.ui.theme import Theme

WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
MOST_WORDS = 3_000
"""Of longer texts only whole lines are compared: words would take too long."""


class Part(Enum):
    """What becomes of a piece of text."""

    STAYS = auto()
    GOES = auto()
    COMES = auto()


def compared(now: str, then: str) -> Iterator[tuple[Part, str]]:
    """The way from one text to the other, piece by piece."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only when somebody compares

    words, others = WORDS.findall(now), WORDS.findall(then)
    if max(len(words), len(others)) > MOST_WORDS:
        words, others = now.splitlines(keepends=True), then.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        gone, come = "".join(words[a:b]), "".join(others[c:d])
        if kind == "equal":
            yield Part.STAYS, gone
            continue
        if gone:
            yield Part.GOES, gone
        if come:
            yield Part.COMES, come


class CompareView(QTextEdit):
    """What would go is struck through, what would come is bold: colour is not the only sign."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._texts = ("", "")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        theme.changed.connect(self._fill)

    def compare(self, now: str, then: str) -> None:
        """Show the way from what is there to what was."""
        self._texts = (now, then)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for part, text in compared(*self._texts):
            cursor.insertText(text, self._look(part))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _look(self, part: Part) -> QTextCharFormat:
        tokens = self._theme.tokens
        look = QTextCharFormat()
        look.setForeground(tokens.text)
        if part is Part.GOES:
            look.setForeground(tokens.negative.soft_ink)
            look.setBackground(tokens.negative.soft)
            look.setFontStrikeOut(True)
        elif part is Part.COMES:
            look.setForeground(tokens.positive.soft_ink)
            look.setBackground(tokens.positive.soft)
            look.setFontWeight(QFont.Weight.DemiBold)
        return look
