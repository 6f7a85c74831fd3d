"""The command `kit`: channel kits listed, weighed, exported and kept."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, REFUSED, note, say, say_json
from bridge_app.cli.renditions import variants_of
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.kits import KILOBYTE, Kit, KitForm, WeightLimit, kilobytes
from bridge_app.domain.localised import EVERYWHERE
from bridge_app.domain.rendition_plan import OBSTACLES, Obstacle, RenditionStep
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.work.kit_weighing import Weighing
from bridge_app.work.kits import KitPlan, KitWish
from bridge_app.work.review_pack_files import ZIP


def listing(arguments: argparse.Namespace) -> int:
    """List the kits."""
    with opened() as parts:
        for kit in parts.worker.kits.kits():
            if arguments.json:
                say_json(kit_json(kit))
            else:
                say(f"{kit.name:<16} {kit.shown}: {', '.join(kit.presets)}")
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """Show one kit with its renditions and their limits."""
    with opened() as parts:
        kit = parts.worker.kits.kit(arguments.kit)
        library = parts.worker.rendition_presets.library()
    if arguments.json:
        say_json(kit_json(kit))
        return DONE
    say(f"{kit.shown}: {kit.template}" + (f", {' or '.join(kit.formats)}" if kit.formats else ""))
    for name in kit.presets:
        say(f"  {name:<22} {_limit(kit, name, library)}")
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Make every rendition here, and tell what it weighs; 1 if any is too heavy."""
    bad = False
    with opened() as parts:
        kit = parts.worker.kits.kit(arguments.kit)
        assets = [one.id for one in chosen_assets(parts, arguments.assets)]
        table = variants_of(arguments.table) if arguments.table else EVERYWHERE
        for one in parts.worker.kits.weigh(kit, assets, table):
            is_bad = one.weighed is None or one.weighed.over or one.weighed.other_breaches
            bad = bad or bool(is_bad)
            if arguments.json:
                say_json(weighing_json(one))
            else:
                say(_weighing_line(one))
    return FAILED if bad else DONE


def export(arguments: argparse.Namespace) -> int:
    """Plan, show, and unless it is a dry run, write the kit and wait for the end."""
    if arguments.dry_run:
        with opened() as parts:
            plan = _plan(parts, arguments)
            _show(plan, (), as_json=arguments.json)
            return _status(plan)
    with working() as (parts, ours):
        if ours:
            wait_until(lambda: not parts.worker.is_scanning())
        plan = _plan(parts, arguments)
        if not plan.doing:
            _show(plan, (), as_json=arguments.json)
        batch = parts.worker.kits.carry_out(plan)
        wait_until(lambda: not parts.stock.jobs.is_open(batch))
        (job,) = parts.worker.batch(batch)
    told: Any = (job.result or {}).get("files", [])
    held: Any = (job.result or {}).get("held", [])
    _show(plan, told, as_json=arguments.json)
    if job.error is not None:
        note(job.error.sentence())
    if job.state is not JobState.DONE:
        return FAILED
    if not arguments.json:
        say(f"Written: {plan.wish.target}")
    return REFUSED if held else _status(plan)


def save(arguments: argparse.Namespace) -> int:
    """Add a kit, or change what is said of one."""
    with opened() as parts:
        desk = parts.worker.kits
        try:
            kit = desk.kit(arguments.kit)
        except NotFoundError:
            kit = Kit(name=arguments.kit)
        presets = tuple(arguments.preset) or kit.presets
        limits = tuple(map(_limit_of, arguments.limit)) or kit.limits
        after = replace(
            kit,
            presets=presets,
            limits=tuple(one for one in limits if one.preset in ("", *presets)),
            formats=tuple(arguments.format) or kit.formats,
            title=kit.title if arguments.title is None else arguments.title,
            template=arguments.template or kit.template,
            channel=kit.channel if arguments.use is None else arguments.use,
        )
        desk.save(after)
    say(f"Saved: {after.name}")
    return DONE


def remove(arguments: argparse.Namespace) -> int:
    """Delete a kit."""
    with opened() as parts:
        parts.worker.kits.remove(arguments.kit)
    say(f"Deleted: {arguments.kit}")
    return DONE


def kit_json(kit: Kit) -> Mapping[str, object]:
    """A kit, in the names that scripts rely on; limits are in bytes."""
    return {
        "name": kit.name,
        "title": kit.title,
        "channel": kit.channel,
        "presets": list(kit.presets),
        "template": kit.template,
        "formats": list(kit.formats),
        "limits": [
            {"preset": one.preset, "format": one.format, "most_bytes": one.most_bytes}
            for one in kit.limits
        ],
    }


def weighing_json(one: Weighing) -> Mapping[str, object]:
    """What a rendition weighs, in the names that scripts rely on."""
    step, weighed = one.step, one.weighed
    return {
        "asset": step.asset or None,
        "name": step.name,
        "preset": step.preset,
        "market": step.market or None,
        "language": step.language or None,
        "width": weighed.width if weighed else None,
        "height": weighed.height if weighed else None,
        "format": weighed.format if weighed else None,
        "bytes": weighed.bytes if weighed else None,
        "most_bytes": weighed.most_bytes or None if weighed else None,
        "over_bytes": weighed.over if weighed else None,
        "breaches": [str(each) for each in weighed.other_breaches] if weighed else [],
        "helps": [
            {"change": each.change.value, "what": each.what, "bytes": each.bytes}
            for each in (weighed.remedies if weighed else ())
        ],
        "against": step.against or None,
        "error": _why_not(one) or None,
    }


def _weighing_line(one: Weighing) -> str:
    if one.weighed is None:
        return f"{one.step.name}, {one.step.preset}: not weighed, {_why_not(one)}"
    told = [one.weighed.sentence(), *map(str, one.weighed.other_breaches)]
    if one.step.against:
        told.append(f"would be held back: {one.step.against}")
    return "; ".join(told)


def _why_not(one: Weighing) -> str:
    if one.trouble is not None:
        return str(one.trouble)
    if one.weighed is None and one.step.obstacle is not None:
        return OBSTACLES[one.step.obstacle]
    return ""


def _plan(parts: Parts, arguments: argparse.Namespace) -> KitPlan:
    desk, target = parts.worker.kits, Path(arguments.output).absolute()
    form = KitForm.FEED if arguments.feed else KitForm.FOLDER
    if form is KitForm.FOLDER and target.suffix.lower() == ZIP:
        form = KitForm.ZIP
    wish = KitWish(
        kit=desk.kit(arguments.kit),
        assets=tuple(one.id for one in chosen_assets(parts, arguments.assets)),
        form=form,
        target=str(target),
        table=tuple(variants_of(arguments.table)) if arguments.table else EVERYWHERE,
        channel=desk.channel(arguments.channel) if arguments.channel else None,
    )
    return desk.plan(wish)


def _show(plan: KitPlan, told: Sequence[Mapping[str, Any]], *, as_json: bool) -> None:
    found = {(one["asset"], one["preset"], one["market"], one["language"]): one for one in told}
    for step in plan.steps:
        made = found.get((step.asset, step.preset, step.market, step.language), {})
        say_json(_step_json(step, made)) if as_json else say(_step_line(step, made))


def _step_json(step: RenditionStep, made: Mapping[str, Any]) -> Mapping[str, object]:
    return {
        "asset": step.asset or None,
        "name": step.name,
        "preset": step.preset,
        "market": step.market or None,
        "language": step.language or None,
        "state": made.get("state") or ("held_back" if step.obstacle else "planned"),
        "obstacle": step.obstacle.value if step.obstacle else None,
        "detail": step.detail or None,
        "file": made.get("file") or None,
        "url": made.get("url") or None,
        "width": made.get("width", step.width) or None,
        "height": made.get("height", step.height) or None,
        "format": made.get("format") or None,
        "bytes": made.get("bytes"),
        "over_bytes": made.get("over_bytes"),
    }


def _step_line(step: RenditionStep, made: Mapping[str, Any]) -> str:
    what = " ".join(filter(None, (step.name, step.preset, step.market, step.language)))
    if step.obstacle is not None:
        more = f" ({step.detail})" if step.detail else ""
        return f"{what}: held back, {OBSTACLES[step.obstacle]}{more}"
    if not made:
        return f"{what}: {step.width}×{step.height}"
    heavy = f", {kilobytes(made['over_bytes'])} too heavy" if made["over_bytes"] else ""
    where = made["file"] or made["url"]
    return f"{what} → {where}  {made['width']}×{made['height']}, {kilobytes(made['bytes'])}{heavy}"


def _status(plan: KitPlan) -> int:
    obstacles = {step.obstacle for step in plan.steps} - {None}
    if obstacles - {Obstacle.GATE}:
        return FAILED
    return REFUSED if obstacles else DONE


def _limit(kit: Kit, name: str, library: PresetLibrary) -> str:
    preset = library.presets.get(name)
    if preset is None:
        return "is gone"
    contract = preset.contract
    most = kit.most_bytes(name, preset.format, contract)
    size = f"{contract.width}×{contract.height}" if contract and contract.width else ""
    return "  ".join(filter(None, (size, f"at most {kilobytes(most)}" if most else "")))


def _limit_of(text: str) -> WeightLimit:
    """`200`, `email-teaser=100`, `.gif=50` or `email-teaser.gif=50`, in kB."""
    whom, _, amount = text.rpartition("=")
    preset, _, form = whom.partition(".")
    try:
        most = round(float(amount) * KILOBYTE)
    except (ValueError, OverflowError):
        raise InvalidInputError(what=text, detail="say how many kB") from None
    return WeightLimit(most_bytes=most, preset=preset, format=form)
