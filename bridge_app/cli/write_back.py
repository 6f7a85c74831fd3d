"""The command that records at masters' services what is published of them."""

import argparse

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, USAGE, job_line, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.cli.shelter_choice import chosen_container, chosen_shelter
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.write_back import entry_json
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.work.kinds import WRITE_BACK
from bridge_app.work.write_back_record import Recorded


def write_back(arguments: argparse.Namespace) -> int:
    """Show what is recorded of masters, and write what is not recorded yet."""
    if bool(arguments.assets) == arguments.all:
        note("Name the assets, or say --all.")
        return USAGE
    if arguments.dry_run:
        with opened() as parts:
            ids = _ids(arguments, parts.stock.write_backs.concerned(), parts)
            _tell(parts.worker.write_back.preview(ids), as_json=arguments.json)
        return DONE
    with working() as (parts, _):
        ids = _ids(arguments, parts.stock.write_backs.concerned(), parts)
        found = parts.worker.write_back.preview(ids)
        _tell(found, as_json=arguments.json)
        jobs = parts.stock.jobs
        parts.worker.write_back.queue(one.asset.id for one in found)
        # The worker queues them by itself too, and one master's record is one job.
        wait_until(lambda: not jobs.unfinished(WRITE_BACK) or jobs.waits_for_account())
        wanted = {one.asset.id for one in found}
        due = [one for one in parts.worker.write_back.preview(wanted) if one.is_due]
        for job in jobs.recent((WRITE_BACK,), limit=len(due)):
            note(job_line(job))
    return FAILED if due else DONE


def choose_mode(arguments: argparse.Namespace) -> int:
    """Say how published renditions are recorded, for a library or one collection of it."""
    with opened() as parts:
        library, account = chosen_shelter(parts, arguments.name)
        mode = None if arguments.mode == "inherit" else WriteBackMode(arguments.mode)
        if arguments.folder is not None:
            container = chosen_container(parts, library, arguments.folder)
            parts.worker.write_back.set_mode(account, container.id, mode)
            note(f"{container.name}: {arguments.mode}.")
        elif mode is None:
            raise InvalidInputError(what="inherit", detail="only a collection inherits")
        else:
            parts.worker.shelters.set_write_back(account, mode)
            note(f"{library.name}: {arguments.mode}.")
    return DONE


def record_json(one: Recorded) -> dict[str, object]:
    """A master's record as scripts see it; the names are stable."""
    return {
        "asset": one.asset.id,
        "name": one.asset.name,
        "media_id": one.shelter.media_id,
        "mode": one.mode.value,
        "state": _state(one),
        "published": [entry_json(entry) for entry in one.record.published],
        "withdrawn": [entry_json(entry) for entry in one.record.entries if entry.withdrawn_at],
        "document": (one.written.document or None) if one.written else None,
        "written_at": one.written.written_at if one.written else None,
    }


def _ids(
    arguments: argparse.Namespace, concerned: frozenset[AssetId], parts: Parts
) -> list[AssetId]:
    if arguments.all:
        return sorted(concerned)
    return [asset.id for asset in chosen_assets(parts, arguments.assets)]


def _tell(found: list[Recorded], *, as_json: bool) -> None:
    for one in found:
        if as_json:
            say_json(record_json(one))
            continue
        count = len(one.record.published)
        say(f"{_state(one):<14} {one.asset.name}  {count} published, mode {one.mode.value}")


def _state(one: Recorded) -> str:
    if one.is_due:
        return "to write"
    return "recorded" if one.written is not None else "nothing"
