"""The real window while files are imported, or an environment mirrored: its longest stall.

A timer of 5 ms runs in the event loop; a stall is how much later than that it was served.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from bridge_app.app.beginning import Beginning
from bridge_app.app.build import Parts, build, utc_now
from bridge_app.cli.opening import SWITCH_S
from bridge_app.delivery.accounts import NewAccount
from bridge_app.storage.secrets import MemoryStore
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.theme import Scheme, Theme

TICK_MS = 5
SETTLE_MS = 1500


class Stalls(QObject):
    """Watches how late its own timer is served, until the import is over."""

    def __init__(self, app: QApplication, parts: Parts) -> None:
        super().__init__()
        self._app = app
        self._parts = parts
        self._last = time.perf_counter()
        self.late_ms: list[float] = []
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._done = QTimer(self, interval=200)
        self._done.timeout.connect(self._look)
        self._done.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late_ms.append((now - self._last) * 1000 - TICK_MS)
        self._last = now

    def _look(self) -> None:
        if not self._parts.worker.is_scanning():
            self._app.quit()


def main(source: str, home: Path) -> None:
    """Import a folder, or mirror the environment of a cloudinary:// URL, into an empty profile."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(sys.argv[:1])
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    store = MemoryStore()
    with build(home, open_store=lambda _: store) as parts:
        if source.startswith("cloudinary:"):
            parts.environments.keep(NewAccount.from_url(source))
        garbage = GuiGarbage()
        window = MainWindow(
            parts.worker, parts.settings, theme, Icons(theme), demo=None, now=utc_now
        )
        window.resize(1440, 900)
        window.show()
        beginning = Beginning(parts)
        beginning.start()
        stalls: list[Stalls] = []

        def begin() -> None:
            account = parts.worker.current_account()
            if account is not None:
                parts.worker.cloud.sync(account.environment)
            else:
                parts.worker.add_library(Path(source))
            stalls.append(Stalls(app, parts))

        QTimer.singleShot(SETTLE_MS, begin)
        app.exec()
        late = sorted(stalls[0].late_ms)
        size = parts.stock.catalog.size(parts.worker.libraries()[0].id)
        window.close()
        beginning.close()
        garbage.close()
    figures = {
        "imported": size,
        "longest_stall_ms": round(late[-1], 1),
        "p99_ms": round(late[int(len(late) * 0.99)], 1),
        "ticks": len(late),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
