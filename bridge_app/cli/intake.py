"""Commands about folders that take in other people's work, and what waits in them."""

import argparse

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.output import DONE, USAGE, asset_json, asset_line, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.cli.shelter_choice import chosen_container, chosen_shelter
from bridge_app.cli.shelter_facts import ShelterFacts
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId

VERDICTS = {
    "approve": Approval.APPROVED,
    "reject": Approval.REJECTED,
    "request-changes": Approval.CHANGES_REQUESTED,
}


def folders(arguments: argparse.Namespace) -> int:
    """List the intake folders of all libraries."""
    with opened() as parts:
        for one in parts.worker.intake.folders():
            facts = {"library": one.library, "container": one.container}
            if arguments.json:
                say_json({**facts, "folder": one.folder, "waiting": one.waiting})
            else:
                say(f"{one.waiting:>6} waiting  {one.folder}  ({one.library})")
    return DONE


def mark(arguments: argparse.Namespace) -> int:
    """Mark a folder as intake, or take the mark away."""
    on = arguments.intake == "mark"
    with opened() as parts:
        library, account = chosen_shelter(parts, arguments.name)
        container = chosen_container(parts, library, arguments.folder)
        joined = 0
        for folder in parts.worker.shelters.folders_of(account, container.id)[:1]:
            joined = parts.worker.intake.mark(account, folder, on=on)
    told = f" {joined} joined the review queue." if on else " What was said stays said."
    note(f"{container.name} is {'' if on else 'no longer '}an intake folder.{told}")
    return DONE


def queue(arguments: argparse.Namespace) -> int:
    """List what waits for a review in intake folders."""
    with opened() as parts:
        now = utc_now()
        with parts.stock.readers.lent() as reader:
            found = reader.assets(_waiting(parts, arguments.name))
        told = ShelterFacts(parts).of(found) if arguments.json else {}
        for asset in found:
            if arguments.json:
                say_json(asset_json(asset, now, told.get(asset.id)))
            else:
                say(asset_line(asset, now))
    return DONE


def decide(arguments: argparse.Namespace) -> int:
    """Tag what waits and record one decision on all of it."""
    if bool(arguments.assets) == (arguments.all is not None):
        note("Name the assets, or say --all LIBRARY.")
        return USAGE
    if not arguments.verdict and not arguments.tag:
        note("Say --approve, --reject or --request-changes, or --tag WORD.")
        return USAGE
    with opened() as parts:
        if arguments.all is not None:
            chosen = list(_waiting(parts, arguments.all))
        else:
            chosen = [asset.id for asset in chosen_assets(parts, arguments.assets)]
        if arguments.tag:
            parts.worker.intake.tag(chosen, arguments.tag)
            note(f"{len(chosen)} get {', '.join(arguments.tag)} when the worker runs.")
        if arguments.verdict:
            verdict = VERDICTS[arguments.verdict]
            count = parts.worker.decide(chosen, verdict, comment=arguments.comment)
            note(f"{count} recorded: {verdict.value.replace('_', ' ')}.")
    return DONE


def _waiting(parts: Parts, name: str | None) -> tuple[AssetId, ...]:
    account = None if name is None else chosen_shelter(parts, name)[1]
    return parts.worker.intake.waiting(account)
