"""Starts a window, says when it can be used, and ends: ours with its catalog, or a bare one.

`python -m tests.benchmarks.starting ours|bare` prints a line of JSON when the first page of rows
(ours), or the empty window (bare), has been painted. `loaded` prints what ours has loaded by then.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from bridge_app.ui.main_window import MainWindow

# What is loaded, and when, is what is measured.
# ruff: noqa: PLC0415

LOOK_MS = 5
HOUR_MS = 3_600_000


def tell(**more: object) -> None:
    """Say that it is there, and what it took of the processor."""
    took = os.times()
    sys.stdout.write(json.dumps({"cpu_s": round(took.user + took.system, 3), **more}) + "\n")
    sys.stdout.flush()


def bare() -> None:
    """What nobody can be faster than: Qt, and an empty window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()

    def done() -> None:
        window.repaint()
        tell()
        app.quit()

    QTimer.singleShot(0, done)
    app.exec()


def ours() -> None:
    """What `asset-bridge` does; looked at every 5 ms from within."""
    run_watched(_look)


def run_watched(look: "Callable[[MainWindow], int]") -> None:
    """Run the application; `look` is shown its window, and says after how many ms again.

    Nothing is loaded here before the application does: what it does meanwhile is a part of it.
    """
    import bridge_app.app.qt_loading as loading
    from bridge_app.cli.main import main

    load = loading.load_qt

    def load_qt() -> None:
        load()
        import bridge_app.app.window as starting

        starting.application = partial(_watched, starting.application, look)

    loading.load_qt = load_qt
    sys.argv[1:] = []
    sys.exit(main())


def _watched(
    make: "Callable[[], QApplication]", look: "Callable[[MainWindow], int]"
) -> "QApplication":
    from PySide6.QtCore import QTimer

    app = make()
    timer = QTimer(app, interval=LOOK_MS)
    timer.timeout.connect(lambda: timer.setInterval(_show(app.topLevelWidgets(), look)))
    timer.start()
    return app


def _show(windows: "list[QWidget]", look: "Callable[[MainWindow], int]") -> int:
    from bridge_app.ui.main_window import MainWindow

    for window in windows:
        if isinstance(window, MainWindow):
            return look(window)
    return LOOK_MS


def loaded() -> None:
    """What `asset-bridge` has loaded when its first answer is painted."""

    def answered(window: "MainWindow") -> None:
        window.front.browser.grid.view.viewport().repaint()
        sys.stdout.write(" ".join(sys.modules) + "\n")
        sys.stdout.flush()
        os._exit(0)

    def look(window: "MainWindow") -> int:
        if not window.front.model.is_waiting:
            answered(window)
        return LOOK_MS

    from bridge_app.app.qt_loading import load_qt

    load_qt()
    from bridge_app.app import behind

    behind.PAINT_MS = HOUR_MS  # nobody loads the rest
    run_watched(look)


def _look(window: "MainWindow") -> int:
    """End when the first rows are painted."""
    front = window.front
    if front.model.asset(0) is None:
        return LOOK_MS
    front.browser.grid.view.viewport().repaint()
    tell(rows=front.model.rowCount(), modules=len(sys.modules))
    # What it would close now is no part of its start.
    os._exit(0)


if __name__ == "__main__":
    {"ours": ours, "bare": bare, "loaded": loaded}[sys.argv[1]]()
