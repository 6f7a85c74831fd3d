"""A file that becomes the version of a master that counts: sent once, then activated.

Source: reference/photoshelter.md, 8 (our contract).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, ServiceTroubleError
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.libraries.errors import disk_trouble
from bridge_app.libraries.photoshelter.answers import Envelope
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import (
    EditConflictError,
    NotOfferedError,
    NotThereError,
    NotUnderstoodError,
    refused,
)
from bridge_app.libraries.photoshelter.reading import as_list, attributes, optional_text, whole
from bridge_app.libraries.photoshelter.session import Ask, Session, at_path

TRIES = 3
NOTE = "Asset Bridge"
LONGEST_LABEL = 200
CONTENT_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A file on its way; `label` makes it the same however often it is tried.

    `base` is the `version_key` of what it was made from.
    """

    media_id: str
    data: Path
    label: str
    base: str


def put_version(
    session: Session, wanted: NewVersion, read: Callable[[str], ShelterAsset | None]
) -> None:
    """See `ShelterService.put_version`. `read` reads the master by its id."""
    for attempt in range(TRIES - 1):
        try:
            return _put(session, wanted, read)
        except ServiceTroubleError:
            session.wire.pacing.pause(session.wire.back_off_s(attempt))
    return _put(session, wanted, read)


def _put(session: Session, wanted: NewVersion, read: Callable[[str], ShelterAsset | None]) -> None:
    """Send and activate it, but for what an earlier try, whose reply was lost, has done."""
    number, counts = _there(session, wanted)
    if counts:
        return
    now = read(wanted.media_id)
    if now is None:
        raise refused(NotThereError, session.service, wanted.media_id)
    if now.version_key != wanted.base:
        detail = QT_TRANSLATE_NOOP("facts", "its file is another one now")
        raise refused(EditConflictError, session.service, detail)
    number = number or _sent(session, wanted)
    path = (*_path(wanted), str(number), "activate")
    _asked(session, Ask(method="POST", path=at_path(*path), repeatable=True))


def _there(session: Session, wanted: NewVersion) -> tuple[int, bool]:
    """The number of the version of that label, 0 if there is none; is it the one that counts?"""
    told = _asked(session, Ask(path=at_path(*_path(wanted))))
    for record in as_list(told.data):
        facts = attributes(record)
        if optional_text(facts.get("version_label"), longest=LONGEST_LABEL) == wanted.label:
            return whole(facts.get("version")) or 0, facts.get("active") is True
    return 0, False


def _sent(session: Session, wanted: NewVersion) -> int:
    with disk_trouble(wanted.data), wanted.data.open("rb") as file:
        ask = Ask(
            method="POST",
            path=at_path(*_path(wanted)),
            form={"version_label": wanted.label, "note": NOTE},
            files=lambda: {"file": (wanted.data.name, _again(file), CONTENT_TYPE)},
            headers={"Idempotency-Key": wanted.label},
            repeatable=False,
        )
        told = _asked(session, ask)
    number = whole(attributes(told.data).get("version"))
    if not number:
        raise refused(NotUnderstoodError, session.service, "its answer names no version")
    return number


def _again(file: BinaryIO) -> BinaryIO:
    """From its beginning: a session that has ended is renewed, and the file is sent anew."""
    file.seek(0)
    return file


def _path(wanted: NewVersion) -> tuple[str, ...]:
    return ("media", checked_id(wanted.media_id), "versions")


def _asked(session: Session, ask: Ask) -> Envelope:
    try:
        return session.asked(ask)
    except NotThereError as error:
        detail = QT_TRANSLATE_NOOP("facts", "new versions of files")
        raise refused(NotOfferedError, session.service, detail) from error
