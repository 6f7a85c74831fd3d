"""Masters on their way from their service to Cloudinary through this machine's memory.

Nothing of them is written to the disk; one block is held at a time.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from bridge_app.delivery.content import PART, SentOnce
from bridge_app.delivery.large_uploads import upload_key
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, TransientError
from bridge_app.storage.uploads import UploadKey

Opened = Callable[[], AbstractContextManager[Iterator[bytes]]]
"""A master's bytes from its beginning, as they arrive; may raise BridgeError."""
ALGORITHMS = frozenset({"md5", "sha1", "sha256"})


class OtherBytesCameError(TransientError):
    """What a service sends is not what it says of the master."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was not delivered: its library sends other bytes than it says ({detail}). It is "
        "fetched again by itself.",
    )


class StreamedMaster(SentOnce):
    """A master that is read once, while it is sent.

    Its last block is handed out only if the whole is as long as was said, and as its stated
    checksum says ("md5:…", "sha1:…" or ""). `md5` is that of what was read. Methods raise what
    the stream raises, OtherBytesCameError, and whatever `report(done, total)` raises.
    """

    def __init__(
        self,
        name: str,
        size: int,
        opened: Opened,
        *,
        stated: str,
        report: Callable[[int, int], None],
    ) -> None:
        super().__init__(report)
        self.size = size
        self._name = name
        self._opened = opened
        algorithm, _, self._stated = stated.partition(":")
        self._check = hashlib.new(algorithm) if algorithm in ALGORITHMS else None
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._left = memoryview(b"")

    def __enter__(self) -> Self:
        self._stream = self._opened()
        self._arriving = self._stream.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stream.__exit__(kind, error, traceback)

    @property
    def md5(self) -> str:
        """Of what was read so far, in hex."""
        return self._md5.hexdigest()

    def _blocks(self, length: int) -> Iterator[memoryview]:
        left = length
        while left:
            block = (self._left or self._next())[:left]
            self._left = self._left[len(block) :]
            self._md5.update(block)
            if self._check is not None:
                self._check.update(block)
            self._read += len(block)
            left -= len(block)
            if self._read >= self.size:
                self._check_whole()
            yield block

    def _next(self) -> memoryview:
        """What arrives next, which is left to be read."""
        for data in self._arriving:
            if data:
                self._left = memoryview(data)
                return self._left
        raise self._other(f"{self._read} bytes instead of {self.size}")

    def _check_whole(self) -> None:
        """Raise unless this was all, and what was said."""
        if self._left or any(self._arriving):
            raise self._other(f"more than {self.size} bytes")
        if self._check is not None and self._check.hexdigest() != self._stated.lower():
            raise self._other("another checksum")

    def _other(self, detail: str) -> OtherBytesCameError:
        return OtherBytesCameError(name=self._name, detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeMaster:
    """A master to stream in parts: what is said with it, and how its bytes are come by.

    `content` names what was approved. The last one opened is remembered for its checksum.
    """

    name: str
    content: str
    bytes: int
    environment: str
    parameters: Mapping[str, Any]
    options: Callable[[], Mapping[str, Any]]
    made: Callable[[Callable[[int, int], None]], StreamedMaster]
    part_bytes: int = PART

    @property
    def key(self) -> UploadKey:
        """The same for every run that would send the same content with the same words."""
        return upload_key(self.environment, self.content, self.parameters)

    def opened(self, report: Callable[[int, int], None]) -> StreamedMaster:
        """Its bytes from the beginning."""
        return self.made(report)
