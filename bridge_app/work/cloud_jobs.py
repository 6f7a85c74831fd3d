"""Changes of cloud assets as jobs: how they are written into the ledger, and read back."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from bridge_app.domain.cloud import catalog_id
from bridge_app.domain.cloud_changes import CloudAction, CloudChange
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import CLOUD_CHANGE

TOGETHER = frozenset({CloudAction.DELETE, CloudAction.RESTORE})
AT_ONCE = 100
"""Assets one call deletes or restores. Source: reference/cloudinary.md 4.2."""


def new_jobs(
    changes: Sequence[CloudChange], batch: str, *, before: Mapping[int, Sequence[CloudChange]]
) -> Iterator[NewJob]:
    """The rows that keep these changes: one for each call that carries some of them out.

    `before` are the jobs that wait already; what changes the same asset comes after them, and what
    repeats the last of them is there already.
    """
    earlier: dict[str, list[int]] = {}
    latest: dict[str, CloudChange] = {}
    for number, waiting_ones in before.items():
        for one in waiting_ones:
            earlier.setdefault(one.asset_id, []).append(number)
            latest[one.asset_id] = one
    waiting = iter(changes)
    while first := next(waiting, None):
        rest = islice(waiting, AT_ONCE - 1) if _goes_together(first) else ()
        together = [first, *rest]
        if any(latest.get(one.asset_id) != one for one in together):
            yield _row(together, batch, earlier)


def comes_after(params: Mapping[str, Any]) -> tuple[int, ...]:
    """The jobs that have to be finished before this one."""
    return tuple(params.get("after", ()))


def changes_of(params: Mapping[str, Any]) -> tuple[CloudChange, ...]:
    """The changes a job carries out."""
    return tuple(
        CloudChange(
            **{
                **one,
                "action": CloudAction(one["action"]),
                "values": tuple(one["values"]),
            }
        )
        for one in params["changes"]
    )


def is_leaving(params: Mapping[str, Any]) -> bool:
    """Does a job tidy up after the others of its batch?"""
    return any(one["action"] == CloudAction.LEAVE for one in params["changes"])


def _goes_together(change: CloudChange) -> bool:
    return change.action in TOGETHER and not change.value


def _row(
    changes: Sequence[CloudChange], batch: str, earlier: Mapping[str, Sequence[int]]
) -> NewJob:
    first = changes[0]
    told = [asdict(change) for change in changes]
    alone = len(changes) == 1
    after = sorted({number for one in changes for number in earlier.get(one.asset_id, ())})
    params: dict[str, Any] = {"changes": told, "after": after} if after else {"changes": told}
    digest = hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()[:32]
    return NewJob(
        kind=CLOUD_CHANGE,
        identity=f"{CLOUD_CHANGE}:{first.environment}:{digest}",
        batch=batch,
        name=first.name if alone else f"{first.name} (+{len(changes) - 1})",
        params=params,
        environment=first.environment,
        asset=catalog_id(first.environment, first.asset_id) if alone and first.asset_id else None,
        total=len(changes),
    )
