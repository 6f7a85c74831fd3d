"""What a drag carries while its files are still being made: read by the target when it wants it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QMetaType, QMimeData
from PySide6.QtGui import QGuiApplication

from bridge_app.ui.dropping import file_url
from bridge_app.work.exchange.departure import DeliveredWish, Departure

FILES, HTML, TEXT = "text/uri-list", "text/html", "text/plain"
NAMES_S = 1.0
FILES_S = 4.0
"""How long a program that was dropped on waits for what it asked for; some give up after five
seconds (the X11 ones that are made with Qt)."""
STEP_S = 0.03


class LateFiles(QMimeData):
    """Files, and the addresses of those that are delivered, where these may be known.

    Targets ask in the GUI thread, some while the pointer is over them and some after the drop.
    Before it they get the names the files will have; afterwards they wait a few seconds at most,
    in which `paint` keeps what is said of it fresh. No events are handled meanwhile.

    An address is told once it is on record that it left, dropped or not: a program may read it
    while the pointer is over it. `record` begins that, in a thread.
    """

    def __init__(
        self, departure: Departure, *, paint: Callable[[], None], record: Callable[[], None]
    ) -> None:
        super().__init__()
        self._departure = departure
        self._paint = paint
        self._record = record
        self._linked = any(isinstance(one, DeliveredWish) for one in departure.wishes)
        self.is_hovering = QGuiApplication.platformName() == "xcb"
        """May the drop still be held back until everything is there?"""

    def formats(self) -> list[str]:
        """Qt: what a target may ask for; files first, as most take the first they know."""
        return [FILES, HTML, TEXT] if self._linked else [FILES]

    def hasFormat(self, mime_type: str) -> bool:
        """Qt: is this one of them?"""
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, preferred: QMetaType | QMetaType.Type) -> object:
        """Qt: a target wants it now."""
        if mime_type not in self.formats():
            return None
        if mime_type == FILES:
            urls = [file_url(path) for path in self._files()]
            if _number(preferred) == QMetaType.Type.QVariantList.value:
                return urls  # somebody in this process
            return QByteArray(b"".join(bytes(url.toEncoded().data()) + b"\r\n" for url in urls))
        self._wait()
        links = self._departure.links
        if not links or not self._is_on_record():
            return None
        return "\n".join(one.html if mime_type == HTML else one.url for one in links)

    def _files(self) -> tuple[Path, ...]:
        departure = self._departure
        if self.is_hovering and not departure.has_ended:
            return departure.expected(NAMES_S)
        self._wait()
        return tuple(one.path for one in departure.ready)

    def _is_on_record(self) -> bool:
        departure = self._departure
        if not departure.wait_for_record(0):
            self._record()
        return self._waited(departure.wait_for_record)

    def _wait(self) -> None:
        self._waited(self._departure.wait)

    def _waited(self, wait: Callable[[float], bool]) -> bool:
        for _ in range(round(FILES_S / STEP_S)):
            if wait(STEP_S):
                return True
            self._paint()
        return False


def _number(kind: QMetaType | QMetaType.Type) -> int:
    return kind.id() if isinstance(kind, QMetaType) else kind.value
