"""What masters say of themselves, with what was said about them here on top of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bridge_app.domain.assets import Asset
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import (
    Conflict,
    Edit,
    EditState,
    FieldPath,
    NewEdit,
    Record,
    Subject,
    UnusableValueError,
    checked,
    is_set,
    overlaid,
    same,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.required_fields import parts_of
from bridge_app.domain.standard_fields import StandardField, field_of, path_of

CUSTOM = "custom:"
"""How the key of a service's custom field begins; its value is the name of the chosen option."""
WORST_FIRST = (EditState.CONFLICT, EditState.FAILED, EditState.SENDING, EditState.PENDING)
KNOWN_AS = {"creator": "author"}
"""Fields that policies know by another name."""
MEDIA = "media."
"""How a field's name at a service begins that is no part of the IPTC record: it is only read."""


class MasterWay(StrEnum):
    """How a master takes what is said of it."""

    INSIDE = "inside"
    EXIFTOOL = "exiftool"
    SIDECAR = "sidecar"
    SERVICE = "service"
    NOWHERE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidMaster:
    """A master with what was said about it here and is not settled.

    `destination` is where edits of it go: `file:<library>` or `shelter:<account>`. `there` is
    what it said when it was read last; `differs` names the fields whose places in the file
    disagree, `required` those (by their keys) that have to say something before it may leave.
    """

    asset: Asset
    destination: str
    there: Record
    differs: tuple[str, ...] = ()
    way: MasterWay = MasterWay.INSIDE
    edits: tuple[Edit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    required: frozenset[str] = frozenset()

    def record(self) -> dict[FieldPath, FieldValue]:
        """What it says, with our edits on top."""
        return overlaid(self.there, self.edits)

    def may_edit(self, path: FieldPath) -> bool:
        """Is there a place for the field, that may be written?"""
        if self.way is MasterWay.NOWHERE or path.subject is not Subject.STANDARD:
            return False
        at_service = self.way is MasterWay.SERVICE
        known = field_of(path)
        if known is None:
            return at_service and path.key.startswith(CUSTOM)
        if at_service:
            return known.editable and is_at_service(known) and path.key == known.id
        return known.editable

    def state(self, path: FieldPath) -> EditState | None:
        """The state of what was said of the field, the worst first; None if it is delivered."""
        states = {edit.state for edit in self.edits if edit.path == path}
        return next((state for state in WORST_FIRST if state in states), None)

    def error(self, path: FieldPath) -> Trouble | None:
        """Why it could not be written."""
        found = (edit.error for edit in self.edits if edit.path == path and edit.error is not None)
        return next(found, None)


def required_keys(names: Iterable[str]) -> frozenset[str]:
    """The keys of the fields that policies want filled in, which they know by names."""
    return frozenset(map(_required_key, names))


def is_at_service(field: StandardField) -> bool:
    """Has a PhotoShelter-style service a place for the field that can be written?"""
    return bool(field.shelter) and not field.shelter.startswith(MEDIA)


def is_standard(path: FieldPath) -> bool:
    """Is it a field of masters?"""
    return path.subject is Subject.STANDARD


def standard_record(told: Mapping[str, FieldValue]) -> dict[FieldPath, FieldValue]:
    """A record by its keys, as one by its paths."""
    return {_path(key): value for key, value in told.items()}


@lru_cache(maxsize=256)
def _required_key(name: str) -> str:
    field, language = parts_of(name) or (name, "")
    return path_of(KNOWN_AS.get(field, field), language).key


@lru_cache(maxsize=1_024)
def _path(key: str) -> FieldPath:
    """Ten thousand records say the same few hundred fields."""
    return FieldPath(Subject.STANDARD, key)


def checked_standard(path: FieldPath, value: FieldValue) -> FieldValue:
    """The value, if a master can keep it as it is. Raises UnusableValueError."""
    if path.subject is not Subject.STANDARD or not path.key.startswith(CUSTOM):
        return checked(path, value)
    if isinstance(value, tuple | int):
        raise UnusableValueError(
            what=path.words,
            detail=QT_TRANSLATE_NOOP("facts", "one of its options is chosen by name"),
        )
    return value or None


class Checked:
    """What was found fit already: the same is said of many masters."""

    def __init__(self) -> None:
        self._values: dict[tuple[FieldPath, FieldValue], FieldValue] = {}
        self._sets: dict[FieldPath, bool] = {}
        self._editable: dict[tuple[FieldPath, MasterWay], bool] = {}

    def is_set(self, path: FieldPath) -> bool:
        """Does the field hold several words?"""
        if path not in self._sets:
            self._sets[path] = is_set(path)
        return self._sets[path]

    def may_edit(self, said: SaidMaster, path: FieldPath) -> bool:
        """As the master tells."""
        key = path, said.way
        if key not in self._editable:
            self._editable[key] = said.may_edit(path)
        return self._editable[key]

    def value(self, path: FieldPath, value: FieldValue) -> FieldValue:
        """As `checked_standard`."""
        key = path, value
        if key not in self._values:
            self._values[key] = checked_standard(path, value)
        return self._values[key]


def different(
    said: SaidMaster, changes: Iterable[Change], before: Record, fit: Checked
) -> dict[FieldPath, FieldValue]:
    """The fields of `before`, what the master says, that differ afterwards.

    Raises UnusableValueError. Only what is changed is checked.
    """
    after = dict(before)
    touched: list[FieldPath] = []
    for change in changes:
        if not fit.may_edit(said, change.path):
            raise UnusableValueError(
                what=f"“{change.path.words}” of {said.asset.name}",
                detail=QT_TRANSLATE_NOOP("facts", "it is not written at this master"),
            )
        value = change.after(after.get(change.path))
        after[change.path] = fit.value(change.path, value)
        touched.append(change.path)
    return {path: after[path] for path in touched if not same(after[path], before.get(path))}


def new_edits(
    said: SaidMaster, before: Record, wanted: Mapping[FieldPath, FieldValue]
) -> list[NewEdit]:
    """What is to be recorded so that the master says this."""
    return [
        NewEdit(
            environment=said.destination,
            asset=said.asset.id,
            asset_id=said.asset.id,
            name=said.asset.name,
            path=path,
            base=before.get(path),
            value=value,
        )
        for path, value in wanted.items()
    ]
