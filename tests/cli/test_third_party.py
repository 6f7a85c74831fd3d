"""A library that another package brings, from its entry point to a decision on a master of it."""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from bridge_app.domain.errors import CredentialsError
from bridge_app.libraries.remote import RemoteLibrary
from bridge_app.libraries.third_parties import KeptSecret, LibraryMaker, Question, SignedIn
from bridge_app.storage.secrets import Secret
from bridge_app.testing.pictures import jpeg
from tests.cli.conftest import CommandLine
from tests.libraries.pinboard import Board, Pinboard

RIGHT = "drawing-pin"
METADATA = "Metadata-Version: 2.1\nName: pinboard-library\nVersion: 1.0\n"
ENTRY_POINTS = """
[asset_bridge.libraries]
pinboard = tests.cli.test_third_party:MAKER
broken = tests.cli.no_such_module:MAKER
Not-A-Kind! = tests.cli.test_third_party:MAKER
"""


class PinboardMaker:
    """What the package's entry point names."""

    title = "Pinboard"
    questions = (
        Question(name="wall", label="Wall", usual="north"),
        Question(name="pin", label="Pin", is_secret=True),
    )

    def __init__(self) -> None:
        self.board = Board()

    def sign_in(self, answers: Mapping[str, Secret], *, now: Callable[[], datetime]) -> SignedIn:
        if answers["pin"].reveal() != RIGHT:
            detail = f"that is not the pin of {now():%Y}"
            raise CredentialsError(service=self.title, detail=detail)
        wall = answers["wall"].reveal()
        return SignedIn(
            account=wall, name=f"The {wall} wall", address=f"wall:{wall}", kept=answers["pin"]
        )

    def open(self, account: str, kept: KeptSecret, *, now: Callable[[], datetime]) -> RemoteLibrary:
        told = kept.load()
        assert told is not None
        assert told.reveal() == RIGHT
        assert now().tzinfo is not None
        return Pinboard(self.board, account)


MAKER = PinboardMaker()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """The package, installed; something hangs at the board."""
    information = tmp_path / "packages" / "pinboard_library-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(METADATA, "utf-8")
    (information / "entry_points.txt").write_text(ENTRY_POINTS, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    monkeypatch.setitem(sys.modules, "tests.cli.test_third_party", sys.modules[__name__])
    monkeypatch.setenv("ASSET_BRIDGE_PINBOARD_PIN", RIGHT)
    MAKER.board = Board()
    MAKER.board.put(("Season", "Heroes"), "hero.jpg", jpeg(1))
    return MAKER.board


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
