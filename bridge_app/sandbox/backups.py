"""Kept versions of assets, and what is remembered of assets that were deleted with such versions.

A version's file is a hard link: it costs no space while the version is the current one. Files
come before the rows that name them and go after them, as everywhere in the state.
"""

import os
from dataclasses import replace
from pathlib import Path

from bridge_app.sandbox.records import Key, StoredAsset
from bridge_app.sandbox.state import Environment

VERSIONS = "backup"
"""Asset ID -> its kept versions, as rows of assets, oldest first."""
DELETED = "deleted"
"""Resource type, delivery type and public ID -> the asset as it was."""


class Backups:
    """The kept versions of one environment's assets."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def sweep(self) -> None:
        """Remove the files nobody names: what a killed process left behind."""
        rows = self._environment.rows(VERSIONS)
        named = {version.content_name for asset_id in rows for version in self.versions(asset_id)}
        for file in self._environment.backups.iterdir():
            if file.name not in named:
                file.unlink()

    def keep(self, asset: StoredAsset) -> None:
        """Keep the version of an asset that is stored now."""
        versions = self.versions(asset.asset_id)
        if any(kept.version_id == asset.version_id for kept in versions):
            return
        os.link(self._environment.content(asset), self.file(asset))
        self._write(asset.asset_id, [*versions, asset])

    def versions(self, asset_id: str) -> list[StoredAsset]:
        """The kept versions, oldest first."""
        row = self._environment.row(VERSIONS, asset_id) or {"versions": []}
        return [StoredAsset.from_row(version) for version in row["versions"]]

    def file(self, version: StoredAsset) -> Path:
        """The bytes of a kept version."""
        return self._environment.backups / version.content_name

    def discard(self, asset_id: str, version_ids: set[str]) -> list[str]:
        """Forget versions for good; the IDs of those that were there.

        With its last version a deleted asset is forgotten as well.
        """
        before = self.versions(asset_id)
        gone = [version for version in before if version.version_id in version_ids]
        left = [version for version in before if version.version_id not in version_ids]
        self._write(asset_id, left)
        if not left:
            for key, row in self._environment.rows(DELETED).items():
                if row["asset_id"] == asset_id:
                    self._environment.delete_row(DELETED, key)
        for version in gone:
            self.file(version).unlink(missing_ok=True)
        return [version.version_id for version in gone]

    def delete(self, asset: StoredAsset) -> int:
        """Delete an asset, remembering it if versions are kept; how many derived files went."""
        if self.versions(asset.asset_id):
            self._environment.put_row(DELETED, _name(asset.key), asset.row())
        return self._environment.delete(asset)

    def deleted(self) -> list[StoredAsset]:
        """The assets that are gone and could be had back, in the order of their deletion."""
        return [StoredAsset.from_row(row) for row in self._environment.rows(DELETED).values()]

    def find_deleted(self, key: Key) -> StoredAsset | None:
        """The deleted asset of this name, if it could be had back."""
        row = self._environment.row(DELETED, _name(key))
        return StoredAsset.from_row(row) if row else None

    def find_deleted_id(self, asset_id: str) -> StoredAsset | None:
        """The deleted asset with this ID, if it could be had back."""
        return next((asset for asset in self.deleted() if asset.asset_id == asset_id), None)

    def forget_deleted(self, key: Key) -> None:
        """The asset is there again."""
        if self._environment.row(DELETED, _name(key)):
            self._environment.delete_row(DELETED, _name(key))

    def _write(self, asset_id: str, versions: list[StoredAsset]) -> None:
        if versions:
            rows = [version.row() for version in versions]
            self._environment.put_row(VERSIONS, asset_id, {"versions": rows})
        elif self._environment.row(VERSIONS, asset_id):
            self._environment.delete_row(VERSIONS, asset_id)


def restored(asset: StoredAsset, version: StoredAsset, *, version_id: str, at: int) -> StoredAsset:
    """The asset with the content of one of its kept versions, as its newest version."""
    return replace(
        asset,
        format=version.format,
        bytes=version.bytes,
        etag=version.etag,
        width=version.width,
        height=version.height,
        pages=version.pages,
        duration=version.duration,
        is_audio=version.is_audio,
        version=max(at, asset.version + 1),
        version_id=version_id,
        uploads=asset.uploads + 1,
    )


def _name(key: Key) -> str:
    return "/".join(key)
