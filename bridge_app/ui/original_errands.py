"""Originals that a service has: fetched when somebody opens, drags or downloads them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.fetch_originals import FetchOriginalsDialog, FetchWish
from bridge_app.ui.dropping import file_url
from bridge_app.ui.fetched_files import FetchedFiles
from bridge_app.ui.leaving_words import warn
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.panels.drag_out import is_here
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.exchange.departure import OriginalWish
from bridge_app.work.exchange.leaving import Handing
from bridge_app.work.originals import Arrived, Originals
from bridge_app.work.worker import Worker


def original_url(worker: Worker, files: FetchedFiles, asset: Asset) -> QUrl:
    """Where the original's file lies on this machine; an empty address if it does not yet.

    From memory: a drag asks for hundreds.
    """
    if is_here(asset):
        return file_url(worker.file_path(asset))
    place = files.place(asset)
    return file_url(place) if place is not None else QUrl()


class OriginalErrands(QObject):
    """Fetches with a dialog that can be stopped; files that are here are taken as they are.

    Args:
        files: Where fetched originals are kept for the next time, and which are known to be.
    """

    fetching = Signal(object)  # FetchOriginalsDialog that is about to be shown

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        files: FetchedFiles,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._opened = files.opened
        self._files = files
        self._originals = Originals(worker.shelters, worker.pull)

    def open(self, asset: Asset) -> None:
        """Open the original in the program that the system has for it."""
        leaving = self._worker.leaving

        def looked() -> tuple[Mapping[AssetId, str], Path | None]:
            return leaving.hand_over([asset.id], Handing.OPENED), self._opened.there(asset)

        def found(known: tuple[Mapping[AssetId, str], Path | None]) -> None:
            against, place = known
            if place is not None:
                self._show((place,))
            else:
                self._fetch((asset,), self._opened.folder_for, self._show_arrived)
            self._warn(against)

        self._asker.ask(looked, found, self._messages.show_error)

    def fetch_to_drag(self, assets: Sequence[Asset]) -> None:
        """They are not known to be here: fetch what is not, and say when they can be dragged."""

        def looked(missing: Sequence[Asset]) -> None:
            if missing:
                self._fetch(missing, self._opened.folder_for, self._can_be_dragged)
            else:
                self._can_be_dragged(assets)

        self._asker.ask(
            lambda: [one for one in assets if self._opened.there(one) is None],
            looked,
            self._messages.show_error,
        )

    def note_dragged(self, assets: Sequence[Asset]) -> None:
        """Another program took the originals of these."""
        places = self._worker.places
        self._asker.ask(
            lambda: places.taken([(one, "") for one in assets]),
            self._warn,
            self._messages.show_error,
        )

    def download_to(self, assets: Sequence[Asset], folder: Path) -> None:
        """Fetch these into a folder that a person chose; nothing there is replaced."""

        def told(arrived: Sequence[Arrived]) -> None:
            files = [(one.asset, one.path) for one in arrived]
            places = self._worker.places
            self._asker.ask(lambda: places.downloaded(files), self._warn, self._messages.show_error)
            new = sum(one.is_new for one in arrived)
            text = self.tr("%Ln file(s) downloaded to {folder}.", "", new)
            if new < len(arrived):
                there = self.tr("%Ln were there already.", "", len(arrived) - new)
                text = f"{text} {there}"
            name = isolated(one_line(folder.name))
            self._messages.say(Tone.POSITIVE, text.format(folder=name))

        leaving = self._worker.leaving
        self._asker.ask(
            lambda: leaving.check([OriginalWish(asset=one) for one in assets]),
            lambda _: self._fetch(assets, lambda _: folder, told),
            self._messages.show_error,
        )

    def _warn(self, against: Mapping[AssetId, str]) -> None:
        warn(self._messages, against)

    def _fetch(
        self,
        assets: Sequence[Asset],
        folder_for: Callable[[Asset], Path],
        done: Callable[[Sequence[Arrived]], None],
    ) -> None:
        looks = self._looks
        dialog = FetchOriginalsDialog(
            self._originals,
            self._asker,
            looks.theme,
            looks.icons,
            FetchWish(assets=tuple(assets), folder_for=folder_for),
            self._window,
        )
        dialog.fetched.connect(done)
        dialog.fetched.connect(self._tidy)
        self.fetching.emit(dialog)
        open_dialog(dialog)

    def _tidy(self, arrived: Sequence[Arrived]) -> None:
        places = [one.path for one in arrived]
        self._asker.ask(
            lambda: self._opened.tidy(places),
            lambda _: self._files.look_again(),
            self._messages.show_error,
        )

    def _show_arrived(self, arrived: Sequence[Arrived]) -> None:
        self._show([one.path for one in arrived])

    def _show(self, places: Sequence[Path]) -> None:
        for place in places:
            if not QDesktopServices.openUrl(file_url(place)):
                text = self.tr("The system has no program to open {path} with.")
                self._messages.say(Tone.WARNING, text.format(path=one_line(str(place))))

    def _can_be_dragged(self, arrived: Sequence[object]) -> None:
        self._files.look_again()
        text = self.tr("%Ln original(s) are here now. Drag them again.", "", len(arrived))
        self._messages.say(Tone.POSITIVE, text)
