"""Tells the desktop what happened while the window is not in front; one notice for each matter."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import TransferSummary
from bridge_app.domain.query import Query
from bridge_app.domain.rights import RightsState
from bridge_app.ui.latest import Latest
from bridge_app.ui.window_core import Core
from bridge_app.work.exchange.desktop_bus import DesktopBus, Notice

TRANSFERS, REVIEWS, RIGHTS = "transfers", "reviews", "rights"
SHOW, AGAIN = "show", "again"
REST_MS = 1500
"""A run of transfers has ended when nothing was queued for so long."""
LOOK_MS = 30 * 60 * 1000


class DesktopNotices(QObject):
    """GUI thread only; the bus is asked elsewhere, and only when there is something to tell.

    Args:
        acts: What is done when an action of a matter is chosen, by both their names.
        fallback: Shows title and text where the desktop has no such service.
    """

    _heard = Signal(str, str)
    _unshown = Signal(str, str)  # title, text

    def __init__(
        self,
        window: QMainWindow,
        core: Core,
        *,
        acts: Mapping[tuple[str, str], Callable[[], None]],
        fallback: Callable[[str, str], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._core = core
        self._acts = acts
        self._bus = DesktopBus(self._heard.emit)
        self._waiting, self._ended = Latest(core.asker, self), Latest(core.asker, self)
        self._summary: TransferSummary | None = None
        self._begun: TransferSummary | None = None
        self._reviews: int | None = None
        self._rights: int | None = None
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._rest.timeout.connect(self._tell_transfers)
        self._clock.timeout.connect(self._look_at_rights)
        self._clock.start()
        # Chosen in a thread of the bus, done in this one.
        self._heard.connect(self._act, Qt.ConnectionType.QueuedConnection)
        self._unshown.connect(fallback, Qt.ConnectionType.QueuedConnection)
        core.bridge.summary.connect(self.take_summary)
        core.bridge.changed.connect(self.take_changes)

    @property
    def is_away(self) -> bool:
        """Does nobody look at the window, and are notices wanted?"""
        in_front = QApplication.activeWindow() is not None and not self._window.isMinimized()
        return self._core.remembering.settings.notices and not in_front

    def take_summary(self, summary: TransferSummary) -> None:
        """Transfers go on, or have ended."""
        self._summary = summary
        if summary.active:
            self._rest.stop()
            self._begun = self._begun or summary
        elif self._begun is not None:
            self._rest.start()

    def take_changes(self, changes: ChangeSet) -> None:
        """Somebody may be asked for a review, or a right may have ended."""
        if changes.reviews:
            desk = self._core.worker.reviews
            self._waiting.ask(lambda: len(desk.queue(desk.who())), self._tell_reviews, _ignore)
        if changes.retractions:
            self._look_at_rights()

    def close(self) -> None:
        """Tell no more."""
        self._bus.close()

    def _tell_transfers(self) -> None:
        begun, now = self._begun, self._summary
        self._begun = None
        if begun is None or now is None:
            return
        failed = now.failed - min(begun.failed, now.failed)
        done = now.done - min(begun.done, now.done)
        if failed:
            title = self.tr("%Ln transfer(s) failed", "", failed)
            text = self.tr("%Ln came through. What failed says why in the list.", "", done)
            actions = {SHOW: self.tr("Show"), AGAIN: self.tr("Try Again")}
        elif done:
            title = self.tr("%Ln transfer(s) finished", "", done)
            text = self.tr("Everything came through.")
            actions = {SHOW: self.tr("Show")}
        else:
            return
        self._tell(Notice(key=TRANSFERS, title=title, text=text, actions=actions))

    def _tell_reviews(self, count: int) -> None:
        before, self._reviews = self._reviews, count
        if before is None or count <= before:
            return
        title = self.tr("%Ln review(s) wait for you", "", count)
        text = self.tr("Somebody asked for your decision.")
        self._tell(
            Notice(key=REVIEWS, title=title, text=text, actions={SHOW: self.tr("Open the Queue")})
        )

    def _look_at_rights(self) -> None:
        account = self._core.worker.current_account()
        now = self._core.looks.now()
        query = Query(
            rights=frozenset({RightsState.ENDED}),
            environment=account.environment if account else None,
        )
        self._ended.read(lambda reader: reader.count(query, now=now), self._tell_rights, _ignore)

    def _tell_rights(self, count: int) -> None:
        before, self._rights = self._rights, count
        if before is None or count <= before:
            return
        title = self.tr("The rights of %Ln asset(s) have ended", "", count - before)
        text = self.tr("What was delivered of them is taken back.")
        self._tell(Notice(key=RIGHTS, title=title, text=text, actions={SHOW: self.tr("Show Them")}))

    def _tell(self, notice: Notice) -> None:
        # Of several windows one tells.
        if not (self.is_away and self._core.remembering.is_first):
            return
        self._bus.tell(notice, lambda: self._unshown.emit(notice.title, notice.text))

    def _act(self, key: str, action: str) -> None:
        act = self._acts.get((key, action)) or self._acts.get((key, SHOW))
        if act is not None:
            act()


def _ignore(_: BridgeError) -> None:
    """What cannot be counted now is counted the next time."""
