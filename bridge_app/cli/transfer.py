"""Commands about pushes and jobs."""

import argparse
from typing import TYPE_CHECKING

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
from bridge_app.delivery.uploads import CloudinaryEnvironment
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.domain.query import Query
from bridge_app.work.ahead import Ahead

if TYPE_CHECKING:
    from bridge_app.domain.places import ReplacementEffect
    from bridge_app.work.environments import OpenStore


def push(arguments: argparse.Namespace, open_store: "OpenStore | None" = None) -> int:
    """Plan a push, show it, and queue or carry it out; `open_store` may be on its way already."""
    if arguments.url:
        with opened() as parts:
            return push_url(parts, _account(parts), arguments)
    if bool(arguments.assets) == arguments.approved:
        note("Name the assets to push, or say --approved.")
        return USAGE
    if arguments.wait and not arguments.dry_run:
        with working(only_sending=True, open_store=open_store) as (parts, ours):
            # A passphrase takes a while to open the keys; the folders are looked at meanwhile.
            environment = _account(parts)
            key = Ahead(lambda: parts.environments.opened(environment))
            if ours:
                wait_until(lambda: not parts.worker.is_scanning())
            return _push(parts, arguments, ours=ours, key=key)
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


def _push(
    parts: Parts,
    arguments: argparse.Namespace,
    *,
    ours: bool = False,
    key: Ahead[CloudinaryEnvironment] | None = None,
) -> int:
    """Plan, show, queue; and wait for it, be it carried out by our worker or by a window's.

    Nothing is shown before the `key` is there that it is sent with.
    """
    target = target_of(parts, _account(parts), arguments)
    plan = parts.worker.plan_push(_wanted(parts, arguments), target)
    if key is not None:
        key.result()
    _show(plan, as_json=arguments.json)
    refused = plan.count(PushAction.REFUSED)
    too_large = plan.count(PushAction.TOO_LARGE)
    if arguments.dry_run:
        return _status(refused=refused, failed=too_large)
    if not plan.sending:
        parts.stock.deliveries.products.keep(plan)
    if plan.sending and not (may_replace(plan, arguments) and means_production(parts)):
        note("Nothing was queued.")
        return DONE
    effect = _effect(parts, plan)
    parts.worker.push(plan)
    failed = 0
    if arguments.wait:
        _wait(parts, plan, ours=ours)
        failed = _tell_ends(parts, plan, effect, as_json=arguments.json)
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


def _wait(parts: Parts, plan: PushPlan, *, ours: bool) -> None:
    """Wait for the plan's pushes, those queued before included; or until a person is needed."""
    jobs, wanted = parts.stock.jobs, _awaited(plan)

    def is_over() -> bool:
        told = parts.worker.summary()
        if ours and told.active and told.waiting_for is not WaitingFor.ACCOUNT:
            # Known from memory: a look into the ledger would hold up those who write to it.
            return False
        there = plan.environment
        return not jobs.is_unfinished(there, wanted) or jobs.waits_for_account(there)

    wait_until(is_over)


def _tell_ends(
    parts: Parts, plan: PushPlan, effect: "ReplacementEffect | None", *, as_json: bool
) -> int:
    """How each of the plan's pushes ended, and each place it changed; how many of them failed."""
    ended = parts.stock.jobs.newest_pushes(plan.environment, _awaited(plan))
    for job in ended:
        if as_json:
            say_json(job_json(job))
        else:
            say(job_line(job))
    if effect is not None:
        from bridge_app.cli.replacement import tell_report  # noqa: PLC0415 - as in `_effect`

        tell_report(parts, plan, effect, ended, as_json=as_json)
    return sum(job.state is not JobState.DONE for job in ended)


def _effect(parts: Parts, plan: PushPlan) -> "ReplacementEffect | None":
    """What changes at places where delivered masters are used; None if none is replaced."""
    if not plan.count(PushAction.NEW_VERSION):
        return None
    # Most pushes replace nothing, and their first byte would leave later.
    from bridge_app.cli.replacement import effect_of  # noqa: PLC0415

    return effect_of(parts, plan)


def _awaited(plan: PushPlan) -> list[AssetId]:
    return [
        step.asset for step in plan.steps if step.sends or step.action is PushAction.ALREADY_QUEUED
    ]


def _job(parts: Parts, number: int) -> JobRecord:
    job = parts.stock.jobs.one(number)
    if job is None:
        raise NotFoundError(what=f"The job {number}")
    return job
