"""Cloudinary's words about an asset as a value; what has a wrong type is an error, not a guess."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bridge_app.delivery.answers import SERVICE, NotUnderstoodError
from bridge_app.domain.cloud import AccessRule, CloudAsset, FolderMode, MetadataValue, Moderation

LONGEST = 1 << 20
"""Characters of one text; nothing Cloudinary keeps of an asset is longer."""
MOST = (1 << 63) - 1
EARLIEST = "1970-01-01T00:00:00Z"
EPOCHS = range(1_000_000_000, 4_000_000_000)
"""Versions that are times, in seconds, as they are unless somebody chose them."""


def cloud_asset(reply: object, environment: str, mode: FolderMode) -> CloudAsset:
    """An asset as search, listings and details tell it. Raises NotUnderstoodError.

    Unknown keys are ignored, missing optional ones mean their defaults.
    Source: reference/cloudinary.md 3.3, 4.3, 4.4 and 5.2.
    """
    told = _Told(reply)
    public_id = told.text("public_id", required=True)
    folder, _, last = public_id.rpartition("/")
    version = told.number("version") or 0
    dynamic = mode is FolderMode.DYNAMIC
    return CloudAsset(
        environment=environment,
        asset_id=told.text("asset_id", required=True),
        public_id=public_id,
        resource_type=told.text("resource_type", required=True),
        delivery_type=told.text("type", required=True),
        format=told.text("format"),
        version=version,
        bytes=told.number("bytes") or 0,
        width=told.number("width"),
        height=told.number("height"),
        duration_s=told.seconds("duration"),
        pages=told.number("pages"),
        etag=told.text("etag"),
        asset_folder=folder_path(told.text("asset_folder") if dynamic else folder),
        display_name=told.text("display_name") if dynamic else last,
        created_at=told.moment("created_at") or EARLIEST,
        updated_at=_updated_at(told, version),
        tags=tuple(told.texts("tags")),
        context=_context(told),
        metadata=_metadata(told),
        moderation=_moderation(told),
        access_control=_access_control(told),
        placeholder=told.flag("placeholder") or told.text("status") in {"deleted", "not_found"},
        url=told.text("secure_url") or told.text("url"),
    )


def assets_in(
    reply: Mapping[str, Any], environment: str, mode: FolderMode
) -> tuple[CloudAsset, ...]:
    """The assets of a listing. Raises NotUnderstoodError."""
    return tuple(cloud_asset(one, environment, mode) for one in items(reply, "resources"))


def items(reply: Mapping[str, Any], name: str) -> Sequence[object]:
    """The list that a reply must have under that name. Raises NotUnderstoodError."""
    found = reply.get(name)
    if not isinstance(found, list):
        raise misunderstood(f"it has no list of {name}")
    return found


def cursor_in(
    reply: Mapping[str, Any], before: str | None = None, *, name: str = "next_cursor"
) -> str | None:
    """Where the next page begins; None after the last one. Raises NotUnderstoodError.

    `before` is where this one began: pages that lead back to themselves would never end.
    """
    found = _Told(reply).text(name) or None
    if found is not None and found == before:
        raise misunderstood("its pages do not end")
    return found


def total_in(reply: Mapping[str, Any]) -> int:
    """How many a search found in all. Raises NotUnderstoodError."""
    total = _Told(reply).number("total_count")
    if total is None:
        raise misunderstood("it does not say how many there are")
    return total


def text_in(reply: object, name: str, *, required: bool = False) -> str:
    """A text of a reply, "" where it is missing and may be. Raises NotUnderstoodError."""
    return _Told(reply).text(name, required=required)


def number_in(reply: object, name: str) -> int:
    """A count that a reply must have. Raises NotUnderstoodError."""
    number = _Told(reply).number(name)
    if number is None:
        raise misunderstood(f"it has no {name}")
    return number


def misunderstood(why: str) -> NotUnderstoodError:
    """The error of an answer that is JSON, but not what the interface says."""
    return NotUnderstoodError(service=SERVICE, detail=why)


def object_of(call: Callable[[], object]) -> Mapping[str, Any]:
    """What a call of the SDK gives, which takes every answer for an object of JSON.

    Raises NotUnderstoodError where the SDK stumbles over the answer, or it is no object.
    """
    try:
        reply = call()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise misunderstood("it is not the object it should be") from error
    if not isinstance(reply, Mapping):
        raise misunderstood("it is not an object")
    return reply


def folder_path(text: str) -> str:
    """A folder without slashes at its ends, "" for the root."""
    return "/".join(part for part in text.split("/") if part)


class _Told:
    """One object of a reply, read by name and type."""

    def __init__(self, reply: object) -> None:
        if not isinstance(reply, Mapping):
            raise misunderstood("an asset is not an object")
        self._reply = reply

    def text(self, name: str, *, required: bool = False) -> str:
        value = self._reply.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or len(value) > LONGEST or (required and not value):
            raise self._wrong(name)
        return _clean(value)

    def number(self, name: str) -> int | None:
        value = self._reply.get(name)
        if value is None:
            return None
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20:
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
            raise self._wrong(name)
        return value

    def seconds(self, name: str) -> float | None:
        value = self._reply.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < MOST:
            raise self._wrong(name)
        return float(value)

    def flag(self, name: str) -> bool:
        value = self._reply.get(name)
        if not isinstance(value, bool | None):
            raise self._wrong(name)
        return bool(value)

    def moment(self, name: str) -> str | None:
        """A time as `YYYY-MM-DDTHH:MM:SSZ`; searches write `+00:00`, the rest `Z`."""
        text = self.text(name)
        if not text:
            return None
        try:
            at = datetime.fromisoformat(text)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            at = at.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self._wrong(name) from error
        return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"

    def texts(self, name: str) -> list[str]:
        value = self._reply.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(name)
        return [_clean(one) for one in value]

    def map(self, name: str) -> Mapping[str, object]:
        value = self._reply.get(name)
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self._wrong(name)
        return value

    def objects(self, name: str) -> list["_Told"]:
        value = self._reply.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(name)
        return [_Told(one) for one in value]

    def _wrong(self, name: str) -> NotUnderstoodError:
        whose = self._reply.get("public_id")
        shown = _clean(whose)[:80] if isinstance(whose, str) else "an asset"
        return misunderstood(f"{name} of {shown} is not what it should be")


def _updated_at(told: _Told, version: int) -> str:
    """The latest of creation, upload and last change, as `changed_after` compares them."""
    updated = told.map("last_updated").get("updated_at")
    uploaded = told.moment("uploaded_at")
    if uploaded is None and version in EPOCHS:
        at = datetime.fromtimestamp(version, UTC).replace(tzinfo=None)
        uploaded = at.isoformat(timespec="seconds") + "Z"
    changed = None if updated is None else _Told({"updated_at": updated}).moment("updated_at")
    moments = (told.moment("created_at"), uploaded, changed)
    return max((one for one in moments if one), default=EARLIEST)


def _context(told: _Told) -> dict[str, str]:
    """Searches tell it flat, everything else below `custom`."""
    found = told.map("context")
    custom = found.get("custom")
    pairs = custom if isinstance(custom, Mapping) else found
    if not all(isinstance(value, str | int | float | None) for value in pairs.values()):
        raise misunderstood("the context of an asset is not what it should be")
    return {
        _clean(str(key)): _clean(str(value)) for key, value in pairs.items() if value is not None
    }


def _metadata(told: _Told) -> dict[str, MetadataValue]:
    """Values of types that are not known yet are left out."""
    found: dict[str, MetadataValue] = {}
    for key, value in told.map("metadata").items():
        if isinstance(value, list):
            found[_clean(key)] = tuple(_clean(str(one)) for one in value)
        elif isinstance(value, str):
            found[_clean(key)] = _clean(value)
        elif isinstance(value, int | float):
            found[_clean(key)] = value
    return found


def _moderation(told: _Told) -> tuple[Moderation, ...]:
    """Details list all of them, listings and searches name the present one."""
    listed = [(one.text("kind"), one.text("status")) for one in told.objects("moderation")]
    if not listed and told.text("moderation_status"):
        listed = [(told.text("moderation_kind"), told.text("moderation_status"))]
    return tuple(Moderation(kind=kind, status=status) for kind, status in listed)


def _access_control(told: _Told) -> tuple[AccessRule, ...]:
    return tuple(
        AccessRule(
            access_type=rule.text("access_type"), start=rule.moment("start"), end=rule.moment("end")
        )
        for rule in told.objects("access_control")
    )


def _clean(text: str) -> str:
    """Text that can be stored: JSON may hold half of a surrogate pair, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
