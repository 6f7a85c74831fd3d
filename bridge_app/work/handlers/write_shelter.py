"""Writes what people said of masters into their records at a PhotoShelter-style service.

Each master is read by its id, merged, written and read again, so that a run that was killed, or
whose reply was lost, finds what it did and does not do it again.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.edit_destinations import account_at
from bridge_app.domain.edits import Edit, EditState, is_set, same
from bridge_app.domain.errors import (
    BridgeError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    TransientError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.mapping_shelter import ShelterWrites, record_at, writes_for
from bridge_app.domain.master_sheet import standard_record
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.shelter import IptcValue, ShelterAsset, service_name
from bridge_app.storage.edits import Edits
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.handlers.met_wishes import (
    AssetGoneError,
    EditRefusedError,
    MetWishes,
    NotKeptError,
)
from bridge_app.work.handlers.patience import CANNOT_BE_ASKED, until_it_can_be_asked
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.retry import ATTEMPTS

AT_ONCE = 20
"""Masters that are written before it is on record that they are."""
TRIES = 3
"""How often a master is read again that somebody else changes while it is written."""


class TakesRecords(Protocol):
    """The part of a service that takes changes of records; see `libraries.remote`."""

    def write_iptc(
        self, media_id: str, changes: Mapping[str, IptcValue | None], *, base_modified: str
    ) -> str:
        """Change fields; refused if the record has changed since."""

    def add_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """Add keywords."""

    def remove_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """Remove keywords."""

    def write_custom(self, media_id: str, choices: Mapping[str, str | None]) -> None:
        """Choose options of custom fields."""


class ShelterMasters(Protocol):
    """The masters at services; see `work.shelter_desk`."""

    def refresh_now(self, asset: AssetId) -> ShelterAsset | None:
        """Read one by its id and keep what it is now; None if it is gone."""

    def service(self, account: str) -> TakesRecords:
        """The service of an account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterPlaces:
    """What the handler needs of the application.

    `is_complete` tells whether the catalog knows all masters of an account; `emit` tells.
    """

    edits: Edits
    shelters: ShelterMasters
    is_complete: Callable[[str], bool]
    emit: Callable[[Event], None]


@dataclass(slots=True)
class WriteShelterHandler:
    """Runs `write_shelter` jobs: each delivers whatever is to be delivered to an account."""

    places: ShelterPlaces
    _turns: defaultdict[str, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock)
    )

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Deliver the edits of an account; one run at a time."""
        destination = str(job.environment)
        with self._turns[destination]:
            try:
                return self._deliver_all(destination, context)
            except CANNOT_BE_ASKED as error:
                return until_it_can_be_asked(error, context)

    def _deliver_all(self, destination: str, context: Context) -> Outcome:
        troubles: list[BridgeError] = []
        delivered = 0
        service = self.places.shelters.service(account_at(destination))
        while due := self.places.edits.take(destination, assets=AT_ONCE):
            by_asset: defaultdict[AssetId, list[Edit]] = defaultdict(list)
            for edit in due:
                by_asset[edit.asset].append(edit)
            for number, edits in enumerate(by_asset.values()):
                context.report(delivered + number, delivered + len(by_asset))
                met = MetWishes.of(edits)
                if not self._one(service, met, destination, context):
                    until = context.now() + timedelta(seconds=1)
                    return Waiting(reason=WaitingFor.SCAN, until=until)
                self._record([met], context)
                delivered += met.delivered
                troubles += met.troubles
        if troubles:
            return Failed(error=troubles[0])
        return Done(result={"delivered": delivered})

    def _one(
        self, service: TakesRecords, met: MetWishes, destination: str, context: Context
    ) -> bool:
        """Bring one master's wishes to an end; False if the catalog has yet to hear of it.

        What is refused of one record, or fails at the last try, is no reason to leave the others.
        """
        try:
            there = self.places.shelters.refresh_now(met.said.asset)
            if there is not None:
                self._write(service, met, there, context)
                return True
        except NotFoundError:
            if not self.places.is_complete(account_at(destination)):
                return False
        except RefusedByServiceError as error:
            met.fail(error, met.wanted or None)
            return True
        except TransientError as error:
            if isinstance(error, OfflineError | RateLimitedError) or context.attempt < ATTEMPTS:
                raise
            met.fail(error, met.wanted or None)
            return True
        gone = AssetGoneError(name=met.said.name, service=service_name(account_at(destination)))
        met.fail(gone, met.wanted or None)
        return True

    def _write(
        self, service: TakesRecords, met: MetWishes, there: ShelterAsset, context: Context
    ) -> None:
        """Merge and write; again where somebody else wrote meanwhile."""
        for left in reversed(range(TRIES)):
            met.endings.clear()
            met.troubles.clear()
            record, version = standard_record(record_at(there)), there.modified_at
            met.meet(record, at=context.now(), version=version)
            if not met.wanted:
                return
            refusal: BridgeError | None = None
            self.places.edits.attempt(met.attempts())
            try:
                wanted = {path.key: value for path, value in met.wanted.items()}
                _send(service, there, writes_for(there, wanted))
            except TransientError:
                raise
            except BridgeError as error:
                refusal = error
            now = self.places.shelters.refresh_now(met.said.asset)
            called = service_name(there.account)
            if now is None:
                met.fail(AssetGoneError(name=met.said.name, service=called), met.wanted)
                return
            if refusal is None or not left or now.modified_at == there.modified_at:
                _verify(met, now, refusal)
                return
            there = now

    def _record(self, met: Sequence[MetWishes], context: Context) -> None:
        """What the record says is in the catalog already: never an old value."""
        context.advance()
        endings = [ending for one in met for ending in one.endings]
        self.places.edits.end(endings, at=context.now())
        self.places.emit(ChangeSet(assets=frozenset(one.said.asset for one in met)))


def _send(service: TakesRecords, there: ShelterAsset, writes: ShelterWrites) -> None:
    """The fields first: only they are refused where somebody was faster."""
    if writes.iptc:
        service.write_iptc(there.media_id, writes.iptc, base_modified=there.modified_at)
    if writes.added:
        service.add_keywords(there.media_id, writes.added)
    if writes.removed:
        service.remove_keywords(there.media_id, writes.removed)
    if writes.custom:
        service.write_custom(there.media_id, writes.custom)


def _verify(met: MetWishes, now: ShelterAsset, refusal: BridgeError | None) -> None:
    """Does the record say what it should?"""
    record, called = standard_record(record_at(now)), service_name(now.account)
    for path, value in met.wanted.items():
        there, name = record.get(path), met.said.name
        if is_kept(value, there, several=is_set(path, value, there)):
            met.end(met.wishes[path], EditState.DELIVERED)
        elif refusal is not None:
            refused = _refused(refusal, path.words, name, called)
            met.end(met.wishes[path], EditState.FAILED, refused)
        else:
            error = NotKeptError(service=called, field=path.words, name=name, there=there or "")
            met.end(met.wishes[path], EditState.FAILED, error)


def is_kept(wanted: FieldValue, there: FieldValue, *, several: bool) -> bool:
    """Is that what we asked for? Of a set others may have added to it in the same moment."""
    if not several:
        return same(wanted, there)
    said = set(wanted if isinstance(wanted, tuple) else ())
    return said <= set(there if isinstance(there, tuple) else ())


def _refused(error: BridgeError, field_name: str, name: str, called: str) -> BridgeError:
    if not isinstance(error, RefusedByServiceError):
        return error
    detail = str(error.facts.get("detail", "")).strip().rstrip(".") + "."
    return EditRefusedError(service=called, field=field_name, name=name, detail=detail)
