"""The definitions of metadata fields and rules, kept so that forms work offline. Disposable."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bridge_app.domain.metadata_json import schema_from
from bridge_app.domain.metadata_rules import Schema
from bridge_app.storage.database import Writer

PUT = """
    INSERT OR REPLACE INTO metadata_schema (environment, fields, rules, read_at)
    VALUES (?, ?, ?, ?)
"""
GET = "SELECT fields, rules, read_at FROM metadata_schema WHERE environment = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What the service told of an environment's fields: the JSON of each field and rule.

    `read_at` is ISO 8601 in UTC.
    """

    fields: tuple[dict[str, Any], ...]
    rules: tuple[dict[str, Any], ...]
    read_at: str = ""

    def schema(self) -> Schema:
        """As values."""
        return schema_from(self.fields, self.rules)


class MetadataSchemas:
    """The definitions of each environment as last read; thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def put(self, environment: str, told: Definitions, *, at: datetime) -> None:
        """Keep what the service told."""
        values = (environment, json.dumps(told.fields), json.dumps(told.rules), at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(PUT, values)

    def get(self, environment: str) -> Definitions | None:
        """What was told last; None if it was never asked."""
        with self._writer.reading() as connection:
            row = connection.execute(GET, (environment,)).fetchone()
        if row is None:
            return None
        fields, rules, read_at = row
        return Definitions(
            fields=tuple(json.loads(fields)), rules=tuple(json.loads(rules)), read_at=read_at
        )
