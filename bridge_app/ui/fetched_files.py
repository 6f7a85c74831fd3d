"""Which originals of services lie on this machine: known ahead, so no drag waits for a disk."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.drag_out import MOST, is_here

if TYPE_CHECKING:
    from bridge_app.work.opened_originals import OpenedOriginals

Key = tuple[str, str]


class FetchedFiles(QObject):
    """Remembers where the files of the chosen assets lie; GUI thread only."""

    known = Signal()  # the newest question is answered

    def __init__(
        self, opened: "OpenedOriginals", asker: Asker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.opened = opened
        self._latest = Latest(asker, self)
        self._selection: AssetSelection | None = None
        self._wanted: tuple[Asset, ...] = ()
        self._there: dict[Key, Path] = {}

    def place(self, asset: Asset) -> Path | None:
        """The whole file of this content, if it is known to be here; from memory."""
        return self._there.get(_key(asset))

    def follow(self, selection: AssetSelection) -> None:
        """Look for what is chosen, whenever that changes."""
        self._selection = selection
        selection.chosen.connect(self._follow)

    def look(self, assets: Sequence[Asset]) -> None:
        """Find out about these, off this thread; of all others nothing is known any more."""
        self._wanted = tuple(one for one in assets if not is_here(one))
        keys = set(map(_key, self._wanted))
        self._there = {key: place for key, place in self._there.items() if key in keys}
        self.look_again()

    def look_again(self) -> None:
        """Something was fetched or tidied away: find out anew about the same ones."""
        if self._wanted:
            work = partial(_found, self.opened, self._wanted)
            self._latest.ask(work, self._take, self._lose)
        else:
            self._latest.forget()

    def _follow(self) -> None:
        if self._selection is not None:
            few = self._selection.count <= MOST
            self.look(self._selection.assets() if few else ())

    def _take(self, found: dict[Key, Path]) -> None:
        self._there = found
        self.known.emit()

    def _lose(self, _: BridgeError) -> None:
        """The disk cannot be read; a person is told when they want one of the files."""
        self._take({})


def _found(opened: "OpenedOriginals", assets: Sequence[Asset]) -> dict[Key, Path]:
    places = {_key(asset): opened.there(asset) for asset in assets}
    return {key: place for key, place in places.items() if place is not None}


def _key(asset: Asset) -> Key:
    return asset.id, asset.content or asset.picture_key
