"""Files that are not there yet, dragged by a real mouse from our process into another one."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desktop import Desktop, Told, skip_without_programs

pytestmark = [pytest.mark.journey, pytest.mark.xvfb]
ADDRESS = "https://delivery.example/first.jpg"
FILES = {"picture_00001-{}.jpg": "first", "picture_00001-{} (2).jpg": "second"}


class Drags:
    """Our window and another program's, and what both say."""

    def __init__(self, desktop: Desktop, folder: Path, *words: str) -> None:
        self.desktop = desktop
        self._folder = folder
        os.mkfifo(folder / "second")
        python = sys.executable
        self.ours = desktop.start(python, "-m", "tests.journeys.late_source", str(folder))
        self.other = desktop.start(python, "tests/journeys/drop_target.py", "--tell", *words)
        self.source = (desktop.window("Late source", 20, 40, (200, 120)), 60, 60)
        self.target = (desktop.window("Drop target", 600, 300, (300, 200)), 150, 100)
        self._ours, self._other = Told(self.ours), Told(self.other)

    def hold(self) -> list[str]:
        """Ours is dragged onto the other, which would take it; the names that it is told."""
        names: list[str] = json.loads(self.desktop.hold(self.source, self.target, self._other))[
            "held"
        ]
        assert self.told() == "waits"
        return names

    def drop(self) -> None:
        """The same, and dropped, while the files are waited for."""
        self.hold()
        self.desktop.let_go()

    def make(self, text: str) -> None:
        """The file that is waited for is there now."""
        (self._folder / "second").write_text(text)

    def told(self) -> str:
        """The next thing our window says."""
        return self._ours.next()

    def heard(self) -> dict[str, Any]:
        """The next thing the other program says."""
        found: dict[str, Any] = json.loads(self._other.next())
        return found


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    skip_without_programs()
    surroundings = {name: text for name, text in os.environ.items() if name != "WAYLAND_DISPLAY"}
    with ExitStack() as open_programs:
        yield Desktop({**surroundings, "PYTHONPATH": "."}, open_programs)


def named(files: dict[str, str]) -> dict[str, str]:
    """The names have the preset's in them."""
    from bridge_app.domain.presets import READY_PRESETS  # noqa: PLC0415

    return {name.format(READY_PRESETS[0].name): text for name, text in files.items()}


def test_a_drop_waits_for_its_files_and_two_of_one_name_get_two(
    desktop: Desktop, tmp_path: Path
) -> None:
    drags = Drags(desktop, tmp_path, "--look")
    # A program that looks while the pointer is over it learns what the files will be called.
    assert drags.hold() == list(named(FILES))
    desktop.let_go()
    drags.make("second")
    dropped = drags.heard()
    assert dropped["files"] == named(FILES)
    assert dropped["text"] == f"{ADDRESS}\n{ADDRESS}"
    assert sorted(drags.told() for _ in range(3)) == ["ended", "left 2", "taken 2"]


@pytest.mark.soak
def test_escape_ends_a_drop_that_waits_and_leaves_nothing(desktop: Desktop, tmp_path: Path) -> None:
    drags = Drags(desktop, tmp_path)
    drags.drop()
    desktop.press("Escape")
    assert drags.told() == "ended"
    drags.make("second")
    assert drags.told() == "left 0"
    assert drags.ours.poll() is None


@pytest.mark.soak
def test_trouble_calls_a_drop_off_and_is_told(desktop: Desktop, tmp_path: Path) -> None:
    drags = Drags(desktop, tmp_path)
    drags.drop()
    drags.make("refuse")
    assert sorted(drags.told() for _ in range(3)) == ["ended", "failed NotFoundError", "left 0"]


@pytest.mark.soak
def test_a_target_that_is_killed_takes_nobody_with_it(desktop: Desktop, tmp_path: Path) -> None:
    drags = Drags(desktop, tmp_path)
    drags.drop()
    drags.other.kill()
    drags.make("second")
    assert "ended" in [drags.told() for _ in range(3)]
    assert drags.ours.poll() is None
