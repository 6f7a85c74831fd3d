"""What became of the places of earlier versions when new ones were pushed."""

from collections.abc import Sequence

from bridge_app.app.build import Parts
from bridge_app.cli.output import note, say, say_json
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.places import Place, ReplacedPlace, ReplacementEffect
from bridge_app.domain.push_plan import PushPlan
from bridge_app.libraries.errors import shown
from bridge_app.work.places import PlaceDesk


def effect_of(parts: Parts, plan: PushPlan) -> ReplacementEffect:
    """What a push changes, told before it is queued."""
    effect = parts.worker.places.effect(plan)
    if effect.changing:
        channels = ", ".join(effect.channels)
        more = f" (channels: {channels})" if channels else ""
        note(f"Places that will change: {len(effect.changing)}{more}.")
    if effect.staying:
        note(f"Places that keep an earlier version: {len(effect.staying)}.")
    return effect


def tell_report(
    parts: Parts,
    plan: PushPlan,
    effect: ReplacementEffect,
    jobs: Sequence[JobRecord],
    *,
    as_json: bool,
) -> None:
    """One line for each place, once the pushes have ended."""
    desk = parts.worker.places
    failed = {
        AssetId(job.asset): job.error.sentence() if job.error else job.state.value
        for job in jobs
        if job.asset and job.state is not JobState.DONE
    }
    for one in desk.report(plan, effect, failed).lines:
        if as_json:
            say_json(_json(one, desk))
        else:
            say(_line(one, desk))


def _json(one: ReplacedPlace, desk: PlaceDesk) -> dict[str, object]:
    place = one.place
    return {
        "kind": place.kind.value,
        "place": _address(place, desk),
        "asset": place.asset,
        "name": place.name,
        "preset": place.preset,
        "channel": place.channel,
        "environment": place.environment,
        "replaced": one.state.value,
        "why": one.why,
    }


def _line(one: ReplacedPlace, desk: PlaceDesk) -> str:
    place = one.place
    words = (
        one.state.value,
        place.channel,
        place.kind.value.replace("_", " "),
        place.name,
        place.preset,
        _address(place, desk),
        one.why,
    )
    return "  ".join(filter(None, words))


def _address(place: Place, desk: PlaceDesk) -> str:
    """As far as the gate lets it be known."""
    try:
        return shown(desk.address(place))
    except BridgeError:
        return ""
