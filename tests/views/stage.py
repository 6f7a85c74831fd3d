"""What the views are shown on: the demo, filled once, and a window in each language on it."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from bridge_app.app.build import Parts, build, utc_now
from bridge_app.app.demo import Demo
from bridge_app.domain.approvals import Approval
from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.query import Query
from bridge_app.storage.secrets import MemoryStore
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations
from tests.ui.windows import Plug
from tests.views.pseudo import PSEUDO, install_pseudo
from tests.views.still import wait_until

FILL_MS = 600_000
DELIVERED = ("01 Hero", "03 Product")
"""Folders of the sample library whose approved pictures are pushed."""


class Stage:
    """One profile with the demo in it; `window` opens the window on it."""

    def __init__(self, parts: Parts, theme: Theme, app: QApplication) -> None:
        self._parts = parts
        self._theme = theme
        self._app = app

    @property
    def theme(self) -> Theme:
        """The looks of all windows."""
        return self._theme

    @property
    def parts(self) -> Parts:
        """The application."""
        return self._parts

    @contextmanager
    def window(self, language: str, size_px: tuple[int, int]) -> Iterator[MainWindow]:
        """The window in a language, or in the pseudo-locale; of that size."""
        with ExitStack() as closing:
            if language == PSEUDO:
                translators = closing.enter_context(install_pseudo(self._app))
            else:
                translators = install_translations(self._app, language)
            self._theme.set_scheme(Scheme.LIGHT)
            made = MainWindow(
                self._parts.worker,
                self._parts.settings,
                self._theme,
                Icons(self._theme),
                demo=Plug(),
                now=utc_now,
            )
            made.resize(*size_px)
            made.show()
            wait_until(lambda: not made.middle.model.is_waiting, "the first page")
            yield made
            made.close()
            made.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            for translator in translators:
                QCoreApplication.removeTranslator(translator)
            self._app.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)


@contextmanager
def staged(app: QApplication, recipes: Path) -> Iterator[Stage]:
    """The demo, filled from `recipes`, some of it delivered."""
    theme = Theme(Scheme.LIGHT)
    theme.apply(app)
    theme.set_still(on=True)
    app.setCursorFlashTime(0)
    with ExitStack() as closing:
        home = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="Lumenfell-")))
        parts = closing.enter_context(build(home, open_store=lambda _: MemoryStore(), now=utc_now))
        demo = Demo(parts, recipes=recipes, now=utc_now)
        closing.callback(demo.close)
        _fill(parts, demo, home)
        yield Stage(parts, theme, app)


def _fill(parts: Parts, demo: Demo, home: Path) -> None:
    kept = parts.settings.load()
    parts.settings.save(replace(kept, export_folder=str(home / "Renditions"), welcome="closed"))
    demo.connect()
    parts.worker.start()
    parts.worker.cloud.watch()
    demo.fill(lambda _done, _total: None, lambda: False)
    demo.fill_shelter(lambda _done, _total: None, lambda: False)
    wait_until(lambda: not parts.worker.is_scanning(), "the sample library", FILL_MS)
    with parts.stock.readers.lent() as reader:
        approved = Query(approvals=frozenset({Approval.APPROVED}))
        found = reader.page(approved, offset=0, limit=500, now=utc_now())
    chosen = [asset.id for asset in found if asset.folder in DELIVERED]
    target = PushTarget(folder="slow-light", tags=("spring-27",))
    batch = parts.worker.push(parts.worker.plan_push(chosen, target))
    wait_until(
        lambda: all(job.state.is_finished for job in parts.worker.batch(batch)),
        "the pushes",
        FILL_MS,
    )
    account = parts.worker.current_account()
    if account is not None:  # nobody could open anything of it before it is seen there
        parts.worker.cloud.sync(account.environment)
        delivered = Query(library=cloud_library(account.environment))
        wait_until(lambda: _has_any(parts, delivered), "what was pushed", FILL_MS)


def _has_any(parts: Parts, query: Query) -> bool:
    with parts.stock.readers.lent() as reader:
        return reader.count(query, now=utc_now()) > 0
