"""Questions about libraries of PhotoShelter's kind: their folders, and what lies in them.

A master lies in as many folders as it has galleries, and is counted once in what is above them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sqlite3 import Connection, Row

from bridge_app.domain.assets import AssetId, Folder, Kind, LibraryId
from bridge_app.domain.shelter import ShelterAsset, shelter_of
from bridge_app.storage.paths import from_blob, to_blob
from bridge_app.storage.shelter_rows import shelter_asset_from

FOLDERS = "SELECT path, container, name FROM shelter_folder WHERE account = ? ORDER BY path"
COUNTS = """
    SELECT gallery, count(*) FROM shelter_place WHERE account = ? GROUP BY gallery
"""
SEVERAL = """
    SELECT asset, gallery FROM shelter_place
    WHERE account = ? AND asset IN (
        SELECT asset FROM shelter_place WHERE account = ? GROUP BY asset HAVING count(*) > 1
    )
"""
SIZE = "SELECT count(*) FROM asset WHERE library = ?"
CUSTOM_IN_USE = """
    SELECT DISTINCT e.key, e.value FROM shelter_asset AS s, json_each(s.custom) AS e
    WHERE s.account = ? ORDER BY 1, 2
"""
ASSETS = "SELECT * FROM shelter_asset WHERE id IN (SELECT value FROM json_each(?))"
BELOW = """
    SELECT p.asset FROM shelter_folder AS f
    JOIN shelter_place AS p ON p.account = f.account AND p.gallery = f.container
    WHERE f.account = :account
    AND (f.path = :folder OR (f.path >= :below AND f.path < :beyond))
"""
"""The masters in a folder and below it."""
MASTERS = """
    SELECT a.id, s.media_id, a.version_key, a.kind, a.bytes
    FROM shelter_asset AS s JOIN asset AS a ON a.id = s.id
    WHERE s.account = :account AND (:folder = x'' OR s.id IN ({below})) ORDER BY a.name_key, a.id
"""
UNSYNCED = """
    SELECT f.path FROM shelter_folder AS f
    JOIN shelter_container AS c ON c.account = f.account AND c.id = f.container
    WHERE f.account = ? AND c.kind = 'gallery' AND c.listed_as IS NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterFacts:
    """As much of a master as tells what is here of it."""

    id: AssetId
    account: str
    media_id: str
    version_key: str
    kind: Kind
    bytes: int


def folder_values(library: LibraryId, folder: str) -> dict[str, object]:
    """The values of `BELOW`."""
    raw = to_blob(folder)
    return {
        "account": shelter_of(library),
        "folder": raw,
        "below": raw + b"/",
        "beyond": raw + b"0",
    }


def shelter_folders(connection: Connection, library: LibraryId) -> list[Folder]:
    """All folders, those without assets and those that were not read yet included."""
    account = shelter_of(library)
    rows = connection.execute(FOLDERS, (account,)).fetchall()
    names = {from_blob(row[0]): row[2] for row in rows}
    above: dict[str, set[str]] = defaultdict(set)
    for raw, container, _ in rows:
        above[container] |= set(_upwards(from_blob(raw)))
    counts = dict.fromkeys(names, 0)
    for gallery, assets in connection.execute(COUNTS, (account,)):
        for path in above.get(gallery, ()):
            counts[path] += assets
    for path, again in _counted_again(connection, str(account), above).items():
        counts[path] -= again
    counts[""] = connection.execute(SIZE, (library,)).fetchone()[0]
    return [
        Folder(library=library, path=path, name=names.get(path, ""), assets=counts[path])
        for path in sorted(counts)
    ]


def unsynced_folders(connection: Connection, account: str) -> frozenset[str]:
    """The folders whose masters were never read to the end, and those above them."""
    paths = [from_blob(row[0]) for row in connection.execute(UNSYNCED, (account,))]
    return frozenset(above for path in paths for above in _upwards(path))


def shelter_assets(
    connection: Connection, assets: Sequence[AssetId]
) -> dict[AssetId, ShelterAsset]:
    """What the service says of those of these that are its masters."""
    cursor = connection.cursor()
    cursor.row_factory = Row
    rows = cursor.execute(ASSETS, (json.dumps(list(assets)),))
    return {AssetId(row["id"]): shelter_asset_from(row) for row in rows}


def custom_in_use(connection: Connection, account: str) -> dict[str, tuple[str, ...]]:
    """The custom fields that masters of an account have, with the options they say."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, option in connection.execute(CUSTOM_IN_USE, (account,)):
        found[str(name)].append(str(option))
    return {name: tuple(options) for name, options in found.items()}


def masters_below(connection: Connection, library: LibraryId, folder: str) -> list[MasterFacts]:
    """The masters in a folder and below it, by name; "" is the whole library."""
    account = str(shelter_of(library))
    rows = connection.execute(MASTERS.format(below=BELOW), folder_values(library, folder))
    return [
        MasterFacts(
            id=AssetId(row[0]),
            account=account,
            media_id=row[1],
            version_key=row[2] or "",
            kind=Kind(row[3]),
            bytes=row[4],
        )
        for row in rows
    ]


def _counted_again(
    connection: Connection, account: str, above: dict[str, set[str]]
) -> dict[str, int]:
    """By how much a sum over galleries is too high: masters in several galleries of one folder."""
    galleries: dict[str, list[str]] = defaultdict(list)
    for asset, gallery in connection.execute(SEVERAL, (account, account)):
        galleries[asset].append(gallery)
    again: dict[str, int] = defaultdict(int)
    for own in galleries.values():
        for path in _shared(above.get(gallery, set()) for gallery in own):
            again[path] += 1
    return again


def _shared(sets: Iterable[set[str]]) -> list[str]:
    """What is in more than one of the sets, once for each further one."""
    seen: set[str] = set()
    shared: list[str] = []
    for paths in sets:
        shared.extend(paths & seen)
        seen |= paths
    return shared


def _upwards(path: str) -> list[str]:
    """A folder and those above it, without the root."""
    parts = path.split("/")
    return ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
