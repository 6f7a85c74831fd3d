"""The command `edit`: what masters and assets at Cloudinary say is changed, and delivered."""

import argparse
from collections.abc import Iterable, Mapping, Sequence

from bridge_app.app.build import Parts
from bridge_app.cli.metadata_words import asks_for_something, cloud_changes, each_master
from bridge_app.cli.output import DONE, FAILED, USAGE, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edit_plan import Write
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import DELIVERABLE, Edit, NewEdit
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_json import value_json
from bridge_app.libraries.errors import shown
from bridge_app.work.jobs import EDIT, WRITE_FILE, WRITE_SHELTER


def edit(arguments: argparse.Namespace) -> int:
    """Say something about assets, and deliver it or leave it queued."""
    if not asks_for_something(arguments):
        note("Say what to change: --set FIELD=VALUE, --add, --remove, --add-tag or --template.")
        return USAGE
    if arguments.wait and not arguments.dry_run:
        with working() as (parts, _):
            return _edit(parts, arguments)
    with opened() as parts:
        return _edit(parts, arguments)


def retry(arguments: argparse.Namespace) -> int:
    """Deliver once more what was refused of assets."""
    if arguments.wait:
        with working() as (parts, _):
            return _retry(parts, arguments)
    with opened() as parts:
        return _retry(parts, arguments)


def say_each(
    parts: Parts, changes: Mapping[AssetId, Sequence[Change]], arguments: argparse.Namespace
) -> int:
    """Show what changes of masters there would be; then say them, and wait if asked to.

    `arguments` has `dry_run`, `wait` and `json`. Raises InvalidInputError.
    """
    if not changes:
        note("Nothing would be different.")
        return DONE
    masters = parts.worker.masters
    plan = masters.plan_each(changes)
    show_edits((*plan.edits, *plan.cloud), plan.writes, as_json=arguments.json)
    if arguments.dry_run:
        return DONE
    batch = masters.say_each(changes)
    return _said(parts, list(changes), (), batch, wait=arguments.wait)


def show_edits(edits: Sequence[NewEdit], writes: Sequence[Write], *, as_json: bool) -> None:
    """Print what would be said, and how many calls it takes."""
    for new in edits:
        if as_json:
            say_json(_edit_json(new))
        else:
            say(f"{shown(new.name)}  {new.path}: {value_text(new.base)} → {value_text(new.value)}")
    if not as_json:
        assets = len({new.asset for new in edits})
        say(f"{len(edits)} changes of {assets} assets: {_counted(writes)}.")


def value_text(value: FieldValue) -> str:
    """A value for people, on one line."""
    if value is None:
        return "(nothing)"
    return ", ".join(value) if isinstance(value, tuple) else str(value).replace("\n", " ⏎ ")


def _retry(parts: Parts, arguments: argparse.Namespace) -> int:
    masters, in_cloud = _apart(chosen_assets(parts, arguments.assets))
    ids = [asset.id for asset in in_cloud]
    parts.worker.masters.try_again(masters)
    parts.worker.editing.try_again(ids)
    return _said(parts, masters, ids, "", wait=arguments.wait)


def _apart(assets: Sequence[Asset]) -> tuple[list[AssetId], list[Asset]]:
    """The masters, and what lies at Cloudinary."""
    masters = [asset.id for asset in assets if environment_of(asset.library) is None]
    return masters, [asset for asset in assets if environment_of(asset.library) is not None]


def _edit(parts: Parts, arguments: argparse.Namespace) -> int:
    masters, in_cloud = _apart(chosen_assets(parts, arguments.assets))
    if not in_cloud:
        return say_each(parts, _of_masters(parts, masters, arguments), arguments)
    ids, changes = [asset.id for asset in in_cloud], _of_cloud(parts, in_cloud, arguments)
    editing = parts.worker.editing
    plan = editing.plan(ids, changes)
    of_masters = _of_masters(parts, masters, arguments) if masters else {}
    more = parts.worker.masters.plan_each(of_masters) if masters else None
    edits = (*plan.edits, *(more.edits if more else ()), *(more.cloud if more else ()))
    show_edits(edits, (*plan.writes, *(more.writes if more else ())), as_json=arguments.json)
    if arguments.dry_run:
        return DONE
    batch = parts.worker.masters.say_each(of_masters) if masters else ""
    batch = editing.say(ids, changes, batch=batch) or batch
    return _said(parts, masters, ids, batch, wait=arguments.wait)


def _of_masters(
    parts: Parts, masters: Sequence[AssetId], arguments: argparse.Namespace
) -> Mapping[AssetId, Sequence[Change]]:
    return each_master(arguments, parts.worker.masters.said(masters), parts.worker.words)


def _of_cloud(parts: Parts, assets: Sequence[Asset], arguments: argparse.Namespace) -> list[Change]:
    environments = {environment_of(asset.library) or "" for asset in assets}
    editing = parts.worker.editing
    return cloud_changes(arguments, [editing.schema(one) for one in sorted(environments)])


def _counted(writes: Sequence[Write]) -> str:
    """How many calls of which kind, besides those that read and verify."""
    counts: dict[str, int] = {}
    for write in writes:
        name = write.call.value.replace("_", " ")
        counts[name] = counts.get(name, 0) + 1
    listed = ", ".join(f"{count} × {name}" for name, count in counts.items())
    return f"{len(writes)} calls ({listed})" if listed else "no calls"


def _edit_json(new: NewEdit) -> Mapping[str, object]:
    return {
        "asset": new.asset,
        "name": new.name,
        "field": str(new.path),
        "from": value_json(new.base),
        "to": value_json(new.value),
    }


def _said(
    parts: Parts,
    masters: Sequence[AssetId],
    in_cloud: Sequence[AssetId],
    batch: str,
    *,
    wait: bool,
) -> int:
    """Wait until all that was said of these is delivered, refused or in conflict.

    Also ends where a person has to mend the account first.
    """
    if not wait:
        if batch:
            note("Recorded. It is delivered while Asset Bridge is open, or now with --wait.")
        return DONE
    edits, jobs = parts.stock.edits, parts.stock.jobs
    there = _open(parts, masters, in_cloud, batch)
    changes = [one.change for one in there if one.state in DELIVERABLE]
    kinds = (EDIT, WRITE_FILE, WRITE_SHELTER)
    wait_until(
        lambda: (
            not (edits.is_due(changes) and any(map(edits.has_job, kinds)))
            or jobs.waits_for_account()
        )
    )
    left = [one for one in _open(parts, masters, in_cloud, batch) if one.change in changes]
    for one in left:
        note(_trouble(one))
    return FAILED if left else DONE


def _open(
    parts: Parts, masters: Sequence[AssetId], in_cloud: Sequence[AssetId], batch: str
) -> Iterable[Edit]:
    """What is open of these, and of what was said together with them."""
    editing = parts.worker.editing
    found = [edit for said in editing.said(in_cloud) for edit in said.edits]
    found += [edit for said in parts.worker.masters.said(masters) for edit in said.edits]
    found += [edit for edit in editing.batch(batch) if edit.state.is_open] if batch else []
    return {edit.change: edit for edit in found}.values()


def _trouble(one: Edit) -> str:
    if one.error is not None:
        return one.error.sentence()
    return f"{one.name}: {one.path} is {one.state.value}; it is kept."
