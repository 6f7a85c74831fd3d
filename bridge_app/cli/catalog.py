"""Commands about libraries and assets: add, list, sync, search, show, and the verdicts."""

import argparse
from datetime import date
from pathlib import Path

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.mirror import search_cloud
from bridge_app.cli.output import DONE, FAILED, asset_json, asset_line, note, say, say_json
from bridge_app.cli.policies import subject_of
from bridge_app.cli.session import (
    Scans,
    chosen_assets,
    current_environment,
    opened,
    wait_until,
    working,
)
from bridge_app.cli.shelter_choice import chosen_library
from bridge_app.cli.shelter_facts import ShelterFacts
from bridge_app.cli.shelter_search import search_online
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryKind, LibraryRecord
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.query import Query
from bridge_app.domain.query_tokens import OFFERED, as_typed, read_query
from bridge_app.libraries.errors import shown

PAGE = 500
VERDICTS = {
    "approve": Approval.APPROVED,
    "reject": Approval.REJECTED,
    "request-changes": Approval.CHANGES_REQUESTED,
}


def library_add(arguments: argparse.Namespace) -> int:
    """Add a folder and look through it."""
    scans = Scans()
    with working(scans.hear) as (parts, ours):
        record = parts.worker.add_library(Path(arguments.path))
        if not ours:
            note(f"{record.name} was added; the open window looks through it.")
            return DONE
        return _look_through(parts, record, scans)


def library_list(arguments: argparse.Namespace) -> int:
    """List the libraries."""
    with opened() as parts:
        for record in parts.worker.libraries():
            size = parts.stock.catalog.size(record.id)
            if arguments.json:
                facts = {"kind": record.kind.value, "location": record.location, "assets": size}
                told = ShelterFacts(parts).library(record.id)
                say_json({"id": record.id, "name": record.name, **facts, "shelter": told})
            else:
                say(f"{record.id}  {record.name}  {size} assets  {shown(record.location)}")
    return DONE


def library_sync(arguments: argparse.Namespace) -> int:
    """Look through one library, or all, again."""
    scans = Scans()
    with working(scans.hear) as (parts, ours):
        known = parts.worker.libraries()
        if arguments.name is not None:
            known += tuple(one for one in parts.worker.cloud.possible() if one not in known)
        chosen = [
            record
            for record in known
            if arguments.name in (None, record.name, record.id, record.location)
        ]
        if not chosen:
            name = "" if arguments.name is None else f" {arguments.name}"
            raise NotFoundError(what=f"The library{name}")
        if not ours:
            note("A window is open: it keeps the libraries in sync by itself.")
            return DONE
        return max(_look_through(parts, record, scans) for record in chosen)


def library_remove(arguments: argparse.Namespace) -> int:
    """Forget a library; its files stay."""
    with opened() as parts:
        for record in parts.worker.libraries():
            if arguments.name in (record.name, record.id):
                parts.worker.remove_library(record.id)
                note(f"{record.name} is forgotten. Its files and the decisions about them stay.")
                return DONE
    raise NotFoundError(what=f"The library {arguments.name}")


def _look_through(parts: Parts, record: LibraryRecord, scans: Scans) -> int:
    if record.kind is not LibraryKind.LOCAL:
        parts.worker.scan(record.id)
    wait_until(lambda: not parts.worker.is_scanning())
    with parts.stock.readers.lent() as reader:
        skipped = reader.skipped(record.id)
    for file in skipped:
        note(f"skipped: {shown(file.path)}: {file.reason}")
    size = parts.stock.catalog.size(record.id)
    say(f"{record.name}: {size} assets, {len(skipped)} skipped.")
    return FAILED if record.id in scans.cut_short else DONE


def typed_query(text: str, place: Query, today: date) -> Query:
    """The query that a text means. Raises InvalidInputError for a filter with no such value."""
    reading = read_query(text, place, today=today)
    for token in reading.wrong:
        offered = ", ".join(OFFERED[token.key])
        raise InvalidInputError(
            what=f"{token.key.value}:{token.value}",
            detail=f"it needs one of {offered}" if offered else "a value is missing",
        )
    return reading.query


def search(arguments: argparse.Namespace) -> int:
    """Search the catalog, offline; page by page, whatever its size."""
    if arguments.cloud:
        return search_cloud(arguments)
    if arguments.online:
        return search_online(arguments)
    with opened() as parts, parts.stock.readers.lent() as reader:
        now, facts = utc_now(), ShelterFacts(parts)
        place = Query(
            library=chosen_library(parts, arguments.library),
            environment=current_environment(parts),
        )
        query = typed_query(" ".join(map(as_typed, arguments.query)), place, now.date())
        offset = 0
        while page := reader.page(query, offset=offset, limit=PAGE, now=now):
            told = facts.of(page) if arguments.json else {}
            for asset in page:
                if arguments.json:
                    say_json(asset_json(asset, now, told.get(asset.id)))
                else:
                    say(asset_line(asset, now))
            offset += PAGE
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """Show one asset with its history."""
    with opened() as parts:
        asset = chosen_assets(parts, [arguments.asset])[0]
        facts = asset_json(asset, utc_now(), ShelterFacts(parts).in_full(asset))
        history = parts.worker.history(asset.id)
        if arguments.json:
            say_json(facts)
            return DONE
        for name, value in facts.items():
            say(f"{name:>12}: {shown(str(value)) if value is not None else ''}")
        for decision in history:
            why = f": {decision.comment}" if decision.comment else ""
            stage = f" in {decision.stage}" if decision.stage else ""
            of = f" of {decision.transformation}" if decision.transformation else ""
            state = f"{decision.approval.value}{stage}{of}"
            say(f"{decision.at[:19]}Z  {decision.who}  {state}{why}")
    return DONE


def decide(arguments: argparse.Namespace) -> int:
    """Approve, reject, or ask for changes."""
    with opened() as parts:
        assets = chosen_assets(parts, arguments.assets)
        unread = [asset for asset in assets if not asset.content]
        count = parts.worker.decide(
            [asset.id for asset in assets],
            VERDICTS[arguments.command],
            comment=arguments.comment or "",
            transformation=subject_of(parts, arguments.rendition),
            stage=arguments.stage,
        )
    for asset in unread:
        note(f"{asset.name} could not be read: nothing was recorded for it.")
    note(f"{count} recorded: {VERDICTS[arguments.command].value.replace('_', ' ')}.")
    return FAILED if unread else DONE
