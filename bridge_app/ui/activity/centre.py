"""The activity centre of a window: its list, those who keep it up to date, and its status line."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from bridge_app.ui.activity.activities import Activities
from bridge_app.ui.activity.chip import ActivityChip
from bridge_app.ui.activity.queued import QueuedActivities
from bridge_app.ui.activity.scans import ScanActivities
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.looks import Looks
from bridge_app.work.worker import Worker


class ActivityCentre(QObject):
    """Everything that goes on, whoever does it.

    Args:
        activities: The list, in which others put what they do as well.
        opens: The action that opens the list.
    """

    ended = Signal(object)  # ScanProgress of a look that has ended
    libraryWanted = Signal(object)  # LibraryRecord
    transfersWanted = Signal()

    def __init__(
        self,
        worker: Worker,
        bridge: WorkerBridge,
        asker: Asker,
        looks: Looks,
        *,
        activities: Activities,
        opens: QAction,
    ) -> None:
        super().__init__(bridge)
        self.activities = activities
        self.scans = ScanActivities(worker, self.activities, now=looks.now, parent=self)
        self.queued = QueuedActivities(
            lambda: worker.job_groups, self.activities, asker, bridge, now=looks.now, parent=self
        )
        self.chip = ActivityChip(activities, looks.theme, looks.icons, opens=opens)
        bridge.scan.connect(self.scans.take)
        bridge.connectivity.connect(self.chip.show_connectivity)
        self.chip.show_connectivity(worker.connectivity())
        self.scans.ended.connect(self.ended)
        self.scans.libraryWanted.connect(self.libraryWanted)
        self.queued.transfersWanted.connect(self.transfersWanted)
        self.queued.waitingChanged.connect(self.chip.show_waiting)

    @property
    def is_busy(self) -> bool:
        """Is any library being looked through?"""
        return self.scans.is_busy
