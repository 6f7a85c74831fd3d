"""The mirror of an environment as it is written: what it holds, and how far the sync came."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection, Row

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.cloud import CloudAsset, CloudFolder, FolderMode, catalog_id, cloud_library
from bridge_app.storage.catalog import MARK_MISSING, PUT, PUT_TEXT, REMOVE, SeenFile, row_of
from bridge_app.storage.cloud_rows import (
    PUT_CLOUD,
    as_asset,
    cloud_asset_from,
    cloud_text,
    cloud_values,
)
from bridge_app.storage.database import Writer
from bridge_app.storage.paths import to_blob

STATE = """
    SELECT environment, folder_mode, listing, complete, since, cursor, reached, settled, newest,
        looked_at, finished_at, difference, doubtful
    FROM cloud_sync WHERE environment = ?
"""
PUT_STATE = """
    INSERT OR REPLACE INTO cloud_sync (environment, folder_mode, listing, complete, since, cursor,
        reached, settled, newest, looked_at, finished_at, difference, doubtful)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
BEGUN = "SELECT environment FROM cloud_sync"
FORGET_STATE = "DELETE FROM cloud_sync WHERE environment = ?"
AT_PATH = "SELECT id FROM asset WHERE library = ? AND path = ?"
COUNT = "SELECT count(*) FROM cloud_asset WHERE environment = ? AND missing = 0"
COUNT_CHANGED = COUNT + " AND updated_at > ?"
COUNT_CREATED = COUNT + " AND created_at >= ? AND created_at < ?"
IDS_CREATED = """
    SELECT asset_id FROM cloud_asset
    WHERE environment = ? AND missing = 0 AND created_at >= ? AND created_at < ?
"""
MIDDLE = """
    SELECT created_at FROM cloud_asset
    WHERE environment = ? AND missing = 0 AND created_at >= ? AND created_at < ?
    ORDER BY created_at LIMIT 1 OFFSET ?
"""
NOT_SEEN = """
    SELECT asset_id FROM cloud_asset WHERE environment = ? AND missing = 0 AND seen < ?
"""
SEEN = "UPDATE cloud_asset SET seen = ? WHERE id = ? AND seen < ?"
NEWEST = "SELECT max(updated_at) FROM cloud_asset WHERE environment = ? AND updated_at <= ?"
VERSIONS = "SELECT asset_id, version FROM cloud_asset WHERE environment = ?"
ASSETS = """
    SELECT * FROM cloud_asset
    WHERE environment = ? AND missing = 0 AND asset_id IN (SELECT value FROM json_each(?))
"""
KINDS = "SELECT DISTINCT resource_type, delivery_type FROM cloud_asset WHERE environment = ?"
ALL_IDS = "SELECT asset_id FROM cloud_asset WHERE environment = ?"
IN_FOLDER = """
    SELECT asset_id FROM cloud_asset WHERE environment = ?
    AND (asset_folder = ? OR (asset_folder >= ? AND asset_folder < ?))
"""
FOLDERS_IN_USE = "SELECT DISTINCT asset_folder FROM cloud_asset WHERE environment = ?"
FOLDERS = "SELECT path, external_id FROM cloud_folder WHERE environment = ?"
CLEAR_FOLDERS = "DELETE FROM cloud_folder WHERE environment = ?"
PUT_FOLDER = "INSERT OR REPLACE INTO cloud_folder (environment, path, external_id) VALUES (?, ?, ?)"
VOUCHED_LOCALLY = "SELECT 1 FROM asset WHERE content = ? AND md5 = ? AND library NOT LIKE 'cloud:%'"
CLAIMS = """
    SELECT a.id, a.sha256, c.claimed_sha256, c.etag, c.asset_id, c.version
    FROM cloud_asset AS c JOIN asset AS a ON a.id = c.id
    WHERE c.environment = ? AND (
        c.claimed_sha256 IS NOT NULL OR a.sha256 IS NOT NULL
        OR c.asset_id IN (SELECT value FROM json_each(?))
    )
"""
MISSING_HERE = "UPDATE cloud_asset SET missing = 1 WHERE id = ?"
SET_SHA256 = "UPDATE asset SET sha256 = ? WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """How far the mirror of an environment is.

    `listing` numbers the complete listings; `complete` says that the present one came to its
    end. Until then it stands behind `cursor`, among what was created from `since` on, and has
    `reached` a time of creation. Everything changed up to `settled` is known for certain;
    `newest` was the latest change when the last sync began at `looked_at` (our clock).
    `difference` is by how much the service counts more than the mirror although a complete
    listing has explained it, `doubtful` in how many syncs in a row the counts did not agree.
    """

    environment: str
    folder_mode: FolderMode = FolderMode.DYNAMIC
    listing: int = 1
    complete: bool = False
    since: str | None = None
    cursor: str | None = None
    reached: str | None = None
    settled: str | None = None
    newest: str | None = None
    looked_at: str | None = None
    finished_at: str | None = None
    difference: int = 0
    doubtful: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouchers:
    """What our own pushes know of content: an approval holds for bytes, not for a claim.

    `copies` are the delivered copies by asset ID, `pairs` the (etag, SHA-256) of all of them.
    """

    copies: Mapping[str, CloudCopy] = field(default_factory=dict)
    pairs: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, copies: Iterable[CloudCopy]) -> "Vouchers":
        """What these copies vouch for."""
        found = list(copies)
        return cls(
            copies={copy.asset_id: copy for copy in found},
            pairs=frozenset((copy.etag, copy.sha256) for copy in found if copy.etag),
        )


NOBODY = Vouchers()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What is told of the bytes of a cloud asset."""

    claim: str | None
    etag: str
    asset_id: str
    version: int


class CloudMirror:
    """Writes of the mirror; thread-safe. Reads for the window are in `search`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def environments(self) -> frozenset[str]:
        """The environments that have a mirror, or the beginning of one."""
        return frozenset(self._texts(BEGUN))

    def state(self, environment: str) -> SyncState | None:
        """How far the mirror is; None if it was never begun."""
        with self._writer.reading() as connection:
            row = connection.execute(STATE, (environment,)).fetchone()
        if row is None:
            return None
        names = SyncState.__dataclass_fields__
        known = dict(zip(names, row, strict=True))
        return SyncState(
            **known
            | {"folder_mode": FolderMode(known["folder_mode"]), "complete": bool(known["complete"])}
        )

    def put(
        self,
        assets: Sequence[CloudAsset],
        state: SyncState,
        *,
        vouchers: Vouchers = NOBODY,
        from_index: bool = False,
    ) -> frozenset[AssetId]:
        """Add assets or replace what was known, and remember how far that came, in one go.

        What comes `from_index` may be older than what was read by ID, which then stays. Returns
        the identities in the catalog of those that are new or different.
        """
        with self._writer.atomic() as connection:
            known = _known(connection, state.environment, [asset.asset_id for asset in assets])
            changed = [
                asset
                for asset in assets
                if _is_news(asset, known.get(asset.asset_id), from_index=from_index)
            ]
            for asset in changed:
                _put(connection, asset, state.listing, vouchers)
            seen = [(state.listing, asset.id, state.listing) for asset in assets]
            connection.executemany(SEEN, seen)
            _put_state(connection, state)
        return frozenset(asset.id for asset in changed)

    def put_again(
        self, environment: str, assets: Sequence[CloudAsset], *, vouchers: Vouchers
    ) -> None:
        """Replace what is known of mirrored assets; how far the sync came stays as it is."""
        with self._writer.atomic() as connection:
            row = connection.execute(STATE, (environment,)).fetchone()
            for asset in assets:
                _put(connection, asset, row[2] if row else 0, vouchers)

    def put_state(self, state: SyncState) -> None:
        """Remember how far the sync came."""
        with self._writer.atomic() as connection:
            _put_state(connection, state)

    def remove(self, environment: str, asset_ids: Iterable[str]) -> frozenset[AssetId]:
        """Forget assets that are proven to be gone."""
        gone = frozenset(catalog_id(environment, asset_id) for asset_id in asset_ids)
        with self._writer.atomic() as connection:
            connection.executemany(REMOVE, [(asset,) for asset in gone])
        return gone

    def mark_missing(self, environment: str, asset_ids: Iterable[str], why: str) -> None:
        """Keep assets that are gone until a person says that they may be forgotten."""
        with self._writer.atomic() as connection:
            rows = [(why, catalog_id(environment, asset_id)) for asset_id in asset_ids]
            connection.executemany(MARK_MISSING, rows)
            connection.executemany(MISSING_HERE, [row[1:] for row in rows])

    def forget(self, environment: str) -> None:
        """The next sync begins at the beginning; what is mirrored stays until then."""
        with self._writer.atomic() as connection:
            connection.execute(FORGET_STATE, (environment,))

    def count(self, environment: str) -> int:
        """How many assets are mirrored."""
        return self._number(COUNT, environment)

    def changed_after(self, environment: str, moment: str) -> int:
        """How many were changed after a time."""
        return self._number(COUNT_CHANGED, environment, moment)

    def created_within(self, environment: str, start: str, end: str) -> int:
        """How many were created from `start` on and before `end`."""
        return self._number(COUNT_CREATED, environment, start, end)

    def ids_created_within(self, environment: str, start: str, end: str) -> frozenset[str]:
        """The asset IDs of those."""
        return frozenset(self._texts(IDS_CREATED, environment, start, end))

    def middle(self, environment: str, start: str, end: str) -> str | None:
        """The time of creation in the middle of those; None if there are none."""
        half = self.created_within(environment, start, end) // 2
        found = self._texts(MIDDLE, environment, start, end, half)
        return found[0] if found else None

    def not_seen(self, environment: str, listing: int) -> frozenset[str]:
        """The asset IDs that no listing since `listing` has shown."""
        return frozenset(self._texts(NOT_SEEN, environment, listing))

    def seen(self, environment: str, listing: int) -> int:
        """How many the listing of that number has shown."""
        return self._number(COUNT + " AND seen >= ?", environment, listing)

    def newest(self, environment: str, before: str) -> str | None:
        """The latest change of any asset, but for those told of a time after `before`."""
        found = self._texts(NEWEST, environment, before)
        return found[0] if found else None

    def versions(self, environment: str) -> dict[str, int]:
        """The version of every asset, by asset ID."""
        with self._writer.reading() as connection:
            return dict(connection.execute(VERSIONS, (environment,)).fetchall())

    def assets(self, environment: str, asset_ids: Iterable[str]) -> dict[str, CloudAsset]:
        """What is mirrored of these, by asset ID."""
        with self._writer.reading() as connection:
            return _known(connection, environment, asset_ids)

    def kinds(self, environment: str) -> frozenset[tuple[str, str]]:
        """The pairs of resource and delivery type that there are."""
        with self._writer.reading() as connection:
            rows = connection.execute(KINDS, (environment,)).fetchall()
        return frozenset((row[0], row[1]) for row in rows)

    def all_ids(self, environment: str) -> frozenset[str]:
        """All asset IDs."""
        return frozenset(self._texts(ALL_IDS, environment))

    def in_folder(self, environment: str, path: str) -> frozenset[str]:
        """The asset IDs in a folder and below."""
        return frozenset(self._texts(IN_FOLDER, environment, path, path + "/", path + "0"))

    def folders_in_use(self, environment: str) -> frozenset[str]:
        """The folders that hold assets."""
        return frozenset(self._texts(FOLDERS_IN_USE, environment))

    def folders(self, environment: str) -> frozenset[CloudFolder]:
        """The folders as listed last."""
        with self._writer.reading() as connection:
            rows = connection.execute(FOLDERS, (environment,)).fetchall()
        return frozenset(CloudFolder(path=row[0], external_id=row[1]) for row in rows)

    def put_folders(self, environment: str, folders: Iterable[CloudFolder]) -> None:
        """Replace the folders."""
        rows = [(environment, folder.path, folder.external_id) for folder in folders]
        with self._writer.atomic() as connection:
            connection.execute(CLEAR_FOLDERS, (environment,))
            connection.executemany(PUT_FOLDER, rows)

    def vouch(self, environment: str, vouchers: Vouchers) -> frozenset[AssetId]:
        """Look at every claimed content hash again: masters may have come or gone meanwhile.

        Returns the assets for which that made a difference.
        """
        changed: list[tuple[str | None, AssetId]] = []
        with self._writer.atomic() as connection:
            for row in connection.execute(CLAIMS, (environment, json.dumps(list(vouchers.copies)))):
                asset, before, claim, etag, asset_id, version = row
                content = _Content(claim=claim, etag=etag, asset_id=asset_id, version=version)
                now = _known_sha256(connection, content, vouchers)
                if now != before:
                    changed.append((now, AssetId(asset)))
            connection.executemany(SET_SHA256, changed)
        return frozenset(asset for _, asset in changed)

    def remove_environment(self, environment: str) -> None:
        """Forget all of an environment, its folders and its state included."""
        library = cloud_library(environment)
        with self._writer.atomic() as connection:
            connection.execute("DELETE FROM asset WHERE library = ?", (library,))
            connection.execute(CLEAR_FOLDERS, (environment,))
            connection.execute(FORGET_STATE, (environment,))

    def _number(self, sql: str, *values: object) -> int:
        with self._writer.reading() as connection:
            count: int = connection.execute(sql, values).fetchone()[0]
        return count

    def _texts(self, sql: str, *values: object) -> list[str]:
        with self._writer.reading() as connection:
            rows: list[Row] = connection.execute(sql, values).fetchall()
        return [row[0] for row in rows if row[0] is not None]


def _is_news(asset: CloudAsset, known: CloudAsset | None, *, from_index: bool) -> bool:
    if known is None or known == asset:
        return known is None
    return not (from_index and known.updated_at > asset.updated_at)


def _known(
    connection: Connection, environment: str, asset_ids: Iterable[str]
) -> dict[str, CloudAsset]:
    cursor = connection.cursor()
    cursor.row_factory = Row
    rows = cursor.execute(ASSETS, (environment, json.dumps(list(asset_ids))))
    return {row["asset_id"]: cloud_asset_from(row) for row in rows}


def _put(connection: Connection, asset: CloudAsset, listing: int, vouchers: Vouchers) -> None:
    content = _Content(
        claim=asset.claimed_sha256,
        etag=asset.etag,
        asset_id=asset.asset_id,
        version=asset.version,
    )
    sha256 = _known_sha256(connection, content, vouchers)
    row = as_asset(asset, _free_path(connection, asset), sha256)
    values = row_of(SeenFile(asset=row, modified_ns=0, file_key=asset.asset_id))
    (rowid,) = connection.execute(PUT, values).fetchone()
    connection.execute(PUT_TEXT, (rowid, cloud_text(asset)))
    connection.execute(PUT_CLOUD, cloud_values(asset, listing))


def _free_path(connection: Connection, asset: CloudAsset) -> str:
    """Its folder and name; with its identity where another asset is called the same."""
    stem, dot, ending = asset.name.rpartition(".")
    if not stem:
        stem, dot, ending = asset.name, "", ""
    before = f"{asset.asset_folder}/" if asset.asset_folder else ""
    path = before + asset.name
    for length in (0, 8, len(asset.asset_id)):
        if length:
            path = f"{before}{stem} ({asset.asset_id[:length]}){dot}{ending}"
        holder = connection.execute(AT_PATH, (asset.library, to_blob(path))).fetchone()
        if holder is None or holder[0] == asset.id:
            break
    return path


def _known_sha256(connection: Connection, content: _Content, vouchers: Vouchers) -> str | None:
    """The content hash, if a master here or a push of ours vouches for it.

    A claim alone is not enough: contextual metadata stays when somebody overwrites the bytes.
    """
    claim = content.claim
    if claim is None:
        sent = vouchers.copies.get(content.asset_id)
        return sent.sha256 if sent is not None and sent.version == content.version else None
    if not content.etag:
        return None
    if (content.etag, claim) in vouchers.pairs:
        return claim
    vouched = connection.execute(VOUCHED_LOCALLY, (claim, content.etag)).fetchone()
    return claim if vouched else None


def _put_state(connection: Connection, state: SyncState) -> None:
    connection.execute(
        PUT_STATE, tuple(getattr(state, name) for name in SyncState.__dataclass_fields__)
    )
