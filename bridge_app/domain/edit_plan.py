"""Which calls carry out the edits of many assets: as few as Cloudinary's interfaces allow.

Source: reference/cloudinary.md 3.1, 3.5 and 4.5. Tags are added and removed, never replaced, so
that what others add in the same moment stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_app.domain.edits import DISPLAY_NAME, TAGS, FieldPath, Record, Subject, same
from bridge_app.domain.metadata_fields import FieldValue

MAX_OPERATIONS = 1_000
"""Public IDs times tags, or public IDs, in one call."""


class Call(StrEnum):
    """The calls that change what is said about assets."""

    ADD_TAGS = "add_tags"
    REMOVE_TAGS = "remove_tags"
    SET_CONTEXT = "set_context"
    """Add or change keys; others stay."""
    REPLACE_CONTEXT = "replace_context"
    """The only way to take a key away and keep others: all keys are sent."""
    CLEAR_CONTEXT = "clear_context"
    SET_METADATA = "set_metadata"
    """Set or clear structured fields; others stay."""
    UPDATE = "update"
    """The display name, and structured metadata with it."""


Pairs = tuple[tuple[str, FieldValue], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One asset: how it is called, what it says now, and what it should say in some fields.

    `there` has to hold every key of the context, also those that nobody edits.
    """

    asset_id: str
    public_id: str
    resource_type: str
    delivery_type: str
    there: Record
    wanted: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One call for assets of one kind. `paths` are the fields it changes."""

    call: Call
    resource_type: str
    delivery_type: str
    asset_ids: tuple[str, ...]
    public_ids: tuple[str, ...]
    values: Pairs = ()
    tags: tuple[str, ...] = ()
    display_name: str = ""
    paths: frozenset[FieldPath] = field(default_factory=frozenset)

    def halves(self) -> tuple["Write", "Write"]:
        """The same for the first and for the second half of its assets."""
        middle = len(self.asset_ids) // 2
        return (_part(self, slice(0, middle)), _part(self, slice(middle, None)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What a call does, apart from the assets it does it to; equal changes share calls."""

    call: Call
    values: Pairs = ()
    tags: tuple[str, ...] = ()
    display_name: str = ""
    paths: frozenset[FieldPath] = frozenset()


def plan_writes(targets: Iterable[Target]) -> tuple[Write, ...]:
    """The calls that make every target say what is wanted, equal changes together."""
    grouped: defaultdict[tuple[_Change, str, str], list[Target]] = defaultdict(list)
    for target in targets:
        for change in _changes(target):
            grouped[change, target.resource_type, target.delivery_type].append(target)
    return tuple(
        Write(
            call=change.call,
            resource_type=resource_type,
            delivery_type=delivery_type,
            asset_ids=tuple(target.asset_id for target in some),
            public_ids=tuple(target.public_id for target in some),
            values=change.values,
            tags=change.tags,
            display_name=change.display_name,
            paths=change.paths,
        )
        for (change, resource_type, delivery_type), found in grouped.items()
        for some in _batches(change, found)
    )


def _changes(target: Target) -> Iterator[_Change]:
    """What has to be done to one asset."""
    differing = {
        path: value
        for path, value in target.wanted.items()
        if not same(value, target.there.get(path))
    }
    if TAGS in differing:
        yield from _tag_changes(target.there.get(TAGS), differing[TAGS])
    context = {path: value for path, value in differing.items() if path.subject is Subject.CONTEXT}
    if context:
        yield _context_change(target.there, context)
    metadata = {
        path: value for path, value in differing.items() if path.subject is Subject.METADATA
    }
    name = differing.get(DISPLAY_NAME)
    if name is not None:
        paths = frozenset({DISPLAY_NAME, *metadata})
        yield _Change(
            call=Call.UPDATE, values=_pairs(metadata), display_name=str(name), paths=paths
        )
    elif metadata:
        paths = frozenset(metadata)
        yield _Change(call=Call.SET_METADATA, values=_pairs(metadata), paths=paths)


def _tag_changes(there: FieldValue, wanted: FieldValue) -> Iterator[_Change]:
    before = set(there) if isinstance(there, tuple) else set()
    after = set(wanted) if isinstance(wanted, tuple) else set()
    for call, tags in ((Call.ADD_TAGS, after - before), (Call.REMOVE_TAGS, before - after)):
        if tags:
            yield _Change(call=call, tags=tuple(sorted(tags)), paths=frozenset({TAGS}))


def _context_change(there: Record, changed: Mapping[FieldPath, FieldValue]) -> _Change:
    """Setting keys leaves others alone; taking one away needs all that stay to be said again."""
    paths = frozenset(changed)
    if None not in changed.values():
        return _Change(call=Call.SET_CONTEXT, values=_pairs(changed), paths=paths)
    whole = {path: value for path, value in there.items() if path.subject is Subject.CONTEXT}
    left = {path: value for path, value in {**whole, **changed}.items() if value is not None}
    if not left:
        return _Change(call=Call.CLEAR_CONTEXT, paths=paths)
    return _Change(call=Call.REPLACE_CONTEXT, values=_pairs(left), paths=paths)


def _pairs(fields: Mapping[FieldPath, FieldValue]) -> Pairs:
    return tuple(sorted((path.key, value) for path, value in fields.items()))


def _batches(change: _Change, targets: Sequence[Target]) -> Iterator[Sequence[Target]]:
    """As many as one call takes; a display name and a whole context take one asset each."""
    single = change.call in (Call.UPDATE, Call.REPLACE_CONTEXT)
    most = 1 if single else max(1, MAX_OPERATIONS // max(1, len(change.tags)))
    for start in range(0, len(targets), most):
        yield targets[start : start + most]


def _part(write: Write, some: slice) -> Write:
    return Write(
        call=write.call,
        resource_type=write.resource_type,
        delivery_type=write.delivery_type,
        asset_ids=write.asset_ids[some],
        public_ids=write.public_ids[some],
        values=write.values,
        tags=write.tags,
        display_name=write.display_name,
        paths=write.paths,
    )
