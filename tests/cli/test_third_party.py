"""A library that another package brings, from its entry point to a decision on a master of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.libraries.third_parties import LibraryMaker
from bridge_app.testing.pictures import jpeg
from tests.cli.conftest import CommandLine
from tests.libraries.pinboard import Board
from tests.libraries.pinboard_package import MAKER, RIGHT, install

HERO = "Season/Heroes/hero.jpg"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """The package, installed; its secret is in the environment."""
    monkeypatch.setenv("ASSET_BRIDGE_PINBOARD_PIN", RIGHT)
    return install(tmp_path, monkeypatch)


def test_what_fits_the_port_is_a_maker_of_libraries() -> None:
    made: LibraryMaker = MAKER
    assert made.title == "Pinboard"


def test_a_library_of_another_package_is_read_shown_and_decided_on(
    empty: CommandLine, package: Board
) -> None:
    assert empty("library", "connect-other", "--json").lines == [
        {"kind": "pinboard", "package": "pinboard-library"},
        {"kind": "broken", "package": "pinboard-library"},
    ]
    connected = empty("library", "connect-other", "pinboard")
    assert (connected.status, connected.out) == (0, "The north wall: 1 assets in 1 galleries.\n")
    (found,) = empty("search", "hero", "--json").lines
    assert found["shelter"]["galleries"] == ["Season/Heroes"]
    assert empty("approve", "hero.jpg").status == 0
    package.put(("Season", "Heroes"), "second.jpg", jpeg(2))
    assert empty("library", "sync", "The north wall").status == 0
    states = {line["name"]: line["approval"] for line in empty("search", "--json").lines}
    assert states == {"hero.jpg": "approved", "second.jpg": "draft"}


def test_a_library_that_is_only_read_is_pushed_from_without_a_job_that_fails(
    with_account: CommandLine, package: Board
) -> None:
    assert with_account("library", "connect-other", "pinboard").status == 0
    assert with_account("approve", HERO).status == 0
    assert with_account("push", HERO, "--wait").status == 0
    assert with_account("write-back", HERO).status == 0
    jobs = {line["kind"]: line["state"] for line in with_account("jobs", "--json").lines}
    assert set(jobs.values()) == {"done"}, jobs
    libraries = with_account("library", "list", "--json").lines
    assert [one["shelter"]["write_back"] for one in libraries if one["shelter"]] == ["off"]


def test_what_a_service_says_of_an_approval_is_signed_by_its_name(
    empty: CommandLine, package: Board
) -> None:
    (pin,) = package.pins
    package.pins[pin] = replace(package.pins[pin], iptc={"keywords": ("approval:rejected",)})
    assert empty("library", "connect-other", "pinboard").status == 0
    assert "Pinboard · keyword" in empty("show", "hero.jpg").out
    assert empty("approve", "hero.jpg").status == 0
    empty("library", "sync", "The north wall")
    assert empty("search", "--json").lines[0]["approval"] == "rejected"


def test_a_wrong_answer_adds_nothing_and_a_missing_one_is_named(
    empty: CommandLine, package: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSET_BRIDGE_PINBOARD_PIN", "guessed")
    assert empty("library", "connect-other", "pinboard").status == 1
    monkeypatch.delenv("ASSET_BRIDGE_PINBOARD_PIN")
    missing = empty("library", "connect-other", "pinboard")
    assert (missing.status, "ASSET_BRIDGE_PINBOARD_PIN" in missing.err) == (2, True)
    assert empty("library", "list").out == ""


def test_without_its_package_a_library_stays_as_it_was_and_says_what_is_missing(
    empty: CommandLine, package: Board, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert empty("library", "connect-other", "pinboard").status == 0
    (tmp_path / "packages" / "pinboard_library-1.0.dist-info" / "entry_points.txt").unlink()
    refused = empty("search", "--online", "hero")
    assert (refused.status, "pinboard" in refused.err) == (1, True)
    assert "hero.jpg" in empty("search", "hero").out
    broken = empty("library", "connect-other", "broken")
    assert broken.status == 1
    assert "pinboard" not in empty("library", "connect-other").out
