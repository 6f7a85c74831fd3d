"""The newest moment on record: nothing that had ended by then holds again."""

import sqlite3
from datetime import datetime

NEWEST = """
    (SELECT at FROM {schema}audit WHERE +seq >= ifnull((
        SELECT max(seq) FROM {schema}audit WHERE kind = 'acceptance'
            AND CASE WHEN json_valid(detail) THEN detail ->> '$.clock' END IS NOT NULL
    ), 0) ORDER BY at DESC LIMIT 1)
"""
"""Of the audit trail, since a person last took note that a clock had been ahead."""
RECORDED = f"{NEWEST.format(schema='ledger.')} AS recorded"
"""The column that `newest_of` reads, with the ledger attached."""
IN_LEDGER = f"SELECT {NEWEST.format(schema='')}"


def newest_of(row: sqlite3.Row) -> datetime | None:
    """What the column says."""
    return _moment(row["recorded"])


def newest_recorded(connection: sqlite3.Connection) -> datetime | None:
    """The same of a connection to the ledger."""
    return _moment(connection.execute(IN_LEDGER).fetchone()[0])


def _moment(text: object) -> datetime | None:
    """What somebody altered is no moment: the check of the trail tells of it."""
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
