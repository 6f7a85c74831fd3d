"""Commands about what reviews left behind: stale approvals, disagreements, moderation there."""

import argparse
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.approvals import Decision
from bridge_app.domain.assets import AssetId
from bridge_app.domain.disagreements import Disagreement
from bridge_app.domain.stale_approvals import CAUSES, Stale
from bridge_app.libraries.errors import shown
from bridge_app.storage.moderations import ModeratedAsset
from bridge_app.work.differences import Comparison
from bridge_app.work.rendition_files import write_whole


def stale(arguments: argparse.Namespace) -> int:
    """List what has to be looked at again, and count what need not be."""
    with opened() as parts:
        chosen = _chosen(parts, arguments)
        desk = parts.worker.differences
        found = desk.stale(chosen)
        for one in found:
            compared = (
                desk.against_approved(one.asset, one.transformation) if arguments.scores else None
            )
            _tell_stale(one, compared, as_json=arguments.json)
        note(f"{len(found)} to look at again; {len(desk.holding(chosen))} approvals still hold.")
    return DONE


def difference(arguments: argparse.Namespace) -> int:
    """Compare an asset with what was approved of it last."""
    with opened() as parts:
        (asset,) = chosen_assets(parts, [arguments.asset])
        subject = _subject(parts, arguments.rendition)
        found = parts.worker.differences.against_approved(asset.id, subject)
        if found is None:
            note("Nothing of it was approved before, or no picture of that is kept.")
            return FAILED
        if arguments.output:
            write_whole(
                Path(arguments.output),
                found.difference.picture,
                replaces=True,
                with_folders=False,
            )
        told = _scores(found)
        if arguments.json:
            say_json({"asset": asset.id, "transformation": subject, **told})
        else:
            say(f"{told['pixels']:.2%} of the pixels, perceptual {told['perceptual']:.4f}")
    return DONE


def disagreements(arguments: argparse.Namespace) -> int:
    """List where reviewers decided differently and nobody has settled it."""
    with opened() as parts:
        for one in parts.worker.differences.disagreements(_chosen(parts, arguments)):
            if arguments.json:
                say_json(disagreement_json(one))
            else:
                say(f"{shown(one.holds.name)}  {shown(one.sentence())}")
    return DONE


def moderation(arguments: argparse.Namespace) -> int:
    """List what waits for a moderator at Cloudinary."""
    with opened() as parts:
        desk = parts.worker.moderation
        if arguments.refresh:
            desk.look()
        for one in desk.pending():
            if arguments.json:
                say_json(moderated_json(one))
            else:
                say(f"{one.asset_id}  {shown(one.name)}  {', '.join(one.kinds)}")
    return DONE


def stale_json(one: Stale) -> dict[str, object]:
    """Something to look at again; the names are stable."""
    return {
        "asset": one.asset,
        "name": one.approved.name,
        "transformation": one.transformation,
        "preset": one.preset or None,
        "why": one.why.value,
        "approved": decision_json(one.approved),
    }


def disagreement_json(one: Disagreement) -> dict[str, object]:
    """Who said what, and what holds; the names are stable."""
    return {
        "asset": one.holds.asset,
        "name": one.holds.name,
        "transformation": one.holds.transformation,
        "said": [decision_json(said) for said in one.said],
        "holds": one.holds.approval.value,
    }


def decision_json(one: Decision) -> dict[str, object]:
    """A decision, without its place in the chain."""
    return {
        "approval": one.approval.value,
        "who": one.who,
        "at": one.at,
        "content": one.sha256,
        "transformation": one.transformation,
        "stage": one.stage or None,
    }


def moderated_json(one: ModeratedAsset) -> dict[str, object]:
    """Something that waits there; the names are stable."""
    return {
        "environment": one.environment,
        "asset": one.asset,
        "asset_id": one.asset_id,
        "name": one.name,
        "moderations": [{"kind": said.kind, "status": said.status} for said in one.moderations],
    }


def _tell_stale(one: Stale, compared: Comparison | None, *, as_json: bool) -> None:
    if as_json:
        say_json(stale_json(one) | ({} if compared is None else _scores(compared)))
        return
    through = f" through {one.preset or one.transformation}" if one.transformation else ""
    scores = ""
    if compared is not None:
        told = _scores(compared)
        scores = f" ({told['pixels']:.2%} of the pixels, perceptual {told['perceptual']:.4f})"
    say(f"{shown(one.approved.name)}{through}: {CAUSES[one.why]}{scores}")


def _scores(compared: Comparison) -> dict[str, float]:
    return {
        "pixels": compared.difference.pixels,
        "perceptual": compared.difference.perceptual,
    }


def _subject(parts: Parts, preset: str) -> str:
    """What a rendition through a preset is called; "" for the master."""
    if not preset:
        return ""
    chosen = parts.worker.rendition_presets.library().preset(preset)
    return parts.stock.gate.subject(chosen.transformation, chosen.format)


def _chosen(parts: Parts, arguments: argparse.Namespace) -> list[AssetId] | None:
    """Those that are named, or None for everything."""
    if not arguments.assets:
        return None
    return [asset.id for asset in chosen_assets(parts, arguments.assets)]
