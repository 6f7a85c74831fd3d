"""What is claimed of rights, as a listing reads it: columns of a query, and what they allow."""

import json
from datetime import datetime

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.storage.recorded import RECORDED

NEWEST_SEQ = """
    max(
        ifnull((SELECT max(seq) FROM {schema}rights_claim WHERE asset = {asset}), 0),
        ifnull((SELECT max(seq) FROM {schema}rights_claim WHERE content = {content}), 0)
    )
"""
CLAIM = f"""
    (SELECT told FROM ledger.rights_claim
        WHERE seq = {NEWEST_SEQ.format(schema="ledger.", asset="a.id", content="a.content")})
    AS claim, {RECORDED}
"""
"""The columns that `allowed` reads, of `asset AS a` with the ledger attached."""
CLAIMED = """
    SELECT asset FROM ledger.rights_claim
    UNION SELECT id FROM asset WHERE content IN (SELECT content FROM ledger.rights_claim)
"""
"""The assets of which somebody has claimed anything."""
EFFECTIVE = f"""
    SELECT x.id, coalesce(
        x.rights_unreadable,
        CASE WHEN min(ifnull(x.rights_until, c.ends), ifnull(c.ends, x.rights_until))
            <= max(ifnull(x.rights_from, c.starts), ifnull(c.starts, x.rights_from))
        THEN '-' END
    ) AS rights_unreadable,
    max(ifnull(x.rights_from, c.starts), ifnull(c.starts, x.rights_from)) AS rights_from,
    min(ifnull(x.rights_until, c.ends), ifnull(c.ends, x.rights_until)) AS rights_until
    FROM asset AS x JOIN ledger.rights_claim AS c
    ON c.seq = {NEWEST_SEQ.format(schema="ledger.", asset="x.id", content="x.content")}
    WHERE x.id IN ({CLAIMED})
"""
"""The windows of those assets, of file and claim the narrower: as `domain.rights.narrowest`."""


def allowed(
    window: RightsWindow, limits: Restrictions, told: str | None, recorded: datetime | None
) -> tuple[RightsWindow, Restrictions]:
    """What file and claim allow together; `told` is the claim's JSON, or None.

    What had ended by the newest moment on record has ended, whatever the clock says now.

    A claim that cannot be read makes the window unreadable: the gate stays shut.
    """
    if told is None:
        return window.as_recorded(recorded), limits
    # Hardly a row has one.
    from bridge_app.domain.rights_claims import joined  # noqa: PLC0415
    from bridge_app.domain.rights_claims_json import claim_from  # noqa: PLC0415

    try:
        claim = claim_from(json.loads(told))
    except (ValueError, RecursionError, BridgeError) as error:
        return RightsWindow(unreadable=str(error)), limits
    window, limits = joined(window, limits, claim)
    return window.as_recorded(recorded), limits
