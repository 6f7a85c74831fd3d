"""Questions to the catalog: count, one page, folders. Reads the ledger's states beside it."""

import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bridge_app.domain.approvals import Approval, Stages
from bridge_app.domain.assets import CLOUD, SHELTER, Asset, AssetId, Folder, Kind, LibraryId
from bridge_app.domain.overrides import Override
from bridge_app.domain.query import Query, Sort
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.storage.asset_records import ALSO_FILLED, differing_in, records_of
from bridge_app.storage.claimed import CLAIM
from bridge_app.storage.database import open_reader, storage_errors
from bridge_app.storage.listed_copies import copies_at, copies_of_themselves
from bridge_app.storage.paths import from_blob, to_blob
from bridge_app.storage.reviewed import REVIEWED, overrides_of, stages_of
from bridge_app.storage.search_edits import OpenWords, are_open
from bridge_app.storage.search_filters import conditions, order
from bridge_app.storage.search_rows import allowed_by, asset_from, filled_in, said_by_file
from bridge_app.storage.search_words import (
    SHORT_TERM,
    SHORT_TERM_BY_TEXT,
    TRIGRAM,
    phrase,
    text_conditions,
)

# ruff: noqa: PLC0415 - what a listing does not need is loaded when it is asked for
if TYPE_CHECKING:
    from bridge_app.domain.cloud import CloudAsset
    from bridge_app.domain.edit_sheet import Said
    from bridge_app.domain.edits import Subject
    from bridge_app.domain.metadata_fields import FieldValue
    from bridge_app.domain.retractions import Delivered
    from bridge_app.domain.rights_calendar import RightsEdge
    from bridge_app.domain.shelter import ShelterAsset
    from bridge_app.storage.shelter_folders import MasterFacts

T = TypeVar("T")
ASSET = f"SELECT a.*, {ALSO_FILLED}, {CLAIM}, {REVIEWED}"
STANDING = f"""
    SELECT a.id, a.library, a.path, a.folder, a.kind, a.keywords, a.sha256, a.version_key,
    a.rights_from, a.rights_until, a.rights_unreadable, a.restrictions,
    a.title, a.caption, a.creator, a.credit, a.copyright, a.usage_terms,
    {ALSO_FILLED}, {CLAIM}, {REVIEWED} WHERE a.id = ?
"""
PAGE = """
    SELECT a.rowid FROM asset AS a {hint} WHERE {where}
    ORDER BY {order} LIMIT :limit OFFSET :offset
"""
COUNT = "SELECT count(*) FROM asset AS a WHERE {where}"
COUNT_BY_TEXT = "SELECT count(*) FROM found_by AS a WHERE {where}"
MANY = 2_000
"""Matches of a term above which walking the sort order is cheaper than sorting them."""
MANY_MATCH = f"""
    SELECT count(*) FROM (
        SELECT 1 FROM asset_text WHERE asset_text MATCH :term LIMIT {MANY}
    )
"""
INDEXES = {
    Sort.NAME: "asset_by_name",
    Sort.MODIFIED: "asset_by_change",
    Sort.TAKEN: "asset_by_date",
    Sort.BYTES: "asset_by_bytes",
    Sort.RATING: "asset_by_rating",
    Sort.KIND: "asset_by_kind",
}
BY_ROWID = ASSET + " WHERE a.rowid IN ({marks})"
BY_ID = ASSET + " WHERE a.id IN (SELECT value FROM json_each(?))"
SAID_BY_FILES = """
    SELECT id, rights_from, rights_until, rights_unreadable, restrictions FROM asset
    WHERE id IN (SELECT value FROM json_each(?))
"""
ENVIRONMENTS = "SELECT environment FROM cloud_sync"
CLOUD_ASSETS = "SELECT * FROM cloud_asset WHERE id IN (SELECT value FROM json_each(?))"
CLOUD_NAMED = """
    SELECT id FROM cloud_asset WHERE environment = ? AND public_id = ?
    ORDER BY resource_type, delivery_type
"""
SKIPPED = "SELECT path, reason FROM skipped WHERE library = ? ORDER BY path"
IDS_BEGINNING = "SELECT id FROM asset WHERE id >= ? AND id < ? LIMIT 20"
MASTERS = "SELECT id FROM asset WHERE content = ? AND library NOT LIKE 'cloud:%'"
AT_PATH = "SELECT id FROM asset WHERE library = ? AND path = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file that a scan could not take, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an asset lies and how it stands, as the gate asks at the last moment."""

    id: AssetId
    library: LibraryId
    path: str
    folder: str
    kind: Kind
    keywords: tuple[str, ...]
    sha256: str | None
    version_key: str | None
    approval: Approval
    lapsed: bool
    stages: Stages
    overrides: tuple[Override, ...]
    rights: RightsWindow
    restrictions: Restrictions
    filled: frozenset[str]

    @property
    def content(self) -> str | None:
        """What decisions about it are bound to."""
        return self.sha256 or self.version_key


class CatalogReader:
    """Questions to catalog and ledger, for one thread; `interrupt` may come from any."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._path = path
        self._open_words = OpenWords()

    @classmethod
    def open(cls, catalog: Path, ledger: Path, *, cache_kib: int) -> "CatalogReader":
        """Open both files for reading."""
        return cls(open_reader(catalog, attached={"ledger": ledger}, cache_kib=cache_kib), catalog)

    def interrupt(self) -> None:
        """Stop the running question; it raises InterruptedQueryError."""
        self._connection.interrupt()

    def count(self, query: Query, *, now: datetime) -> int:
        """How many assets the query finds at `now` (UTC)."""
        where, values = self._where(query, now)
        if query.terms() and where == text_conditions(query, SHORT_TERM)[0]:
            where = text_conditions(query, SHORT_TERM_BY_TEXT)[0]
            return int(self._rows(COUNT_BY_TEXT.format(where=where), values)[0][0])
        return int(self._rows(COUNT.format(where=where), values)[0][0])

    def page(self, query: Query, *, offset: int, limit: int, now: datetime) -> list[Asset]:
        """Rows `offset` to `offset + limit` of the query's answer, in its order."""
        where, values = self._where(query, now)
        hint = f"INDEXED BY {INDEXES[query.sort]}" if self._finds_many(query) else ""
        sql = PAGE.format(hint=hint, where=where, order=order(query))
        found = self._rows(sql, {**values, "limit": limit, "offset": offset})
        rowids = [int(row[0]) for row in found]
        rows = self._rows(BY_ROWID.format(marks=", ".join("?" * len(rowids))), rowids)
        by_rowid = {int(row["rowid"]): row for row in rows}
        kept = [by_rowid[rowid] for rowid in rowids if rowid in by_rowid]
        return self._with_copies(kept, query.environment)

    def ids(self, query: Query, *, now: datetime) -> list[AssetId]:
        """The identities of everything the query finds, in its order."""
        where, values = self._where(query, now)
        sql = f"SELECT a.id FROM asset AS a WHERE {where} ORDER BY {order(query)}"
        return [AssetId(row[0]) for row in self._rows(sql, values)]

    def assets(self, ids: Sequence[AssetId], *, environment: str | None = None) -> list[Asset]:
        """These assets in the order asked for; what is not there any more is left out."""
        found = self._with_copies(self._rows(BY_ID, [json.dumps(list(ids))]), environment)
        by_id = {asset.id: asset for asset in found}
        return [by_id[asset] for asset in ids if asset in by_id]

    def said_by_files(
        self, ids: Sequence[AssetId]
    ) -> dict[AssetId, tuple[RightsWindow, Restrictions]]:
        """What the files of these say of rights, whatever is claimed."""
        rows = self._rows(SAID_BY_FILES, [json.dumps(list(ids))])
        return {AssetId(row["id"]): said_by_file(row) for row in rows}

    def standing(self, asset: AssetId) -> Standing | None:
        """What the gate has to know of one asset; None if it is not there."""
        rows = self._rows(STANDING, [asset])
        if not rows:
            return None
        row = rows[0]
        rights, restrictions = allowed_by(row)
        return Standing(
            id=AssetId(row["id"]),
            library=LibraryId(row["library"]),
            path=from_blob(row["path"]),
            folder=from_blob(row["folder"]),
            kind=Kind(row["kind"]),
            keywords=tuple(json.loads(row["keywords"])),
            sha256=row["sha256"],
            version_key=row["version_key"],
            approval=Approval(row["approval"]),
            lapsed=bool(row["lapsed"]),
            stages=stages_of(row),
            overrides=overrides_of(row),
            rights=rights,
            restrictions=restrictions,
            filled=filled_in(row),
        )

    def folders(self, library: LibraryId) -> list[Folder]:
        """All folders that hold assets or lead to some, sorted by path; "" is the root."""
        from bridge_app.storage.asset_folders import asset_folders
        from bridge_app.storage.shelter_folders import shelter_folders

        found = shelter_folders if library.startswith(SHELTER) else asset_folders
        with storage_errors(self._path):
            return found(self._connection, library)

    def cloud_asset(self, asset: AssetId) -> "CloudAsset | None":
        """What Cloudinary says of a cloud asset; None for any other asset."""
        return self.cloud_assets([asset]).get(asset)

    def cloud_assets(self, assets: Sequence[AssetId]) -> "dict[AssetId, CloudAsset]":
        """What Cloudinary says of those of these that are cloud assets."""
        from bridge_app.storage.cloud_rows import cloud_asset_from

        rows = self._rows(CLOUD_ASSETS, [json.dumps(list(assets))])
        return {AssetId(row["id"]): cloud_asset_from(row) for row in rows}

    def shelter_assets(self, assets: Sequence[AssetId]) -> "dict[AssetId, ShelterAsset]":
        """What a PhotoShelter-style service says of those of these that are its masters."""
        from bridge_app.storage.shelter_folders import shelter_assets

        with storage_errors(self._path):
            return shelter_assets(self._connection, assets)

    def unsynced_folders(self, account: str) -> frozenset[str]:
        """The folders of such a service whose masters were never read to the end."""
        from bridge_app.storage.shelter_folders import unsynced_folders

        with storage_errors(self._path):
            return unsynced_folders(self._connection, account)

    def shelter_masters(self, library: LibraryId, folder: str) -> "list[MasterFacts]":
        """The masters in a folder of such a library and below it, by name."""
        from bridge_app.storage.shelter_folders import masters_below

        with storage_errors(self._path):
            return masters_below(self._connection, library, folder)

    def said(self, assets: Sequence[AssetId]) -> "list[Said]":
        """What the cloud assets among these say, with our open edits and conflicts."""
        from bridge_app.storage.said import ledger_first, said_of

        with storage_errors(self._path), ledger_first(self.ask):
            return said_of(self._connection, self.cloud_assets(assets), assets)

    def words_in_use(
        self, environment: str, subject: "Subject", *, limit: int = 2_000
    ) -> list[str]:
        """The tags, or the context keys, that an environment uses; the most used ones first."""
        from bridge_app.storage.said import words_in_use

        with storage_errors(self._path):
            return words_in_use(self._connection, environment, subject, limit=limit)

    def records(self, assets: Sequence[AssetId]) -> "dict[AssetId, dict[str, FieldValue]]":
        """What masters on disks say in the standard fields, by the keys of their paths."""
        return records_of(self._rows, assets)

    def differing(self, assets: Sequence[AssetId]) -> dict[AssetId, tuple[str, ...]]:
        """The names of the fields whose places in a master disagree, for those where some do."""
        return differing_in(self._rows, assets)

    def cloud_named(self, environment: str, public_id: str) -> list[AssetId]:
        """The mirrored assets of this public ID: of each resource and delivery type one."""
        rows = self._rows(CLOUD_NAMED, [environment, public_id])
        return [AssetId(row[0]) for row in rows]

    def masters(self, content: str) -> list[AssetId]:
        """The masters with this content, wherever they lie; mirrored assets are none."""
        return [AssetId(row[0]) for row in self._rows(MASTERS, [content])]

    def delivered(self, environment: str, at: datetime, *, asset_id: str = "") -> "list[Delivered]":
        """The delivered copies that something limits; with `asset_id` that one, limited or not."""
        from bridge_app.storage.retractions import delivered_in

        with storage_errors(self._path):
            return delivered_in(self._connection, environment, at, asset_id=asset_id)

    def count_delivered(self, environment: str) -> int:
        """How many copies are known to be delivered to an environment."""
        from bridge_app.storage.retractions import count_delivered

        with storage_errors(self._path):
            return count_delivered(self._connection, environment)

    def rights_edges(self, since: datetime, until: datetime) -> "list[RightsEdge]":
        """Whose rights begin or end in [since, until) (UTC), the soonest first."""
        from bridge_app.storage.rights_windows import edges_between

        with storage_errors(self._path):
            return edges_between(self._connection, since, until)

    def skipped(self, library: LibraryId) -> list[SkippedFile]:
        """The files that could not be taken, with the reason."""
        rows = self._rows(SKIPPED, [library])
        return [SkippedFile(path=from_blob(row[0]), reason=row[1]) for row in rows]

    def at_path(self, library: LibraryId, path: str) -> AssetId | None:
        """The asset that lies at this path of a library."""
        rows = self._rows(AT_PATH, [library, to_blob(path)])
        return AssetId(rows[0][0]) if rows else None

    def ids_beginning(self, start: str) -> list[AssetId]:
        """The identities that begin with these characters."""
        rows = self._rows(IDS_BEGINNING, [start, start + "~"])
        return [AssetId(row[0]) for row in rows]

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """The answer to a question that another file of this package knows how to ask."""
        with storage_errors(self._path):
            return question(self._connection)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _where(self, query: Query, now: datetime) -> tuple[str, dict[str, object]]:
        """The conditions; what is mirrored of other environments is only found in its library."""
        with storage_errors(self._path):
            said = self._open_words.assets_with(self._connection, query.terms())
        where, values = conditions(query, now, said)
        if query.library is not None:
            return where, values
        mirrored = [row[0] for row in self._rows(ENVIRONMENTS, [])]
        others = [CLOUD + name for name in mirrored if name != query.environment]
        if others:
            where = f"{where} AND a.library NOT IN (SELECT value FROM json_each(:others))"
            values["others"] = json.dumps(others)
        return where, values

    def _finds_many(self, query: Query) -> bool:
        """Does every word match so much that the first rows of the sort order come soon?"""
        terms = query.terms()
        narrowed = query.library or query.approvals or query.pushed is not None or query.rights
        if not terms or narrowed:
            return False
        return all(
            len(term) < TRIGRAM or self._rows(MANY_MATCH, {"term": phrase(term)})[0][0] >= MANY
            for term in terms
        )

    def _rows(self, sql: str, values: Sequence[object] | dict[str, object]) -> list[sqlite3.Row]:
        with storage_errors(self._path):
            return self._connection.execute(sql, values).fetchall()

    def _with_copies(self, rows: Iterable[sqlite3.Row], environment: str | None) -> list[Asset]:
        rows = list(rows)
        copies = copies_at(self._rows, environment, rows)
        in_cloud = [row for row in rows if row["library"].startswith(CLOUD)]
        own = self.cloud_assets([row["id"] for row in in_cloud]) if in_cloud else {}
        own_copies = copies_of_themselves(own, in_cloud)
        found = [
            asset_from(row, own_copies.get(row["id"]) or copies.get(row["content"] or ""))
            for row in rows
        ]
        with storage_errors(self._path):
            if not are_open(self._connection):
                return found
            from bridge_app.storage.said import with_edits

            return with_edits(self._connection, found, own)


class Readers:
    """Readers lent to whoever has a question, so that no two threads ever share one."""

    def __init__(self, make: Callable[[], CatalogReader]) -> None:
        self._make = make
        self._free: deque[CatalogReader] = deque()

    @contextmanager
    def lent(self) -> Iterator[CatalogReader]:
        """A reader for the length of one question; the one that was used last, as it is warm."""
        try:
            reader = self._free.pop()
        except IndexError:
            reader = self._make()
        try:
            yield reader
        finally:
            self._free.append(reader)

    def close(self) -> None:
        """Close those that are not lent."""
        while self._free:
            self._free.pop().close()
