"""The pushes in the transfers panel: rows that move, grow and change without losing selection."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from bridge_app.domain.jobs import JobProgress, JobRecord, JobState
from bridge_app.ui.messages import one_line
from bridge_app.ui.wording import transfer_note, transfer_sentence

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class TransferRole(IntEnum):
    """What a row of `TransferList` tells beyond Qt's own roles."""

    JOB = Qt.ItemDataRole.UserRole + 1  # JobRecord
    FRACTION = Qt.ItemDataRole.UserRole + 2  # float 0..1, how much of it has arrived
    NOTE = Qt.ItemDataRole.UserRole + 3  # str, the state in words
    STATE = Qt.ItemDataRole.UserRole + 4  # str, the JobState's value


class TransferList(QAbstractListModel):
    """Push jobs in the order given.

    Args:
        now: The present moment, for "in 42 s".
    """

    def __init__(self, *, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._jobs: list[JobRecord] = []
        self._rows: dict[int, int] = {}
        self._live: dict[int, JobProgress] = {}
        self._readers: dict[int, Callable[[JobRecord], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda job: one_line(job.name),
            Qt.ItemDataRole.ToolTipRole: self._note,
            Qt.ItemDataRole.AccessibleTextRole: lambda job: transfer_sentence(job, self._now()),
            TransferRole.JOB: lambda job: job,
            TransferRole.FRACTION: self._fraction,
            TransferRole.NOTE: self._note,
            TransferRole.STATE: lambda job: job.state.value,
        }

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one row tells under `role`."""
        read = self._readers.get(role)
        if read is None or not index.isValid():
            return None
        return read(self._jobs[index.row()])

    def job(self, job_id: int) -> JobRecord | None:
        """The job of that id, if it is listed."""
        row = self._rows.get(job_id)
        return None if row is None else self._jobs[row]

    def newest_running(self) -> JobRecord | None:
        """A running job to name in one line: the one that reported last."""
        for job_id in reversed(self._live):
            job = self.job(job_id)
            if job is not None and job.state is JobState.RUNNING:
                return job
        return next((job for job in self._jobs if job.state is JobState.RUNNING), None)

    def unfinished(self, *kinds: str) -> int:
        """How many jobs of these kinds are not over."""
        return sum(job.kind in kinds and not job.state.is_finished for job in self._jobs)

    def count(self, state: JobState) -> int:
        """How many listed jobs are in this state."""
        return sum(job.state is state for job in self._jobs)

    def waits_for_a_moment(self) -> bool:
        """Does any row show a countdown?"""
        return any(job.state is JobState.WAITING and job.waiting_until for job in self._jobs)

    def take(self, jobs: Sequence[JobRecord]) -> None:
        """Show these jobs now; what stays selected or scrolled to stays so."""
        self._drop({job.id for job in jobs})
        self._append([job for job in jobs if job.id not in self._rows])
        self._reorder(jobs)
        self._live = {
            job_id: progress
            for job_id, progress in self._live.items()
            if job_id in self._rows and self._jobs[self._rows[job_id]].state is JobState.RUNNING
        }

    def take_progress(self, progress: JobProgress) -> None:
        """A running job got further."""
        row = self._rows.get(progress.job)
        self._live.pop(progress.job, None)
        self._live[progress.job] = progress
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index, [TransferRole.FRACTION])

    def tick(self) -> None:
        """Time went by: the countdowns are different now."""
        for row, job in enumerate(self._jobs):
            if job.state is JobState.WAITING and job.waiting_until:
                index = self.index(row)
                self.dataChanged.emit(index, index, [TransferRole.NOTE])

    def _note(self, job: JobRecord) -> str:
        return transfer_note(job, self._now())

    def _fraction(self, job: JobRecord) -> float:
        if job.state is JobState.DONE:
            return 1.0
        live = self._live.get(job.id)
        done, total = (live.done, live.total) if live else (job.done, job.total)
        return min(1.0, done / total) if total > 0 else 0.0

    def _drop(self, kept: set[int]) -> None:
        gone = [row for row, job in enumerate(self._jobs) if job.id not in kept]
        for first, last in _runs_from_the_end(gone):
            self.beginRemoveRows(NOWHERE, first, last)
            del self._jobs[first : last + 1]
            self.endRemoveRows()
        self._count_rows()

    def _append(self, jobs: list[JobRecord]) -> None:
        if not jobs:
            return
        self.beginInsertRows(NOWHERE, len(self._jobs), len(self._jobs) + len(jobs) - 1)
        self._jobs.extend(jobs)
        self.endInsertRows()
        self._count_rows()

    def _reorder(self, jobs: Sequence[JobRecord]) -> None:
        before = {job.id: job for job in self._jobs}
        if [job.id for job in self._jobs] == [job.id for job in jobs]:
            self._jobs = list(jobs)
        else:
            self.layoutAboutToBeChanged.emit()
            old = self.persistentIndexList()
            ids = [self._jobs[index.row()].id for index in old]
            self._jobs = list(jobs)
            self._count_rows()
            new = [self.index(self._rows[job_id], 0) for job_id in ids]
            self.changePersistentIndexList(old, new)
            self.layoutChanged.emit()
        for row, job in enumerate(self._jobs):
            if before[job.id] != job:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _count_rows(self) -> None:
        self._rows = {job.id: row for row, job in enumerate(self._jobs)}


class FailedOnly(QSortFilterProxyModel):
    """Shows all jobs, or only those that failed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setFilterRole(TransferRole.STATE)
        self._on = False

    @property
    def on(self) -> bool:
        """Are only failed ones shown?"""
        return self._on

    def set_on(self, *, on: bool) -> None:
        """Narrow to failed ones, or show all again."""
        if on != self._on:
            self._on = on
            self.setFilterFixedString(JobState.FAILED.value if on else "")


def _runs_from_the_end(rows: list[int]) -> list[tuple[int, int]]:
    """Ascending row numbers as (first, last) runs, the last run first."""
    runs: list[tuple[int, int]] = []
    for row in reversed(rows):
        if runs and runs[-1][0] == row + 1:
            runs[-1] = (row, runs[-1][1])
        else:
            runs.append((row, row))
    return runs
