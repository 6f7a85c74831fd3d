"""Pictures and files of cloud assets, fetched from delivery; pictures are kept for offline."""

import hashlib
import os
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.links import AddressWish
from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    FileTroubleError,
    MediaError,
    NotFoundError,
    OfflineError,
    ServiceTroubleError,
)
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.cloud_rows import is_file_of_another
from bridge_app.storage.search import Readers
from bridge_app.storage.thumbs import Thumbs

SERVICE = "Cloudinary"
BLOCK = 1 << 20
LONGEST_NAME = 200
"""Bytes; file systems take 255, and a name that is taken gets a few more."""


class NameTakenError(BridgeError):
    """Another file of that name lies where something is to be downloaded to."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{path} is there already, with other content than {name} has in Cloudinary. It was left "
        "as it is, and nothing was downloaded.",
    )


class Fetcher(Protocol):
    """Fetches delivery URLs."""

    def fetch(
        self,
        url: str,
        into: Path,
        *,
        largest: int = ...,
        on_bytes: Callable[[int], None] | None = ...,
    ) -> int:
        """Write what the address gives into a file; returns its size in bytes."""


class CloudPictures:
    """Blocking; any thread; raises BridgeError only."""

    def __init__(
        self,
        readers: Readers,
        thumbs: Thumbs,
        decoder: DecoderPool,
        *,
        credentials: Callable[[str], Credentials],
        online: Callable[[], bool],
    ) -> None:
        self._readers = readers
        self._thumbs = thumbs
        self._decoder = decoder
        self._credentials = credentials
        self._online = online

    def credentials(self, environment: str) -> Credentials:
        """What signs an environment's addresses. Raises as opening it does."""
        return self._credentials(environment)

    def picture(self, asset: Asset, edge_px: int, fetcher: Fetcher) -> bytes:
        """A JPEG or PNG of at most `edge_px` a side, made of what delivery gives, and kept.

        Raises OfflineError, NotFoundError, MediaError and what fetching raises.
        """
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.delivery.asset_pictures import picture_url  # noqa: PLC0415

        if asset.kind in (Kind.AUDIO, Kind.OTHER):
            raise MediaError(
                detail=QT_TRANSLATE_NOOP("facts", "Cloudinary makes no picture of such a file")
            )
        cloud = self._asset(asset.id)
        self._check_online()
        url = picture_url(cloud, self._credentials(cloud.environment), edge_px)
        with tempfile.TemporaryDirectory(prefix="asset-bridge-") as folder:
            path = Path(folder) / "picture"
            fetcher.fetch(url, path)
            made = self._decoder.thumbnail(path, edge_px=edge_px, urgent=True)
        self._thumbs.put([(asset.picture_key, edge_px, made.data)])
        return made.data

    def pull(
        self,
        asset: AssetId,
        folder: Path,
        fetcher: Fetcher,
        on_bytes: Callable[[int], None] | None = None,
    ) -> tuple[Path, bool]:
        """Download an asset's own file into a folder; where it lies, and whether it is new there.

        It appears whole or not at all, beside another asset's file of the same name, and never
        in the place of what somebody changed: raises
        NameTakenError, FileTroubleError, OfflineError and what fetching raises.
        """
        from bridge_app.delivery.addresses import asset_url  # noqa: PLC0415 - as above

        cloud = self._asset(asset)
        target = self._place(cloud, folder)
        if target.exists():
            return _same_or_taken(cloud, target)
        self._check_online()
        url = asset_url(cloud, self._credentials(cloud.environment), AddressWish())
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _trouble(folder, error) from error
        draft = folder / f".pull-{uuid.uuid4().hex}.part"
        try:
            fetcher.fetch(url, draft, largest=max(cloud.bytes, BLOCK), on_bytes=on_bytes)
            _check_whole(cloud, draft)
            return _appear(cloud, draft, self._place(cloud, folder))
        except OSError as error:
            raise _trouble(draft, error) from error
        finally:
            draft.unlink(missing_ok=True)

    def _place(self, cloud: CloudAsset, folder: Path) -> Path:
        """Its name there, with its ID behind it where the file of another asset has that name."""
        own = folder / file_name(cloud)
        beside = own.with_name(f"{own.stem} ({cloud.asset_id[:8]}){own.suffix}")
        if beside.exists():
            return beside
        facts = _facts(own) if own.exists() else None
        if facts is None or facts == (cloud.bytes, cloud.etag):
            return own
        with self._readers.lent() as reader:
            is_anothers = reader.ask(lambda there: is_file_of_another(there, cloud.id, *facts))
        return beside if is_anothers else own

    def _asset(self, asset: AssetId) -> CloudAsset:
        with self._readers.lent() as reader:
            found = reader.cloud_asset(asset)
        if found is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset in Cloudinary"))
        return found

    def _check_online(self) -> None:
        if not self._online():
            raise OfflineError(service=SERVICE)


def file_name(asset: CloudAsset) -> str:
    """The name of its file: no folder, nothing hidden, and no longer than file systems take."""
    stem, dot, ending = asset.name.lstrip(".").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = "".join(c for c in stem if c >= " " and c != "\x7f").strip() or asset.asset_id
    stem = stem.encode()[:LONGEST_NAME].decode("utf-8", "ignore")
    return f"{stem}{dot}{ending[:20]}"


def _check_whole(asset: CloudAsset, draft: Path) -> None:
    """Size and checksum are those that Cloudinary states."""
    size, md5 = _facts(draft)
    if size != asset.bytes or (asset.etag and md5 != asset.etag):
        detail = f"{asset.name} arrived with {size} bytes and the checksum {md5}"
        raise ServiceTroubleError(service=SERVICE, detail=detail)


def _appear(asset: CloudAsset, draft: Path, target: Path) -> tuple[Path, bool]:
    """Give the whole file its name, unless somebody else has taken it meanwhile."""
    try:
        os.link(draft, target)
    except FileExistsError:
        return _same_or_taken(asset, target)
    except OSError:
        # A file system without hard links; a rename there replaces nothing but what came just now.
        if target.exists():
            return _same_or_taken(asset, target)
        draft.rename(target)
    return target, True


def _same_or_taken(asset: CloudAsset, target: Path) -> tuple[Path, bool]:
    if _facts(target) == (asset.bytes, asset.etag):
        return target, False
    raise NameTakenError(path=target, name=asset.name)


def _facts(path: Path) -> tuple[int, str]:
    """Size and MD5 of a file."""
    try:
        with path.open("rb") as file:
            md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
        return path.stat().st_size, md5.hexdigest()
    except OSError as error:
        raise _trouble(path, error) from error


def _trouble(path: Path, error: OSError) -> FileTroubleError:
    return FileTroubleError(path=path, detail=error.strerror or str(error))
