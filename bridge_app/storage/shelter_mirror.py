"""What PhotoShelter-style services hold, as last seen, and how far each sync is. Disposable."""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from sqlite3 import Connection, Row

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.shelter import ShelterAsset, shelter_library
from bridge_app.storage.catalog import CLEAR_SKIPPED, PUT, PUT_SKIPPED, PUT_TEXT, SeenFile, row_of
from bridge_app.storage.database import Writer
from bridge_app.storage.paths import to_blob
from bridge_app.storage.shelter_rows import (
    PUT_ASSET,
    asset_values,
    shelter_asset_from,
    shelter_text,
)
from bridge_app.storage.shelter_state import ShelterSync, read_state, write_state

BEGUN = "SELECT account FROM shelter_sync"
MARK_READ = """
    UPDATE shelter_container SET listed_as = modified_at
    WHERE account = ? AND id IN (SELECT value FROM json_each(?))
"""
ASSETS = """
    SELECT * FROM shelter_asset
    WHERE account = ? AND media_id IN (SELECT value FROM json_each(?))
"""
MISSING = """
    SELECT s.* FROM shelter_asset AS s JOIN asset AS a ON a.id = s.id
    WHERE s.account = ? AND a.missing = 1 ORDER BY s.media_id
"""
SEEN = "UPDATE shelter_asset SET seen = ? WHERE id = ?"
AT_PATH = "SELECT id FROM asset WHERE library = ? AND path = ?"
CLEAR_PLACES = "DELETE FROM shelter_place WHERE asset = ?"
PUT_PLACE = "INSERT OR IGNORE INTO shelter_place (account, gallery, asset) VALUES (?, ?, ?)"
REMOVE_ASSET = "DELETE FROM asset WHERE id = ?"
REMOVE_FACTS = (CLEAR_PLACES, "DELETE FROM shelter_asset WHERE id = ?")
MARK_GONE = """
    UPDATE shelter_asset SET gone_at = coalesce(gone_at, ?) WHERE account = ? AND media_id = ?
"""
TELL_GONE = "UPDATE asset SET error = ? WHERE id = ?"
MARK_MISSING = "UPDATE asset SET missing = 1, error = ? WHERE id = ?"
GONE = "SELECT media_id FROM shelter_asset WHERE account = ? AND gone_at <= ? ORDER BY media_id"
COUNT = "SELECT count(*) FROM shelter_asset WHERE account = ? AND gone_at IS NULL"
MASTERS = COUNT + " AND is_master = 1"
SIZE = "SELECT count(*) FROM shelter_asset WHERE account = ?"
COUNT_CHANGED = COUNT + " AND modified_at >= ? AND modified_at <= ?"
COUNT_CREATED = COUNT + " AND created_at >= ? AND created_at <= ?"
IDS_CREATED = """
    SELECT media_id FROM shelter_asset
    WHERE account = ? AND gone_at IS NULL AND created_at >= ? AND created_at <= ?
"""
MIDDLE = """
    SELECT created_at FROM shelter_asset
    WHERE account = ? AND gone_at IS NULL AND created_at >= ? AND created_at <= ?
    ORDER BY created_at LIMIT 1 OFFSET ?
"""
NOT_SEEN = """
    SELECT media_id FROM shelter_asset
    WHERE account = ? AND seen < ? AND gone_at IS NULL ORDER BY media_id
"""
SEEN_COUNT = "SELECT count(*) FROM shelter_asset WHERE account = ? AND seen >= ?"
NEWEST = """
    SELECT max(modified_at) FROM shelter_asset WHERE account = ? AND modified_at <= ?
"""
APPROVED = """
    SELECT media_id FROM shelter_asset
    WHERE account = ? AND approval = 'approved' AND gone_at IS NULL ORDER BY media_id LIMIT ?
"""
IN_GALLERIES = """
    SELECT DISTINCT a.media_id FROM shelter_place AS p JOIN shelter_asset AS a ON a.id = p.asset
    WHERE p.account = ? AND p.gallery IN (SELECT value FROM json_each(?)) AND a.gone_at IS NULL
    ORDER BY a.media_id
"""
FORGET_SKIPPED = "DELETE FROM skipped WHERE library = ? AND path = ?"
REMOVE_ACCOUNT = (
    "DELETE FROM shelter_asset WHERE account = ?",
    "DELETE FROM shelter_place WHERE account = ?",
    "DELETE FROM shelter_container WHERE account = ?",
    "DELETE FROM shelter_folder WHERE account = ?",
    "DELETE FROM shelter_sync WHERE account = ?",
)
REMOVE_ASSETS = "DELETE FROM asset WHERE library = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMaster:
    """A master as the catalog has it; `approval` is what the service was read to say, or ""."""

    asset: ShelterAsset
    approval: str
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A master to be written: its row, where it is shown first, and what was read of it.

    `row` is None for what we wrote back ourselves, which is no asset.
    """

    told: ShelterAsset
    row: Asset | None
    home: str
    galleries: tuple[str, ...]
    approval: str


class ShelterMirror:
    """Writes of the mirror, and the reads a sync needs; thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._turns: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
        self._removals: Counter[str] = Counter()

    @contextmanager
    def turn(self, account: str) -> Iterator[None]:
        """One at a time compares what is known of an account with what was told, and writes."""
        with self._turns[account]:
            yield

    def removals(self, account: str) -> int:
        """How often an account was removed: what was asked for before that is not for it now."""
        return self._removals[account]

    def accounts(self) -> frozenset[str]:
        """The accounts that have a mirror, or the beginning of one."""
        return frozenset(self._texts(BEGUN))

    def state(self, account: str) -> ShelterSync:
        """How far the sync is; one that was never begun is at its beginning."""
        with self._writer.reading() as connection:
            return read_state(connection, account)

    def put_state(self, state: ShelterSync) -> None:
        """Remember how far the sync came."""
        with self._writer.atomic() as connection:
            write_state(connection, state)

    def remove_account(self, account: str) -> None:
        """Forget all of an account."""
        library = shelter_library(account)
        with self.turn(account), self._writer.atomic() as connection:
            self._removals[account] += 1
            connection.execute(REMOVE_ASSETS, (library,))
            connection.execute(CLEAR_SKIPPED, (library,))
            for statement in REMOVE_ACCOUNT:
                connection.execute(statement, (account,))

    # Masters

    def known(self, account: str, media_ids: Iterable[str]) -> dict[str, KnownMaster]:
        """What is mirrored of these, by media id."""
        with self._writer.reading() as connection:
            rows = _rows(connection, ASSETS, account, json.dumps(list(media_ids)))
        return {
            row["media_id"]: KnownMaster(
                asset=shelter_asset_from(row),
                approval=row["approval"],
                is_gone=row["gone_at"] is not None,
            )
            for row in rows
        }

    def put(
        self,
        account: str,
        placed: Sequence[Placed],
        state: ShelterSync | None = None,
        *,
        seen: Iterable[AssetId] = (),
        skipped: Iterable[tuple[str, str]] = (),
        read: Iterable[str] = (),
    ) -> None:
        """Write masters, and how far that came, in one go; None: it stays where it is.

        `seen` were listed, whether or not they changed; `skipped` are (id, reason) of records
        that could not be taken over; `read` are galleries that have come to their end.
        """
        library = shelter_library(account)
        with self._writer.atomic() as connection:
            listing = (state or read_state(connection, account)).listing
            for one in placed:
                _put(connection, one, listing)
            connection.executemany(SEEN, [(listing, asset) for asset in seen])
            good = [(library, to_blob(one.told.media_id)) for one in placed]
            connection.executemany(FORGET_SKIPPED, good)
            bad = [(library, to_blob(name), reason) for name, reason in skipped]
            connection.executemany(PUT_SKIPPED, bad)
            connection.execute(MARK_READ, (account, json.dumps(list(read))))
            if state is not None:
                write_state(connection, state)

    def clear_skipped(self, account: str) -> None:
        """A listing of everything begins: what is skipped then is told anew."""
        with self._writer.atomic() as connection:
            connection.execute(CLEAR_SKIPPED, (shelter_library(account),))

    def skip(self, account: str, name: str, reason: str) -> None:
        """Note that something could not be read."""
        with self._writer.atomic() as connection:
            connection.execute(PUT_SKIPPED, (shelter_library(account), to_blob(name), reason))

    def mark_gone(self, account: str, assets: Sequence[ShelterAsset], at: str, why: str) -> None:
        """These were not there when they were asked for by id: once is no proof."""
        with self._writer.atomic() as connection:
            connection.executemany(MARK_GONE, [(at, account, one.media_id) for one in assets])
            connection.executemany(TELL_GONE, [(why, one.id) for one in assets])

    def mark_missing(self, assets: Iterable[AssetId], why: str) -> None:
        """Keep masters that are proven to be gone until a person says that they may go."""
        with self._writer.atomic() as connection:
            connection.executemany(MARK_MISSING, [(why, asset) for asset in assets])

    def missing(self, account: str) -> list[ShelterAsset]:
        """The masters that are kept until a person says that they may go."""
        with self._writer.reading() as connection:
            return [shelter_asset_from(row) for row in _rows(connection, MISSING, account)]

    def remove(self, assets: Iterable[AssetId]) -> None:
        """Forget masters that are proven to be gone."""
        with self._writer.atomic() as connection:
            for asset in assets:
                connection.execute(REMOVE_ASSET, (asset,))
                for statement in REMOVE_FACTS:
                    connection.execute(statement, (asset,))

    def gone(self, account: str, until: str) -> list[str]:
        """The media ids that were first not there at `until` or before."""
        return self._texts(GONE, account, until)

    def count(self, account: str) -> int:
        """How many media are known to be there, what we wrote back included."""
        return self._number(COUNT, account)

    def masters(self, account: str) -> int:
        """How many masters are known to be there."""
        return self._number(MASTERS, account)

    def size(self, account: str) -> int:
        """How many media are mirrored, those that seem to be gone included."""
        return self._number(SIZE, account)

    def seen(self, account: str, listing: int) -> int:
        """How many the listing of that number has shown."""
        return self._number(SEEN_COUNT, account, listing)

    def changed_within(self, account: str, start: str, end: str) -> int:
        """How many were changed last in that time, both ends included."""
        return self._number(COUNT_CHANGED, account, start, end)

    def created_within(self, account: str, start: str, end: str) -> int:
        """How many were created in that time, both ends included."""
        return self._number(COUNT_CREATED, account, start, end)

    def ids_created_within(self, account: str, start: str, end: str) -> frozenset[str]:
        """The media ids of those."""
        return frozenset(self._texts(IDS_CREATED, account, start, end))

    def middle(self, account: str, start: str, end: str) -> str | None:
        """The time of creation in the middle of those; None if there are none."""
        half = self.created_within(account, start, end) // 2
        found = self._texts(MIDDLE, account, start, end, half)
        return found[0] if found else None

    def not_seen(self, account: str, listing: int) -> list[str]:
        """The media ids that no listing since `listing` has shown."""
        return self._texts(NOT_SEEN, account, listing)

    def newest(self, account: str, until: str) -> str | None:
        """The latest change of any media, but for those told of a time after `until`."""
        found = self._texts(NEWEST, account, until)
        return found[0] if found else None

    def approved(self, account: str, limit: int) -> list[str]:
        """Media ids that the service was read to have approved."""
        return self._texts(APPROVED, account, limit)

    def in_galleries(self, account: str, galleries: Iterable[str]) -> list[str]:
        """The media ids that lie in any of these galleries."""
        return self._texts(IN_GALLERIES, account, json.dumps(list(galleries)))

    def _number(self, sql: str, *values: object) -> int:
        with self._writer.reading() as connection:
            count: int = connection.execute(sql, values).fetchone()[0]
        return count

    def _texts(self, sql: str, *values: object) -> list[str]:
        with self._writer.reading() as connection:
            rows = connection.execute(sql, values).fetchall()
        return [row[0] for row in rows if row[0] is not None]


def _rows(connection: Connection, sql: str, *values: object) -> list[Row]:
    cursor = connection.cursor()
    cursor.row_factory = Row
    return cursor.execute(sql, values).fetchall()


def _put(connection: Connection, placed: Placed, listing: int) -> None:
    told = placed.told
    values = asset_values(told, home=placed.home, approval=placed.approval, seen=listing)
    connection.execute(CLEAR_PLACES, (told.id,))
    if placed.row is None:
        # With the asset go its facts, which are written again.
        connection.execute(REMOVE_ASSET, (told.id,))
        connection.execute(PUT_ASSET, values | {"is_master": 0})
        return
    connection.execute(PUT_ASSET, values)
    places = [(told.account, gallery, told.id) for gallery in placed.galleries]
    connection.executemany(PUT_PLACE, places)
    seen = SeenFile(asset=placed.row, modified_ns=0, file_key=told.media_id)
    row = row_of(seen) | {"path": _free_path(connection, placed.row, told.media_id)}
    (rowid,) = connection.execute(PUT, row).fetchone()
    connection.execute(PUT_TEXT, (rowid, shelter_text(placed.row, told)))


def _free_path(connection: Connection, asset: Asset, media_id: str) -> bytes:
    """Its folder and name; with its identity where another asset is called the same."""
    stem, dot, ending = asset.name.rpartition(".")
    if not stem:
        stem, dot, ending = asset.name, "", ""
    before = f"{asset.folder}/" if asset.folder else ""
    path = to_blob(asset.path)
    for mark in (media_id[-6:], media_id):
        holder = connection.execute(AT_PATH, (asset.library, path)).fetchone()
        if holder is None or holder[0] == asset.id:
            break
        path = to_blob(f"{before}{stem} ({mark}){dot}{ending}")
    return path
