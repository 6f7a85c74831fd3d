"""Files put into a gallery: looked for first, sent once, looked for again after a lost reply.

Source: reference/photoshelter.md, 8 (our contract).
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    InvalidInputError,
    ServiceTroubleError,
)
from bridge_app.libraries.errors import disk_trouble
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import (
    NameTakenError,
    NotOfferedError,
    NotThereError,
    NotUnderstoodError,
    refused,
)
from bridge_app.libraries.photoshelter.media_records import stated_hash
from bridge_app.libraries.photoshelter.reading import (
    MEDIA_ID,
    as_list,
    as_object,
    attributes,
    file_name,
    whole,
)
from bridge_app.libraries.photoshelter.session import Ask, Session, at_path

TRIES = 3
BLOCK = 1 << 20
SEARCHED = 500
CONTENT_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file on its way into a gallery; `key` makes it the same however often it is tried."""

    gallery: str
    name: str
    data: bytes | Path
    replace: bool
    key: str


def upload(session: Session, wanted: Upload) -> str:
    """See `ShelterService.upload`."""
    checked_id(wanted.gallery)
    _check_name(wanted.name)
    with _opened(wanted.data) as file:
        content = _Content(file)
        for attempt in range(TRIES - 1):
            try:
                return _put(session, wanted, content)
            except ServiceTroubleError:
                session.wire.pacing.pause(session.wire.back_off_s(attempt))
        return _put(session, wanted, content)


def _put(session: Session, wanted: Upload, content: "_Content") -> str:
    """Send it, unless it is there: perhaps an earlier try put it there and its reply was lost."""
    return _already_there(session, wanted, content) or _sent(session, wanted, content)


class _Content:
    """What is sent, with its length and its digests as a service may state them."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.length = file.seek(0, 2)
        self._digests: dict[str, str] = {}

    def again(self) -> BinaryIO:
        """From its beginning."""
        self._file.seek(0)
        return self._file

    def is_what(self, stated: str) -> bool | None:
        """Is it what a stated hash ("sha1:…") names? None where nothing is stated."""
        kind, _, digits = stated.partition(":")
        if not digits:
            return None
        if kind not in self._digests:
            digest = hashlib.new(kind, usedforsecurity=False)
            for block in iter(_blocks(self.again()), b""):
                digest.update(block)
            self._digests[kind] = digest.hexdigest()
        return self._digests[kind] == digits


def _blocks(file: BinaryIO) -> Callable[[], bytes]:
    return lambda: file.read(BLOCK)


@contextmanager
def _opened(data: bytes | Path) -> Iterator[BinaryIO]:
    if isinstance(data, bytes):
        yield BytesIO(data)
        return
    with disk_trouble(data), data.open("rb") as file:
        yield file


def _check_name(called: str) -> None:
    if not called or file_name(called, "") != called:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The file name"),
            detail=QT_TRANSLATE_NOOP("facts", "no file can be called so"),
        )


def _already_there(session: Session, wanted: Upload, content: _Content) -> str:
    """The id of the same file in that gallery, "" if there is none.

    Raises NameTakenError for another one that is not to be replaced.
    """
    for record in _of_that_name(session, wanted):
        told = attributes(record)
        is_same = content.is_what(stated_hash(told))
        if is_same is None:
            # Nothing is stated of pictures: a replacement cannot be told from what it replaces.
            is_same = not wanted.replace and whole(told.get("file_size")) == content.length
        if is_same:
            return str(record["id"])
        if not wanted.replace:
            raise refused(NameTakenError, session.service, wanted.name)
    return ""


def _of_that_name(session: Session, wanted: Upload) -> list[Any]:
    scope = session.credentials().scope
    said = {**scope, "galleries": wanted.gallery, "file_name": wanted.name}
    told = session.asked(Ask(path="/media", query={**said, "page": 1, "per_page": SEARCHED}))
    return [
        record
        for record in as_list(told.data)
        if attributes(record).get("file_name") == wanted.name and _media_id(record)
    ]


def _sent(session: Session, wanted: Upload, content: _Content) -> str:
    form = {
        "gallery_id": wanted.gallery,
        "file_name": wanted.name,
        "searchable": "false",
        "on_duplicate": "replace" if wanted.replace else "skip",
    }
    ask = Ask(
        method="POST",
        path=at_path("media"),
        form=form,
        files=lambda: {"file": (wanted.name, content.again(), CONTENT_TYPE)},
        headers={"Idempotency-Key": wanted.key},
        repeatable=False,
    )
    try:
        told = session.asked(ask)
    except NotThereError as error:
        raise refused(NotOfferedError, session.service, "uploading files") from error
    found = _media_id(told.data)
    if told.meta.get("duplicate_of"):
        # Somebody put it there between our look and our sending.
        found = _already_there(session, wanted, content) or found
    if not found:
        raise refused(NotUnderstoodError, session.service, "its answer names no file")
    return found


def _media_id(record: object) -> str:
    found = as_object(record).get("id")
    return found if isinstance(found, str) and MEDIA_ID.fullmatch(found) else ""
