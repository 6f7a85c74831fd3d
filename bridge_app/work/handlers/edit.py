"""Delivers edits: read the records, merge, write with few calls, look again, mark as delivered.

Every run begins with what the records say, so that one that was killed, or whose reply was lost,
finds what it did and does not do it again.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bridge_app.delivery.answers import SERVICE, NotPermittedError
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.edit_plan import Call, Target, Write, plan_writes
from bridge_app.domain.edits import (
    Edit,
    EditState,
    FieldPath,
    Record,
    Subject,
    is_set,
    record_of,
    same,
)
from bridge_app.domain.errors import (
    BridgeError,
    NoKeyringError,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    TransientError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.read_plan import BY_ID, Listing, Reading, Whereabouts, plan_reads
from bridge_app.storage.edits import Edits, Ending
from bridge_app.work.context import Context
from bridge_app.work.events import Event, trouble_of
from bridge_app.work.handlers.met_wishes import (
    AssetGoneError,
    EditRefusedError,
    MetWishes,
    NotKeptError,
)
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.retry import ATTEMPTS

TAKEN = 10_000
"""Assets whose edits are taken together: the more, the fewer calls read them."""
ALL = 1_000_000


class CloudRecords(Protocol):
    """What one product environment says of assets; see `delivery.metadata`."""

    @property
    def environment(self) -> str:
        """Which one."""

    @property
    def calls(self) -> int:
        """How many calls were made."""

    def read(self, asset_ids: Sequence[str], mode: FolderMode) -> dict[str, CloudAsset]:
        """What these say now; what is gone is left out."""

    def listed(self, listing: Listing, mode: FolderMode) -> dict[str, CloudAsset]:
        """What everything in a listing says now."""

    def write(self, write: Write) -> None:
        """Make a call. Raises RefusedByServiceError where one of its assets is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPlaces:
    """What the handler needs of the application.

    `desk` opens an environment, or raises BridgeError; `mode` is from memory; `where` tells where
    assets of an environment lie, as far as is known; `keep` puts what assets say now into the
    catalog, and `emit` tells what changed.
    """

    edits: Edits
    desk: Callable[[str], CloudRecords]
    mode: Callable[[str], FolderMode]
    where: Callable[[str, Sequence[str]], Whereabouts]
    keep: Callable[[Sequence[CloudAsset]], None]
    emit: Callable[[Event], None]


@dataclass(slots=True)
class _Round:
    """Some assets on their way, by Cloudinary's asset ID, and what they say."""

    met: dict[str, MetWishes]
    there: dict[str, CloudAsset]
    refused: dict[tuple[str, FieldPath], BridgeError] = field(default_factory=dict)
    taken: defaultdict[str, set[FieldPath]] = field(default_factory=lambda: defaultdict(set))
    """What the service said that it took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """The records of one environment, and with how few calls they are read."""

    desk: CloudRecords
    where: Whereabouts
    mode: FolderMode

    def readings(self, asset_ids: Sequence[str]) -> tuple[Reading, ...]:
        """How these are read."""
        return plan_reads(asset_ids, self.where, self.mode)

    def read_all(self, asset_ids: Sequence[str]) -> dict[str, CloudAsset]:
        """What these say now."""
        found: dict[str, CloudAsset] = {}
        for reading in self.readings(asset_ids):
            found.update(self.read(reading))
        return found

    def read(self, reading: Reading) -> dict[str, CloudAsset]:
        """What these say now; one that is not where it was is looked for by its ID."""
        found: dict[str, CloudAsset] = {}
        if reading.listing is not None:
            try:
                shown = self.desk.listed(reading.listing, self.mode)
            except RefusedByServiceError:
                # The folder is gone, or the key may not list: each may still be read by its ID.
                shown = {}
            found = {name: shown[name] for name in reading.asset_ids if name in shown}
        left = [name for name in reading.asset_ids if name not in found]
        return {**found, **(self.desk.read(left, self.mode) if left else {})}


class EditHandler:
    """Runs `edit` jobs: each delivers whatever is to be delivered to its environment."""

    def __init__(self, places: EditPlaces) -> None:
        self._places = places
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Deliver the edits of an environment; one at a time."""
        environment = str(job.environment)
        try:
            desk = self._places.desk(environment)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        with self._turns[environment]:
            try:
                delivered, troubles = self._deliver_all(desk, context)
            except TransientError as error:
                if _is_last_try(error, context):
                    self._give_up(environment, error, context)
                raise
        if troubles:
            return Failed(error=troubles[0])
        return Done(result={"delivered": delivered, "calls": desk.calls})

    def _deliver_all(self, desk: CloudRecords, context: Context) -> tuple[int, list[BridgeError]]:
        """As many assets at a time as are read together, until nothing is to be delivered."""
        troubles: list[BridgeError] = []
        delivered = 0
        while due := self._places.edits.take(desk.environment, assets=TAKEN):
            context.report(delivered, delivered + len(due))
            by_asset: defaultdict[str, list[Edit]] = defaultdict(list)
            for edit in due:
                by_asset[edit.asset_id].append(edit)
            source = self._source(desk, list(by_asset))
            for reading in source.readings(list(by_asset)):
                some = {name: by_asset[name] for name in reading.asset_ids}
                ended = self._deliver(source, reading, some, context)
                delivered += sum(one.delivered for one in ended.met.values())
                troubles += [trouble for one in ended.met.values() for trouble in one.troubles]
        return delivered, troubles

    def _source(self, desk: CloudRecords, asset_ids: Sequence[str]) -> _Source:
        """How these assets are read; of a few it need not be known where they lie."""
        few = len(asset_ids) <= BY_ID
        where = Whereabouts() if few else self._places.where(desk.environment, asset_ids)
        return _Source(desk=desk, where=where, mode=self._places.mode(desk.environment))

    def _give_up(self, environment: str, error: BridgeError, context: Context) -> None:
        """The job ends here; a person sees why at each field, and can try again."""
        left = self._places.edits.take(environment, assets=ALL)
        changes = tuple(edit.change for edit in left)
        ending = Ending(changes=changes, state=EditState.FAILED, error=trouble_of(error))
        self._places.edits.end([ending], at=context.now())
        self._places.emit(ChangeSet(assets=frozenset(edit.asset for edit in left)))

    def _deliver(
        self,
        source: _Source,
        reading: Reading,
        due: Mapping[str, Sequence[Edit]],
        context: Context,
    ) -> _Round:
        """Deliver the edits of the assets of one reading, by asset ID."""
        turn = _Round(
            met={asset: MetWishes.of(edits) for asset, edits in due.items()},
            there=source.read(reading),
        )
        for asset, met in turn.met.items():
            found = turn.there.get(asset)
            if found is None:
                met.fail(AssetGoneError(name=met.said.name, service=SERVICE))
            else:
                met.meet(record_of(found), at=context.now())
        self._places.edits.attempt(one for met in turn.met.values() for one in met.attempts())
        touched = [asset for asset, met in turn.met.items() if met.wanted]
        try:
            for write in plan_writes(_targets(turn)):
                context.report(0, len(due))
                _carry_out(source.desk, write, turn)
            now = source.read_all(touched)
        except BridgeError:
            taken = turn.taken.items()
            answered = (turn.met[asset].answered(paths) for asset, paths in taken)
            self._places.edits.attempt(one for some in answered for one in some)
            raise
        for asset in touched:
            _verify(turn, asset, now.get(asset))
        self._record(turn, {**turn.there, **now}, context)
        return turn

    def _record(self, turn: _Round, now: Mapping[str, CloudAsset], context: Context) -> None:
        """First what the records say, then that the edits are delivered: never an old value."""
        self._places.keep(list(now.values()))
        endings = [ending for one in turn.met.values() for ending in one.endings]
        self._places.edits.end(endings, at=context.now())
        touched = frozenset(AssetId(one.said.asset) for one in turn.met.values())
        self._places.emit(ChangeSet(assets=touched))


def _is_last_try(error: TransientError, context: Context) -> bool:
    """Being offline, or asked to slow down, uses up no tries."""
    patient = isinstance(error, OfflineError | RateLimitedError)
    return not patient and context.attempt >= ATTEMPTS


def _targets(turn: _Round) -> list[Target]:
    return [
        Target(
            asset_id=asset,
            public_id=turn.there[asset].public_id,
            resource_type=turn.there[asset].resource_type,
            delivery_type=turn.there[asset].delivery_type,
            there=record_of(turn.there[asset], whole=True),
            wanted=met.wanted,
        )
        for asset, met in turn.met.items()
        if met.wanted
    ]


def _carry_out(desk: CloudRecords, write: Write, turn: _Round) -> None:
    """Make a call; if some of its assets are refused, find out which, so that the others get it."""
    try:
        desk.write(write)
    except RefusedByServiceError as error:
        if len(write.asset_ids) == 1 or isinstance(error, NotPermittedError):
            for asset in write.asset_ids:
                turn.refused.update({(asset, path): error for path in write.paths})
            return
        for half in write.halves():
            _carry_out(desk, half, turn)
    else:
        if write.call is not Call.REMOVE_TAGS:  # the words that are added may come later
            for asset in write.asset_ids:
                turn.taken[asset] |= write.paths


def _verify(turn: _Round, asset: str, now: CloudAsset | None) -> None:
    """Does the record say what it should?"""
    met = turn.met[asset]
    record: Record = record_of(now) if now is not None else {}
    for path, value in met.wanted.items():
        wish, refusal, name = met.wishes[path], turn.refused.get((asset, path)), met.said.name
        if refusal is not None:
            met.end(wish, EditState.FAILED, _refused(refusal, path, name))
        elif now is None:
            met.end(wish, EditState.FAILED, AssetGoneError(name=name, service=SERVICE))
        elif is_kept(path, value, record.get(path)):
            met.end(wish, EditState.DELIVERED)
        else:
            there = record.get(path) or ""
            error = NotKeptError(service=SERVICE, field=path.words, name=name, there=there)
            met.end(wish, EditState.FAILED, error)


def is_kept(path: FieldPath, wanted: FieldValue, there: FieldValue) -> bool:
    """Is that what we asked for? Defaults and rules of the service may add to it."""
    if path.subject is Subject.METADATA and wanted is None:
        return True
    if is_set(path, wanted, there):
        said = wanted if isinstance(wanted, tuple) else ()
        return set(said) <= set(there if isinstance(there, tuple) else ())
    return same(wanted, there)


def _refused(error: BridgeError, path: FieldPath, name: str) -> BridgeError:
    if isinstance(error, NotPermittedError):
        return error
    detail = str(error.facts.get("detail", "")).strip().rstrip(".") + "."
    return EditRefusedError(service=SERVICE, field=path.words, name=name, detail=detail)
