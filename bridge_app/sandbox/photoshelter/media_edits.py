"""What a media item's own attributes may be changed to. Pure.

Source: reference/photoshelter.md 9, "PATCH /media/{id}"; the real service's list is not known.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bridge_app.sandbox.photoshelter.iptc_record import UnacceptableError
from bridge_app.sandbox.photoshelter.moments import moment
from bridge_app.sandbox.photoshelter.records import Media

LONGEST_NAME = 255
LOWEST_RATING, HIGHEST_RATING = -1, 5


def changes_of(media: Media, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Media` that change, with their new values.

    Raises:
        UnacceptableError: An attribute nobody knows or may change, or a value that cannot be.
    """
    changes: dict[str, Any] = {}
    for name, value in attributes.items():
        accept = ACCEPTED.get(name)
        if accept is None:
            message = f"{name} cannot be changed"
            raise UnacceptableError(message)
        changes |= accept(name, value)
    return _with_whole_focal_point(media, changes)


def _with_whole_focal_point(media: Media, changes: dict[str, Any]) -> dict[str, Any]:
    """Its halves come apart, and are kept as one."""
    parts = {axis: changes.pop(axis) for axis in FOCAL if axis in changes}
    if not parts:
        return changes
    before = dict(zip(FOCAL, media.focal_point or (None, None), strict=True))
    x, y = ({**before, **parts}[axis] for axis in FOCAL)
    return {**changes, "focal_point": None if x is None or y is None else (x, y)}


def _rating(name: str, value: object) -> dict[str, Any]:
    number = _number(name, value)[name]
    if number is not None and not LOWEST_RATING <= number <= HIGHEST_RATING:
        message = f"{name} lies between {LOWEST_RATING} and {HIGHEST_RATING}"
        raise UnacceptableError(message)
    return {name: number}


def _number(name: str, value: object) -> dict[str, Any]:
    if value is None or value == "":
        return {name: None}
    try:
        if type(value) is int or isinstance(value, str):
            return {name: int(value)}
    except ValueError:
        pass
    message = f"{name} must be a whole number"
    raise UnacceptableError(message)


def _said(name: str, value: object) -> bool | None:
    """Yes or no, also as texts; nothing for null."""
    if value is None or value == "":
        return None
    words = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}
    said = value if isinstance(value, bool) else words.get(str(value).lower())
    if said is None:
        message = f"{name} must be true or false"
        raise UnacceptableError(message)
    return said


def _flag(name: str, value: object) -> dict[str, Any]:
    return {name: bool(_said(name, value))}


def _release(name: str, value: object) -> dict[str, Any]:
    return {name: _said(name, value)}


def _file_name(name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME:
        message = f"{name} has 1 to {LONGEST_NAME} characters"
        raise UnacceptableError(message)
    return {name: value}


def _moment(name: str, value: object) -> dict[str, Any]:
    if value is None or value == "":
        return {name: None}
    at = moment(value, at_end=True) if isinstance(value, str) else None
    if at is None:
        message = f"{name} must be a date"
        raise UnacceptableError(message)
    return {name: at}


FOCAL = ("focal_point_x", "focal_point_y")
ACCEPTED: Mapping[str, Callable[[str, object], dict[str, Any]]] = {
    "rating": _rating,
    "searchable": _flag,
    "flagged": _flag,
    "model_released": _release,
    "property_released": _release,
    "file_name": _file_name,
    "license_expires_at": _moment,
    **dict.fromkeys(FOCAL, _number),
}
