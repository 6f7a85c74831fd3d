"""The command `report`: asks, exports, imports access logs, and keeps reports by name."""

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.app.profile import profile_home
from bridge_app.cli.output import DONE, FAILED, note, say, say_json
from bridge_app.cli.report_arguments import MEGA, STANDARD_OUTPUT
from bridge_app.cli.session import opened
from bridge_app.domain.assets import LibraryId
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.report_words import AMOUNTS, LACKS, TITLES
from bridge_app.domain.reports import (
    Cell,
    ExportFormat,
    LogImport,
    Report,
    ReportKind,
    ReportScope,
    SavedReport,
    Schedule,
)
from bridge_app.storage.bi_views import script
from bridge_app.work.report_files import FORMULA, cell_text

MOST_WIDE = 40
"""Characters of a printed cell."""
PRINTED = (ExportFormat.CSV, ExportFormat.SPREADSHEET, ExportFormat.JSON)


def ask(arguments: argparse.Namespace) -> int:
    """Print a report, or write it to a file."""
    with opened() as parts:
        scope = _scope(parts, arguments)
        if arguments.refresh:
            parts.worker.insights.refresh(scope)
        return _tell(parts, arguments, arguments.kind, scope)


def run(arguments: argparse.Namespace) -> int:
    """The same of a saved report."""
    with opened() as parts:
        saved = _saved(parts, arguments.name)
        return _tell(parts, arguments, saved.kind, saved.scope)


def show(arguments: argparse.Namespace) -> int:
    """List the kinds of reports, and what is saved."""
    with opened() as parts:
        desk = parts.worker.insights
        for kind in desk.kinds():
            if arguments.json:
                say_json({"kind": kind.value, "title": TITLES[kind], "saved": None})
            else:
                say(f"{kind.value:<18} {TITLES[kind]}")
        for one in desk.saved():
            if arguments.json:
                say_json(_saved_json(one))
            else:
                say(_saved_line(one))
    return DONE


def save(arguments: argparse.Namespace) -> int:
    """Keep a report by a name."""
    if (arguments.every is None) != (arguments.into is None):
        raise InvalidInputError(what="A schedule", detail="it needs both --every and --into")
    schedule = None
    if arguments.into is not None:
        folder = Path(arguments.into).expanduser().absolute()
        schedule = Schedule(every=arguments.every, folder=str(folder), format=arguments.format)
    with opened() as parts:
        scope = _scope(parts, arguments)
        kept = SavedReport(name=arguments.name, kind=arguments.kind, scope=scope, schedule=schedule)
        parts.worker.insights.save(kept)
    return DONE


def forget(arguments: argparse.Namespace) -> int:
    """Keep a report no longer."""
    with opened() as parts:
        parts.worker.insights.forget(arguments.name)
    return DONE


def write_due(arguments: argparse.Namespace) -> int:
    """Write the scheduled reports that are due now."""
    del arguments
    with opened() as parts:
        written = parts.worker.insights.write_due()
    for one in written:
        if one.trouble:
            note(f"{one.name}: {one.trouble.sentence()}")
        else:
            say(f"{one.name}: written")
    return FAILED if any(one.trouble for one in written) else DONE


def import_log(arguments: argparse.Namespace) -> int:
    """Count an access log."""
    with opened() as parts:
        desk = parts.worker.insights
        told = desk.import_log(Path(arguments.file), environment=arguments.environment, told=_going)
    if sys.stderr.isatty():
        sys.stderr.write("\r")
    if arguments.json:
        say_json(_log_json(told))
    else:
        for line in _log_lines(told):
            say(line)
    return DONE


def forget_log(arguments: argparse.Namespace) -> int:
    """Count an access log no longer."""
    with opened() as parts:
        parts.worker.insights.forget_log(arguments.digest)
    return DONE


def views(arguments: argparse.Namespace) -> int:
    """Print how others read the databases."""
    del arguments
    home = profile_home()
    say(script(home / "catalog.db", home / "ledger.db"))
    return DONE


def _tell(parts: Parts, arguments: argparse.Namespace, kind: ReportKind, scope: ReportScope) -> int:
    desk = parts.worker.insights
    form, target = _target(arguments)
    if form is None:
        for line in _lines(desk.report(kind, replace(scope, most=arguments.limit))):
            say(line)
        return DONE
    if target == STANDARD_OUTPUT:
        _print(desk.report(kind, replace(scope, most=sys.maxsize)), form)
        return DONE
    to = Path(target).expanduser()
    if target.endswith(os.sep):
        to.mkdir(parents=True, exist_ok=True)
    written = desk.export(kind, scope, to, form)
    note(f"{written.rows} rows in {len(written.paths)} files.")
    for path in written.paths:
        say(path)
    return DONE


def _target(arguments: argparse.Namespace) -> tuple[ExportFormat | None, str]:
    for form in ExportFormat:
        target = getattr(arguments, form.value)
        if target is not None:
            return form, target
    return None, ""


def _scope(parts: Parts, arguments: argparse.Namespace) -> ReportScope:
    return ReportScope(
        environment=arguments.environment,
        library=_library(parts, arguments.library) if arguments.library else None,
        since=arguments.since,
        until=arguments.until,
        ahead_days=arguments.days,
        heavy_bytes=arguments.heavy * MEGA,
    )


def _library(parts: Parts, name: str) -> LibraryId:
    known = parts.worker.libraries()
    found = [one.id for one in known if name in (one.id, one.name)]
    if len(found) != 1:
        raise NotFoundError(what=f"The library {name}")
    return found[0]


def _saved(parts: Parts, name: str) -> SavedReport:
    for one in parts.worker.insights.saved():
        if one.name == name:
            return one
    raise NotFoundError(what=f"The report {name}")


def _print(report: Report, form: ExportFormat) -> None:
    names = [column.name for column in report.columns]
    if form is not ExportFormat.JSON:
        say(_csv_line(names))
    for row in report.rows:
        if form is ExportFormat.JSON:
            say_json(dict(zip(names, map(_json_cell, row), strict=True)))
        else:
            safe = form is ExportFormat.SPREADSHEET
            say(_csv_line([_neutral(one) if safe else cell_text(one) for one in row]))
    for line in _missing(report):
        note(line)


def _neutral(cell: Cell) -> str:
    text = cell_text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _json_cell(cell: Cell) -> object:
    return cell if cell is None or isinstance(cell, str | int | float) else cell_text(cell)


def _lines(report: Report) -> Iterator[str]:
    """The report for people: facts, a table, and what is missing."""
    for fact in report.facts:
        yield f"{fact.name}: {cell_text(fact.value) or 'not measured'}"
    names = [column.name for column in report.columns]
    cells = [[_short(cell) for cell in row] for row in report.rows]
    used = [place for place, _ in enumerate(names) if any(row[place] for row in cells)]
    wide = [max(len(names[at]), *(len(row[at]) for row in cells)) for at in used]
    for row in (names, *cells) if cells else ():
        told = (row[at].ljust(width) for at, width in zip(used, wide, strict=True))
        yield "  ".join(told).rstrip()
    yield from _missing(report)


def _short(cell: Cell) -> str:
    text = " ".join(cell_text(cell).split())
    return text if len(text) <= MOST_WIDE else f"{text[: MOST_WIDE - 1]}…"


def _missing(report: Report) -> Iterator[str]:
    for gap in report.gaps:
        amount = AMOUNTS.get(gap.lack)
        yield f"{amount}: {gap.count}" if amount else LACKS[gap.lack]


def _going(lines: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{lines} lines read ")
        sys.stderr.flush()


def _log_json(one: LogImport) -> dict[str, object]:
    return {
        "file": one.name,
        "digest": one.digest,
        "lines": one.lines,
        "counted": one.counted,
        "passed_over": one.passed_over,
        "unknown": one.unknown,
        "unreadable": one.unreadable,
        "samples": list(one.samples),
        "first_day": one.first_day.isoformat() if one.first_day else None,
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "overlaps": list(one.overlaps),
    }


def _log_lines(one: LogImport) -> Iterator[str]:
    days = f", {one.first_day} to {one.last_day}" if one.first_day else ""
    yield f"{one.name}: {one.lines} lines{days}"
    yield f"  counted      {one.counted}"
    yield f"  passed over  {one.passed_over} (errors and redirections)"
    yield f"  unknown      {one.unknown} (of no asset that is known here)"
    yield f"  unreadable   {one.unreadable}"
    for sample in one.samples:
        yield f"    {sample}"
    if one.overlaps:
        yield f"Also about these days: {', '.join(one.overlaps)}. What both hold counts twice."


def _saved_json(one: SavedReport) -> dict[str, object]:
    schedule = one.schedule
    return {
        "kind": one.kind.value,
        "title": TITLES[one.kind],
        "saved": one.name,
        "every": schedule.every.value if schedule else None,
        "into": schedule.folder if schedule else None,
        "format": schedule.format.value if schedule else None,
        "wrote_at": one.wrote_at.isoformat() if one.wrote_at else None,
        "trouble": one.trouble.sentence() if one.trouble else None,
    }


def _saved_line(one: SavedReport) -> str:
    schedule = one.schedule
    when = f", every {schedule.every.value} into {schedule.folder}" if schedule else ""
    trouble = f": {one.trouble.sentence()}" if one.trouble else ""
    return f"“{one.name}”: {one.kind.value}{when}{trouble}"
