"""Search expressions, cut into words and signs.

Source: reference/cloudinary.md 5.3. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request

RESERVED = frozenset('!(){}[]^~?:\\=&><"')
"""What needs a backslash in a word outside quotes, besides white space and `*`."""
SIGNS = re.compile(r">=|<=|&&|\|\||[:=<>()\[\]{}!]")
WORDS = frozenset({"AND", "OR", "NOT", "TO"})
BEFORE_VALUES = frozenset({":", "=", ">", ">=", "<", "<=", "[", "{", "TO"})
"""After these a `-` belongs to a number; elsewhere it negates."""
SAME = {"&&": "AND", "||": "OR", "!": "NOT"}


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    QUOTED = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression: `text` without escapes; `at` its first letter, counted from 0.

    `spaced` tells whether white space stands before it, `prefix` whether it ended in `*`.
    """

    kind: Kind
    text: str
    at: int
    spaced: bool
    prefix: bool = False


def tokens(text: str) -> list[Token]:
    """The tokens of an expression; the last one marks its end.

    Raises:
        CloudinaryError: 400, a quote is not closed, or a reserved letter is not escaped.
    """
    return list(_Reader(text).tokens())


def wrong(text: str, at: int) -> CloudinaryError:
    """The refusal of an expression, with the place where it stops making sense."""
    found = f'"{text[at]}"' if at < len(text) else "end of expression"
    return bad_request(f"Invalid search expression: unexpected {found} at position {at + 1}")


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def tokens(self) -> Iterator[Token]:
        before = ""
        while True:
            start = self._at
            while self._at < len(self._text) and self._text[self._at].isspace():
                self._at += 1
            spaced = start == 0 or self._at > start
            if self._at >= len(self._text):
                yield Token(Kind.END, "", self._at, spaced)
                return
            token = self._token(before, spaced=spaced)
            before = token.text if token.kind is Kind.SIGN else ""
            yield token

    def _token(self, before: str, *, spaced: bool) -> Token:
        """The token that begins here; `before` is the sign before it, if it was one."""
        at, letter = self._at, self._text[self._at]
        if letter == '"':
            text, prefix = self._quoted()
            return Token(Kind.QUOTED, text, at, spaced, prefix)
        sign = SIGNS.match(self._text, at)
        if sign is not None:
            self._at = sign.end()
            return Token(Kind.SIGN, SAME.get(sign[0], sign[0]), at, spaced)
        if letter == "-" and before not in BEFORE_VALUES:
            self._at += 1
            return Token(Kind.SIGN, "NOT", at, spaced)
        text, prefix = self._word()
        if text in WORDS and self._at - at == len(text):
            return Token(Kind.SIGN, text, at, spaced)
        return Token(Kind.WORD, text, at, spaced, prefix)

    def _quoted(self) -> tuple[str, bool]:
        """What stands between two quotes, and whether it ends in a `*` that is a wildcard."""
        start, prefix = self._at, False
        found: list[str] = []
        self._at += 1
        while self._at < len(self._text):
            letter = self._text[self._at]
            self._at += 1
            if letter == '"':
                return "".join(found), prefix
            if prefix:
                raise wrong(self._text, self._at - 2)
            if letter == "\\" and self._text[self._at : self._at + 1] in {'"', "*", "\\"}:
                letter = self._text[self._at]
                self._at += 1
            elif letter == "*":
                prefix = True
                continue
            found.append(letter)
        raise wrong(self._text, start)

    def _word(self) -> tuple[str, bool]:
        """A word outside quotes, and whether it ends in a `*`."""
        found: list[str] = []
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter == "\\" and self._at + 1 < len(self._text):
                found.append(self._text[self._at + 1])
                self._at += 2
                continue
            if letter == "*":
                self._at += 1
                if self._at < len(self._text) and not self._ends_word():
                    raise wrong(self._text, self._at - 1)
                return "".join(found), True
            if letter.isspace() or letter in RESERVED:
                break
            found.append(letter)
            self._at += 1
        if self._at < len(self._text) and not self._ends_word():
            raise wrong(self._text, self._at)
        return "".join(found), False

    def _ends_word(self) -> bool:
        """Whether a word may end before the letter that comes next."""
        letter = self._text[self._at]
        return letter.isspace() or letter in '():=<>[]{}"'
