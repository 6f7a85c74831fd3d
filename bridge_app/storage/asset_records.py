"""What masters on disks say in the standard fields, as they were last read. Disposable."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bridge_app.domain.assets import AssetId

if TYPE_CHECKING:
    from bridge_app.domain.metadata_fields import FieldValue

PUT = """
    INSERT INTO asset_record (asset, record, differs) VALUES (?, ?, ?)
    ON CONFLICT (asset) DO UPDATE SET record = excluded.record, differs = excluded.differs
"""
REMOVE = "DELETE FROM asset_record WHERE asset = ?"
RECORDS = """
    SELECT asset, record, differs FROM asset_record
    WHERE asset IN (SELECT value FROM json_each(?))
"""
ALSO_FILLED = """
    (
        SELECT json_group_array(said.key) FROM (
            SELECT e.key FROM asset_record AS r, json_each(r.record) AS e
            WHERE r.asset = a.id AND (e.key = 'alt_text' OR substr(e.key, -1) = ']')
            UNION ALL SELECT 'alt_text' FROM shelter_asset AS s
            WHERE s.id = a.id AND trim(coalesce(json_extract(s.iptc, '$.alt_text'), '')) <> ''
        ) AS said
    ) AS also_filled
"""
"""Of the asset `a`: the fields that say something and have no column of their own."""
Rows = Callable[[str, Sequence[object]], Sequence[sqlite3.Row]]


def put_record(
    connection: sqlite3.Connection,
    asset: AssetId,
    record: "Mapping[str, FieldValue]",
    differs: Sequence[str],
) -> None:
    """Keep what a master says; of one that says nothing, nothing."""
    if not record and not differs:
        connection.execute(REMOVE, (asset,))
        return
    connection.execute(PUT, (asset, _text(record), json.dumps(list(differs))))


def records_of(rows: Rows, assets: Sequence[AssetId]) -> "dict[AssetId, dict[str, FieldValue]]":
    """The record of each master, by the keys of the fields' paths; without one where none is."""
    found = rows(RECORDS, (json.dumps(list(assets)),))
    said = {AssetId(row["asset"]): _record(row["record"]) for row in found}
    return {asset: said.get(asset, {}) for asset in assets}


def differing_in(rows: Rows, assets: Sequence[AssetId]) -> dict[AssetId, tuple[str, ...]]:
    """The names of the fields whose places in a master disagree, for those where some do."""
    found = rows(RECORDS, (json.dumps(list(assets)),))
    said = {AssetId(row["asset"]): tuple(json.loads(row["differs"])) for row in found}
    return {asset: names for asset, names in said.items() if names}


def _text(record: "Mapping[str, FieldValue]") -> str:
    return json.dumps(dict(record), ensure_ascii=False)


def _record(text: str) -> "dict[str, FieldValue]":
    said: dict[str, Any] = json.loads(text)
    return {key: tuple(one) if isinstance(one, list) else one for key, one in said.items()}
