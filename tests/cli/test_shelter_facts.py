"""What the command line tells of masters at a PhotoShelter-style service."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bridge_app.cli.shelter import KEY_VARIABLE, PASSWORD_VARIABLE
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import DEFAULT_API_KEY, ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT, picture


@dataclass
class Brand:
    """A brand whose library was connected: one master in two galleries."""

    state: ShelterState
    gallery: str
    master: str


@pytest.fixture
def brand(
    empty: CommandLine, decoder: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Brand]:
    sandbox = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
    )
    sandbox.start()
    state = sandbox.shelter
    organization = state.add_organization("Morrowtide")
    state.add_user("editor@example.com", "lighthouse", organizations=[organization])
    state.add_custom_field(organization, "Approval Status", ["In review", "Approved"])
    season = state.add_collection("Season", organization=organization)
    heroes = state.add_gallery("Heroes", organization=organization, parents=[season])
    press = state.add_gallery("Press", organization=organization)
    master = state.add_media(
        "hero.jpg",
        galleries=[heroes, press],
        data=picture(tmp_path / "hero.jpg").read_bytes(),
        custom={"Approval Status": "In review"},
        iptc={
            "title": "First light",
            "keywords": ["approval:approved"],
            "instructions": "[[rights regions=NO,SE channels=web expires=2100-01-01]]",
        },
        model_released=True,
    )
    monkeypatch.setenv(KEY_VARIABLE, DEFAULT_API_KEY)
    monkeypatch.setenv(PASSWORD_VARIABLE, "lighthouse")
    address = f"{sandbox.url}/psapi/v4.0"
    connected = empty("library", "connect", address, "--email", "editor@example.com")
    assert connected.status == 0
    yield Brand(state=state, gallery=heroes, master=master)
    sandbox.stop()


def test_a_master_is_told_with_what_its_service_says(empty: CommandLine, brand: Brand) -> None:
    (found,) = empty("search", "light", "--library", "Morrowtide", "--json").lines
    assert found["shelter"]["media_id"] == brand.master
    assert found["shelter"]["galleries"] == ["Season/Heroes", "Press"]
    assert found["shelter"]["custom"] == {"Approval Status": "In review"}
    assert found["restrictions"] == {
        "territories": ["NO", "SE"],
        "channels": ["web"],
        "model_released": True,
        "property_released": None,
        "archived": False,
    }
    (shown,) = empty("show", "hero.jpg", "--json").lines
    assert shown["shelter"]["approval"] == {
        "agrees": False,
        "sources": [
            {"source": "custom field", "state": "in_review"},
            {"source": "keyword", "state": "approved"},
        ],
    }
    assert shown["shelter"]["recorded"] is None
    assert {name: shown["shelter"][name] for name in found["shelter"]} == found["shelter"]


def test_a_file_on_this_disk_has_no_service_that_says_something(command: CommandLine) -> None:
    assert command.asset("tall_02.jpg")["shelter"] is None
    assert {line["shelter"] for line in command("library", "list", "--json").lines} == {None}
    assert command("search", "--library", "Nowhere").status == 1


def test_a_library_tells_how_far_it_is(empty: CommandLine, brand: Brand) -> None:
    (library,) = empty("library", "list", "--json").lines
    told = library["shelter"]
    assert (told["organization"], told["email"]) == ("Morrowtide", "editor@example.com")
    assert (told["complete"], told["galleries"], told["galleries_read"]) == (True, 2, 2)
    assert told["kept_offline"] == []
    assert empty("library", "keep", "Morrowtide", "Season").status == 0
    (library,) = empty("library", "list", "--json").lines
    assert library["shelter"]["kept_offline"] == ["Season"]


def test_a_master_whose_bytes_were_never_here_is_approved(empty: CommandLine, brand: Brand) -> None:
    decided = empty("approve", "hero.jpg", "--comment", "Fits.")
    assert (decided.status, "1 recorded: approved." in decided.err) == (0, True)
    (shown,) = empty("show", "hero.jpg", "--json").lines
    assert shown["approval"] == "approved"


def test_the_services_own_search_finds_what_was_not_synced(
    empty: CommandLine, brand: Brand
) -> None:
    brand.state.add_media(
        "seal.jpg", galleries=[brand.gallery], size=1_000, iptc={"keywords": ["grey seal"]}
    )
    assert empty("search", "seal").out == ""
    (found,) = empty("search", "--online", "seal", "--json").lines
    assert (found["name"], found["shelter"]["galleries"]) == ("seal.jpg", ["Season/Heroes"])
    assert "seal.jpg" in empty("search", "seal").out


def test_a_library_that_is_signed_out_is_still_searched_here_but_not_there(
    empty: CommandLine, brand: Brand
) -> None:
    assert empty("library", "sign-out", "Morrowtide").status == 0
    refused = empty("search", "--online", "light")
    assert (refused.status, "Morrowtide" in refused.err) == (1, True)
    assert "hero.jpg" in empty("search", "light").out
