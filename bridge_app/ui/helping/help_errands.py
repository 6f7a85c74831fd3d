"""Leads somebody in: the welcome above the sample campaign, and the way back to both."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QAction, QGuiApplication

import bridge_app
from bridge_app.domain.assets import LibraryKind, LibraryRecord
from bridge_app.domain.release_keys import release_keys
from bridge_app.ui.helping.help_call import HelpCall
from bridge_app.ui.helping.open_demo import open_demo
from bridge_app.ui.helping.undo_toasts import UndoToasts
from bridge_app.ui.helping.update_watch import UpdateWatch
from bridge_app.ui.helping.welcome_strip import WelcomeStrip
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.toast import Toast
from bridge_app.ui.window_core import Core
from bridge_app.work.updates import RELEASES_URL, News, UpdateDesk

if TYPE_CHECKING:
    from bridge_app.ui.parts.errand import Told
    from bridge_app.work.diagnosis.report import Document

# Whoever few people ask for is loaded when somebody does.
# ruff: noqa: PLC0415

SAMPLE = "Sample campaign"
"""The name of the demo's library."""


class Sample(Protocol):
    """The demo's own library, as far as it can be asked for again."""

    def sample(self) -> LibraryRecord:
        """Make it unless it is there. Blocks."""


class HelpErrands(QObject):
    """Serves the Help menu.

    Args:
        sample: The demo's library, where the window shows the demo.
    """

    libraryWanted = Signal(object)  # LibraryRecord

    def __init__(self, core: Core, browser: BrowserPanel, sample: Sample | None) -> None:
        super().__init__(browser)
        self._core = core
        self._browser = browser
        self._sample = sample
        self._closing = QAction(self.tr("Close the welcome"), self)
        self._closing.triggered.connect(partial(self._begun, "closed"))
        self.strip = self._made_strip()
        actions = core.actions
        self.call = HelpCall(core, browser, actions.helping.contents)
        actions.helping.demo.triggered.connect(self.show_demo)
        actions.helping.welcome.triggered.connect(self._welcome_back)
        actions.helping.log.triggered.connect(self.show_log)
        actions.helping.bundle.triggered.connect(self.show_bundle)
        actions.helping.updates.triggered.connect(lambda: self.show_updates())  # noqa: PLW0108 - no flag
        self.updates = UpdateWatch(
            self._update_desk,
            core.asker,
            core.remembering,
            now=core.looks.now,
            parent=self,
        )
        self.updates.found.connect(self._tell_update)
        self.updates.look_if_wanted()
        actions.helping.welcome.setVisible(sample is not None)
        browser.stand_above(self.strip)
        if sample is not None and core.remembering.is_first and self._is_new():
            self.strip.welcome()

    def serve_undo(self, undo: EditUndo) -> None:
        """Say what was just done and can be taken back, over the assets."""
        looks = self._core.looks
        self.toast = Toast(looks.theme, looks.icons, self._browser.grid)
        UndoToasts(undo, self.toast, self._core.actions.undo)

    def show_demo(self) -> None:
        """Show the sample campaign: here if this is the demo, else in a window beside."""
        if self._sample is not None:
            self._core.asker.ask(
                self._sample.sample, self.libraryWanted.emit, self._browser.messages.show_error
            )
        elif not open_demo():
            text = self.tr("The demo could not be started. “asset-bridge demo” opens it.")
            self._browser.messages.say(Tone.WARNING, text)

    def show_log(self) -> None:
        """Show the log beside the window."""
        from bridge_app.storage.log_file import log_folder
        from bridge_app.ui.helping.log_window import LogWindow

        core = self._core
        window = LogWindow(
            log_folder(core.remembering.folder), core.asker, core.looks, self._browser.window()
        )
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show()

    def show_bundle(self) -> None:
        """Show what a diagnostic bundle holds, and offer to write it."""
        from bridge_app.ui.activity.errands import list_errand
        from bridge_app.ui.helping.bundle_dialog import BundleDialog

        core = self._core
        home, settings = core.remembering.folder, core.remembering.settings
        facts = {"Qt": qVersion(), "Platform": QGuiApplication.platformName()}

        def collected(told: "Told") -> "tuple[Document, ...]":
            return core.worker.diagnosis(home, settings, facts).documents(told)

        enlist = partial(list_errand, activities=core.activities)
        window = self._browser.window()
        shown = BundleDialog(collected, core.asker, core.looks, enlist=enlist, parent=window)
        open_dialog(shown)

    def show_updates(self, news: News | None = None) -> None:
        """Offer to look for a newer version; `news` were found already."""
        from bridge_app.ui.helping.updates_dialog import UpdatesDialog

        core = self._core
        shown = UpdatesDialog(
            self._update_desk(),
            core.asker,
            core.looks,
            daily=self.updates.is_daily,
            news=news,
            parent=self._browser.window(),
        )
        shown.dailyChosen.connect(lambda on: self.updates.set_daily(on=on))
        open_dialog(shown)

    def _update_desk(self) -> UpdateDesk:
        url = self._core.remembering.settings.updates_url or RELEASES_URL
        return UpdateDesk(here=bridge_app.__version__, keys=release_keys(), url=url)

    def _tell_update(self, news: News) -> None:
        look = QAction(self.tr("What is new…"), self)
        look.triggered.connect(lambda: self.show_updates(news))
        text = self.tr("Version {version} of Asset Bridge is there.")
        told = text.format(version=news.release.version)
        self._browser.messages.say(Tone.INFO, told, action=look)

    def _is_new(self) -> bool:
        """Nobody has begun: there is no library but the demo's."""
        known = self._core.worker.libraries()
        own = [one for one in known if one.kind is LibraryKind.LOCAL and one.name != SAMPLE]
        return not self._core.remembering.settings.welcome and not own

    def _made_strip(self) -> WelcomeStrip:
        actions = self._core.actions
        ways = (
            ("sparkles", self._way("demo", self.tr("Take the tour"), actions.helping.tour)),
            ("folder-plus", self._way("folder", self.tr("Add a folder…"), actions.add_folder)),
            (
                "library",
                self._way("shelter", self.tr("Connect PhotoShelter…"), actions.add_shelter),
            ),
            ("cloud", self._way("account", self.tr("Connect Cloudinary…"), actions.accounts)),
        )
        return WelcomeStrip(self._core.looks.theme, self._core.looks.icons, ways, self._closing)

    def _way(self, name: str, text: str, act: QAction | Callable[[], None]) -> QAction:
        way = QAction(text, self)
        way.triggered.connect(partial(self._begun, name))
        way.triggered.connect(act.trigger if isinstance(act, QAction) else lambda: act())  # noqa: PLW0108 - it takes no flag
        return way

    def _begun(self, how: str, *_: bool) -> None:
        """It has served: it stays away until somebody asks for it."""
        self.strip.setVisible(False)
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, welcome=how))
        self._browser.grid.focus_view()

    def _welcome_back(self) -> None:
        self.strip.welcome(by_hand=True)
