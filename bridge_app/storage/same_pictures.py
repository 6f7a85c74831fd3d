"""Contents that were made of others by writing metadata alone: the ledger's `same_picture`."""

import sqlite3
from collections.abc import Callable

from bridge_app.domain.assets import AssetId

LATER = """
    WITH RECURSIVE later (content) AS (
        SELECT :content
        UNION SELECT p.content FROM same_picture AS p JOIN later AS l ON p.before = l.content
            WHERE p.asset = :asset
    )
    SELECT content FROM later WHERE content <> :content
"""


def later_contents(connection: sqlite3.Connection, asset: AssetId, content: str) -> list[str]:
    """All contents that were made of this one of an asset, in any number of steps.

    The connection is one to the ledger, or to the catalog with the ledger beside it.
    """
    rows = connection.execute(LATER, {"asset": asset, "content": content})
    return [row[0] for row in rows]


def became(asset: AssetId, before: str, after: str) -> Callable[[sqlite3.Connection], bool]:
    """Asked of a `CatalogReader`: was the content `after` of an asset made of `before`?"""
    return lambda connection: after in later_contents(connection, asset, before)
