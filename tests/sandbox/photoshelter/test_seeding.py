"""The sample library: every case that a library has to bring."""

from collections import Counter
from pathlib import Path

import pytest

from bridge_app.sandbox.photoshelter.ids import MEDIA_ID
from bridge_app.sandbox.photoshelter.records import Holds, Mode
from bridge_app.sandbox.photoshelter.seeding import PASSWORD, Seeded, address_of, seed_sample
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox, utc_now
from tests.sandbox.photoshelter.conftest import People


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> ShelterState:
    folder = tmp_path_factory.mktemp("sample")
    return ShelterState(folder, keeps=False, settings=ShelterSettings(), now=utc_now)


@pytest.fixture(scope="module")
def seeded(state: ShelterState) -> Seeded:
    return seed_sample(state)


def test_it_has_the_size_that_is_agreed(state: ShelterState, seeded: Seeded) -> None:
    kinds = Counter(one.kind for one in state.store.containers())
    assert (kinds[Holds.COLLECTION], kinds[Holds.GALLERY]) == (3, 8)
    media = state.store.owned(seeded.organization)
    assert 110 <= len(media) <= 130
    assert {one.kind for one in media} == {"image", "video", "audio", "document"}
    assert all(MEDIA_ID.fullmatch(one.id) for one in media)
    assert len(state.store.organizations()) == 2


def test_it_has_the_cases_that_are_agreed(state: ShelterState, seeded: Seeded) -> None:
    media = state.store.owned(seeded.organization)
    names = Counter(one.file_name for one in media)
    assert names["same-name.jpg"] == 3
    assert {"nef", "dng", "psd", "heic", "pdf"} <= {name.rpartition(".")[2] for name in names}
    folded = Counter(one.id.casefold() for one in media)
    assert 2 in folded.values()
    assert any(one.id.endswith(".") for one in media)
    blocks = " ".join(one.iptc["instructions"] or "" for one in media)
    assert "embargo=" in blocks
    assert "expires=someday" in blocks
    assert f"expires={utc_now().year - 1}" in blocks or f"expires={utc_now().year}" in blocks
    assert any(one.model_released is None for one in media)
    assert any(one.license_expires_at for one in media)
    both = state.container(seeded.containers["Product Stills"])
    assert [state.container(one).mode for one in both.parents] == [Mode.PRIVATE, Mode.EVERYONE]
    assert any("/" in one.name for one in state.store.containers())


def test_it_is_the_same_each_time(seeded: Seeded, tmp_path: Path) -> None:
    again = ShelterState(tmp_path, keeps=False, settings=ShelterSettings(), now=utc_now)
    assert seed_sample(again) == seeded


def test_it_is_put_in_once(tmp_path: Path) -> None:
    for _ in range(2):
        state = ShelterState(tmp_path, keeps=True, settings=ShelterSettings(), now=utc_now)
        state.seed(seed_sample)
        state.close()
        assert len(state.store.organizations()) == 2


@pytest.mark.parametrize("role", ["admin", "editor", "tagger"])
def test_its_people_see_it(served: Sandbox, people: People, role: str) -> None:
    seeded = seed_sample(served.shelter)
    person = people(served).sign_in(
        address_of(role), organization=seeded.organization, password=PASSWORD
    )
    assert len(person.data("/library")) == 3
    assert len(person.data("/galleries")) == 8
