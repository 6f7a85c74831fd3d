"""`renditions` and `publish`: a set of presets made of many assets, in a folder or in the cloud."""

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.account import means_production
from bridge_app.cli.output import DONE, FAILED, NO_ACCOUNT, REFUSED, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.localised import EVERYWHERE, Variant, read_table
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.query import Query
from bridge_app.domain.rendition_plan import (
    OBSTACLES,
    Obstacle,
    RenditionPlan,
    RenditionStep,
    RenditionWish,
)
from bridge_app.libraries.errors import disk_trouble

LARGEST_TABLE = 20_000_000
"""Bytes of CSV."""
Key = tuple[str, str, str, str]
"""Asset, preset, market and language."""
Planning = Callable[[Parts], RenditionPlan]


def renditions(arguments: argparse.Namespace) -> int:
    """Plan, show, and unless it is a dry run, make them and wait for the end."""
    if bool(arguments.output) == arguments.in_cloud:
        raise InvalidInputError(
            what="The target", detail="say either -o with a folder, or --in-cloud"
        )
    folder = None if arguments.in_cloud else str(Path(arguments.output).absolute())
    table = variants_of(arguments.table) if arguments.table else EVERYWHERE
    replaces = arguments.replace

    def plan(parts: Parts) -> RenditionPlan:
        wish = RenditionWish(
            presets=_presets(parts, arguments),
            table=tuple(table),
            folder=folder,
            template=arguments.template,
            replaces=replaces,
        )
        return _planned(parts, _chosen(parts, arguments), wish)

    return _dry(plan, arguments) if arguments.dry_run else _made(plan, arguments)


def publish(arguments: argparse.Namespace) -> int:
    """Plan, show, and unless it is a dry run, have them made at Cloudinary: now, or by and by."""
    table = variants_of(arguments.table) if arguments.table else EVERYWHERE

    def plan(parts: Parts) -> RenditionPlan:
        wish = RenditionWish(presets=_presets(parts, arguments), table=tuple(table))
        return _planned(parts, _chosen(parts, arguments) or _pushed(parts), wish)

    if arguments.dry_run:
        return _dry(plan, arguments)
    if arguments.wait:
        return _made(plan, arguments)
    with opened() as parts:
        found = plan(parts)
        _show(found, {}, as_json=arguments.json)
        if found.doing and means_production(parts):
            parts.worker.renditions.carry_out(found)
            note("Queued. It is done while Asset Bridge is open, or now with --wait.")
        elif found.doing:
            note("Nothing was queued.")
        return _status(found, [])


def _dry(plan: Planning, arguments: argparse.Namespace) -> int:
    with opened() as parts:
        found = plan(parts)
        _show(found, {}, as_json=arguments.json)
        return _status(found, [])


def _made(planned: Planning, arguments: argparse.Namespace) -> int:
    with working() as (parts, ours):
        if ours:
            wait_until(lambda: not parts.worker.is_scanning())
        plan = planned(parts)
        if plan.doing and plan.wish.folder is None and not means_production(parts):
            note("Nothing was queued.")
            return DONE
        batch = parts.worker.renditions.carry_out(plan)
        jobs = _ended(parts, batch)
        _show(plan, _files(parts, plan, jobs), as_json=arguments.json)
        for job in jobs:
            if job.error is not None:
                note(job.error.sentence())
        return _status(plan, jobs)


def _presets(parts: Parts, arguments: argparse.Namespace) -> tuple[RenditionPreset, ...]:
    library = parts.worker.rendition_presets.library()
    return tuple(dict.fromkeys(one for name in arguments.set for one in library.of_set(name)))


def _chosen(parts: Parts, arguments: argparse.Namespace) -> list[AssetId]:
    return [asset.id for asset in chosen_assets(parts, arguments.assets)]


def _pushed(parts: Parts) -> list[AssetId]:
    """All that are approved and delivered to the environment in use."""
    account = parts.worker.current_account()
    if account is None:
        raise NotFoundError(what=NO_ACCOUNT)
    approved = frozenset({Approval.APPROVED})
    query = Query(approvals=approved, pushed=True, environment=account.environment)
    with parts.stock.readers.lent() as reader:
        return reader.ids(query, now=utc_now())


def _planned(parts: Parts, assets: Sequence[AssetId], wish: RenditionWish) -> RenditionPlan:
    plan = parts.worker.renditions.plan(assets, wish)
    if not plan.steps:
        note("No preset of this set is for a market and language of the table.")
    return plan


def variants_of(path: str) -> tuple[Variant, ...]:
    """The variants of a table in a file. Raises InvalidInputError or FileTroubleError."""
    file = Path(path)
    with disk_trouble(file):
        if file.stat().st_size > LARGEST_TABLE:
            raise InvalidInputError(what=path, detail="it is too large for a table of variants")
        data = file.read_bytes()
    try:
        return read_table(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidInputError(what=path, detail="it is no text in UTF-8") from error


def _ended(parts: Parts, batch: str) -> list[JobRecord]:
    """The jobs when all are finished, or wait for a person."""
    wait_until(lambda: not parts.stock.jobs.is_open(batch))
    return parts.worker.batch(batch)


def _files(
    parts: Parts, plan: RenditionPlan, jobs: Sequence[JobRecord]
) -> dict[Key, Mapping[str, Any]]:
    """What was made, by what it was made for."""
    found: dict[Key, Mapping[str, Any]] = {}
    for job in jobs:
        told: Any = (job.result or {}).get("files", [])
        for one in told:
            found[(job.asset or "", one["preset"], one["market"], one["language"])] = one
    if plan.wish.folder is None:
        assets = dict.fromkeys(job.asset for job in jobs if job.state is JobState.DONE)
        for step in plan.doing:
            if step.asset in assets:
                for one in parts.worker.renditions.made_of(step.asset):
                    found[(step.asset, one.preset, one.market, one.language)] = {
                        "url": one.url,
                        "state": "made",
                        "width": one.width or step.width,
                        "height": one.height or step.height,
                        "bytes": one.bytes,
                    }
    return found


def _show(plan: RenditionPlan, files: Mapping[Key, Mapping[str, Any]], *, as_json: bool) -> None:
    for step in plan.steps:
        made = files.get((step.asset, step.preset, step.market, step.language), {})
        if as_json:
            say_json(step_json(step, made, folder=plan.wish.folder))
        else:
            say(_line(step, made))
    if as_json:
        return
    held = Counter(step.obstacle for step in plan.steps if step.obstacle is not None)
    parts = [f"{len(plan.doing)} of {len(plan.steps)} renditions"]
    parts += [f"{count} held back ({OBSTACLES[one]})" for one, count in held.items()]
    say(", ".join(parts) + ".")
    if plan.wish.folder is None:
        say(f"At Cloudinary: {plan.costs.sentence()}.")


def step_json(
    step: RenditionStep, made: Mapping[str, Any], *, folder: str | None
) -> dict[str, object]:
    """One rendition as scripts see it; the names are stable."""
    name = str(made.get("file") or step.file)
    state = "held_back" if step.obstacle else "planned"
    return {
        "asset": step.asset or None,
        "name": step.name,
        "preset": step.preset,
        "market": step.market or None,
        "language": step.language or None,
        "transformation": step.transformation,
        "state": made.get("state", state),
        "obstacle": step.obstacle.value if step.obstacle else None,
        "detail": step.detail or None,
        "against": step.against or None,
        "output": str(Path(folder) / name) if folder and name else None,
        "url": made.get("url"),
        "width": made.get("width", step.width) or None,
        "height": made.get("height", step.height) or None,
        "format": made.get("format", step.format) or None,
        "bytes": made.get("bytes") or None,
        "fidelity": made.get("fidelity"),
        "reasons": made.get("reasons", []),
        "breaches": made.get("breaches", list(map(str, step.breaches))),
    }


def _line(step: RenditionStep, made: Mapping[str, Any]) -> str:
    where = " ".join(filter(None, (step.market, step.language)))
    what = f"{step.preset} {where}".strip()
    if step.obstacle is not None:
        more = f" ({step.detail})" if step.detail else ""
        return f"{step.name}  {what}: held back, {OBSTACLES[step.obstacle]}{more}"
    width, height = made.get("width", step.width), made.get("height", step.height)
    facts = [f"{width}×{height}"]
    if made.get("bytes"):
        facts.append(f"{made['bytes']} bytes")
    facts += [str(made[name]) for name in ("fidelity", "state") if made.get(name)]
    facts += made.get("breaches", list(map(str, step.breaches)))
    target = made.get("file") or made.get("url") or step.file
    return f"{step.name}  {what} → {target}  {', '.join(facts)}".rstrip()


def _status(plan: RenditionPlan, jobs: Sequence[JobRecord]) -> int:
    """One that failed counts more than one that was held back by the gate."""
    if any(job.state is not JobState.DONE for job in jobs):
        return FAILED
    obstacles = {step.obstacle for step in plan.steps} - {None}
    if obstacles - {Obstacle.GATE}:
        return FAILED
    return REFUSED if obstacles else DONE
