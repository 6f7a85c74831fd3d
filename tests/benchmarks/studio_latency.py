"""A slider of the real studio is dragged; how long each step takes until its frame is painted.

Run with a picture and an empty folder for the profile; prints one JSON line.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from bridge_app.app.build import build, utc_now
from bridge_app.cli.opening import SWITCH_S
from bridge_app.storage.secrets import MemoryStore
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.studio.canvas_places import Look
from bridge_app.ui.studio.window import StudioWindow
from bridge_app.ui.theme import Scheme, Theme

STEPS = 50
WARM = 10
"""Steps in which the studio learns how large a frame the machine draws in time."""
POLL_MS = 5
PATIENCE_S = 60.0
DIALS = ("brightness", "saturation", "blur")


def until(holds: Callable[[], bool]) -> None:
    """Let the event loop run until something holds."""
    loop, timer = QEventLoop(), QTimer(interval=POLL_MS)
    end = time.monotonic() + PATIENCE_S
    timer.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > end else None)
    timer.start()
    loop.exec()
    timer.stop()
    if not holds():
        raise TimeoutError


def drag(studio: StudioWindow, name: str) -> tuple[list[float], int]:
    """Milliseconds from each movement of a slider to the end of painting; the frames' edge."""
    slider = studio.adjust.dials[name].slider
    span = slider.maximum() - slider.minimum()
    took: list[float] = []
    edge = 0
    for step in range(STEPS):
        loop = QEventLoop()

        def drawn(_: object, loop: QEventLoop = loop) -> None:
            shown = studio.canvas.rendition
            if shown is not None and shown.text == studio.document.text:
                studio.canvas.repaint()
                loop.quit()

        studio.previews.drawn.connect(drawn)
        begun = time.perf_counter()
        slider.setValue(slider.minimum() + 1 + (span - 1) * (step + 1) // STEPS)
        text = studio.document.text
        loop.exec()
        took.append((time.perf_counter() - begun) * 1000)
        studio.previews.drawn.disconnect(drawn)
        shown = studio.canvas.rendition
        assert shown is not None
        assert shown.text == text
        edge = max(shown.image.width(), shown.image.height())
    slider.setValue(0)
    studio.document.release()
    return took[WARM:], edge


def main(picture: Path, home: Path) -> None:
    """Catalogue the picture's folder, open the studio on it, and drag."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(sys.argv[:1])
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    figures: dict[str, object] = {}
    with build(home, open_store=lambda _: MemoryStore()) as parts:
        garbage = GuiGarbage()
        window = MainWindow(
            parts.worker, parts.settings, theme, Icons(theme), demo=None, now=utc_now
        )
        window.resize(1440, 900)
        window.show()
        parts.worker.start()
        parts.worker.add_library(picture.parent)
        until(lambda: window.middle.model.rowCount() == 1 and not parts.worker.is_scanning())
        until(lambda: window.middle.model.asset(0) is not None)
        asset = window.middle.model.asset(0)
        assert asset is not None
        window.middle.studio.open(asset)
        until(lambda: bool(window.middle.studio.windows))
        studio = window.middle.studio.windows[0]
        until(lambda: studio.canvas.rendition is not None)
        studio.set_look(Look.RENDITION)
        for name in DIALS:
            took, edge = drag(studio, name)
            ranked = sorted(took)
            figures[name] = {
                "p50_ms": round(ranked[len(ranked) // 2], 1),
                "p95_ms": round(ranked[int(len(ranked) * 0.95)], 1),
                "edge_px": edge,
            }
        window.close()
        garbage.close()
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
