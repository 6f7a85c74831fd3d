"""The search that PhotoShelter itself does: what it finds need not have been here before."""

import argparse

from bridge_app.app.build import utc_now
from bridge_app.cli.output import DONE, FAILED, asset_json, asset_line, note, say, say_json
from bridge_app.cli.session import current_environment, working
from bridge_app.cli.shelter_choice import chosen_shelter
from bridge_app.cli.shelter_facts import ShelterFacts
from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.domain.shelter import shelter_of


def search_online(arguments: argparse.Namespace) -> int:
    """Have each PhotoShelter-style service search, or the one that is named.

    A service that cannot be asked is named, and the others are asked all the same.
    """
    failed, words = 0, " ".join(arguments.query)
    with working() as (parts, _):
        desk, facts, now = parts.worker.shelters, ShelterFacts(parts), utc_now()
        libraries = desk.libraries()
        if arguments.library is not None:
            libraries = (chosen_shelter(parts, arguments.library)[0],)
        if not libraries:
            raise NotFoundError(what="A library at a service")
        for library in libraries:
            try:
                ids = desk.search_online(shelter_of(library.id) or "", words)
            except BridgeError as error:
                failed += 1
                note(f"{library.name}: {error}")
                continue
            with parts.stock.readers.lent() as reader:
                found = reader.assets(ids, environment=current_environment(parts))
            told = facts.of(found) if arguments.json else {}
            for asset in found:
                if arguments.json:
                    say_json(asset_json(asset, now, told.get(asset.id)))
                else:
                    say(asset_line(asset, now))
    return FAILED if failed else DONE
