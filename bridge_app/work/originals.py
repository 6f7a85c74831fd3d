"""Files of assets that are elsewhere, fetched one at a time whatever service has them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.shelter import shelter_of

if TYPE_CHECKING:
    from bridge_app.work.shelter_desk import ShelterDesk

OnBytes = Callable[[int], None]
"""Told how many bytes of a file are here; may raise BridgeError to end the download."""


class PullStoppedError(BridgeError):
    """Somebody ended the download."""

    text = QT_TRANSLATE_NOOP("errors", "The download of {name} was stopped. Nothing is left of it.")


class Pull(Protocol):
    """Downloads from Cloudinary, as the worker does."""

    def __call__(
        self, asset: AssetId, folder: Path, on_bytes: OnBytes | None = None
    ) -> tuple[Path, bool]:
        """Where the file lies, and whether it is new there. Blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file that is here; not `is_new` if it was before, with the same content."""

    asset: Asset
    path: Path
    is_new: bool = True


class Originals:
    """Blocking; any thread; raises BridgeError only. No file that is there is replaced."""

    def __init__(self, shelters: "ShelterDesk", pull: Pull) -> None:
        self._shelters = shelters
        self._pull = pull

    def fetch(
        self, asset: Asset, folder: Path, *, on_bytes: OnBytes, cancelled: Callable[[], bool]
    ) -> Arrived:
        """Put an asset's own file into a folder, whole or not at all.

        Raises what the service's answers raise, and when `cancelled` says so PullStoppedError or
        StoppedError.
        """
        if shelter_of(asset.library) is not None:
            path = self._shelters.original(asset, folder, on_bytes=on_bytes, cancelled=cancelled)
            return Arrived(asset=asset, path=path)

        def note(done: int) -> None:
            if cancelled():
                raise PullStoppedError(name=asset.name)
            on_bytes(done)

        path, is_new = self._pull(asset.id, folder, note)
        return Arrived(asset=asset, path=path, is_new=is_new)
