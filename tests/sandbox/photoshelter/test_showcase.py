"""The demo's PhotoShelter library: every case is in it, and it is put in whole or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.sandbox.campaign import CampaignCancelledError, make_campaign
from bridge_app.sandbox.photoshelter.records import Media
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.showcase import fill_showcase, is_filled
from bridge_app.sandbox.photoshelter.showcase_recipe import read_showcase
from bridge_app.sandbox.photoshelter.state import ShelterState
from tests.showcase import RECIPES, small_recipes

NOW = datetime(2027, 3, 14, 9, 26, 53, tzinfo=UTC)
PAGE = read_showcase(RECIPES / "cold-water.toml", now=NOW)


def test_every_case_of_rights_releases_and_review_is_in_the_library() -> None:
    masters = PAGE.masters
    blocks = [master.block for master in masters]
    assert {master.state for master in masters} == {
        *("Approved", "In review", "Changes requested", "Draft", ""),
    }
    assert {master.model_released for master in masters} == {True, False, None}
    assert any(master.license_days for master in masters)
    assert any("expires={-" in block for block in blocks)
    assert any("embargo={1" in block for block in blocks)
    assert any("expires=someday" in block for block in blocks)
    keywords = {word for master in masters for word in master.piece.keywords}
    assert {"approval:approved", "approval:rejected"} <= keywords


def test_every_picture_lies_in_a_gallery_and_every_parent_stands_before_its_child() -> None:
    galleries = {place.name for place in PAGE.galleries}
    assert {master.gallery for master in PAGE.masters} == galleries
    known: set[str] = set()
    for place in PAGE.collections:
        assert known.issuperset(place.parents)
        known.add(place.name)
    assert all(known.issuperset(place.parents) for place in PAGE.galleries)
    assert any(len(place.parents) > 1 for place in PAGE.galleries)


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    return small_recipes(tmp_path / "recipes") / "cold-water.toml"


@pytest.fixture
def state(tmp_path: Path) -> Iterator[ShelterState]:
    made = ShelterState(
        tmp_path / "service", keeps=True, settings=ShelterSettings(), now=lambda: NOW
    )
    made.open()
    yield made
    made.close()


def fill(state: ShelterState, recipe: Path, *, cancelled: bool = False) -> None:
    fill_showcase(
        state,
        recipe=recipe,
        drawings=recipe.parent / "drawings",
        now=NOW,
        report=lambda _done, _total: None,
        cancelled=lambda: cancelled,
    )


def held(state: ShelterState) -> list[Media]:
    return [media for one in state.store.organizations() for media in state.store.owned(one.id)]


def test_the_service_holds_real_files_with_rights_that_count_from_today(
    state: ShelterState, recipe: Path
) -> None:
    fill(state, recipe)
    assert is_filled(state, recipe.parent / "drawings")
    media = held(state)
    assert len(media) == len(PAGE.masters)
    (over,) = [one for one in media if one.file_name == "cold-water_fjord-2025.jpg"]
    assert "expires=2027-03-11" in over.iptc["instructions"]
    assert over.file.content
    assert (over.file.width, over.file.height) == (124, 70)
    assert state.contents.open(over).read(0, 3) == b"\xff\xd8\xff"


def test_what_was_cancelled_or_cut_short_is_made_anew_and_nothing_is_there_twice(
    state: ShelterState, recipe: Path
) -> None:
    drawings = recipe.parent / "drawings"
    with pytest.raises(CampaignCancelledError):
        fill(state, recipe, cancelled=True)
    assert not is_filled(state, drawings)
    assert not drawings.exists()

    def nothing(_done: int, _total: int) -> None:
        """Nobody watches."""

    make_campaign(drawings, recipe=recipe, now=NOW, report=nothing, cancelled=lambda: False)
    last = drawings / PAGE.masters[-1].piece.path
    drawn = last.read_bytes()
    last.unlink()
    with pytest.raises(FileNotFoundError):
        fill(state, recipe)
    assert held(state)
    assert not is_filled(state, drawings)
    last.write_bytes(drawn)
    fill(state, recipe)
    assert is_filled(state, drawings)
    assert len(held(state)) == len(PAGE.masters)
    assert len(state.store.organizations()) == 1
