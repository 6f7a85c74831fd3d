"""The record of renditions that were made in the cloud."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.published import PublishedRendition
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.renditions import MadeRenditions


@pytest.fixture
def record(tmp_path: Path) -> Iterator[MadeRenditions]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield MadeRenditions(writer)
    writer.close()


def made(
    public_id: str, *, preset: str = "hero", market: str = "", url: str = "u"
) -> PublishedRendition:
    return PublishedRendition(
        environment="studio",
        public_id=public_id,
        version=7,
        transformation="w_9",
        format="jpg",
        asset=AssetId(f"id-{public_id}"),
        name=f"{public_id}.jpg",
        sha256="0",
        preset=preset,
        market=market,
        language="",
        url=url,
        width=9,
        height=6,
        bytes=300,
        made_at="2026-11-21T00:00:00+00:00",
    )


def test_what_was_made_is_found_by_preset_and_by_asset(record: MadeRenditions) -> None:
    record.record([made("a"), made("b"), made("a", preset="story")])
    assert record.of_preset("hero") == (made("a"), made("b"))
    assert record.of_assets("studio", ["a"]) == (made("a"), made("a", preset="story"))
    assert record.of_assets("elsewhere", ["a"]) == ()


def test_two_presets_with_one_look_are_both_remembered(record: MadeRenditions) -> None:
    record.record([made("a"), made("a", preset="copy"), made("a", market="DE")])
    assert len(record.of_assets("studio", ["a"])) == 3
    assert len(record.of_preset("copy")) == 1


def test_the_same_one_again_takes_its_place(record: MadeRenditions) -> None:
    record.record([made("a")])
    record.record([made("a", url="other")])
    assert [one.url for one in record.of_preset("hero")] == ["other"]
