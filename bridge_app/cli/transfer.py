"""Commands about pushes and jobs."""

import argparse

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.account import means_production
from bridge_app.cli.output import (
    DONE,
    FAILED,
    REFUSED,
    USAGE,
    job_json,
    job_line,
    note,
    plan_lines,
    say,
    say_json,
    step_json,
)
from bridge_app.cli.push_options import may_replace, push_url, target_of
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.domain.query import Query


def push(arguments: argparse.Namespace) -> int:
    """Plan a push, show it, and queue or carry it out."""
    if arguments.url:
        with opened() as parts:
            return push_url(parts, _account(parts), arguments)
    if bool(arguments.assets) == arguments.approved:
        note("Name the assets to push, or say --approved.")
        return USAGE
    if arguments.wait and not arguments.dry_run:
        with working() as (parts, ours):
            parts.environments.opened(_account(parts))
            if ours:
                wait_until(lambda: not parts.worker.is_scanning())
            return _push(parts, arguments)
    with opened() as parts:
        return _push(parts, arguments)


def jobs(arguments: argparse.Namespace) -> int:
    """List jobs, unfinished ones first."""
    with opened() as parts:
        for job in parts.worker.transfers(limit=arguments.limit):
            if arguments.json:
                say_json(job_json(job))
            else:
                say(job_line(job))
    return DONE


def retry(arguments: argparse.Namespace) -> int:
    """Queue a failed job again."""
    with opened() as parts:
        _job(parts, arguments.id)
        parts.worker.retry([arguments.id])
        say(job_line(_job(parts, arguments.id)))
    return DONE


def cancel(arguments: argparse.Namespace) -> int:
    """Cancel a job that is not running."""
    with opened() as parts:
        _job(parts, arguments.id)
        parts.worker.cancel([arguments.id])
        job = _job(parts, arguments.id)
        say(job_line(job))
    return DONE if job.state is JobState.CANCELLED else FAILED


def _push(parts: Parts, arguments: argparse.Namespace) -> int:
    _account(parts)
    plan = parts.worker.plan_push(_wanted(parts, arguments), target_of(arguments))
    _show(plan, as_json=arguments.json)
    refused = plan.count(PushAction.REFUSED)
    too_large = plan.count(PushAction.TOO_LARGE)
    if arguments.dry_run:
        return _status(refused=refused, failed=too_large)
    if plan.sending and not (may_replace(plan, arguments) and means_production(parts)):
        note("Nothing was queued.")
        return DONE
    parts.worker.push(plan)
    failed = _wait(parts, plan, as_json=arguments.json) if arguments.wait else 0
    if not arguments.wait and plan.sending:
        note("Queued. It goes out while Asset Bridge is open, or now with --wait.")
    return _status(refused=refused, failed=failed + too_large)


def _status(*, refused: int, failed: int) -> int:
    """One that failed counts more than one that was held back."""
    if failed:
        return FAILED
    return REFUSED if refused else DONE


def _account(parts: Parts) -> str:
    """The environment in use. Raises NotFoundError without one."""
    account = parts.worker.current_account()
    if account is None:
        raise NotFoundError(
            what="A Cloudinary account (`asset-bridge account add` adds one; without an account, "
            "try `asset-bridge demo`)"
        )
    return account.environment


def _wanted(parts: Parts, arguments: argparse.Namespace) -> list[AssetId]:
    if not arguments.approved:
        return [asset.id for asset in chosen_assets(parts, arguments.assets)]
    with parts.stock.readers.lent() as reader:
        return reader.ids(Query(approvals=frozenset({Approval.APPROVED})), now=utc_now())


def _show(plan: PushPlan, *, as_json: bool) -> None:
    if as_json:
        for step in plan.steps:
            say_json(step_json(step))
        return
    for line in plan_lines(plan):
        say(line)


def _wait(parts: Parts, plan: PushPlan, *, as_json: bool) -> int:
    """Wait for the plan's pushes, those queued before included; how many of them failed."""
    wanted = [
        step.asset for step in plan.steps if step.sends or step.action is PushAction.ALREADY_QUEUED
    ]
    jobs, environment = parts.stock.jobs, plan.environment
    wait_until(lambda: not jobs.is_unfinished(environment, wanted) or jobs.waits_for_account())
    ended = jobs.newest_pushes(environment, wanted)
    for job in ended:
        if as_json:
            say_json(job_json(job))
        else:
            say(job_line(job))
    return sum(job.state is not JobState.DONE for job in ended)


def _job(parts: Parts, number: int) -> JobRecord:
    job = parts.stock.jobs.one(number)
    if job is None:
        raise NotFoundError(what=f"The job {number}")
    return job
