"""Pictures of PhotoShelter masters through the service's image links, kept for offline.

They are kept by content: a change of its metadata fetches nothing again.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    FileTroubleError,
    MediaError,
    NotFoundError,
    OfflineError,
)
from bridge_app.domain.shelter import ShelterAsset, service_name
from bridge_app.libraries.photoshelter.errors import NoPictureError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.search import Readers
from bridge_app.storage.thumbs import Thumbs
from bridge_app.work.shelter_services import OpenService

WITHOUT = frozenset({Kind.AUDIO, Kind.OTHER})
"""Kinds that have no picture."""


class ShelterPictures:
    """Blocking; any thread; raises BridgeError only."""

    def __init__(
        self,
        readers: Readers,
        thumbs: Thumbs,
        decoder: DecoderPool,
        *,
        service: OpenService,
        online: Callable[[], bool],
    ) -> None:
        self._readers = readers
        self._thumbs = thumbs
        self._decoder = decoder
        self._service = service
        self._online = online

    def picture(self, asset: Asset, edge_px: int) -> bytes:
        """A JPEG or PNG of at most `edge_px` a side, made of what the service gives, and kept.

        Raises OfflineError, NotFoundError, MediaError and what the service's answer raises.
        """
        with self._readers.lent() as reader:
            told = reader.shelter_assets([asset.id]).get(asset.id)
        if told is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset at its service"))
        return self.fetched(told, edge_px, is_urgent=True)

    def fetched(self, told: ShelterAsset, edge_px: int, *, is_urgent: bool) -> bytes:
        """The same of what the service told."""
        if told.kind in WITHOUT:
            name = service_name(told.account)
            raise MediaError(detail=f"{name} makes no picture of such a file")
        if not self._online():
            raise OfflineError(service=service_name(told.account))
        try:
            given = self._service(told.account).picture(told.media_id, edge_px)
        except NoPictureError as error:
            raise MediaError(detail=str(error)) from error
        made = self._made(given, edge_px, is_urgent=is_urgent)
        self._thumbs.put([(told.version_key, edge_px, made)])
        return made

    def _made(self, given: bytes, edge_px: int, *, is_urgent: bool) -> bytes:
        """What came over the net is decoded where it can do no harm."""
        with tempfile.TemporaryDirectory(prefix="asset-bridge-") as folder:
            path = Path(folder) / "picture.jpg"
            try:
                path.write_bytes(given)
            except OSError as error:
                detail = error.strerror or str(error)
                raise FileTroubleError(path=path, detail=detail) from error
            return self._decoder.thumbnail(path, edge_px=edge_px, urgent=is_urgent).data
