"""Accounts of PhotoShelter-style services in the ledger, and their masters in the catalog."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind, LibraryKind
from bridge_app.domain.shelter import ShelterAsset, Visibility
from bridge_app.domain.shelter_reading import read
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.shelter_mirror import Placed, ShelterMirror
from bridge_app.storage.shelter_rows import as_asset, comparable
from bridge_app.storage.shelter_state import ShelterSync
from bridge_app.storage.shelters import KeptContainer, ShelterRecord, Shelters, WriteBackMode

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BRAND = ShelterRecord(
    account="brand",
    name="Morrowtide",
    base_url="https://www.example.com/psapi/v4.0",
    organization="Morrowtide",
    organization_id="O0000k9JhGfDs.56",
    email="editor@example.com",
)
HERO = ShelterAsset(
    account="brand", media_id="I0000zT5.yU_8iO1p", kind=Kind.IMAGE, file_name="hero.tif", bytes=12
)


@pytest.fixture
def shelters(tmp_path: Path) -> Iterator[Shelters]:
    ledger = open_ledger(tmp_path / "ledger.db")
    yield Shelters(ledger)
    ledger.close()


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[ShelterMirror]:
    open_ledger(tmp_path / "ledger.db").close()
    catalog = Catalog.open(tmp_path / "catalog.db", ledger=tmp_path / "ledger.db")
    yield ShelterMirror(catalog.writer)
    catalog.close()


def placed(asset: ShelterAsset, folder: str = "") -> Placed:
    row = as_asset(asset, read(asset, ()), folder=folder)
    return Placed(told=asset, row=row, home="", galleries=(), approval="")


def paths(mirror: ShelterMirror) -> list[str]:
    with mirror._writer.reading() as connection:
        rows = connection.execute("SELECT path FROM asset ORDER BY path").fetchall()
    return [row[0].decode() for row in rows]


def test_an_account_is_a_library_and_new_credentials_keep_how_it_writes_back(
    shelters: Shelters,
) -> None:
    shelters.put(BRAND, at=NOW)
    shelters.set_write_back("brand", WriteBackMode.FILE)
    shelters.put(replace(BRAND, email="other@example.com"), at=NOW)
    (record,) = shelters.records()
    assert (record.email, record.write_back) == ("other@example.com", WriteBackMode.FILE)
    assert record.library.kind is LibraryKind.PHOTOSHELTER
    assert record.library.id == "photoshelter:brand"


def test_what_is_kept_for_offline_and_what_is_intake_goes_with_the_account(
    shelters: Shelters,
) -> None:
    shelters.put(BRAND, at=NOW)
    shelters.keep("brand", KeptContainer(container="G1", originals=False), at=NOW)
    shelters.keep("brand", KeptContainer(container="G1", originals=True), at=NOW)
    shelters.set_intake("brand", "G2", on=True, at=NOW)
    shelters.set_intake("brand", "G3", on=True, at=NOW)
    shelters.set_intake("brand", "G3", on=False, at=NOW)
    assert shelters.kept("brand") == (KeptContainer(container="G1", originals=True),)
    assert shelters.intakes("brand") == {"G2"}
    shelters.remove("brand")
    assert shelters.records() == ()
    assert shelters.kept("brand") == ()
    assert shelters.intakes("brand") == frozenset()


def test_ids_that_differ_by_case_alone_are_two_masters(mirror: ShelterMirror) -> None:
    other = replace(HERO, media_id="I0000zT5.yU_8iO1P", file_name="HERO.tif")
    mirror.put("brand", [placed(HERO), placed(other)])
    assert mirror.count("brand") == 2
    assert set(mirror.known("brand", [HERO.media_id])) == {HERO.media_id}


def test_files_of_one_name_in_one_folder_are_told_apart(mirror: ShelterMirror) -> None:
    twins = [replace(HERO, media_id=f"I0000twin0000000{number}") for number in (1, 2)]
    mirror.put("brand", [placed(one, "Heroes") for one in twins])
    mirror.put("brand", [placed(one, "Heroes") for one in twins])
    assert paths(mirror) == ["Heroes/hero (000002).tif", "Heroes/hero.tif"]


def test_how_far_a_sync_came_is_what_was_written(mirror: ShelterMirror) -> None:
    state = ShelterSync(
        account="brand",
        listing=3,
        todo=(("", 2), ("C1", 1)),
        batch=("G1", "G2"),
        since="2026-03-01T00:00:00Z",
        page=4,
        newest="2026-11-21T00:00:00Z",
        difference=2,
    )
    mirror.put("brand", [], state)
    assert mirror.state("brand") == state
    assert mirror.state("other") == ShelterSync(account="other")


words = st.text(max_size=30)
masters = st.builds(
    ShelterAsset,
    account=st.just("brand"),
    media_id=st.just(HERO.media_id),
    kind=st.sampled_from(Kind),
    file_name=words,
    bytes=st.integers(0, 2**40),
    iptc=st.dictionaries(words, st.one_of(words, st.lists(words, max_size=3).map(tuple))),
    custom=st.dictionaries(words, words, max_size=3),
    rating=st.one_of(st.none(), st.integers(-1, 254)),
    model_released=st.one_of(st.none(), st.booleans()),
    visibility=st.sampled_from(Visibility),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=masters)
def test_whatever_the_service_says_of_a_master_is_read_back_as_it_was(
    told: ShelterAsset, mirror: ShelterMirror
) -> None:
    mirror.put("brand", [placed(told, "Heroes")])
    assert mirror.known("brand", [HERO.media_id])[HERO.media_id].asset == told
    (path,) = paths(mirror)
    assert path.count("/") == 1


def test_times_compare_as_text_whatever_fractions_the_service_tells() -> None:
    assert comparable("2026-11-21T12:00:00.136828Z") == "2026-11-21T12:00:00Z"
    assert comparable("") == ""
