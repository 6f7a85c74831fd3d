"""Transfers at the window's bottom: one calm line, and the list of pushes when one wants it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QMenu, QSizePolicy, QVBoxLayout, QWidget

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobProgress, JobRecord, JobState, TransferSummary
from bridge_app.storage.looks import LOOK
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.delegates.transfer_row import TransferRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.models.transfers import FailedOnly, TransferList, TransferRole
from bridge_app.ui.panels.transfer_addresses import TransferAddresses
from bridge_app.ui.panels.transfer_bar import TransferBar
from bridge_app.ui.panels.transfer_tools import TransferTools
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Theme
from bridge_app.ui.wording import is_delivered, transfer_note
from bridge_app.work.events import Connectivity
from bridge_app.work.kinds import EXPORT, KIT, MAKE
from bridge_app.work.worker import Worker

LISTED = 500
RELOAD_MS = 250
REST_MS = 8000
TICK_MS = 1000
LEAST_PX = 150
"""On a small screen the window need not be higher than it because of the list."""
CONFIRM_ABOVE = 20


class TransfersPanel(QWidget):
    """The bar and, when expanded, the list; hidden while there is nothing to tell.

    Args:
        worker: Asked for the pushes and told what to do with them.
        bridge: Tells when something about them changed.
        asker: Reads them off the GUI thread.
        now: The present moment, for countdowns.
    """

    expandedChanged = Signal(bool)
    assetWanted = Signal(str)
    accountWanted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        worker: Worker,
        bridge: WorkerBridge,
        asker: Asker,
        theme: Theme,
        icons: Icons,
        *,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._worker = worker
        self._theme = theme
        self._icons = icons
        self._now = now
        self._asker = asker
        self._listing = Latest(asker, self)
        self._addresses = TransferAddresses(worker, asker, self)
        self._thumbs = SmallThumbs(asker, self)
        self._stale = False
        self._expanded = False
        self._summary = worker.summary()
        self._connectivity = worker.connectivity()
        self._jobs = TransferList(now=now, parent=self)
        self._shown = FailedOnly(self)
        self._shown.setSourceModel(self._jobs)
        self._bar = TransferBar(theme, icons, now=now)
        self._tools = TransferTools(theme, icons)
        self._view = QListView()
        self._body = QWidget()
        self._reload_timer = QTimer(self, interval=RELOAD_MS, singleShot=True)
        self.rest_timer = QTimer(self, interval=REST_MS, singleShot=True)
        self._tick_timer = QTimer(self, interval=TICK_MS)
        self._build()
        self._add_actions()
        self._connect(bridge)
        self._tell()
        self._rest()
        self._reload()

    @property
    def bar(self) -> TransferBar:
        """The line at the top."""
        return self._bar

    @property
    def expanded(self) -> bool:
        """Is the list shown?"""
        return self._expanded

    def set_expanded(self, *, on: bool) -> None:
        """Show or hide the list; showing it brings the bar back, too."""
        if on != self._expanded:
            self._expanded = on
            self._body.setVisible(on)
            self._take_room(on=on)
            self._bar.set_expanded(on=on)
            self.expandedChanged.emit(on)
        if on:
            self.setVisible(True)
            self._reload()
        else:
            self._rest_soon()

    def _take_room(self, *, on: bool) -> None:
        """The list takes what room it gets, the line alone no more than it needs."""
        height = QSizePolicy.Policy.Expanding if on else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, height)

    def show_failed(self) -> None:
        """Open the list with nothing but failed pushes, the first of them selected."""
        self.set_expanded(on=True)
        self._filter(failed_only=True)
        self._view.setFocus()
        first = self._shown.index(0, 0)
        if first.isValid():
            self._view.setCurrentIndex(first)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a hair line between the window and this panel."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.panel)
        painter.fillRect(0, 0, self.width(), 1, self._theme.tokens.border)

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Transfers"))
        self._view.setModel(self._shown)
        self._view.setItemDelegate(TransferRow(self._theme, self._icons, self._thumbs, self._view))
        self._view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setResizeMode(QListView.ResizeMode.Adjust)
        self._view.setMouseTracking(True)
        self._view.setAccessibleName(self.tr("Pushes"))
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(8, 0, 8, 8)
        body.setSpacing(0)
        body.addWidget(self._tools)
        body.addWidget(self._view, 1)
        self._body.setMinimumHeight(LEAST_PX)
        self._body.setVisible(False)
        self._take_room(on=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._body)

    def _add_actions(self) -> None:
        self._retry = self._row_action(self.tr("Try again"), "F5", self._retry_selected)
        self._cancel = self._row_action(self.tr("Cancel"), "Del", self._cancel_selected)
        self._copy_url = self._row_action(self.tr("Copy URL"), "Ctrl+C", self._copy_urls)
        self._copy_text = self._row_action(self.tr("Copy message"), "Ctrl+Alt+C", self._copy_notes)
        self._show = self._row_action(self.tr("Show asset"), "Return", self._show_asset)

    def _row_action(self, text: str, keys: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self._view)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(act)
        self._view.addAction(action)
        return action

    def _connect(self, bridge: WorkerBridge) -> None:
        bridge.changed.connect(self._take_changes)
        bridge.progress.connect(self._take_progress)
        bridge.summary.connect(self._take_summary)
        bridge.connectivity.connect(self._take_connectivity)
        self._addresses.failed.connect(self.failed)
        self._addresses.foretold.connect(self._tell_held)
        self._view.selectionModel().selectionChanged.connect(self._look_at_addresses)
        self._bar.pauseWanted.connect(self._worker.pause)
        self._bar.resumeWanted.connect(self._worker.resume)
        self._bar.cancelWanted.connect(self._cancel_all)
        self._bar.failuresWanted.connect(self.show_failed)
        self._bar.accountWanted.connect(self.accountWanted)
        self._bar.expandWanted.connect(lambda: self.set_expanded(on=not self._expanded))
        self._tools.allWanted.connect(lambda: self._filter(failed_only=False))
        self._tools.failedWanted.connect(lambda: self._filter(failed_only=True))
        self._tools.retryWanted.connect(self._retry_failed)
        self._tools.cancelWanted.connect(self._cancel_all)
        self._tools.clearWanted.connect(self._clear_finished)
        self._view.customContextMenuRequested.connect(self._show_menu)
        self._view.doubleClicked.connect(self._show_asset)
        self._reload_timer.timeout.connect(self._reload)
        self.rest_timer.timeout.connect(self._rest)
        self._tick_timer.timeout.connect(self._jobs.tick)
        self._thumbs.arrived.connect(self._view.viewport().update)
        self._theme.changed.connect(self._view.viewport().update)

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.jobs and not self._reload_timer.isActive():
            self._reload_timer.start()
        if changes.assets or changes.listing:
            self._look_at_addresses()

    def _take_progress(self, progress: JobProgress) -> None:
        self._jobs.take_progress(progress)
        self._tell()

    def _take_summary(self, summary: TransferSummary) -> None:
        # Small pushes are over before the first word of them arrives here.
        went_on = _finished(summary) > _finished(self._summary)
        self._summary = summary
        self._tell()
        if went_on:
            self.setVisible(True)
        self._rest_soon()

    def _take_connectivity(self, connectivity: Connectivity) -> None:
        self._connectivity = connectivity
        self._tell()

    def _reload(self) -> None:
        if self._listing.waiting:
            self._stale = True
            return
        self._stale = False
        self._listing.ask(
            lambda: self._worker.transfers(limit=LISTED), self._take_jobs, self._take_error
        )

    def _take_jobs(self, jobs: Sequence[JobRecord]) -> None:
        self._jobs.take(jobs)
        ticks = self._expanded and self._jobs.waits_for_a_moment()
        self._tick_timer.start() if ticks else self._tick_timer.stop()
        self._tell()
        if self._stale:
            self._reload_timer.start()

    def _take_error(self, error: BridgeError) -> None:
        self._tools.set_note(error_text(error))

    def _tell(self) -> None:
        running = self._jobs.newest_running()
        self._bar.tell(self._summary, self._connectivity, running.name if running else "")
        failed = max(self._summary.failed, self._jobs.count(JobState.FAILED))
        listed = self._jobs.rowCount()
        if self._shown.on and failed == 0:
            self._filter(failed_only=False)
        self._tools.tell(
            self._summary, listed=listed, failed=failed, limit=LISTED, more=self._renditions
        )

    def _rest_soon(self) -> None:
        if self._is_resting():
            if not self.rest_timer.isActive():
                self.rest_timer.start()
        else:
            self.rest_timer.stop()
            self.setVisible(True)

    def _rest(self) -> None:
        if self._is_resting():
            self.setVisible(self._expanded)

    def _is_resting(self) -> bool:
        return self._summary.active == 0 and self._summary.failed == 0

    def _filter(self, *, failed_only: bool) -> None:
        self._shown.set_on(on=failed_only)
        self._tools.set_filter(failed_only=failed_only)

    def _selected(self) -> list[JobRecord]:
        rows = sorted(self._view.selectionModel().selectedIndexes(), key=lambda each: each.row())
        return [row.data(TransferRole.JOB) for row in rows]

    def _show_menu(self, position: QPoint) -> None:
        index = self._view.indexAt(position)
        if index.isValid() and not self._view.selectionModel().isSelected(index):
            choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._view.selectionModel().setCurrentIndex(index, choose)
        jobs = self._selected()
        if not jobs:
            return
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._enable_actions(jobs)
        menu.addActions([self._show, self._copy_url, self._copy_text])
        menu.addSeparator()
        menu.addActions([self._retry, self._cancel])
        self._addresses.forewarn(jobs, self._copy_url, menu)
        menu.aboutToHide.connect(self._allow_shortcuts)
        menu.popup(self._view.viewport().mapToGlobal(position))

    def _enable_actions(self, jobs: list[JobRecord]) -> None:
        self._retry.setEnabled(any(_can_be_retried(job) for job in jobs))
        self._cancel.setEnabled(any(_can_be_cancelled(job) for job in jobs))
        self._copy_url.setEnabled(any(is_delivered(job) for job in jobs))
        self._show.setEnabled(len(jobs) == 1 and jobs[0].asset is not None)

    def _allow_shortcuts(self) -> None:
        for action in (self._retry, self._cancel, self._copy_url, self._show):
            action.setEnabled(True)

    def _retry_selected(self) -> None:
        jobs = [job.id for job in self._selected() if _can_be_retried(job)]
        if jobs:
            self._worker.retry(jobs)

    def _cancel_selected(self) -> None:
        self._cancel_after_asking([j.id for j in self._selected() if _can_be_cancelled(j)])

    def _cancel_after_asking(self, jobs: list[int]) -> None:
        if len(jobs) > CONFIRM_ABOVE:
            self._ask_before_cancelling(len(jobs), lambda: self._worker.cancel(jobs))
        elif jobs:
            self._worker.cancel(jobs)

    @property
    def _renditions(self) -> int:
        """How many jobs make renditions; the summary counts pushes alone."""
        return self._jobs.unfinished(EXPORT, MAKE, KIT)

    def _cancel_all(self) -> None:
        count = self._summary.active + self._renditions
        if count > CONFIRM_ABOVE:
            self._ask_before_cancelling(count, self._worker.cancel)
        else:
            self._worker.cancel()

    def _ask_before_cancelling(self, count: int, act: Callable[[], None]) -> None:
        question = Question(
            icon="cloud-off",
            title=self.tr("Cancel %Ln upload(s)?", "", count),
            text=self.tr(
                "What has been delivered stays delivered, and your files stay where they are. "
                "You can push the rest again at any time."
            ),
            act=self.tr("Cancel them"),
            leave=self.tr("Keep going"),
        )
        dialog = ConfirmDialog(self._theme, self._icons, question, self.window())
        dialog.confirmed.connect(act)
        open_dialog(dialog)

    def _retry_failed(self) -> None:
        self._worker.retry()

    def _clear_finished(self) -> None:
        self._worker.clear_finished()

    def _look_at_addresses(self) -> None:
        self._addresses.look(self._selected())

    def _tell_held(self, reason: str) -> None:
        self._tools.set_held(reason)
        self._view.setAccessibleDescription(reason)
        self._tell()

    def _copy_urls(self) -> None:
        self._addresses.copy(self._selected())

    def _copy_notes(self) -> None:
        notes = [f"{job.name}: {transfer_note(job, self._now())}" for job in self._selected()]
        QGuiApplication.clipboard().setText("\n".join(notes))

    def _show_asset(self) -> None:
        jobs = self._selected()
        if len(jobs) == 1 and jobs[0].asset is not None:
            self.assetWanted.emit(jobs[0].asset)


def _finished(summary: TransferSummary) -> int:
    return summary.done + summary.failed + summary.cancelled


def _can_be_cancelled(job: JobRecord) -> bool:
    """Whether something is delivered is looked at in any case."""
    return not job.state.is_finished and job.kind != LOOK


def _can_be_retried(job: JobRecord) -> bool:
    return job.state in (JobState.FAILED, JobState.CANCELLED, JobState.WAITING)
