"""The command that takes back what may not be delivered any more, or shows what would be."""

import argparse

from bridge_app.app.build import Parts
from bridge_app.cli.asking import agrees
from bridge_app.cli.output import DONE, FAILED, NO_ACCOUNT, USAGE, job_line, note, say, say_json
from bridge_app.cli.session import current_environment, opened, wait_until, working
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.rendition_retractions import RenditionRetraction
from bridge_app.domain.retractions import Retraction, RetractionPlan, RetractionStep
from bridge_app.work.kinds import RETRACT, RETRACT_RENDITION
from bridge_app.work.rendition_retraction import key_of

MOST_JOBS = 10_000


def retractions(arguments: argparse.Namespace) -> int:
    """Show what has to be retracted or restored in the environment in use, and do it."""
    if arguments.record or arguments.dry_run:
        with opened() as parts:
            return _shown(parts, arguments)
    with working() as (parts, _):
        environment = _environment(parts)
        plan = parts.worker.retractions.plan(environment)
        _tell(plan, as_json=arguments.json)
        if plan.is_large and not arguments.yes and not agrees(_question(plan)):
            note("Nothing was done. Say --yes to do it without being asked.")
            return USAGE
        if not plan.steps and not plan.renditions:
            return DONE
        return _carried_out(parts, plan)


def _shown(parts: Parts, arguments: argparse.Namespace) -> int:
    desk, environment = parts.worker.retractions, _environment(parts)
    if not arguments.record:
        _tell(desk.plan(environment), as_json=arguments.json)
        return DONE
    for one in desk.record(environment):
        if arguments.json:
            say_json(record_json(one))
        else:
            say(f"{one.at}  {one.state.value.replace('_', ' '):<10} {one.name} → {one.public_id}")
    return DONE


def _carried_out(parts: Parts, plan: RetractionPlan) -> int:
    """Queue the plan beside what the worker has queued by itself, and wait for all of it."""
    jobs = parts.stock.jobs
    parts.worker.retractions.carry_out(plan)
    kinds = (RETRACT, RETRACT_RENDITION)
    wait_until(lambda: not jobs.unfinished(*kinds) or jobs.waits_for_account(plan.environment))
    newest: dict[str, JobRecord] = {}
    for job in jobs.recent((RETRACT,), limit=MOST_JOBS):
        newest.setdefault(str(job.params["asset_id"]), job)
    ended = [newest[step.copy.asset_id] for step in plan.steps if step.copy.asset_id in newest]
    keys = {one.key for one in plan.renditions}
    made = jobs.recent((RETRACT_RENDITION,), limit=MOST_JOBS)
    ended += {
        key_of(job.params): job for job in reversed(made) if key_of(job.params) in keys
    }.values()
    failed = [job for job in ended if job.state is not JobState.DONE]
    for job in failed:
        note(job_line(job))
    return FAILED if failed else DONE


def _environment(parts: Parts) -> str:
    environment = current_environment(parts)
    if environment is None:
        raise NotFoundError(what=NO_ACCOUNT)
    return environment


def _question(plan: RetractionPlan) -> str:
    return (
        f"Retract {len(plan.retracting)} of {plan.total} delivered assets and "
        f"{len(plan.renditions)} renditions in {plan.environment}? "
        "Their addresses stop working. [yes/NO]"
    )


def _tell(plan: RetractionPlan, *, as_json: bool) -> None:
    if as_json:
        for step in plan.steps:
            say_json(step_json(step))
        for one in plan.renditions:
            say_json(rendition_json(one))
        return
    for step in plan.steps:
        why = f" ({step.sentence()})" if step.reasons else ""
        say(f"{step.act.value:<8} {step.name} → {step.copy.public_id}{why}")
    for one in plan.renditions:
        rendition = one.rendition
        say(f"retract  {rendition.name}, rendition {rendition.preset} ({one.sentence()})")
    say(
        f"{len(plan.retracting)} to retract, {len(plan.restoring)} to restore and "
        f"{len(plan.moving)} with another window, of {plan.total} delivered to {plan.environment}."
    )


def step_json(step: RetractionStep) -> dict[str, object]:
    """One step of a plan; the names are stable."""
    return {
        "action": step.act.value,
        "name": step.name,
        "assets": list(step.assets),
        "asset_id": step.copy.asset_id,
        "public_id": step.copy.public_id,
        "url": step.copy.url,
        "reasons": [reason.value for reason in step.reasons],
    }


def rendition_json(one: RenditionRetraction) -> dict[str, object]:
    """One rendition that has to go; the names are stable."""
    return {
        "action": "retract_rendition",
        "name": one.rendition.name,
        "assets": [one.rendition.asset],
        "preset": one.rendition.preset,
        "transformation": one.rendition.transformation,
        "public_id": one.rendition.public_id,
        "url": one.rendition.url,
        "reasons": [reason.value for reason in one.reasons],
    }


def record_json(one: Retraction) -> dict[str, object]:
    """What was done to one copy; the names are stable."""
    return {
        "at": one.at,
        "state": one.state.value,
        "name": one.name,
        "asset_id": one.asset_id,
        "public_id": one.public_id,
        "reasons": [reason.value for reason in one.reasons],
    }
