"""Letters that are typed among the assets lead to the next one whose name begins with them."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtWidgets import QApplication

from bridge_app.domain.assets import AssetId
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.type_ahead import next_named
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.browser import BrowserPanel


class TypeAhead(QObject):
    """GUI thread only; looked for off it, however many assets there are."""

    def __init__(
        self,
        browser: BrowserPanel,
        selection: AssetSelection,
        asker: Asker,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(browser)
        self._browser = browser
        self._selection = selection
        self._asking = Latest(asker, self)
        self._now = now
        self._typed = ""
        self._since = QElapsedTimer()
        browser.grid.typed.connect(self.go_on)

    def go_on(self, text: str) -> None:
        """One more letter; after a pause it is the first one of another name."""
        paused = not self._since.isValid() or self._since.elapsed() > pause_ms()
        self._since.start()
        again = text if self._typed == text and not paused else self._typed + text
        self._typed = text if paused else again
        typed, query, now = self._typed, self._browser.query, self._now()
        after = self._selection.current

        def find(reader: CatalogReader) -> AssetId | None:
            return next_named(reader, typed, query, after=after, now=now)

        self._asking.read(find, self._show, self._browser.messages.show_error)

    def _show(self, found: AssetId | None) -> None:
        if found is not None and found != self._selection.current:
            self._browser.grid.reveal((found,))


def pause_ms() -> int:
    """How long one may think between two letters of a name."""
    return QApplication.keyboardInputInterval() * 2
