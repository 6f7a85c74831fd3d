"""Jobs of the ledger, as activities: one for each group, from its first job until none is left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import TransferSummary, WaitingFor
from bridge_app.ui.activity.activities import Activities, Activity, Course
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import bytes_text, isolated, number_text
from bridge_app.ui.wording import seconds_until, wait_template
from bridge_app.work.job_groups import STOPPABLE, Group, GroupCount, JobGroups

RELOAD_MS = 300
ICONS = {
    Group.PUSHES: "arrow-up-down",
    Group.COPIES: "copy",
    Group.RENDITIONS: "images",
    Group.KITS: "package",
    Group.ARCHIVES: "file-archive",
    Group.EDITS: "pencil-line",
    Group.DECISIONS: "badge-check",
    Group.CHANGES: "cloud",
    Group.CHANNELS: "send",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What had ended of a group when its last job was over."""

    finished: int = 0
    failed: int = 0
    cancelled: int = 0


class QueuedActivities(QObject):
    """Follows what the bridge tells of jobs; asks the ledger off the GUI thread.

    Args:
        now: The present moment, UTC: what ended before it is none of this window's business.
    """

    transfersWanted = Signal()
    waitingChanged = Signal(int)  # how many jobs wait for the network

    def __init__(
        self,
        groups: Callable[[], JobGroups],
        activities: Activities,
        asker: Asker,
        bridge: WorkerBridge,
        *,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._groups = groups
        self._activities = activities
        self._asker = asker
        self._now = now
        self._since = now().isoformat()
        self._ended: dict[Group, Ended] = {}
        self._summary = TransferSummary()
        self._is_stale = False
        self._counting = Latest(asker, self)
        self._timer = QTimer(self, interval=RELOAD_MS, singleShot=True)
        self._timer.timeout.connect(self._count)
        bridge.changed.connect(self._take_changes)
        bridge.summary.connect(self._take_summary)
        self._timer.start()

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.jobs and not self._timer.isActive():
            self._timer.start()

    def _take_summary(self, summary: TransferSummary) -> None:
        self._summary = summary
        if not self._timer.isActive():
            self._timer.start()

    def _count(self) -> None:
        if self._counting.waiting:
            self._is_stale = True
            return
        self._is_stale = False
        since = self._since
        self._counting.ask(lambda: self._groups().counts(since=since), self._take, _leave)

    def _take(self, counts: tuple[GroupCount, ...]) -> None:
        for count in counts:
            self._tell(count)
        for gone in set(Group) - {count.group for count in counts}:
            self._ended.pop(gone, None)
            self._activities.drop(f"jobs:{gone}")
        waiting = sum(c.waiting for c in counts if c.waiting_for is WaitingFor.NETWORK)
        self.waitingChanged.emit(waiting)
        if self._is_stale:
            self._timer.start()

    def _tell(self, count: GroupCount) -> None:
        key = f"jobs:{count.group}"
        # Clearing the list of what is finished, or trying again, makes these fewer.
        known = self._ended.get(count.group, Ended())
        before = self._ended[count.group] = Ended(
            finished=min(known.finished, count.finished),
            failed=min(known.failed, count.failed),
            cancelled=min(known.cancelled, count.cancelled),
        )
        new = Ended(
            finished=count.finished - before.finished,
            failed=count.failed - before.failed,
            cancelled=count.cancelled - before.cancelled,
        )
        if count.unfinished:
            stop = (lambda: self._stop(count.group)) if count.group in STOPPABLE else None
            self._activities.put(
                self._going_on(key, count, new), stop=stop, show=self.transfersWanted.emit
            )
            return
        self._ended[count.group] = Ended(
            finished=count.finished, failed=count.failed, cancelled=count.cancelled
        )
        # Small jobs are over before the first word of them arrives here.
        if max(new.finished, new.failed, new.cancelled) > 0:
            self._activities.put(self._over(key, count.group, new), show=self.transfersWanted.emit)
        else:
            self._activities.drop(key)

    def _stop(self, group: Group) -> None:
        self._asker.ask(lambda: self._groups().stop(group), _leave, _leave)

    def _title(self, group: Group) -> str:
        return {
            Group.PUSHES: self.tr("Pushes"),
            Group.COPIES: self.tr("Copying into libraries"),
            Group.RENDITIONS: self.tr("Renditions"),
            Group.KITS: self.tr("Channel kits"),
            Group.ARCHIVES: self.tr("Archives of campaigns"),
            Group.EDITS: self.tr("Metadata"),
            Group.DECISIONS: self.tr("Decisions that others are told"),
            Group.CHANGES: self.tr("Changes at Cloudinary"),
            Group.CHANNELS: self.tr("Telling other systems"),
        }[group]

    def _going_on(self, key: str, count: GroupCount, new: Ended) -> Activity:
        over = new.finished + new.failed + new.cancelled
        all_of_them = over + count.unfinished
        amount = self.tr("{number} of {total}").format(
            number=number_text(over), total=number_text(all_of_them)
        )
        done, total, left_s = over, all_of_them, None
        if count.group is Group.PUSHES and self._summary.bytes_total > 0:
            done, total = self._summary.bytes_done, self._summary.bytes_total
            amount = f"{amount}  ·  {isolated(bytes_text(total))}"
            rate = self._summary.rate
            left_s = (total - done) / rate if rate > 0 else None
        waits = count.running == 0 and count.waiting > 0
        until_s, note = self._waiting(count) if waits else (None, "")
        return Activity(
            key=key,
            icon=ICONS[count.group],
            title=self._title(count.group),
            course=Course.WAITING if waits else Course.RUNNING,
            done=done,
            total=total,
            amount=amount,
            note=note,
            left_s=None if waits else left_s,
            until_s=until_s,
        )

    def _waiting(self, count: GroupCount) -> tuple[float | None, str]:
        """When these go on by themselves, and why they wait."""
        left_s = seconds_until(count.waiting_until, self._now())
        template = wait_template(count.waiting_for) if count.waiting_for else ""
        if left_s is None or not template:
            return None, self._why(count.waiting_for)
        return self._activities.now_s + left_s, template

    def _why(self, reason: WaitingFor | None) -> str:
        if reason is WaitingFor.NETWORK:
            return self.tr("Waits for the connection, and goes on by itself")
        if reason is WaitingFor.ACCOUNT:
            return self.tr("Waits for the account: log in again, or mend its key")
        if reason is WaitingFor.SCAN:
            return self.tr("Waits until files have been read")
        return self.tr("Waits, and goes on by itself")

    def _over(self, key: str, group: Group, new: Ended) -> Activity:
        parts = []
        if new.finished:
            parts.append(self.tr("%Ln done", "", new.finished))
        if new.failed:
            parts.append(self.tr("%Ln failed: the transfers say why", "", new.failed))
        if new.cancelled:
            parts.append(self.tr("%Ln cancelled", "", new.cancelled))
        course = Course.DONE
        if new.failed:
            course = Course.FAILED
        elif new.cancelled and not new.finished:
            course = Course.STOPPED
        return Activity(
            key=key,
            icon=ICONS[group],
            title=self._title(group),
            course=course,
            note=", ".join(parts),
        )


def _leave(_: BridgeError | None) -> None:
    """The next word of the ledger tells how it stands."""
