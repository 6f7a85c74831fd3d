"""Reports about what is used, what it costs, and what could be tidied.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.reports import (
    WHOLE,
    Exported,
    ExportFormat,
    LogImport,
    Report,
    ReportKind,
    ReportScope,
    SavedReport,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightMeans:
    """What the desk is lent; `environment` is the one in use, None without any."""

    environment: Callable[[], str | None]
    who: Callable[[], str]
    now: Callable[[], datetime]
    tell: Callable[[ChangeSet], None]


class InsightsDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(self, means: InsightMeans) -> None:
        self._means = means

    def kinds(self) -> tuple[ReportKind, ...]:
        """The reports there are, in the order of a list."""
        return tuple(ReportKind)

    def report(self, kind: ReportKind, scope: ReportScope = WHOLE) -> Report:
        """Ask, of what is known here; asks no service. At most `scope.most` rows."""
        return Report(kind=kind, scope=scope, columns=(), rows=(), asked_at=self._means.now())

    def refresh(self, scope: ReportScope = WHOLE) -> None:
        """Have the environment tell its usage anew.

        Raises NotFoundError without an environment, and what `EnvironmentDesk.survey` raises.
        """
        raise NotImplementedError

    def export(
        self, kind: ReportKind, scope: ReportScope, to: Path, form: ExportFormat
    ) -> Exported:
        """Write the whole report: all of it is at `to` then, or what was there before.

        Raises DiskFullError, FileTroubleError.
        """
        raise NotImplementedError

    def import_log(
        self,
        file: Path,
        *,
        environment: str | None = None,
        told: Callable[[int], None] | None = None,
    ) -> LogImport:
        """Count what an access log (CSV) says was delivered; the same file again replaces itself.

        `told` hears how many lines were read, now and then; where it raises, nothing is kept.
        Raises InvalidInputError, FileTroubleError, NotFoundError.
        """
        raise NotImplementedError

    def logs(self) -> tuple[LogImport, ...]:
        """The imported logs, the newest first."""
        return ()

    def forget_log(self, digest: str) -> None:
        """What it counted is not counted any more. Raises NotFoundError."""
        raise NotImplementedError

    def saved(self) -> tuple[SavedReport, ...]:
        """Saved reports by name."""
        return ()

    def save(self, saved: SavedReport) -> None:
        """Keep it under its name, in place of what was kept so."""
        raise NotImplementedError

    def forget(self, name: str) -> None:
        """Keep it no longer; files that it wrote stay. Raises NotFoundError."""
        raise NotImplementedError

    def write_due(self) -> Sequence[SavedReport]:
        """Write the scheduled reports that are due, and return them as they are then."""
        return ()
