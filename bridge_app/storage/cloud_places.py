"""Where assets of an environment lie, and how many lie where, as they were mirrored last."""

import json
import sqlite3
from collections.abc import Sequence

from bridge_app.domain.read_plan import Place, Whereabouts
from bridge_app.storage.database import Writer

PLACES = """
    SELECT asset_id, resource_type, delivery_type, asset_folder FROM cloud_asset
    WHERE environment = ? AND asset_id IN (SELECT value FROM json_each(?))
"""
TAGGED = """
    SELECT asset_id FROM cloud_asset, json_each(tags) AS tag WHERE environment = ?
    AND resource_type = ? AND tag.value = ? COLLATE NOCASE
"""
COUNTS = """
    SELECT resource_type, delivery_type, asset_folder, count(*) FROM cloud_asset
    WHERE environment = ? AND missing = 0
    GROUP BY resource_type, delivery_type, asset_folder
"""


def whereabouts(writer: Writer, environment: str, asset_ids: Sequence[str]) -> Whereabouts:
    """The places of these assets, and the number of assets at every place."""
    with writer.reading() as connection:
        places = connection.execute(PLACES, (environment, json.dumps(list(asset_ids)))).fetchall()
        counts = connection.execute(COUNTS, (environment,)).fetchall()
    return Whereabouts(
        places={row[0]: Place(row[1], row[2], row[3]) for row in places},
        counts={Place(row[0], row[1], row[2]): row[3] for row in counts},
    )


def tagged(
    connection: sqlite3.Connection, environment: str, resource_type: str, tag: str
) -> frozenset[str]:
    """The asset IDs with a tag, however it is written; the connection reads the catalog."""
    rows = connection.execute(TAGGED, (environment, resource_type, tag))
    return frozenset(row[0] for row in rows)
