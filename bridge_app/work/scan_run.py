"""Carries out one look: reads what is new or changed, stores it, and forgets what is gone."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from bridge_app.domain.assets import AssetId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, FileTroubleError
from bridge_app.libraries.errors import FileChangedWhileReadingError
from bridge_app.libraries.library import (
    SENTENCES,
    FolderSeen,
    Found,
    Gone,
    Library,
    Skipped,
    SkipReason,
)
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.catalog import Catalog, KnownFile
from bridge_app.storage.thumbs import THUMB_EDGE, Thumbs
from bridge_app.work.events import Event, ScanProgress, trouble_of
from bridge_app.work.reading import ReadFile, read_file
from bridge_app.work.scan import Look, may_go_unasked, moved_from

IN_FLIGHT = 12
"""Files being read at once, waiting ones included: bounds memory, keeps the children busy."""
BATCH = 100
BATCH_S = 0.25
Entry = Found | Skipped | FolderSeen | Gone
Entries = Iterable[Entry]


class ManyGoneError(BridgeError):
    """So many files are gone at once that it may be a mistake."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{count} files of {library} are not there any more, {first} among them. They are kept "
        "in the catalog until you say that they may be forgotten.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """What a look writes to, and who reads files for it.

    `readers` hash while the decoder's children look inside: one more than there are children
    keeps these busy.
    """

    catalog: Catalog
    thumbs: Thumbs
    decoder: DecoderPool
    readers: ThreadPoolExecutor
    emit: Callable[[Event], None]


class ScanRun:
    """One look through a library (`below` None) or at some of its paths."""

    def __init__(
        self,
        record: LibraryRecord,
        library: Library,
        stores: Stores,
        *,
        cancelled: Callable[[], bool],
        postpone: Callable[[Found], bool],
        revisit: Callable[[str], None],
    ) -> None:
        self._record = record
        self._library = library
        self._stores = stores
        self._cancelled = cancelled
        self._postpone = postpone
        self._revisit = revisit
        self._postponed: set[str] = set()
        self._progress = ScanProgress(library=record.id)
        self._reading: deque[tuple[Found, Future[ReadFile]]] = deque()
        self._batch: list[ReadFile] = []
        self._flushed = time.monotonic()
        self._moved: set[AssetId] = set()
        self._unreadable: dict[str, str] = {}

    def run(self, paths: frozenset[str] | None) -> ScanProgress:
        """Do it. Raises LibraryUnavailableError, DiskFullError or StorageTroubleError."""
        look = Look(known=self._known(paths))
        entries: Entries
        if paths is None:
            entries = self._library.walk(self._cancelled)
        else:
            entries = self._library.look(paths, self._cancelled)
        wanted = 0
        for entry in entries:
            self._recall(entry, look, paths)
            found = look.wants_reading(entry)
            if found is not None and self._postpone(found):
                self._postponed.add(found.file_key)
            elif found is not None:
                wanted += 1
                self._read(found, look)
            self._count(look)
        self._progress = replace(self._progress, total=wanted)
        while self._reading:
            self._finish_one(look)
        self._flush(look)
        self._store_skipped(look, paths)
        if not self._cancelled():
            self._forget(look)
        if paths is None:
            self._stores.catalog.rest()
        return replace(self._progress, finished=True, cancelled=self._cancelled())

    def _known(self, paths: frozenset[str] | None) -> dict[str, KnownFile]:
        catalog, library = self._stores.catalog, self._record.id
        if paths is None or "" in paths:
            return {file.path: file for file in catalog.known(library)}
        return {
            file.path: file for path in paths for file in catalog.known_at_or_below(library, path)
        }

    def _recall(self, entry: Entry, look: Look, paths: frozenset[str] | None) -> None:
        """What is remembered of a path that nobody asked for: it belongs to one that was."""
        if paths is None or not isinstance(entry, Found | Gone) or entry.path in look.known:
            return
        if entry.path not in paths:
            for known in self._stores.catalog.known_at_or_below(self._record.id, entry.path):
                look.known[known.path] = known

    def _read(self, found: Found, look: Look) -> None:
        if self._cancelled():
            return
        while len(self._reading) >= IN_FLIGHT:
            self._finish_one(look)
        asset = self._identity(found, look)
        future = self._stores.readers.submit(
            read_file,
            self._library,
            self._stores.decoder,
            record=self._record.id,
            asset=asset,
            found=found,
            on_bytes=lambda _: None,
        )
        self._reading.append((found, future))

    def _identity(self, found: Found, look: Look) -> AssetId:
        """The asset that lay at this path, or that was moved here, or a new one."""
        known = look.known.get(found.path)
        if known is not None:
            return known.id
        candidates = self._stores.catalog.known_file(self._record.id, found.file_key)
        places = [known.path for known in candidates]
        looked = self._library.look(places, self._cancelled) if places else ()
        gone = {entry.path for entry in looked if isinstance(entry, Gone)}
        moved = moved_from(found, candidates, gone)
        if moved is not None and moved.id not in self._moved:
            self._moved.add(moved.id)
            return moved.id
        return self._stores.catalog.new_id(self._record.id, found.path)

    def _finish_one(self, look: Look) -> None:
        found, future = self._reading.popleft()
        try:
            self._batch.append(future.result())
        except FileChangedWhileReadingError:
            self._postpone(found)
        except FileTroubleError as error:
            self._unreadable[found.path] = str(error.facts.get("detail", error))
        self._progress = replace(self._progress, read=self._progress.read + 1)
        if len(self._batch) >= BATCH or time.monotonic() - self._flushed >= BATCH_S:
            self._flush(look)

    def _flush(self, look: Look) -> None:
        """Pictures first, so that a row never shows without the one it has."""
        batch, self._batch = self._batch, []
        self._flushed = time.monotonic()
        if batch:
            pictures = [
                (file.seen.asset.sha256 or "", THUMB_EDGE, file.picture)
                for file in batch
                if file.picture is not None
            ]
            self._stores.thumbs.put(pictures)
            self._stores.catalog.put([file.seen for file in batch])
            changed = frozenset(file.seen.asset.id for file in batch)
            self._stores.emit(ChangeSet(assets=changed, listing=True, libraries=True))
        found, skipped = len(look.seen), len(look.skipped)
        self._progress = replace(self._progress, found=found, skipped=skipped)
        self._stores.emit(self._progress)

    def _count(self, look: Look) -> None:
        if time.monotonic() - self._flushed >= BATCH_S:
            self._flush(look)

    def _store_skipped(self, look: Look, paths: frozenset[str] | None) -> None:
        skipped = {path: SENTENCES[entry.reason] for path, entry in look.skipped.items()}
        skipped |= self._unreadable
        self._progress = replace(self._progress, skipped=len(skipped))
        catalog, library = self._stores.catalog, self._record.id
        if paths is None:
            catalog.set_skipped(library, "", skipped.items())
            return
        for path in paths:
            below = [
                (name, why)
                for name, why in skipped.items()
                if name == path or name.startswith(path + "/") or not path
            ]
            catalog.set_skipped(library, path, below)

    def _forget(self, look: Look) -> None:
        """Look once more by path, then forget; many at once are kept, and a person is asked.

        A file that seems to have been moved, but is too fresh to be read, keeps its asset. A
        sidecar whose master came is not lost, so nobody is asked.
        """
        taken_in = [file for file in look.gone() if file.path in look.sidecars]
        if taken_in:
            self._stores.catalog.remove([file.id for file in taken_in])
            self._stores.emit(ChangeSet(listing=True, libraries=True))
        gone = [file for file in look.gone() if file.path not in look.sidecars]
        moving = [file for file in gone if file.file_key in self._postponed]
        for file in moving:
            self._revisit(file.path)
        gone = [file for file in gone if file.id not in self._moved and file not in moving]
        if not gone:
            return
        looked = self._library.look([file.path for file in gone], self._cancelled)
        certain = {entry.path for entry in looked if isinstance(entry, Gone)}
        going = [file for file in gone if file.path in certain]
        if may_go_unasked(len(going), self._stores.catalog.size(self._record.id)):
            self._stores.catalog.remove([file.id for file in going])
        elif going:
            why = SENTENCES[SkipReason.VANISHED]
            self._stores.catalog.mark_missing([file.id for file in going], why)
            error = ManyGoneError(count=len(going), library=self._record.name, first=going[0].path)
            self._progress = replace(self._progress, trouble=trouble_of(error))
        self._stores.emit(ChangeSet(listing=True, libraries=True))
