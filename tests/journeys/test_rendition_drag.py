"""A rendition is dragged by a real mouse from the real window into another program."""

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, picture
from tests.journeys.desktop import PATIENCE_S, ROOT, TRIES, Desktop, surroundings_of

pytestmark = [pytest.mark.journey, pytest.mark.xvfb, pytest.mark.soak]
FIRST_ASSET, RENDITIONS, FIRST_CARD = (330, 330), (1042, 392), (1020, 540)


def test_the_other_program_gets_the_delivered_file_and_its_address(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    surroundings = {
        **surroundings_of(tmp_path / "profile"),
        "CLOUDINARY_URL": sandbox.cloudinary_url(ACCOUNT),
    }
    picture(tmp_path / "masters" / "hero.jpg", 1, (1600, 1200))
    for words in (
        ("account", "add"),
        ("library", "add", str(tmp_path / "masters")),
        ("approve", "hero.jpg"),
        ("push", "--approved", "--wait"),
    ):
        program = [sys.executable, "-m", "bridge_app", *words]
        subprocess.run(program, cwd=ROOT, env=surroundings, check=True, timeout=PATIENCE_S)
    with ExitStack() as open_programs:
        desktop = Desktop(surroundings, open_programs)
        desktop.start(sys.executable, "-m", "bridge_app")
        other = desktop.start(sys.executable, "tests/journeys/drop_target.py", "--look")
        window = desktop.window("Asset Bridge", 10, 20, (1180, 820))
        target = desktop.window("Drop target", 1210, 300, (200, 200))
        for place in (FIRST_ASSET, RENDITIONS):
            where = f"mousemove --window {window} {place[0]} {place[1]} sleep 1 click 1 sleep 3"
            desktop.call("xdotool", *where.split())
        assert other.stdout is not None
        for _ in range(TRIES):
            desktop.drag((window, *FIRST_CARD), (target, 100, 100))
            if "entered" in heard(other):
                break
        dropped = heard(other)
    ((name, content),) = dropped["files"].items()
    assert name.startswith("hero-")
    assert content.encode("latin-1").startswith(b"\xff\xd8")
    assert "/hero" in dropped["text"]


def heard(program: subprocess.Popen[str]) -> dict[str, Any]:
    """The next thing that the other program says."""
    assert program.stdout is not None
    found: dict[str, Any] = json.loads(program.stdout.readline())
    return found
