"""The commands about what people claim of rights."""

import argparse
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.output import DONE, USAGE, note, say, say_json
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.rights import Restrictions
from bridge_app.domain.rights_calendar import RightsEdge
from bridge_app.domain.rights_changes import ClaimChange
from bridge_app.domain.rights_claims import (
    ClaimDocument,
    DocumentKind,
    RecordedClaim,
    RightsClaim,
)
from bridge_app.domain.rights_claims_json import claim_json
from bridge_app.domain.rights_times import Edge
from bridge_app.libraries.errors import shown
from bridge_app.work.rights import zone_named

FIELDS = (
    *("licence", "usage_terms", "starts", "ends", "zone", "territories", "excluded_territories"),
    *("channels", "excluded_channels", "credit_line", "model_released", "property_released"),
    "source",
)


def show(arguments: argparse.Namespace) -> int:
    """Show what holds of an asset's rights, and all that was claimed, the newest first."""
    with opened() as parts:
        (asset,) = chosen_assets(parts, [arguments.asset])
        claims = parts.worker.rights.claims(asset.id)
    if arguments.json:
        say_json(
            {
                "asset": asset.id,
                "name": asset.name,
                "rights": _holding(asset),
                "claims": [recorded_json(one) for one in claims],
            }
        )
        return DONE
    for name, value in _holding(asset).items():
        say(f"{name}: {_text(value)}")
    for one in claims:
        say(f"{one.at}  claimed by {one.who}")
        for name, value in claim_json(one.claim).items():
            say(f"    {name}: {_text(value)}")
    return DONE


def claim(arguments: argparse.Namespace) -> int:
    """Claim rights in assets, all or none."""
    with opened() as parts:
        assets = chosen_assets(parts, arguments.assets)
        desk, change = parts.worker.rights, _change(parts, arguments)
        begin = _beginning(parts, arguments)
        if change.is_nothing and begin is None:
            note("Nothing was said. Give at least one option: see rights set --help.")
            return USAGE

        def changed(before: RightsClaim) -> RightsClaim:
            return change.applied(before if begin is None else begin, zone_named)

        ids = list(dict.fromkeys(asset.id for asset in assets))
        if not arguments.dry_run:
            desk.change(ids, changed)
        for one in desk.held(ids):
            said = changed(one.said) if arguments.dry_run else one.said
            if one.has_nothing_left(said):
                note(f"{shown(one.asset.path)}: nothing is left that file and claim both allow")
            if arguments.json:
                say_json({"asset": one.asset.id, "name": one.asset.name, "claim": claim_json(said)})
            else:
                verb = "would be claimed" if arguments.dry_run else "claimed"
                say(f"{one.asset.id[:10]}  {shown(one.asset.path)}  {verb}")
    return DONE


def template(arguments: argparse.Namespace) -> int:
    """List templates, keep one, or forget one."""
    with opened() as parts:
        desk = parts.worker.rights
        if arguments.name is None:
            for one in desk.templates():
                _tell_template(one.name, one.claim, as_json=arguments.json)
        elif arguments.remove:
            desk.remove_template(arguments.name)
        else:
            made = _change(parts, arguments).applied(RightsClaim(), zone_named)
            # A name alone asks for it; it would be wiped out otherwise.
            known = [one for one in desk.templates() if one.name == arguments.name]
            is_asked = made == RightsClaim()
            if is_asked and not known:
                raise NotFoundError(what=f"The template {arguments.name}")
            kept = known[0] if is_asked else desk.save_template(arguments.name, made)
            _tell_template(kept.name, kept.claim, as_json=arguments.json)
    return DONE


def expiring(arguments: argparse.Namespace) -> int:
    """List the rights that end soon."""
    within, now = timedelta(days=arguments.within), utc_now()
    with opened() as parts:
        found = parts.worker.rights.edges(now, now + within)
    for one in found:
        if one.edge is Edge.ENDS or arguments.begins:
            if arguments.json:
                say_json(edge_json(one))
            else:
                say(f"{one.at.isoformat(timespec='minutes')}  {one.edge.value}  {one.name}")
    return DONE


def recorded_json(one: RecordedClaim) -> dict[str, object]:
    """A claim of the record as scripts see it; the names are stable."""
    return {"at": one.at, "who": one.who, "content": one.content, "claim": claim_json(one.claim)}


def edge_json(one: RightsEdge) -> dict[str, object]:
    """What begins or ends; the names are stable."""
    return {
        "asset": one.asset,
        "library": one.library,
        "name": one.name,
        "at": one.at.isoformat(),
        "edge": one.edge.value,
    }


def _beginning(parts: Parts, arguments: argparse.Namespace) -> RightsClaim | None:
    """What the claim of each asset begins with; None: with its own."""
    if arguments.template is not None:
        known = {one.name: one.claim for one in parts.worker.rights.templates()}
        if arguments.template not in known:
            raise NotFoundError(what=f"The template {arguments.template}")
        return known[arguments.template]
    return RightsClaim() if arguments.clear else None


def _change(parts: Parts, arguments: argparse.Namespace) -> ClaimChange:
    said: dict[str, Any] = {name: getattr(arguments, name) for name in FIELDS}
    return ClaimChange(**said, added=_attached(parts, arguments))


def _attached(parts: Parts, arguments: argparse.Namespace) -> tuple[ClaimDocument, ...]:
    return tuple(
        parts.worker.rights.attach(Path(file), kind)
        for kind in DocumentKind
        for file in getattr(arguments, f"{kind.value}_documents")
    )


def _holding(asset: Asset) -> dict[str, object]:
    """What file and claim allow together."""
    rights, limits = asset.rights, asset.restrictions
    return {
        "state": rights.state(utc_now()).value,
        "from": rights.starts.isoformat() if rights.starts else None,
        "until": rights.ends.isoformat() if rights.ends else None,
        "unreadable": rights.unreadable,
        **_limits(limits),
    }


def _limits(limits: Restrictions) -> dict[str, object]:
    return {
        "territories": sorted(limits.territories),
        "channels": sorted(limits.channels),
        "model_released": limits.model_released,
        "property_released": limits.property_released,
    }


def _tell_template(name: str, claim: RightsClaim, *, as_json: bool) -> None:
    if as_json:
        say_json({"name": name, "claim": claim_json(claim)})
    else:
        said: Mapping[str, object] = claim_json(claim)
        say(f"{name}: " + "; ".join(f"{key} {_text(value)}" for key, value in said.items()))


def _text(value: object) -> str:
    if isinstance(value, list):
        return (
            ", ".join(str(one["name"]) if isinstance(one, dict) else str(one) for one in value)
            or "–"
        )
    return "–" if value is None else str(value)
