"""Assets by an address that was pasted into the search: what is delivered there, and its master.

Everything is looked up in what the mirror and the ledger know, so it works offline too.
"""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge_app.transform.read_url import AddressRead

BY_URL = """a.rowid IN (
    WITH environment AS (
        SELECT environment FROM ledger.account WHERE lower(environment) = lower(:url_cloud)
        UNION SELECT environment FROM cloud_sync WHERE lower(environment) = lower(:url_cloud)
        UNION SELECT :url_cloud
        UNION SELECT environment FROM ledger.account
            WHERE :url_cloud = '' AND lower(cname) = :url_host
        UNION SELECT environment FROM ledger.account WHERE :url_cloud = '' AND :url_anywhere
            AND NOT EXISTS (SELECT 1 FROM ledger.account WHERE lower(cname) = :url_host)
    ),
    named AS (SELECT key AS rank, value AS public_id FROM json_each(:url_names)),
    fits AS (
        SELECT c.id, NULL AS sha256, named.rank
        FROM environment CROSS JOIN named CROSS JOIN cloud_asset AS c
            ON c.environment = environment.environment AND c.public_id = named.public_id
        WHERE :url_type IN ('', c.resource_type) AND :url_delivery IN ('', c.delivery_type)
        UNION ALL
        SELECT NULL, d.sha256, named.rank
        FROM environment CROSS JOIN named CROSS JOIN ledger.delivery AS d
            ON d.environment = environment.environment AND d.public_id = named.public_id
            AND d.resource_type IN ('image', 'video', 'raw')
        WHERE :url_type IN ('', d.resource_type) AND :url_delivery IN ('', d.delivery_type)
        UNION ALL
        SELECT id, NULL, 0 FROM cloud_asset WHERE asset_id = :url_asset
        UNION ALL
        SELECT NULL, sha256, 0 FROM ledger.delivery WHERE asset_id = :url_asset
    ),
    best AS (SELECT id, sha256 FROM fits WHERE rank = (SELECT min(rank) FROM fits))
    SELECT rowid FROM asset WHERE id IN (SELECT id FROM best WHERE id IS NOT NULL)
    UNION ALL
    SELECT rowid FROM asset WHERE sha256 IN (SELECT sha256 FROM best WHERE sha256 IS NOT NULL)
)"""
"""Of the names an address can mean, the likeliest one that there is; `a` has the asset's rowid."""


def url_condition(text: str) -> tuple[str, dict[str, object], bool] | None:
    """The clause for a search that is an address, its values, and whether it stands alone.

    None for other words. On a host that is not Cloudinary's the words themselves may be meant
    as well, for instance where a caption names a page.
    """
    if "//" not in text and ".cloudinary.com/" not in text.lower():
        return None
    # The transformation language loads libvips, which a start must not wait for.
    from bridge_app.transform.read_url import read_line  # noqa: PLC0415

    read = read_line(text)
    return None if read is None else (BY_URL, _values(read), read.known_host)


def _values(read: "AddressRead") -> dict[str, object]:
    return {
        "url_cloud": read.cloud,
        "url_host": read.host,
        "url_anywhere": read.says_kind and not read.known_host,
        "url_names": json.dumps(read.names),
        "url_type": read.resource_type,
        "url_delivery": read.delivery_type,
        "url_asset": read.asset_id or None,
    }
