"""What a log does not tell of a delivery and the ledger does: the product, and the entry."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from pyarrow import parquet

from bridge_app.domain.assets import Asset
from bridge_app.domain.contentstack import (
    Destination,
    EntryField,
    FieldKind,
    Publication,
    PublicationState,
)
from bridge_app.domain.product_feed import ProductKey
from bridge_app.domain.reports import WHOLE, Cell, ExportFormat, ReportKind
from bridge_app.storage.contentstack import StackPublications
from bridge_app.storage.feed_told import FeedTold, Told
from tests.storage.shelf import NOW, make
from tests.work.insight_office import ADDRESS, BRAND, Office
from tests.work.test_access_logs import HERO


@pytest.fixture
def hero() -> Asset:
    return make("hero.jpg")


@pytest.fixture
def office(tmp_path: Path, hero: Asset) -> Iterator[Office]:
    """A rendition of the hero was asked for by a page and directly, and the hero by a page."""
    with ExitStack() as closing:
        office = Office(tmp_path, closing)
        office.put(hero)
        office.deliver(hero, BRAND)
        office.rendered(hero)
        office.desk.import_log(
            office.log(
                f"2026-06-01T10:00:00Z,{HERO},200,1000,https://shop.example.com/spring",
                f"2026-06-02T10:00:00Z,{HERO},200,500,-",
                f"2026-06-03T10:00:00Z,{ADDRESS}v12/hero.jpg,200,70,https://shop.example.com/",
            )
        )
        yield office


def shows(office: Office, hero: Asset, *skus: str) -> None:
    """A feed was told that the hero shows these products."""
    told = [
        Told(
            product=ProductKey(sku, market, "en"),
            slot="hero",
            position=0,
            asset=hero.id,
            content=hero.content or "",
            digest="",
            environment=BRAND,
        )
        for sku in skus
        for market in ("DE", "US")
    ]
    FeedTold(office.ledger).put("pim", told, at=NOW)


def publish(office: Office, hero: Asset, *entries: str, region: str = "eu") -> None:
    """The rendition was put into these entries."""
    kept = StackPublications(office.ledger)
    site = Destination(id="s", name="Site", region=region, api_key="k", environment="live")
    kept.add(site, who="", at=NOW)
    first = Publication(
        destination="s",
        asset=hero.id,
        name=hero.name,
        environment=BRAND,
        preset="teaser",
        market="",
        language="",
        place=EntryField(
            content_type="page", entry="", field="hero", locale="en", kind=FieldKind.URL
        ),
        public_id=hero.name,
        url=f"{ADDRESS}c_fill,w_400/v12/hero.jpg.png",
        state=PublicationState.PUBLISHED,
    )
    kept.put([replace(first, place=replace(first.place, entry=entry)) for entry in entries], at=NOW)


def rows(office: Office, folder: Path) -> list[dict[str, Cell]]:
    """The report, which says the same as its Parquet file."""
    found = office.asked(ReportKind.DELIVERY)
    office.desk.export(ReportKind.DELIVERY, WHOLE, folder, ExportFormat.PARQUET)
    assert parquet.read_table(folder).to_pylist() == found
    return found


def told(found: list[dict[str, Cell]], *names: str) -> list[tuple[Cell, ...]]:
    return [tuple(row[name] for name in names) for row in found]


def test_each_product_has_a_row_and_they_share_the_counts(
    office: Office, hero: Asset, tmp_path: Path
) -> None:
    shows(office, hero, "SKU-1", "SKU-2")
    found = rows(office, tmp_path / "out")
    each = [("SKU-1", 2), ("SKU-2", 2)]
    assert told(found, "sku", "sku_count") == each * 3
    shared = [int(str(row["bytes"])) / int(str(row["sku_count"])) for row in found]
    assert sum(shared) == 1570


def test_the_only_entry_that_a_rendition_is_in_is_where_a_page_showed_it(
    office: Office, hero: Asset, tmp_path: Path
) -> None:
    publish(office, hero, "blt1")
    assert told(rows(office, tmp_path / "out"), "destination_kind", "destination_ref", "sku") == [
        ("contentstack", "blt1", None),
        ("direct", None, None),
        # The master itself was put into no entry.
        ("unknown", None, None),
    ]


def test_of_several_entries_nobody_knows_which(office: Office, hero: Asset, tmp_path: Path) -> None:
    publish(office, hero, "blt1", "blt2")
    found = told(rows(office, tmp_path / "out"), "destination_kind", "destination_ref")
    assert found == [("unknown", None), ("direct", None), ("unknown", None)]


def test_another_channels_entry_is_named_and_its_kind_is_none_of_the_contract(
    office: Office, hero: Asset, tmp_path: Path
) -> None:
    publish(office, hero, "front", region="other:wall")
    found = told(rows(office, tmp_path / "out"), "destination_kind", "destination_ref")
    assert found[0] == ("unknown", "front")
