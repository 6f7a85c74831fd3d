"""Links and files in a command's place are shown; commands stay commands."""

import argparse
from pathlib import Path

import pytest

from bridge_app.cli import opening
from bridge_app.cli.main import main


@pytest.fixture
def opened(ours: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """What the window was asked to show, each time it was to be opened."""
    asked: list[tuple[str, ...]] = []

    def window(arguments: argparse.Namespace) -> int:
        asked.append(arguments.opened)
        return 0

    monkeypatch.setattr(opening, "window", window)
    monkeypatch.setenv("ASSET_BRIDGE_HOME", str(tmp_path / "profile"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hero.jpg").write_bytes(b"x")
    (tmp_path / "jobs").write_bytes(b"x")
    return asked


@pytest.mark.parametrize(
    "words",
    [
        ["asset-bridge://search?q=a"],
        ["ASSET-BRIDGE:nothing"],
        ["hero.jpg"],
        ["file:///tmp/a%20b.jpg", "hero.jpg"],
    ],
)
def test_what_names_something_is_shown(opened: list[tuple[str, ...]], words: list[str]) -> None:
    assert main(words) == 0
    assert main(["--debug", *words]) == 0
    assert opened == [tuple(words)] * 2


def test_a_command_is_a_command_whatever_files_are_called(opened: list[tuple[str, ...]]) -> None:
    assert main([]) == 0
    assert opened == [()]
    assert main(["jobs"]) == 0
    for words in (["hero.jpeg"], ["hero.jpg", "--no-such-option"]):
        with pytest.raises(SystemExit):
            main(words)
    assert opened == [()]
