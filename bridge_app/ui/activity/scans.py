"""Looks through libraries, as activities; short ones are not worth a word."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.jobs import WaitingFor
from bridge_app.ui.activity.activities import Activities, Activity, Course
from bridge_app.ui.messages import error_text, isolated, number_text, one_line
from bridge_app.ui.wording import seconds_until, wait_template
from bridge_app.work.events import ScanProgress
from bridge_app.work.worker import Worker

BRIEF_S = 0.5
"""A watched folder is looked through often and briefly; that need not flicker."""


class ScanActivities(QObject):
    """Follows `WorkerBridge.scan`."""

    ended = Signal(object)  # ScanProgress of a look that has ended
    libraryWanted = Signal(object)  # LibraryRecord

    def __init__(
        self,
        worker: Worker,
        activities: Activities,
        *,
        now: Callable[[], datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._worker = worker
        self._activities = activities
        self._newest: dict[LibraryId, ScanProgress] = {}

    @property
    def is_busy(self) -> bool:
        """Is anything being looked through?"""
        return bool(self._newest)

    def take(self, progress: ScanProgress) -> None:
        """A look goes on, or has ended."""
        library, key = progress.library, f"scan:{progress.library}"
        if not (progress.finished or progress.cancelled):
            known = library in self._newest
            self._newest[library] = progress
            self._activities.put(self._going_on(key, progress), **self._ways(progress, known=known))
            return
        before = self._activities.find(key)
        last = self._newest.pop(library, None)
        told = progress.trouble is not None or progress.cancelled
        if not told:
            self._activities.mended(key)
        is_brief = before is not None and self._activities.now_s - before.begun_s < BRIEF_S
        if progress.trouble is not None and progress.again_at is not None:
            self._activities.put(self._waiting(key, progress, progress.again_at))
        elif told or (before is not None and not is_brief):
            self._activities.put(self._over(key, progress, last))
        else:
            self._activities.drop(key)
        self.ended.emit(progress)

    def _record(self, library: LibraryId) -> LibraryRecord | None:
        return next((one for one in self._worker.libraries() if one.id == library), None)

    def _ways(self, progress: ScanProgress, *, known: bool) -> dict[str, Callable[[], object]]:
        record = None if known else self._record(progress.library)
        if record is None:
            return {}
        return {
            "stop": lambda: self._worker.cancel_scan(record.id),
            "show": lambda: self.libraryWanted.emit(record),
        }

    def _title(self, library: LibraryId) -> str:
        record = self._record(library)
        if record is None:
            return self.tr("Preparing the sample campaign")
        return self.tr("Reading {name}").format(name=isolated(one_line(record.name)))

    def _going_on(self, key: str, progress: ScanProgress) -> Activity:
        before = self._activities.find(key)
        if progress.total is None:
            amount = self.tr("%Ln file(s) found", "", progress.found)
        else:
            words = self.tr("{read} of {total}")
            amount = words.format(
                read=number_text(progress.read), total=number_text(progress.total)
            )
        return Activity(
            key=key,
            icon="folder-search",
            title=before.title if before else self._title(progress.library),
            done=progress.read,
            total=progress.total,
            amount=amount,
        )

    def _waiting(self, key: str, progress: ScanProgress, again_at: str) -> Activity:
        """The service asked for patience; it goes on by itself."""
        before = self._activities.find(key)
        is_spent = progress.trouble is not None and progress.trouble.kind == "BudgetSpentError"
        return Activity(
            key=key,
            icon="folder-search",
            title=before.title if before else self._title(progress.library),
            course=Course.WAITING,
            note=wait_template(WaitingFor.BUDGET if is_spent else WaitingFor.RATE_LIMIT),
            until_s=self._activities.now_s + (seconds_until(again_at, self._now()) or 0.0),
        )

    def _over(self, key: str, progress: ScanProgress, last: ScanProgress | None) -> Activity:
        before = self._activities.find(key)
        course = Course.STOPPED if progress.cancelled else Course.DONE
        note = self.tr("Stopped; what was read stays.") if progress.cancelled else ""
        if progress.trouble is not None:
            course, note = Course.FAILED, error_text(progress.trouble)
        elif not note and last is not None and last.read:
            note = self.tr("%Ln file(s) read", "", last.read)
        title = before.title if before else self._title(progress.library)
        return Activity(key=key, icon="folder-search", title=title, course=course, note=note)
