"""The window: its parts, and who hears whom."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QActionGroup, QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QVBoxLayout, QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import TransferSummary
from bridge_app.domain.query import Query
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui import window_state
from bridge_app.ui.actions import Actions, asset_menu, fill_menus, scheme_menu
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.dialogs.guide import AboutDialog, GuideDialog
from bridge_app.ui.dropping import Dropped, file_url, look_at
from bridge_app.ui.errands import Errands
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.models.folder_tree import COLLECTIONS
from bridge_app.ui.panels.account_chip import AccountChip
from bridge_app.ui.panels.activity import ActivityPanel
from bridge_app.ui.panels.browser import BrowserPanel, Situation
from bridge_app.ui.panels.drop_overlay import DropOverlay
from bridge_app.ui.panels.folders import FoldersPanel
from bridge_app.ui.panels.inspector import InspectorPanel
from bridge_app.ui.panels.quick_look import QuickLook
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.panels.sidebar import Sidebar
from bridge_app.ui.panels.transfers import TransfersPanel
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.work.events import Connectivity, JobTrouble, ScanProgress
from bridge_app.work.worker import Worker

SETTLE_MS = 60
"""A rubber band chooses many times a second; the inspector follows when it rests."""


class DemoControl(Protocol):
    """The stand-in for Cloudinary, as far as the window may pull its plug."""

    @property
    def sandbox_running(self) -> bool:
        """Does it answer?"""

    def set_sandbox_running(self, *, on: bool) -> None:
        """Pull the plug, or put it back. Blocks for less than a second."""


class MainWindow(QMainWindow):
    """Build it after the theme is applied; `close` ends its threads and saves its state.

    Args:
        worker: Asked for everything; it is started and closed by its owner.
        settings: Where the window's state is kept.
        demo: The sandbox's switch, where the window shows the demo.
        now: The present moment, UTC.
    """

    def __init__(
        self,
        worker: Worker,
        settings: SettingsFile,
        theme: Theme,
        icons: Icons,
        *,
        demo: DemoControl | None,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._worker = worker
        self._theme = theme
        self._demo = demo
        self.bridge = WorkerBridge(self)
        self.asker = Asker(worker, self)
        self.ended_cleanly = True
        self._remembering = Remembering(settings, self.asker, self)
        pixels = Pixels(
            self.asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=self
        )
        self._looks = Looks(theme, icons, pixels, now)
        self.actions_ = Actions(theme, icons, self)
        self._build_middle()
        self._build_sides()
        self._build_menus()
        self._arrange()
        self._connect()
        self._restore()
        worker.listen(self.bridge.post)

    def show_assets(self, ids: tuple[AssetId, ...]) -> None:
        """Choose these assets, wherever they are, and show the first."""
        everything = Query(
            environment=self._browser.query.environment,
            sort=self._browser.query.sort,
            descending=self._browser.query.descending,
        )
        if self._browser.query != everything:
            self._browser.ask(everything)
        self._browser.grid.reveal(ids)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: remember, then end the window's own threads."""
        self._remember()
        self._remembering.save()
        self.hide()
        self.bridge.close()
        self.ended_cleanly = self.asker.close()
        super().closeEvent(event)

    def _build_middle(self) -> None:
        actions, looks = self.actions_, self._looks
        self._model = AssetList(self.asker, now=looks.now, url_of=self._url_of, parent=self)
        self._selection = AssetSelection(self._model, self.asker)
        welcome = Welcome(looks.icons, self._theme, actions.add_folder, actions.accounts)
        self._browser = BrowserPanel(
            self._model,
            self._selection,
            looks,
            push=actions.push,
            views=(actions.grid, actions.list),
            welcome=welcome,
        )
        self._messages = self._browser.messages
        self._errands = Errands(
            self,
            self._worker,
            self.asker,
            looks,
            messages=self._messages,
            remembering=self._remembering,
        )

    def _build_sides(self) -> None:
        worker, theme, icons = self._worker, self._theme, self._looks.icons
        actions = self.actions_
        self._folders = FoldersPanel(
            worker, self.asker, theme=theme, icons=icons, now=self._looks.now
        )
        self._activity = ActivityPanel(worker, theme, icons)
        self._account_menu = AccountMenu(
            worker, actions.accounts, actions.work_offline, parent=self
        )
        self._settings_menu = QMenu(self)
        self._settings_menu.addMenu(scheme_menu(actions, self._settings_menu))
        self._settings_menu.addActions([actions.accounts, actions.guide, actions.about])
        self._account = AccountChip(
            theme, icons, account=self._account_menu, settings=self._settings_menu
        )
        self._sidebar = Sidebar(
            theme,
            icons,
            add_folder=actions.add_folder,
            places=self._folders,
            foot=(self._activity, self._account),
        )
        self._renditions = RenditionsPanel(worker, self.bridge, self.asker, theme, icons)
        self._inspector = InspectorPanel(
            worker,
            self.asker,
            self._looks,
            renditions=self._renditions,
            review=actions.review,
        )
        self._transfers = TransfersPanel(
            worker, self.bridge, self.asker, theme, icons, now=self._looks.now
        )

    def _build_menus(self) -> None:
        fill_menus(
            self.menuBar(),
            self.actions_,
            account=self._account_menu,
            with_demo=self._demo is not None,
        )
        self._asset_menu = asset_menu(self.actions_, QMenu(self))
        self._library_menu = QMenu(self)
        self._library_menu.addActions(
            [self.actions_.rescan, self.actions_.skipped, self.actions_.remove_library]
        )

    def _arrange(self) -> None:
        self.setWindowTitle(self.tr("Asset Bridge"))
        self.setWindowIcon(self._looks.icons.app_icon())
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)  # noqa: FBT003
        for number, part in enumerate((self._sidebar, self._browser, self._inspector)):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(number, 1 if part is self._browser else 0)
        self._inspector.setMinimumWidth(264)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._transfers)
        self.setCentralWidget(middle)
        self._look = QuickLook(self._looks, middle)
        self._overlay = DropOverlay(
            self._theme,
            self._looks.icons,
            self.asker,
            look=partial(look_at, self._worker),
            parent=self,
        )
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)

    def _connect(self) -> None:
        self._connect_worker()
        self._connect_parts()
        self._connect_actions()
        wire_assets(self.actions_, self._selection, self._errands)
        wire_browser(self.actions_, self._browser)
        wire_schemes(self.actions_, self._theme)
        for widget in (self._browser.grid, self._look):
            add_letters(widget, self.actions_)

    def _connect_worker(self) -> None:
        bridge = self.bridge
        bridge.changed.connect(self._browser.take_changes)
        bridge.changed.connect(self._folders.take_changes)
        bridge.changed.connect(self._errands.take_changes)
        bridge.changed.connect(self._take_changes)
        bridge.scan.connect(self._activity.take_scan)
        bridge.scan.connect(self._tell_situation)
        bridge.summary.connect(self._note_pause)
        bridge.connectivity.connect(self._take_connectivity)
        bridge.trouble.connect(self._tell_trouble)

    def _connect_parts(self) -> None:
        self._folders.chosen.connect(self._go_to)
        self._folders.menuWanted.connect(self._show_library_menu)
        self._folders.failed.connect(self._messages.show_error)
        self._browser.queried.connect(self._show_query)
        self._browser.grid.lookWanted.connect(self._start_look)
        self._browser.grid.menuWanted.connect(self._asset_menu.popup)
        self._activity.ended.connect(self._scan_ended)
        self._inspector.lookWanted.connect(self._start_look)
        self._inspector.details.copyWanted.connect(self.actions_.copy_path.trigger)
        self._inspector.details.revealWanted.connect(self.actions_.reveal.trigger)
        self._inspector.details.openWanted.connect(self.actions_.open_original.trigger)
        self._renditions.pushWanted.connect(self._errands.push)
        self._transfers.assetWanted.connect(lambda asset: self.show_assets((AssetId(asset),)))
        self._transfers.accountWanted.connect(self._errands.show_accounts)
        self._transfers.expandedChanged.connect(self.actions_.transfers.setChecked)
        self._account_menu.chosen.connect(self._errands.use_account)
        self._selection.chosen.connect(self._selected)
        self._settle.timeout.connect(self._inspect)
        self._look.moved.connect(self._browser.grid.go)
        self._look.closed.connect(self._browser.grid.focus_view)
        self._overlay.dropped.connect(self._drop)
        self._overlay.failed.connect(self._messages.show_error)
        self._errands.decided.connect(self._selection.move_on)
        self._errands.added.connect(self._show_library)
        self._remembering.failed.connect(self._messages.show_error)

    def _connect_actions(self) -> None:
        actions = self.actions_
        actions.add_folder.triggered.connect(self._errands.choose_folder)
        actions.rescan.triggered.connect(self._rescan)
        actions.skipped.triggered.connect(lambda: self._with_library(self._errands.show_skipped))
        actions.remove_library.triggered.connect(
            lambda: self._with_library(self._errands.remove_library)
        )
        actions.quit.triggered.connect(self.close)
        actions.accounts.triggered.connect(self._errands.show_accounts)
        actions.work_offline.triggered.connect(
            lambda on: self._worker.set_work_offline(on=on)
        )
        actions.sandbox.triggered.connect(self._switch_sandbox)
        actions.sidebar.triggered.connect(self._sidebar.setVisible)
        actions.inspector.triggered.connect(self._inspector.setVisible)
        actions.transfers.triggered.connect(
            lambda on: self._transfers.set_expanded(on=on)
        )
        actions.full_screen.triggered.connect(
            lambda on: self.showFullScreen() if on else self.showNormal()
        )
        actions.guide.triggered.connect(self._show_guide)
        actions.about.triggered.connect(
            lambda: AboutDialog(self._theme, self._looks.icons, self).open()
        )

    def _restore(self) -> None:
        """Be as the person left it."""
        kept = self._remembering.settings
        geometry = window_state.geometry(kept)
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*window_state.SIZE_PX)
        self._splitter.setSizes(window_state.splitter(kept))
        hidden = window_state.hidden_parts(kept)
        for name, part, action in self._parts():
            part.setVisible(name not in hidden)
            action.setChecked(name not in hidden)
        is_list = kept.view == "list"
        (self.actions_.list if is_list else self.actions_.grid).setChecked(True)  # noqa: FBT003
        self._browser.set_list(on=is_list)
        self._browser.set_picture_width(window_state.picture_width(kept))
        self._transfers.set_expanded(on=kept.transfers_open)
        self.actions_.sandbox.setChecked(self._demo is not None and self._demo.sandbox_running)
        self._tell_situation()
        self._take_connectivity(self._worker.connectivity())
        first = window_state.first_query(kept, self._worker.libraries())
        self._browser.ask(replace(first, environment=self._environment()))
        self._folders.set_environment(self._environment())
        self._selected()
        self._browser.grid.focus_view()

    def _remember(self) -> None:
        kept = window_state.with_query(self._remembering.settings, self._browser.query)
        self._remembering.keep(
            replace(
                kept,
                scheme=self._theme.scheme.value,
                view="list" if self._browser.grid.is_list else "grid",
                thumbnail_px=self._browser.grid.picture_width,
                window_geometry=window_state.geometry_text(self.saveGeometry()),
                window_state=window_state.hidden_text(
                    name for name, part, _ in self._parts() if part.isHidden()
                ),
                splitter=tuple(self._splitter.sizes()),
                work_offline=self._worker.connectivity() is Connectivity.WORK_OFFLINE,
                paused=self._worker.paused,
                transfers_open=self._transfers.expanded,
            )
        )

    def _parts(self) -> tuple[tuple[str, QWidget, QAction], ...]:
        return (
            ("sidebar", self._sidebar, self.actions_.sidebar),
            ("inspector", self._inspector, self.actions_.inspector),
        )

    def _environment(self) -> str | None:
        account = self._worker.current_account()
        return account.environment if account else None

    def _library(self) -> LibraryRecord | None:
        """The library that is shown; the only one if there is one only."""
        libraries = self._worker.libraries()
        shown = self._browser.query.library
        found = [record for record in libraries if record.id == shown]
        return found[0] if found else libraries[0] if len(libraries) == 1 else None

    def _with_library(self, act: Callable[[LibraryRecord], None]) -> None:
        library = self._library()
        if library is None:
            self._messages.say(Tone.INFO, self.tr("Choose a library at the left first."))
        else:
            act(library)

    def _url_of(self, asset: Asset) -> QUrl:
        return file_url(self._worker.file_path(asset))

    # What the worker tells

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.accounts:
            self._browser.set_environment(self._environment())
            self._folders.set_environment(self._environment())
            self._take_connectivity(self._worker.connectivity())
        if changes.libraries:
            self._tell_situation()

    def _take_connectivity(self, connectivity: Connectivity) -> None:
        self._account.show_state(self._environment(), connectivity)
        self.actions_.work_offline.setChecked(connectivity is Connectivity.WORK_OFFLINE)

    def _tell_situation(self) -> None:
        self._browser.set_situation(
            Situation(
                has_libraries=bool(self._worker.libraries()), is_reading=self._activity.is_busy
            )
        )

    def _tell_trouble(self, trouble: JobTrouble) -> None:
        self._messages.show_error(trouble.trouble)

    def _scan_ended(self, progress: ScanProgress) -> None:
        self._tell_situation()
        records = {record.id: record for record in self._worker.libraries()}
        library = records.get(progress.library)
        if progress.trouble is None or library is None:
            return
        if progress.trouble.kind == "ManyGoneError":
            self._errands.offer_to_forget(library, error_text(progress.trouble))
        else:
            self._messages.show_error(progress.trouble)
