"""Cloud assets as a person who edits them sees them: the mirror, with open edits on top."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.edit_sheet import Said
from bridge_app.domain.edits import (
    DESCRIPTION,
    DISPLAY_NAME,
    TAGS,
    TITLE,
    Conflict,
    Edit,
    FieldPath,
    Subject,
    overlaid,
)
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.storage.edits import open_conflicts, open_edits
from bridge_app.storage.search_edits import are_open

SHOWN = {
    FieldPath(Subject.STANDARD, field): name
    for field, name in (
        ("title", "title"),
        ("caption", "caption"),
        ("keywords", "keywords"),
        ("author", "creator"),
        ("credit", "credit"),
        ("copyright", "copyright"),
        ("usage_terms", "usage_terms"),
        ("rating", "rating"),
    )
}
"""The fields of masters that a listing shows, by its own names for them."""
TAGS_IN_USE = """
    SELECT tag.value, count(*) FROM cloud_asset AS c, json_each(c.tags) AS tag
    WHERE c.environment = ? AND c.missing = 0 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?
"""
KEYS_IN_USE = """
    SELECT pair.key, count(*) FROM cloud_asset AS c, json_each(c.context) AS pair
    WHERE c.environment = ? AND c.missing = 0 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?
"""

Asking = Callable[[Callable[[sqlite3.Connection], None]], None]
"""Puts a question to a connection."""


@contextmanager
def ledger_first(ask: Asking) -> Iterator[None]:
    """Questions inside see the ledger as it is now, and the catalog as it is then or later.

    What is delivered is in the catalog before it leaves the ledger's open edits. Read the other
    way round, it could be in neither, and an edit that takes it back would seem to change nothing.
    `ask` is that of a `CatalogReader`, whose errors are raised.
    """
    try:
        ask(_look_at_ledger)
        yield
    finally:
        ask(_look_no_more)


def _look_at_ledger(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    are_open(connection)


def _look_no_more(connection: sqlite3.Connection) -> None:
    # Some errors have ended it already.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def said_of(
    connection: sqlite3.Connection, own: Mapping[AssetId, CloudAsset], wanted: Sequence[AssetId]
) -> list[Said]:
    """What these cloud assets say, with what is open about them, in the order asked for."""
    edits = open_edits(connection, own)
    conflicts: dict[AssetId, list[Conflict]] = {}
    for conflict in open_conflicts(connection, own):
        conflicts.setdefault(conflict.asset, []).append(conflict)
    return [
        Said(
            asset=own[asset],
            edits=tuple(edits.get(asset, ())),
            conflicts=tuple(conflicts.get(asset, ())),
        )
        for asset in wanted
        if asset in own
    ]


def with_edits(
    connection: sqlite3.Connection, assets: Sequence[Asset], own: Mapping[AssetId, CloudAsset]
) -> list[Asset]:
    """The rows of a listing with open edits on top of what the catalog knows."""
    edits = open_edits(connection, [asset.id for asset in assets]) if assets else {}
    if not edits:
        return list(assets)
    return [_with_those(asset, own.get(asset.id), edits.get(asset.id, ())) for asset in assets]


def _with_those(asset: Asset, copy: CloudAsset | None, edits: Sequence[Edit]) -> Asset:
    if not edits:
        return asset
    if copy is not None:
        return _edited(asset, Said(asset=copy, edits=tuple(edits)))
    return edited_master(asset, edits)


def edited_master(asset: Asset, edits: Sequence[Edit]) -> Asset:
    """A listing's row of a master; what is not edited stays as it was read."""
    touched = [edit for edit in edits if edit.path in SHOWN]
    there = {edit.path: getattr(asset, SHOWN[edit.path]) for edit in touched}
    record = overlaid(there, touched)
    fresh = {SHOWN[path]: _shown(SHOWN[path], record.get(path)) for path in there}
    return replace(asset, **fresh) if fresh else asset


def _shown(name: str, value: FieldValue) -> Any:
    """A value as the listing's field of this name has it."""
    if name == "keywords":
        return value if isinstance(value, tuple) else ()
    if name == "rating":
        return value if isinstance(value, int) else None
    return str(value or "")


def _edited(asset: Asset, said: Said) -> Asset:
    touched = {edit.path for edit in said.edits}
    record = said.record()
    words: dict[FieldPath, str] = {
        path: str(record.get(path) or "") for path in (TITLE, DESCRIPTION) if path in touched
    }
    tags = record.get(TAGS)
    if TAGS in touched:
        asset = replace(asset, keywords=tags if isinstance(tags, tuple) else ())
    if DISPLAY_NAME in touched:
        renamed = replace(said.asset, display_name=str(record.get(DISPLAY_NAME) or ""))
        asset = replace(asset, name=renamed.name)
    return replace(
        asset,
        title=words.get(TITLE, asset.title),
        caption=words.get(DESCRIPTION, asset.caption),
    )


def words_in_use(
    connection: sqlite3.Connection, environment: str, subject: Subject, *, limit: int
) -> list[str]:
    """The tags, or the context keys, of an environment: the most used ones first."""
    sql = TAGS_IN_USE if subject is Subject.TAGS else KEYS_IN_USE
    return [str(row[0]) for row in connection.execute(sql, (environment, limit))]
