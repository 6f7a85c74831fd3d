"""Originals that were fetched to be opened: found again, each under its name, and not for ever."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.errors import FileTroubleError
from bridge_app.domain.shelter import shelter_library
from bridge_app.work.opened_originals import OpenedOriginals
from tests.work.campaign import Campaign


def asset(number: int, size: int = 4) -> Asset:
    return Asset(
        id=AssetId(f"{number:032}"),
        library=shelter_library("nordlys"),
        path="Hero/ridge.jpg",
        name="ridge.jpg",
        folder="Hero",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=size,
        modified_at="2026-11-01T00:00:00Z",
        version_key=hashlib.sha256(bytes([number])).hexdigest(),
    )


def fetched(opened: OpenedOriginals, one: Asset, age_s: int = 0) -> Path:
    place = opened.folder_for(one) / one.name
    place.write_bytes(b"x" * one.bytes)
    os.utime(place, (1_700_000_000 - age_s, 1_700_000_000 - age_s))
    return place


def test_what_was_fetched_is_found_again(tmp_path: Path) -> None:
    opened = OpenedOriginals(tmp_path / "opened")
    assert opened.there(asset(1)) is None
    place = fetched(opened, asset(1))
    assert opened.there(asset(1)) == place


def test_two_versions_of_one_name_do_not_meet(tmp_path: Path) -> None:
    opened = OpenedOriginals(tmp_path)
    first = fetched(opened, asset(1))
    assert opened.there(asset(2)) is None
    assert fetched(opened, asset(2)) != first


def test_half_a_file_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    opened = OpenedOriginals(tmp_path)
    (opened.folder_for(asset(1)) / "ridge.jpg").write_bytes(b"x")
    (opened.folder_for(asset(1)) / "ridge.part").write_bytes(b"xxxx")
    assert opened.there(asset(1)) is None


def test_what_was_fetched_first_goes_first_but_never_what_is_in_use(tmp_path: Path) -> None:
    opened = OpenedOriginals(tmp_path, most_bytes=8)
    places = [fetched(opened, asset(number), age_s=number) for number in range(4)]
    opened.tidy(keeping=places[3:])
    assert [place.is_file() for place in places] == [True, True, False, True]


def test_a_folder_that_cannot_be_made_is_expected_trouble(tmp_path: Path) -> None:
    (tmp_path / "opened").write_text("a file is in the way")
    with pytest.raises(FileTroubleError):
        OpenedOriginals(tmp_path / "opened").folder_for(asset(1))


def test_a_library_that_is_forgotten_leaves_its_files_nowhere(tmp_path: Path) -> None:
    opened = OpenedOriginals(tmp_path / "opened")
    theirs = fetched(opened, replace(asset(1), library=shelter_library("morrowtide")))
    ours = fetched(opened, asset(1))
    opened.forget(shelter_library("nordlys"))
    opened.forget(shelter_library("never-opened"))
    assert (ours.exists(), theirs.exists()) == (False, True)


def test_an_account_that_is_removed_takes_what_was_opened_of_it_along(campaign: Campaign) -> None:
    desk = campaign.desk.parts.worker.shelters
    hero = campaign.asset("hero.jpg")
    place = desk.original(hero, desk.opened.folder_for(hero), on_bytes=lambda _: None)
    assert desk.opened.there(hero) == place
    campaign.desk.parts.worker.remove_library(hero.library)
    assert [one for one in campaign.desk.home.rglob("*hero.jpg*") if one.is_file()] == []
