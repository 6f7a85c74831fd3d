"""Opens the window: Qt's own affairs, the parts, and the demo where there is no account."""

import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from bridge_app import __version__
from bridge_app.app.build import DEMO_CLOUD, Parts, build, utc_now
from bridge_app.app.demo import Demo, demo_home, recipes
from bridge_app.app.profile import key_store, profile_home, sole_worker
from bridge_app.app.speaking import SpeakingWindow
from bridge_app.domain.assets import LibraryId
from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.campaign import CampaignCancelledError
from bridge_app.storage.database import DamagedDatabaseError
from bridge_app.storage.ledger import backups, restore
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.messages import error_text
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations
from bridge_app.work.events import ScanProgress, trouble_of

SAMPLE_LIBRARY = LibraryId("sample")
"""Under this name the making of the sample pictures is told, until they are a library."""


SWITCH_S = 0.0001
"""How long a worker thread may keep the interpreter while the window wants it; Python's own 5 ms
add up to a visible stall when several are busy."""


def run_window(*, demo: bool) -> int:
    """Open the window and stay until it is closed; the exit status."""
    sys.setswitchinterval(SWITCH_S)
    home = demo_home(profile_home()) if demo else profile_home()
    app = application()
    settings = SettingsFile(home / "settings.json")
    remembered = settings.load()
    translators = install_translations(app, remembered.language)
    theme = Theme(Scheme(remembered.scheme))
    theme.apply(app)
    with ExitStack() as closing:
        try:
            closing.enter_context(sole_worker(home))
            parts = opened(home)
        except BridgeError as error:
            QMessageBox.critical(None, app.applicationDisplayName(), error_text(error))
            return 1
        closing.callback(parts.close)
        garbage = GuiGarbage()
        closing.callback(garbage.close)
        status = _stay(app, parts, theme, translators, closing)
        translators.clear()
    return status


def application() -> QApplication:
    """The one QApplication, with its names."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("asset-bridge")
    app.setApplicationDisplayName("Asset Bridge")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("asset-bridge")
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Queued, because before the event loop runs there is nothing to quit.
        signal.signal(ending, lambda *_: QTimer.singleShot(0, app.quit))
    return app


def opened(home: Path) -> Parts:
    """The parts; a damaged ledger is offered to be restored from its newest backup."""
    try:
        return build(home, open_store=key_store(home))
    except DamagedDatabaseError as error:
        ledger = home / "ledger.db"
        found = backups(ledger)
        if error.facts.get("path") != ledger or not found or not _wants_restore(error, found[0]):
            raise
        restore(ledger, found[0], now=utc_now())
        return build(home, open_store=key_store(home))


def _wants_restore(error: BridgeError, backup: Path) -> bool:
    box = QMessageBox(QMessageBox.Icon.Critical, "Asset Bridge", error_text(error))
    box.setInformativeText(
        QApplication.translate(
            "Start",
            "There is a verified backup of {day}. It can take the ledger's place; the damaged "
            "file is kept aside.",
        ).format(day=backup.stem.removeprefix("ledger-"))
    )
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)
    take = box.addButton(
        QApplication.translate("Start", "Restore the backup"), QMessageBox.ButtonRole.AcceptRole
    )
    box.exec()
    return box.clickedButton() is take


def _stay(
    app: QApplication,
    parts: Parts,
    theme: Theme,
    translators: list[QTranslator],
    closing: ExitStack,
) -> int:
    demo = demo_for(parts)
    if demo is not None:
        closing.callback(demo.close)
    icons = Icons(theme)
    app.setWindowIcon(icons.app_icon())

    def window() -> MainWindow:
        return MainWindow(parts.worker, parts.settings, theme, icons, demo=demo, now=utc_now)

    speaking = SpeakingWindow(app, parts.settings, translators, window)
    if demo is None:
        _begin(parts)
    else:
        filling = Filling(parts, demo)
        closing.callback(filling.close)
        filling.start()
    status = app.exec()
    del speaking
    return status


def _begin(parts: Parts) -> None:
    parts.worker.start()
    parts.worker.cloud.watch()


def demo_for(parts: Parts) -> Demo | None:
    """The demo, where there is no account but its own."""
    if any(account.environment != DEMO_CLOUD for account in parts.worker.accounts()):
        return None
    return Demo(parts, recipes=recipes(), now=utc_now)


class Filling:
    """Starts the sandbox and makes the sample libraries, in a thread, while the window is open.

    The worker begins when the sandbox answers: before that nobody could be asked for anything.
    """

    def __init__(self, parts: Parts, demo: Demo) -> None:
        self._parts = parts
        self._demo = demo
        self._emit = parts.tell
        self._wanted = not parts.worker.libraries() or demo.is_filled
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._fill, name="demo", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Stop; what was not finished is made at the next start."""
        self._closing.set()
        self._thread.join(2.0)

    def _report(self, done: int, total: int) -> None:
        self._emit(ScanProgress(library=SAMPLE_LIBRARY, found=total, read=done, total=total))

    def _fill(self) -> None:
        try:
            try:
                self._demo.connect()
            finally:
                _begin(self._parts)
            if self._wanted:
                self._demo.fill(self._report, self._closing.is_set)
                self._demo.fill_shelter(self._report, self._closing.is_set)
        except CampaignCancelledError:
            return
        except BridgeError as error:
            self._emit(
                ScanProgress(library=SAMPLE_LIBRARY, finished=True, trouble=trouble_of(error))
            )
        else:
            self._emit(ScanProgress(library=SAMPLE_LIBRARY, finished=True))
