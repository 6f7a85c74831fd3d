"""A rendition is dragged by a real mouse from the real window into another program."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor

from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import ACCOUNT
from tests.journeys.desktop import PATIENCE_S, ROOT, Desktop, Told, surroundings_of
from tests.journeys.eyes import Area, Eyes

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xvfb,
    pytest.mark.soak,
    pytest.mark.timeout(900),
]
ORANGE = QColor(230, 120, 20)
"""The picture, all over."""
AT = (10, 20)
FIRST_CELL, PREVIEW = Area(250, 220, 555, 480), Area(890, 60, 1190, 260)
TABS, CARD = Area(890, 390, 1190, 440), Area(890, 490, 1190, 700)
RENDITIONS_X, ABOVE_LINE = 1060, 18
"""Parts of the screen, and where the tab is, over the line below the one that is shown."""


def test_the_other_program_gets_the_delivered_file_and_its_address(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    surroundings = {
        **surroundings_of(tmp_path / "profile"),
        "CLOUDINARY_URL": sandbox.cloudinary_url(ACCOUNT),
        "LANGUAGE": "en_GB",
    }
    frames, masters = tmp_path / "frames", tmp_path / "masters"
    for folder in (frames, masters):
        folder.mkdir()
    Image.new("RGB", (1600, 1200), ORANGE.name()).save(masters / "hero.jpg", quality=95)
    for words in (
        ("account", "add"),
        ("library", "add", str(masters)),
        ("approve", "hero.jpg"),
        ("push", "--approved", "--wait"),
    ):
        program = [sys.executable, "-m", "bridge_app", *words]
        subprocess.run(program, cwd=ROOT, env=surroundings, check=True, timeout=PATIENCE_S)
    with ExitStack() as open_programs:
        desktop = Desktop(surroundings, open_programs, frames=frames)
        eyes = Eyes(frames)
        desktop.start(sys.executable, "-m", "bridge_app")
        other = desktop.start(sys.executable, "tests/journeys/drop_target.py", "--look")
        window = desktop.window("Asset Bridge", *AT, (1180, 820))
        target = desktop.window("Drop target", 1210, 300, (200, 200))
        desktop.click(eyes.await_colour(ORANGE, FIRST_CELL, 3000).middle)
        eyes.await_colour(ORANGE, PREVIEW, 3000)
        line = eyes.await_colour(Theme(Scheme.LIGHT).tokens.accent, TABS, 50)
        desktop.click((RENDITIONS_X, line.top - ABOVE_LINE))
        card = eyes.await_colour(ORANGE, CARD, 3000).middle
        told = Told(other)
        desktop.hold((window, card[0] - AT[0], card[1] - AT[1]), (target, 100, 100), told)
        desktop.let_go()
        dropped = json.loads(told.next())
    ((name, content),) = dropped["files"].items()
    assert name.startswith("hero-")
    assert content.encode("latin-1").startswith(b"\xff\xd8")
    assert "/hero" in dropped["text"]
