"""Which of the public IDs that an address can mean is known here: delivered, placed or mirrored."""

import json
import sqlite3
from collections.abc import Sequence

FIRST_KNOWN = """
    SELECT value FROM json_each(:names) AS n
    WHERE EXISTS (
        SELECT 1 FROM cloud_asset AS c WHERE c.environment = :environment
            AND c.public_id = n.value AND :kind IN ('', c.resource_type)
    ) OR EXISTS (
        SELECT 1 FROM ledger.delivery AS d WHERE d.environment = :environment
            AND d.resource_type IN ('image', 'video', 'raw') AND d.public_id = n.value
            AND :kind IN ('', d.resource_type)
    ) OR EXISTS (
        SELECT 1 FROM ledger.rendition AS r WHERE r.environment = :environment
            AND r.public_id = n.value
    )
    ORDER BY n.key LIMIT 1
"""


def first_known(
    connection: sqlite3.Connection, environment: str, names: Sequence[str], kind: str
) -> str | None:
    """The likeliest name that there is; `kind` is a resource type, or "" for any."""
    asked = {"names": json.dumps(list(names)), "environment": environment, "kind": kind}
    row = connection.execute(FIRST_KNOWN, asked).fetchone()
    return None if row is None else str(row[0])
