"""The window: who hears whom, and what is remembered of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from bridge_app.domain.assets import AssetId, LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.ui import window_state
from bridge_app.ui.coming_worker import ComingWorker
from bridge_app.ui.entitling import Entitling
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.panels.browser import Situation
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.window_front import make_front
from bridge_app.ui.window_waiting import Waiting

# What the assets can be looked through without is loaded once they are shown.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.domain.changes import ChangeSet
    from bridge_app.storage.settings import SettingsFile
    from bridge_app.ui.dropping import Dropped
    from bridge_app.ui.icons import Icons
    from bridge_app.ui.remembering import Beside
    from bridge_app.ui.theme import Theme
    from bridge_app.ui.window_rest import DemoControl
    from bridge_app.work.events import Connectivity, ScanProgress
    from bridge_app.work.worker import Worker

SETTLE_MS = 60
"""A rubber band chooses many times a second; the inspector follows when it rests."""


class MainWindow(QMainWindow):
    """Build it after the theme is applied; `close` saves its state and ends its threads.

    With a worker it is whole at once. With one that is still to come its assets can be looked
    through already; `rest` makes all else around them, and what was asked for meanwhile is done.

    Args:
        worker: Asked for everything; its owner starts and closes it.
        settings: Where the window's state is kept, or beside which window it opens.
        demo: The sandbox's switch, where the window shows the demo.
        now: The present moment, UTC.
    """

    leaving = Signal()  # it is closed, and has remembered how it was
    quitting = Signal()  # all windows are wanted to be closed
    becameWhole = Signal()

    def __init__(
        self,
        worker: "Worker | ComingWorker",
        settings: "SettingsFile | Beside",
        theme: "Theme",
        icons: "Icons",
        *,
        demo: "DemoControl | None",
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.ended_cleanly = True
        self.is_whole = False
        self._wants_to_close = False
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self.front = make_front(self, worker, settings, theme, icons, now)
        is_coming = isinstance(worker, ComingWorker)
        self._waiting = Waiting(self, self.front) if is_coming else None
        self.entitling = Entitling(self, self.tr("Asset Bridge"))
        self.entitling.show()
        self.front.lay_out(self)
        self.front.browser.ask(self._first_query(worker))
        if not isinstance(worker, ComingWorker):
            for _ in self.rest(worker, demo):
                """In one go."""
        self.front.browser.grid.focus_view()

    def rest(self, worker: "Worker", demo: "DemoControl | None") -> Iterator[None]:
        """Make everything else, step by step; between two of them the window may be used."""
        from bridge_app.ui.window_rest import Rest

        self._worker = worker
        self._demo = demo
        waiting = self._waiting
        if waiting is not None:
            waiting.give_way()
        made = Rest(
            self,
            self.front,
            worker,
            demo,
            show=self.show_assets,
            # The keys are made last.
            keys=lambda action: self.commands.keymap.first(action),  # noqa: PLW0108
        )
        for _ in made.steps():
            yield from self._between()
        self.core, self.middle = made.core, made.middle
        self.sides, self.frame = made.sides, made.frame
        self.helping, self.walk = made.helping, made.walk
        self.memory, self.exchange = made.memory, made.exchange
        if waiting is not None:
            waiting.give_way_to_parts()
        self._hear_worker()
        self._hear_parts()
        self._hear_actions()
        self.helping.libraryWanted.connect(self._show_library)
        self.commands = made.commands()
        yield from self._between()
        self._restore()
        worker.listen(self.core.bridge.post)
        self.is_whole = True
        self.becameWhole.emit()
        if waiting is not None:
            waiting.carry_out(self.commands.press, self.frame.overlay.give)
        if self._wants_to_close:
            self.close()

    def _between(self) -> Iterator[None]:
        return iter([None]) if self._waiting is None else self._waiting.between()

    def show_assets(self, ids: Sequence[AssetId]) -> None:
        """Choose these assets, wherever they are, and show the first."""
        browser, shown = self.middle.browser, self.middle.browser.query
        everything = Query(
            environment=shown.environment, sort=shown.sort, descending=shown.descending
        )
        if shown != everything:
            browser.ask(everything)
        browser.grid.reveal(ids)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: remember, then end the window's own threads. One that is not whole yet waits."""
        if not self.is_whole:
            self._wants_to_close = True
            event.ignore()
            return
        self.middle.close()
        self.memory.remember()
        self.leaving.emit()
        self.core.activities.close()
        self.core.remembering.save()
        self.hide()
        self._worker.forget(self.core.bridge.post)
        self.core.bridge.close()
        self.ended_cleanly = self.core.asker.close()
        super().closeEvent(event)

    def _hear_worker(self) -> None:
        bridge = self.core.bridge
        bridge.changed.connect(self.middle.browser.take_changes)
        bridge.changed.connect(self.sides.folders.take_changes)
        bridge.changed.connect(self.middle.errands.take_changes)
        bridge.changed.connect(self._take_changes)
        bridge.scan.connect(self._tell_situation)
        bridge.summary.connect(self.memory.note_pause)
        bridge.connectivity.connect(self._take_connectivity)

    def _hear_parts(self) -> None:
        middle, sides, frame = self.middle, self.sides, self.frame
        sides.folders.chosen.connect(self._go_to)
        sides.folders.menuWanted.connect(self._show_library_menu)
        sides.activity.ended.connect(self._scan_ended)
        sides.activity.libraryWanted.connect(self._show_library)
        sides.transfers.assetWanted.connect(lambda asset: self.show_assets((AssetId(asset),)))
        sides.inspector.lookWanted.connect(self._start_look)
        middle.browser.queried.connect(self._show_query)
        middle.browser.grid.lookWanted.connect(self._start_look)
        middle.browser.grid.menuWanted.connect(middle.asset_menu.popup)
        middle.selection.chosen.connect(self._selected)
        middle.errands.added.connect(self._show_library)
        self._settle.timeout.connect(self._inspect)
        frame.overlay.dropped.connect(self._drop)

    def _hear_actions(self) -> None:
        actions, errands = self.core.actions, self.middle.errands
        actions.rescan.triggered.connect(self._rescan)
        actions.skipped.triggered.connect(lambda: self._with_library(errands.show_skipped))
        actions.remove_library.triggered.connect(lambda: self._with_library(errands.remove_library))
        actions.quit.triggered.connect(self.quitting)
        actions.quit.triggered.connect(self.close)
        actions.work_offline.triggered.connect(lambda on: self._worker.set_work_offline(on=on))
        actions.sandbox.triggered.connect(self._switch_sandbox)
        actions.full_screen.triggered.connect(self._fill_screen)

    def _first_query(self, worker: "Worker | ComingWorker") -> Query:
        """What the person saw the last time."""
        if isinstance(worker, ComingWorker):
            return worker.query
        kept = self.front.remembering.settings
        account = worker.current_account()
        found = window_state.first_query(kept, worker.libraries())
        return replace(found, environment=account.environment if account else None)

    def _restore(self) -> None:
        """Be as the person left it; and tell all of what is shown meanwhile."""
        self.memory.restore()
        self._tell_situation()
        self._take_connectivity(self._worker.connectivity())
        browser = self.middle.browser
        self._follow_account()
        if self._is_of_unknown():
            browser.go_to(Query(), filters_too=False)
        else:
            browser.queried.emit(browser.query)
        if not self.middle.model.is_waiting:
            self.middle.model.counted.emit(self.middle.model.rowCount())
        self._selected()

    # What the worker tells. Slots: a window that gets new ones is another one to screen readers.

    @Slot(object)
    def _take_changes(self, changes: "ChangeSet") -> None:
        if changes.accounts:
            self._follow_account()
            self._take_connectivity(self._worker.connectivity())
        if changes.keys:
            self.middle.browser.messages.keys_are_there()
        if changes.libraries:
            self.core.looks.pixels.retry()
            self._tell_situation()
            self._tell_place()

    @Slot(object)
    def _take_connectivity(self, connectivity: "Connectivity") -> None:
        from bridge_app.work.events import Connectivity

        if connectivity is not Connectivity.ONLINE and self._is_of_unknown():
            self.middle.browser.go_to(Query(), filters_too=False)
        off = connectivity is Connectivity.WORK_OFFLINE
        self.sides.account.show_state(self._worker.current_account(), connectivity)
        self.core.actions.work_offline.setChecked(off)
        self._show_sandbox()
        kept = self.core.remembering.settings
        self.core.remembering.keep(replace(kept, work_offline=off))

    @Slot()
    def _tell_situation(self) -> None:
        self.middle.browser.set_situation(
            Situation(
                has_libraries=bool(self._worker.libraries()),
                is_reading=self.sides.activity.is_busy,
                is_preparing=self._demo is not None and self._demo.is_preparing,
            )
        )

    @Slot(object)
    def _scan_ended(self, progress: "ScanProgress") -> None:
        self._tell_situation()
        trouble, messages = progress.trouble, self.middle.browser.messages
        if trouble is None:
            messages.is_well(progress.library)
            return
        library = {record.id: record for record in self._worker.libraries()}.get(progress.library)
        if library is not None and trouble.kind.startswith("ManyGone"):
            self.middle.errands.offer_to_forget(library, error_text(trouble))
        else:
            messages.show_error(trouble, about=progress.library, again_at=progress.again_at)

    # What a person does

    @Slot()
    def _selected(self) -> None:
        """The actions follow what is chosen at once, the inspector in a moment."""
        selection, actions = self.middle.selection, self.core.actions
        count, masters = selection.count, selection.count_masters()
        for action in actions.for_assets:
            fit = masters if action is actions.push else count
            self.core.permitting.enable(action, on=fit > 0 and selection.is_complete)
        for action in actions.for_one_asset:
            action.setEnabled(count == 1)
        actions.push.setText(
            self.tr("&Push %Ln asset(s)", "", masters) if masters else self.tr("&Push…")
        )
        self._settle.start()

    @Slot()
    def _inspect(self) -> None:
        selection, inspector = self.middle.selection, self.sides.inspector
        asset = selection.single()
        if asset is not None:
            inspector.show_asset(asset, self.middle.errands.path_of(asset))
            self._look_at_current()
        elif selection.count > 1:
            ids = selection.ids if selection.is_complete else ()
            inspector.show_several(selection.count, ids, environment=self._environment())
        elif not selection.count:  # one whose row is being read: what is shown stays
            inspector.show_nothing()

    @Slot(object)
    def _show_query(self, query: Query) -> None:
        self.sides.folders.show_query(query)
        self._tell_place()
        kept = self.core.remembering.settings
        self.core.remembering.keep(window_state.with_query(kept, query))

    def _tell_place(self) -> None:
        query = self.middle.browser.query
        name = window_state.place_name(query, self._worker.libraries())
        self.middle.browser.search_bar.show_place(one_line(name))
        self.entitling.show(query.text, name)

    @Slot(object)
    def _go_to(self, place: Query) -> None:
        only_place = Query(library=place.library, folder=place.folder)
        self.middle.browser.go_to(place, filters_too=place != only_place)

    @Slot(object)
    def _show_library(self, library: LibraryRecord) -> None:
        self._go_to(Query(library=library.id))

    @Slot(object, QPoint)
    def _show_library_menu(self, library: LibraryRecord, place: QPoint) -> None:
        self._go_to(Query(library=library.id))
        self.sides.library_menu.popup(place)

    @Slot()
    def _start_look(self) -> None:
        selection, grid = self.middle.selection, self.middle.browser.grid
        if selection.single() is None and selection.currentIndex().isValid():
            grid.view.setCurrentIndex(selection.currentIndex())
        asset = selection.single()
        if asset is not None:
            self.frame.look.show_asset(asset)
            self._look_at_current()

    def _look_at_current(self) -> None:
        """Keep the large view with what is chosen, and read its neighbours ahead."""
        asset = self.middle.selection.single()
        if asset is None or not self.frame.look.isVisible():
            return
        self.frame.look.show_asset(asset)
        row = self.middle.selection.currentIndex().row()
        for near in (row + 1, row - 1):
            neighbour = self.middle.model.asset(near) if near >= 0 else None
            if neighbour is not None:
                self.core.looks.pixels.preview(neighbour)

    @Slot(object)
    def _drop(self, dropped: "Dropped") -> None:
        if dropped.known:
            self.show_assets(dropped.known)
        self.middle.errands.drop(dropped, self._library(), self.middle.browser.query.folder)

    @Slot()
    def _rescan(self) -> None:
        """Read the library that is shown again, or all of them."""
        self.core.looks.pixels.retry()
        library = self._library()
        for record in (library,) if library else self._worker.libraries():
            self._worker.scan(record.id)

    @Slot(bool)
    def _switch_sandbox(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        demo = self._demo
        if demo is not None:
            self.core.asker.ask(
                lambda: demo.set_sandbox_running(on=on),
                self._show_sandbox,
                self.middle.browser.messages.show_error,
            )

    def _show_sandbox(self, _: None = None) -> None:
        running = self._demo is not None and self._demo.sandbox_running
        self.core.actions.sandbox.setChecked(running)

    @Slot(bool)
    def _fill_screen(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.memory.looks.full.fill(on=on)

    def _environment(self) -> str | None:
        account = self._worker.current_account()
        return account.environment if account else None

    def _library(self) -> LibraryRecord | None:
        """The library that is shown; else the only one, if there is one only."""
        return window_state.library_of(self.middle.browser.query, self._worker.libraries())

    def _is_of_unknown(self) -> bool:
        """Is what is shown of a library that is not here, or of which nothing has come yet?"""
        return self.middle.browser.query.library is not None and self._library() is None

    def _follow_account(self) -> None:
        self.middle.browser.set_environment(self._environment())
        self.sides.folders.set_environment(self._environment())

    def _with_library(self, act: Callable[[LibraryRecord], None]) -> None:
        library = self._library()
        if library is None:
            text = self.tr("Choose a library at the left first.")
            self.middle.browser.messages.say(Tone.INFO, text)
        else:
            act(library)
