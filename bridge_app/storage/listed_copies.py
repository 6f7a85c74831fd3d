"""The delivered copies of assets, as a listing shows them."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from bridge_app.domain.assets import AssetId, CloudCopy

# ruff: noqa: PLC0415 - of what Cloudinary tells a listing of masters needs nothing
if TYPE_CHECKING:
    from bridge_app.domain.cloud import CloudAsset

COPIES = """
    SELECT environment, public_id, resource_type, delivery_type, version, asset_id, format,
        etag, sha256, bytes, url
    FROM ledger.delivery
    WHERE environment = ? AND sha256 IN (SELECT value FROM json_each(?))
"""
MIRRORED_COPIES = """
    SELECT c.*, a.sha256 FROM asset AS a JOIN cloud_asset AS c ON c.id = a.id
    WHERE c.environment = ? AND c.missing = 0
    AND a.content IN (SELECT value FROM json_each(?))
"""
CONTENTS_NAMED = """
    SELECT sha256 FROM ledger.delivery
    WHERE environment = :environment AND public_id IN (SELECT value FROM json_each(:names))
    UNION
    SELECT a.content FROM cloud_asset AS c JOIN asset AS a ON a.id = c.id
    WHERE c.environment = :environment AND a.content IS NOT NULL
        AND c.public_id IN (SELECT value FROM json_each(:names))
"""
AT_CLOUDINARY = "SELECT id FROM cloud_asset"
Rows = Callable[[str, Sequence[object]], Sequence[sqlite3.Row]]


def copies_at(
    asked: Rows, environment: str | None, listed: Iterable[sqlite3.Row]
) -> dict[str, CloudCopy]:
    """The copies in an environment, by the content of the assets that are listed."""
    contents = [row["content"] for row in listed if row["content"]]
    if environment is None or not contents:
        return {}
    values = [environment, json.dumps(contents)]
    copies = _mirrored(asked(MIRRORED_COPIES, values))
    for sent in asked(COPIES, values):
        copies[sent["sha256"]] = CloudCopy(**dict(sent))
    return copies


def copies_of_themselves(
    own: "Mapping[AssetId, CloudAsset]", listed: Iterable[sqlite3.Row]
) -> dict[AssetId, CloudCopy]:
    """Cloud assets, by their identities, as the copies of what they hold."""
    if not own:
        return {}
    from bridge_app.storage.cloud_rows import copy_of

    return {row["id"]: copy_of(own[row["id"]], row["sha256"]) for row in listed if row["id"] in own}


def _mirrored(rows: Sequence[sqlite3.Row]) -> dict[str, CloudCopy]:
    """The copies that a mirror shows."""
    if not rows:
        return {}
    from bridge_app.storage.cloud_rows import cloud_asset_from, copy_of

    made = [copy_of(cloud_asset_from(row), row["sha256"]) for row in rows]
    return {copy.sha256: copy for copy in made}


def contents_named(
    connection: sqlite3.Connection, environment: str, public_ids: Iterable[str]
) -> frozenset[str]:
    """What is there under these names; the connection has the ledger attached."""
    values = {"environment": environment, "names": json.dumps(list(public_ids))}
    rows = connection.execute(CONTENTS_NAMED, values)
    return frozenset(row[0] for row in rows)


def cloud_ids(connection: sqlite3.Connection) -> frozenset[AssetId]:
    """The assets that are copies at Cloudinary, of any environment."""
    return frozenset(AssetId(row[0]) for row in connection.execute(AT_CLOUDINARY))
