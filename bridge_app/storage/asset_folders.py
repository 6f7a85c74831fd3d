"""The folders of a library whose assets say where they lie, with how many lie in each."""

import sqlite3

from bridge_app.domain.assets import Folder, LibraryId
from bridge_app.domain.cloud import environment_of
from bridge_app.storage.paths import from_blob

FOLDERS = """
    SELECT folder, count(*) FROM asset WHERE library = ? GROUP BY folder ORDER BY folder
"""
CLOUD_FOLDERS = "SELECT path FROM cloud_folder WHERE environment = ?"


def asset_folders(connection: sqlite3.Connection, library: LibraryId) -> list[Folder]:
    """All folders that hold assets or lead to some, sorted by path; "" is the root.

    Of a mirrored environment also those that hold nothing.
    """
    counts: dict[str, int] = {"": 0}
    for raw, assets in connection.execute(FOLDERS, (library,)):
        for ancestor in _ancestors(from_blob(raw)):
            counts[ancestor] = counts.get(ancestor, 0) + int(assets)
    for (path,) in connection.execute(CLOUD_FOLDERS, (environment_of(library),)):
        for ancestor in _ancestors(path):
            counts.setdefault(ancestor, 0)
    return [
        Folder(library=library, path=path, name=path.rpartition("/")[2], assets=assets)
        for path, assets in sorted(counts.items())
    ]


def _ancestors(path: str) -> list[str]:
    if not path:
        return [""]
    parts = path.split("/")
    return ["", *("/".join(parts[: depth + 1]) for depth in range(len(parts)))]
