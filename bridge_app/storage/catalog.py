"""The catalog as it is written: assets as last seen. Disposable; reads are in `search`."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.query import Orientation, fold
from bridge_app.storage.asset_records import put_record
from bridge_app.storage.database import LISTING_CACHE_KIB, Writer, open_reader, storage_errors
from bridge_app.storage.name_order import language_of, resort, sort_in
from bridge_app.storage.paths import from_blob, shown, to_blob
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.search_rows import restrictions_text

if TYPE_CHECKING:
    from bridge_app.domain.metadata_fields import FieldValue

COLUMNS = (
    *("id", "library", "path", "folder", "name", "name_key", "kind", "format", "bytes"),
    *("modified_ns", "modified_at", "file_key", "sha256", "md5", "width", "height"),
    *(
        "orientation",
        "display_width",
        "display_height",
        "shape",
        "duration_s",
        "pages",
        "colour_space",
        "icc_profile",
        "title",
    ),
    *("version_key", "restrictions"),
    *("caption", "keywords", "creator", "credit", "copyright", "usage_terms", "rating"),
    *("taken_at", "dated", "rights_from", "rights_until", "rights_unreadable", "error"),
    *("missing", "sidecars"),
)
VALUES = (f":{column}" if column != "name_key" else "name_key(:name)" for column in COLUMNS)
PUT = f"""
    INSERT INTO asset ({", ".join(COLUMNS)}) VALUES ({", ".join(VALUES)})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in COLUMNS[1:])}
    RETURNING rowid
"""
PUT_TEXT = """
    INSERT INTO found_by (rowid, folded) VALUES (?, ?)
    ON CONFLICT (rowid) DO UPDATE SET folded = excluded.folded
"""
KNOWN = """
    SELECT id, path, bytes, modified_ns, file_key, sha256 IS NOT NULL, missing, sidecars
    FROM asset WHERE library = ?
"""
KNOWN_HERE = KNOWN + " AND (path = ? OR folder = ? OR (folder >= ? AND folder < ?))"
CHECKED = """
    SELECT sha256 FROM asset
    WHERE library = ? AND path = ? AND file_key = ? AND bytes = ? AND modified_ns = ?
"""
SIZE = "SELECT count(*) FROM asset WHERE library = ?"
STANDS = "SELECT sha256 FROM asset WHERE id = ? AND library = ? AND path = ? AND missing = 0"
REMOVE = "DELETE FROM asset WHERE id = ?"
MARK_MISSING = "UPDATE asset SET missing = 1, error = ? WHERE id = ?"
FORGET_MISSING = "DELETE FROM asset WHERE library = ? AND missing = 1"
REMOVE_LIBRARY = "DELETE FROM asset WHERE library = ?"
KNOWN_FILE = KNOWN + " AND file_key = ?"
ID_TAKEN = "SELECT 1 FROM asset WHERE id = ?"
PUT_SKIPPED = """
    INSERT INTO skipped (library, path, reason) VALUES (?, ?, ?)
    ON CONFLICT (library, path) DO UPDATE SET reason = excluded.reason
"""
CACHE_KIB = 65_536
"""Thousands of new rows touch most pages of the indexes; a third less time than with 2 MB."""
FORGET_SYNC = "DELETE FROM cloud_sync WHERE 'cloud:' || environment = ?"
FORGET_FOLDERS = "DELETE FROM cloud_folder WHERE 'cloud:' || environment = ?"
CLEAR_SKIPPED = "DELETE FROM skipped WHERE library = ?"
CLEAR_SKIPPED_BELOW = CLEAR_SKIPPED + " AND (path = ? OR (path >= ? AND path < ?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """What the catalog remembers of a file, so that a scan reads only what changed."""

    id: AssetId
    path: str
    bytes: int
    modified_ns: int
    file_key: str
    was_read: bool
    missing: bool
    sidecars: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """An asset together with the stat facts a later scan compares.

    `sidecars` are those of its sidecars (`Found.sidecars_state`); `record` and `differs` are what
    it says in the standard fields.
    """

    asset: Asset
    modified_ns: int
    file_key: str
    sidecars: str = ""
    record: "Mapping[str, FieldValue]" = field(default_factory=dict)
    differs: tuple[str, ...] = ()


class Catalog:
    """Writes of the catalog; thread-safe. Readers come from `reader()`, one for each thread."""

    def __init__(self, writer: Writer, ledger: Path) -> None:
        self._writer = writer
        self._ledger = ledger

    @classmethod
    def open(cls, path: Path, *, ledger: Path) -> "Catalog":
        """Open or create the catalog beside the ledger it is read together with."""
        writer = Writer.open(path, "catalog", synchronous="NORMAL")
        with writer.reading() as connection:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            sort_in(connection, language_of(connection))
        return cls(writer, ledger)

    def reader(self, *, cache_kib: int = LISTING_CACHE_KIB) -> CatalogReader:
        """A connection for one thread's questions."""
        return CatalogReader.open(self._writer.path, self._ledger, cache_kib=cache_kib)

    @property
    def writer(self) -> Writer:
        """The connection that writes to the file, for the mirror beside it."""
        return self._writer

    def sort_in(self, language: str) -> bool:
        """Let names be in the order of this language from now on; False if they were already.

        What is found meanwhile stands in the new order; whoever ends in between begins again.
        """
        with self._writer.reading() as connection:
            if language_of(connection) == language:
                return False
            sort_in(connection, language)
        resort(self._writer, language)
        return True

    def put(self, seen: Sequence[SeenFile]) -> None:
        """Add assets or replace what was known of them, in one transaction."""
        with self._writer.atomic() as connection:
            for file in seen:
                _put(connection, file)

    def renew(self, seen: Iterable[tuple[SeenFile, Callable[[str | None], bool]]]) -> None:
        """As `put`, of assets that are still where they were, one transaction for all.

        Each comes with who tells, of the SHA-256 that is known of it by now, whether it may still
        be replaced: what somebody else has seen meanwhile is newer.
        """
        with self._writer.atomic() as connection:
            for file, may in seen:
                one = file.asset
                asked = (one.id, one.library, to_blob(one.path))
                found = connection.execute(STANDS, asked).fetchone()
                if found is not None and may(found[0]):
                    _put(connection, file)

    def known(self, library: LibraryId) -> list[KnownFile]:
        """What is remembered of all the library's files.

        Read beside the writer: it may be much, and nobody has to wait, or to keep it, for that.
        """
        path = self._writer.path
        with storage_errors(path), closing(open_reader(path)) as connection:
            return [_known(row) for row in connection.execute(KNOWN, (library,))]

    def known_at_or_below(self, library: LibraryId, path: str) -> list[KnownFile]:
        """What is remembered of this file, or of everything below it if it is a folder."""
        values = (library, to_blob(path), *_span(path))
        with self._writer.reading() as connection:
            return [_known(row) for row in connection.execute(KNOWN_HERE, values)]

    def known_file(self, library: LibraryId, file_key: str) -> list[KnownFile]:
        """What is remembered of the file with this `device:inode`, wherever it lay."""
        with self._writer.reading() as connection:
            found = connection.execute(KNOWN_FILE, (library, file_key))
            return [_known(row) for row in found]

    def checksum(self, library: LibraryId, known: KnownFile) -> str | None:
        """The SHA-256 of this file as it was when these facts were kept."""
        facts = (library, to_blob(known.path), known.file_key, known.bytes, known.modified_ns)
        with self._writer.reading() as connection:
            row = connection.execute(CHECKED, facts).fetchone()
        return row[0] if row else None

    def size(self, library: LibraryId) -> int:
        """How many assets the library has."""
        with self._writer.reading() as connection:
            count: int = connection.execute(SIZE, (library,)).fetchone()[0]
        return count

    def remove(self, assets: Iterable[AssetId]) -> None:
        """Forget assets whose files are gone. Decisions about them stay in the ledger."""
        with self._writer.atomic() as connection:
            connection.executemany(REMOVE, [(asset,) for asset in assets])

    def mark_missing(self, assets: Iterable[AssetId], why: str) -> None:
        """Keep assets whose files are gone until a person says that they may be forgotten."""
        with self._writer.atomic() as connection:
            connection.executemany(MARK_MISSING, [(why, asset) for asset in assets])

    def forget_missing(self, library: LibraryId) -> None:
        """A person said so: the missing ones go."""
        with self._writer.atomic() as connection:
            connection.execute(FORGET_MISSING, (library,))

    def rest(self) -> None:
        """Give memory back that was needed to look through everything; for after much work."""
        with self._writer.reading() as connection:
            connection.execute("PRAGMA shrink_memory")

    def remove_library(self, library: LibraryId) -> None:
        """Forget all assets of a library; no file is touched."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_LIBRARY, (library,))
            connection.execute(CLEAR_SKIPPED, (library,))
            connection.execute(FORGET_SYNC, (library,))
            connection.execute(FORGET_FOLDERS, (library,))

    def set_skipped(
        self, library: LibraryId, below: str, skipped: Iterable[tuple[str, str]]
    ) -> None:
        """Replace the (path, reason) list of what a scan below that folder had to skip."""
        with self._writer.atomic() as connection:
            if below:
                connection.execute(CLEAR_SKIPPED_BELOW, (library, *_span(below)))
            else:
                connection.execute(CLEAR_SKIPPED, (library,))
            rows = [(library, to_blob(path), reason) for path, reason in skipped]
            connection.executemany(PUT_SKIPPED, rows)

    def new_id(self, library: LibraryId, path: str) -> AssetId:
        """An identity that a rebuilt catalog gives again, unless another asset has it by now."""
        with self._writer.reading() as connection:
            for turn in range(1_000_000):
                asset = asset_id(library, path, turn)
                if connection.execute(ID_TAKEN, (asset,)).fetchone() is None:
                    return asset
        raise AssertionError("a million identities of one path are taken")

    def close(self) -> None:
        """Close the writer; readers are closed by their owners."""
        self._writer.close()


def _put(connection: sqlite3.Connection, file: SeenFile) -> None:
    (rowid,) = connection.execute(PUT, row_of(file)).fetchone()
    connection.execute(PUT_TEXT, (rowid, found_by(file.asset)))
    put_record(connection, file.asset.id, file.record, file.differs)


def asset_id(library: LibraryId, path: str, turn: int = 0) -> AssetId:
    """The identity of the asset first seen at `path`; `turn` tells later ones at it apart."""
    import hashlib  # noqa: PLC0415 - loads a library that who only reads does not need

    seed = f"{library}\0{turn}\0".encode() + to_blob(path)
    return AssetId(hashlib.sha256(seed).hexdigest()[:32])


def found_by(asset: Asset) -> str:
    """The folded text a search looks at: name, title, caption, keywords and creator."""
    parts = (shown(asset.name), asset.title, asset.caption, *asset.keywords, asset.creator)
    return "\n".join(fold(part) for part in parts if part)


def _span(folder: str) -> tuple[bytes, bytes, bytes]:
    """The folder itself, and the half-open range of everything below it ('0' follows '/')."""
    raw = to_blob(folder)
    return raw, raw + b"/", raw + b"0"


def _known(row: tuple[Any, ...]) -> KnownFile:
    identity, path, size, modified_ns, file_key, was_read, missing, sidecars = row
    return KnownFile(
        id=AssetId(identity),
        path=from_blob(path),
        bytes=size,
        modified_ns=modified_ns,
        file_key=file_key,
        was_read=bool(was_read),
        missing=bool(missing),
        sidecars=sidecars,
    )


def row_of(file: SeenFile) -> dict[str, object]:
    """The values of `PUT`."""
    asset, rights = file.asset, file.asset.rights
    size = asset.display_size
    return {
        **{column: getattr(asset, column, None) for column in COLUMNS},
        "path": to_blob(asset.path),
        "folder": to_blob(asset.folder),
        "name": shown(asset.name),
        "modified_ns": file.modified_ns,
        "file_key": file.file_key,
        "shape": None if size is None else _shape(*size).value,
        "keywords": json.dumps(asset.keywords, ensure_ascii=False),
        "dated": (asset.taken_at or asset.modified_at)[:10],
        "rights_from": rights.starts.isoformat() if rights.starts else None,
        "rights_until": rights.ends.isoformat() if rights.ends else None,
        "rights_unreadable": rights.unreadable,
        "restrictions": restrictions_text(asset.restrictions),
        "missing": 0,
        "sidecars": file.sidecars,
    }


def _shape(width: int, height: int) -> Orientation:
    if width == height:
        return Orientation.SQUARE
    return Orientation.LANDSCAPE if width > height else Orientation.PORTRAIT
