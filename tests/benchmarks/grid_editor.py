"""The real window with 10,000 masters: how soon the grid shows them, and its longest stall.

A timer of 5 ms runs in the event loop; a stall is how much later than that it was served.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bridge_app.app.build import build, utc_now
from bridge_app.cli.opening import SWITCH_S
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.standard_fields import path_of
from bridge_app.storage.catalog import SeenFile
from bridge_app.storage.secrets import MemoryStore
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.grid_editor.window import GridEditor
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.work.master_editing import MasterEditing
from tests.ui.stock import asset

MASTERS = 10_000
TITLE = path_of("title")
COLUMNS = ("title", "caption", "keywords")
TICK_MS = 5
LOOK_MS = 20
SETTLE_MS = 1500
REST_MS = 400


class Stalls(QObject):
    """Watches how late its own timer is served."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self.late_ms: list[float] = []
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """From now on."""
        self.late_ms.clear()
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> float:
        """The longest stall, in milliseconds."""
        self._timer.stop()
        return round(max(self.late_ms), 1)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late_ms.append((now - self._last) * 1000 - TICK_MS)
        self._last = now


def until(holds: Callable[[], bool]) -> None:
    """Let the window live until something can be seen."""
    loop = QEventLoop()
    look = QTimer(interval=LOOK_MS)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    look.start()
    loop.exec()


def rest(span_ms: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(span_ms, loop.quit)
    loop.exec()


def is_shown(grid: GridEditor | None) -> bool:
    """Is a screen full of cells drawn with what they say?"""
    if grid is None or not grid.isVisible():
        return False
    last = grid.table.rowAt(grid.table.viewport().height() - 1)
    known = [grid.model.known_text(last, column) for column in range(len(COLUMNS))]
    if any(text is None for text in known):
        return False
    grid.table.viewport().repaint()
    return True


def put_masters(put: Callable[[list[SeenFile]], None]) -> None:
    """So many masters that say something."""
    put(
        [
            SeenFile(
                asset=asset(number),
                modified_ns=0,
                file_key="",
                record={
                    "title": f"Title {number}",
                    "caption": f"What is seen in picture {number}, in a sentence of some length.",
                    "keywords": ("boat", "harbour", f"town {number % 40}"),
                },
            )
            for number in range(MASTERS)
        ]
    )


def main(home: Path) -> None:
    """Open the grid by its key, sort 10,000 rows, fill three columns of as many cells down."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(sys.argv[:1])
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    figures: dict[str, float] = {}
    with build(home, open_store=lambda _: MemoryStore()) as parts:
        put_masters(parts.stock.catalog.put)
        kept = parts.settings.load()
        parts.settings.save(replace(kept, grid_columns="\n".join(COLUMNS)))
        garbage = GuiGarbage()
        window = MainWindow(
            parts.worker, parts.settings, theme, Icons(theme), demo=None, now=utc_now
        )
        window.resize(1440, 900)
        window.show()
        until(lambda: window.middle.model.rowCount() == MASTERS)
        window.core.actions.select_all.trigger()
        until(lambda: window.middle.selection.is_complete)
        rest(SETTLE_MS)
        stalls = Stalls()
        stalls.begin()
        begun = time.perf_counter()
        QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        until(lambda: is_shown(window.middle.grid.window))
        figures["shown_ms"] = round((time.perf_counter() - begun) * 1000, 1)
        rest(300)
        figures["open_stall_ms"] = stalls.end()
        grid = window.middle.grid.window
        if grid is not None:
            figures |= _edit(grid, stalls)
            figures["filled"] = (
                len({one.record()[TITLE] for one in _ends(parts.worker.masters, grid)}) == 1
            )
        window.close()
        garbage.close()
    sys.stdout.write(json.dumps(figures) + "\n")


def _edit(grid: GridEditor, stalls: Stalls) -> dict[str, float]:
    """Acts on 10,000 rows: how long until each is shown, and the longest stall until it is kept."""
    figures: dict[str, float] = {}
    table, acts = grid.table, grid.acts
    table.go_to(0, 1)
    rest(100)

    def is_quiet() -> bool:
        return not grid.acting.is_busy and not grid.model.is_reading

    def timed(name: str, act: Callable[[], object], holds: Callable[[], bool]) -> None:
        stalls.begin()
        begun = time.perf_counter()
        act()
        until(holds)
        figures[f"{name}_ms"] = round((time.perf_counter() - begun) * 1000, 1)
        until(is_quiet)
        rest(REST_MS)
        figures[f"{name}_stall_ms"] = stalls.end()

    def is_filled() -> bool:
        last = table.rowAt(table.viewport().height() - 1)
        return all(
            grid.model.index(last, column).data() == grid.model.index(0, column).data()
            for column in range(len(COLUMNS))
        )

    first = grid.model.ids[0]
    timed("sort", acts.falling.trigger, lambda: grid.model.ids[0] != first)
    table.selectAll()
    rest(100)
    begun = time.perf_counter()
    timed("fill", acts.fill.trigger, is_filled)
    figures["kept_ms"] = round((time.perf_counter() - begun) * 1000 - REST_MS, 1)
    return figures


def _ends(masters: MasterEditing, grid: GridEditor) -> list[SaidMaster]:
    """What the first and the last row say."""
    return masters.said([grid.model.ids[0], grid.model.ids[-1]])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
