"""What the command line prints: stable JSON for scripts, short text for people."""

import json
import re
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

# Every command has this loaded, and few print assets or plans.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.domain.assets import Asset
    from bridge_app.domain.jobs import JobRecord
    from bridge_app.domain.push_plan import PushPlan, PushStep

DONE, FAILED, USAGE, REFUSED = 0, 1, 2, 3
"""Exit statuses; scripts rely on them."""
NO_ACCOUNT = "A Cloudinary account (`asset-bridge account add` adds one)"

OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)")
"""What a terminal acts on instead of showing it; names and captions may hold it."""


def say(text: str, to: TextIO | None = None) -> None:
    """Print a line; what the terminal cannot encode, or would act on, becomes a mark."""
    stream = to or sys.stdout
    encoding = stream.encoding or "utf-8"
    text = OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def note(text: str) -> None:
    """Print a line about what happens, beside the result."""
    say(text, sys.stderr)


def say_json(value: Mapping[str, object]) -> None:
    """Print one object on one line; bytes that are no text are escaped as lone surrogates."""
    say(json.dumps(value, ensure_ascii=True))


def asset_json(
    asset: "Asset", now: datetime, shelter: Mapping[str, object] | None = None
) -> dict[str, object]:
    """An asset as scripts see it; the names are stable. `shelter` is what its service says."""
    rights, cloud, limits = asset.rights, asset.cloud, asset.restrictions
    return {
        "id": asset.id,
        "library": asset.library,
        "path": asset.path,
        "name": asset.name,
        "kind": asset.kind.value,
        "format": asset.format,
        "bytes": asset.bytes,
        "width": asset.width,
        "height": asset.height,
        "orientation": asset.orientation,
        "duration": asset.duration_s,
        "sha256": asset.sha256,
        "md5": asset.md5,
        "title": asset.title,
        "caption": asset.caption,
        "keywords": list(asset.keywords),
        "creator": asset.creator,
        "rating": asset.rating,
        "approval": asset.approval.value,
        "rights": {
            "state": rights.state(now).value,
            "from": rights.starts.isoformat() if rights.starts else None,
            "until": rights.ends.isoformat() if rights.ends else None,
        },
        "taken_at": asset.taken_at,
        "modified_at": asset.modified_at,
        "error": asset.error,
        "cloud": None
        if cloud is None
        else {
            "public_id": cloud.public_id,
            "version": cloud.version,
            "url": cloud.url,
            "environment": cloud.environment,
        },
        "restrictions": {
            "territories": sorted(limits.territories),
            "channels": sorted(limits.channels),
            "model_released": limits.model_released,
            "property_released": limits.property_released,
            "archived": limits.archived,
        },
        "shelter": None if shelter is None else dict(shelter),
    }


def asset_line(asset: "Asset", now: datetime) -> str:
    """An asset for people."""
    from bridge_app.libraries.errors import shown

    size = asset.display_size
    facts = f"{size[0]}×{size[1]}" if size else asset.format
    state = asset.approval.value.replace("_", " ")
    rights = asset.rights.state(now).value.replace("_", " ")
    cloud = f"  → {asset.cloud.public_id}" if asset.cloud else ""
    return f"{asset.id[:10]}  {shown(asset.path)}  {facts}  {state}, rights {rights}{cloud}"


def job_json(job: "JobRecord") -> dict[str, object]:
    """A job as scripts see it; the names are stable."""
    return {
        "id": job.id,
        "kind": job.kind,
        "asset": job.asset,
        "state": job.state.value,
        "attempts": job.attempts,
        "progress": {"done": job.done, "total": job.total},
        "waiting_for": job.waiting_for.value if job.waiting_for else None,
        "error": job.error.sentence() if job.error else None,
    }


def job_line(job: "JobRecord") -> str:
    """A job for people."""
    why = f" for {job.waiting_for.value.replace('_', ' ')}" if job.waiting_for else ""
    error = f": {job.error.sentence()}" if job.error else ""
    return f"{job.id:>6}  {job.state.value}{why}  {job.kind} {job.name}{error}"


def step_json(step: "PushStep") -> dict[str, object]:
    """One step of a plan."""
    return {
        "asset": step.asset,
        "name": step.name,
        "action": step.action.value,
        "bytes": step.bytes,
        "public_id": step.public_id or None,
        "like": step.like or None,
        "by_reference": step.by_reference,
        "reasons": [reason.value for reason in step.reasons],
        "fields": list(step.fields),
        "limits": [limit.value for limit in step.limits],
        "eager": [one.preset for one in step.eager],
    }


def _with_a_token(step: "PushStep") -> str:
    from bridge_app.domain.push_policies import LIMITS

    why = ", ".join(LIMITS[one] for one in step.limits)
    return f" (seen with a token only: {why})" if why else ""


def plan_lines(plan: "PushPlan") -> list[str]:
    """A plan for people: every step, then the totals."""
    from bridge_app.domain.required_fields import field_words

    lines = [
        f"{step.action.value.replace('_', ' '):<14} {step.name}"
        + (f" → {step.public_id}" if step.sends else "")
        + (" by reference" if step.sends and step.by_reference else "")
        + (f" ({', '.join(reason.value for reason in step.reasons)})" if step.reasons else "")
        + (f" (empty: {', '.join(map(field_words, step.fields))})" if step.fields else "")
        + _with_a_token(step)
        + (f" (like {step.like})" if step.like else "")
        for step in plan.steps
    ]
    return [
        *lines,
        f"{len(plan.sending)} of {len(plan.steps)} would be sent to {plan.environment}: "
        f"{plan.bytes} bytes, {plan.api_calls} uploads, {plan.derived or 'no'} new derived assets.",
    ]
