"""What is written about a media item: IPTC, read and edited; XMP and EXIF.

Source: reference/photoshelter.md 9. Pictures have /iptc; /metadata is there for every kind.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import (
    bad_request,
    conflict,
    unprocessable,
    wrong_kind,
)
from bridge_app.sandbox.photoshelter.iptc_record import (
    LISTS,
    UnacceptableError,
    edited_record,
    whole_record,
)
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.moments import moment, written
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.records import Media

LOCK = "meta_if_modified_at"
"""The moment an edit is based on: a parameter, or `meta.if_modified_at` beside the data."""
BESIDE = frozenset({LOCK, "meta", "keywords_mode", "include", "api_key", "auth_token"})
"""What no field is called, and calls may say along with them."""
WITHOUT_EXIF = frozenset({"audio", "document"})


def iptc_shape(media: Media) -> Shape:
    """The record of a picture."""
    return {"id": media.id, "type": "iptc", "attributes": whole_record(media.iptc)}


def metadata_shape(media: Media) -> Shape:
    """The record of any kind; `raw` is the same as JSON in a text."""
    raw = json.dumps(dict(media.iptc), ensure_ascii=False, default=str)
    attributes = {**whole_record(media.iptc), "raw": raw}
    return {"id": media.id, "type": "metadata", "attributes": attributes}


def edited(call: ShelterCall, media: Media, changes: Mapping[str, Any]) -> Media:
    """The media item after an edit of its record; unchanged by an edit that changes nothing.

    Raises:
        ShelterError: 409, somebody else was faster; 422, a value cannot be.
    """
    check_not_moved_on(call, media)
    try:
        after = edited_record(
            media.iptc, changes, keywords_mode=call.fields.text("keywords_mode") or "replace"
        )
    except UnacceptableError as error:
        raise unprocessable(str(error)) from error
    return media if after == media.iptc else call.state.update_media(media.id, iptc=after)


def check_not_moved_on(call: ShelterCall, media: Media) -> None:
    """Nobody has changed the item since what the caller saw; to the second, as moments are shown.

    Raises:
        ShelterError: 409, somebody has; 400, the moment is none.
    """
    base = _base(call)
    if base is not None and base.replace(microsecond=0) != media.modified_at.replace(microsecond=0):
        raise conflict(f"The media has been modified at {written(media.modified_at)}")


def _base(call: ShelterCall) -> datetime | None:
    body = call.fields.body
    meta = body.get("meta") if isinstance(body, dict) else None
    inner = meta.get("if_modified_at") if isinstance(meta, dict) else None
    outer = body.get(LOCK) if isinstance(body, dict) else None
    text = str(call.fields.text(LOCK) or inner or outer or "")
    header = call.request.headers.get("if-unmodified-since", "")
    if not (text or header):
        return None
    at = moment(text or header) or _http_date(header)
    if at is None:
        raise bad_request(f"Invalid {LOCK}: {text or header}")
    return at


def _http_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _changes(call: ShelterCall) -> dict[str, Any]:
    """What is to be written, without what the call says besides; in a form, lists have commas."""
    said = {name: one for name, one in call.fields.attributes().items() if name not in BESIDE}
    if not said:
        raise bad_request("Nothing to change")
    if call.fields.body is None:
        return {name: one.split(",") if name in LISTS else one for name, one in said.items()}
    return said


def _picture(call: ShelterCall, deed: Deed) -> Media:
    media = call.may.media(call.caller, call.ids["media_id"], deed=deed)
    if media.kind != "image":
        raise wrong_kind(f"IPTC is not valid for media of type {media.kind}")
    return media


def _get_iptc(call: ShelterCall) -> Reply:
    media = _picture(call, Deed.SEE)
    return Reply(data=iptc_shape(media), meta={"modified_at": written(media.modified_at)})


def _patch_iptc(call: ShelterCall) -> Reply:
    media = edited(call, _picture(call, Deed.TAG), _changes(call))
    return Reply(data=iptc_shape(media), meta={"modified_at": written(media.modified_at)})


def _get_metadata(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"])
    return Reply(data=metadata_shape(media), meta={"modified_at": written(media.modified_at)})


def _patch_metadata(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.TAG)
    after = edited(call, media, _changes(call))
    return Reply(data=metadata_shape(after), meta={"modified_at": written(after.modified_at)})


def _get_xmp(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"])
    return Reply(data={"id": media.id, "type": "xmp", "attributes": dict(media.xmp)})


def _patch_xmp(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.TAG)
    check_not_moved_on(call, media)
    merged = {**media.xmp, **_changes(call)}
    after = {name: value for name, value in merged.items() if value not in (None, "")}
    media = call.state.update_media(media.id, xmp=after)
    return Reply(data={"id": media.id, "type": "xmp", "attributes": after})


def _get_exif(call: ShelterCall) -> Reply:
    media = call.may.media(call.caller, call.ids["media_id"])
    if media.kind in WITHOUT_EXIF:
        raise wrong_kind(f"EXIF is not valid for media of type {media.kind}")
    return Reply(data={"id": media.id, "type": "exif", "attributes": dict(media.exif)})


METADATA_CALLS = (
    Call(method="GET", path="/media/{media_id}/iptc", answer=_get_iptc),
    Call(method="PATCH", path="/media/{media_id}/iptc", answer=_patch_iptc, signed_in=True),
    Call(method="GET", path="/media/{media_id}/metadata", answer=_get_metadata),
    Call(method="PATCH", path="/media/{media_id}/metadata", answer=_patch_metadata, signed_in=True),
    Call(method="GET", path="/media/{media_id}/xmp", answer=_get_xmp),
    Call(method="PATCH", path="/media/{media_id}/xmp", answer=_patch_xmp, signed_in=True),
    Call(method="GET", path="/media/{media_id}/exif", answer=_get_exif),
)
