"""Assets onto the clipboard as files and pictures, and what others put there into a library."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.ui.dropping import file_url
from bridge_app.ui.incoming import Incoming, incoming
from bridge_app.ui.latest import Latest
from bridge_app.ui.leaving_words import warn
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import one_line
from bridge_app.ui.panels.drag_out import MOST, is_here
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.work.exchange.departure import OriginalWish, Ready, Wish
from bridge_app.work.worker import Worker

GNOME, KDE = "x-special/gnome-copied-files", "application/x-kde-cutselection"
"""How file managers know that files are copied, and not moved."""
Taken = tuple[tuple[Path, ...], Mapping[AssetId, str]]
Copied = tuple[tuple[Path, ...], QImage, Mapping[AssetId, str]]


class Clipboard(QObject):
    """GUI thread only; files are made or fetched off it, and the last copy counts."""

    pasted = Signal(object)  # tuple[Path, ...]: to be taken in, as if they were dropped
    addressed = Signal(str)  # an address that is to be found

    def __init__(self, worker: Worker, asker: Asker, looks: Looks, messages: MessageBar) -> None:
        super().__init__(messages)
        self._worker = worker
        self._looks = looks
        self._messages = messages
        self._copying, self._pasting = Latest(asker, self), Latest(asker, self)

    def copy_assets(self, assets: Sequence[Asset], *, chosen: int) -> None:
        """Copy originals as files; one of them as a picture, too. `chosen` are how many."""
        if not assets:
            return
        if len(assets) != chosen or chosen > MOST:
            text = self.tr("That is too much to copy at once. Choose fewer assets.")
            self._messages.say(Tone.INFO, text)
            return
        if all(is_here(asset) for asset in assets):
            leaving = self._worker.leaving
            self._copy(lambda: leaving.take(assets), taken=())
        else:
            self.copy_files([OriginalWish(asset=asset) for asset in assets])

    def copy_files(self, wishes: Sequence[Wish]) -> None:
        """Have files made or fetched, and copy them."""
        departure = self._worker.leaving.departure(wishes)
        text = self.tr("Getting %Ln file(s) ready…", "", len(wishes))
        self._messages.say(Tone.INFO, text)
        ready: list[Ready] = []

        def files() -> Taken:
            departure.carry_out()
            if departure.trouble is not None:
                raise departure.trouble
            ready.extend(departure.ready)
            against = self._worker.leaving.taken(departure.ready, is_copied=True)
            self._worker.leaving.tidy()
            return tuple(one.path for one in departure.ready), against

        self._copy(files, taken=ready)

    def copy_text(self, text: str, told: str) -> None:
        """Put a line of text there, and say so."""
        QGuiApplication.clipboard().setText(text)
        self._messages.say(Tone.POSITIVE, told)

    def paste(self) -> None:
        """Take what is there."""
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        self.take(Incoming() if mime is None else incoming(mime))

    def take(self, found: Incoming) -> None:
        """Take what came from another program."""
        if found.paths:
            self.pasted.emit(found.paths)
        elif found.picture:
            self._keep(found)
        elif found.address:
            self.addressed.emit(found.address)
        else:
            text = self.tr("There are no files and no picture on the clipboard.")
            self._messages.say(Tone.INFO, text)

    def _copy(self, files: Callable[[], Taken], *, taken: Sequence[Ready]) -> None:
        leaving = self._worker.leaving

        def work() -> Copied:
            paths, against = files()
            picture = leaving.picture(paths[0]) if len(paths) == 1 else b""
            return paths, decoded(picture) if picture else QImage(), against

        def done(copied: Copied) -> None:
            paths, image, against = copied
            links = [one.link for one in taken if one.link is not None]
            mime = files_mime(paths, image)
            if links:
                mime.setHtml("\n".join(link.html for link in links))
                mime.setText("\n".join(link.url for link in links))
            QGuiApplication.clipboard().setMimeData(mime)
            self._messages.say(Tone.POSITIVE, self.tr("%Ln file(s) copied.", "", len(paths)))
            warn(self._messages, against)

        self._copying.ask(work, done, self._fail)

    def _keep(self, found: Incoming) -> None:
        """Put the picture into a file, from where it is taken in like any other."""
        name = found.file_name(self.tr("Pasted"), self._looks.now().astimezone())
        leaving = self._worker.leaving

        def work() -> tuple[Path, ...]:
            return (leaving.keep(name, found.picture),)

        self._pasting.ask(work, self.pasted.emit, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._messages.show_error(error)


def files_mime(paths: Sequence[Path], image: QImage) -> QMimeData:
    """Files as file managers, editors and chats take them."""
    mime = QMimeData()
    urls = [file_url(path) for path in paths]
    mime.setUrls(urls)
    listed = [bytes(url.toEncoded().data()) for url in urls]
    mime.setData(GNOME, b"\n".join((b"copy", *listed)))
    mime.setData(KDE, b"0")
    mime.setText("\n".join(one_line(str(path)) for path in paths))
    if not image.isNull():
        mime.setImageData(image)
    return mime
