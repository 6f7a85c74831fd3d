"""Opens the window: Qt's own affairs, its assets first, and then the parts behind it."""

import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from bridge_app import __version__
from bridge_app.app.ahead import Ahead, Known
from bridge_app.app.behind import Behind
from bridge_app.app.clock import utc_now
from bridge_app.app.profile import AlreadyOpenError
from bridge_app.app.text_size import AGAIN, begin_anew, drawn_at
from bridge_app.app.windows import Windows
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.database import DamagedDatabaseError
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.focus_ring import FocusRing
from bridge_app.ui.text_size import text_size
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations

# ruff: noqa: PLC0415 - what hardly any start needs


def run_window(ahead: Ahead, words: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed; the exit status.

    `words` are links and files to be shown. A window that is open already shows them instead.
    """
    settings = SettingsFile(ahead.home / "settings.json")
    remembered = settings.load()
    with drawn_at(text_size(remembered)):
        app = application()
    translators = install_translations(app, remembered.language)
    theme = Theme(Scheme(remembered.scheme))
    theme.set_still(on=remembered.still)
    theme.set_compact(on=remembered.compact)
    theme.apply(app)
    FocusRing(app, theme)
    with ExitStack() as closing:
        try:
            known = opened(ahead, closing, theme)
        except AlreadyOpenError as error:
            from bridge_app.app.hand_over import hand_over, note_for

            if hand_over(ahead.home, note_for(words)):
                return 0
            _tell(theme, error)
            return 1
        except BridgeError as error:
            _tell(theme, error)
            return 1
        icons = Icons(theme)
        behind = Behind(ahead.home, known, theme, icons)
        closing.callback(behind.close)
        windows = Windows(app, settings, translators, behind.window)
        behind.stand_behind(windows, words)
        status = app.exec()
        del windows
        translators.clear()
    if isinstance(behind.trouble, BridgeError):
        _tell(theme, behind.trouble)
        return 1
    if behind.trouble is not None:
        raise behind.trouble
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


def opened(ahead: Ahead, closing: ExitStack, theme: Theme) -> Known:
    """The files; a damaged ledger is offered to be restored from its newest backup."""
    try:
        return ahead.known(closing)
    except DamagedDatabaseError as error:
        from bridge_app.storage.ledger import backups, restore

        ledger = ahead.home / "ledger.db"
        found = backups(ledger)
        is_mendable = error.facts.get("path") == ledger and bool(found)
        if not is_mendable or not _wants_restore(theme, error, found[0]):
            raise
        restore(ledger, found[0], now=utc_now())
        return ahead.open()


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
    from bridge_app.ui.dialogs.start_trouble import StartTrouble

    theme.ask_desktop()
    asked = StartTrouble(theme, error_text(error), more=more, act=act).exec()
    return asked == QDialog.DialogCode.Accepted
