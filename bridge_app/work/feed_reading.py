"""Reads what a feed has: the file, the files of a folder, or what is at an address.

A file is read line by line into a database of its own, and taken over product by product when its
end was reached: one that is broken off changes nothing.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from bridge_app.channels.feed_lines import chunks_of, in_utf8
from bridge_app.channels.feed_records import records_of
from bridge_app.channels.guarded_http import GuardedHttp
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.product_feed import (
    WARNINGS,
    Feed,
    FeedResult,
    FeedUnreadableError,
    Finding,
    Product,
    Report,
)
from bridge_app.domain.product_feed_groups import product_of
from bridge_app.domain.product_feed_rows import key_of, row_of
from bridge_app.libraries.errors import disk_trouble, shown
from bridge_app.storage.feed_products import Taken
from bridge_app.storage.feed_stage import FeedStage
from bridge_app.storage.feeds import FeedRun, Feeds
from bridge_app.storage.secrets import Secret, SecretStore

ENDINGS = frozenset({".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson"})
RESULT = ".result.json"
LARGEST_FILE = 4 << 30
LARGEST_ANSWER = 1 << 30
"""Bytes."""
MOST_FILES = 1_000
SETTLED_S = 5.0
"""A file that was written to a moment ago is not finished, maybe."""
AT_ONCE = 1_000
TOKEN = "feed:{feed}"  # noqa: S105 - the name of one in the key store


class FeedStoppedError(BridgeError):
    """Nobody waits for it any more."""

    text = QT_TRANSLATE_NOOP("errors", "Reading the feed was stopped. Nothing was changed.")


def _unheard(rows: int) -> None:
    """Nobody asks how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingMeans:
    """What reading is lent: connections, keys, who sits here, the time, and when to stop."""

    http: Callable[[], GuardedHttp]
    secrets: Callable[[], SecretStore]
    who: Callable[[], str]
    now: Callable[[], datetime]
    is_closing: Callable[[], bool]
    told: Callable[[int], None] = _unheard
    """Hears how many rows were read, now and then; where it raises, nothing is changed."""


class FeedReading:
    """Thread-safe for different feeds; everything blocks."""

    def __init__(self, feeds: Feeds, means: ReadingMeans) -> None:
        self._feeds = feeds
        self._means = means

    def telling(self, told: Callable[[int], None]) -> "FeedReading":
        """The same, which tells how far it is."""
        return FeedReading(self._feeds, replace(self._means, told=told))

    def read(
        self, feed: Feed, *, only_new: bool = False, dry_run: bool = False
    ) -> tuple[FeedRun, ...]:
        """Read all that the feed has; one run for each file.

        With `only_new`, files that are as they were when they were read last are passed over. The
        same bytes again are answered with what became of them. Raises BridgeError.
        """
        if feed.is_remote:
            with self._fetched(feed) as file:
                return (self._read(feed, file, feed.source, stamp="", dry_run=dry_run),)
        stamps = self._feeds.stamps(feed.id) if only_new else {}
        runs = []
        for path in self._files(feed, only_settled=only_new):
            with disk_trouble(path):
                stat = path.stat()
            name, stamp = shown(path.name), f"{stat.st_size}:{stat.st_mtime_ns}"
            if stamps.get(name) == stamp:
                continue
            run = self.read_file(feed, path, dry_run=dry_run)
            runs.append(run)
            if run.is_again and not dry_run:
                self._feeds.stamp(feed.id, name, stamp)
        return tuple(runs)

    def read_file(self, feed: Feed, path: Path, *, dry_run: bool = False) -> FeedRun:
        """Read this file as one of the feed's. Raises BridgeError."""
        if path.exists() and not path.is_file():
            detail = QT_TRANSLATE_NOOP("facts", "it is no file")
            raise FeedUnreadableError(name=shown(path.name), detail=detail)
        with disk_trouble(path), path.open("rb") as file:
            stat = path.stat()
            if stat.st_size > LARGEST_FILE:
                detail = f"it is larger than {LARGEST_FILE >> 30} GB"
                raise FeedUnreadableError(name=shown(path.name), detail=detail)
            stamp = f"{stat.st_size}:{stat.st_mtime_ns}"
            return self._read(feed, file, shown(path.name), stamp=stamp, dry_run=dry_run)

    def _files(self, feed: Feed, *, only_settled: bool) -> list[Path]:
        place = Path(feed.source)
        with disk_trouble(place):
            if place.is_file():
                return [place]
            found = [
                (path.stat().st_mtime, path.name, path)
                for path in place.iterdir()
                if path.suffix.casefold() in ENDINGS
                and not path.name.endswith(RESULT)
                and not path.name.startswith(".")
                and path.is_file()
            ]
        latest = self._means.now().timestamp() - SETTLED_S
        chosen = [one for one in sorted(found) if not only_settled or one[0] <= latest]
        return [path for _, _, path in chosen[-MOST_FILES:]]

    @contextmanager
    def _fetched(self, feed: Feed) -> Iterator[BinaryIO]:
        headers = {"User-Agent": "AssetBridge", "Accept": "*/*"}
        if feed.has_token and (token := self._token(feed)) is not None:
            headers["Authorization"] = f"Bearer {token.reveal()}"
        with tempfile.TemporaryFile(prefix="asset-bridge-") as file:
            self._means.http().download(
                feed.source,
                headers,
                file,
                at_most=LARGEST_ANSWER,
                private_allowed=feed.private_allowed,
            )
            file.seek(0)
            yield file

    def _token(self, feed: Feed) -> Secret | None:
        return self._means.secrets().get(TOKEN.format(feed=feed.id))

    def _read(
        self, feed: Feed, file: BinaryIO, source: str, *, stamp: str, dry_run: bool
    ) -> FeedRun:
        digest = hashlib.sha256()
        for piece in chunks_of(file):
            digest.update(piece)
        before = self._feeds.run_of(feed.id, digest.hexdigest())
        if before is not None:
            return before
        file.seek(0)
        result = self._taken(feed, file, digest.hexdigest(), source, dry_run=dry_run)
        run = FeedRun(
            source=source,
            stamp=stamp,
            sha256=digest.hexdigest(),
            result=result,
            who=self._means.who(),
            at=self._means.now().isoformat(),
        )
        if not dry_run:
            self._feeds.add_run(feed.id, run)
        return run

    def _taken(
        self, feed: Feed, file: BinaryIO, sha256: str, source: str, *, dry_run: bool
    ) -> FeedResult:
        report, received, again = Report(), 0, hashlib.sha256()

        def told() -> Iterator[bytes]:
            for piece in chunks_of(file):
                again.update(piece)
                yield piece

        with FeedStage() as stage:
            for record in records_of(in_utf8(told(), feed.encoding), _names(feed)):
                if isinstance(record, Finding):
                    report.take([record])
                    received += record.code not in WARNINGS
                    continue
                received += 1
                if not received % AT_ONCE:
                    self._means.told(received)
                    if self._means.is_closing():
                        raise FeedStoppedError
                _stage(stage, record, report)
            for rest in chunks_of(file):  # a table without the needed columns is not read on
                again.update(rest)
            if again.hexdigest() != sha256:
                raise FeedUnreadableError(
                    name=source,
                    detail=QT_TRANSLATE_NOOP("facts", "it was changed while it was read"),
                )
            taken = self._take_over(feed, stage, report, dry_run=dry_run)
        return FeedResult(
            received=received,
            bad_rows=report.bad_rows,
            upserted=taken.upserted,
            unchanged=taken.unchanged,
            stale=taken.stale,
            deleted=taken.deleted,
            warned=report.warned,
            rejected=tuple(report.rejected),
            warnings=tuple(report.warnings),
        )

    def _take_over(self, feed: Feed, stage: FeedStage, report: Report, *, dry_run: bool) -> Taken:
        taken, batch = Taken(), list[Product]()
        for _, rows, is_whole in stage.groups():
            if not rows:
                continue
            product, warnings = product_of(rows, is_whole=is_whole)
            report.take(warnings)
            batch.append(product)
            if len(batch) >= AT_ONCE:
                self._feeds.products.take(feed.id, batch, taken, dry_run=dry_run)
                batch.clear()
        self._feeds.products.take(feed.id, batch, taken, dry_run=dry_run)
        return taken


def _stage(stage: FeedStage, record: tuple[int, Mapping[str, object]], report: Report) -> None:
    line, cells = record
    row = row_of(cells, line)
    if not isinstance(row, Finding):
        stage.add(row)
        return
    report.take([row])
    key = key_of(cells)
    if key is not None:
        stage.spoil(key, line)


def _names(feed: Feed) -> dict[str, str]:
    """Their names of columns and ours; a name counts however it is written."""
    pairs = dict(feed.columns)
    return pairs | {theirs.casefold(): ours for theirs, ours in feed.columns}
