"""All that stands behind the first window: loaded once it shows its assets, then made in steps."""

import importlib
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from bridge_app.app.ahead import Known
from bridge_app.app.clock import utc_now
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.coming_worker import ComingWorker
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.remembering import Beside
from bridge_app.ui.theme import Theme

# ruff: noqa: PLC0415 - loaded behind the window
if TYPE_CHECKING:
    from bridge_app.app.beginning import Beginning
    from bridge_app.app.build import Parts
    from bridge_app.app.demo_beginning import DemoBeginning
    from bridge_app.app.windows import Windows

PAINT_MS = 30
"""So long the window has the interpreter to itself, to paint the first answer."""
STEP_MS = 1
"""Between two steps the window does what it is asked to."""
BEHIND = (
    *("bridge_app.app.build", "bridge_app.app.beginning", "bridge_app.app.demo_beginning"),
    *("bridge_app.app.presence", "bridge_app.ui.garbage", "bridge_app.ui.wiring"),
    "bridge_app.ui.window_rest",
)


DESKS = ("environments", "policies", "hearing", "rights", "words", "editing")
"""Of the worker, whom a window asks while it is made: their code is loaded beside it, too."""


class Behind(QObject):
    """Loads in a thread of its own; GUI thread only, but for that.

    `trouble` is what was in the way of all the rest: then the program ends.
    """

    _loaded = Signal()

    def __init__(self, home: Path, known: Known, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._home = home
        self._known = known
        self._theme = theme
        self._icons = icons
        self._closing = ExitStack()
        self._closing.push(known.stores.closing)
        self._readers = [known.reader.get]
        self._coming = ComingWorker(
            catalog_reader=self._reader,
            thumbs_reader=known.stores.thumbs.reader,
            query=known.query,
            listing=known.reader.listing,
        )
        self._parts: Parts | None = None
        self._demo: DemoBeginning | None = None
        self._beginning: Beginning | None = None
        self.trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._load, name="behind", daemon=True)
        self._loaded.connect(self._make_steps, Qt.ConnectionType.QueuedConnection)

    def window(self, settings: SettingsFile | Beside) -> MainWindow:
        """A window, whole if all is there that it needs."""
        worker = self._parts.worker if self._parts else self._coming
        made = MainWindow(worker, settings, self._theme, self._icons, demo=self._demo, now=utc_now)
        for answered in (made.front.model.counted, made.front.model.failed):
            answered.connect(self._begin)
        if not made.front.model.is_waiting:
            self._begin()
        return made

    def stand_behind(self, windows: "Windows", words: Sequence[str]) -> None:
        """Make the first window whole when it has shown something; then show `words` in it."""
        self._windows = windows
        self._words = tuple(words)

    def close(self) -> None:
        """Let what is being loaded come to an end, and close everything."""
        self._coming.gone()
        if self._thread.ident is not None:
            self._thread.join()
        if self._parts is not None and self._beginning is None:
            self._parts.close()
        self._closing.close()

    def _reader(self) -> CatalogReader:
        """The one that has been asked already, then others."""
        make = self._readers.pop() if self._readers else self._known.stores.catalog.reader
        return make()

    def _begin(self) -> None:
        """An answer is there: paint it first."""
        if self._beginning is not None:
            self._beginning.start()
        elif self._thread.ident is None:
            QTimer.singleShot(PAINT_MS, self, self._start)

    def _start(self) -> None:
        if self._thread.ident is None:
            self._thread.start()
            self._theme.ask_desktop()

    def _load(self) -> None:
        try:
            for name in BEHIND:
                importlib.import_module(name)
            self._parts = self._built()
            for desk in DESKS:
                getattr(self._parts.worker, desk)
        except BaseException as error:  # noqa: BLE001 - told or raised where all of it ends
            self.trouble = error
        self._loaded.emit()

    def _built(self) -> "Parts":
        from bridge_app.app.build import build
        from bridge_app.app.demo_profile import forget_demo
        from bridge_app.app.profile import key_store

        parts = build(self._home, open_store=key_store(self._home), stores=self._known.stores)
        with suppress(BridgeError):  # it is in nobody's way
            forget_demo(parts)
        return parts

    def _make_steps(self) -> None:
        if self._parts is None:
            self._coming.gone()
            QCoreApplication.exit(1)
            return
        from bridge_app.app.beginning import Beginning
        from bridge_app.app.demo_beginning import DemoBeginning
        from bridge_app.app.demo_profile import recipes
        from bridge_app.app.memory import SpareMemory
        from bridge_app.ui.garbage import GuiGarbage

        parts = self._parts
        # Drawn behind the window: few desktops show it before that.
        QGuiApplication.setWindowIcon(self._icons.app_icon())
        # From now on they close them.
        self._closing.pop_all()
        self._closing.callback(parts.close)
        self._closing.callback(GuiGarbage().close)
        self._closing.callback(SpareMemory().close)
        if has_only_the_demo(parts):
            self._demo = DemoBeginning(parts, recipes=recipes())
        beginning = self._demo or Beginning(parts)
        self._closing.callback(beginning.close)
        self._coming.came(parts.worker)
        self._steps = self._windows.current().rest(parts.worker, self._demo)
        self._beginning = beginning
        QTimer.singleShot(STEP_MS, self, self._step)

    def _step(self) -> None:
        try:
            for _ in self._steps:
                QTimer.singleShot(STEP_MS, self, self._step)
                return
        except BaseException as error:  # noqa: BLE001 - half a window is of no use to anybody
            self.trouble = error
            QCoreApplication.exit(1)
            return
        self._stand()

    def _stand(self) -> None:
        """The window is whole."""
        from bridge_app.app.presence import Presence

        presence = Presence(self._home, self._windows.current)
        self._closing.callback(presence.close)
        presence.open(self._words)
        if self._beginning is not None:
            self._beginning.start()


def has_only_the_demo(parts: "Parts") -> bool:
    """Is there no account but the demo's own?"""
    from bridge_app.app.build import DEMO_CLOUD

    return all(account.environment == DEMO_CLOUD for account in parts.worker.accounts())
