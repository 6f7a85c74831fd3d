"""200 renditions are paged through in the real window; how long each key takes until painted.

Run with a folder of masters and an empty folder for the profile; prints one JSON line.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bridge_app.app.build import build, utc_now
from bridge_app.cli.opening import SWITCH_S
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_sets import RenditionSet
from bridge_app.storage.secrets import MemoryStore
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.review.window import ReviewWindow
from bridge_app.ui.theme import Scheme, Theme

PRESETS = tuple(
    RenditionPreset(
        name=name, title="", transformation=text, format="jpg", channel=name.partition("-")[0]
    )
    for name, text in (
        ("web-hero", "c_fill,g_center,h_900,w_1600"),
        ("social-square", "c_fill,g_center,h_1080,w_1080"),
        ("social-story", "c_fill,g_center,h_1920,w_1080"),
        ("web-limit", "c_limit,h_1200,w_1200"),
    )
)
POLL_MS = 5
PATIENCE_S = 90.0


def until(holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    """Let the event loop run until something holds."""
    loop, timer = QEventLoop(), QTimer(interval=POLL_MS)
    end = time.monotonic() + patience_s
    timer.timeout.connect(lambda: loop.quit() if holds() or time.monotonic() > end else None)
    timer.start()
    loop.exec()
    timer.stop()


def turn_page(review: ReviewWindow) -> float:
    """Milliseconds from a key until the next picture is painted as it is."""
    stage, sitting = review.parts.stage, review.parts.sitting
    begun = time.perf_counter()
    QTest.keyClick(stage, Qt.Key.Key_Right)
    subject = sitting.subject
    assert subject is not None
    stage.repaint()
    if stage.painted != subject.key:
        until(lambda: stage.painted == subject.key)
    took = (time.perf_counter() - begun) * 1000
    assert stage.painted == subject.key
    return took


def glance(review: ReviewWindow) -> None:
    """Look until the picture after this one is ready; people look longer."""
    sitting, pictures = review.parts.sitting, review.parts.pictures
    after = sitting.subjects[min(sitting.row + 1, len(sitting.subjects) - 1)]
    until(lambda: pictures.shown(after) is not None)


def main(masters: Path, home: Path) -> None:
    """Catalogue the masters, review all their renditions, and page to the end."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(sys.argv[:1])
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    with build(home, open_store=lambda _: MemoryStore()) as parts:
        garbage = GuiGarbage()
        window = MainWindow(
            parts.worker, parts.settings, theme, Icons(theme), demo=None, now=utc_now
        )
        window.resize(1440, 900)
        window.show()
        shelf = parts.worker.rendition_presets
        shelf.save(*PRESETS)
        names = tuple(one.name for one in PRESETS)
        shelf.save_set(RenditionSet(name="campaign", title="", presets=names))
        kept = window.core.remembering
        kept.keep(replace(kept.settings, rendition_set="campaign"))
        parts.worker.start()
        parts.worker.add_library(masters)
        until(lambda: not parts.worker.is_scanning() and window.middle.model.rowCount() > 0)
        window.core.actions.review_mode.trigger()
        until(lambda: window.middle.review.window is not None)
        review = window.middle.review.window
        assert review is not None
        stage = review.parts.stage
        until(lambda: stage.painted is not None)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        count = len(review.parts.sitting.subjects)
        took: list[float] = []
        most = 0
        begun = time.monotonic()
        for _ in range(count - 1):
            glance(review)
            took.append(turn_page(review))
            most = max(most, review.parts.pictures.kept_bytes)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ranked = sorted(took)
        figures = {
            "pictures": count,
            "p50_ms": round(ranked[len(ranked) // 2], 1),
            "p95_ms": round(ranked[int(len(ranked) * 0.95)], 1),
            "most_ms": round(ranked[-1], 1),
            "pace_s": round((time.monotonic() - begun) / count, 2),
            "kept_mb": most >> 20,
            "grown_mb": (after - before) >> 10,
        }
        window.close()
        garbage.close()
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
