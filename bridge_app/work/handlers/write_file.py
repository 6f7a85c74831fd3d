"""Writes what people said of masters into their files: read, merge, write, look, mark as delivered.

A run begins with what each file says, so that one that was killed finds what it did and does not
do it again. Before a file is replaced it is on record that its decisions hold for the new one.
"""

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.edit_destinations import library_at
from bridge_app.domain.edits import Edit, EditState
from bridge_app.domain.errors import BridgeError, TransientError
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.master_sheet import standard_record
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.metadata_files import FileRecord, FileStamp, Written
from bridge_app.storage.carried import Carried
from bridge_app.storage.edits import Edits
from bridge_app.storage.search import Readers
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.handlers.met_wishes import AssetGoneError, MetWishes
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.retry import ATTEMPTS

AT_ONCE = 50
"""Files that are written before it is on record that they are: what a crash makes us look at."""
TRIES = 3
"""How often a file is read again that somebody else changes while it is written."""
AGAIN_S = 30.0
"""How long to wait for a disk that is not there."""
SEEN_S = 1.0
"""How long to wait for a scan that has not come to a file yet."""
PLACE = "its place"


class FilesWithRecords(Protocol):
    """Reads and writes the standard record of files; see `media.metadata_files`."""

    def read(self, path: Path, *, trusted: FileStamp | None) -> FileRecord:
        """What a file says now."""

    def write(
        self,
        path: Path,
        *,
        changes: Mapping[str, FieldValue],
        known: FileRecord,
        prepared: Callable[[Written], None],
    ) -> Written:
        """Make a file say these too, if it is still the one that is `known`."""

    def leftovers(self, folder: Path) -> int:
        """Remove what an earlier run that was killed left in a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlaces:
    """What the handler needs of the application.

    `place` finds a file; `is_scanning` tells whether the catalog may not have come to it yet.
    `trusted` is what the catalog knows of a file's content. `keep` puts what was written into the
    catalog, with the asset as it was; `emit` tells.
    """

    edits: Edits
    readers: Readers
    carried: Carried
    files: FilesWithRecords
    place: Callable[[LibraryId, str], Path]
    is_scanning: Callable[[], bool]
    trusted: Callable[[Asset], FileStamp | None]
    keep: Callable[[Sequence[tuple[Asset, Written]]], None]
    emit: Callable[[Event], None]


@dataclass(slots=True)
class _Round:
    """Some masters on their way; `held` are those that may be tried again soon."""

    met: list[MetWishes] = field(default_factory=list)
    written: list[tuple[Asset, Written]] = field(default_factory=list)
    held: list[MetWishes] = field(default_factory=list)
    trouble: TransientError | None = None
    unseen: bool = False


class WriteFileHandler:
    """Runs `write_file` jobs: each writes whatever is to be written into a library's files."""

    def __init__(self, places: FilePlaces) -> None:
        self._places = places
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._cleaned: set[Path] = set()

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """Write the edits of a library; one run at a time."""
        destination = str(job.environment)
        with self._turns[destination]:
            if not self._places.place(library_at(destination), "").is_dir():
                return _later(context, WaitingFor.NEXT_TRY, AGAIN_S)
            return self._write_all(destination, context)

    def _write_all(self, destination: str, context: Context) -> Outcome:
        """Some at a time, until nothing is to be written."""
        troubles: list[BridgeError] = []
        delivered = 0
        while due := self._places.edits.take(destination, assets=AT_ONCE):
            context.report(delivered, delivered + len(due))
            turn = self._write(due, context)
            delivered += sum(one.delivered for one in turn.met)
            troubles += [trouble for one in turn.met for trouble in one.troubles]
            if turn.unseen:
                return _later(context, WaitingFor.SCAN, SEEN_S)
            if turn.trouble is not None:
                raise turn.trouble
        if troubles:
            return Failed(error=troubles[0])
        return Done(result={"delivered": delivered})

    def _write(self, due: Sequence[Edit], context: Context) -> _Round:
        by_asset: defaultdict[AssetId, list[Edit]] = defaultdict(list)
        for edit in due:
            by_asset[edit.asset].append(edit)
        with self._places.readers.lent() as reader:
            assets = {one.id: one for one in reader.assets(list(by_asset))}
        turn = _Round()
        try:
            for number, (asset, edits) in enumerate(by_asset.items()):
                context.report(number, len(by_asset))
                self._one(turn, assets.get(asset), MetWishes.of(edits), context)
        finally:
            self._record(turn, context)
        return turn

    def _one(self, turn: _Round, asset: Asset | None, met: MetWishes, context: Context) -> None:
        """Bring one master's wishes to an end, or hold them back."""
        if asset is None and self._places.is_scanning():
            turn.unseen = True
            return
        try:
            if asset is None:
                raise AssetGoneError(name=met.said.name, service=PLACE)
            self._into(turn, asset, met, context)
        except TransientError as error:
            if context.attempt < ATTEMPTS:
                turn.held.append(met)
                turn.trouble = error
                return
            met.fail(error, met.wanted or None)
        except BridgeError as error:
            met.fail(error, met.wanted or None)
        turn.met.append(met)

    def _into(self, turn: _Round, asset: Asset, met: MetWishes, context: Context) -> None:
        """Read, merge and write; again where somebody else wrote meanwhile."""
        path = self._places.place(asset.library, asset.path)
        for folder in (path.parent, Path(os.path.realpath(path)).parent):  # of a link, both
            self._clean(folder)
        for left in reversed(range(TRIES)):
            # What the catalog believes may be wrong of bytes with the same facts: once is enough.
            trusted = self._places.trusted(asset) if left == TRIES - 1 else None
            known = self._places.files.read(path, trusted=trusted)
            met.endings.clear()
            met.troubles.clear()
            met.meet(standard_record(known.record), at=context.now())
            try:  # also where nothing is wanted: the catalog may not know what a killed run wrote
                written = self._places.files.write(
                    path,
                    changes={one.key: value for one, value in met.wanted.items()},
                    known=known,
                    prepared=lambda made: self._prepared(asset, made, met, context),
                )
            except TransientError:
                if not left:
                    raise
                continue
            turn.written.append((asset, written))
            _ended(met)
            return

    def _prepared(self, asset: Asset, made: Written, met: MetWishes, context: Context) -> None:
        """On record before the file is replaced: what holds of it holds of the new one."""
        before = replace(asset, sha256=made.before.sha256)
        with self._places.carried.together():
            self._places.carried.carry(before, made.after.sha256, at=context.now())
            self._places.edits.attempt(met.attempts())

    def _clean(self, folder: Path) -> None:
        """Once in a folder: what a killed run left there."""
        if folder not in self._cleaned:
            self._cleaned.add(folder)
            self._places.files.leftovers(folder)

    def _record(self, turn: _Round, context: Context) -> None:
        """First what the files say, then that it is delivered: never an old value."""
        if turn.written:
            self._places.keep(turn.written)
            context.advance()
        endings = [ending for one in turn.met for ending in one.endings]
        if endings:
            self._places.edits.end(endings, at=context.now())
        touched = frozenset(one.said.asset for one in turn.met)
        if touched:
            self._places.emit(ChangeSet(assets=touched, listing=bool(turn.written)))


def _ended(met: MetWishes) -> None:
    """The writer has looked again: what was wanted is what the file says."""
    for path in met.wanted:
        met.end(met.wishes[path], EditState.DELIVERED)


def _later(context: Context, reason: WaitingFor, seconds: float) -> Waiting:
    return Waiting(reason=reason, until=context.now() + timedelta(seconds=seconds))
