"""A second start with a link, while the window of the first is open: two real processes."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.desk import picture
from tests.journeys.desktop import PATIENCE_S, ROOT, Desktop, surroundings_of

pytestmark = [pytest.mark.journey, pytest.mark.xvfb, pytest.mark.soak]


def test_a_link_and_a_file_go_to_the_window_that_is_open(tmp_path: Path) -> None:
    surroundings = surroundings_of(tmp_path / "profile")
    picture(tmp_path / "masters" / "here.jpg", 1)
    program = [sys.executable, "-m", "bridge_app"]
    subprocess.run(
        [*program, "library", "add", str(tmp_path / "masters")],
        cwd=ROOT,
        env=surroundings,
        check=True,
        timeout=PATIENCE_S,
    )
    with ExitStack() as open_programs:
        desktop = Desktop(surroundings, open_programs)
        app = desktop.start(*program)
        desktop.window("Asset Bridge", 100, 40, (1100, 800))
        for words in (["asset-bridge://search?q=here"], [str(tmp_path / "masters" / "here.jpg")]):
            desktop.call(*program, *words)  # ends with status 0
        assert list((tmp_path / "profile" / "door").iterdir()) == []
        assert app.poll() is None
    assert app.returncode == 0
