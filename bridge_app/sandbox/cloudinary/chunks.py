"""Uploads in parts: any order, parts sent again, interrupted and taken up after a restart.

Source: reference/cloudinary.md 3.4. What was acknowledged is on disk: the bytes in one sparse
file, the ranges and the parameters in a JSON file beside it.
"""

import asyncio
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

from starlette.datastructures import Headers

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.files import Received

RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|-1|\*)")
MIN_PART_BYTES = 5 * 1024 * 1024
READ_BYTES = 1 << 20
FINISHED_KEPT = 1_000


class Digest(Protocol):
    """A hash under way."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Take the next bytes."""

    def hexdigest(self) -> str:
        """The hash of what came so far."""

    def copy(self) -> Self:
        """Another one that has seen the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Bytes `start` to `end`, both included, of an upload; `total` is None until it is known."""

    upload_id: str
    start: int
    end: int
    total: int | None

    @classmethod
    def of(cls, headers: Headers) -> "Part | None":
        """The part a request carries; None when it carries a whole file.

        Raises:
            CloudinaryError: 400, the headers contradict themselves.
        """
        text, upload_id = headers.get("content-range"), headers.get("x-unique-upload-id")
        if text is None or upload_id is None:
            return None
        found = RANGE.fullmatch(text.strip())
        if found is None:
            raise bad_request(f"Invalid Content-Range {text}")
        start, end = int(found[1]), int(found[2])
        total = int(found[3]) if found[3].isdigit() else None
        if end < start or (total is not None and end >= total):
            raise bad_request(f"Invalid Content-Range {text}")
        return cls(upload_id=upload_id, start=start, end=end, total=total)

    @property
    def length(self) -> int:
        """Bytes."""
        return self.end + 1 - self.start

    @property
    def is_last(self) -> bool:
        """Whether the file ends with it."""
        return self.total is not None and self.end + 1 == self.total


@dataclass(slots=True, kw_only=True)
class Upload:
    """An upload that is under way. `ranges` are [start, end) and neither touch nor overlap.

    `order` holds what the first part asked for; `hashed` bytes went into `md5` so far.
    """

    path: Path
    ranges: list[tuple[int, int]] = field(default_factory=list)
    total: int | None = None
    order: dict[str, Any] = field(default_factory=dict)
    hashed: int = 0
    md5: Digest = field(default_factory=lambda: hashlib.md5(usedforsecurity=False))

    @property
    def is_whole(self) -> bool:
        """Whether every byte is there."""
        return self.total is not None and self.ranges == [(0, self.total)]

    def has(self, part: Part) -> bool:
        """Whether a part was acknowledged before."""
        return any(start <= part.start and part.end < end for start, end in self.ranges)

    def add(self, part: Part) -> None:
        """Acknowledge a part."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted([*self.ranges, (part.start, part.end + 1)]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self.ranges = merged
        self.total = part.total if part.total is not None else self.total

    def save(self) -> None:
        """Write down what was acknowledged."""
        facts = {"ranges": self.ranges, "total": self.total, "order": self.order}
        fresh = self.path.with_suffix(".fresh")
        fresh.write_text(json.dumps(facts))
        fresh.replace(self.path.with_suffix(".json"))

    @classmethod
    def load(cls, path: Path) -> "Upload":
        """What was acknowledged before a restart; nothing, for an unknown upload."""
        notes = path.with_suffix(".json")
        if not (notes.exists() and path.exists()):
            return cls(path=path)
        facts = json.loads(notes.read_text())
        return cls(
            path=path,
            ranges=[(start, end) for start, end in facts["ranges"]],
            total=facts["total"],
            order=facts["order"],
        )


class PartSink:
    """Takes the bytes of one part; they count once the part is acknowledged."""

    def __init__(self, upload: Upload, part: Part) -> None:
        self._upload = upload
        self._part = part
        self._written = 0
        self._again = upload.has(part)
        # Decided now: a part that came in between must not be hashed from its middle on.
        self._next = not self._again and part.start == upload.hashed
        self._md5 = upload.md5.copy()
        self._file = None if self._again else os.open(upload.path, os.O_WRONLY | os.O_CREAT, 0o600)

    def write(self, data: bytes | memoryview) -> None:
        """Take the next bytes. A part that is there already is read and forgotten."""
        if self._written + len(data) > self._part.length:
            raise bad_request("The part is longer than its Content-Range says")
        if self._file is not None:
            _write(self._file, data, self._part.start + self._written)
        if self._next:
            self._md5.update(data)
        self._written += len(data)

    def acknowledge(self, order: dict[str, Any]) -> None:
        """The part is right and complete: note it, and the first one's `order`.

        Raises:
            CloudinaryError: 400, it is not as its headers say.
        """
        part, upload = self._part, self._upload
        if self._written != part.length:
            raise bad_request("The part is shorter than its Content-Range says")
        if part.length < MIN_PART_BYTES and not part.is_last:
            raise bad_request("All parts except EOF-chunk must be larger than 5mb")
        if self._next and part.start == upload.hashed:
            upload.md5, upload.hashed = self._md5, part.end + 1
        if self._file is not None and os.fstat(self._file).st_size <= part.end:
            os.ftruncate(self._file, part.end + 1)
        if part.start == 0:
            upload.order = order
        upload.add(part)
        upload.save()

    def close(self) -> None:
        """No more bytes come."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _write(file: int, data: bytes | memoryview, offset: int) -> None:
    """Write bytes, but leave a hole for zeros behind the file's end: what is sparse stays so."""
    if data != bytes(len(data)) or offset < os.fstat(file).st_size:
        os.pwrite(file, data, offset)


class ChunkedUploads:
    """All uploads in parts, of all clouds. Used on the event loop."""

    def __init__(self) -> None:
        self._uploads: dict[Path, Upload] = {}
        self._locks: dict[Path, asyncio.Lock] = {}
        self._finished: dict[Path, dict[str, Any]] = {}

    @contextmanager
    def receiving(self, cloud: Cloud, part: Part) -> Iterator[PartSink]:
        """A place for the bytes of one part."""
        sink = PartSink(self.upload(cloud, part), part)
        try:
            yield sink
        finally:
            sink.close()

    def upload(self, cloud: Cloud, part: Part) -> Upload:
        """The upload a part belongs to."""
        path = _path(cloud, part)
        if path not in self._uploads:
            self._uploads[path] = Upload.load(path)
        return self._uploads[path]

    def lock(self, cloud: Cloud, part: Part) -> asyncio.Lock:
        """Held while an upload is made an asset, so that it happens once."""
        return self._locks.setdefault(_path(cloud, part), asyncio.Lock())

    def reply(self, cloud: Cloud, part: Part) -> dict[str, Any] | None:
        """The reply that was given when the upload became whole, for a part sent again."""
        return self._finished.get(_path(cloud, part))

    def forget(self, upload: Upload) -> None:
        """The upload has become an asset or was refused: its parts are of no use."""
        self._uploads.pop(upload.path, None)
        self._locks.pop(upload.path, None)
        upload.path.unlink(missing_ok=True)
        upload.path.with_suffix(".json").unlink(missing_ok=True)

    def finish(self, upload: Upload, reply: dict[str, Any]) -> None:
        """Keep the reply for a client that did not get it."""
        self._finished[upload.path] = reply
        while len(self._finished) > FINISHED_KEPT:
            del self._finished[next(iter(self._finished))]


async def received(cloud: Cloud, upload: Upload) -> Received:
    """A whole upload as a file; what was not hashed on its way in is read once more."""
    md5 = upload.md5
    if upload.total is None or upload.hashed < upload.total:
        md5 = await cloud.in_thread(_hashed, upload)
    return Received(upload.path, None, md5=md5.hexdigest())


def _hashed(upload: Upload) -> Digest:
    """Hash the rest of the file."""
    md5 = upload.md5.copy()
    with upload.path.open("rb") as file:
        file.seek(upload.hashed)
        while data := file.read(READ_BYTES):
            md5.update(data)
    return md5


def _path(cloud: Cloud, part: Part) -> Path:
    """Where the bytes of an upload wait; its ID is a client's text and no file name."""
    name = hashlib.sha256(part.upload_id.encode()).hexdigest()
    return cloud.environment.chunks / name
