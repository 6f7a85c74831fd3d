"""The real application under a real X server: a real mouse drags between two processes."""

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

pytestmark = [pytest.mark.journey, pytest.mark.xvfb]


class CommandLine:
    """`asset-bridge` beside the open window, on the same profile."""

    def __init__(self, surroundings: dict[str, str]) -> None:
        self._surroundings = surroundings

    def __call__(self, *words: str) -> list[dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "bridge_app", *words],
            cwd=ROOT,
            env=self._surroundings,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        if "--json" not in words:
            return []
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def surroundings(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    """The environment of a person with the sandbox's key and an encrypted key store."""
    return {
        **surroundings_of(tmp_path / "profile"),
        "CLOUDINARY_URL": sandbox.cloudinary_url(ACCOUNT),
    }


def test_a_folder_dragged_from_another_program_becomes_a_library(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    picture(tmp_path / "masters" / "here.jpg", 1)
    picture(tmp_path / "Lookbook é" / "look_02.jpg", 2)
    command = CommandLine(surroundings)
    command("account", "add")
    command("library", "add", str(tmp_path / "masters"))
    with ExitStack() as open_programs:
        desktop = Desktop(surroundings, open_programs)
        app = desktop.start(sys.executable, "-m", "bridge_app")
        helper = desktop.start(
            sys.executable, "tests/journeys/drag_source.py", str(tmp_path / "Lookbook é")
        )
        source = desktop.window("Drag source", 20, 40, (200, 120))
        target = desktop.window("Asset Bridge", 300, 40, (1100, 800))
        assert helper.stdout is not None
        for _ in range(TRIES):
            desktop.drag((source, 60, 60), (target, 500, 500))
            if helper.stdout.readline() == "CopyAction\n":
                break
        assert until_found(command, "look_02.jpg")
        libraries = command("library", "list", "--json")
        names = [one["name"] for one in libraries if one["kind"] == "local"]
        assert names == ["masters", "Lookbook é"]
        assert app.poll() is None
    assert app.returncode == 0


def until_found(command: CommandLine, name: str) -> bool:
    """Ask the catalog until it knows the name; each question takes a while by itself."""
    return any(
        name in {asset["name"] for asset in command("search", "--json")} for _ in range(PATIENCE_S)
    )
