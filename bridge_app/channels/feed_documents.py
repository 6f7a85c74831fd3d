"""The items of one JSON document, however large it is, one after another.

They are the objects of its outermost list: of `[…]` itself, or of `{"products": […]}`.
"""

import re
from collections.abc import Iterable, Iterator

from bridge_app.channels.feed_lines import LONGEST_LINE

_SIGNS = re.compile(rb'["{}\[\]]')
_ENDS = re.compile(rb'["\\]')
_BETWEEN = b" \t\r\n,"
_NO_OBJECT, _LEFT_OPEN = b"0", b"["
"""JSON that stands for what is not kept."""


def items_of(
    chunks: Iterable[bytes], longest: int = LONGEST_LINE
) -> Iterator[tuple[int, bytes | None]]:
    """Each item as it is written, with the line it begins in; None for one that is too long.

    What is no object, and what is left open at the end, is an item too, for whoever reads it to
    find what is wrong.
    """
    walk = _Walk(longest)
    for chunk in chunks:
        yield from walk.through(chunk)
    yield from walk.rest()


class _Walk:
    """Where a reading is: how deep, in a text or not, and what of an item was seen."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._line, self._counted = 1, 0
        self._depth = 0
        self._list_at: int | None = None
        self._in_text = self._is_escaped = False
        self._item: bytearray | None = None
        self._item_line = 0
        self._is_cut = False

    def through(self, chunk: bytes) -> Iterator[tuple[int, bytes | None]]:
        """The items that end in this piece."""
        at = kept = 0
        size = len(chunk)
        while at < size:
            if self._is_escaped:
                self._is_escaped = False
                at += 1
                continue
            found = (_ENDS if self._in_text else _SIGNS).search(chunk, at)
            place = size if found is None else found.start()
            sign = chunk[place : place + 1]
            if self._is_between and (sign == b'"' or chunk[at:place].strip(_BETWEEN)):
                self._count(chunk, place)
                yield self._line, _NO_OBJECT
            if found is None:
                break
            at = found.end()
            if sign == b"\\":
                self._is_escaped = True
            elif sign == b'"':
                self._in_text = not self._in_text
            elif sign in b"{[":
                kept = place if self._opens(sign, chunk, place) else kept
            elif self._closes():
                self._keep(chunk[kept:at])
                yield self._ended()
        if self._item is not None:
            self._keep(chunk[kept:])
        self._count(chunk, size)
        self._counted = 0

    def _opens(self, sign: bytes, chunk: bytes, place: int) -> bool:
        """One level deeper; does an item begin here?"""
        is_item = self._depth == self._list_at
        if is_item:
            self._begin(chunk, place)
        self._depth += 1
        if sign == b"[" and self._list_at is None:
            self._list_at = self._depth
        return is_item

    def _closes(self) -> bool:
        """One level up; does an item end here?"""
        self._depth -= 1
        if self._item is not None:
            return self._depth == self._list_at
        if self._list_at is not None and self._depth < self._list_at:
            # A second list of the same object is none of ours.
            self._list_at = -1
        return False

    def rest(self) -> Iterator[tuple[int, bytes | None]]:
        """What is still open."""
        if self._item is not None:
            yield self._ended()
        elif self._depth or self._in_text:
            yield self._line, _LEFT_OPEN

    @property
    def _is_between(self) -> bool:
        """Is it in the list, and in no item or text?"""
        return self._item is None and self._depth == self._list_at and not self._in_text

    def _begin(self, chunk: bytes, place: int) -> None:
        self._item, self._is_cut = bytearray(), False
        self._count(chunk, place)
        self._item_line = self._line

    def _count(self, chunk: bytes, place: int) -> None:
        self._line += chunk.count(b"\n", self._counted, place)
        self._counted = place

    def _keep(self, piece: bytes) -> None:
        if self._item is None or self._is_cut:
            return
        self._item += piece
        if len(self._item) > self._longest:
            self._is_cut = True
            self._item.clear()

    def _ended(self) -> tuple[int, bytes | None]:
        data = None if self._is_cut or self._item is None else bytes(self._item)
        self._item = None
        return self._item_line, data
