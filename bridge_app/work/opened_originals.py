"""Originals that were fetched to be opened or dragged: where they lie, and how many stay.

They are copies: the master stays at its service, and each of these may go at any time.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from bridge_app.domain.assets import Asset, LibraryId
from bridge_app.domain.errors import FileTroubleError

MOST_BYTES = 20_000_000_000
"""Beyond that, those that were fetched first go first."""
NAME_CHARACTERS = 24


class OpenedOriginals:
    """A folder of the profile; methods block and raise FileTroubleError.

    Each content has a folder of its own in that of its library, so that a file keeps its name and
    no other one's place, and goes with its library.
    """

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def folder_for(self, asset: Asset) -> Path:
        """Where this content's file lies, made if need be."""
        place = self._place(asset)
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileTroubleError(path=place, detail=error.strerror or error) from error
        return place

    def there(self, asset: Asset) -> Path | None:
        """The whole file, if it was fetched before."""
        place = self._place(asset)
        try:
            for found in place.iterdir() if place.is_dir() else ():
                whole = found.suffix != ".part" and found.is_file()
                if whole and found.stat().st_size == asset.bytes:
                    return found
        except OSError as error:
            raise FileTroubleError(path=place, detail=error.strerror or error) from error
        return None

    def forget(self, library: LibraryId) -> None:
        """Delete all that was fetched from a library."""
        place = self._of(library)
        try:
            if place.is_dir():
                shutil.rmtree(place)
        except OSError as error:
            raise FileTroubleError(path=place, detail=error.strerror or error) from error

    def _of(self, library: LibraryId) -> Path:
        return self._folder / hashlib.sha256(library.encode()).hexdigest()[:NAME_CHARACTERS]

    def _place(self, asset: Asset) -> Path:
        name = asset.content or hashlib.sha256(_version(asset).encode()).hexdigest()
        return self._of(asset.library) / name[:NAME_CHARACTERS]

    def tidy(self, keeping: Sequence[Path] = ()) -> None:
        """Delete those fetched first while there are too many; never what is in `keeping`."""
        try:
            found = [place for place in self._folder.rglob("*") if place.is_file()]
            facts = {place: place.stat() for place in found}
            room = self._most_bytes
            for place in sorted(found, key=lambda one: facts[one].st_mtime, reverse=True):
                room -= facts[place].st_size
                if room < 0 and place not in keeping:
                    place.unlink(missing_ok=True)
        except OSError as error:
            raise FileTroubleError(path=self._folder, detail=error.strerror or error) from error


def _version(asset: Asset) -> str:
    """Names the content of what only a service has read so far."""
    return f"{asset.id} {asset.picture_key}"
