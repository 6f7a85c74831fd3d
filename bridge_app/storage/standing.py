"""Whether what was once recorded of an asset is still the last that anybody said of it."""

import sqlite3

from bridge_app.domain.approvals import BOTH_HEARD
from bridge_app.domain.assets import Asset
from bridge_app.storage.same_pictures import later_contents

CARRIED_BY = "Asset Bridge"
"""Who signs a decision that was carried over."""
CARRIED = "Only metadata was written here: it is the picture that {who} decided about on {day}."
"""What it says."""
SINCE = """
    SELECT 1 FROM decision
    WHERE (asset = ? OR sha256 = ?) AND transformation = '' AND who <> ?
        AND seq > (SELECT seq FROM decision WHERE digest = ?) LIMIT 1
"""


def signed_again(who: str, comment: str, day: str) -> tuple[str, str]:
    """Who signs on the same picture in other bytes, and the comment: nobody decided twice.

    An open disagreement stays one: there, everybody signs for themselves.
    """
    if who == BOTH_HEARD:
        return who, comment
    return CARRIED_BY, CARRIED.format(who=who, day=day)


def still_stands(connection: sqlite3.Connection, asset: Asset, content: str, entry: str) -> bool:
    """Does what the record had of this content up to an entry (its digest) hold of the asset?

    It does where the bytes are those, or were made of them by writing metadata, and nobody decided
    since, of the whole or in a stage. What was carried over is no decision.
    """
    if asset.content != content and (
        asset.content not in later_contents(connection, asset.id, content)
    ):
        return False
    values = (asset.id, asset.content, CARRIED_BY, entry)
    return connection.execute(SINCE, values).fetchone() is None
