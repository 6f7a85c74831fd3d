"""How assets stand and what is demanded of them, read in one go before they leave."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bridge_app.domain.assets import AssetId
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.policies import Policy
from bridge_app.storage.kits import settings_in
from bridge_app.storage.policies import policies_of
from bridge_app.storage.search import CatalogReader, Standing

LEDGER = Path("ledger.db")


@dataclass(frozen=True, slots=True)
class Look:
    """What has to be known of a master that would leave for an environment.

    `channels` is how they show what they are given: plug-ins of shops own folders.
    """

    standing: Standing
    policies: tuple[Policy, ...]
    channels: tuple[ChannelSettings, ...]


def looks(reader: CatalogReader, wanted: Sequence[tuple[AssetId, str]]) -> list[Look | None]:
    """Of each (asset, environment) what holds now; None for an asset that is not there.

    All of it as it was at one moment. A reader never waits for whoever is writing.
    """

    def read(connection: sqlite3.Connection) -> list[Look | None]:
        connection.execute("BEGIN")
        try:
            policies = {
                place: policies_of(connection, place) for place in {place for _, place in wanted}
            }
            channels = settings_in(connection, LEDGER)
            found = [(reader.standing(asset), place) for asset, place in wanted]
        finally:
            connection.execute("COMMIT")
        return [
            None if one is None else Look(one, policies[place], channels) for one, place in found
        ]

    return reader.ask(read)
