"""Reports that people keep by name, and what became of their schedules."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bridge_app.domain.assets import LibraryId
from bridge_app.domain.jobs import Trouble
from bridge_app.domain.reports import (
    Every,
    ExportFormat,
    ReportKind,
    ReportScope,
    SavedReport,
    Schedule,
)
from bridge_app.storage.database import Writer
from bridge_app.storage.job_rows import error_text, kept_trouble

ALL = "SELECT name, told, wrote_at, trouble FROM saved_report ORDER BY name"
PUT = """
    INSERT INTO saved_report (name, told, who, changed_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET told = excluded.told, who = excluded.who,
        changed_at = excluded.changed_at
"""
WROTE = "UPDATE saved_report SET wrote_at = ?, trouble = ? WHERE name = ?"
DROP = "DELETE FROM saved_report WHERE name = ?"


class SavedReports:
    """Thread-safe; on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def all(self) -> tuple[SavedReport, ...]:
        """All of them, by name."""
        with self._writer.reading() as connection:
            return tuple(_saved(*row) for row in connection.execute(ALL))

    def put(self, saved: SavedReport, *, who: str, at: datetime) -> None:
        """Keep one in the place of one with its name; when that wrote last stays known."""
        values = (saved.name, json.dumps(_told(saved)), who, at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(PUT, values)

    def wrote(self, name: str, *, at: datetime, trouble: Trouble | None) -> None:
        """Its schedule wrote it then, or tried to."""
        with self._writer.atomic() as connection:
            connection.execute(
                WROTE, (at.isoformat(), error_text(trouble) if trouble else "", name)
            )

    def drop(self, name: str) -> bool:
        """Keep it no longer; was there one?"""
        with self._writer.atomic() as connection:
            return connection.execute(DROP, (name,)).rowcount > 0


def _told(saved: SavedReport) -> dict[str, object]:
    scope, schedule = saved.scope, saved.schedule
    return {
        "kind": saved.kind.value,
        "environment": scope.environment,
        "library": scope.library,
        "since": scope.since.isoformat() if scope.since else None,
        "until": scope.until.isoformat() if scope.until else None,
        "ahead_days": scope.ahead_days,
        "heavy_bytes": scope.heavy_bytes,
        "schedule": None
        if schedule is None
        else {
            "every": schedule.every.value,
            "folder": schedule.folder,
            "format": schedule.format.value,
        },
    }


def _saved(name: str, text: str, wrote_at: str, trouble: str) -> SavedReport:
    told: dict[str, Any] = json.loads(text)
    schedule = told["schedule"]
    return SavedReport(
        name=name,
        kind=ReportKind(told["kind"]),
        scope=_scope(told),
        schedule=None
        if schedule is None
        else Schedule(
            every=Every(schedule["every"]),
            folder=schedule["folder"],
            format=ExportFormat(schedule["format"]),
        ),
        wrote_at=datetime.fromisoformat(wrote_at) if wrote_at else None,
        trouble=kept_trouble(trouble),
    )


def _scope(told: Mapping[str, Any]) -> ReportScope:
    library = told["library"]
    return ReportScope(
        environment=told["environment"],
        library=None if library is None else LibraryId(library),
        since=date.fromisoformat(told["since"]) if told["since"] else None,
        until=date.fromisoformat(told["until"]) if told["until"] else None,
        ahead_days=told["ahead_days"],
        heavy_bytes=told["heavy_bytes"],
    )
