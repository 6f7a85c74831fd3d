"""Custom fields of a PhotoShelter-style service, in the terms of the standard fields.

An organisation defines them: a name, and options of which a master has one at most.
Source: reference/photoshelter.md, 9.
"""

from collections.abc import Iterable, Mapping, Sequence

from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.domain.master_sheet import CUSTOM
from bridge_app.domain.standard_schema import Group, Shape, StandardField

CustomFields = Mapping[str, tuple[str, ...]]
"""The names of custom fields, and of their options in the service's order."""


def custom_path(name: str) -> FieldPath:
    """The path of a custom field."""
    return FieldPath(Subject.STANDARD, CUSTOM + name)


def custom_name(path: FieldPath) -> str:
    """The name of the custom field at a path; "" for any other field."""
    is_custom = path.subject is Subject.STANDARD and path.key.startswith(CUSTOM)
    return path.key.removeprefix(CUSTOM) if is_custom else ""


def as_field(name: str, options: Iterable[str] = ()) -> StandardField:
    """A custom field as a field of a form; a text where nobody knows its options."""
    choices = tuple((one, one) for one in options)
    return StandardField(
        id=CUSTOM + name,
        xmp="",
        label=name,
        group=Group.REVIEW,
        shape=Shape.CHOICE if choices else Shape.TEXT,
        choices=choices,
    )


def in_all(several: Sequence[CustomFields]) -> CustomFields:
    """The fields that all of these have, with the options that all of them have."""
    first, *rest = several or ({},)
    return {
        name: tuple(one for one in options if all(one in other[name] for other in rest))
        for name, options in first.items()
        if all(name in other for other in rest)
    }


def in_any(several: Iterable[CustomFields]) -> CustomFields:
    """The fields that any of these has, with all their options."""
    found: dict[str, dict[str, None]] = {}
    for one in several:
        for name, options in one.items():
            found.setdefault(name, {}).update(dict.fromkeys(options))
    return {name: tuple(options) for name, options in found.items()}
