"""Pictures of the real window with the demo in it, for the README: `screenshots.py OUT_DIR`."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from bridge_app.app.build import Parts, build, utc_now
from bridge_app.app.demo import Demo, recipes
from bridge_app.app.window import application
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.query import Query
from bridge_app.storage.secrets import MemoryStore
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.garbage import GuiGarbage
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations

SIZE_PX = (1440, 900)
MOST_BYTES = 600_000
COLOURS = 256
PATIENCE_MS = 180_000
LOOK_MS = 30
SMALL = QSize(32, 32)
HOME = "Lumenfell"
"""The folder of the profile; its path can be read in the inspector."""
SHOWN = "fjord-crossing.jpg"
LISTED = "look_04_lookout.jpg"
TARGET = PushTarget(folder="slow-light", tags=("spring-27",))
PUSHED_FOLDERS = ("01 Hero", "03 Product", "06 Brand")
RENDITIONS_TAB = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Make all pictures; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out_dir", type=Path)
    out_dir: Path = arguments.parse_args(argv).out_dir
    out_dir.mkdir(parents=True, exist_ok=True)
    app = application()
    translators = install_translations(app, "en_GB")
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    with ExitStack() as closing:
        garbage = GuiGarbage()
        closing.callback(garbage.close)
        home = closing.enter_context(_home())
        parts = closing.enter_context(build(home, open_store=lambda _: MemoryStore(), now=utc_now))
        demo = Demo(parts, recipes=recipes(), now=utc_now)
        closing.callback(demo.close)
        _prepare(parts, demo)
        window = MainWindow(
            parts.worker, parts.settings, theme, Icons(theme), demo=demo, now=utc_now
        )
        closing.callback(window.close)
        Studio(window, theme, app, out_dir).take_all()
    translators.clear()
    return 0


@contextmanager
def _home() -> Iterator[Path]:
    """A profile with a short and pleasant path; fails if somebody else's folder is there."""
    home = Path(tempfile.gettempdir()) / HOME
    home.mkdir()
    try:
        yield home
    finally:
        shutil.rmtree(home)


def _prepare(parts: Parts, demo: Demo) -> None:
    """The sample library, with a part of what is approved delivered."""
    kept = parts.settings.load()
    parts.settings.save(replace(kept, push_folder=TARGET.folder, push_tags=", ".join(TARGET.tags)))
    demo.connect()
    parts.worker.start()
    demo.fill(lambda _done, _total: None, lambda: False)
    wait_until(lambda: not parts.worker.is_scanning(), "the sample library")
    with parts.stock.readers.lent() as reader:
        approved = Query(approvals=frozenset({Approval.APPROVED}))
        found = reader.page(approved, offset=0, limit=500, now=utc_now())
    chosen = [asset.id for asset in found if asset.folder in PUSHED_FOLDERS]
    batch = parts.worker.push(parts.worker.plan_push(chosen, TARGET))
    wait_until(
        lambda: all(job.state.is_finished for job in parts.worker.batch(batch)), "the pushes"
    )


class Studio:
    """Brings the window into each state, waits until nothing is on its way, and takes it."""

    def __init__(self, window: MainWindow, theme: Theme, app: QApplication, out_dir: Path) -> None:
        self._window = window
        self._theme = theme
        self._app = app
        self._out_dir = out_dir

    def take_all(self) -> None:
        """All pictures of the documentation."""
        window, actions = self._window, self._window.core.actions
        window.resize(*SIZE_PX)
        window.show()
        self._choose(SHOWN)
        self._take(window, "window-light")
        self._tabs().setCurrentIndex(RENDITIONS_TAB)
        self._take(window, "renditions")
        self._tabs().setCurrentIndex(0)
        self._take_sheet()
        self._theme.set_scheme(Scheme.DARK)
        self._take(window, "window-dark")
        self._app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._take(window, "window-rtl-dark")
        self._app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._theme.set_scheme(Scheme.LIGHT)
        actions.list.trigger()
        self._choose(LISTED)
        self._take(window, "window-list")

    def _take_sheet(self) -> None:
        window = self._window
        window.core.actions.select_all.trigger()
        wait_until(window.core.actions.push.isEnabled, "the selection")
        window.core.actions.push.trigger()
        sheet = window.findChildren(PushSheet)[0]
        wait_until(lambda: sheet.plan is not None, "the plan")
        self._take(sheet, "push-sheet")
        gone: list[bool] = []
        sheet.destroyed.connect(lambda: gone.append(True))
        sheet.reject()
        wait_until(lambda: bool(gone), "the end of the sheet")
        self._choose(SHOWN)

    def _tabs(self) -> QTabBar:
        return self._window.sides.inspector.findChildren(QTabBar)[0]

    def _choose(self, name: str) -> None:
        """Go to the asset of that name as the grid's only choice."""
        window = self._window
        model, inspector = window.middle.model, window.sides.inspector
        wait_until(lambda: name in self._names(), name)
        index = model.index(self._names()[name], 0)
        window.middle.browser.grid.view.setCurrentIndex(index)
        window.middle.browser.grid.focus_view()
        wait_until(lambda: inspector.asset is not None and inspector.asset.name == name, name)

    def _names(self) -> dict[str, int]:
        assets = self._assets(range(self._window.middle.model.rowCount()))
        return {asset.name: row for row, asset in assets}

    def _assets(self, rows: Sequence[int]) -> list[tuple[int, Asset]]:
        found = [(row, self._window.middle.model.asset(row)) for row in rows]
        return [(row, asset) for row, asset in found if asset is not None]

    def _take(self, widget: QWidget, name: str) -> None:
        """Grab what is there once it is complete: first a painting, which asks for pictures."""
        widget.grab()
        wait_until(self._is_complete, name)
        _save(widget, self._out_dir / f"{name}.png")

    def _is_complete(self) -> bool:
        window = self._window
        pixels, view = window.core.looks.pixels, window.middle.browser.grid.view
        room = view.viewport().rect()
        model = window.middle.model
        seen = [
            asset
            for row, asset in self._assets(range(model.rowCount()))
            if view.visualRect(model.index(row, 0)).intersects(room)
        ]
        current = window.sides.inspector.asset
        cards = [
            card
            for card in window.sides.renditions.cards
            if card.link is not None and not card.visibleRegion().isEmpty()
        ]
        return (
            bool(seen)
            and all(pixels.thumb(one, SMALL) is not None for one in seen)
            and (current is None or pixels.preview(current) is not None)
            and all(card.facts for card in cards)
            and window.sides.folders.total is not None
            and not window.sides.activity.is_busy
        )


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Let events come in until something holds. Raises TimeoutError."""
    loop, timer, end = QEventLoop(), QTimer(interval=LOOK_MS), QTimer(singleShot=True)
    timer.timeout.connect(lambda: loop.quit() if holds() else None)
    end.timeout.connect(lambda: loop.exit(1))
    timer.start()
    end.start(PATIENCE_MS)
    if loop.exec() != 0:
        raise TimeoutError(f"waited for {what} in vain")


def _save(widget: QWidget, path: Path) -> None:
    """As a PNG that a page can carry: with a palette if it is large."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    image = Image.open(BytesIO(buffer.data().data())).convert("RGB")
    image.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        image.quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    sys.stdout.write(f"{path.name}: {image.width}×{image.height}, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
