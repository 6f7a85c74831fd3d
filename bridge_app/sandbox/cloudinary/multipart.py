"""Splits a multipart body while it arrives, in a few steps a part instead of a few a header.

A thousand uploads must cost the server little; a parser that reports every token does not.
"""

from collections.abc import Callable
from typing import Protocol

MAX_HEADER_BYTES = 64 * 1024
LINE = b"\r\n"
END = b"--"
COPIED_BELOW = 4096
"""Bytes; fields are handed on as copies, files in place."""


class BrokenMultipartError(Exception):
    """The body is no multipart body, or ends too early."""


class Parts(Protocol):
    """Where the parts go, one after the other."""

    def begin(self, headers: bytes) -> None:
        """A part begins; its header lines, with a line break before each."""

    def data(self, data: bytes | memoryview) -> None:
        """The next bytes of the part."""

    def end(self) -> None:
        """The part is whole."""


class MultipartSplitter:
    """Takes the bytes of a body in pieces of any size and hands its parts to `parts`.

    Raises:
        BrokenMultipartError: From any method; what came so far is of no use.
    """

    def __init__(self, boundary: bytes, parts: Parts) -> None:
        self._edge = LINE + b"--" + boundary
        self._parts = parts
        self._held = b""
        self._at = 0
        self._step: Callable[[], bool] = self._at_start

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        self._held = self._held + data if self._held else data
        while self._step():
            pass
        # Once a piece and not once a part: the rest of a piece may be a whole file.
        self._held = self._held[self._at :]
        self._at = 0

    def finish(self) -> None:
        """No more bytes come."""
        if self._step != self._after_last:
            raise BrokenMultipartError("the body ends before its last boundary")

    def _at_start(self) -> bool:
        """The first boundary needs no line break when nothing stands before it."""
        first = self._edge[len(LINE) :]
        if self._held.startswith(first):
            return self._pass_edge(-len(LINE))
        if first.startswith(self._held):
            return False
        self._step = self._before_first
        return True

    def _before_first(self) -> bool:
        """What stands before the first boundary means nothing."""
        at = self._held.find(self._edge)
        if at < 0:
            self._at = max(len(self._held) + 1 - len(self._edge), 0)
            return False
        return self._pass_edge(at)

    def _pass_edge(self, at: int) -> bool:
        self._at = at + len(self._edge)
        self._step = self._at_edge
        return True

    def _at_edge(self) -> bool:
        """Behind a boundary: another part, or the end."""
        after = self._held[self._at : self._at + len(LINE)]
        if len(after) < len(LINE):
            return False
        if after == END:
            self._step = self._after_last
        elif after == LINE:
            self._step = self._headers
        else:
            raise BrokenMultipartError("a boundary is followed by neither a line break nor --")
        return True

    def _headers(self) -> bool:
        """The header lines, up to the empty one."""
        at = self._held.find(LINE + LINE, self._at)
        if at < 0:
            if len(self._held) - self._at > MAX_HEADER_BYTES:
                raise BrokenMultipartError("the headers of a part are too long")
            return False
        self._parts.begin(self._held[self._at : at])
        self._at = at + 2 * len(LINE)
        self._step = self._content
        return True

    def _content(self) -> bool:
        """Everything up to the next boundary; what may be the beginning of one waits."""
        at = self._held.find(self._edge, self._at)
        if at >= 0:
            self._parts.data(self._piece(at))
            self._parts.end()
            return self._pass_edge(at)
        sure = len(self._held) + 1 - len(self._edge)
        if sure > self._at:
            self._parts.data(self._piece(sure))
            self._at = sure
        return False

    def _piece(self, end: int) -> bytes | memoryview:
        """What is held up to there; a file is not copied for it."""
        if end - self._at < COPIED_BELOW:
            return self._held[self._at : end]
        return memoryview(self._held)[self._at : end]

    def _after_last(self) -> bool:
        """What stands behind the last boundary means nothing."""
        self._at = len(self._held)
        return False
