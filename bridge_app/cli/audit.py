"""Commands about the audit trail: list it, write reports of it, check it, take note of damage."""

import argparse
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, note, say, say_json
from bridge_app.cli.session import chosen_assets, current_environment, opened
from bridge_app.domain.audit import AuditFilter, AuditKind, AuditRecord, Head, head_from, head_text
from bridge_app.domain.audit_check import TrailCheck
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.domain.query import Query
from bridge_app.work.audit_report import (
    AuditReport,
    ReportFormat,
    check_json,
    csv_bytes,
    detail_text,
    json_bytes,
    record_json,
)
from bridge_app.work.rendition_files import write_whole


class NoPdfHereError(BridgeError):
    """Qt's libraries are not there."""

    text = QT_TRANSLATE_NOOP(
        "errors", "A PDF needs libraries that are not here ({detail}). CSV and JSON need none."
    )


def listing(arguments: argparse.Namespace) -> int:
    """List entries, the newest first."""
    if arguments.limit < 1:
        raise InvalidInputError(what="--limit", detail="it has to be at least 1")
    with opened() as parts:
        page = parts.worker.audit.page(_filter(parts, arguments), limit=arguments.limit)
    for record in page.records:
        if arguments.json:
            say_json(record_json(record))
        else:
            say(record_line(record))
    if not arguments.json:
        note(f"{len(page.records)} of {page.total} entries.")
    return DONE


def export(arguments: argparse.Namespace) -> int:
    """Write a report of entries to a file."""
    target = Path(arguments.output)
    write = _writer(target)
    with opened() as parts:
        report = parts.worker.audit.report(_filter(parts, arguments), _about(arguments))
        data = write(report)
    write_whole(target, data, replaces=arguments.replace, with_folders=False)
    _tell(report.check)
    note(f"{target}: {report.total} entries.")
    return DONE if report.check.is_sound else FAILED


def verify(arguments: argparse.Namespace) -> int:
    """Check the whole trail; 1 if it was tampered with."""
    with opened() as parts:
        check = parts.worker.audit.check(_head(arguments.against) if arguments.against else None)
    if arguments.json:
        say_json(check_json(check))
    else:
        _tell(check)
        say(f"Head: {head_text(check.head)}")
    return DONE if check.is_sound else FAILED


def accept(arguments: argparse.Namespace) -> int:
    """Take note of the damage that there is."""
    if not arguments.reason.strip():
        raise InvalidInputError(what="--reason", detail="it has to say why")
    with opened() as parts:
        check = parts.worker.audit.accept(arguments.reason.strip())
    _tell(check)
    return DONE if check.is_sound else FAILED


def record_line(record: AuditRecord) -> str:
    """An entry for people."""
    entry = record.entry
    subject = " ".join(filter(None, (entry.name, entry.transformation, entry.environment)))
    told = detail_text({name: fact for name, fact in entry.detail.items() if name != "decision"})
    who = entry.who or "(by itself)"
    kind = entry.kind.value.replace("_", " ")
    return f"{record.seq:>6}  {entry.at[:19]}Z  {kind:<14} {who}  {subject}  {told}".rstrip()


def _tell(check: TrailCheck) -> None:
    for one in check.findings:
        note(f"TAMPERED  {one.sentence()}")
    for one in check.known:
        note(f"known     {one.sentence()}")
    if check.set_back:
        entries = ", ".join(map(str, check.set_back[:20]))
        note(f"A clock was set back before these entries; their numbers say the order: {entries}")
    if check.ahead is not None:
        note(
            f"This computer's clock stands before what was recorded ({check.ahead.isoformat()}):"
            " rights that end until then have ended. If that moment is wrong, say so with"
            " `asset-bridge audit accept --reason`."
        )
    if check.is_sound:
        say(f"The audit trail is whole: {check.head.count} entries.")


def _writer(target: Path) -> Callable[[AuditReport], bytes]:
    """How the file is written, by its ending. Raises InvalidInputError."""
    match target.suffix.lower().removeprefix("."):
        case ReportFormat.CSV.value:
            return csv_bytes
        case ReportFormat.JSON.value:
            return json_bytes
        case ReportFormat.PDF.value:
            return _pdf
        case _:
            detail = "its name has to end in .csv, .json or .pdf"
            raise InvalidInputError(what=str(target), detail=detail)


def _pdf(report: AuditReport) -> bytes:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        # Qt is loaded only for this: it needs system libraries.
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415

        from bridge_app.ui.audit_pdf import pdf_bytes  # noqa: PLC0415
    except ImportError as error:
        raise NoPdfHereError(detail=str(error)) from error
    # Kept until the pages are written: it has the fonts.
    application = QGuiApplication.instance() or QGuiApplication(["asset-bridge"])
    data = pdf_bytes(report)
    del application
    return data


def _filter(parts: Parts, arguments: argparse.Namespace) -> AuditFilter:
    assets: frozenset[str] | None = None
    if arguments.assets:
        assets = frozenset(asset.id for asset in chosen_assets(parts, arguments.assets))
    if arguments.search:
        query = Query(text=arguments.search, environment=current_environment(parts))
        found = parts.worker.audit.campaign(query)
        assets = found if assets is None else assets & found
    return AuditFilter(
        assets=assets,
        who=arguments.who,
        kinds=frozenset(AuditKind(kind.replace("-", "_")) for kind in arguments.kind),
        since=_day(arguments.since),
        until=_day(arguments.until, days=1),
        words=arguments.words,
    )


def _about(arguments: argparse.Namespace) -> str:
    told = {
        "assets": ", ".join(arguments.assets),
        "search": arguments.search,
        "person": arguments.who,
        "kinds": ", ".join(arguments.kind),
        "words": arguments.words,
        "since": arguments.since,
        "until": arguments.until,
    }
    return "; ".join(f"{name}: {words}" for name, words in told.items() if words)


def _day(text: str, *, days: int = 0) -> str:
    """The beginning of a day (or of one so many days later) as entries tell it, "" of "" ."""
    if not text:
        return ""
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
    except (ValueError, OverflowError) as error:
        raise InvalidInputError(what=f"“{text}”", detail="a day is YYYY-MM-DD") from error
    return datetime.combine(day, time(), UTC).isoformat()


def _head(text: str) -> Head:
    try:
        return head_from(text)
    except ValueError as error:
        detail = "a head is NUMBER:DIGEST, as `audit verify` prints it"
        raise InvalidInputError(what=f"“{text[:80]}”", detail=detail) from error
