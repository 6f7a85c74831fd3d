"""Follows links and opens files that come from outside: shows them, and changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from bridge_app.domain.app_links import (
    AppLink,
    AssetLink,
    BadLinkError,
    LibraryLink,
    SearchLink,
    is_app_link,
    read_link,
)
from bridge_app.domain.assets import Asset, AssetId, LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.ui.asker import Asker
from bridge_app.ui.dropping import Dropped, look_at
from bridge_app.ui.errands import Errands
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.parts.banner import Tone
from bridge_app.work.worker import Worker

MOST = 200
"""Files that are opened together; more are dropped, or added as a folder."""


class LinkOpening(QObject):
    """GUI thread only. `show` chooses assets in the window, wherever they are."""

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        browser: BrowserPanel,
        errands: Errands,
        *,
        show: Callable[[Sequence[AssetId]], None],
    ) -> None:
        super().__init__(browser)
        self._worker = worker
        self._asker = asker
        self._browser = browser
        self._errands = errands
        self._show = show
        self._looking = Latest(asker, self)

    def open(self, words: Sequence[str]) -> None:
        """Show what links and paths name; the first link counts."""
        link = next((word for word in words if is_app_link(word)), None)
        if link is not None:
            self.follow(link)
            return
        paths = [Path(word) for word in words if "://" not in word][:MOST]
        if paths:
            self.open_files(paths)

    def follow(self, text: str) -> None:
        """Show what a link names; one that cannot be followed says why."""
        try:
            self._go(read_link(text))
        except BadLinkError as error:
            self._browser.messages.show_error(error)

    def find(self, address: str) -> None:
        """Show the asset that an address delivers; a link of ours is followed."""
        if is_app_link(address):
            self.follow(address)
        else:
            self._search(address)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Show files where they lie in a library; offer to take the others in."""
        worker = self._worker
        messages = self._browser.messages
        self._looking.ask(lambda: look_at(worker, paths), self._opened, messages.show_error)

    def _go(self, link: AppLink) -> None:
        match link:
            case AssetLink(asset=asset):
                self._show_asset(asset)
            case SearchLink(text=text):
                self._search(text)
            case LibraryLink(library=name, folder=folder):
                self._show_library(name, folder)

    def _show_asset(self, asset: AssetId) -> None:
        environment = self._browser.query.environment

        def done(found: list[Asset]) -> None:
            if found:
                self._show([asset])
            else:
                text = self.tr("The linked asset is not in any library of this catalog.")
                self._browser.messages.say(Tone.WARNING, text)

        self._asker.read(
            lambda reader: reader.assets([asset], environment=environment),
            done,
            self._browser.messages.show_error,
        )

    def _search(self, text: str) -> None:
        self._ask(Query(text=text))

    def _ask(self, query: Query) -> None:
        """Ask this and nothing else, in the order that is shown."""
        shown = self._browser.query
        self._browser.ask(
            replace(
                query,
                environment=shown.environment,
                sort=shown.sort,
                descending=shown.descending,
            )
        )

    def _show_library(self, name: str, folder: str) -> None:
        records = self._worker.libraries()
        found = [one for one in records if one.id == name]
        found = found or [one for one in records if one.name.casefold() == name.casefold()]
        if len(found) == 1:
            self._ask(Query(library=found[0].id, folder=folder))
        else:
            text = self.tr("There is no library “{name}” here, or several of that name.")
            self._browser.messages.say(Tone.WARNING, text.format(name=one_line(name)))

    def _opened(self, found: Dropped) -> None:
        if found.known:
            self._show(found.known)
        for folder in found.folders:
            self._open_folder(folder)
        if found.unknown:
            self._errands.drop(Dropped(unknown=found.unknown), self._here(), self._folder())
        if found.is_empty:
            text = self.tr("The file that was to be opened is not there any more.")
            self._browser.messages.say(Tone.WARNING, text)

    def _open_folder(self, folder: Path) -> None:
        """Show a folder of a library; offer to add one that is not in any."""
        for record in self._worker.libraries():
            if folder.is_relative_to(record.location or "/nowhere"):
                inside = folder.relative_to(record.location).as_posix()
                self._ask(Query(library=record.id, folder="" if inside == "." else inside))
                return
        add = QAction(self.tr("Add as a Library"), self)
        add.triggered.connect(lambda: self._errands.add_folders((folder,)))
        text = self.tr("“{name}” is in no library yet.").format(
            name=isolated(one_line(folder.name))
        )
        self._browser.messages.say(Tone.INFO, text, action=add)

    def _here(self) -> LibraryRecord | None:
        shown = self._browser.query.library
        return next((one for one in self._worker.libraries() if one.id == shown), None)

    def _folder(self) -> str:
        return self._browser.query.folder
