"""The command that brings masters and their copies together, and shows beforehand how."""

import argparse
from collections.abc import Sequence

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, note, say, say_json
from bridge_app.cli.session import chosen_assets, current_environment, opened, wait_until, working
from bridge_app.domain.edits import DELIVERABLE
from bridge_app.domain.field_sync import WHY, SyncChange, Towards
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_json import value_json
from bridge_app.libraries.errors import shown

ARROWS = {Towards.CLOUD: "→", Towards.MASTER: "←", Towards.NOBODY: "?"}


def sync(arguments: argparse.Namespace) -> int:
    """Bring these masters and their copies in the environment in use together."""
    if arguments.wait and not arguments.dry_run:
        with working() as (parts, _):
            return _waited(parts, _synced(parts, arguments))
    with opened() as parts:
        _synced(parts, arguments)
    return DONE


def _synced(parts: Parts, arguments: argparse.Namespace) -> str:
    """Show what would change, and do it unless only that was wanted; the batch, or ""."""
    desk = parts.worker.field_sync
    environment = current_environment(parts) or ""
    ids = [asset.id for asset in chosen_assets(parts, arguments.assets)]
    changes = desk.dry_run(ids, environment=environment)
    for one in changes:
        _show(one, as_json=arguments.json)
    if arguments.dry_run or not changes:
        return ""
    batch = desk.sync(ids, environment=environment)
    asked = sum(one.towards is Towards.NOBODY for one in changes)
    if asked:
        note(f"{asked} fields wait for a person to choose.")
    if batch and not arguments.wait:
        note("Recorded. It is delivered while Asset Bridge is open, or now with --wait.")
    return batch


def _waited(parts: Parts, batch: str) -> int:
    """Until nothing of the batch is on its way."""
    if not batch:
        return DONE
    edits = parts.worker.masters
    jobs = parts.stock.jobs
    wait_until(
        lambda: (
            not any(one.state in DELIVERABLE for one in edits.batch(batch))
            or jobs.waits_for_account()
        )
    )
    return FAILED if any(one.state.is_open for one in edits.batch(batch)) else DONE


def _show(one: SyncChange, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "asset": one.asset,
                "copy": one.copy,
                "name": one.name,
                "source": one.source,
                "towards": one.towards.value,
                "before": value_json(one.before),
                "after": value_json(one.after),
                "why": one.why.value,
            }
        )
        return
    arrow = ARROWS[one.towards]
    told = f"{_words(one.before)} ⇒ {_words(one.after)}"
    say(f"{shown(one.name)}  {arrow} {one.source}: {told}  ({WHY[one.why]})")


def _words(value: FieldValue) -> str:
    if value is None:
        return "—"
    parts: Sequence[str] = value if isinstance(value, tuple) else (str(value),)
    return ", ".join(parts)
