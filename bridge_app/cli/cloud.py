"""Commands about assets in the cloud: planned, printed, and queued like everything else."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.asking import agrees
from bridge_app.cli.output import (
    DONE,
    FAILED,
    NO_ACCOUNT,
    USAGE,
    job_json,
    job_line,
    note,
    say,
    say_json,
)
from bridge_app.cli.session import (
    SHORTEST_ID,
    AmbiguousAssetError,
    current_environment,
    opened,
    wait_until,
    working,
)
from bridge_app.delivery.links import AddressWish
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import catalog_id, cloud_library
from bridge_app.domain.cloud_changes import (
    NAMING,
    OBJECTIONS,
    ChangePlan,
    ChangeStep,
    CloudAction,
    CloudChange,
    Objection,
    Wish,
)
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.query import Query
from bridge_app.domain.uses import Use
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.secrets import Secret
from bridge_app.work.exchange.departure import OriginalWish

TOKEN_KEY = "ASSET_BRIDGE_TOKEN_KEY"  # noqa: S105 - the variable's name
"""The hexadecimal key of the environment's token authentication."""


def rename(arguments: argparse.Namespace) -> int:
    """Give an asset another name, or another public ID."""
    with opened() as parts:
        (asset,) = chosen_cloud(parts, [arguments.asset])
        if arguments.public_id:
            wish = Wish(action=CloudAction.RENAME, value=arguments.name)
            plan = parts.worker.cloud_desk.plan([asset], wish)
        else:
            plan = parts.worker.cloud_desk.plan_name(asset, arguments.name)
    return _carry_out(plan, arguments)


def move(arguments: argparse.Namespace) -> int:
    """Put assets into another folder."""
    return _wish(arguments, Wish(action=CloudAction.MOVE, value=arguments.to))


def delete(arguments: argparse.Namespace) -> int:
    """Delete assets, after a person said so."""
    return _wish(arguments, Wish(action=CloudAction.DELETE))


def restore(arguments: argparse.Namespace) -> int:
    """Bring back deleted assets, or a kept version of one."""
    if arguments.version:
        return _wish(arguments, Wish(action=CloudAction.RESTORE, value=arguments.version))
    with opened() as parts:
        desk = parts.worker.cloud_desk
        here = in_use(parts)
        deleted = [one for one in desk.deleted() if one.environment == here]
        chosen = [_deleted(deleted, name) for name in arguments.assets]
        back = desk.plan_return(chosen)
    for change in back:
        step = ChangeStep(change=change)
        if arguments.json:
            say_json(step_json(step))
        else:
            say(step_line(step))
    return DONE if arguments.dry_run else _run(back, arguments)


def refresh(arguments: argparse.Namespace) -> int:
    """Make derived files anew."""
    return _wish(arguments, Wish(action=CloudAction.REFRESH, values=tuple(arguments.eager)))


def access(arguments: argparse.Namespace) -> int:
    """Say who may have assets, and when."""
    rules = ["token"] if arguments.token else []
    if arguments.start or arguments.end:
        rules.append(f"anonymous|{_moment(arguments.start)}|{_moment(arguments.end)}")
    return _wish(arguments, Wish(action=CloudAction.ACCESS, values=tuple(rules)))


def moderate(arguments: argparse.Namespace) -> int:
    """Approve or reject assets at Cloudinary."""
    return _wish(arguments, Wish(action=CloudAction.MODERATE, value=arguments.status))


def url(arguments: argparse.Namespace) -> int:
    """Print delivery addresses, as far as the gate lets them be known."""
    key = os.environ.get(TOKEN_KEY, "")
    expires = int(utc_now().timestamp()) + arguments.expires if arguments.expires else 0
    if arguments.until:
        expires = int(datetime.fromisoformat(_moment(arguments.until)).timestamp())
    if not (arguments.assets or arguments.fetch or arguments.tag_list):
        note("Name an asset, or say --fetch or --tag-list.")
        return USAGE
    if expires and not key:
        note(f"A token needs the key of the environment in {TOKEN_KEY}.")
        return USAGE
    wish = AddressWish(
        transformation=arguments.transformation,
        format=arguments.format,
        suffix=arguments.suffix,
        root_path=arguments.root_path,
        sign=arguments.sign,
        token_key=Secret(key) if expires else None,
        expires=expires,
        use=Use(channel=arguments.channel, market=arguments.market.upper()),
        analytics=arguments.analytics,
    )
    with opened() as parts:
        desk = parts.worker.cloud_desk
        for asset in chosen_cloud(parts, arguments.assets):
            say(desk.address(asset, wish))
        for remote in arguments.fetch:
            say(desk.remote_address(in_use(parts), remote, wish))
        for tag in arguments.tag_list:
            say(desk.list_address(in_use(parts), tag, wish))
    return DONE


def versions(arguments: argparse.Namespace) -> int:
    """List the kept versions of an asset, or download one."""
    if arguments.download and not arguments.output:
        note("Say with -o where the version goes.")
        return USAGE
    with opened() as parts:
        desk = parts.worker.cloud_desk
        (asset,) = chosen_cloud(parts, [arguments.asset])
        if arguments.download:
            path = Path(arguments.output)
            with parts.stock.readers.lent() as reader:
                (master,) = reader.assets([asset])
            parts.worker.leaving.check([OriginalWish(asset=master)])
            size = desk.download(asset, arguments.download, path)
            for reasons in parts.worker.places.downloaded([(master, path)]).values():
                note(f"{master.name} may not be published: {reasons}.")
            note(f"{size} bytes were written to {arguments.output}.")
            return DONE
        for version in desk.kept(asset).versions:
            if arguments.json:
                say_json(asdict(version))
            else:
                kept = "" if version.restorable else "  (not kept)"
                facts = f"{version.format}  {version.bytes} bytes{kept}"
                say(f"{version.version_id}  {version.at}  {facts}")
    return DONE


def related(arguments: argparse.Namespace) -> int:
    """List or change what an asset is related to."""
    if not (arguments.add or arguments.remove):
        with opened() as parts:
            (asset,) = chosen_cloud(parts, [arguments.asset])
            for one in parts.worker.cloud_desk.related(asset):
                if arguments.json:
                    say_json({"asset_id": one.asset_id, "public_id": one.public_id})
                else:
                    say(f"{one.asset_id}  {one.public_id}")
        return DONE
    statuses = [
        _relate(arguments, action, names)
        for action, names in (
            (CloudAction.RELATE, arguments.add),
            (CloudAction.UNRELATE, arguments.remove),
        )
        if names
    ]
    return max(statuses)


def chosen_cloud(parts: Parts, names: Sequence[str]) -> list[AssetId]:
    """The cloud assets that words name: an address, a public ID, a name, or an ID's beginning.

    Raises NotFoundError or AmbiguousAssetError.
    """
    environment = in_use(parts)
    with parts.stock.readers.lent() as reader:
        return [_chosen(reader, name, environment) for name in names]


def in_use(parts: Parts) -> str:
    """The product environment in use. Raises NotFoundError where there is none."""
    environment = current_environment(parts)
    if environment is None:
        raise NotFoundError(what=NO_ACCOUNT)
    return environment


def _chosen(reader: CatalogReader, name: str, environment: str) -> AssetId:
    ids = [AssetId(name), catalog_id(environment, name)]
    found = list(reader.cloud_assets(ids)) or reader.cloud_named(environment, name)
    if not found:
        query = Query(text=name, library=cloud_library(environment))
        wide = reader.page(query, offset=0, limit=500, now=utc_now())
        exact = [asset for asset in wide if asset.name == name or "//" in name]
        found = [asset.id for asset in exact] or _by_id(reader, name, environment)
    if len(found) > 1:
        raise AmbiguousAssetError(what=name, count=len(found))
    if not found:
        raise NotFoundError(what=f"{name} at Cloudinary, as far as it is mirrored here,")
    return found[0]


def _deleted(deleted: Sequence[CloudChange], name: str) -> CloudChange:
    """What was deleted here lately under that name, public ID, or an ID that `search` printed."""
    for change in deleted:
        listed = catalog_id(change.environment, change.asset_id)
        if name in (change.asset_id, change.public_id, change.name) or (
            len(name) >= SHORTEST_ID and listed.startswith(name)
        ):
            return change
    raise NotFoundError(what=f"{name} among what was deleted here lately")


def _wish(arguments: argparse.Namespace, wish: Wish) -> int:
    with opened() as parts:
        assets = chosen_cloud(parts, arguments.assets)
        plan = parts.worker.cloud_desk.plan(assets, wish)
    return _carry_out(plan, arguments)


def _relate(arguments: argparse.Namespace, action: CloudAction, names: Sequence[str]) -> int:
    with opened() as parts:
        asset, *others = chosen_cloud(parts, [arguments.asset, *names])
        with parts.stock.readers.lent() as reader:
            ids = tuple(one.asset_id for one in reader.cloud_assets(others).values())
        plan = parts.worker.cloud_desk.plan([asset], Wish(action=action, values=ids))
    return _carry_out(plan, arguments)


def _carry_out(plan: ChangePlan, arguments: argparse.Namespace) -> int:
    """Show the plan; then ask if it takes something away; then queue it."""
    for step in plan.steps:
        if arguments.json:
            say_json(step_json(step))
        else:
            say(step_line(step))
    objected = any(step.objection not in (None, Objection.NOTHING_TO_DO) for step in plan.steps)
    if not arguments.json:
        say(_total(plan))
    if arguments.dry_run or not plan.doing:
        return FAILED if objected else DONE
    if plan.wish.action is CloudAction.DELETE and not arguments.yes and not agrees(_question(plan)):
        note("Nothing was done. Say --yes to do it without being asked.")
        return USAGE
    status = _run([step.change for step in plan.doing], arguments)
    return FAILED if objected else status


def _question(plan: ChangePlan) -> str:
    many = f"{len(plan.doing)} of {plan.total} assets" if plan.is_large else "this"
    return f"Delete {many} in {plan.environment}? Addresses of it stop working. [yes/NO]"


def _run(changes: Sequence[CloudChange], arguments: argparse.Namespace) -> int:
    """Queue changes, and wait for their end if that is wanted."""
    if not arguments.wait:
        with opened() as parts:
            parts.worker.cloud_desk.queue(changes)
        note("Queued. It is done while Asset Bridge is open, or now with --wait.")
        return DONE
    with working() as (parts, _):
        desk = parts.worker.cloud_desk
        batch = desk.queue(changes)
        there, waits = in_use(parts), parts.stock.jobs.waits_for_account
        wait_until(lambda: desk.ended(batch) is not None or waits(there))
        jobs = parts.worker.batch(batch)
        wait_until(parts.worker.cloud.is_idle)
    for job in jobs:
        if arguments.json:
            say_json(job_json(job))
        else:
            say(job_line(job))
    return DONE if all(job.state is JobState.DONE for job in jobs) else FAILED


def step_json(step: ChangeStep) -> dict[str, object]:
    """One step of a plan; the names are stable."""
    change = step.change
    return {
        "action": change.action.value,
        "asset_id": change.asset_id,
        "name": change.name,
        "public_id": change.public_id,
        "from": change.before or None,
        "to": change.value or None,
        "changes_url": step.changes_url,
        "objection": step.objection.value if step.objection else None,
    }


def step_line(step: ChangeStep) -> str:
    """One step of a plan for people."""
    change = step.change
    value = "; ".join(change.values) or change.value
    to = f": {value}" if value else ""
    if change.action is CloudAction.DELETE:
        to = f" ({change.public_id})"
    elif change.action in NAMING:
        to = f": {change.before or '/'} → {value or '/'}" if change.before != value else ""
    why = f" (left out: {OBJECTIONS[step.objection]})" if step.objection else ""
    return f"{change.action.value:<14} {change.name}{to}{why}"


def _total(plan: ChangePlan) -> str:
    broken = f", {plan.urls_changed} delivered addresses change or end" if plan.urls_changed else ""
    return f"{len(plan.doing)} of {len(plan.steps)} would be changed at {plan.environment}{broken}."


def _moment(text: str) -> str:
    """A time as Cloudinary wants it; without a zone it is UTC. Raises InvalidInputError."""
    if not text:
        return ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInputError(what=text, detail="say a time such as 2026-05-31T12:00Z") from error
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _by_id(reader: CatalogReader, start: str, environment: str) -> list[AssetId]:
    """Those of an environment whose ID begins so, as `search` prints it."""
    ids = reader.ids_beginning(start) if len(start) >= SHORTEST_ID else []
    there = reader.cloud_assets(ids).values()
    return [one.id for one in there if one.environment == environment]
