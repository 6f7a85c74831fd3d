"""Ratings and labels of assets whose own library cannot keep them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.marks import Label, Mark
from bridge_app.storage.database import Writer

PUT = "INSERT OR REPLACE INTO mark (asset, rating, label, who, at) VALUES (?, ?, ?, ?, ?)"
OF = "SELECT asset, rating, label FROM mark WHERE asset IN (SELECT value FROM json_each(?))"


class Marks:
    """The marks in the ledger; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def put(self, marks: Mapping[AssetId, Mark], *, who: str, at: datetime) -> None:
        """Keep these, all or none; each takes the place of what that asset had."""
        with self._writer.atomic() as connection:
            connection.executemany(
                PUT,
                (
                    (asset, mark.rating, mark.label.value, who, at.isoformat())
                    for asset, mark in marks.items()
                ),
            )

    def of(self, assets: Iterable[AssetId]) -> dict[AssetId, Mark]:
        """The marks of those of these that have one."""
        with self._writer.reading() as connection:
            rows: Sequence[tuple[str, int | None, str]] = connection.execute(
                OF, (json.dumps(list(assets)),)
            ).fetchall()
        return {
            AssetId(asset): Mark(rating=rating, label=Label(label)) for asset, rating, label in rows
        }
