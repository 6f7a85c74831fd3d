"""Review packs and verdict files as JSON. What comes back is anybody's text: nothing is believed.

The ledger keeps a pack whole; what is handed out says nothing of our own identities.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.comments import (
    LONGEST_TEXT,
    CommentError,
    Moment,
    Place,
    Point,
    Region,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.review_pack import (
    LONGEST_NAME,
    MOST_ITEMS,
    VERDICTS,
    Pack,
    PackComment,
    PackItem,
    PackVerdict,
    VerdictFile,
    VerdictFileError,
)

PACK_KIND, VERDICTS_KIND, VERSION = "asset-bridge/review-pack", "asset-bridge/review-verdicts", 1
LARGEST_FILE = 50_000_000
"""Bytes of a verdict file."""
MOST_COMMENTS = 500
"""On one picture."""
LATEST = 2**53
"""Milliseconds; JavaScript counts no further."""
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_CONTROLS = {code: " " for code in (*range(0x20), 0x7F) if chr(code) not in "\n\t"}
_TURNS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Marks that would turn the text around a name."""
_NOBODY = "it names nobody"


def pack_json(pack: Pack, *, is_handed_out: bool = False) -> dict[str, object]:
    """A pack as an object; one that is handed out names no assets."""
    items = [
        {name: getattr(one, name) for name in PackItem.__dataclass_fields__} for one in pack.items
    ]
    if is_handed_out:
        for item in items:
            del item["asset"]
    return {
        "kind": PACK_KIND,
        "version": VERSION,
        "pack": pack.id,
        "title": pack.title,
        "note": pack.note,
        "made_by": pack.made_by,
        "made_at": pack.made_at.isoformat(),
        "due": pack.due.isoformat() if pack.due else None,
        "stage": pack.stage,
        "items": items,
    }


def pack_from(told: Mapping[str, Any]) -> Pack:
    """The pack that `pack_json` wrote into the ledger."""
    items = (PackItem(**{**one, "asset": AssetId(one["asset"])}) for one in told["items"])
    return Pack(
        id=told["pack"],
        title=told["title"],
        note=told["note"],
        made_by=told["made_by"],
        made_at=datetime.fromisoformat(told["made_at"]),
        due=datetime.fromisoformat(told["due"]) if told["due"] else None,
        stage=told["stage"],
        items=tuple(items),
    )


def verdicts_from(data: bytes) -> VerdictFile:
    """What a file says that came back.

    Controls become spaces; fields that are not known are passed over, as a later page may
    write more.

    Raises:
        VerdictFileError: It is no verdict file, or something in it is not as it should be.
    """
    top = _object(_parsed(data), "the file")
    if top.get("kind") != VERDICTS_KIND:
        raise VerdictFileError(
            place="the file",
            detail=QT_TRANSLATE_NOOP("facts", "it is no verdict file of a review pack"),
        )
    if top.get("version") != VERSION or isinstance(top.get("version"), bool):
        raise VerdictFileError(place="version", detail=f"only version {VERSION} can be read")
    verdicts = [
        _verdict(one, f"verdicts[{number}]")
        for number, one in enumerate(_list(top, "verdicts", "", most=MOST_ITEMS))
    ]
    _once([one.key for one in verdicts], "verdicts")
    _once([note.id for one in verdicts for note in one.comments], "comments")
    return VerdictFile(
        pack=_id(top, "pack", ""),
        session=_id(top, "session", ""),
        reviewer=_name(top),
        verdicts=tuple(verdicts),
    )


def _parsed(data: bytes) -> object:
    if len(data) > LARGEST_FILE:
        raise VerdictFileError(
            place="the file", detail=QT_TRANSLATE_NOOP("facts", "it is too large")
        )
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        detail = "it is no verdict file (no JSON)"
        raise VerdictFileError(place="the file", detail=detail) from error


def _no_number(name: str) -> float:
    raise ValueError(name)


def _name(top: Mapping[str, Any]) -> str:
    """A reviewer's name on one line, with nothing that could pass for what we add to it."""
    told = _text(top, "reviewer", "", most=LONGEST_NAME).translate(_TURNS)
    name = " ".join(told.replace("(", " ").replace(")", " ").split())
    if not name:
        raise VerdictFileError(place="reviewer", detail=_NOBODY)
    return name


def _verdict(told: object, place: str) -> PackVerdict:
    found = _object(told, place)
    approval = _text(found, "verdict", place, most=40)
    if approval not in ("", *(one.value for one in VERDICTS)):
        raise VerdictFileError(
            place=f"{place}.verdict", detail=QT_TRANSLATE_NOOP("facts", "it is no verdict")
        )
    comments = [
        _comment(one, f"{place}.comments[{number}]")
        for number, one in enumerate(_list(found, "comments", place, most=MOST_COMMENTS))
    ]
    return PackVerdict(
        key=_id(found, "key", place),
        content=_text(found, "content", place, most=200),
        transformation=_text(found, "transformation", place),
        picture=_text(found, "picture", place, most=200),
        approval=Approval(approval) if approval else None,
        note=_text(found, "note", place).strip(),
        given_at=_moment(found, place),
        comments=tuple(comments),
    )


def _comment(told: object, place: str) -> PackComment:
    found = _object(told, place)
    text = _text(found, "text", place)
    if not text.strip():
        raise VerdictFileError(place=place, detail=QT_TRANSLATE_NOOP("facts", "it says nothing"))
    sides = ("x", "y", "width", "height")
    numbers = {side: _fraction(found, side, place) for side in sides if found.get(side) is not None}
    try:
        where = _time(found, place) if "seconds" in found else _place(numbers, place)
        return PackComment(id=_id(found, "id", place), text=text, place=where)
    except CommentError as error:
        detail = "its place is not on the picture, nor in the film"
        raise VerdictFileError(place=place, detail=detail) from error


def _time(found: Mapping[str, Any], place: str) -> Place:
    told = found["seconds"]
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= LATEST:
        raise VerdictFileError(
            place=_at(place, "seconds"), detail=QT_TRANSLATE_NOOP("facts", "it is no time")
        )
    return Moment(seconds=float(told))


def _place(numbers: Mapping[str, float], place: str) -> Place | None:
    match sorted(numbers):
        case []:
            return None
        case ["x", "y"]:
            return Point(**numbers)
        case ["height", "width", "x", "y"]:
            return Region(**numbers)
    raise VerdictFileError(
        place=place, detail=QT_TRANSLATE_NOOP("facts", "its place is not on the picture")
    )


def _object(told: object, place: str) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise VerdictFileError(
            place=place, detail=QT_TRANSLATE_NOOP("facts", "it has to be an object")
        )
    return told


def _list(found: Mapping[str, Any], name: str, place: str, *, most: int) -> Sequence[object]:
    told = found.get(name, [])
    if not isinstance(told, list):
        raise VerdictFileError(
            place=_at(place, name), detail=QT_TRANSLATE_NOOP("facts", "it has to be a list")
        )
    if len(told) > most:
        raise VerdictFileError(place=_at(place, name), detail=f"it has more than {most} entries")
    return told


def _text(found: Mapping[str, Any], name: str, place: str, *, most: int = LONGEST_TEXT) -> str:
    told = found.get(name) or ""
    if not isinstance(told, str):
        raise VerdictFileError(
            place=_at(place, name), detail=QT_TRANSLATE_NOOP("facts", "it has to be a text")
        )
    if len(told) > most:
        detail = f"it has {len(told)} characters, and {most} are the most"
        raise VerdictFileError(place=_at(place, name), detail=detail)
    if any("\ud800" <= character <= "\udfff" for character in told):
        raise VerdictFileError(
            place=_at(place, name),
            detail=QT_TRANSLATE_NOOP("facts", "it has characters that are broken"),
        )
    return told.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


def _id(found: Mapping[str, Any], name: str, place: str) -> str:
    told = _text(found, name, place, most=64)
    if not _ID.fullmatch(told):
        raise VerdictFileError(
            place=_at(place, name),
            detail=QT_TRANSLATE_NOOP("facts", "it is missing, or no such name"),
        )
    return told


def _moment(found: Mapping[str, Any], place: str) -> int:
    told = found.get("given_at", 0)
    if isinstance(told, bool) or not isinstance(told, int) or not 0 <= told <= LATEST:
        raise VerdictFileError(
            place=_at(place, "given_at"), detail=QT_TRANSLATE_NOOP("facts", "it is no time")
        )
    return told


def _fraction(found: Mapping[str, Any], name: str, place: str) -> float:
    told = found[name]
    # Compared as it came: there are whole numbers that no float holds.
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= 1:
        raise VerdictFileError(
            place=_at(place, name), detail=QT_TRANSLATE_NOOP("facts", "it is not between 0 and 1")
        )
    return float(told)


def _once(keys: Sequence[str], place: str) -> None:
    if len(set(keys)) < len(keys):
        raise VerdictFileError(
            place=place, detail=QT_TRANSLATE_NOOP("facts", "something is named twice in it")
        )


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
