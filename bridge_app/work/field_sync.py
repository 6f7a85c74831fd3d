"""Brings what masters and their copies say together, by the field mapping, in both directions.

A part of the worker's door of its own: `worker.field_sync`. It only says edits, as people do:
they are delivered, undone and shown with all the others.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_destinations import FILE
from bridge_app.domain.edit_sheet import Said
from bridge_app.domain.edits import (
    DISPLAY_NAME,
    TAGS,
    Conflict,
    Edit,
    EditState,
    FieldPath,
    NewEdit,
    Record,
    Subject,
    same,
)
from bridge_app.domain.field_mapping import (
    CloudWords,
    FieldMapping,
    MappingRow,
    Place,
    Target,
    from_cloudinary,
    to_cloudinary,
    words_in,
)
from bridge_app.domain.field_sync import Agreed, Sides, Step, SyncChange, Towards, steps
from bridge_app.domain.mapping_sources import Values
from bridge_app.domain.mapping_standard import path_at, values_in, with_values
from bridge_app.domain.master_sheet import SaidMaster, new_edits
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.carried_fields import CarriedFields, Key
from bridge_app.storage.edits import Edits, Ending
from bridge_app.work.edit_record import EditRecord
from bridge_app.work.master_copies import MasterCopies
from bridge_app.work.master_editing import MasterEditing

SYNC = "Asset Bridge · sync"
"""Who signs what was carried from one side to the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPlaces:
    """What the sync reads and writes.

    `allowed` gives the words of a value that a closed vocabulary lets a master's field have, beside
    those that it has: what somebody says at Cloudinary is governed as what is said here.
    """

    record: EditRecord
    masters: MasterEditing
    copies: MasterCopies
    carried: CarriedFields
    edits: Edits
    allowed: Callable[[FieldPath, FieldValue, FieldValue], FieldValue]
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A master and one of its copies, as the mapping sees them."""

    master: SaidMaster
    copy: Said
    ours: Values
    theirs: Values


@dataclass(slots=True)
class _Found:
    """What a look at some pairs gave."""

    steps: list[tuple[_Pair, str, Step]] = field(default_factory=list)
    agreed: dict[Key, Agreed] = field(default_factory=dict)


class FieldSync:
    """Every method may be called from any thread, and blocks."""

    def __init__(self, places: SyncPlaces) -> None:
        self._places = places

    def dry_run(self, assets: Sequence[AssetId], *, environment: str) -> list[SyncChange]:
        """What a sync of these masters would change at them and at their copies there."""
        found = self._look(assets, environment)
        return [_for_people(pair, source, step) for pair, source, step in found.steps]

    def sync(
        self, assets: Sequence[AssetId], *, environment: str, initiator: object | None = None
    ) -> str:
        """Do it; where nobody can tell who is right, a person is asked.

        Returns the batch of the edits, "" if none were needed.
        """
        found = self._look(assets, environment)
        now = self._places.now()
        if found.agreed:
            self._places.carried.put(environment, found.agreed)
        asked = [one for one in found.steps if one[2].towards is Towards.NOBODY]
        self._ask(asked, now)
        said = self._places.record.say(self._edits(found), who=SYNC, initiator=initiator)
        self._places.record.tell({pair.master.asset.id for pair, _, _ in asked}, initiator)
        return said

    def _look(self, assets: Sequence[AssetId], environment: str) -> _Found:
        mapping = self._places.copies.mapping()
        pairs = self._pairs(assets, environment, mapping)
        known = self._places.carried.agreed(environment, [one.copy.asset.id for one in pairs])
        found, now = _Found(), self._places.now().isoformat()
        for pair in pairs:
            for row in mapping.carrying:
                path = path_at(row.source)
                if path is None or _is_in_hand(pair, row, path):
                    continue
                key = pair.copy.asset.id, row.source
                sides = self._sides(pair, row.source, path, known.get(key))
                if sides.is_agreed:
                    if sides.master is not None or key in known:
                        found.agreed[key] = Agreed(master=sides.master, cloud=sides.cloud, at=now)
                    continue
                for step in steps(sides, row.direction, mapping.leads(row, environment)):
                    if step.towards is Towards.CLOUD or pair.master.may_edit(path):
                        found.steps += self._governed(pair, row.source, path, step)
        return found

    def _governed(
        self, pair: _Pair, source: str, path: FieldPath, step: Step
    ) -> list[tuple[_Pair, str, Step]]:
        """The step with those words alone that the master's field may have, if any are left."""
        if step.towards is not Towards.MASTER:
            return [(pair, source, step)]
        ours = pair.ours.get(source)
        value = self._places.allowed(path, step.value, ours)
        return [] if same(value, ours) else [(pair, source, replace(step, value=value))]

    def _pairs(
        self, assets: Sequence[AssetId], environment: str, mapping: FieldMapping
    ) -> list[_Pair]:
        copies = self._places.copies.of(assets)
        found: list[_Pair] = []
        for master in self._places.masters.said(assets):
            ours = from_cloudinary(to_cloudinary(values_in(master.record()), mapping), mapping)
            for copy in copies.get(master.asset.id, ()):
                if copy.asset.environment == environment:
                    theirs = from_cloudinary(words_in(copy.asset), mapping)
                    found.append(_Pair(master=master, copy=copy, ours=ours, theirs=theirs))
        return found

    def _sides(self, pair: _Pair, source: str, path: FieldPath, agreed: Agreed | None) -> Sides:
        """Both sides; what was carried to one since, and is there, is what they agreed on."""
        ours, theirs = pair.ours.get(source), pair.theirs.get(source)
        back: Edit | None = None
        if not same(ours, theirs):
            back = _last(self._places.edits.history(pair.master.asset.id)).get(path)
            agreed = self._carried(pair, source, back, agreed)
        return Sides(
            master=ours,
            cloud=theirs,
            agreed=agreed,
            master_at=_changed_at(pair.master, back),
            cloud_at=_moment(pair.copy.asset.updated_at),
        )

    def _carried(
        self, pair: _Pair, source: str, back: Edit | None, agreed: Agreed | None
    ) -> Agreed | None:
        """The newest of what they were seen to agree on, and what was carried to either side.

        `back` is the last edit of the master's field that reached it.
        What a sync carried, both said then; so did they what one side was told and the other says.
        """
        mapping = self._places.copies.mapping()
        to_copy = _last(self._places.edits.history(pair.copy.asset.id))
        told = {one: edit.value for one, edit in to_copy.items()}
        theirs = from_cloudinary(_told(told), mapping).get(source)
        by_row = [to_copy[one] for one in _paths(mapping, source) if one in to_copy]
        found = [agreed] if agreed is not None else []
        if by_row and (_is_sync(by_row) or same(theirs, pair.ours.get(source))):
            found.append(Agreed(master=theirs, cloud=theirs, at=max(one.at for one in by_row)))
        if back is not None:
            values = values_in({back.path: back.value})
            ours = from_cloudinary(to_cloudinary(values, mapping), mapping).get(source)
            if _is_sync([back]) or same(ours, pair.theirs.get(source)):
                found.append(Agreed(master=ours, cloud=ours, at=back.at))
        return max(found, key=lambda one: one.at, default=None)

    def _edits(self, found: _Found) -> list[NewEdit]:
        edits: list[NewEdit] = []
        back: defaultdict[AssetId, dict[str, FieldValue]] = defaultdict(dict)
        masters: dict[AssetId, SaidMaster] = {}
        mapping = self._places.copies.mapping()
        for pair, source, step in found.steps:
            if step.towards is Towards.MASTER:
                masters[pair.master.asset.id] = pair.master
                back[pair.master.asset.id][source] = step.value
            elif step.towards is Towards.CLOUD:
                before = _only(source, pair.theirs.get(source))
                after = _only(source, step.value)
                edits += self._places.copies.carried(pair.copy, before, after, mapping)
        for asset, values in back.items():
            record = masters[asset].record()
            wanted = {
                path: value
                for path, value in with_values(record, values).items()
                if not same(value, record.get(path))
            }
            edits += new_edits(masters[asset], record, wanted)
        return _once(edits)

    def _ask(self, asked: Sequence[tuple[_Pair, str, Step]], at: datetime) -> None:
        """Both values are shown as a conflict of the master's field."""
        endings = []
        for pair, source, step in asked:
            record = pair.master.record()
            for path, ours in with_values(record, {source: step.value}).items():
                conflict = _conflict(pair.master, path, ours, record.get(path), at)
                endings.append(Ending(changes=(), state=EditState.CONFLICT, conflict=conflict))
        if endings:
            self._places.edits.end(endings, at=at)


def _is_in_hand(pair: _Pair, row: MappingRow, path: FieldPath) -> bool:
    """Is something about the field on its way, or does it wait for a person, on either side?"""
    at_copy = {_path(target) for target in row.targets}
    here = {one.path for one in pair.master.edits} | {one.path for one in pair.master.conflicts}
    there = {one.path for one in pair.copy.edits} | {one.path for one in pair.copy.conflicts}
    return path in here or not there.isdisjoint(at_copy)


def _path(target: Target) -> FieldPath | None:
    """The field of a copy's record; None for what is no field of it."""
    match target.place:
        case Place.TAGS:
            return TAGS
        case Place.DISPLAY_NAME:
            return DISPLAY_NAME
        case Place.CONTEXT:
            return FieldPath(Subject.CONTEXT, target.key)
        case Place.METADATA:
            return FieldPath(Subject.METADATA, target.key)
    return None


def _paths(mapping: FieldMapping, source: str) -> list[FieldPath]:
    """The fields of a copy's record that a source goes to."""
    row = mapping.row(source)
    found = [_path(target) for target in row.targets] if row else []
    return [path for path in found if path is not None]


def _last(history: Iterable[Edit]) -> dict[FieldPath, Edit]:
    """The last edit of each field that reached its destination."""
    return {one.path: one for one in history if one.state is EditState.DELIVERED}


def _is_sync(edits: Sequence[Edit]) -> bool:
    return all(one.who == SYNC for one in edits)


def _told(record: Record) -> CloudWords:
    """What a copy with this record would say."""
    context = {path: value for path, value in record.items() if path.subject is Subject.CONTEXT}
    metadata = {path: value for path, value in record.items() if path.subject is Subject.METADATA}
    tags = record.get(TAGS)
    return CloudWords(
        tags=tags if isinstance(tags, tuple) else (),
        context={path.key: str(value) for path, value in context.items() if value is not None},
        metadata={path.key: value for path, value in metadata.items() if value is not None},
        display_name=str(record.get(DISPLAY_NAME) or ""),
    )


def _only(source: str, value: FieldValue) -> Values:
    return {} if value is None else {source: value}


def _once(edits: Iterable[NewEdit]) -> list[NewEdit]:
    """Of several for one field the last: two copies of a master may bring the same back."""
    return list({(one.asset, one.path): one for one in edits}.values())


def _conflict(
    master: SaidMaster, path: FieldPath, ours: FieldValue, theirs: FieldValue, at: datetime
) -> Conflict:
    return Conflict(
        id=0,
        environment=master.destination,
        asset=master.asset.id,
        asset_id=master.asset.id,
        name=master.asset.name,
        path=path,
        base=None,
        ours=ours,
        theirs=theirs,
        found_at=at.isoformat(),
    )


def _changed_at(master: SaidMaster, last: Edit | None) -> datetime | None:
    """When a master was changed last; `last` is the last edit of the field that reached it.

    A file that we write keeps its time, so what was said counts from when it was said. A service
    tells itself when a master was changed, by its own clock.
    """
    told = _moment(master.asset.modified_at)
    if last is None or last.who == SYNC or not master.destination.startswith(FILE):
        return told
    said = _moment(last.at)
    return max((one for one in (told, said) if one is not None), default=None)


def _moment(text: str) -> datetime | None:
    """A time as a service or a disk tells it; None where it tells none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _for_people(pair: _Pair, source: str, step: Step) -> SyncChange:
    ours, theirs = pair.ours.get(source), pair.theirs.get(source)
    return SyncChange(
        asset=pair.master.asset.id,
        copy=pair.copy.asset.id,
        name=pair.master.asset.name,
        source=source,
        towards=step.towards,
        before=theirs if step.towards is Towards.CLOUD else ours,
        after=step.value,
        why=step.why,
    )
