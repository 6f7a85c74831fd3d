"""Delivers edits: read the records, merge, write with few calls, look again, mark as delivered.

Every run begins with what the records say, so that one that was killed, or whose reply was lost,
finds what it did and does not do it again.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bridge_app.delivery.answers import SERVICE, NotPermittedError
from bridge_app.delivery.metadata import MetadataDesk
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, FolderMode
from bridge_app.domain.edit_plan import Target, Write, plan_writes
from bridge_app.domain.edits import (
    Action,
    Conflict,
    Edit,
    EditState,
    FieldPath,
    Record,
    Subject,
    Wish,
    fold,
    is_set,
    merge,
    record_of,
    same,
)
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    NoKeyringError,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    TransientError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.edits import Edits, Ending
from bridge_app.work.context import Context
from bridge_app.work.events import Event, trouble_of
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.retry import ATTEMPTS

AT_ONCE = 500
"""Assets read, merged and written together."""
ALL = 1_000_000


class ChangedElsewhereError(BridgeError):
    """Somebody else said something different meanwhile."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Somebody else changed {field} of {name} meanwhile. Both values are kept: choose one in "
        "the inspector.",
    )


class EditRefusedError(BridgeError):
    """The service does not take a value."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} did not take {field} of {name}: {detail} What you wrote is kept and can be "
        "corrected.",
    )


class AssetGoneError(BridgeError):
    """There is nothing to write to."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{name} is not at {service} any more. What you wrote about it is kept."
    )


class NotKeptError(BridgeError):
    """The service accepted a value, and says another one."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} accepted {field} of {name}, but says “{there}” now. What you wrote is kept.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPlaces:
    """What the handler needs of the application.

    `desk` opens an environment, or raises BridgeError; `mode` is from memory; `keep` puts what
    assets say now into the catalog, and `emit` tells what changed.
    """

    edits: Edits
    desk: Callable[[str], MetadataDesk]
    mode: Callable[[str], FolderMode]
    keep: Callable[[Sequence[CloudAsset]], None]
    emit: Callable[[Event], None]


@dataclass(slots=True)
class _Round:
    """Some assets on their way: their wishes, what they say, and how it ended."""

    wishes: dict[str, dict[FieldPath, Wish]]
    samples: dict[str, Edit]
    there: dict[str, CloudAsset]
    wanted: dict[str, dict[FieldPath, FieldValue]] = field(default_factory=dict)
    refused: dict[tuple[str, FieldPath], BridgeError] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)
    troubles: list[BridgeError] = field(default_factory=list)

    def end(
        self,
        wish: Wish,
        state: EditState,
        error: BridgeError | None = None,
        conflict: Conflict | None = None,
    ) -> None:
        """Note how a field ended."""
        told = trouble_of(error) if error is not None else None
        if error is not None:
            self.troubles.append(error)
        self.endings.append(
            Ending(changes=wish.changes, state=state, error=told, conflict=conflict)
        )


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

    def _deliver_all(self, desk: MetadataDesk, context: Context) -> tuple[int, list[BridgeError]]:
        """Some hundred assets at a time, until nothing is to be delivered."""
        troubles: list[BridgeError] = []
        delivered = 0
        while due := self._places.edits.take(desk.environment, assets=AT_ONCE):
            context.report(delivered, delivered + len(due))
            ended = self._deliver(desk, due, context)
            delivered += sum(one.state is EditState.DELIVERED for one in ended.endings)
            troubles += ended.troubles
        return delivered, troubles

    def _give_up(self, environment: str, error: BridgeError, context: Context) -> None:
        """The job ends here; a person sees why at each field, and can try again."""
        left = self._places.edits.take(environment, assets=ALL)
        changes = tuple(edit.change for edit in left)
        ending = Ending(changes=changes, state=EditState.FAILED, error=trouble_of(error))
        self._places.edits.end([ending], at=context.now())
        self._places.emit(ChangeSet(assets=frozenset(edit.asset for edit in left)))

    def _deliver(self, desk: MetadataDesk, due: Sequence[Edit], context: Context) -> _Round:
        mode = self._places.mode(desk.environment)
        by_asset: defaultdict[str, list[Edit]] = defaultdict(list)
        for edit in due:
            by_asset[edit.asset_id].append(edit)
        turn = _Round(
            wishes={asset: fold(edits) for asset, edits in by_asset.items()},
            samples={asset: edits[0] for asset, edits in by_asset.items()},
            there=desk.read(list(by_asset), mode),
        )
        for asset, wishes in turn.wishes.items():
            _merge(turn, asset, wishes, context)
        for write in plan_writes(_targets(turn)):
            context.report(0, len(due))
            _carry_out(desk, write, turn.refused)
        touched = [asset for asset, wanted in turn.wanted.items() if wanted]
        now = desk.read(touched, mode) if touched else {}
        for asset in touched:
            _verify(turn, asset, now.get(asset))
        self._record(turn, {**turn.there, **now}, context)
        return turn

    def _record(self, turn: _Round, now: Mapping[str, CloudAsset], context: Context) -> None:
        """First what the records say, then that the edits are delivered: never an old value."""
        self._places.keep(list(now.values()))
        self._places.edits.end(turn.endings, at=context.now())
        touched = frozenset(AssetId(edit.asset) for edit in turn.samples.values())
        self._places.emit(ChangeSet(assets=touched))


def _is_last_try(error: TransientError, context: Context) -> bool:
    """Being offline, or asked to slow down, uses up no tries."""
    patient = isinstance(error, OfflineError | RateLimitedError)
    return not patient and context.attempt >= ATTEMPTS


def _merge(turn: _Round, asset: str, wishes: Mapping[FieldPath, Wish], context: Context) -> None:
    """What has to be written, and what ends without."""
    said, found = turn.samples[asset], turn.there.get(asset)
    if found is None:
        for wish in wishes.values():
            turn.end(wish, EditState.FAILED, AssetGoneError(name=said.name, service=SERVICE))
        return
    there = record_of(found)
    wanted: dict[FieldPath, FieldValue] = {}
    for path, wish in wishes.items():
        kind = is_set(path, wish.base, wish.value, there.get(path))
        merged = merge(wish.base, wish.value, there.get(path), is_set=kind)
        match merged.action:
            case Action.NOTHING:
                turn.end(wish, EditState.DELIVERED)
            case Action.WRITE:
                wanted[path] = merged.value
            case Action.CONFLICT:
                error = ChangedElsewhereError(field=path.words, name=said.name)
                conflict = _conflict(said, wish, merged.theirs, context)
                turn.end(wish, EditState.CONFLICT, error, conflict)
    turn.wanted[asset] = wanted


def _conflict(said: Edit, wish: Wish, theirs: FieldValue, context: Context) -> Conflict:
    return Conflict(
        id=0,
        environment=said.environment,
        asset=said.asset,
        asset_id=said.asset_id,
        name=said.name,
        path=wish.path,
        base=wish.base,
        ours=wish.value,
        theirs=theirs,
        found_at=context.now().isoformat(),
    )


def _targets(turn: _Round) -> list[Target]:
    return [
        Target(
            asset_id=asset,
            public_id=turn.there[asset].public_id,
            resource_type=turn.there[asset].resource_type,
            delivery_type=turn.there[asset].delivery_type,
            there=record_of(turn.there[asset], whole=True),
            wanted=wanted,
        )
        for asset, wanted in turn.wanted.items()
        if wanted
    ]


def _carry_out(
    desk: MetadataDesk, write: Write, refused: dict[tuple[str, FieldPath], BridgeError]
) -> None:
    """Make a call; if some of its assets are refused, find out which, so that the others get it."""
    try:
        desk.write(write)
    except RefusedByServiceError as error:
        if len(write.asset_ids) == 1 or isinstance(error, NotPermittedError):
            for asset in write.asset_ids:
                refused.update({(asset, path): error for path in write.paths})
            return
        for half in write.halves():
            _carry_out(desk, half, refused)


def _verify(turn: _Round, asset: str, now: CloudAsset | None) -> None:
    """Does the record say what it should?"""
    said, wishes = turn.samples[asset], turn.wishes[asset]
    record: Record = record_of(now) if now is not None else {}
    for path, value in turn.wanted[asset].items():
        wish, refusal = wishes[path], turn.refused.get((asset, path))
        if refusal is not None:
            turn.end(wish, EditState.FAILED, _refused(refusal, path, said.name))
        elif now is None:
            turn.end(wish, EditState.FAILED, AssetGoneError(name=said.name, service=SERVICE))
        elif is_kept(path, value, record.get(path)):
            turn.end(wish, EditState.DELIVERED)
        else:
            there = record.get(path)
            error = NotKeptError(
                service=SERVICE, field=path.words, name=said.name, there=there or ""
            )
            turn.end(wish, EditState.FAILED, error)


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
