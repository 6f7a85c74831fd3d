"""Pictures on demand: previews of masters, and renditions as delivery really serves them."""

import hashlib
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.delivery.accounts import Account, Credentials
from bridge_app.delivery.links import DeliveryLink, delivery_link
from bridge_app.domain.assets import Asset, AssetId, CloudCopy, LibraryId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    FileChangedError,
    FileTroubleError,
    NoAddressError,
    NotFoundError,
    OfflineError,
    RefusedByServiceError,
)
from bridge_app.domain.gate import ANY_USE, Use
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.shelter import shelter_of
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.search import Readers
from bridge_app.storage.thumbs import PREVIEW_EDGE, THUMB_EDGE, Thumbs
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.reading import iso_from_ns

if TYPE_CHECKING:
    from bridge_app.delivery.renditions import Renditions
    from bridge_app.work.cloud_pictures import CloudPictures
    from bridge_app.work.shelter_pictures import ShelterPictures

REMEMBERED = 60
"""Delivered renditions kept in memory: a page of the inspector back and forth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A rendition as it was delivered.

    `picture` is a JPEG or PNG made of it in a decoder process, safe to show; `width`, `height`,
    `bytes` and `format` are the delivered file's own.
    """

    link: DeliveryLink
    picture: bytes
    width: int
    height: int
    bytes: int
    format: str


class Pictures:
    """Blocking; any thread; raises BridgeError only."""

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        readers: Readers,
        thumbs: Thumbs,
        decoder: DecoderPool,
        gate: Gatekeeper,
        *,
        cloud: "CloudPictures",
        shelter: "ShelterPictures",
        file_path: Callable[[LibraryId, str], Path],
        account: Callable[[], Account | None],
        on_offline: Callable[[], None],
    ) -> None:
        self._on_offline = on_offline
        self._readers = readers
        self._thumbs = thumbs
        self._decoder = decoder
        self._cloud = cloud
        self._shelter = shelter
        self._file_path = file_path
        self._account = account
        self._gate = gate
        self._fetcher: Renditions | None = None
        self._lock = threading.Lock()
        self._remembered: OrderedDict[str, Delivered] = OrderedDict()

    def picture(self, asset: AssetId, edge_px: int) -> bytes:
        """The master as a JPEG or PNG of at most `edge_px` a side, from the cache or made now.

        Raises NotFoundError, FileChangedError, FileTroubleError, MediaError.
        """
        found = self._asset(asset)
        if found.picture_key and environment_of(found.library) is not None:
            held = self._held(found.picture_key, edge_px)
            return held or self._of_copy(found, edge_px)
        if shelter_of(found.library) is not None:
            held = self._held(found.picture_key, edge_px)
            return held or self._shelter.picture(found, edge_px)
        if not found.sha256:
            raise FileTroubleError(path=found.name, detail=found.error or "")
        held = self._held(found.sha256, edge_px)
        if held is not None:
            return held
        path = self._file_path(found.library, found.path)
        check_unchanged(found, path)
        made = self._decoder.thumbnail(path, edge_px=edge_px, urgent=True)
        self._thumbs.put([(found.sha256, edge_px, made.data)])
        return made.data

    def _of_copy(self, found: Asset, edge_px: int) -> bytes:
        """What delivery gives of a copy; where it is closed, what its master looks like."""
        try:
            return self._cloud.picture(found, edge_px, self._delivery())
        except RefusedByServiceError:
            with self._readers.lent() as reader:
                masters = reader.masters(found.content) if found.content else []
            if not masters:
                raise
            return self.picture(masters[0], edge_px)

    def film_frame(self, asset: AssetId, seconds: float, edge_px: int) -> bytes:
        """What is seen of a film at a moment, as a JPEG of at most `edge_px` a side; not kept.

        Raises NotFoundError where the film itself is not on this machine, and as `picture` does.
        """
        found = self._asset(asset)
        if environment_of(found.library) is not None or shelter_of(found.library) is not None:
            raise NotFoundError(what=found.name)
        path = self._file_path(found.library, found.path)
        check_unchanged(found, path)
        made = self._decoder.thumbnail(path, edge_px=edge_px, at_s=seconds, urgent=True)
        return made.data

    def link(self, asset: Asset, preset: RenditionPreset) -> DeliveryLink:
        """A rendition's address, if the gate lets it be known now.

        Raises NoAddressError or NotFoundError.
        """
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.delivery.addresses import rendition_url  # noqa: PLC0415

        subject = self._gate.subject(preset.transformation, preset.format)
        copy, account = self._allowed(asset.id, Use(channel=preset.channel), subject)
        url = rendition_url(copy, preset, account, self._opened(account))
        return delivery_link(asset, copy, url)

    def original_url(self, asset: AssetId) -> str:
        """The delivered master's address. Raises as `link` does."""
        from bridge_app.delivery.addresses import master_url  # noqa: PLC0415 - as in `link`

        copy, account = self._allowed(asset)
        return master_url(copy, account, self._opened(account))

    def rendition(self, asset: AssetId, preset: RenditionPreset, *, online: bool) -> Delivered:
        """The rendition fetched from its delivery URL."""
        found = self._asset(asset)
        link = self.link(found, preset)
        with self._lock:
            if link.url in self._remembered:
                self._remembered.move_to_end(link.url)
                return self._remembered[link.url]
        if not online:
            raise OfflineError(service="Cloudinary")
        delivered = self._fetched(link)
        with self._lock:
            self._remembered[link.url] = delivered
            while len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return delivered

    def pull(
        self, asset: AssetId, folder: Path, on_bytes: Callable[[int], None] | None = None
    ) -> tuple[Path, bool]:
        """Download a cloud asset's file into a folder; where it lies, and whether it is new."""
        return self._cloud.pull(asset, folder, self._delivery(), on_bytes)

    def fetch(self, url: str, into: Path) -> int:
        """Write what an address of delivery delivers into a file; returns its bytes."""
        return self._delivery().fetch(url, into)

    def close(self) -> None:
        """Close the connections to delivery."""
        if self._fetcher is not None:
            self._fetcher.close()

    def _fetched(self, link: DeliveryLink) -> Delivered:
        with tempfile.TemporaryDirectory(prefix="asset-bridge-") as folder:
            path = Path(folder) / hashlib.sha256(link.url.encode()).hexdigest()[:16]
            size = self._delivery().fetch(link.url, path)
            facts = self._decoder.probe(path, urgent=True)
            picture = self._decoder.thumbnail(path, edge_px=PREVIEW_EDGE, urgent=True)
        return Delivered(
            link=link,
            picture=picture.data,
            width=facts.display_width or picture.width,
            height=facts.display_height or picture.height,
            bytes=size,
            format=facts.format,
        )

    def _delivery(self) -> "Renditions":
        # httpx takes 0.2 s to load, which a start must not wait for.
        from bridge_app.delivery.renditions import Renditions  # noqa: PLC0415

        with self._lock:
            if self._fetcher is None:
                self._fetcher = Renditions(on_offline=self._on_offline)
            return self._fetcher

    def _asset(self, asset: AssetId) -> Asset:
        account = self._account()
        environment = account.environment if account else None
        with self._readers.lent() as reader:
            found = reader.assets([asset], environment=environment)
        if not found:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset"))
        return found[0]

    def _held(self, sha256: str, edge_px: int) -> bytes | None:
        reader = self._thumbs.reader()
        try:
            return reader.get(sha256, edge_px)
        finally:
            reader.close()

    def _opened(self, account: Account) -> Callable[[], Credentials]:
        return lambda: self._cloud.credentials(account.environment)

    def _allowed(
        self, asset_id: AssetId, use: Use = ANY_USE, subject: str = ""
    ) -> tuple[CloudCopy, Account]:
        """The copy and its account, if the gate lets its address be known at this moment.

        The asset is read anew: whoever asks may have read it before somebody decided.
        """
        account = self._account()
        if account is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A Cloudinary account"))
        asset = self._asset(asset_id)
        if asset.cloud is None:
            raise NotFoundError(what=f"A delivered copy of {asset.name}")
        answer = self._gate.used(
            asset, account.environment, use=use, subject=subject, place=asset.cloud.public_id
        )
        if not answer.allows:
            raise NoAddressError(name=asset.name, reasons=answer.sentence())
        return asset.cloud, account


def check_unchanged(asset: Asset, path: Path) -> None:
    """It has to be the content that was catalogued. Raises FileChangedError, FileTroubleError."""
    try:
        status = path.stat()
    except OSError as error:
        detail = error.strerror or str(error)
        raise FileTroubleError(path=asset.name, detail=detail) from error
    if status.st_size != asset.bytes or iso_from_ns(status.st_mtime_ns) != asset.modified_at:
        raise FileChangedError(name=asset.name)


__all__ = ["PREVIEW_EDGE", "THUMB_EDGE", "Delivered", "Pictures"]
