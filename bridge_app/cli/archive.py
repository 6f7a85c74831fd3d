"""The command that archives a campaign's collection, goes on with it, or takes it back."""

import argparse
from collections import Counter
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.asking import agrees
from bridge_app.cli.output import DONE, FAILED, USAGE, job_line, note, say, say_json
from bridge_app.cli.session import opened, wait_until, working
from bridge_app.cli.shelter_choice import chosen_container, chosen_shelter
from bridge_app.domain.archive_plan import (
    ACTIONS,
    BLOCKERS,
    OBSTACLES,
    ArchiveAction,
    ArchivePlan,
    ArchiveStep,
    ArchiveWish,
    CopyFate,
)
from bridge_app.domain.jobs import JobState
from bridge_app.domain.write_back import name_part
from bridge_app.storage.archives import ArchiveRecord, StepState


def archive(arguments: argparse.Namespace) -> int:
    """Show exactly what archiving would do, and do it; or list, go on with, undo an archive."""
    if arguments.list:
        with opened() as parts:
            _list(parts, as_json=arguments.json)
        return DONE
    if arguments.go_on or arguments.undo:
        return _again(arguments)
    if not arguments.collection or arguments.year is None:
        note("Name the collection and the --year under which it is archived.")
        return USAGE
    return _planned(arguments) if arguments.dry_run else _done(arguments)


def _planned(arguments: argparse.Namespace) -> int:
    with opened() as parts:
        plan = _plan(parts, arguments)
        _tell(plan, as_json=arguments.json)
    return FAILED if plan.blockers else DONE


def _done(arguments: argparse.Namespace) -> int:
    with working() as (parts, _):
        plan = _plan(parts, arguments)
        _tell(plan, as_json=arguments.json)
        if plan.blockers:
            return FAILED
        if not arguments.yes and not agrees(_question(plan)):
            note("Nothing was done. Say --yes to do it without being asked.")
            return USAGE
        return _ended(parts, parts.worker.archive.begin(plan))


def step_json(step: ArchiveStep) -> dict[str, object]:
    """One step of a plan; the names are stable."""
    return {
        "action": step.action.value,
        "subject": step.subject,
        "name": step.name,
        "bytes": step.bytes or None,
        "obstacle": step.obstacle.value if step.obstacle else None,
    }


def record_json(one: ArchiveRecord, steps: Counter[StepState]) -> dict[str, object]:
    """An archive as scripts see it; the names are stable."""
    return {
        "id": one.id,
        "name": one.name,
        "container": one.container,
        "year": one.wish.year,
        "folder": one.wish.folder,
        "state": one.state.value,
        "steps": steps.total(),
        "done": steps[StepState.DONE],
        "begun_at": one.begun_at,
        "by": one.who,
    }


def _again(arguments: argparse.Namespace) -> int:
    with working() as (parts, _):
        if arguments.undo:
            parts.worker.archive.undo(arguments.undo)
        else:
            parts.worker.archive.go_on(arguments.go_on)
        return _ended(parts, arguments.undo or arguments.go_on)


def _plan(parts: Parts, arguments: argparse.Namespace) -> ArchivePlan:
    library, account = chosen_shelter(parts, arguments.library)
    container = chosen_container(parts, library, arguments.collection)
    usual = parts.home / "archives" / str(arguments.year) / (name_part(container.name) or "archive")
    folder = Path(arguments.output).absolute() if arguments.output else usual.absolute()
    return parts.worker.archive.plan(
        ArchiveWish(
            account=account,
            container=container.id,
            year=arguments.year,
            folder=str(folder),
            copies=CopyFate(arguments.copies),
            originals=arguments.originals,
        )
    )


def _tell(plan: ArchivePlan, *, as_json: bool) -> None:
    if as_json:
        for step in plan.steps:
            say_json(step_json(step))
        return
    for step in plan.steps:
        left = f": left out, {OBSTACLES[step.obstacle]}" if step.obstacle else ""
        say(f"{ACTIONS[step.action]:<40} {step.name}{left}")
    counts = Counter(one.action for one in plan.doing)
    told = (f"{counts[one]} {one.value}" for one in ArchiveAction if counts[one])
    say(f"{', '.join(told)}; {plan.bytes} bytes into {plan.wish.folder}. No master is deleted.")
    for blocker in plan.blockers:
        note(f"{plan.campaign.name} cannot be archived: {BLOCKERS[blocker]}.")


def _question(plan: ArchivePlan) -> str:
    return f"Archive {plan.campaign.name} with these {len(plan.doing)} steps? [yes/NO]"


def _list(parts: Parts, *, as_json: bool) -> None:
    for one in parts.worker.archive.archives():
        steps = Counter(step.state for step in parts.worker.archive.steps(one.id))
        if as_json:
            say_json(record_json(one, steps))
            continue
        done = f"{steps[StepState.DONE]} of {steps.total()} steps"
        say(f"{one.id}  {one.state.value:<8} {one.wish.year}  {one.name}  {done}")


def _ended(parts: Parts, archive: str) -> int:
    """Wait until it is carried out, or needs a person."""
    wait_until(lambda: not parts.stock.jobs.is_open(archive))
    job = parts.worker.batch(archive)[-1]
    if job.state is not JobState.DONE:
        note(job_line(job))
        note(f"What was done is kept: `asset-bridge archive --go-on {archive}` does the rest.")
        return FAILED
    note(f"Archive {archive}: {(job.result or {}).get('state')}.")
    return DONE
