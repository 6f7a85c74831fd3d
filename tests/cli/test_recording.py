"""From intake to archive on the command line."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bridge_app.cli.shelter import KEY_VARIABLE, PASSWORD_VARIABLE
from bridge_app.libraries.photoshelter import service
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import DEFAULT_API_KEY, ShelterSettings
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT
from tests.work.campaign import EMAIL, PASSWORD, Brand


@pytest.fixture
def brand(decoder: DecoderPool, monkeypatch: pytest.MonkeyPatch) -> Iterator[Brand]:
    """A campaign at the service, and Cloudinary beside it."""
    monkeypatch.setattr(service, "Pacing", partial(Pacing, per_s=10_000.0))
    sandbox = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
    )
    made = Brand(state=sandbox.shelter, url=sandbox.url)
    made.move_in()
    made.add("hero.jpg")
    sandbox.start()
    monkeypatch.setenv(KEY_VARIABLE, DEFAULT_API_KEY)
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    monkeypatch.setenv("CLOUDINARY_URL", sandbox.cloudinary_url(ACCOUNT))
    yield made
    sandbox.stop()


@pytest.fixture
def connected(empty: CommandLine, brand: Brand) -> CommandLine:
    """Both services are known."""
    assert empty("account", "add").status == 0
    connect = ("library", "connect", f"{brand.url}/psapi/v4.0", "--email", EMAIL)
    assert empty(*connect).status == 0
    return empty


def test_from_intake_to_archive_and_back(connected: CommandLine, brand: Brand) -> None:
    assert connected("library", "intake", "mark", "Morrowtide", "Spring 2027/Finals").status == 0
    (folder,) = connected("library", "intake", "list", "--json").lines
    assert (folder["folder"], folder["waiting"]) == ("Spring 2027/Finals", 1)
    (waiting,) = connected("library", "intake", "queue", "--json").lines
    assert (waiting["name"], waiting["approval"]) == ("hero.jpg", "in_review")
    decide = ("library", "intake", "decide", "--all", "Morrowtide")
    assert connected(*decide).status == 2
    said = connected(*decide, "--approve", "--tag", "dawn")
    assert (said.status, "1 recorded: approved" in said.err) == (0, True)
    assert connected("push", "hero.jpg", "--wait").status == 0
    assert connected("renditions", "hero.jpg", "--set", "social-square", "--in-cloud").status == 0

    assert connected("write-back").status == 2
    (record,) = connected("write-back", "--all", "--json").lines
    assert [one["name"] for one in record["published"]] == ["social-square"]
    (record,) = connected("write-back", "hero.jpg", "--dry-run", "--json").lines
    assert record["state"] == "recorded"
    assert "hero__renditions.json" in brand.files("Finals · renditions")
    assert "dawn" in brand.keywords("hero.jpg")

    archive = ("archive", "Spring 2027", "--year", "2027")
    steps = connected(*archive, "--dry-run", "--json").lines
    assert [one["action"] for one in steps][-2:] == ["move", "close"]
    assert brand.containers("_Archive") == []
    assert connected(*archive).status == 2
    assert connected(*archive, "--yes").status == 0
    (listed,) = connected("archive", "--list", "--json").lines
    assert (listed["state"], listed["steps"]) == ("done", listed["done"])
    assert (Path(listed["folder"]) / "bagit.txt").is_file()
    assert len(brand.containers("_Archive")) == 1
    assert connected("archive", "--undo", listed["id"]).status == 0
    assert connected("archive", "--list", "--json").lines[0]["state"] == "undone"
    assert brand.state.container(brand.campaign).parents == ()


def test_how_renditions_are_recorded_is_chosen_per_library_and_collection(
    connected: CommandLine,
) -> None:
    choose = ("library", "write-back", "Morrowtide")
    assert connected(*choose, "file").status == 0
    assert connected(*choose, "off", "--folder", "Spring 2027").status == 0
    assert connected(*choose, "inherit", "--folder", "Spring 2027").status == 0
    assert connected(*choose, "inherit").status == 2
    assert connected(*choose, "link", "--folder", "Autumn").status == 1
    assert connected("library", "write-back", "Nobody", "link").status == 1
