"""The command `places`: where assets went, and what of it is out of date."""

import argparse
from collections.abc import Mapping

from bridge_app.cli.output import DONE, say, say_json
from bridge_app.cli.session import chosen_assets, opened
from bridge_app.domain.errors import BridgeError, GateRefusalError
from bridge_app.domain.places import AGAINST, KnownPlace
from bridge_app.libraries.errors import shown
from bridge_app.work.places import PlaceDesk


def listing(arguments: argparse.Namespace) -> int:
    """List where these assets went, or all of them, the newest first."""
    with opened() as parts:
        desk = parts.worker.places
        if arguments.assets:
            found = desk.of([one.id for one in chosen_assets(parts, arguments.assets)])
        else:
            found = desk.all()
        for one in found:
            if arguments.stale and not one.is_stale:
                continue
            if arguments.json:
                say_json(place_json(one, desk))
            else:
                say(_line(one, desk))
    return DONE


def place_json(known: KnownPlace, desk: PlaceDesk) -> Mapping[str, object]:
    """A place, in the names that scripts rely on."""
    place = known.place
    address, held_back = _address(known, desk)
    return {
        "kind": place.kind.value,
        "place": address,
        "held_back": held_back,
        "against": place.detail.get(AGAINST, ""),
        "asset": place.asset,
        "name": place.name,
        "content": place.content,
        "preset": place.preset,
        "transformation": place.transformation,
        "channel": place.channel,
        "market": place.market,
        "language": place.detail.get("language", ""),
        "environment": place.environment,
        "who": place.who,
        "at": place.at,
        "gone_at": place.gone_at,
        "stale": known.is_stale,
    }


def _line(known: KnownPlace, desk: PlaceDesk) -> str:
    place = known.place
    state = "outdated" if known.is_stale else "gone" if place.gone_at else ""
    words = (place.at, place.kind.value.replace("_", " "), place.name, place.preset)
    address, held_back = _address(known, desk)
    held_back = held_back or place.detail.get(AGAINST, "")
    told = (*words, address, held_back and f"({held_back})", place.who, state)
    return "  ".join(filter(None, told))


def _address(known: KnownPlace, desk: PlaceDesk) -> tuple[str, str]:
    """As far as the gate lets it be known, and why it does not."""
    try:
        return shown(desk.address(known.place)), ""
    except GateRefusalError as error:
        return "", str(error.facts["reasons"])
    except BridgeError:
        return "", ""
