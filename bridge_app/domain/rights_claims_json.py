"""Rights claims as JSON: as the ledger keeps them and the command line prints and reads them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import (
    DIGEST_LETTERS,
    ClaimDocument,
    DocumentKind,
    RightsClaim,
)

TEXTS = ("licence", "usage_terms", "zone", "credit_line", "source")
SETS = ("territories", "excluded_territories", "channels", "excluded_channels")
RELEASES = ("model_released", "property_released")


class ClaimDocumentError(InvalidInputError):
    """A document that describes no claim."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The rights cannot be read: {place} is not as it should be. Nothing was changed."
    )


def claim_json(claim: RightsClaim) -> dict[str, Any]:
    """A claim as plain values, without what it does not say."""
    window = claim.window
    told: dict[str, Any] = {name: getattr(claim, name) for name in TEXTS}
    told |= {name: sorted(getattr(claim, name)) for name in SETS}
    told |= {
        "starts": window.starts.isoformat() if window.starts else "",
        "ends": window.ends.isoformat() if window.ends else "",
        "documents": [
            {"sha256": one.sha256, "name": one.name, "bytes": one.bytes, "kind": one.kind.value}
            for one in claim.documents
        ],
    }
    said = {name: value for name, value in told.items() if value}
    return said | {name: value for name in RELEASES if (value := getattr(claim, name)) is not None}


def claim_from(told: object) -> RightsClaim:
    """A claim of such values.

    Raises ClaimDocumentError with the place, or what `RightsClaim` and its window refuse.
    """
    if not isinstance(told, Mapping):
        raise ClaimDocumentError(place="the whole")
    known = {*TEXTS, *SETS, *RELEASES, "starts", "ends", "documents"}
    for name in told.keys() - known:
        raise ClaimDocumentError(place=str(name)[:40])
    given: dict[str, Any] = {}
    for name in TEXTS:
        if name in told:
            given[name] = _text(told[name], name)
    for name in SETS:
        given[name] = frozenset(_text(one, name) for one in _list(told.get(name, []), name))
    for name in RELEASES:
        given[name] = _release(told.get(name), name)
    given["documents"] = tuple(map(_document, _list(told.get("documents", []), "documents")))
    window = RightsWindow(starts=_moment(told, "starts"), ends=_moment(told, "ends"))
    return RightsClaim(window=window, **given)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise ClaimDocumentError(place=place)
    return value


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise ClaimDocumentError(place=place)
    return value


def _release(value: object, place: str) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise ClaimDocumentError(place=place)
    return value


def _moment(told: Mapping[str, object], place: str) -> datetime | None:
    text = _text(told.get(place, ""), place)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ClaimDocumentError(place=place) from None
    if moment.tzinfo is None:
        raise ClaimDocumentError(place=place)
    return utc


def _document(value: object) -> ClaimDocument:
    place = "documents"
    if not isinstance(value, Mapping):
        raise ClaimDocumentError(place=place)
    digest, size = _text(value.get("sha256"), place), value.get("bytes")
    if len(digest) != DIGEST_LETTERS or not set(digest) <= set("0123456789abcdef"):
        raise ClaimDocumentError(place=place)
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ClaimDocumentError(place=place)
    kind = _text(value.get("kind", DocumentKind.LICENCE.value), place)
    if kind not in {one.value for one in DocumentKind}:
        raise ClaimDocumentError(place=place)
    return ClaimDocument(
        sha256=digest, name=_text(value.get("name"), place), bytes=size, kind=DocumentKind(kind)
    )
