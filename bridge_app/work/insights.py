"""Reports about what is used, what it costs, and what could be tidied.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    NotFoundError,
)
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.report_schedule import is_due
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
from bridge_app.storage.access_logs import AccessLogs
from bridge_app.storage.saved_reports import SavedReports
from bridge_app.work.events import trouble_of
from bridge_app.work.insight_export import InsightExport, scheduled_file
from bridge_app.work.insight_reports import InsightReports
from bridge_app.work.log_import import LogImporter

LONGEST_NAME = 100


class BrokenOffError(BridgeError):
    """What is kept of a report as long as it is being written."""

    text = QT_TRANSLATE_NOOP("errors", "It broke off.")


class NamelessReportError(InvalidInputError):
    """A report nobody could choose."""

    text = QT_TRANSLATE_NOOP(
        "errors", "A saved report needs a name of 1 to {most} letters. Nothing was changed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightMeans:
    """What the desk is lent; `environment` is the one in use, None without any.

    `survey` has an environment tell its usage anew, and keeps it.
    """

    environment: Callable[[], str | None]
    survey: Callable[[str], object]
    who: Callable[[], str]
    now: Callable[[], datetime]
    tell: Callable[[ChangeSet], None]


class InsightsDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self,
        reports: InsightReports,
        logs: AccessLogs,
        importer: LogImporter,
        kept: SavedReports,
        means: InsightMeans,
    ) -> None:
        self._reports = reports
        self._export = InsightExport(reports, logs)
        self._logs = logs
        self._importer = importer
        self._kept = kept
        self._means = means

    def kinds(self) -> tuple[ReportKind, ...]:
        """The reports there are, in the order of a list."""
        return tuple(ReportKind)

    def report(self, kind: ReportKind, scope: ReportScope = WHOLE) -> Report:
        """Ask, of what is known here; asks no service. At most `scope.most` rows."""
        return self._reports.report(kind, scope)

    def refresh(self, scope: ReportScope = WHOLE) -> None:
        """Have the environment tell its usage anew.

        Raises NotFoundError without an environment, and what `EnvironmentDesk.survey` raises.
        """
        self._means.survey(self._environment(scope.environment))

    def export(
        self,
        kind: ReportKind,
        scope: ReportScope,
        to: Path,
        form: ExportFormat,
        *,
        told: Callable[[int], None] | None = None,
    ) -> Exported:
        """Write the whole report: all of it is at `to` then, or what was there before.

        Where `to` is a folder, it is a file of the report's name in it; of what was delivered,
        one for each day. `told` hears how many rows there are, now and then; where it raises,
        nothing takes the place of a file any more. Raises DiskFullError, FileTroubleError.
        """
        return self._export.write(
            kind, scope, to, form, at=self._means.now(), told=told or _unheard
        )

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
        found = self._importer.read(
            file,
            self._environment(environment),
            who=self._means.who(),
            at=self._means.now(),
            told=told or _unheard,
        )
        with self._reports.extract(
            ReportScope(since=found.first_day, until=found.last_day)
        ) as days:
            days.pack(days.days)
        self._means.tell(ChangeSet(channels=True))
        return found

    def logs(self) -> tuple[LogImport, ...]:
        """The imported logs, the newest first."""
        return self._logs.all()

    def forget_log(self, digest: str) -> None:
        """What it counted is not counted any more. Raises NotFoundError."""
        if not self._importer.forget(digest):
            raise NotFoundError(what=f"The access log {digest}")
        self._means.tell(ChangeSet(channels=True))

    def saved(self) -> tuple[SavedReport, ...]:
        """Saved reports by name."""
        return self._kept.all()

    def save(self, saved: SavedReport) -> None:
        """Keep it under its name, in place of what was kept so.

        Raises InvalidInputError for a name, or a schedule's folder, that cannot be used.
        """
        name = saved.name.strip()
        if not 1 <= len(name) <= LONGEST_NAME:
            raise NamelessReportError(most=LONGEST_NAME)
        schedule = saved.schedule
        if schedule is not None and not Path(schedule.folder).is_absolute():
            raise InvalidInputError(
                what=schedule.folder, detail=QT_TRANSLATE_NOOP("facts", "it is no absolute path")
            )
        if _shares_its_days(replace(saved, name=name), self._kept.all()):
            raise InvalidInputError(
                what=saved.schedule.folder if saved.schedule else "",
                detail=QT_TRANSLATE_NOOP("facts", "another report writes its days there"),
            )
        self._kept.put(replace(saved, name=name), who=self._means.who(), at=self._means.now())
        self._means.tell(ChangeSet(channels=True))

    def forget(self, name: str) -> None:
        """Keep it no longer; files that it wrote stay. Raises NotFoundError."""
        if not self._kept.drop(name):
            raise NotFoundError(what=f"The report {name}")
        self._means.tell(ChangeSet(channels=True))

    def write_due(self) -> Sequence[SavedReport]:
        """Write the scheduled reports that are due, and return them as they are then.

        Trouble with one is kept with it, and the others are written all the same: a bug that one
        of them meets is raised when all had their turn.
        """
        kept = self._kept.all()
        due = [one for one in kept if is_due(one, self._means.now())]
        written: list[SavedReport] = []
        with ExitStack() as each:
            for one in reversed(due):
                each.callback(lambda saved: written.append(self._write(saved, kept)), one)
        if written:
            self._means.tell(ChangeSet(channels=True))
        return written

    def _write(self, saved: SavedReport, kept: Sequence[SavedReport]) -> SavedReport:
        # First: one that breaks off is tried again in an hour, and not all the time.
        self._kept.wrote(saved.name, at=self._means.now(), trouble=trouble_of(BrokenOffError()))
        schedule, trouble = saved.schedule, self._asked_anew(saved)
        at = self._means.now()
        if schedule is not None:
            to = Path(schedule.folder)
            if saved.kind is not ReportKind.DELIVERY:
                to = scheduled_file(saved.name, schedule, kept)
            try:
                self._export.write(saved.kind, saved.scope, to, schedule.format, at=at)
            except BridgeError as error:
                trouble = trouble_of(error)
        self._kept.wrote(saved.name, at=at, trouble=trouble)
        return replace(saved, wrote_at=at, trouble=trouble)

    def _asked_anew(self, saved: SavedReport) -> Trouble | None:
        """Have usage told before it is reported; where that fails, the last answer stays."""
        if saved.kind not in (ReportKind.USAGE, ReportKind.TREND):
            return None
        try:
            self.refresh(saved.scope)
        except BridgeError as error:
            return trouble_of(error)
        return None

    def _environment(self, chosen: str | None) -> str:
        environment = chosen or self._means.environment()
        if environment is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "A Cloudinary account"))
        return environment


def _shares_its_days(saved: SavedReport, kept: Sequence[SavedReport]) -> bool:
    """Would its files, which are named by days, take the place of another report's?"""
    if saved.kind is not ReportKind.DELIVERY or saved.schedule is None:
        return False
    return any(
        one.kind is ReportKind.DELIVERY
        and one.name != saved.name
        and one.schedule is not None
        and Path(one.schedule.folder) == Path(saved.schedule.folder)
        for one in kept
    )


def _unheard(_: int) -> None:
    """Nobody wants to know."""
