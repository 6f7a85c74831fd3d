"""Reads the JavaScript that uploads may carry (`eval`, `on_success`), as far as such scripts go.

Source: reference/cloudinary.md 3.2. Statements are expressions, declarations, blocks and `if`;
expressions have literals, names, members, calls, operators and assignments.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from bridge_app.sandbox.cloudinary.params import WHOLE

TOKEN = re.compile(
    r"""\s*(?:(?P<comment>//[^\n]*|/\*[\s\S]*?\*/)
    |(?P<number>\d+\.?\d*)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<mark>===|!==|==|!=|<=|>=|&&|\|\||\+=|-=|[-+*/%<>=!?:;,.(){}\[\]]))""",
    re.VERBOSE,
)
LITERALS = {"true": True, "false": False, "null": None, "undefined": None}
LEVELS = (
    ("||",),
    ("&&",),
    ("==", "!=", "===", "!=="),
    ("<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
"""Operators between two operands, those that bind least first."""
MAX_SOURCE = 10_000
MAX_DEPTH = 60


class ScriptError(Exception):
    """The script cannot be read or carried out; the text says why."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a script: what it is, and its parts."""

    kind: str
    parts: tuple[Any, ...] = ()


def parse_script(source: str) -> Node:
    """A script as a tree.

    Raises:
        ScriptError: It is none, or uses what there is not here.
    """
    if len(source) > MAX_SOURCE:
        raise ScriptError("the script is too long")
    return _Parser(_tokens(source)).script()


def _tokens(source: str) -> list[tuple[str, str]]:
    """The words of a script, and what each is; comments left out."""
    found = []
    at = 0
    source = source.rstrip()
    while at < len(source):
        word = TOKEN.match(source, at)
        if word is None or word.lastgroup is None:
            raise ScriptError(f"unexpected {source[at:].strip()[:10]}")
        if word.lastgroup != "comment":
            found.append((word.lastgroup, word[word.lastgroup]))
        at = word.end()
    return found


class _Parser:
    """Reads words from the left, one at a time."""

    def __init__(self, words: list[tuple[str, str]]) -> None:
        self._words = words
        self._at = 0
        self._depth = 0

    def script(self) -> Node:
        statements = []
        while self._at < len(self._words):
            statements.append(self._statement())
        return Node("block", tuple(statements))

    def _peek(self) -> str:
        kind, word = self._words[self._at] if self._at < len(self._words) else ("end", "")
        return word if kind in {"mark", "name"} else ""

    def _take(self, *marks: str) -> str:
        """The next word, if it is one of these; else nothing."""
        word = self._peek()
        if word and word in marks:
            self._at += 1
            return word
        return ""

    def _need(self, mark: str) -> None:
        if not self._take(mark):
            raise ScriptError(f"{mark} is missing")

    def _statement(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ScriptError("the script is nested too deeply")
        node = self._plain_statement()
        self._depth -= 1
        return node

    def _plain_statement(self) -> Node:
        if self._take(";"):
            return Node("block")
        if self._take("{"):
            statements = []
            while not self._take("}"):
                if self._at >= len(self._words):
                    raise ScriptError("} is missing")
                statements.append(self._statement())
            return Node("block", tuple(statements))
        if self._take("if"):
            self._need("(")
            condition = self._expression()
            self._need(")")
            then = self._statement()
            otherwise = self._statement() if self._take("else") else Node("block")
            return Node("if", (condition, then, otherwise))
        self._take("var", "let", "const")
        node = self._expression()
        self._take(";")
        return node

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ScriptError("the script is nested too deeply")
        node = self._assignment()
        self._depth -= 1
        return node

    def _assignment(self) -> Node:
        left = self._operation(0)
        if self._take("?"):
            then = self._expression()
            self._need(":")
            return Node("choice", (left, then, self._expression()))
        mark = self._take("=", "+=", "-=")
        if not mark:
            return left
        if left.kind not in {"name", "member"}:
            raise ScriptError("only names and members can be assigned to")
        right = self._expression()
        value = right if mark == "=" else Node("binary", (mark[0], left, right))
        return Node("assign", (left, value))

    def _operation(self, level: int) -> Node:
        if level == len(LEVELS):
            return self._prefixed()
        left = self._operation(level + 1)
        while mark := self._take(*LEVELS[level]):
            left = Node("binary", (mark, left, self._operation(level + 1)))
        return left

    def _prefixed(self) -> Node:
        marks = []
        while mark := self._take("!", "-", "typeof"):
            marks.append(mark)
        node = self._members()
        for mark in reversed(marks):
            node = Node("unary", (mark, node))
        return node

    def _members(self) -> Node:
        node = self._primary()
        while mark := self._take(".", "[", "("):
            if mark == ".":
                node = Node("member", (node, Node("value", (self._name(),))))
            elif mark == "[":
                node = Node("member", (node, self._expression()))
                self._need("]")
            else:
                node = Node("call", (node, tuple(self._list(")"))))
        return node

    def _name(self) -> str:
        kind, word = self._words[self._at] if self._at < len(self._words) else ("end", "")
        if kind != "name":
            raise ScriptError("a name is missing")
        self._at += 1
        return word

    def _list(self, end: str) -> list[Node]:
        items = []
        while not self._take(end):
            items.append(self._expression())
            if not self._take(","):
                self._need(end)
                break
        return items

    def _primary(self) -> Node:
        if self._take("("):
            node = self._expression()
            self._need(")")
            return node
        if self._take("["):
            return Node("array", tuple(self._list("]")))
        if self._take("{"):
            return self._object()
        if self._at >= len(self._words):
            raise ScriptError("the script ends too early")
        kind, word = self._words[self._at]
        if kind == "mark":
            raise ScriptError(f"unexpected {word}")
        self._at += 1
        if kind == "number":
            return Node("value", (int(word) if WHOLE.fullmatch(word) else float(word),))
        if kind == "text":
            return Node("value", (_text(word),))
        return Node("value", (LITERALS[word],)) if word in LITERALS else Node("name", (word,))

    def _object(self) -> Node:
        pairs = []
        while not self._take("}"):
            kind, word = self._words[self._at] if self._at < len(self._words) else ("end", "")
            if kind not in {"name", "text"}:
                raise ScriptError("the name of a member is missing")
            self._at += 1
            self._need(":")
            pairs.append((_text(word) if kind == "text" else word, self._expression()))
            if not self._take(","):
                self._need("}")
                break
        return Node("object", tuple(pairs))


def _text(word: str) -> str:
    """What a quoted text means."""
    inner = word[1:-1]
    if word[0] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    try:
        return str(json.loads(f'"{inner}"'))
    except ValueError as error:
        raise ScriptError(f"{word[:20]} is no text") from error
