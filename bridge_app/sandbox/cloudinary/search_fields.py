"""The fields of assets and of folders that search expressions and sorting may name.

Source: reference/cloudinary.md 5.4 and 5.7.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from bridge_app.sandbox.cloudinary import search_values as values
from bridge_app.sandbox.cloudinary.findings import embedded
from bridge_app.sandbox.cloudinary.metadata_values import Schema
from bridge_app.sandbox.cloudinary.naming import FolderMode
from bridge_app.sandbox.cloudinary.search_analysis import Analyses, analysis_field
from bridge_app.sandbox.cloudinary.search_match import Kind, SearchField
from bridge_app.sandbox.cloudinary.search_places import NOTHING, Inside
from bridge_app.sandbox.records import Folder, StoredAsset

AssetField = SearchField[StoredAsset]
METADATA_KINDS = {
    "string": Kind.TEXT,
    "integer": Kind.NUMBER,
    "date": Kind.DATE,
    "enum": Kind.NAME,
    "set": Kind.NAME,
}


def instant(text: str) -> datetime:
    """A time as it is kept, ISO 8601 with Z, or a date."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def filename(asset: StoredAsset) -> str:
    """The last part of the public ID, without the extension that raw ones have."""
    last = asset.public_id.rpartition("/")[2]
    return last.rpartition(".")[0] or last if asset.resource_type == "raw" else last


def uploaded_at(asset: StoredAsset) -> datetime:
    """When the present version came."""
    return datetime.fromtimestamp(asset.version, UTC)


def aspect_ratio(asset: StoredAsset) -> float | None:
    """Width by height."""
    return asset.width / asset.height if asset.width and asset.height else None


def pixels(asset: StoredAsset) -> int | None:
    """Width times height."""
    return asset.width * asset.height if asset.width and asset.height else None


def current_moderation(asset: StoredAsset) -> Mapping[str, Any]:
    """The moderation that waits for a decision, or else the last one; empty for none."""
    waiting = (one for one in asset.moderation if one.get("status") in {"pending", "queued"})
    return next(waiting, asset.moderation[-1] if asset.moderation else {})


def _one(read: Callable[[StoredAsset], Any]) -> Callable[[StoredAsset], Iterable[Any]]:
    """A single value as a list of values; None and an empty text as none."""

    def values_of(asset: StoredAsset) -> Iterable[Any]:
        value = read(asset)
        return () if value is None or value == "" else (value,)

    return values_of


def _field(
    kind: Kind, read: Callable[[StoredAsset], Any], units: values.Units = values.PLAIN
) -> AssetField:
    return SearchField(kind, _one(read), units)


def _moment(name: str) -> AssetField:
    """A time among those of the last changes."""

    def read(asset: StoredAsset) -> datetime | None:
        text = asset.last_updated.get(name)
        return instant(text) if text else None

    return _field(Kind.DATE, read)


def _place(asset: StoredAsset) -> tuple[str]:
    """The folder; the root has an empty name, which can be searched for."""
    return (asset.asset_folder,)


ASSET_FIELDS: Mapping[str, AssetField] = {
    "public_id": _field(Kind.NAME, lambda asset: asset.public_id),
    "asset_id": _field(Kind.NAME, lambda asset: asset.asset_id),
    "filename": _field(Kind.TEXT, filename),
    "tags": SearchField(Kind.TEXT, lambda asset: asset.tags),
    "context": SearchField(Kind.NAME, lambda asset: asset.context),
    "format": _field(Kind.CODE, lambda asset: asset.format),
    "resource_type": _field(Kind.NAME, lambda asset: asset.resource_type),
    "type": _field(Kind.NAME, lambda asset: asset.type),
    "access_mode": _field(Kind.NAME, lambda asset: asset.access_mode),
    "moderation_kind": _field(Kind.NAME, lambda asset: current_moderation(asset).get("kind")),
    "moderation_status": _field(Kind.NAME, lambda asset: current_moderation(asset).get("status")),
    "bytes": _field(Kind.NUMBER, lambda asset: asset.bytes, values.SIZES),
    "width": _field(Kind.NUMBER, lambda asset: asset.width, values.PIXELS),
    "height": _field(Kind.NUMBER, lambda asset: asset.height, values.PIXELS),
    "pixels": _field(Kind.NUMBER, pixels, values.PIXELS),
    "pages": _field(Kind.NUMBER, lambda asset: asset.pages),
    "duration": _field(Kind.NUMBER, lambda asset: asset.duration, values.SECONDS),
    "aspect_ratio": _field(Kind.RATIO, aspect_ratio),
    "created_at": _field(Kind.DATE, lambda asset: instant(asset.created_at)),
    "uploaded_at": _field(Kind.DATE, uploaded_at),
    "last_updated": _moment("updated_at"),
    "created_by": _field(Kind.NAME, lambda asset: asset.api_key),
    "uploaded_by": _field(Kind.NAME, lambda asset: asset.api_key),
    "etag": _field(Kind.NAME, lambda asset: asset.etag),
    "face_count": _field(Kind.NUMBER, lambda asset: len(asset.coordinates.get("faces", ()))),
}
"""Those that both folder modes have; the times of changes are `last_updated.…` besides."""


class AssetFields:
    """The fields of a product environment's assets.

    `deleted` are the IDs of those that are gone; `backup_bytes` is the size of kept versions,
    `analyses` what was measured of pictures, `insides` what files say of when and where.
    """

    def __init__(
        self,
        schema: Schema,
        folder_mode: FolderMode,
        *,
        deleted: frozenset[str],
        backup_bytes: Callable[[StoredAsset], int],
        analyses: Analyses | None = None,
        insides: Mapping[str, Inside] | None = None,
    ) -> None:
        self._schema = schema
        inside = insides or {}
        self._analyses = analyses or {}
        place = SearchField(Kind.PATH, _place)
        self._fields: Mapping[str, AssetField] = {
            **ASSET_FIELDS,
            "status": SearchField(
                Kind.NAME,
                lambda asset: ("deleted" if asset.asset_id in deleted else "active",),
            ),
            "backup_bytes": _field(Kind.NUMBER, backup_bytes, values.SIZES),
            "taken_at": _field(
                Kind.DATE, lambda asset: inside.get(asset.version_id, NOTHING).taken_at
            ),
            "location": _field(
                Kind.PLACE, lambda asset: inside.get(asset.version_id, NOTHING).location
            ),
            "initial_dpi": _field(
                Kind.NUMBER, lambda asset: inside.get(asset.version_id, NOTHING).initial_dpi
            ),
            "metadata": SearchField(Kind.NAME, lambda asset: schema.shown(asset.metadata)),
            **(
                {"folder": place}
                if folder_mode == "fixed"
                else {
                    "asset_folder": place,
                    "display_name": _field(Kind.TEXT, lambda asset: asset.display_name),
                }
            ),
        }

    def field(self, name: str) -> AssetField | None:
        """The field of this name; None if there is none."""
        group, _, key = name.partition(".")
        if not key and name in self._fields:
            return self._fields[name]
        match group:
            case "context":
                return _field(Kind.TEXT, lambda asset: asset.context.get(key))
            case "metadata":
                return self._metadata(key)
            case "image_metadata":
                return _field(Kind.TEXT, lambda asset: embedded(asset).get(key))
            case "last_updated":
                return _moment(key)
            case _:
                return analysis_field(name, self._analyses)

    def texts(self) -> AssetField:
        """The fields of free text, with the values of context and metadata."""
        return SearchField(Kind.TEXT, self._texts)

    def _texts(self, asset: StoredAsset) -> Iterable[str]:
        yield from (asset.public_id, asset.display_name, asset.asset_folder)
        yield from asset.tags
        yield from asset.context.values()
        for value in self._schema.shown(asset.metadata).values():
            yield from value if isinstance(value, list) else (str(value),)

    def _metadata(self, external_id: str) -> AssetField | None:
        one = self._schema.fields.get(external_id)
        if one is None:
            return None

        def read(asset: StoredAsset) -> Iterable[Any]:
            value = self._schema.shown(asset.metadata).get(external_id)
            if value is None:
                return ()
            if one.type == "date":
                return (instant(str(value)),)
            return value if isinstance(value, list) else (value,)

        return SearchField(METADATA_KINDS[one.type], read)


FOLDER_FIELDS: Mapping[str, SearchField[Folder]] = {
    "name": SearchField(Kind.TEXT, lambda folder: (folder.path.rpartition("/")[2],)),
    "path": SearchField(Kind.PATH, lambda folder: (folder.path,)),
    "id": SearchField(Kind.NAME, lambda folder: (folder.external_id,)),
    "created_at": SearchField(Kind.DATE, lambda folder: (instant(folder.created_at),)),
}


class FolderFields:
    """The fields of folders."""

    def field(self, name: str) -> SearchField[Folder] | None:
        """The field of this name; None if there is none."""
        return FOLDER_FIELDS.get(name)

    def texts(self) -> SearchField[Folder]:
        """A word without a field is looked for in the whole path."""
        return SearchField(Kind.TEXT, lambda folder: (folder.path,))
