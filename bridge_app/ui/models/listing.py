"""What a query finds, as rows: the answer of the catalog, and where the kept assets stand in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.query import Query

if TYPE_CHECKING:
    from bridge_app.storage.search import CatalogReader

Span = tuple[int, int]  # first and last row of an unbroken run
PAGE = 100
"""Rows that are read at once: few windows show more, and the first ones wait for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What shall be found again after the rows have moved: the focus, and what is chosen.

    `is_known` is False while the catalog is still asked which assets a person has chosen.
    """

    current: AssetId | None = None
    chosen: Mapping[AssetId, None] = field(default_factory=dict)
    is_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An answer: how many rows there are, some pages of them, and where the kept assets are.

    `pages` is by page number; `rows` holds those of the marks and of the focus that are still
    found; `chosen` those of the chosen assets, in their order, and `spans` the runs of rows they
    fill. `kept` is for what this was asked.
    """

    total: int
    pages: Mapping[int, list[Asset]]
    kept: Kept = field(default_factory=Kept)
    rows: Mapping[AssetId, int] = field(default_factory=dict)
    chosen: Mapping[AssetId, None] = field(default_factory=dict)
    spans: Sequence[Span] = ()

    def keeping(self, kept: Kept) -> "Listing | None":
        """The same answer for what is kept by now; None if that cannot be told from it."""
        if kept == self.kept:
            return self if kept.is_known else None
        if not kept.is_known or len(kept.chosen) > len(self.pages) * PAGE + len(self.rows):
            return None
        wanted = {*kept.chosen, *([kept.current] if kept.current else [])}
        rows = {
            asset.id: number * PAGE + place
            for number, page in self.pages.items()
            for place, asset in enumerate(page)
            if asset.id in wanted
        }
        rows |= {asset: row for asset, row in self.rows.items() if asset in wanted}
        if len(rows) < len(wanted):
            return None
        order = sorted(kept.chosen, key=rows.__getitem__)
        return replace(
            self,
            kept=kept,
            rows={**self.rows, **rows},
            chosen=dict.fromkeys(order),
            spans=tuple(runs(rows[asset] for asset in order)),
        )


def read_listing(
    reader: "CatalogReader",
    query: Query,
    *,
    pages: Sequence[int],
    marks: frozenset[AssetId],
    kept: Kept,
    now: datetime,
) -> Listing:
    """Ask the catalog. Only where something is kept is every id read; of these nothing stays."""
    total = reader.count(query, now=now)
    reachable = [number for number in pages if number * PAGE < total] or [0]
    found = {
        number: reader.page(query, offset=number * PAGE, limit=PAGE, now=now)
        for number in reachable
    }
    singles = marks | {kept.current} if kept.current else marks
    order = reader.ids(query, now=now) if singles or kept.chosen else []
    return Listing(
        total=total,
        pages=found,
        kept=kept,
        rows={asset: row for row, asset in enumerate(order) if asset in singles},
        chosen={asset: None for asset in order if asset in kept.chosen},
        spans=tuple(runs(row for row, asset in enumerate(order) if asset in kept.chosen)),
    )


def runs(rows: Iterable[int]) -> Iterator[Span]:
    """Rising rows as the unbroken runs they form."""
    first = last = -2
    for row in rows:
        if row != last + 1:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last


def page_numbers(rows: range) -> list[int]:
    """The pages these rows lie on."""
    return list(range(rows.start // PAGE, (rows.stop - 1) // PAGE + 1)) if rows else []
