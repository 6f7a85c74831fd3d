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
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from bridge_app.app.build import Parts, build, utc_now
from bridge_app.app.demo import Demo
from bridge_app.app.demo_profile import recipes
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
from bridge_app.ui.presets.make_sheet import MakeSheet
from bridge_app.ui.presets.shelf_dialog import PresetsDialog
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations

SIZE_PX = (1440, 900)
SMALL = QSize(32, 32)
HOME = "Lumenfell"
"""The folder of the profile; its path can be read in the inspector."""
SHOWN = "fjord-crossing.jpg"
LISTED = "look_04_lookout.jpg"
TARGET = PushTarget(folder="slow-light", tags=("spring-27",))
PUSHED_FOLDERS = ("01 Hero", "03 Product", "06 Brand")
METADATA_TAB, RENDITIONS_TAB = 1, 2
STUDIO_PX = (1440, 900)
CROPPED = "c_crop,g_center,h_2000,w_3000/c_fill,h_630,w_1200/e_saturation:18"
TEXT = "l_text:Inter_64_bold:Slow%20light,co_white/fl_layer_apply,g_south_east,x_56,y_48"
FILE = "f_jpg,q_auto"
CHOSEN = 4
LIGHT, DARK = Scheme.LIGHT, Scheme.DARK
MOST_BYTES = 600_000
COLOURS = 256
PATIENCE_MS = 180_000
LOOK_MS = 30
REST_MS, MOST_LOOKS = 700, 60
W = TypeVar("W", bound=QWidget)


def main(argv: Sequence[str] | None = None) -> int:
    """Make all pictures; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("out_dir", type=Path)
    out_dir: Path = arguments.parse_args(argv).out_dir
    out_dir.mkdir(parents=True, exist_ok=True)
    app = application()
    translators = install_translations(app, "en_GB")
    app.setCursorFlashTime(0)
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    with ExitStack() as closing:
        garbage = GuiGarbage()
        closing.callback(garbage.close)
        home = closing.enter_context(_home())
        parts = closing.enter_context(build(home, open_store=lambda _: MemoryStore(), now=utc_now))
        demo = Demo(parts, recipes=recipes(), now=utc_now)
        closing.callback(demo.close)
        _prepare(parts, demo, home)
        icons = Icons(theme)
        window = MainWindow(parts.worker, parts.settings, theme, icons, demo=None, now=utc_now)
        closing.callback(window.close)
        camera = Camera(out_dir)
        MainPictures(window, theme, app, camera).take_all()
        OtherWindows(window, theme, camera).take_all()
    translators.clear()
    return 0


@contextmanager
def _home() -> Iterator[Path]:
    """A profile with a short and pleasant path; what an earlier run left stays where it is."""
    first = Path(tempfile.gettempdir()) / HOME
    home = next(one for n in range(99) if not (one := first.with_name(HOME + n * "-")).exists())
    home.mkdir()
    try:
        yield home
    finally:
        shutil.rmtree(home)


def _prepare(parts: Parts, demo: Demo, home: Path) -> None:
    """The sample library, with a part of what is approved delivered."""
    kept = parts.settings.load()
    parts.settings.save(
        replace(
            kept,
            push_folder=TARGET.folder,
            push_tags=", ".join(TARGET.tags),
            export_folder=str(home / "Renditions"),
        )
    )
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


class Camera:
    """Writes PNGs into a folder."""

    def __init__(self, out_dir: Path) -> None:
        self._out_dir = out_dir

    def take(self, widget: QWidget, name: str, ready: Callable[[], bool]) -> None:
        """Grab it once it is complete and stands still: small pictures come one by one.

        Raises TimeoutError.
        """
        seen = widget.grab().toImage()
        for _ in range(MOST_LOOKS):
            wait_until(ready, name)
            pause()
            now = widget.grab()
            if now.toImage() == seen and ready():
                _save(now, self._out_dir / f"{name}.png")
                return
            seen = now.toImage()
        raise TimeoutError(f"{name} never stood still")


class MainPictures:
    """Brings the window into each state, waits until nothing is on its way, and takes it."""

    def __init__(self, window: MainWindow, theme: Theme, app: QApplication, camera: Camera) -> None:
        self._window = window
        self._theme = theme
        self._app = app
        self._camera = camera

    def take_all(self) -> None:
        """The main window in all its states."""
        window, actions = self._window, self._window.core.actions
        window.resize(*SIZE_PX)
        window.show()
        self._choose(SHOWN)
        self._take(window, "window-light")
        self._tabs().setCurrentIndex(RENDITIONS_TAB)
        self._take(window, "renditions")
        self._tabs().setCurrentIndex(METADATA_TAB)
        self._take(window, "metadata")
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
        actions.grid.trigger()
        self._choose(SHOWN)

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
        self._camera.take(widget, name, self._is_complete)

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


class OtherWindows:
    """Opens each for the asset that is chosen in the main window."""

    def __init__(self, window: MainWindow, theme: Theme, camera: Camera) -> None:
        self._window = window
        self._theme = theme
        self._camera = camera

    def take_all(self) -> None:
        """All pictures of other windows; the colours are light afterwards."""
        self._take_studio()
        self._take_presets()
        self._choose_some()
        self._take_contact_sheet()
        self._take_making()
        self._take_review()
        self._take_grid()

    def _take_studio(self) -> None:
        errands = self._window.middle.studio
        self._window.core.actions.studio.trigger()
        wait_until(lambda: bool(errands.windows), "the studio")
        (studio,) = errands.windows
        studio.resize(*STUDIO_PX)
        wait_until(lambda: studio.canvas.rendition is not None, "the master")
        studio.document.type("/".join((CROPPED, TEXT, FILE)))
        studio.document.release()
        studio.open_page("adjust")

        def is_drawn() -> bool:
            return studio.previews.is_quiet and bool(studio.foot.facts.text())

        self._take(studio, "studio", is_drawn, (LIGHT, DARK))
        studio.close()

    def _take_presets(self) -> None:
        dialog = self._opened(self._window.core.actions.preset_shelf, PresetsDialog)

        def is_drawn() -> bool:
            return bool(dialog.presets.lines.rowCount()) and dialog.previews.sampling.is_quiet

        self._take(dialog, "presets", is_drawn)
        dialog.open_page(1)
        self._take(dialog, "rendition-sets", is_drawn)
        self._close(dialog)

    def _take_contact_sheet(self) -> None:
        errands = self._window.middle.studio
        self._window.core.actions.contact_sheet.trigger()
        wait_until(lambda: bool(errands.sheets), "the contact sheet")
        (sheet,) = errands.sheets
        self._take(
            sheet,
            "contact-sheet",
            lambda: sheet.model.columnCount() > 0 and sheet.sampling.is_quiet,
        )
        sheet.close()

    def _take_making(self) -> None:
        sheet = self._opened(self._window.core.actions.make_renditions, MakeSheet)
        self._take(sheet, "make-renditions", lambda: sheet.plan is not None)
        self._close(sheet)

    def _take_review(self) -> None:
        errands = self._window.middle.review
        self._window.core.actions.review_mode.trigger()
        wait_until(lambda: errands.window is not None, "the review")
        review = errands.window
        if review is None:
            raise LookupError("the review was closed")
        review.resize(*STUDIO_PX)
        self._take(review, "review", lambda: review.parts.pictures.is_quiet)
        review.close()

    def _take_grid(self) -> None:
        errands = self._window.middle.grid
        self._window.core.actions.metadata_grid.trigger()
        wait_until(lambda: errands.window is not None, "the grid")
        grid = errands.window
        if grid is None:
            raise LookupError("the grid was closed")
        grid.resize(*STUDIO_PX)
        self._take(grid, "grid-editor", lambda: not grid.model.is_reading)
        grid.close()

    def _choose_some(self) -> None:
        """What stands first in the grid."""
        view, model = self._window.middle.browser.grid.view, self._window.middle.model
        selection = self._window.middle.selection
        view.setCurrentIndex(model.index(0, 0))
        for row in range(CHOSEN):
            selection.select(model.index(row, 0), selection.SelectionFlag.Select)
        wait_until(lambda: selection.count == CHOSEN, "the selection")

    def _opened(self, action: QAction, kind: type[W]) -> W:
        action.trigger()
        wait_until(lambda: bool(self._window.findChildren(kind)), kind.__name__)
        return self._window.findChildren(kind)[0]

    def _close(self, dialog: QWidget) -> None:
        gone: list[bool] = []
        dialog.destroyed.connect(lambda: gone.append(True))
        dialog.close()
        wait_until(lambda: bool(gone), "the end of a dialog")

    def _take(
        self,
        widget: QWidget,
        name: str,
        is_complete: Callable[[], bool],
        schemes: tuple[Scheme, ...] = (LIGHT,),
    ) -> None:
        for scheme in schemes:
            self._theme.set_scheme(scheme)
            ending = "" if len(schemes) == 1 else f"-{scheme.value}"
            self._camera.take(widget, f"{name}{ending}", is_complete)
        self._theme.set_scheme(LIGHT)


def pause() -> None:
    """Let events come in for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(REST_MS, loop.quit)
    loop.exec()


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Let events come in until something holds. Raises TimeoutError."""
    loop, timer, end = QEventLoop(), QTimer(interval=LOOK_MS), QTimer(singleShot=True)
    timer.timeout.connect(lambda: loop.quit() if holds() else None)
    end.timeout.connect(lambda: loop.exit(1))
    timer.start()
    end.start(PATIENCE_MS)
    if loop.exec() != 0:
        raise TimeoutError(f"waited for {what} in vain")


def _save(picture: QPixmap, path: Path) -> None:
    """As a PNG that a page can carry: with a palette if it is large."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(BytesIO(buffer.data().data())).convert("RGB")
    image.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        image.quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    sys.stdout.write(f"{path.name}: {image.width}×{image.height}, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    sys.exit(main())
