"""What the window has done about review requests: asked for, shown, and how much of it waits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.review_requests import QueueItem, ReviewItem, ReviewRequest
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import one_line
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.sidebar import Sidebar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.queue_chip import QueueChip
from bridge_app.ui.review.subjects import Wanted
from bridge_app.ui.review_errands import ReviewErrands
from bridge_app.ui.review_wording import roles_text
from bridge_app.ui.window_core import Core
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.ui.dialogs.review_queue import ReviewQueueDialog

COUNT_MS = 700
"""Decisions come in rows; what waits is counted when they rest."""


class ReviewQueueErrands(QObject):
    """GUI thread only. `chip` is for the sidebar; `reviewWanted` opens review mode."""

    reviewWanted = Signal(object, str, int)  # list[QueueItem], title, where to start
    packWanted = Signal(object, str)  # list[ReviewItem], title

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        show_queue: QAction,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._counting = Latest(asker, self)
        self._queue: ReviewQueueDialog | None = None
        self._timer = QTimer(self, interval=COUNT_MS, singleShot=True)
        self._timer.timeout.connect(self._count)
        self.chip = QueueChip(looks.theme, looks.icons, show_queue)
        show_queue.triggered.connect(lambda: self.show_queue())  # noqa: PLW0108 - it takes no flag
        self._timer.start()

    def request(self, assets: Sequence[AssetId]) -> None:
        """Ask reviewers to look at these assets."""
        from bridge_app.ui.dialogs.review_request import ReviewRequestDialog

        if not assets:
            return
        dialog = ReviewRequestDialog(self._worker, self._asker, self._looks, assets, self._window)
        dialog.requested.connect(self._requested)
        open_dialog(dialog)

    def show_queue(self) -> None:
        """Show what waits for the one who sits here."""
        from bridge_app.ui.dialogs.review_queue import ReviewQueueDialog

        if self._queue is not None and isValid(self._queue):
            self._queue.raise_()
            return
        dialog = ReviewQueueDialog(self._worker, self._asker, self._looks, self._window)
        dialog.reviewWanted.connect(self.reviewWanted)
        dialog.packWanted.connect(self._ask_for_pack)
        dialog.finished.connect(self._put_away)
        self._queue = dialog
        open_dialog(dialog)

    def take_changes(self, changes: ChangeSet) -> None:
        """Something was asked for or decided."""
        if changes.reviews or changes.assets or changes.listing:
            if not self._timer.isActive():
                self._timer.start()
            if self._queue is not None and isValid(self._queue):
                self._queue.take_changes(changes)

    def _requested(self, request: ReviewRequest) -> None:
        text = self.tr("{title}: %Ln picture(s) wait for {reviewers}.", "", len(request.items))
        words = text.format(title=one_line(request.title), reviewers=roles_text(request.reviewers))
        self._messages.say(Tone.POSITIVE, words)

    def _ask_for_pack(self, items: Sequence[QueueItem], title: str) -> None:
        told = [
            ReviewItem(asset=one.asset, transformation=one.transformation, preset=one.preset)
            for one in items
        ]
        self.packWanted.emit(list(dict.fromkeys(told)), title)

    def _put_away(self, _: int) -> None:
        self._queue = None

    def _count(self) -> None:
        desk = self._worker.reviews
        self._counting.ask(lambda: desk.queue(desk.who()), self._take, self._fail)

    def _take(self, items: Sequence[QueueItem]) -> None:
        self.chip.show_counts(len(items), sum(item.is_overdue for item in items))

    def _fail(self, error: BridgeError) -> None:
        """The queue itself says why it cannot be read; a count that is missing need not."""
        del error
        self.chip.show_counts(0, 0)


def serve_review_queue(
    window: QWidget,
    core: Core,
    *,
    browser: BrowserPanel,
    selection: AssetSelection,
    sidebar: Sidebar,
    review: ReviewErrands,
) -> ReviewQueueErrands:
    """Let the window ask for reviews, and tell in its sidebar what waits."""
    actions = core.actions
    errands = ReviewQueueErrands(
        window,
        core.worker,
        core.asker,
        core.looks,
        messages=browser.messages,
        show_queue=actions.review_queue,
    )

    def begin(items: Sequence[QueueItem], title: str, start: int) -> None:
        review.open([_wanted(item) for item in items], title=title, start=start)

    actions.ask_review.triggered.connect(lambda: errands.request(selection.ids))
    core.bridge.changed.connect(errands.take_changes)
    errands.reviewWanted.connect(begin)
    sidebar.add_to_foot(errands.chip)
    return errands


def _wanted(item: QueueItem) -> Wanted:
    return Wanted(
        asset=item.asset,
        transformation=item.transformation,
        preset=item.preset,
        stage=item.stage,
    )
