"""PhotoShelter-style libraries on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.cli.shelter import KEY_VARIABLE, PASSWORD_VARIABLE
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import DEFAULT_API_KEY, ShelterSettings
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT, picture


@pytest.fixture
def service(
    decoder: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sandbox]:
    """Two organisations with one editor, whose key and password are in the environment."""
    made = Sandbox(accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None))
    made.start()
    state = made.shelter
    brand, other = state.add_organization("Morrowtide"), state.add_organization("Other")
    state.add_user("editor@example.com", "lighthouse", organizations=[brand, other])
    gallery = state.add_gallery("Heroes", organization=brand)
    data = picture(tmp_path / "hero.jpg").read_bytes()
    state.add_media("hero.jpg", galleries=[gallery], data=data)
    monkeypatch.setenv(KEY_VARIABLE, DEFAULT_API_KEY)
    monkeypatch.setenv(PASSWORD_VARIABLE, "lighthouse")
    yield made
    made.stop()


def connect(command: CommandLine, service: Sandbox, organization: str) -> tuple[int, str]:
    answer = command(
        *("library", "connect", f"{service.url}/psapi/v4.0", "--email", "editor@example.com"),
        *("--organization", organization),
    )
    return answer.status, answer.out + answer.err


def test_a_library_is_connected_listed_kept_offline_and_its_originals_are_downloaded(
    empty: CommandLine, service: Sandbox, tmp_path: Path
) -> None:
    assert connect(empty, service, "Morrowtide") == (
        0,
        "Morrowtide: 1 assets in 1 galleries.\n",
    )
    (listed,) = empty("library", "list", "--json").lines
    assert (listed["kind"], listed["assets"]) == ("photoshelter", 1)
    (plan,) = empty("library", "keep", "Morrowtide", "Heroes", "--dry-run", "--json").lines
    assert (plan["assets"], plan["already"]) == (1, 0)
    kept = empty("library", "keep", "Morrowtide", "Heroes", "--originals")
    assert (kept.status, "1 of 1 are here." in kept.err) == (0, True)
    pulled = empty("pull", "hero.jpg", "--to", str(tmp_path / "out"))
    assert pulled.status == 0
    assert (tmp_path / "out/hero.jpg").read_bytes() == (tmp_path / "hero.jpg").read_bytes()
    assert empty("library", "let-go", "Morrowtide", "Heroes").status == 0


def test_an_organisation_that_is_none_of_mine_adds_nothing_and_says_which_there_are(
    empty: CommandLine, service: Sandbox
) -> None:
    status, said = connect(empty, service, "Third")
    assert status == 2
    assert "Morrowtide" in said
    assert empty("library", "list").out == ""


def test_secrets_are_asked_for_or_in_the_environment_and_never_arguments(
    empty: CommandLine, service: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE)
    status, said = connect(empty, service, "Morrowtide")
    assert (status, PASSWORD_VARIABLE in said) == (2, True)
