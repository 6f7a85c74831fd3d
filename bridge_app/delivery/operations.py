"""What is done to stored assets: other names and places, deletion and its undoing, versions.

Every call names an asset by what a read of its immutable ID said just before; nothing here relies
on the search index, which follows writes by seconds. Source: reference/cloudinary.md 3.5, 4.5,
4.6, 4.12, 11 and 12.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cloudinary.api
import cloudinary.uploader
from cloudinary.utils import download_backedup_asset

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.asset_answers import cloud_asset, cursor_in, items, object_of, text_in
from bridge_app.delivery.derived_renditions import IN_THE_BACKGROUND
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.delivery.links import CannotSignError
from bridge_app.delivery.listing import Listing
from bridge_app.domain.cloud import AccessRule, CloudAsset, FolderMode
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, RefusedByServiceError

Call = Callable[..., Mapping[str, Any]]
RELATED_AT_ONCE = 10


class NoBackupError(RefusedByServiceError):
    """There is nothing to bring back."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} keeps no backup of {name}: it cannot be brought back from there. Push the "
        "master again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetVersion:
    """A kept version. `at` is when it was stored, ISO 8601; `restorable` whether it is kept."""

    version_id: str
    version: int
    format: str
    bytes: int
    at: str
    restorable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAsset:
    """An asset as it is now, with its kept versions, newest first."""

    asset: CloudAsset
    versions: tuple[AssetVersion, ...] = ()


class Operations:
    """Changes of one environment's assets. Methods block, on any thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self.environment = credentials.account.environment

    def now(self, asset_id: str, mode: FolderMode) -> KeptAsset | None:
        """The asset as it is now; None if there is none. Deleted ones with backups are there."""
        with cloudinary_errors():
            try:
                reply = self._call(
                    cloudinary.api.resource_by_asset_id,
                    asset_id,
                    media_metadata=True,
                    versions=True,
                )
            except cloudinary.api.NotFound:
                return None
        asset = cloud_asset(reply, self.environment, mode)
        return KeptAsset(asset=asset, versions=tuple(_versions(reply)))

    def rename(self, asset: CloudAsset, public_id: str) -> str:
        """Another public ID; nothing that has it already is replaced. Old addresses end.

        Returns the new address.
        """
        reply = self._ask(
            cloudinary.uploader.rename,
            asset.public_id,
            public_id,
            resource_type=asset.resource_type,
            type=asset.delivery_type,
            overwrite=False,
            invalidate=True,
        )
        return text_in(reply, "secure_url") or text_in(reply, "url")

    def move(self, asset: CloudAsset, folder: str) -> None:
        """Another asset folder; dynamic mode only. No address changes."""
        self._update(asset, asset_folder=folder or "/")

    def has_folder(self, path: str) -> bool:
        """Is there such a folder, empty or not?"""
        with cloudinary_errors():
            try:
                self._call(cloudinary.api.subfolders, path, max_results=1)
            except cloudinary.api.NotFound:
                return False
        return True

    def move_folder(self, path: str, to: str) -> None:
        """Another path for a folder with all that is in it; dynamic mode only. No address changes.

        Source: reference/cloudinary.md 4.2 and 7.
        """
        self._ask(cloudinary.api.rename_folder, path, to)

    def leave_folder(self, path: str, to: str) -> bool:
        """Have a folder go, if nothing is in it; False where something is, or the key may not.

        The service deletes the empty folders below with it, so these are made anew below `to`.
        Source: reference/cloudinary.md 4.7.
        """
        for below in self._below(path):
            self._ask(cloudinary.api.create_folder, to + below[len(path) :])
        try:
            self._ask(cloudinary.api.delete_folder, path)
        except RefusedByServiceError:
            return False
        return True

    def _below(self, path: str) -> Iterator[str]:
        """The folders below one, each after the one it is in."""
        cursor: str | None = None
        while True:
            more = {"next_cursor": cursor} if cursor else {}
            reply = self._ask(cloudinary.api.subfolders, path, max_results=500, **more)
            for one in items(reply, "folders"):
                yield text_in(one, "path")
                yield from self._below(text_in(one, "path"))
            cursor = cursor_in(reply, cursor)
            if not cursor:
                return

    def title(self, asset: CloudAsset, display_name: str) -> None:
        """Another display name; dynamic mode only. No address changes."""
        self._update(asset, display_name=display_name)

    def delete(self, asset_ids: Sequence[str]) -> None:
        """Delete up to 100 assets, with everything derived, and on the CDN too."""
        self._ask(cloudinary.api.delete_resources_by_asset_ids, list(asset_ids), invalidate=True)

    def there(self, asset_ids: Sequence[str], mode: FolderMode) -> dict[str, CloudAsset]:
        """Those of at most 100 assets that exist now, by ID; deleted ones are not among them."""
        found = Listing(self._credentials).by_ids(asset_ids, mode)
        return {asset.asset_id: asset for asset in found}

    def restore(self, versions: Mapping[str, str]) -> frozenset[str]:
        """Bring back up to 100 assets: asset ID to version ID, "" for the newest kept one.

        Returns the asset IDs of those that have no backup.
        """
        chosen = list(versions.values())
        reply = self._ask(
            cloudinary.api.restore_by_asset_ids,
            list(versions),
            **({"versions": chosen} if any(chosen) else {}),
        )
        return frozenset(one for one in versions if _is_refused(reply.get(one)))

    def refresh(self, asset: CloudAsset, transformations: Iterable[str]) -> None:
        """Have these derived anew, and every copy on the CDN dropped."""
        wanted = [{"raw_transformation": text} for text in transformations]
        how = {"eager": wanted, **IN_THE_BACKGROUND.get(asset.resource_type, {})} if wanted else {}
        self._ask(
            cloudinary.uploader.explicit,
            asset.public_id,
            resource_type=asset.resource_type,
            type=asset.delivery_type,
            invalidate=True,
            **how,
        )

    def relate(self, asset: CloudAsset, others: Sequence[str]) -> None:
        """Relate it to other assets by their IDs; those that are related already stay so."""
        self._in_tens(cloudinary.api.add_related_assets_by_asset_ids, asset, others)

    def unrelate(self, asset: CloudAsset, others: Sequence[str]) -> None:
        """End relations."""
        self._in_tens(cloudinary.api.delete_related_assets_by_asset_ids, asset, others)

    def related(self, asset_id: str, mode: FolderMode) -> tuple[CloudAsset, ...]:
        """The assets it is related to."""
        found: list[CloudAsset] = []
        cursor: str | None = None
        while True:
            reply = self._ask(
                cloudinary.api.resource_by_asset_id,
                asset_id,
                related=True,
                **({"related_next_cursor": cursor} if cursor else {}),
            )
            told = items(reply, "related_assets") if "related_assets" in reply else ()
            found.extend(cloud_asset(one, self.environment, mode) for one in told)
            cursor = cursor_in(reply, cursor, name="related_next_cursor")
            if not cursor:
                return tuple(found)

    def set_access(self, asset: CloudAsset, rules: Iterable[AccessRule]) -> None:
        """Who may have it, and when; no rules: everybody, always."""
        told = [
            {"access_type": rule.access_type}
            | ({"start": rule.start} if rule.start else {})
            | ({"end": rule.end} if rule.end else {})
            for rule in rules
        ]
        self._update(asset, access_control=told)

    def moderate(self, asset: CloudAsset, status: str) -> None:
        """Approve or reject it, whatever automatic moderation said."""
        self._update(asset, moderation_status=status)

    def version_url(self, asset_id: str, version_id: str) -> str:
        """Where a kept version can be downloaded for an hour. Raises CannotSignError."""
        if not self._credentials.can_sign:
            raise CannotSignError
        options = self._credentials.options()
        return str(download_backedup_asset(asset_id, version_id, **options))

    def download_version(
        self, asset_id: str, version_id: str, into: Path, fetch: Callable[[str, Path], int]
    ) -> int:
        """Write a kept version to a file that appears whole or not at all; its size in bytes.

        A file that is there already is never replaced.
        """
        part = into.with_name(into.name + ".part")
        try:
            size = fetch(self.version_url(asset_id, version_id), part)
            into.hardlink_to(part)
        except FileExistsError as error:
            raise RefusedByServiceError(
                service=SERVICE, detail=f"{into.name} exists here already"
            ) from error
        finally:
            part.unlink(missing_ok=True)
        return size

    def _in_tens(self, call: Call, asset: CloudAsset, others: Sequence[str]) -> None:
        for start in range(0, len(others), RELATED_AT_ONCE):
            self._ask(call, asset.asset_id, list(others[start : start + RELATED_AT_ONCE]))

    def _update(self, asset: CloudAsset, **wanted: object) -> None:
        self._ask(
            cloudinary.api.update,
            asset.public_id,
            resource_type=asset.resource_type,
            type=asset.delivery_type,
            **wanted,
        )

    def _ask(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        with cloudinary_errors():
            return self._call(call, *values, **options)

    def _call(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        return object_of(lambda: call(*values, **options, **self._credentials.options()))


def _is_refused(answer: object) -> bool:
    """Does the answer about one asset say that it was not restored?"""
    return isinstance(answer, Mapping) and bool(answer.get("error"))


def _order(version: Mapping[str, Any]) -> tuple[str, int]:
    """Of several in one second the number, which rises, says which came later."""
    number = str(version.get("version") or "0")
    return str(version.get("time") or ""), int(number) if number.isdecimal() else 0


def _versions(reply: Mapping[str, Any]) -> Iterator[AssetVersion]:
    """The kept versions of an asset's details, newest first."""
    told = items(reply, "versions") if "versions" in reply else ()
    found = [one for one in told if isinstance(one, Mapping)]
    for one in sorted(found, key=_order, reverse=True):
        size, number = one.get("size"), str(one.get("version") or "0")
        yield AssetVersion(
            version_id=text_in(one, "version_id"),
            version=int(number) if number.isdecimal() else 0,
            format=text_in(one, "format"),
            bytes=size if isinstance(size, int) else 0,
            at=text_in(one, "time"),
            restorable=bool(one.get("restorable", True)),
        )
