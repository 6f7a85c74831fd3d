"""Originals of PhotoShelter masters on this machine: kept for offline, and fetched on demand.

What was fetched is verified and appears whole; what a fetch left unfinished is gone on with.
Names here are digests: the service's ids differ by case alone, and may end with a full stop.
Source: reference/photoshelter.md, 2 and 7.3.
"""

import hashlib
import os
import shutil
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    OfflineError,
    ServiceTroubleError,
)
from bridge_app.domain.shelter import ShelterAsset, service_name, shelter_library
from bridge_app.domain.shelter_tree import segment
from bridge_app.libraries.errors import disk_trouble
from bridge_app.libraries.photoshelter.values import Digests
from bridge_app.storage.shelter_folders import MasterFacts
from bridge_app.work.opened_originals import OpenedOriginals
from bridge_app.work.shelter_services import OpenService

LONGEST_NAME = 200
"""Bytes; file systems take 255, and a name that is taken gets a few more."""
LONGEST_ENDING = 20
UNFINISHED = (".part", ".etag.part")
"""How the names of what a fetch has left end."""
Kept = ShelterAsset | MasterFacts
UNSAFE = '<>:"/\\|?*'
"""What some file system does not take in a name."""


class OnlyAtShelterError(BridgeError):
    """There is no file of it in a folder of its own on this machine."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} is at its service, not in a folder here. Save its original to have the file.",
    )


class TargetTakenError(BridgeError):
    """Another file of that name lies where something is to be put."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{path} is there already, with other content than {name} has at {service}. It was "
        "left as it is.",
    )


class ShelterOriginals:
    """Blocking; any thread; raises BridgeError only.

    Args:
        folder: Where originals are kept, each account in a folder of its own.
        opened: Those that were fetched to be opened; they go with their account.
    """

    def __init__(
        self,
        folder: Path,
        service: OpenService,
        *,
        opened: OpenedOriginals,
        online: Callable[[], bool],
    ) -> None:
        self.opened = opened
        self._folder = folder
        self._service = service
        self._online = online
        self._lock = threading.Lock()
        self._locks: dict[Path, threading.Lock] = defaultdict(threading.Lock)

    def is_kept(self, asset: Kept) -> bool:
        """Is exactly this version of it here?"""
        return self.place(asset).is_file()

    def place(self, asset: Kept) -> Path:
        """Where its file is kept, if it is."""
        digest = hashlib.sha256(asset.media_id.encode()).hexdigest()[:24]
        return self._account_folder(asset.account) / f"{digest}-{asset.version_key[:16]}"

    def keep(self, asset: ShelterAsset, *, cancelled: Callable[[], bool]) -> Path:
        """Have its file here: it is fetched if it is not."""
        return self._fetched(asset, on_bytes=lambda _: None, cancelled=cancelled)

    def give(
        self,
        asset: ShelterAsset,
        folder: Path,
        *,
        is_kept: bool,
        on_bytes: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> Path:
        """Put its file into a folder under its own name; unless `is_kept`, it goes from here.

        Raises TargetTakenError rather than replace another file.
        """
        own = self._fetched(asset, on_bytes=on_bytes, cancelled=cancelled)
        target = folder / file_name(asset)
        with disk_trouble(target, onto=folder):
            folder.mkdir(parents=True, exist_ok=True)
            appeared = target.exists() or _appear(own, target)
            if not appeared or not _are_same(own, target):
                service = service_name(asset.account)
                raise TargetTakenError(path=target, name=asset.file_name, service=service)
            if not is_kept:
                own.unlink(missing_ok=True)
        return target

    def forget(self, assets: Iterable[Kept]) -> None:
        """Remove what is kept of these."""
        for asset in assets:
            place = self.place(asset)
            with disk_trouble(place):
                for ending in ("", *UNFINISHED):
                    place.with_name(place.name + ending).unlink(missing_ok=True)

    def prune(self, account: str, wanted: Collection[Path], *, before: datetime) -> None:
        """Remove what nobody wants and nobody has touched since: versions that were replaced."""
        folder = self._account_folder(account)
        with disk_trouble(folder):
            for path in folder.iterdir() if folder.is_dir() else ():
                name = path.name.removesuffix(".part").removesuffix(".etag")
                is_wanted = path.with_name(name) in wanted
                if not is_wanted and path.stat().st_mtime < before.timestamp():
                    path.unlink(missing_ok=True)

    def forget_account(self, account: str) -> None:
        """Remove all that is kept of an account, and what was fetched to be opened."""
        self.opened.forget(shelter_library(account))
        folder = self._account_folder(account)
        with disk_trouble(folder):
            if folder.is_dir():
                shutil.rmtree(folder)

    def _account_folder(self, account: str) -> Path:
        return self._folder / hashlib.sha256(account.encode()).hexdigest()[:16]

    def _fetched(
        self,
        asset: ShelterAsset,
        *,
        on_bytes: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> Path:
        place = self.place(asset)
        with self._lock:
            lock = self._locks[place]
        with lock:
            if place.is_file():
                on_bytes(asset.bytes)
                return place
            if not self._online():
                raise OfflineError(service=service_name(asset.account))
            with disk_trouble(place):
                place.parent.mkdir(parents=True, exist_ok=True)
            digests = self._service(asset.account).download(
                asset.media_id,
                place,
                expected=asset.bytes,
                on_bytes=on_bytes,
                cancelled=cancelled,
            )
            _check(asset, digests, place)
        return place


def file_name(asset: ShelterAsset) -> str:
    """The name of its file: no folder, nothing hidden, and no longer than file systems take."""
    name = "".join("_" if c in UNSAFE else c for c in segment(asset.file_name)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = ending, ""
    digest = hashlib.sha256(asset.media_id.encode()).hexdigest()[:12]
    stem = (stem or digest).encode()[:LONGEST_NAME].decode("utf-8", "ignore")
    return f"{stem}{dot}{ending[:LONGEST_ENDING]}"


def _check(asset: ShelterAsset, digests: Digests, place: Path) -> None:
    """It has to be the file that the service describes, by every fact there is."""
    kind, _, stated = asset.hash.partition(":")
    ours = {"md5": digests.md5, "sha1": digests.sha1, "sha256": digests.sha256}
    if stated and ours.get(kind, stated.lower()) != stated.lower():
        place.unlink(missing_ok=True)
        detail = f"{asset.file_name} arrived with another checksum than it has there"
        raise ServiceTroubleError(service=service_name(asset.account), detail=detail)


def _appear(own: Path, target: Path) -> bool:
    """A copy of the file under its own name; False if somebody else has taken it meanwhile."""
    draft = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        shutil.copyfile(own, draft)
        try:
            os.link(draft, target)
        except FileExistsError:
            return True
        except OSError:
            # A file system without hard links.
            if not target.exists():
                draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _are_same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and _digest(one) == _digest(other)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
