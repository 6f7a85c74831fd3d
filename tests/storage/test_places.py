"""The record of places: files hold one thing at a time, and what other tables tell is read too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.places import Place, PlaceKind
from bridge_app.domain.published import PublishedRendition
from bridge_app.storage.database import Writer
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.places import PlaceRecords
from bridge_app.storage.renditions import MadeRenditions

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


@pytest.fixture
def record(ledger: Writer) -> PlaceRecords:
    return PlaceRecords(ledger)


def went(
    place: str, *, asset: str = "a", content: str = "1", kind: PlaceKind = PlaceKind.EXPORT
) -> Place:
    return Place(
        kind=kind,
        place=place,
        asset=AssetId(asset),
        name=f"{asset}.jpg",
        content=content,
        detail={"path": place},
    )


def told(record: PlaceRecords, *assets: str) -> list[tuple[str, str]]:
    return [(one.place, one.content) for one in record.of([AssetId(one) for one in assets])]


def test_places_are_read_by_asset_the_newest_first(record: PlaceRecords) -> None:
    record.record([went("/out/1")], at=NOW)
    record.record([went("/out/2"), went("/out/3", asset="b")], at=NOW + timedelta(hours=1))
    assert told(record, "a") == [("/out/2", "1"), ("/out/1", "1")]
    assert len(told(record, "a", "b")) == len(record.all()) == 3
    assert record.of([AssetId("c")]) == ()


def test_the_same_thing_in_the_same_file_again_is_no_news(record: PlaceRecords) -> None:
    for hour in range(3):
        record.record([went("/out/1")], at=NOW + timedelta(hours=hour))
    (one,) = record.of([AssetId("a")])
    assert one.at == NOW.isoformat()


def test_what_a_file_held_before_is_gone(record: PlaceRecords) -> None:
    record.record([went("/out/1")], at=NOW)
    record.record([went("/out/1", content="2")], at=NOW)
    assert told(record, "a") == [("/out/1", "2")]
    record.record([went("/out/1", asset="b")], at=NOW)
    assert told(record, "a") == []
    assert told(record, "b") == [("/out/1", "1")]


def test_each_drag_and_each_picture_of_a_pack_counts(record: PlaceRecords) -> None:
    drag = went("", kind=PlaceKind.DRAG_OUT)
    pack = [went("/pack", asset=one, kind=PlaceKind.REVIEW_PACK) for one in ("a", "b")]
    record.record([drag, *pack, drag], at=NOW)
    assert sorted(place for place, _ in told(record, "a")) == ["", "", "/pack"]
    assert told(record, "b") == [("/pack", "1")]


def test_what_fails_halfway_leaves_nothing(record: PlaceRecords) -> None:
    def broken() -> Iterator[Place]:
        yield went("/out/1")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        record.record(broken(), at=NOW)
    assert record.all() == ()


def test_a_path_that_is_no_text_survives(record: PlaceRecords) -> None:
    odd = Place(
        kind=PlaceKind.EXPORT,
        place="/out/\\udcff",
        asset=AssetId("a"),
        name="a.jpg",
        content="1",
        detail={"path": "/out/\udcff"},
    )
    record.record([odd], at=NOW)
    assert record.all()[0].detail == {"path": "/out/\udcff"}


def test_of_a_renditions_records_the_newest_tells(record: PlaceRecords, ledger: Writer) -> None:
    def made(version: int) -> PublishedRendition:
        return PublishedRendition(
            environment="studio",
            public_id="a",
            version=version,
            transformation="w_9",
            format="jpg",
            asset=AssetId("a"),
            name="a.jpg",
            sha256=f"{version}",
            preset="hero",
            market="",
            language="",
            url=f"https://example.com/v{version}/a.jpg",
            width=9,
            height=6,
            bytes=300,
            made_at=f"2026-11-2{version}T00:00:00+00:00",
        )

    MadeRenditions(ledger).record([made(2), made(1)])
    (one,) = record.of([AssetId("a")])
    assert (one.place, one.content) == ("https://example.com/v2/a.jpg", "2")
    assert one.transformation == "w_9/f_jpg"
