"""What masters and their copies last agreed on, field by field: where a sync begins from."""

import json
from collections.abc import Mapping, Sequence

from bridge_app.domain.assets import AssetId
from bridge_app.domain.field_sync import Agreed
from bridge_app.storage.database import Writer
from bridge_app.storage.edit_rows import value_from, value_text

AGREED = """
    SELECT asset, source, master, cloud, at FROM field_agreed
    WHERE environment = ? AND asset IN (SELECT value FROM json_each(?))
"""
PUT = """
    INSERT INTO field_agreed (asset, environment, source, master, cloud, at)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (asset, environment, source) DO UPDATE SET
        master = excluded.master, cloud = excluded.cloud, at = excluded.at
"""
Key = tuple[AssetId, str]
"""A copy, and the source of the field mapping that it says something of."""


class CarriedFields:
    """By copy and source; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def agreed(self, environment: str, copies: Sequence[AssetId]) -> dict[Key, Agreed]:
        """What was agreed on for these copies; what never was is left out."""
        with self._writer.reading() as connection:
            rows = connection.execute(AGREED, (environment, json.dumps(list(copies)))).fetchall()
        return {
            (AssetId(asset), source): Agreed(
                master=value_from(master), cloud=value_from(cloud), at=at
            )
            for asset, source, master, cloud, at in rows
        }

    def put(self, environment: str, agreed: Mapping[Key, Agreed]) -> None:
        """They agree on these."""
        rows = [
            (asset, environment, source, value_text(one.master), value_text(one.cloud), one.at)
            for (asset, source), one in agreed.items()
        ]
        with self._writer.atomic() as connection:
            connection.executemany(PUT, rows)
