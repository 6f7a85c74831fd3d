"""The field mapping in the ledger, as people changed it."""

import json
from datetime import datetime

from bridge_app.domain.field_mapping import FieldMapping
from bridge_app.domain.field_mapping_json import mapping_from, mapping_json
from bridge_app.storage.database import Writer

GET = "SELECT told FROM field_mapping WHERE id = 1"
PUT = """
    INSERT INTO field_mapping (id, told, who, changed_at) VALUES (1, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET told = excluded.told, who = excluded.who,
        changed_at = excluded.changed_at
"""
DELETE = "DELETE FROM field_mapping"


class FieldMappings:
    """The one mapping that is used; thread-safe, on disk when a call returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def get(self) -> FieldMapping | None:
        """The mapping as it was changed; None if nobody ever did.

        Raises NotAMappingError for one that a newer version wrote.
        """
        with self._writer.reading() as connection:
            row = connection.execute(GET).fetchone()
        return mapping_from(json.loads(row[0])) if row else None

    def put(self, mapping: FieldMapping, *, who: str, at: datetime) -> None:
        """Use this mapping from now on."""
        told = json.dumps(mapping_json(mapping), ensure_ascii=False)
        with self._writer.atomic() as connection:
            connection.execute(PUT, (told, who, at.isoformat()))

    def reset(self) -> None:
        """Use the mapping as it comes again."""
        with self._writer.atomic() as connection:
            connection.execute(DELETE)
