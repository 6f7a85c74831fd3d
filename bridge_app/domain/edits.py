"""Edits of what a system keeps about an asset: what was said, and on what it was based.

They are merged field by field with what others said meanwhile: nobody's words are overwritten
silently.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import DIGEST_KEY, CloudAsset
from bridge_app.domain.cloud_changes import is_display_name
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.metadata_fields import FieldValue, normalised
from bridge_app.domain.standard_schema import Shape
from bridge_app.domain.standard_values import fault, split_key, tidied

MAX_TAG_LETTERS = 255
MAX_TAGS = 1_000
MAX_CONTEXT_LETTERS = 1_024


class Subject(StrEnum):
    """Which part of a record a field belongs to."""

    TAGS = "tags"
    CONTEXT = "context"
    METADATA = "metadata"
    DISPLAY_NAME = "display_name"
    STANDARD = "standard"
    """What a master says of itself; `standard_fields` has the fields."""


class UnusableValueError(InvalidInputError):
    """A value that would not be kept as it is."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be used: {detail}.")


@dataclass(frozen=True, slots=True, order=True)
class FieldPath:
    """One field of a record.

    `key` is a context key, the external ID of a metadata field, or a standard field's identity
    with its language: `alt_text[de]`.
    """

    subject: Subject
    key: str = ""

    def __hash__(self) -> int:
        return hash(self.key)  # a subject's own takes several times as long, for each cell painted

    def __str__(self) -> str:
        return f"{self.subject.value}.{self.key}" if self.key else self.subject.value

    @property
    def words(self) -> str:
        """What people call the field: a key, or one of the names that `read` knows."""
        if self.subject is Subject.STANDARD:
            found = split_key(self.key)
            return self.key.replace(found[0].id, found[0].label, 1) if found else self.key
        own = {TAGS: "tags", DISPLAY_NAME: "display name", TITLE: "title"}
        return own.get(self) or ("description" if self == DESCRIPTION else self.key)

    @classmethod
    def read(cls, text: str) -> "FieldPath":
        """The field that a text such as `tags`, `context.alt` or `metadata.brand` names.

        `standard.title` is a field of the standards; a name without a dot that is none of ours a
        metadata field. Raises InvalidInputError.
        """
        if text in WORDS:
            return WORDS[text]
        subject, dot, key = text.partition(".")
        if dot and subject in (Subject.CONTEXT, Subject.METADATA) and key:
            return cls(Subject(subject), key)
        if subject == Subject.STANDARD and split_key(key):
            return cls(Subject.STANDARD, key)
        if dot or not text:
            raise InvalidInputError(
                what=f"The field “{text}”",
                detail=QT_TRANSLATE_NOOP("facts", "there is none of that name"),
            )
        return cls(Subject.METADATA, text)


TAGS = FieldPath(Subject.TAGS)
DISPLAY_NAME = FieldPath(Subject.DISPLAY_NAME)
TITLE = FieldPath(Subject.CONTEXT, "caption")
"""Cloudinary's own Media Library shows this context key as the title."""
DESCRIPTION = FieldPath(Subject.CONTEXT, "alt")
"""Cloudinary's own Media Library shows this context key as the description."""
WORDS = {
    "tags": TAGS,
    "keywords": TAGS,
    "display_name": DISPLAY_NAME,
    "name": DISPLAY_NAME,
    "title": TITLE,
    "caption": DESCRIPTION,
    "description": DESCRIPTION,
}

Record = Mapping[FieldPath, FieldValue]
"""What a record says; a field that is missing has no value."""


class EditState(StrEnum):
    """Where an edit stands. The first four are shown over what the record says."""

    PENDING = "pending"
    SENDING = "sending"
    FAILED = "failed"
    CONFLICT = "conflict"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"

    @property
    def is_open(self) -> bool:
        """Is it still to be delivered, or waiting for a person?"""
        return self in OPEN


OPEN = (EditState.PENDING, EditState.SENDING, EditState.FAILED, EditState.CONFLICT)
DELIVERABLE = (EditState.PENDING, EditState.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEdit:
    """What a person said about one field of one asset; `base` is the value they saw."""

    environment: str
    asset: AssetId
    asset_id: str
    name: str
    path: FieldPath
    base: FieldValue
    value: FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a field said when an edit of it was sent, and what it was to say then.

    `answered`: the service said that it took it, and nobody could look after that. `version` is
    the record's before it, where its service tells one that every change moves on.
    """

    there: FieldValue
    wanted: FieldValue
    answered: bool = False
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit as the ledger keeps it.

    `change` is its identity, `batch` what was said together; `at` is ISO 8601 in UTC; `error` is
    why the service did not take it. `attempt` is there once it was sent and nobody knows yet what
    became of it.
    """

    change: str
    batch: str
    environment: str
    asset: AssetId
    asset_id: str
    name: str
    path: FieldPath
    base: FieldValue
    value: FieldValue
    state: EditState
    who: str
    at: str
    error: Trouble | None = None
    attempt: Attempt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two people said different things about one field: both values, and what both started from.

    `chosen` is None until a person has settled it, `settled_at` too.
    """

    id: int
    environment: str
    asset: AssetId
    asset_id: str
    name: str
    path: FieldPath
    base: FieldValue
    ours: FieldValue
    theirs: FieldValue
    found_at: str
    settled_at: str | None = None
    chosen: FieldValue = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """All open edits of one field together: from the first base to the last value."""

    path: FieldPath
    base: FieldValue
    value: FieldValue
    changes: tuple[str, ...]


class Action(StrEnum):
    """What is to be done about a wish."""

    NOTHING = "nothing"
    WRITE = "write"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """How a wish meets the record: the value that it should have, and what it says now."""

    action: Action
    value: FieldValue
    theirs: FieldValue


def merge(base: FieldValue, here: FieldValue, there: FieldValue, *, is_set: bool) -> Merged:
    """Three ways: what both started from, what we say, what the record says now.

    Sets (tags too) merge element by element and never conflict: what either side added is there,
    what either side removed is not.
    """
    base, here, there = normalised(base), normalised(here), normalised(there)
    if same(here, there) or same(here, base):
        return Merged(action=Action.NOTHING, value=there, theirs=there)
    if is_set or any(isinstance(one, tuple) for one in (base, here, there)):
        value = _elementwise(base, here, there)
        done = same(value, there)
        return Merged(action=Action.NOTHING if done else Action.WRITE, value=value, theirs=there)
    if same(there, base):
        return Merged(action=Action.WRITE, value=here, theirs=there)
    return Merged(action=Action.CONFLICT, value=here, theirs=there)


def same(one: FieldValue, other: FieldValue) -> bool:
    """Are they the same value? A number and its digits are; so are no value and an empty one."""
    one, other = normalised(one), normalised(other)
    if isinstance(one, tuple) or isinstance(other, tuple) or None in (one, other):
        return one == other
    return str(one) == str(other)


def fold(edits: Iterable[Edit]) -> dict[FieldPath, Wish]:
    """The open edits of one asset, oldest first, as one wish for each field."""
    wishes: dict[FieldPath, Wish] = {}
    for edit in edits:
        before = wishes.get(edit.path)
        wishes[edit.path] = Wish(
            path=edit.path,
            base=normalised(before.base if before else edit.base),
            value=normalised(_after(before.value, edit) if before else edit.value),
            changes=(*(before.changes if before else ()), edit.change),
        )
    return wishes


def is_set(path: FieldPath, *values: FieldValue) -> bool:
    """Does the field hold several values?"""
    if path.subject is Subject.STANDARD and (found := split_key(path.key)):
        return found[0].shape is Shape.BAG
    return path.subject is Subject.TAGS or any(isinstance(value, tuple) for value in values)


def record_of(asset: CloudAsset, *, whole: bool = False) -> dict[FieldPath, FieldValue]:
    """What can be edited of a cloud asset, as far as it says anything.

    With `whole` also the context key that says which content was sent, which nobody edits.
    """
    found: dict[FieldPath, FieldValue] = {
        TAGS: normalised(asset.tags),
        DISPLAY_NAME: normalised(asset.display_name),
    }
    for key, text in asset.context.items():
        if whole or key != DIGEST_KEY:
            found[FieldPath(Subject.CONTEXT, key)] = normalised(text)
    for name, value in asset.metadata.items():
        plain = str(value) if isinstance(value, float) else value
        found[FieldPath(Subject.METADATA, name)] = normalised(plain)
    return {path: value for path, value in found.items() if value is not None}


def overlaid(record: Record, edits: Iterable[Edit]) -> dict[FieldPath, FieldValue]:
    """The record as the person who edited it sees it; conflicts show what the record says.

    What goes out may be in the record already: what was said since then is on top of it, not one
    wish with it, or a word and what takes it back would leave the word there.
    """
    shown = dict(record)
    ours = [edit for edit in edits if edit.state is not EditState.CONFLICT]
    steps = [fold([edit]) for edit in ours if edit.attempt is not None]
    fresh = [edit for edit in ours if edit.attempt is None]
    steps.append(fold(edit for edit in fresh if edit.state is EditState.SENDING))
    steps.append(fold(edit for edit in fresh if edit.state is not EditState.SENDING))
    for path, wish in chain.from_iterable(step.items() for step in steps):
        here = merge(wish.base, wish.value, shown.get(path), is_set=is_set(path, wish.value))
        value = wish.value if here.action is Action.CONFLICT else here.value
        if value is None:
            shown.pop(path, None)
        else:
            shown[path] = value
    return shown


def checked(path: FieldPath, value: FieldValue) -> FieldValue:
    """The value, if the system can keep it as it is. Raises UnusableValueError.

    Source: reference/cloudinary.md 3.1 and 3.2. What a metadata field takes is checked by
    `metadata_values`, what a standard field takes by `standard_values`.
    """
    value = normalised(value)
    detail = ""
    if path.subject is Subject.STANDARD:
        value, detail = _standard(path, value)
    elif path.subject is Subject.TAGS:
        detail = _tags_fault(value if isinstance(value, tuple) else ())
    elif path.subject is Subject.CONTEXT:
        detail = _context_fault(path.key, "" if value is None else str(value))
    elif isinstance(value, str) and value.endswith("\\"):
        detail = BACKSLASH
    elif path.subject is Subject.DISPLAY_NAME:
        detail = "" if is_display_name(str(value or "")) else NO_NAME
    if detail:
        what = path.words if path.subject is Subject.STANDARD else str(path)
        raise UnusableValueError(what=what, detail=detail)
    return value


BACKSLASH = QT_TRANSLATE_NOOP("facts", "it must not end with a backslash")
NO_NAME = QT_TRANSLATE_NOOP("facts", "a name has no slash, and 1 to 255 letters")


def _standard(path: FieldPath, value: FieldValue) -> tuple[FieldValue, str]:
    """The value in the field's own form, and what is wrong with it."""
    found = split_key(path.key)
    if found is None:
        return value, "there is no such field"
    value = tidied(found[0], value)
    return value, fault(found[0], value)


def _elementwise(base: FieldValue, here: FieldValue, there: FieldValue) -> FieldValue:
    before, ours, theirs = elements(base), elements(here), elements(there)
    return normalised([*((theirs | (ours - before)) - (before - ours))])


def _after(value: FieldValue, edit: Edit) -> FieldValue:
    """A value with a later edit on top: of a set its changes, else its value."""
    if is_set(edit.path, value, edit.base, edit.value):
        return _elementwise(edit.base, edit.value, value)
    return edit.value


def elements(value: FieldValue) -> set[str]:
    """The words of a set; of anything else the value itself."""
    if value is None:
        return set()
    return set(value) if isinstance(value, tuple) else {str(value)}


def _tags_fault(tags: Sequence[str]) -> str:
    if len(tags) > MAX_TAGS:
        return QT_TRANSLATE_NOOP("facts", "an asset has at most 1,000 tags")
    for tag in tags:
        if not tag.strip() or tag != tag.strip():
            return QT_TRANSLATE_NOOP("facts", "a tag is a word without spaces around it")
        if "," in tag:
            return QT_TRANSLATE_NOOP("facts", "a tag holds no comma")
        if len(tag) > MAX_TAG_LETTERS:
            return QT_TRANSLATE_NOOP("facts", "a tag has at most 255 characters")
        if not tag.isprintable():
            return QT_TRANSLATE_NOOP("facts", "a tag has no control characters")
    return ""


def _context_fault(key: str, text: str) -> str:
    if not key.strip() or any(letter in key for letter in "=|\\") or not key.isprintable():
        return QT_TRANSLATE_NOOP("facts", "a key needs a name without =, | and backslashes")
    if key == DIGEST_KEY:
        return QT_TRANSLATE_NOOP("facts", "this key says what was sent, and is not edited")
    if len(text) > MAX_CONTEXT_LETTERS:
        return QT_TRANSLATE_NOOP("facts", "a value has at most 1,024 characters")
    if not all(letter.isprintable() or letter in "\n " for letter in text):
        return QT_TRANSLATE_NOOP("facts", "a value has no control characters but line breaks")
    return BACKSLASH if text.endswith("\\") else ""
