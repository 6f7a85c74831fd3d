"""What was recorded at masters' services of what is published of them, and how it is recorded."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.write_back import Entry, entry_from, entry_text
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import PLACED_IN
from bridge_app.storage.shelters import WriteBackMode

ONE = """
    SELECT account, media_id, asset, mode, gallery, document, document_name, digest, written_at
    FROM write_back
"""
OF_MEDIA = ONE + "WHERE account = ? AND media_id = ?"
OF_ASSET = ONE + "WHERE asset = ?"
IN_GALLERY = """
    SELECT media_id FROM write_back
    WHERE account = ? AND gallery = ? AND document_name = ? AND media_id <> ?
"""
PUT = """
    INSERT OR REPLACE INTO write_back (account, media_id, asset, mode, gallery, document,
        document_name, digest, written_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ENTRIES = """
    SELECT told, withdrawn_at, file, file_name FROM write_back_entry
    WHERE account = ? AND media_id = ? ORDER BY entry
"""
PUT_ENTRY = """
    INSERT OR REPLACE INTO write_back_entry (account, media_id, entry, told, withdrawn_at, file,
        file_name)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
MODES = "SELECT container, mode FROM write_back_mode WHERE account = ?"
SET_MODE = "INSERT OR REPLACE INTO write_back_mode (account, container, mode) VALUES (?, ?, ?)"
DROP_MODE = "DELETE FROM write_back_mode WHERE account = ? AND container = ?"
COPIES = f"""
    {PLACED_IN}
    SELECT d.environment, d.public_id, d.resource_type, d.delivery_type, d.version, d.asset_id,
        d.format, d.etag, d.sha256, d.bytes, d.url, d.delivered_at
    FROM known CROSS JOIN placement AS p ON p.environment = known.environment
    CROSS JOIN delivery AS d ON d.environment = p.environment
        AND d.resource_type IN ('image', 'video', 'raw') AND d.public_id = p.public_id
    WHERE p.asset = ? ORDER BY d.delivered_at DESC, d.environment
"""
WRITTEN = """
    SELECT asset FROM write_back
    WHERE ? IS NULL OR asset IN (SELECT value FROM json_each(?))
"""
PLACED = "SELECT asset FROM placement WHERE environment = ? AND public_id = ?"
PUBLISHED = """
    SELECT p.asset FROM placement AS p JOIN delivery AS d
    ON d.environment = p.environment AND d.public_id = p.public_id
    UNION SELECT asset FROM rendition UNION SELECT asset FROM write_back
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEntry:
    """A rendition as it was recorded; `file` is the service's ID of its file there, or ""."""

    entry: Entry
    file: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was recorded of one master. `written_at` is ISO 8601 in UTC.

    `gallery` is where the `document` lies, both by the service's IDs; "" in link mode. `digest`
    is that of the record that was written last.
    """

    account: str
    media_id: str
    asset: AssetId
    mode: WriteBackMode
    gallery: str = ""
    document: str = ""
    document_name: str = ""
    digest: str
    written_at: str
    entries: tuple[WrittenEntry, ...] = ()


class WriteBacks:
    """The record of write-backs; thread-safe. On disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def written(self, account: str, media_id: str) -> Written | None:
        """What was recorded of a master; None if nothing was."""
        return self._found(OF_MEDIA, (account, media_id))

    def of_asset(self, asset: AssetId) -> Written | None:
        """The same by our identity of the master."""
        return self._found(OF_ASSET, (asset,))

    def record(self, written: Written) -> None:
        """What is recorded there now."""
        key = (written.account, written.media_id)
        with self._writer.atomic() as connection:
            connection.execute(
                PUT,
                (
                    *key,
                    written.asset,
                    written.mode.value,
                    written.gallery,
                    written.document,
                    written.document_name,
                    written.digest,
                    written.written_at,
                ),
            )
            connection.executemany(
                PUT_ENTRY, [(*key, *_entry_values(one)) for one in written.entries]
            )

    def note_file(self, account: str, media_id: str, one: WrittenEntry) -> None:
        """A rendition's file is there, although its record is not written yet."""
        with self._writer.atomic() as connection:
            connection.execute(PUT_ENTRY, (account, media_id, *_entry_values(one)))

    def entries(self, account: str, media_id: str) -> tuple[WrittenEntry, ...]:
        """The renditions that were recorded of a master, or whose files are there."""
        with self._writer.reading() as connection:
            found = connection.execute(ENTRIES, (account, media_id)).fetchall()
        return tuple(map(_written_entry, found))

    def recorded(self, among: Iterable[AssetId] | None = None) -> frozenset[AssetId]:
        """The masters of which something was recorded: all, or those of these."""
        told = None if among is None else json.dumps(list(among))
        with self._writer.reading() as connection:
            return frozenset(AssetId(row[0]) for row in connection.execute(WRITTEN, (told, told)))

    def is_taken(self, account: str, gallery: str, name: str, media_id: str) -> bool:
        """Has another master its document of this name in this gallery?"""
        with self._writer.reading() as connection:
            found = connection.execute(IN_GALLERY, (account, gallery, name, media_id))
            return found.fetchone() is not None

    # How

    def modes(self, account: str) -> Mapping[str, WriteBackMode]:
        """What was chosen for containers of an account, by their IDs."""
        with self._writer.reading() as connection:
            found = connection.execute(MODES, (account,)).fetchall()
        return {container: WriteBackMode(mode) for container, mode in found}

    def set_mode(self, account: str, container: str, mode: WriteBackMode | None) -> None:
        """Choose for a container and what lies below it; None: as above it."""
        with self._writer.atomic() as connection:
            if mode is None:
                connection.execute(DROP_MODE, (account, container))
            else:
                connection.execute(SET_MODE, (account, container, mode.value))

    # What is published

    def copies(self, asset: AssetId) -> tuple[CloudCopy, ...]:
        """Where a master is delivered, in any environment and version, the newest first."""
        with self._writer.reading() as connection:
            found = connection.execute(COPIES, (asset,)).fetchall()
        return tuple(_copy(row) for row in found)

    def placed(self, environment: str, public_id: str) -> tuple[AssetId, ...]:
        """The masters whose place at delivery this is, whether anything is there or not."""
        with self._writer.reading() as connection:
            found = connection.execute(PLACED, (environment, public_id)).fetchall()
        return tuple(AssetId(row[0]) for row in found)

    def concerned(self) -> frozenset[AssetId]:
        """All masters of which something is or was published, of any library."""
        with self._writer.reading() as connection:
            return frozenset(AssetId(row[0]) for row in connection.execute(PUBLISHED))

    def _found(self, sql: str, values: Sequence[object]) -> Written | None:
        with self._writer.reading() as connection:
            row = connection.execute(sql, values).fetchone()
        if row is None:
            return None
        account, media_id, asset, mode, gallery, document, name, digest, written_at = row
        return Written(
            account=account,
            media_id=media_id,
            asset=AssetId(asset),
            mode=WriteBackMode(mode),
            gallery=gallery,
            document=document,
            document_name=name,
            digest=digest,
            written_at=written_at,
            entries=self.entries(account, media_id),
        )


def _entry_values(one: WrittenEntry) -> tuple[str, ...]:
    entry = one.entry
    return (entry.key, entry_text(entry), entry.withdrawn_at, one.file, one.file_name)


def _written_entry(row: tuple[str, str, str, str]) -> WrittenEntry:
    told, _, file, file_name = row
    return WrittenEntry(entry=entry_from(told), file=file, file_name=file_name)


def _copy(row: Sequence[Any]) -> CloudCopy:
    environment, public_id, resource_type, delivery_type, version, asset_id = row[:6]
    form, etag, sha256, size, url = row[6:11]
    return CloudCopy(
        environment=environment,
        public_id=public_id,
        resource_type=resource_type,
        delivery_type=delivery_type,
        version=version,
        asset_id=asset_id,
        format=form,
        etag=etag,
        sha256=sha256,
        bytes=size,
        url=url,
    )
