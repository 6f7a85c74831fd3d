"""What is asked about masters that are edited: what is open about them, and which copies they have.

Questions for `CatalogReader.ask`: catalog and ledger are read together.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.edits import Conflict, Edit
from bridge_app.storage.edits import open_conflicts, open_edits
from bridge_app.storage.paths import from_blob
from bridge_app.storage.search import BY_ID
from bridge_app.storage.search_rows import asset_from

COPIES = """
    WITH RECURSIVE same (master, content) AS (
        SELECT id, content FROM asset
            WHERE id IN (SELECT value FROM json_each(:assets)) AND content IS NOT NULL
        UNION SELECT s.master, p.before FROM same AS s
            JOIN ledger.same_picture AS p ON p.content = s.content
    )
    SELECT s.master, c.id FROM same AS s JOIN asset AS a ON a.content = s.content
        JOIN cloud_asset AS c ON c.id = a.id WHERE c.missing = 0
    UNION
    SELECT s.master, c.id FROM same AS s JOIN ledger.delivery AS d ON d.sha256 = s.content
        JOIN cloud_asset AS c ON c.environment = d.environment AND c.asset_id = d.asset_id
        WHERE c.missing = 0
    UNION
    SELECT p.asset, c.id FROM ledger.placement AS p JOIN ledger.delivery AS d
            ON d.environment = p.environment AND d.public_id = p.public_id
        JOIN cloud_asset AS c ON c.environment = d.environment AND c.asset_id = d.asset_id
        WHERE c.missing = 0 AND p.asset IN (SELECT value FROM json_each(:assets))
"""
AMONG = """
    SELECT id FROM asset
    WHERE id IN (SELECT value FROM json_each(?)) AND library NOT LIKE 'cloud:%'
"""
NAMED = """
    SELECT id, library, path, folder, name, kind, format, bytes, modified_at, sha256, version_key
    FROM asset WHERE library NOT LIKE 'cloud:%' AND id IN (SELECT value FROM json_each(?))
"""
READ = BY_ID + " AND a.library NOT LIKE 'cloud:%'"


def masters_named(
    assets: Sequence[AssetId],
) -> Callable[[sqlite3.Connection], dict[AssetId, Asset]]:
    """The masters among these with where they lie and nothing of what they say: cheap for many."""

    def question(connection: sqlite3.Connection) -> dict[AssetId, Asset]:
        rows = connection.execute(NAMED, (json.dumps(list(assets)),)).fetchall()
        return {AssetId(row[0]): _plain(row) for row in rows}

    return question


def masters_read(
    assets: Sequence[AssetId],
) -> Callable[[sqlite3.Connection], dict[AssetId, Asset]]:
    """The masters among these as the catalog knows them, without what is open about them."""

    def question(connection: sqlite3.Connection) -> dict[AssetId, Asset]:
        rows = connection.execute(READ, (json.dumps(list(assets)),)).fetchall()
        return {AssetId(row["id"]): asset_from(row, None) for row in rows}

    return question


def _plain(row: Sequence[Any]) -> Asset:
    asset, library, path, folder, name, kind, form, size, modified_at, sha256, version_key = row
    return Asset(
        id=asset,
        library=library,
        path=from_blob(path),
        name=name,
        folder=from_blob(folder),
        kind=Kind(kind),
        format=form,
        bytes=size,
        modified_at=modified_at,
        sha256=sha256,
        version_key=version_key,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAbout:
    """What was said about assets here and is not settled, by asset."""

    edits: dict[AssetId, list[Edit]]
    conflicts: dict[AssetId, list[Conflict]]


def open_about(assets: Sequence[AssetId]) -> Callable[[sqlite3.Connection], OpenAbout]:
    """What is open about these."""

    def question(connection: sqlite3.Connection) -> OpenAbout:
        conflicts: defaultdict[AssetId, list[Conflict]] = defaultdict(list)
        for one in open_conflicts(connection, assets):
            conflicts[one.asset].append(one)
        return OpenAbout(edits=open_edits(connection, assets), conflicts=dict(conflicts))

    return question


def copies_of(
    assets: Sequence[AssetId],
) -> Callable[[sqlite3.Connection], dict[AssetId, list[AssetId]]]:
    """The mirrored copies of these masters, of their picture as it is or was, in all environments.

    A copy of what differs in nothing but metadata is one, and one that lies where the master's
    copy belongs.
    """

    def question(connection: sqlite3.Connection) -> dict[AssetId, list[AssetId]]:
        found: defaultdict[AssetId, list[AssetId]] = defaultdict(list)
        rows = connection.execute(COPIES, {"assets": json.dumps(list(assets))})
        for master, copy in rows:
            if master != copy:
                found[AssetId(master)].append(AssetId(copy))
        return {master: sorted(copies) for master, copies in found.items()}

    return question


def masters_among(
    assets: Sequence[AssetId],
) -> Callable[[sqlite3.Connection], tuple[AssetId, ...]]:
    """Those of these that are masters, in their order."""

    def question(connection: sqlite3.Connection) -> tuple[AssetId, ...]:
        found = {row[0] for row in connection.execute(AMONG, (json.dumps(list(assets)),))}
        return tuple(asset for asset in assets if asset in found)

    return question
