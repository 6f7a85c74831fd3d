"""What an environment has used, what its plan takes, and what its key may do; also offline."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict

from bridge_app.app.build import Parts
from bridge_app.cli.account import account_json
from bridge_app.cli.output import DONE, NO_ACCOUNT, say, say_json
from bridge_app.cli.session import opened
from bridge_app.delivery.accounts import Account
from bridge_app.delivery.permissions import Permission
from bridge_app.domain.environments import HourlyBudget, Meter, Usage
from bridge_app.domain.errors import NotFoundError

MEGA = 1_000_000


def usage(arguments: argparse.Namespace) -> int:
    """Show what was told last; with `--refresh` ask the service first."""
    with opened() as parts:
        environment = arguments.environment or _in_use(parts)
        desk = parts.worker.environments
        if arguments.try_again:
            desk.try_again(environment)
        if arguments.refresh:
            desk.survey(environment)
        account = parts.environments.account(environment)
        told, known = desk.usage(environment), desk.permissions(environment)
        budget = parts.worker.budget(environment)
    if arguments.json:
        say_json(_json(account, told, budget, known))
        return DONE
    for line in _lines(account, told, budget, known):
        say(line)
    return DONE


def _in_use(parts: Parts) -> str:
    account = parts.worker.current_account()
    if account is None:
        raise NotFoundError(what=NO_ACCOUNT)
    return account.environment


def _json(
    account: Account,
    told: Usage | None,
    budget: HourlyBudget | None,
    known: tuple[Permission, ...],
) -> dict[str, object]:
    found = account_json(account)
    return {
        "environment": found["environment"],
        "stage": found["stage"],
        "folder_mode": found["folder_mode"],
        "media_limits": found["media_limits"],
        "usage": None
        if told is None
        else {
            "plan": told.plan,
            "last_updated": told.last_updated,
            "read_at": told.read_at.isoformat(),
            "resources": told.resources,
            "derived_resources": told.derived,
            "requests": told.requests,
            "meters": {name: asdict(meter) for name, meter in told.meters.items()},
        },
        "hourly_budget": None
        if budget is None
        else {
            "limit": budget.limit,
            "remaining": budget.remaining,
            "resets_at": budget.resets_at.isoformat() if budget.resets_at else None,
        },
        "permissions": {one.capability.value: one.state.value for one in known},
        "denied": {one.capability.value: one.reason for one in known if one.is_denied},
    }


def _lines(
    account: Account,
    told: Usage | None,
    budget: HourlyBudget | None,
    known: tuple[Permission, ...],
) -> Iterator[str]:
    if told is None:
        yield f"{account.environment}: nothing was told yet; ask with --refresh."
    else:
        yield f"{account.environment}: plan {told.plan}, asked {told.read_at.isoformat()}"
        for name, meter in told.meters.items():
            yield f"  {name:<18} {_meter(meter)}"
    limits = account.media_limits
    if limits is not None:
        for kind in ("image", "video", "raw"):
            most = limits.most_bytes(kind)
            if most is not None:
                yield f"  largest {kind:<10} {most / MEGA:.0f} MB"
    if budget is not None:
        yield f"  calls this hour    {budget.remaining} of {budget.limit} left"
    for one in known:
        if one.is_denied:
            yield f"  may not {one.capability.value}: {one.reason}"


def _meter(meter: Meter) -> str:
    limit = f" of {meter.limit:.15g}" if meter.limit else ""
    credits_used = f" ({meter.credits_used:.15g} credits)" if meter.credits_used else ""
    return f"{meter.used:.15g}{limit}{credits_used}"
