"""Where the pictures and fonts of layers are on this machine: the masters they were pushed from."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bridge_app.delivery.accounts import Account
from bridge_app.domain.assets import LibraryId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query
from bridge_app.storage.search import Readers

if TYPE_CHECKING:
    from bridge_app.transform.layer_source import FetchedLayer, StoredLayer

_FEW = 20
_KINDS = {"image": "image", "font": "raw"}


class CatalogLayers:
    """Layer sources over the catalog, for the environment in use. Any thread; no network.

    A layer is known when a master in a local folder was pushed under its public ID.
    """

    def __init__(
        self,
        readers: Readers,
        *,
        file_path: Callable[[LibraryId, str], Path],
        account: Callable[[], Account | None],
        now: Callable[[], datetime],
    ) -> None:
        self._readers = readers
        self._file_path = file_path
        self._account = account
        self._now = now

    def open(self, layer: "StoredLayer | FetchedLayer") -> Path | None:
        """The file of the master; None when none is known, or its library cannot be reached."""
        account, public_id = self._account(), getattr(layer, "public_id", "")
        resource_type = _KINDS.get(str(layer.kind))
        if account is None or not public_id or resource_type is None:
            return None
        access = str(getattr(layer, "access", "upload"))
        accesses = ("authenticated", "upload") if resource_type == "raw" else (access,)
        found = (
            self._master(f"{account.environment}/{resource_type}/{one}/{quote(public_id)}")
            for one in accesses
        )
        return next(filter(None, found), None)

    def _master(self, address: str) -> Path | None:
        query = Query(text=f"https://res.cloudinary.com/{address}")
        with self._readers.lent() as reader:
            assets = reader.page(query, offset=0, limit=_FEW, now=self._now())
        for asset in assets:
            if environment_of(asset.library) is None and (
                path := self._path(asset.library, asset.path)
            ):
                return path
        return None

    def _path(self, library: LibraryId, path: str) -> Path | None:
        try:
            found = self._file_path(library, path)
        except BridgeError:  # a library that was removed: its pictures are not here
            return None
        return found if found.is_file() else None
