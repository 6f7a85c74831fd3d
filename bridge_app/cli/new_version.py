"""The command that gives a master at its service a new version."""

import argparse
import hashlib
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import (
    DONE,
    FAILED,
    REFUSED,
    job_json,
    job_line,
    note,
    say,
    say_json,
)
from bridge_app.cli.session import chosen_assets, opened, wait_until, working
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.jobs import JobState
from bridge_app.libraries.errors import disk_trouble


def new_version(arguments: argparse.Namespace) -> int:
    """Say what a file would replace; then queue it, and wait for its end if that is wanted."""
    file = Path(arguments.file).expanduser().absolute()
    with opened() as parts:
        (asset,) = chosen_assets(parts, [arguments.asset])
        is_news = _plan(parts, asset, file, arguments)
        if arguments.dry_run or not is_news:
            return DONE
        batch = _queue(parts, asset, file, arguments)
    if not arguments.wait:
        note("Queued. It is done while Asset Bridge is open, or now with --wait.")
        return DONE
    with working() as (parts, _):
        jobs = parts.stock.jobs
        wait_until(
            lambda: (
                all(one.state.is_finished for one in jobs.batch(batch)) or jobs.waits_for_account()
            )
        )
        ended = parts.worker.batch(batch)
        wait_until(parts.worker.cloud.is_idle)
    for job in ended:
        if arguments.json:
            say_json(job_json(job))
        else:
            say(job_line(job))
    if any(one.error and one.error.kind == GateRefusalError.__name__ for one in ended):
        return REFUSED
    return DONE if all(one.state is JobState.DONE for one in ended) else FAILED


def _plan(parts: Parts, asset: Asset, file: Path, arguments: argparse.Namespace) -> bool:
    """Say it; is there anything to do? Raises GateRefusalError where it may not be."""
    opening = parts.worker.opening
    target = opening.target(asset)
    with disk_trouble(file), file.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    size = file.stat().st_size
    if asset.sha256 == sha256:
        note(f"{asset.name} holds this already.")
        return False
    if arguments.json:
        facts = {"service": target.service, "environment": target.environment or None}
        say_json({"asset": asset.id, "name": asset.name, **facts, "bytes": size, "sha256": sha256})
    else:
        where = f" ({target.environment})" if target.environment else ""
        say(f"{asset.name}  new version at {target.service}{where}  {size} bytes")
    if target.environment:
        reasons = opening.versions.against(
            asset.id, target.environment, sha256, approved=arguments.approve
        )
        if reasons:
            raise GateRefusalError(name=asset.name, reasons=reasons)
    return True


def _queue(parts: Parts, asset: Asset, file: Path, arguments: argparse.Namespace) -> str:
    copy = parts.worker.opening.bring(asset, file)
    if arguments.approve:
        parts.worker.approvals.approve_content(copy.asset, copy.now)
    return parts.worker.opening.make_version(copy)
