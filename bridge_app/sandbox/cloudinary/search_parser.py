"""Search expressions, read into a tree.

Source: reference/cloudinary.md 5.3. Words side by side are taken as joined by AND, which binds
tighter than OR. Pure.
"""

from typing import cast

from bridge_app.sandbox.cloudinary.search_lexer import Kind, Token, tokens, wrong
from bridge_app.sandbox.cloudinary.search_tree import (
    EVERYTHING,
    Anywhere,
    Between,
    Compare,
    Condition,
    Either,
    Every,
    Operator,
    Without,
    Word,
)

MAX_DEPTH = 50
TIGHT = frozenset({":", "="})
"""The operators with no white space around them."""
COMPARISONS = frozenset({":", "=", ">", ">=", "<", "<="})
CLOSING = {"[": "]", "{": "}"}


def parse(text: str) -> Condition:
    """The condition that an expression states; an empty one is met by everything.

    Raises:
        CloudinaryError: 400, the expression is malformed; the message names the place.
    """
    parser = _Parser(text)
    return parser.whole() if text.strip() else EVERYTHING


class _Parser:
    """Walks over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._next = 0
        self._depth = 0

    def whole(self) -> Condition:
        """The condition of the whole expression."""
        condition = self._either(None)
        if self._peek().kind is not Kind.END:
            raise self._wrong()
        return condition

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def _is_sign(self, *signs: str) -> bool:
        token = self._peek()
        return token.kind is Kind.SIGN and token.text in signs

    def _take(self) -> Token:
        token = self._peek()
        self._next += 1
        return token

    def _wrong(self) -> Exception:
        return wrong(self._text, self._peek().at)

    # `within` is the field and the operator that a group of values belongs to.

    def _either(self, within: tuple[str, Operator] | None) -> Condition:
        parts = [self._every(within)]
        while self._is_sign("OR"):
            self._take()
            parts.append(self._every(within))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self, within: tuple[str, Operator] | None) -> Condition:
        parts = [self._one(within)]
        while self._peek().kind is not Kind.END and not self._is_sign("OR", ")"):
            if self._is_sign("AND"):
                self._take()
            parts.append(self._one(within))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self, within: tuple[str, Operator] | None) -> Condition:
        """A condition, a negated one, or a group in parentheses."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._wrong()
        condition = self._alone(within)
        self._depth -= 1
        return condition

    def _alone(self, within: tuple[str, Operator] | None) -> Condition:
        if self._is_sign("NOT"):
            self._take()
            return Without(self._one(within))
        if self._is_sign("("):
            return self._group(within)
        token = self._peek()
        if token.kind not in {Kind.WORD, Kind.QUOTED}:
            raise self._wrong()
        if within is not None:
            return Compare(*within, self._value())
        field = self._field()
        if field is not None:
            return self._about(field)
        self._take()
        return Anywhere(Word(token.text, token.prefix), quoted=token.kind is Kind.QUOTED)

    def _group(self, within: tuple[str, Operator] | None) -> Condition:
        self._take()
        condition = self._either(within)
        if not self._is_sign(")"):
            raise self._wrong()
        self._take()
        return condition

    def _field(self) -> str | None:
        """The name of a field that an operator follows; None where a word stands for itself.

        `context."a b"` is one name.
        """
        name, length = self._peek(), 1
        if name.kind is not Kind.WORD or name.prefix:
            return None
        text = name.text
        key = self._peek(1)
        if text.endswith(".") and key.kind is Kind.QUOTED and not key.spaced:
            text, length = text + key.text, 2
        operator = self._peek(length)
        if operator.kind is Kind.SIGN and operator.text in COMPARISONS:
            self._next += length
            if operator.text in TIGHT and operator.spaced:
                raise self._wrong()
            return text
        return None

    def _about(self, field: str) -> Condition:
        """What is said of a field, from its operator on."""
        operator = cast(Operator, self._take().text)
        if operator in TIGHT and self._peek().spaced:
            raise self._wrong()
        if self._is_sign("("):
            return self._group((field, operator))
        if self._is_sign("[", "{") and operator in TIGHT:
            return self._range(field)
        return Compare(field, operator, self._value())

    def _range(self, field: str) -> Condition:
        """`[low TO high]`."""
        closing = CLOSING[self._take().text]
        low = self._value()
        if not self._is_sign("TO"):
            raise self._wrong()
        self._take()
        high = self._value()
        if not self._is_sign(closing):
            raise self._wrong()
        self._take()
        return Between(field, low, high)

    def _value(self) -> Word:
        token = self._peek()
        if token.kind not in {Kind.WORD, Kind.QUOTED}:
            raise self._wrong()
        self._take()
        return Word(token.text, token.prefix)
