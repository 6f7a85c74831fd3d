"""The only door from worker threads into the window: typed signals, at most 30 a second."""

import threading
from collections import deque
from typing import assert_never

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.jobs import JobProgress, TransferSummary
from bridge_app.work.events import Connectivity, Event, JobTrouble, ScanProgress

INTERVAL_MS = 33


class WorkerBridge(QObject):
    """Brings the worker's events to the GUI thread, merged so that 30 deliveries a second do.

    Hand `post` to `Worker.listen`. Change sets are merged; of a job's, a scan's or all transfers'
    progress only the newest survives; each trouble is delivered.
    """

    changed = Signal(object)  # ChangeSet
    progress = Signal(object)  # JobProgress, newest of each job
    summary = Signal(object)  # TransferSummary
    scan = Signal(object)  # ScanProgress, newest of each library
    connectivity = Signal(object)  # Connectivity
    trouble = Signal(object)  # JobTrouble
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._events: deque[Event] = deque()
        self._told = False
        self._closed = False
        self._timer = QTimer(self, interval=INTERVAL_MS, singleShot=True)
        self._timer.timeout.connect(self.deliver)
        self._arrived.connect(self._start, Qt.ConnectionType.QueuedConnection)

    def post(self, event: Event) -> None:
        """Take an event; called from any thread, returns at once."""
        if self._closed:
            return
        self._events.append(event)
        if self._told:
            return
        self._told = True
        with self._lock:
            # Under the lock, so that `close` cannot come in between.
            if not self._closed:
                self._arrived.emit()

    def deliver(self) -> None:
        """Emit what has arrived; GUI thread. Called by the timer.

        It waits for no lock: whoever posts may have to stand back for long while he holds one.
        """
        # First, so that what arrives from now on is told of.
        self._told = False
        waiting = _Waiting()
        for _ in range(len(self._events)):
            waiting.take(self._events.popleft())
        waiting.emit_to(self)

    def close(self) -> None:
        """From now on events are dropped: the window is going."""
        with self._lock:
            self._closed = True
        self._timer.stop()

    def _start(self) -> None:
        if not self._timer.isActive():
            self._timer.start()


class _Waiting:
    """What has arrived since the last delivery."""

    def __init__(self) -> None:
        self.changes: ChangeSet | None = None
        self.progress: dict[int, JobProgress] = {}
        self.scans: dict[str, ScanProgress] = {}
        self.summary: TransferSummary | None = None
        self.connectivity: Connectivity | None = None
        self.troubles: list[JobTrouble] = []

    def take(self, event: Event) -> None:
        match event:
            case ChangeSet():
                self.changes = event if self.changes is None else self.changes.merged(event)
            case JobProgress():
                self.progress[event.job] = event
            case ScanProgress():
                self.scans[event.library] = event
            case TransferSummary():
                self.summary = event
            case Connectivity():
                self.connectivity = event
            case JobTrouble():
                self.troubles.append(event)
            case _:
                assert_never(event)

    def emit_to(self, bridge: WorkerBridge) -> None:
        if self.connectivity is not None:
            bridge.connectivity.emit(self.connectivity)
        if self.changes is not None:
            bridge.changed.emit(self.changes)
        for progress in self.progress.values():
            bridge.progress.emit(progress)
        for scan in self.scans.values():
            bridge.scan.emit(scan)
        if self.summary is not None:
            bridge.summary.emit(self.summary)
        for trouble in self.troubles:
            bridge.trouble.emit(trouble)
