"""Somebody who has never seen it: from the first start to a rendition in another program.

With a mouse and a keyboard alone, on a profile that is not there yet. Each click, key, typed text
and drag counts. `NEWCOMER_PICTURES=FOLDER` keeps a picture after each of them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor

from bridge_app.ui.theme import Scheme, Theme
from tests.journeys.desktop import Desktop, skip_without_programs
from tests.journeys.eyes import Area, Eyes

pytestmark = [pytest.mark.journey, pytest.mark.xvfb, pytest.mark.timeout(900)]
MOST = 25
SCREEN = (1900, 920)
ORANGE = QColor(230, 120, 20)
"""The newcomer's picture, all over."""
TRIES = 3
STEPS = 6
"""Of the tour."""
STRIP, GRID = (0.2, 0.15, 0.75, 0.32), (0.17, 0.15, 0.74, 1)
PREVIEW, TABS, CARD = (0.78, 0, 1, 0.4), (0.78, 0.4, 1, 0.55), (0.8, 0.58, 0.98, 0.75)
FIRST = (0.17, 0.15, 0.3, 0.55)
"""Parts of the window, in fractions of its edges."""
MANY = 600
"""Colours: the window itself has fewer, a picture more."""


class Newcomer:
    """Has a mouse, a keyboard and eyes; whatever is done is counted."""

    def __init__(self, home: Path, open_programs: ExitStack) -> None:
        frames = home / "frames"
        frames.mkdir(parents=True)
        kept = ("PATH", "LANG", "LC_ALL", "TMPDIR")
        surroundings = {name: os.environ[name] for name in kept if name in os.environ}
        surroundings |= {
            "HOME": str(home),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "LANGUAGE": "en_GB",
        }
        screen = f"{SCREEN[0]}x{SCREEN[1]}x24"
        self.desktop = Desktop(surroundings, open_programs, screen=screen, frames=frames)
        self.eyes = Eyes(frames)
        self.looks = Theme(Scheme.LIGHT).tokens
        self.count = 0
        self.app = self.desktop.start(sys.executable, "-m", "bridge_app")
        self.window = self._window("Asset Bridge")
        self.area = self._area(self.window)
        self._pictures = os.environ.get("NEWCOMER_PICTURES", "")

    def click(self, place: tuple[int, int], what: str) -> None:
        self._do(what, "mousemove", *map(str, place), "click", "1")

    def key(self, keys: str, what: str) -> None:
        self._do(what, "key", keys)

    def type(self, text: str, what: str) -> None:
        self._do(what, "type", "--delay", "4", text)

    def drag(self, source: tuple[int, int], program: subprocess.Popen[str]) -> dict[str, bytes]:
        """Drag into the other program until it has got it; the files that it then has."""
        other = self._window("Drop target")
        self.desktop.call(
            "xdotool", "windowmove", "--sync", other, str(self.area.right + 30), "300"
        )
        onto = self._area(other).middle
        assert program.stdout is not None
        for _ in range(TRIES):
            self.count += 1
            self.desktop.drag(
                (self.window, source[0] - self.area.left, source[1] - self.area.top),
                (self.window, onto[0] - self.area.left, onto[1] - self.area.top),
            )
            line = program.stdout.readline()
            self.see("drag")
            files: dict[str, str] = json.loads(line)["files"]
            if files:
                return {name: text.encode("latin-1") for name, text in files.items()}
        return {}

    def see(self, what: str) -> None:
        """Keep a picture of what can be seen now, if somebody wants pictures."""
        if self._pictures:
            self.eyes.picture(Path(self._pictures) / f"{self.count:02}-{what}.png")

    def part(self, left: float, top: float, right: float, bottom: float) -> Area:
        """A part of the window, in fractions of its edges."""
        area = self.area
        width, height = area.right - area.left, area.bottom - area.top
        return Area(
            area.left + round(left * width),
            area.top + round(top * height),
            area.left + round(right * width),
            area.top + round(bottom * height),
        )

    def dialog(self, title: str) -> Area:
        """Where the dialog of that title is, once it is there."""
        return self._area(self._window(title))

    def gone(self, title: str) -> None:
        """Wait until that window is not there any more."""
        search = ("xdotool", "search", "--onlyvisible", "--name", f"^{title}")
        self.eyes.until(lambda: not self.desktop.call(*search, check=False), f"no {title}")

    def _do(self, what: str, *words: str) -> None:
        self.see(what)
        self.count += 1
        self.desktop.call("xdotool", *words)

    def _window(self, title: str) -> str:
        search = ("xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}")
        tries = (self.desktop.call(*search, check=False).split() for _ in range(TRIES))
        return next(found[-1] for found in tries if found)

    def _area(self, window: str) -> Area:
        told = self.desktop.call("xdotool", "getwindowgeometry", "--shell", window)
        facts = dict(line.split("=") for line in told.split())
        left, top = int(facts["X"]), int(facts["Y"])
        return Area(left, top, left + int(facts["WIDTH"]), top + int(facts["HEIGHT"]))


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Newcomer]:
    skip_without_programs()
    with ExitStack() as open_programs:
        yield Newcomer(tmp_path / "home", open_programs)


def test_a_newcomers_own_picture_is_delivered_into_another_program(
    newcomer: Newcomer, tmp_path: Path
) -> None:
    masters = tmp_path / "masters"
    masters.mkdir()
    Image.new("RGB", (1600, 1000), ORANGE.name()).save(masters / "orange.jpg", quality=95)
    eyes, grid = newcomer.eyes, newcomer.part(*GRID)
    first_way = eyes.await_colour(newcomer.looks.accent, newcomer.part(*STRIP), 1000)
    newcomer.click((first_way.right + 60, first_way.middle[1]), "add-a-folder")
    newcomer.dialog("Add a folder")
    newcomer.type(str(masters), "its-path")
    newcomer.key("Return", "choose-it")
    newcomer.gone("Add a folder")
    newcomer.click(eyes.await_colour(ORANGE, grid, 3000).middle, "the-picture")
    eyes.await_colour(ORANGE, newcomer.part(*PREVIEW), 3000)
    newcomer.key("a", "approve")
    eyes.await_colour(newcomer.looks.positive.fill, grid, 100)
    deliver(newcomer)
    card = eyes.await_colour(ORANGE, newcomer.part(*CARD), 3000)
    ((name, content),) = take(newcomer, card).items()
    assert name.startswith("orange")
    assert len(content) > 1000
    assert newcomer.count < MOST


@pytest.mark.soak
def test_a_newcomer_delivers_a_picture_of_the_demo(newcomer: Newcomer) -> None:
    eyes, grid = newcomer.eyes, newcomer.part(*GRID)
    strip = eyes.await_colour(newcomer.looks.accent, newcomer.part(*STRIP), 1000)
    eyes.await_colour(newcomer.looks.warning.fill, grid, 300)
    newcomer.click(strip.middle, "take-the-tour")
    for number in range(STEPS - 1):
        newcomer.key("Right", f"tour-step-{number + 1}")
    newcomer.key("Return", "tour-done")
    accent, place = newcomer.looks.accent, newcomer.part(*STRIP)
    eyes.until(lambda: eyes.find(accent, place, 1000) is None, "no strip any more")
    waits = eyes.await_colour(newcomer.looks.warning.fill, newcomer.part(*FIRST), 300)
    newcomer.click((waits.middle[0], waits.bottom + 40), "the-first-picture")
    eyes.until(lambda: eyes.colours(newcomer.part(*PREVIEW)) > MANY, "the picture, large")
    newcomer.key("a", "approve")
    deliver(newcomer)
    card = newcomer.part(*CARD)
    eyes.until(lambda: eyes.colours(card) > MANY, "a rendition")
    files = take(newcomer, card)
    assert [content[:3] for content in files.values()] == [b"\xff\xd8\xff"]
    assert newcomer.count < MOST


def deliver(newcomer: Newcomer) -> None:
    """Push what is chosen, and look at its renditions."""
    eyes, accent = newcomer.eyes, newcomer.looks.accent
    newcomer.key("ctrl+u", "push")
    sheet = newcomer.dialog("Push to")
    eyes.await_colour(accent, Area(sheet.left, sheet.bottom - 80, *sheet[2:]), 1000)
    newcomer.key("ctrl+Return", "send-it")
    newcomer.gone("Push to")
    line = eyes.await_colour(accent, newcomer.part(*TABS), 50)
    newcomer.click((newcomer.area.right - 126, line.top - 18), "renditions")


def take(newcomer: Newcomer, card: Area) -> dict[str, bytes]:
    """Drag the rendition into another program; the files that it has then."""
    other = newcomer.desktop.start(sys.executable, "tests/journeys/drop_target.py")
    files = newcomer.drag(card.middle, other)
    assert newcomer.app.poll() is None
    return files
