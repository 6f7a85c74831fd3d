"""Where the next asset is whose name begins with what a person types in a listing."""

import re
import sqlite3
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.query import Query, fold
from bridge_app.domain.reading_order import beginning_key
from bridge_app.storage.name_order import language_of
from bridge_app.storage.search import CatalogReader

NAMED = "SELECT id, name FROM asset WHERE name_key >= :first AND name_key < :beyond"
LAST = "\U0010ffff"
FIGURES = ("0", ":")
"""The keys of names that begin with a figure lie between these."""


def next_named(
    reader: CatalogReader, typed: str, query: Query, *, after: AssetId | None, now: datetime
) -> AssetId | None:
    """The next asset of a query whose name begins like this, round from `after`.

    With the first letter one goes on from name to name; with more, `after` may be it itself.
    """
    named = reader.ask(lambda connection: _named(connection, typed))
    if not named:
        return None
    order = reader.ids(query, now=now)
    start = order.index(after) + (len(typed) == 1) if after in order else 0
    return next((asset for asset in (*order[start:], *order[:start]) if asset in named), None)


def _named(connection: sqlite3.Connection, typed: str) -> set[AssetId]:
    # Keys have numbers padded: what is before the first figure is looked up, the rest compared.
    prefix = fold(typed)
    head = beginning_key(re.split(r"\d", typed, maxsplit=1)[0], language_of(connection))
    first, beyond = (head, head + LAST) if head else FIGURES
    found = connection.execute(NAMED, {"first": first, "beyond": beyond})
    return {AssetId(row[0]) for row in found if fold(str(row[1])).startswith(prefix)}
