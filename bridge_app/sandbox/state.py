"""One product environment: its assets, derived files, folders and presets, in memory and on disk.

Content is moved into place before the row that names it is written, and removed after the row
is gone; so a process killed at any instant leaves whole assets and, at worst, a file nobody
names, which the next start sweeps away.
"""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from bridge_app.sandbox.files import Received
from bridge_app.sandbox.journal import Change, Journal, Row
from bridge_app.sandbox.records import Derived, Folder, Key, StoredAsset, UploadPreset

DerivedKey = tuple[str, str, str, str]
"""Asset ID, transformation, extension, variant."""

KEYED = "row/"
"""What the journal's names of the keyed tables begin with."""


class Environment:
    """What one cloud name holds.

    Written by the server's event loop alone; `assets()` may be called from any thread. The
    methods that write take whole new values and are all or nothing.

    `incoming` is where requests put files that are not yet anything, emptied at every start;
    `chunks` where unfinished chunked uploads wait, across restarts; `backups` where the files of
    kept versions are; `revision` grows with every write.
    """

    def __init__(self, directory: Path) -> None:
        self.incoming = directory / "incoming"
        self.chunks = directory / "chunks"
        self.backups = directory / "backups"
        self._content = directory / "content"
        self._renditions = directory / "derived"
        self._journal = Journal(directory / "journal.jsonl")
        self._lock = threading.Lock()
        self._sha256: dict[str, str] = {}
        self.revision = 0
        self.on_change: Callable[[StoredAsset | None, StoredAsset | None], object] = _nobody
        """Told of every asset that was stored, changed or deleted: before, after."""
        self._forget()

    def _forget(self) -> None:
        """Empty the memory; the disk stays."""
        self._assets: dict[str, StoredAsset] = {}
        self._by_key: dict[Key, str] = {}
        self._derived: dict[str, dict[DerivedKey, Derived]] = {}
        self._folders: dict[str, Folder] = {}
        self._presets: dict[str, UploadPreset] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self._serial = 0

    def open(self) -> None:
        """Read the disk and get ready to write.

        Raises:
            InvalidInputError: Another sandbox has the folder open.
            OSError: The folder cannot be read or written.
        """
        for folder in (self.incoming, self.chunks, self.backups, self._content, self._renditions):
            folder.mkdir(parents=True, exist_ok=True)
        tables = self._journal.open()
        with self._lock:
            self._forget()
            for row in tables.get("asset", {}).values():
                self._remember(StoredAsset.from_row(row))
            for row in tables.get("derived", {}).values():
                self._remember_derived(Derived.from_row(row))
            for row in tables.get("folder", {}).values():
                self._folders[row["path"]] = Folder.from_row(row)
            for row in tables.get("preset", {}).values():
                self._presets[row["name"]] = UploadPreset.from_row(row)
            for name, rows in tables.items():
                if name.startswith(KEYED):
                    self._rows[name.removeprefix(KEYED)] = rows
        self._sweep()

    def close(self) -> None:
        """Stop writing. What is in memory can still be read."""
        self._journal.close()

    def content(self, asset: StoredAsset) -> Path:
        """The file with this version's bytes."""
        return self._content / asset.content_name

    def rendition(self, derived: Derived) -> Path:
        """The file with the rendered bytes."""
        return self._renditions / derived.id

    # Assets

    def assets(self) -> list[StoredAsset]:
        """Every asset, in order of creation."""
        with self._lock:
            return list(self._assets.values())

    def assets_with_sha256(self) -> list[StoredAsset]:
        """Every asset with the SHA-256 of its content; empty for what is replaced meanwhile."""
        return [replace(asset, sha256=self._sha256_of(asset)) for asset in self.assets()]

    def _sha256_of(self, asset: StoredAsset) -> str:
        name = asset.content_name
        if name not in self._sha256:
            try:
                with self.content(asset).open("rb") as file:
                    self._sha256[name] = hashlib.file_digest(file, "sha256").hexdigest()
            except FileNotFoundError:
                return ""
        return self._sha256[name]

    def find(self, key: Key) -> StoredAsset | None:
        """The asset a delivery URL names."""
        return self._assets.get(self._by_key.get(key, ""))

    def find_id(self, asset_id: str) -> StoredAsset | None:
        """The asset with this immutable ID."""
        return self._assets.get(asset_id)

    def next_serial(self) -> int:
        """A number above every asset's."""
        return self._serial + 1

    def store(self, asset: StoredAsset, content: Received, folders: Iterable[Folder] = ()) -> None:
        """Keep an asset, new or a new version; derived files of the old one are dropped."""
        before = self._assets.get(asset.asset_id)
        target = self.content(asset)
        dropped = self.derived_of(asset.asset_id)
        try:
            content.keep(target)
            self._write(
                [
                    *(("folder", folder.path, folder.row()) for folder in folders),
                    *(("derived", derived.id, None) for derived in dropped),
                    ("asset", asset.asset_id, asset.row()),
                ],
                lambda: self._keep(asset, folders),
            )
        except OSError:
            target.unlink(missing_ok=True)
            raise
        self._unlink(dropped)
        if before is not None:
            self.content(before).unlink(missing_ok=True)
        self.on_change(before, asset)

    def change(self, asset: StoredAsset, folders: Iterable[Folder] = ()) -> None:
        """Keep new facts about stored content; a changed key drops the derived files."""
        before = self._assets[asset.asset_id]
        dropped = [] if before.key == asset.key else self.derived_of(asset.asset_id)
        self._write(
            [
                *(("folder", folder.path, folder.row()) for folder in folders),
                *(("derived", derived.id, None) for derived in dropped),
                ("asset", asset.asset_id, asset.row()),
            ],
            lambda: self._keep(asset, folders, keep_derived=not dropped),
        )
        self._unlink(dropped)
        self.on_change(before, asset)

    def delete(self, asset: StoredAsset) -> int:
        """Remove an asset with all that was derived from it; how many of those there were."""
        dropped = self.derived_of(asset.asset_id)
        self._write(
            [
                *(("derived", derived.id, None) for derived in dropped),
                ("asset", asset.asset_id, None),
            ],
            lambda: self._drop(asset),
        )
        self._unlink(dropped)
        self.content(asset).unlink(missing_ok=True)
        self.on_change(asset, None)
        return len(dropped)

    # Derived files

    def derived_of(self, asset_id: str) -> list[Derived]:
        """What was rendered of the asset's current version, oldest first."""
        return list(self._derived.get(asset_id, {}).values())

    def find_derived(self, key: DerivedKey) -> Derived | None:
        """The rendered file of exactly this request."""
        return self._derived.get(key[0], {}).get(key)

    def store_derived(self, derived: Derived, data: bytes) -> None:
        """Keep a rendered file of an asset that is there."""
        self.rendition(derived).write_bytes(data)
        self._write(
            [("derived", derived.id, derived.row())], lambda: self._remember_derived(derived)
        )

    def delete_derived(self, derived: Iterable[Derived]) -> None:
        """Remove rendered files; they are made again when asked for."""
        gone = list(derived)

        def forget() -> None:
            for one in gone:
                self._derived[one.asset_id].pop(derived_key(one))

        self._write([("derived", one.id, None) for one in gone], forget)
        self._unlink(gone)

    # Folders and presets

    def folders(self) -> dict[str, Folder]:
        """Every folder by path."""
        return dict(self._folders)

    def folder(self, path: str) -> Folder | None:
        """The folder at a path."""
        return self._folders.get(path)

    def create_folders(self, folders: Iterable[Folder]) -> None:
        """Keep new folders."""
        new = {folder.path: folder for folder in folders}
        self._write(
            [("folder", path, folder.row()) for path, folder in new.items()],
            lambda: self._folders.update(new),
        )

    def delete_folders(self, paths: Iterable[str]) -> None:
        """Remove folders that exist."""
        gone = list(paths)

        def forget() -> None:
            for path in gone:
                self._folders.pop(path)

        self._write([("folder", path, None) for path in gone], forget)

    def presets(self) -> dict[str, UploadPreset]:
        """Every upload preset by name."""
        return dict(self._presets)

    def put_preset(self, preset: UploadPreset) -> None:
        """Create or replace an upload preset."""
        self._write(
            [("preset", preset.name, preset.row())],
            lambda: self._presets.update({preset.name: preset}),
        )

    def delete_preset(self, name: str) -> None:
        """Remove an upload preset that exists."""
        self._write([("preset", name, None)], lambda: self._presets.pop(name))

    # Everything else: tables of JSON rows

    def rows(self, table: str) -> dict[str, Row]:
        """A table's rows by key, in order of creation; a table nobody wrote to is empty.

        The rows are not copies: a changed one is put back as a new value.
        """
        with self._lock:
            return dict(self._rows.get(table, {}))

    def row(self, table: str, key: str) -> Row | None:
        """One row of a table."""
        return self._rows.get(table, {}).get(key)

    def put_row(self, table: str, key: str, row: Row) -> None:
        """Create or replace a row of plain JSON."""
        self._write(
            [(KEYED + table, key, row)],
            lambda: self._rows.setdefault(table, {}).update({key: row}),
        )

    def delete_row(self, table: str, key: str) -> None:
        """Remove a row that exists."""
        self._write([(KEYED + table, key, None)], lambda: self._rows[table].pop(key))

    # Disk first, memory after

    def _write(self, changes: list[Change], apply: Callable[[], object]) -> None:
        with self._lock:
            if changes:
                self._journal.append(changes)
            apply()
            self.revision += 1

    def _keep(
        self, asset: StoredAsset, folders: Iterable[Folder], *, keep_derived: bool = False
    ) -> None:
        self._folders.update({folder.path: folder for folder in folders})
        if not keep_derived:
            self._derived.pop(asset.asset_id, None)
        self._remember(asset)

    def _remember(self, asset: StoredAsset) -> None:
        before = self._assets.get(asset.asset_id)
        if before is not None and before.key != asset.key:
            del self._by_key[before.key]
        comes_late = before is None and asset.serial < self._serial
        self._assets[asset.asset_id] = asset
        if comes_late:
            # A deleted asset that is had back takes its old place.
            ordered = sorted(self._assets.values(), key=lambda one: one.serial)
            self._assets = {one.asset_id: one for one in ordered}
        self._by_key[asset.key] = asset.asset_id
        self._serial = max(self._serial, asset.serial)

    def _remember_derived(self, derived: Derived) -> None:
        self._derived.setdefault(derived.asset_id, {})[derived_key(derived)] = derived

    def _drop(self, asset: StoredAsset) -> None:
        del self._assets[asset.asset_id], self._by_key[asset.key]
        self._derived.pop(asset.asset_id, None)

    def _unlink(self, dropped: Iterable[Derived]) -> None:
        for derived in dropped:
            self.rendition(derived).unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Remove the files nobody names: what a killed process left behind."""
        # A thread of the run before may be writing its last file there; the next start has it.
        shutil.rmtree(self.incoming, ignore_errors=True)
        self.incoming.mkdir(exist_ok=True)
        named = {asset.content_name for asset in self._assets.values()}
        named |= {derived.id for rows in self._derived.values() for derived in rows.values()}
        for folder in (self._content, self._renditions):
            for file in folder.iterdir():
                if file.name not in named:
                    file.unlink()


def _nobody(_before: StoredAsset | None, _after: StoredAsset | None) -> None:
    """Who is told when nobody wants to know."""


def derived_key(derived: Derived) -> DerivedKey:
    """What a rendered file is looked up by."""
    return derived.asset_id, derived.transformation, derived.extension, derived.variant
