"""A package that brings a kind of library: a pinboard, its maker, and its entry points."""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest

from bridge_app.domain.errors import CredentialsError
from bridge_app.libraries.remote import RemoteLibrary
from bridge_app.libraries.third_parties import KeptSecret, Question, SignedIn
from bridge_app.storage.secrets import Secret
from bridge_app.testing.pictures import jpeg
from tests.libraries.pinboard import Board, Pinboard

RIGHT = "drawing-pin"
METADATA = "Metadata-Version: 2.1\nName: pinboard-library\nVersion: 1.0\n"
ENTRY_POINTS = """
[asset_bridge.libraries]
pinboard = tests.libraries.pinboard_package:MAKER
broken = tests.libraries.no_such_module:MAKER
Not-A-Kind! = tests.libraries.pinboard_package:MAKER
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


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Install the package for one test; something hangs at the board."""
    information = folder / "packages" / "pinboard_library-1.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(METADATA, "utf-8")
    (information / "entry_points.txt").write_text(ENTRY_POINTS, "utf-8")
    monkeypatch.syspath_prepend(str(folder / "packages"))
    monkeypatch.setitem(sys.modules, "tests.libraries.pinboard_package", sys.modules[__name__])
    MAKER.board = Board()
    MAKER.board.put(("Season", "Heroes"), "hero.jpg", jpeg(1))
    return MAKER.board
