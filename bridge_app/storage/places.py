"""Where assets went: what is recorded of it nowhere else, read together with what is."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.places import LISTED, Place, PlaceKind
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import PLACED_IN

NAMES = (
    "kind, place, asset, name, content, transformation, preset, channel, market, environment,"
    " detail, who, at, gone_at"
)
ADD = f"INSERT INTO place ({NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
AT = f"SELECT {NAMES} FROM place WHERE kind = ? AND place = ? AND gone_at = ''"
GONE = "UPDATE place SET gone_at = ? WHERE kind = ? AND place = ? AND gone_at = ''"
UNLISTED = """
    UPDATE place SET gone_at = :at
    WHERE kind = 'feed' AND gone_at = '' AND json_extract(detail, '$.path') = :path
        AND place NOT IN (SELECT value FROM json_each(:listed))
"""
ONE_FILE = frozenset({PlaceKind.EXPORT, PlaceKind.DOWNLOAD, PlaceKind.KIT})
"""Kinds whose place holds one thing at a time."""

WANTED = "(SELECT value FROM json_each(:assets))"
STORED = f"SELECT {NAMES} FROM place WHERE gone_at = '' AND %s ORDER BY seq"
PUSHES = f"""
    {PLACED_IN}
    SELECT d.environment, p.asset, d.public_id, d.url, d.sha256, d.delivered_at, coalesce((
            SELECT a.who FROM audit AS a
            WHERE a.asset = p.asset AND a.kind = 'push' AND a.environment = p.environment
            ORDER BY a.seq DESC LIMIT 1
        ), '') AS who,
        coalesce((
            SELECT r.at FROM retraction AS r
            WHERE r.environment = d.environment AND r.asset_id = d.asset_id
                AND r.state = 'retracted'
        ), '') AS gone_at
    FROM known CROSS JOIN placement AS p ON p.environment = known.environment
    CROSS JOIN delivery AS d ON d.environment = p.environment
        AND d.resource_type IN ('image', 'video', 'raw') AND d.public_id = p.public_id
    WHERE %s
"""
# The newest record of a rendition tells; its address shows what is delivered under its public ID.
PUBLICATIONS = """
    SELECT r.environment, r.asset, r.name, r.url, coalesce(d.sha256, r.sha256) AS content,
        r.transformation, r.format, r.preset, r.market, r.language, r.channel, r.made_by,
        r.made_at, max(r.version) AS version
    FROM rendition AS r LEFT JOIN delivery AS d
    ON d.environment = r.environment AND d.resource_type IN ('image', 'video', 'raw')
        AND d.public_id = r.public_id
    WHERE %s
    GROUP BY r.environment, r.public_id, r.transformation, r.format, r.preset, r.market,
        r.language
"""
WRITE_BACKS = """
    SELECT w.asset, w.account, w.media_id, w.document_name, w.mode, w.written_at
    FROM write_back AS w WHERE %s
"""

# What was copied into a stack stays until it is replaced there; an address shows what is delivered.
ENTRIES = """
    SELECT s.told, t.name, s.state, s.changed_at, r.transformation, r.format, r.channel,
        CASE WHEN json_extract(s.told, '$.copy') <> '' THEN r.sha256
            ELSE coalesce(d.sha256, r.sha256) END AS content
    FROM stack_publication AS s JOIN stack_destination AS t ON t.id = s.destination
    JOIN rendition AS r ON r.environment = json_extract(s.told, '$.environment')
        AND r.public_id = json_extract(s.told, '$.public_id')
        AND r.version = json_extract(s.told, '$.version')
        AND r.preset = json_extract(s.told, '$.preset')
        AND r.market = json_extract(s.told, '$.market')
        AND r.language = json_extract(s.told, '$.language')
        AND r.url = json_extract(s.told, '$.url')
    LEFT JOIN delivery AS d
    ON d.environment = r.environment AND d.resource_type IN ('image', 'video', 'raw')
        AND d.public_id = r.public_id
    WHERE json_extract(s.told, '$.entry_version') > 0 AND %s
"""


class PlaceRecords:
    """The record of places; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def record(self, places: Iterable[Place], *, at: datetime, feed: str = "") -> None:
        """Assets went there. All of it is recorded, or nothing.

        What a file held before is gone with it, and so is what the `feed` of this path listed
        before. The same thing at the same place again is no news: what is on record stays.
        """
        places = list(places)
        with self._writer.atomic() as connection:
            if feed:
                listed = json.dumps([one.place for one in places])
                connection.execute(UNLISTED, {"at": at.isoformat(), "path": feed, "listed": listed})
            for one in places:
                if one.kind in ONE_FILE and not _makes_way(connection, one, at):
                    continue
                if one.kind in LISTED and _is_known(connection, one):
                    continue
                connection.execute(ADD, _values(one, at))

    def of(self, assets: Sequence[AssetId]) -> tuple[Place, ...]:
        """Where these went, the newest first."""
        return self._read({"assets": json.dumps(list(assets))}, f"asset IN {WANTED}")

    def all(self) -> tuple[Place, ...]:
        """Every place of every asset, the newest first."""
        return self._read({}, "1")

    def _read(self, asked: Mapping[str, str], which: str) -> tuple[Place, ...]:
        with self._writer.reading() as connection:
            found = [_stored(row) for row in connection.execute(STORED % which, asked)]
            for select, alias, made in (
                (PUSHES, "p", _pushed),
                (PUBLICATIONS, "r", _published),
                (WRITE_BACKS, "w", _written),
                (ENTRIES, "s", _in_entry),
            ):
                where = which.replace("asset IN", f"{alias}.asset IN")
                found += map(made, connection.execute(select % where, asked))
        return tuple(sorted(_as_delivered(found), key=lambda one: one.at, reverse=True))


def _as_delivered(found: Sequence[Place]) -> Iterator[Place]:
    """Addresses that somebody has show what is delivered of their master by now."""
    delivered = delivered_contents(found)
    for one in found:
        now = delivered.get((one.environment, one.asset)) if one.kind in LISTED else None
        yield one if now is None else replace(one, content=now)


def delivered_contents(found: Iterable[Place]) -> dict[tuple[str, str], str]:
    """What each environment delivers of each asset, as far as these places tell."""
    return {
        (one.environment, one.asset): one.content
        for one in found
        if one.kind is PlaceKind.PUSH and not one.gone_at
    }


def _is_known(connection: sqlite3.Connection, new: Place) -> bool:
    """Has somebody this address of this rendition already, for the same channel?"""
    there = [_stored(row) for row in connection.execute(AT, (new.kind.value, new.place))]
    return any(
        (one.asset, one.transformation, one.preset, one.channel, one.market, one.detail)
        == (new.asset, new.transformation, new.preset, new.channel, new.market, new.detail)
        for one in there
    )


def _makes_way(connection: sqlite3.Connection, new: Place, at: datetime) -> bool:
    """End what was at a place; False if it is exactly this already."""
    key = (new.kind.value, new.place)
    there = [_stored(row) for row in connection.execute(AT, key)]
    if any(_same(one, new) for one in there):
        return False
    connection.execute(GONE, (at.isoformat(), *key))
    return True


def _same(one: Place, other: Place) -> bool:
    def what(place: Place) -> tuple[object, ...]:
        return (place.asset, place.content, place.transformation, place.preset, place.market)

    return what(one) == what(other)


def _values(one: Place, at: datetime) -> tuple[str, ...]:
    told = json.dumps(dict(one.detail), sort_keys=True)
    what = (one.kind.value, one.place, one.asset, one.name, one.content, one.transformation)
    use = (one.preset, one.channel, one.market, one.environment)
    return (*what, *use, told, one.who, at.isoformat(), one.gone_at)


def _stored(row: Sequence[str]) -> Place:
    kind, place, asset, name, content, transformation, preset, channel, market = row[:9]
    environment, detail, who, at, gone_at = row[9:]
    return Place(
        kind=PlaceKind(kind),
        place=place,
        asset=AssetId(asset),
        name=name,
        content=content,
        transformation=transformation,
        preset=preset,
        channel=channel,
        market=market,
        environment=environment,
        detail=json.loads(detail),
        who=who,
        at=at,
        gone_at=gone_at,
    )


def _pushed(row: Sequence[str]) -> Place:
    environment, asset, public_id, url, content, at, who, gone_at = row
    return Place(
        kind=PlaceKind.PUSH,
        place=url,
        asset=AssetId(asset),
        name=public_id,
        content=content,
        environment=environment,
        who=who,
        at=at,
        gone_at=gone_at,
    )


def _published(row: Sequence[str]) -> Place:
    environment, asset, name, url, content, transformation, form, preset, market = row[:9]
    language, channel, who, at = row[9:13]  # the version only chooses the row
    return Place(
        kind=PlaceKind.PUBLICATION,
        place=url,
        asset=AssetId(asset),
        name=name,
        content=content,
        transformation=subject_text(transformation, form),
        preset=preset,
        channel=channel,
        market=market,
        environment=environment,
        detail={"language": language} if language else {},
        who=who,
        at=at,
    )


def _written(row: Sequence[str]) -> Place:
    asset, account, media_id, document, mode, at = row
    return Place(
        kind=PlaceKind.WRITE_BACK,
        place=document or media_id,
        asset=AssetId(asset),
        name=document,
        content="",
        detail={"account": account, "mode": mode},
        at=at,
    )


def _in_entry(row: Sequence[str]) -> Place:
    text, stack, state, at, transformation, form, channel, content = row
    told = json.loads(text)
    place = told["place"]
    detail = {
        "stack": stack,
        "entry": told.get("title") or place["entry"],
        "field": place["field"],
        "locale": place["locale"],
        "language": told["language"],
    }
    return Place(
        kind=PlaceKind.ENTRY,
        place=told["url"],
        asset=AssetId(told["asset"]),
        name=told["name"],
        content=content,
        transformation=subject_text(transformation, form),
        preset=told["preset"],
        channel=channel,
        market=told["market"],
        environment=told["environment"],
        detail={name: value for name, value in detail.items() if value},
        at=at,
        gone_at=at if state == "withdrawn" else "",
    )
