"""What Cloudinary tells about changes: whether it is genuine, and which assets it is about.

Source: reference/cloudinary.md 2.5 and 18.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

VALID_FOR = timedelta(hours=2)
"""How old a notice may be; the SDKs' own limit. As much is allowed for a wrong clock."""
LARGEST = 1 << 20
"""Bytes of one notice."""
DEPTH = 4
ASSET_ID_LENGTH = 32
ABOUT_FOLDERS = frozenset({"create_folder", "delete_folder", "move_or_rename_asset_folder"})
OF_NO_CONCERN = frozenset(
    {"eager", "explode", "multi", "sprite", "generate_archive", "report", "info", "error"}
)
"""Events after which every asset is as it was."""


class NotGenuineError(BridgeError):
    """A notice that Cloudinary did not send, or sent long ago."""

    text = QT_TRANSLATE_NOOP(
        "errors", "A notification was not believed: {detail}. Nothing was done about it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that happened.

    `asset_ids` are the assets it is about; `widely` says that more changed than these, so that
    the whole environment has to be looked at; `signed_by` is the API key whose secret signed it,
    "" where it does not say.
    """

    type: str
    identity: str
    asset_ids: tuple[str, ...] = ()
    widely: bool = False
    signed_by: str = ""


def verify(body: bytes, *, timestamp: str, signature: str, secret: str, now: datetime) -> None:
    """Check a notice's signature over its very bytes, and its age. Raises NotGenuineError.

    SHA-1 or SHA-256, by the signature's length; compared in constant time.
    """
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        raise NotGenuineError(detail=QT_TRANSLATE_NOOP("facts", "it does not say when it was sent"))
    if abs(now.timestamp() - int(timestamp)) > VALID_FOR.total_seconds():
        raise NotGenuineError(
            detail=QT_TRANSLATE_NOOP("facts", "it is too old, or the clock here is wrong")
        )
    hashes = {40: hashlib.sha1, 64: hashlib.sha256}
    make = hashes.get(len(signature))
    if make is None:
        raise NotGenuineError(detail=QT_TRANSLATE_NOOP("facts", "it is not signed"))
    wanted = make(body + timestamp.encode() + secret.encode()).hexdigest()
    if not hmac.compare_digest(wanted.encode(), signature.lower().encode("utf-8", "replace")):
        raise NotGenuineError(
            detail=QT_TRANSLATE_NOOP("facts", "its signature is not that of this account")
        )


def read_notice(body: bytes) -> Notice:
    """What a notice says. Raises NotGenuineError if it is none."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotGenuineError(detail=QT_TRANSLATE_NOOP("facts", "it cannot be read")) from error
    if not isinstance(told, Mapping) or not isinstance(told.get("notification_type"), str):
        raise NotGenuineError(detail=QT_TRANSLATE_NOOP("facts", "it does not say what happened"))
    kind = str(told["notification_type"])
    found = tuple(dict.fromkeys(_asset_ids(told, DEPTH)))
    unclear = not found and kind not in OF_NO_CONCERN
    key = told.get("signature_key")
    return Notice(
        type=kind,
        identity=hashlib.sha256(body).hexdigest(),
        asset_ids=() if kind in OF_NO_CONCERN else found,
        widely=kind in ABOUT_FOLDERS or unclear,
        signed_by=key if isinstance(key, str) else "",
    )


def _asset_ids(told: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Every asset ID in it: at its top, in lists of assets, or in maps of them by public ID."""
    mine = told.get("asset_id")
    if isinstance(mine, str) and len(mine) == ASSET_ID_LENGTH and mine.isalnum():
        yield mine
    if not depth:
        return
    for value in told.values():
        parts = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, Mapping):
                yield from _asset_ids(part, depth - 1)
