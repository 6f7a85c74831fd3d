"""Originals: fetched into a file that appears whole or not at all, or streamed through.

What arrived stays in a `.part` beside it, with the service's name for that very file, and the next
try goes on from there.
Source: reference/photoshelter.md, 7.3.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

from bridge_app.domain.errors import (
    BridgeError,
    OfflineError,
    RateLimitedError,
    ServiceTroubleError,
)
from bridge_app.libraries.errors import disk_trouble
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import (
    AlreadyFetchedError,
    RangeRefusedError,
    StoppedError,
    WrongBytesError,
)
from bridge_app.libraries.photoshelter.links import REDIRECTS, opened_link
from bridge_app.libraries.photoshelter.retrying import LONGEST_S
from bridge_app.libraries.photoshelter.session import Ask, Session, at_path
from bridge_app.libraries.photoshelter.transport import BROKEN, ConnectionBrokenError
from bridge_app.libraries.photoshelter.values import Digests

if TYPE_CHECKING:
    import httpx

ORIGINAL = {"download_filetype": "original"}
PART = ".part"
TAG = ".etag.part"
LONGEST_TAG = 1_000
AS_IT_IS = {"Accept-Encoding": "identity"}
"""What is verified is what the file holds."""
BLOCK = 1 << 18
TRIES = 5
PARTIAL = 206
LOOK_EVERY_S = 0.5
RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One download: what, how long it is, and who is told."""

    media_id: str
    expected: int
    on_bytes: Callable[[int], None]
    cancelled: Callable[[], bool]


def download(session: Session, fetch: Fetch, into: Path) -> Digests:
    """See `ShelterService.download`."""
    checked_id(fetch.media_id)
    part, tag = (into.with_name(into.name + ending) for ending in (PART, TAG))
    with disk_trouble(part, onto=part):
        part.parent.mkdir(parents=True, exist_ok=True)
        digests = _Arriving(session, fetch, part, tag).completed()
        part.replace(into)
        tag.unlink(missing_ok=True)
    return digests


@contextmanager
def stream(session: Session, media_id: str) -> Iterator[Iterator[bytes]]:
    """See `ShelterService.stream`."""
    with _original(session, checked_id(media_id), AS_IT_IS) as response:
        yield session.wire.transport.raw(response)


class _Arriving:
    """The part of a file that is here, what the service calls that file, and the digests of it."""

    def __init__(self, session: Session, fetch: Fetch, part: Path, tag: Path) -> None:
        self._session = session
        self._fetch = fetch
        self._part = part
        self._tag = tag
        self._etag = ""
        self._begin()

    def completed(self) -> Digests:
        """Fetch what is missing; try again as long as more of it comes."""
        with self._part.open("ab+") as file:
            self._claim(file)
            self._read_again(file)
            failures = 0
            while self._length < self._fetch.expected:
                before = self._length
                try:
                    self._more(file)
                except (ServiceTroubleError, OfflineError, RateLimitedError) as error:
                    failures = 1 if self._length > before else failures + 1
                    if failures >= TRIES:
                        raise
                    self._pause(error, failures)
            file.flush()
            os.fsync(file.fileno())
        return Digests(
            sha256=self._sha256.hexdigest(),
            sha1=self._sha1.hexdigest(),
            md5=self._md5.hexdigest(),
            bytes=self._length,
        )

    def _begin(self) -> None:
        self._sha256 = hashlib.sha256()
        self._sha1 = hashlib.sha1(usedforsecurity=False)
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._length = 0

    def _claim(self, file: BinaryIO) -> None:
        """Two that wrote into one file would leave something that neither has verified."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyFetchedError(name=self._part.stem) from error

    def _read_again(self, file: BinaryIO) -> None:
        """Digest what an earlier try left; more than there can be is thrown away."""
        if os.fstat(file.fileno()).st_size > self._fetch.expected:
            file.truncate(0)
        file.seek(0)
        while block := file.read(BLOCK):
            self._count(block)
        if self._length and self._tag.is_file():
            self._etag = self._tag.read_text(encoding="ascii", errors="ignore")

    def _more(self, file: BinaryIO) -> None:
        self._check_wanted()
        headers = dict(AS_IT_IS)
        if self._length:
            headers["Range"] = f"bytes={self._length}-"
            if self._etag:
                headers["If-Range"] = self._etag
        with self._opened(headers) as response:
            if not self._goes_on(response):
                self._start_again(file)
            self._note(_strong(response))
            for block in self._session.wire.transport.raw(response):
                self._check_wanted()
                self._take(file, block)
            if self._length < self._fetch.expected:
                self._was_cut_short(response)

    def _goes_on(self, response: "httpx.Response") -> bool:
        """Does the answer begin where we are, in the file that we know?"""
        if response.status_code != PARTIAL:
            told_length = response.headers.get("content-length")
            if told_length is not None and told_length != str(self._fetch.expected):
                raise self._wrong(f"{told_length} bytes are offered, not {self._fetch.expected}")
            return self._length == 0
        told = RANGE.fullmatch(response.headers.get("content-range", ""))
        if told is None or int(told[1]) != self._length:
            raise self._wrong("it sends another part than was asked for")
        tag = _strong(response)
        if tag and self._etag and tag != self._etag:
            raise self._wrong("it is another file now")
        if told[3] != "*" and int(told[3]) != self._fetch.expected:
            raise self._wrong(f"it has {told[3]} bytes now, not {self._fetch.expected}")
        return True

    def _start_again(self, file: BinaryIO) -> None:
        """The service sends the whole again."""
        file.truncate(0)
        self._begin()

    def _note(self, etag: str) -> None:
        """Keep the file's name at the service before its bytes, so that no start mixes two."""
        if self._length and not etag:
            return
        if etag:
            self._tag.write_text(etag, encoding="ascii")
        else:
            self._tag.unlink(missing_ok=True)
        self._etag = etag

    def _take(self, file: BinaryIO, block: bytes) -> None:
        if self._length + len(block) > self._fetch.expected:
            raise self._wrong(f"it sends more than {self._fetch.expected} bytes")
        file.write(block)
        self._count(block)
        self._fetch.on_bytes(self._length)

    def _count(self, block: bytes) -> None:
        for digest in (self._sha256, self._sha1, self._md5):
            digest.update(block)
        self._length += len(block)

    def _check_wanted(self) -> None:
        if self._fetch.cancelled():
            raise StoppedError

    def _was_cut_short(self, response: "httpx.Response") -> None:
        """An answer whose length nobody told may have been cut; a told one is what there is."""
        if {"content-length", "transfer-encoding"} & set(response.headers):
            raise self._wrong(f"{self._length} bytes came instead of {self._fetch.expected}")
        raise ConnectionBrokenError(service=self._session.service, detail=BROKEN)

    @contextmanager
    def _opened(self, headers: Mapping[str, str]) -> Iterator["httpx.Response"]:
        try:
            with _original(self._session, self._fetch.media_id, headers) as response:
                yield response
        except RangeRefusedError as error:
            raise self._wrong("it is shorter than it says") from error

    def _pause(self, error: BridgeError, failures: int) -> None:
        """Wait as long as asked, or longer each time; looks up whether it is still wanted."""
        wire = self._session.wire
        left_s = wire.back_off_s(failures - 1)
        if isinstance(error, RateLimitedError) and error.retry_after_s is not None:
            left_s = error.retry_after_s
        if left_s > LONGEST_S:
            raise error
        while left_s > 0:
            self._check_wanted()
            wire.pacing.pause(min(left_s, LOOK_EVERY_S))
            left_s -= LOOK_EVERY_S

    def _wrong(self, detail: str) -> WrongBytesError:
        """What is here is of no use: the next try begins anew."""
        self._part.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)
        return WrongBytesError(
            service=self._session.service, name=self._fetch.media_id, detail=detail
        )


def _strong(response: "httpx.Response") -> str:
    """What names exactly these bytes; "" if nothing does. Source: RFC 9110, 13.1.5."""
    etag: str = response.headers.get("etag", "")
    can_be_sent = etag.isascii() and etag.isprintable() and len(etag) <= LONGEST_TAG
    return etag if can_be_sent and not etag.startswith("W/") else ""


@contextmanager
def _original(
    session: Session, media_id: str, headers: Mapping[str, str]
) -> Iterator["httpx.Response"]:
    """The original, or what the service redirects to, which gets nothing of ours."""
    ask = Ask(path=at_path("media", media_id, "download"), query=ORIGINAL, headers=headers)
    with session.opened(ask) as response:
        if response.status_code not in REDIRECTS:
            yield response
            return
        url = urljoin(str(response.url), response.headers.get("location", ""))
    with opened_link(session, url, headers) as response:
        yield response
