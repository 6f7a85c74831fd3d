"""Which renditions were made in the cloud: the record that tells what a preset's change affects."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from typing import Any

from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.published import PublishedRendition
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer

NAMES = (
    "environment, public_id, version, transformation, format, asset, name, sha256, preset, market,"
    " language, url, width, height, bytes, made_at, channel, made_by"
)
PUT = """
    INSERT OR REPLACE INTO rendition (environment, public_id, version, transformation, format,
        asset, name, sha256, preset, market, language, url, width, height, bytes, made_at,
        channel, made_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
KEY = (
    "environment",
    "public_id",
    "version",
    "transformation",
    "format",
    "preset",
    "market",
    "language",
)
KNOWN = f"SELECT 1 FROM rendition WHERE {' AND '.join(f'{name} = ?' for name in KEY)}"
OF_PRESET = f"SELECT {NAMES} FROM rendition WHERE preset = ? ORDER BY made_at, public_id, url"
OF_MASTER = f"""
    SELECT {NAMES} FROM rendition WHERE asset = ?
    ORDER BY preset, market, language, environment, version
"""
OF_ASSETS = f"""
    SELECT {NAMES} FROM rendition
    WHERE environment = ? AND public_id IN (SELECT value FROM json_each(?))
    ORDER BY public_id, preset, market, language
"""


class MadeRenditions:
    """The record of renditions; thread-safe. On disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def record(self, made: Iterable[PublishedRendition]) -> None:
        """Remember renditions; the same one again takes the place of what was known of it.

        What was not known before is told to the audit trail.
        """
        with self._writer.atomic() as connection:
            for one in made:
                if connection.execute(KNOWN, _key(one)).fetchone() is None:
                    entry(connection, _published(one))
                connection.execute(PUT, astuple(one))

    def of_preset(self, preset: str) -> tuple[PublishedRendition, ...]:
        """Those that were made for a preset, the oldest first."""
        with self._writer.reading() as connection:
            return tuple(map(rendition_from, connection.execute(OF_PRESET, (preset,))))

    def of_master(self, asset: AssetId) -> tuple[PublishedRendition, ...]:
        """Those that were made of a master, in every environment, whatever its version was."""
        with self._writer.reading() as connection:
            return tuple(map(rendition_from, connection.execute(OF_MASTER, (asset,))))

    def of_assets(
        self, environment: str, public_ids: Sequence[str]
    ) -> tuple[PublishedRendition, ...]:
        """Those that were made of delivered assets."""
        wanted = (environment, json.dumps(list(public_ids)))
        with self._writer.reading() as connection:
            return tuple(map(rendition_from, connection.execute(OF_ASSETS, wanted)))


_FIELDS = tuple(field.name for field in fields(PublishedRendition))


def rendition_from(row: Sequence[Any]) -> PublishedRendition:
    """The rendition that a row of `NAMES` keeps."""
    return PublishedRendition(**dict(zip(_FIELDS, row, strict=True)))


def _key(one: PublishedRendition) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in KEY)


def _published(one: PublishedRendition) -> AuditEntry:
    detail = {
        "preset": one.preset,
        "channel": one.channel,
        "market": one.market,
        "language": one.language,
        "format": one.format,
        "public_id": one.public_id,
        "url": one.url,
    }
    return AuditEntry(
        at=one.made_at,
        kind=AuditKind.PUBLICATION,
        who=one.made_by,
        asset=one.asset,
        name=one.name,
        content=one.sha256,
        transformation=one.transformation,
        environment=one.environment,
        detail={name: told for name, told in detail.items() if told},
    )
