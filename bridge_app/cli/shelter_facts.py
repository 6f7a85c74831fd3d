"""What a PhotoShelter-style service says of its masters and libraries, as JSON for scripts."""

from collections.abc import Sequence

from bridge_app.app.build import Parts
from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.shelter import ShelterAsset, service_name, shelter_of
from bridge_app.domain.shelter_approval import read_approval


class ShelterFacts:
    """Facts of one command; remembers where galleries are shown. Methods block."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._folders: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, assets: Sequence[Asset]) -> dict[AssetId, dict[str, object]]:
        """What is told of those of these assets that are masters of such a service."""
        ids = [asset.id for asset in assets if shelter_of(asset.library) is not None]
        if not ids:
            return {}
        told = self._parts.worker.shelters.shelter_assets(ids)
        return {asset: self._facts(one) for asset, one in told.items()}

    def in_full(self, asset: Asset) -> dict[str, object] | None:
        """The same of one asset, with who says what of its approval, and what is recorded there."""
        found = self.of([asset]).get(asset.id)
        told = self._parts.worker.shelters.shelter_asset(asset.id)
        if found is None or told is None:
            return None
        reading = read_approval(told, self._parts.worker.shelters.ancestors(asset.id))
        written = self._parts.worker.write_back.written(asset.id)
        found["approval"] = {
            "agrees": reading.agrees,
            "sources": [
                {"source": one.source.value, "state": one.state.value if one.state else None}
                for one in reading.all_sources
            ],
        }
        found["recorded"] = None if written is None else written.document_name or written.mode.value
        return found

    def library(self, library: LibraryId) -> dict[str, object] | None:
        """How far a library of such a service is; None for any other library."""
        account = shelter_of(library)
        if account is None:
            return None
        desk = self._parts.worker.shelters
        state, record = desk.state(account), desk.record(account)
        return {
            "service": service_name(account),
            "organization": record.organization or None,
            "email": record.email or None,
            "complete": state.complete,
            "galleries": state.galleries,
            "galleries_read": state.galleries_done,
            "synced_at": state.finished_at or None,
            "kept_offline": sorted(desk.kept_folders(account)),
            "write_back": record.write_back.value,
        }

    def _facts(self, told: ShelterAsset) -> dict[str, object]:
        places = (self._shown(told.account, gallery) for gallery in told.galleries)
        return {
            "media_id": told.media_id,
            "galleries": [path for paths in places for path in paths],
            "visibility": told.visibility.value,
            "review": told.review or None,
            "custom": dict(told.custom),
            "license_expires_at": told.license_expires_at or None,
            "version": told.version,
            "hash": told.hash or None,
            "created_at": told.created_at or None,
            "modified_at": told.modified_at or None,
        }

    def _shown(self, account: str, gallery: str) -> tuple[str, ...]:
        key = account, gallery
        if key not in self._folders:
            self._folders[key] = self._parts.worker.shelters.folders_of(account, gallery)
        return self._folders[key]
