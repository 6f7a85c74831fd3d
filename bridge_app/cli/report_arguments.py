"""The words about reports: what is used, what it costs, what could be tidied."""

import argparse
from datetime import date

from bridge_app.cli.commands import Adds, Subparsers, count
from bridge_app.domain.report_words import TITLES
from bridge_app.domain.reports import WHOLE, Every, ExportFormat, ReportKind

STANDARD_OUTPUT = "-"
MEGA = 1_000_000


def add_reports(commands: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Reports, access logs, and what is kept of both."""
    text = "what is used, what it costs, and what could be tidied"
    inner = commands.add_parser("report", help=text, description=text).add_subparsers(
        dest="report_command", required=True, metavar="COMMAND"
    )
    for kind in ReportKind:
        one = add(inner, kind.value, "report:ask", TITLES[kind])
        one.set_defaults(kind=kind)
        _add_scope(one)
        _add_targets(one)
    _add_logs(inner, add)
    _add_saved(inner, add)
    add(inner, "views", "report:views", "how BI tools read this profile's databases, as SQL")


def _add_targets(one: argparse.ArgumentParser) -> None:
    to = one.add_mutually_exclusive_group()
    for form in (ExportFormat.CSV, ExportFormat.SPREADSHEET, ExportFormat.JSON):
        to.add_argument(
            f"--{form.value}",
            nargs="?",
            const=STANDARD_OUTPUT,
            metavar="OUT",
            help=TARGETS[form],
        )
    to.add_argument("--parquet", metavar="OUT", help=TARGETS[ExportFormat.PARQUET])


TARGETS = {
    ExportFormat.CSV: "CSV as it is, to a file or a folder, or printed",
    ExportFormat.SPREADSHEET: "CSV in which no spreadsheet takes anything for a formula",
    ExportFormat.JSON: "one JSON object per line",
    ExportFormat.PARQUET: "Parquet",
}


def _add_scope(one: argparse.ArgumentParser) -> None:
    one.add_argument("--library", metavar="NAME", help="of one library only")
    one.add_argument("--environment", metavar="NAME", help="instead of the one in use")
    one.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="YYYY-MM-DD, UTC")
    one.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="this day included")
    one.add_argument(
        "--days", type=count, default=WHOLE.ahead_days, metavar="N", help="rights end so soon"
    )
    one.add_argument(
        "--heavy",
        type=count,
        default=WHOLE.heavy_bytes // MEGA,
        metavar="MB",
        help="originals of so many megabytes are heavy",
    )
    one.add_argument("--limit", type=count, default=50, metavar="N", help="lines to print")
    one.add_argument(
        "--refresh", action="store_true", help="ask the environment for its usage first"
    )


def _add_logs(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    words = "count what an access log (CSV) says was delivered; the same file counts once"
    new = add(inner, "import-log", "report:import_log", words, json=True)
    new.add_argument("file")
    new.add_argument("--environment", metavar="NAME", help="meant where an address names none")
    gone = add(inner, "forget-log", "report:forget_log", "count an access log no longer")
    gone.add_argument("digest", help="as `report log-imports --json` tells it")


def _add_saved(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    add(inner, "list", "report:show", "the kinds of reports, and those that are saved", json=True)
    save = add(inner, "save", "report:save", "keep a report by a name, and write it by a schedule")
    save.add_argument("name")
    save.add_argument("kind", type=ReportKind, choices=list(ReportKind), metavar="KIND")
    _add_scope(save)
    save.add_argument("--every", type=Every, choices=list(Every), metavar="day|week|month")
    save.add_argument("--into", metavar="FOLDER", help="where the schedule writes")
    save.add_argument(
        "--format",
        type=ExportFormat,
        choices=list(ExportFormat),
        default=ExportFormat.CSV,
        metavar="csv|spreadsheet|json|parquet",
    )
    run = add(inner, "run", "report:run", "ask a saved report again")
    run.add_argument("name")
    run.add_argument("--limit", type=count, default=50, metavar="N", help="lines to print")
    _add_targets(run)
    add(inner, "write-due", "report:write_due", "write the scheduled reports that are due")
    gone = add(inner, "forget", "report:forget", "keep a report no longer; its files stay")
    gone.add_argument("name")
