"""Opens the window: Qt's own affairs, the parts, and the demo where there is no account."""

import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QDialog

from bridge_app import __version__
from bridge_app.app.beginning import Beginning
from bridge_app.app.build import DEMO_CLOUD, Parts, build, utc_now
from bridge_app.app.demo_beginning import DemoBeginning
from bridge_app.app.demo_profile import demo_home, recipes
from bridge_app.app.hand_over import hand_over, note_for
from bridge_app.app.memory import give_memory_back
from bridge_app.app.presence import Presence
from bridge_app.app.profile import AlreadyOpenError, key_store, profile_home, sole_worker
from bridge_app.app.text_size import AGAIN, begin_anew, drawn_at
from bridge_app.app.windows import Windows
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.database import DamagedDatabaseError
from bridge_app.storage.ledger import backups, restore
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.focus_ring import FocusRing
from bridge_app.ui.remembering import Beside
from bridge_app.ui.text_size import text_size
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations

SWITCH_S = 0.0001
"""How long a worker thread may keep the interpreter while the window wants it; Python's own 5 ms
add up to a visible stall when several are busy."""


def run_window(*, demo: bool, words: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed; the exit status.

    `words` are links and files to be shown. A window that is open already shows them instead.
    """
    give_memory_back()
    sys.setswitchinterval(SWITCH_S)
    home = demo_home(profile_home()) if demo else profile_home()
    settings = SettingsFile(home / "settings.json")
    remembered = settings.load()
    with drawn_at(text_size(remembered)):
        app = application()
    translators = install_translations(app, remembered.language)
    theme = Theme(Scheme(remembered.scheme))
    theme.apply(app)
    FocusRing(app, theme)
    with ExitStack() as closing:
        try:
            closing.enter_context(sole_worker(home))
            parts = opened(home, theme)
        except AlreadyOpenError as error:
            if hand_over(home, note_for(words)):
                return 0
            _tell(theme, error)
            return 1
        except BridgeError as error:
            _tell(theme, error)
            return 1
        closing.callback(parts.close)
        garbage = GuiGarbage()
        closing.callback(garbage.close)
        status = _stay(app, parts, theme, translators, closing, words)
        translators.clear()
    if status == AGAIN:
        begin_anew(words)
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
        signal.signal(ending, lambda *_: QTimer.singleShot(0, _end))
    return app


def _end() -> None:
    """Leave. What is in the way of a window has to be closed: Qt has nothing to quit yet."""
    shown = QApplication.activeModalWidget()
    if shown is not None:
        shown.close()
    QApplication.quit()


def opened(home: Path, theme: Theme) -> Parts:
    """The parts; a damaged ledger is offered to be restored from its newest backup."""
    try:
        return build(home, open_store=key_store(home))
    except DamagedDatabaseError as error:
        ledger = home / "ledger.db"
        found = backups(ledger)
        is_mendable = error.facts.get("path") == ledger and bool(found)
        if not is_mendable or not _wants_restore(theme, error, found[0]):
            raise
        restore(ledger, found[0], now=utc_now())
        return build(home, open_store=key_store(home))


def _wants_restore(theme: Theme, error: BridgeError, backup: Path) -> bool:
    more = QApplication.translate(
        "Start",
        "There is a verified backup of {day}. It can take the ledger's place; the damaged "
        "file is kept aside.",
    ).format(day=backup.stem.removeprefix("ledger-"))
    act = QApplication.translate("Start", "Restore the backup")
    return _tell(theme, error, more=more, act=act)


def _tell(theme: Theme, error: BridgeError, *, more: str = "", act: str = "") -> bool:
    """What is in the way of a window; is `act` to be done about it?"""
    from bridge_app.ui.dialogs.start_trouble import StartTrouble  # noqa: PLC0415 - hardly ever

    asked = StartTrouble(theme, error_text(error), more=more, act=act).exec()
    return asked == QDialog.DialogCode.Accepted


def _stay(
    app: QApplication,
    parts: Parts,
    theme: Theme,
    translators: list[QTranslator],
    closing: ExitStack,
    words: Sequence[str],
) -> int:
    demo = DemoBeginning(parts, recipes=recipes()) if has_only_the_demo(parts) else None
    beginning = demo or Beginning(parts)
    closing.callback(beginning.close)
    icons = Icons(theme)
    app.setWindowIcon(icons.app_icon())

    def window(settings: SettingsFile | Beside) -> MainWindow:
        made = MainWindow(parts.worker, settings, theme, icons, demo=demo, now=utc_now)
        for answered in (made.middle.model.counted, made.middle.model.failed):
            answered.connect(beginning.start)
        return made

    windows = Windows(app, parts.settings, translators, window)
    presence = Presence(parts.home, windows.current)
    closing.callback(presence.close)
    presence.open(words)
    status = app.exec()
    del windows
    return status


def has_only_the_demo(parts: Parts) -> bool:
    """Is there no account but the demo's own?"""
    return all(account.environment == DEMO_CLOUD for account in parts.worker.accounts())
