"""Metadata templates in the ledger: what people say of many assets in the same words."""

import json
from collections.abc import Sequence
from datetime import datetime

from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.metadata_templates import MetadataTemplate
from bridge_app.domain.metadata_templates_json import template_from, template_json
from bridge_app.storage.database import Writer

ALL = "SELECT told FROM metadata_template"
ONE = "SELECT told FROM metadata_template WHERE name = ?"
PUT = """
    INSERT INTO metadata_template (name, told, who, changed_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET told = excluded.told, who = excluded.who,
        changed_at = excluded.changed_at
"""
REMOVE = "DELETE FROM metadata_template WHERE name = ?"


class MetadataTemplates:
    """Thread-safe; on disk when a call returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def all(self) -> tuple[MetadataTemplate, ...]:
        """Every template, by name."""
        with self._writer.reading() as connection:
            rows = connection.execute(ALL).fetchall()
        found = (template_from(json.loads(row[0])) for row in rows)
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    def get(self, name: str) -> MetadataTemplate:
        """The template of this name. Raises NotFoundError."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE, (name,)).fetchone()
        if row is None:
            raise NotFoundError(what=f"The template “{name}”")
        return template_from(json.loads(row[0]))

    def put(self, templates: Sequence[MetadataTemplate], *, who: str, at: datetime) -> None:
        """Keep templates, all or none; each takes the place of one of its name."""
        rows = [
            (one.name, json.dumps(template_json(one), ensure_ascii=False), who, at.isoformat())
            for one in templates
        ]
        with self._writer.atomic() as connection:
            connection.executemany(PUT, rows)

    def remove(self, name: str) -> bool:
        """Forget a template; was there one?"""
        with self._writer.atomic() as connection:
            return connection.execute(REMOVE, (name,)).rowcount > 0
