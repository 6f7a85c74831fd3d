"""The real application under a real X server: a real mouse drags between two processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, picture

pytestmark = [pytest.mark.journey, pytest.mark.xvfb]
ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("Xvfb", "openbox", "xdotool")
PATIENCE_S = 30
TRIES = 3
MOVE_OFF = "mousemove_relative -- 5 5 sleep 0.1 mousemove_relative -- 10 5 sleep 0.2"
HOVER = "sleep 0.2 mousemove_relative 2 2 sleep 0.2 mousemove_relative 2 2 sleep 0.3"


@contextmanager
def running(
    words: Sequence[str], surroundings: dict[str, str], pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[str]]:
    """A program that is asked to end afterwards, and then waited for."""
    with subprocess.Popen(
        words, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True, pass_fds=pass_fds
    ) as program:
        try:
            yield program
        finally:
            program.send_signal(signal.SIGTERM)
            try:
                program.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                program.kill()
                raise


class Desktop:
    """An X server with a window manager, and the programs on it."""

    def __init__(self, surroundings: dict[str, str], open_programs: ExitStack) -> None:
        self._open = open_programs
        reading, writing = os.pipe()
        with os.fdopen(reading) as told:
            server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24"]
            open_programs.enter_context(
                running([*server, "-nolisten", "tcp"], surroundings, pass_fds=[writing])
            )
            os.close(writing)
            display = told.readline().strip()
        self._surroundings = {**surroundings, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        self.start("openbox")

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a program; it ends with the desktop."""
        return self._open.enter_context(running(words, self._surroundings))

    def call(self, *words: str, check: bool = True) -> str:
        """Run a command to its end; what it says."""
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=self._surroundings,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=check,
        )
        return done.stdout

    def window(self, title: str, x: int, y: int, size: tuple[int, int]) -> str:
        """Wait for the window of that title, and put it there; its id."""
        pattern = f"^{title}$"
        search = ("xdotool", "search", "--sync", "--onlyvisible", "--name", pattern)
        # The search fails if any window goes away while it looks: then it looks again.
        tries = (self.call(*search, check=False).split() for _ in range(TRIES))
        window = next(found[-1] for found in tries if found)
        width, height = (str(edge) for edge in size)
        self.call("xdotool", "windowsize", "--sync", window, width, height)
        self.call("xdotool", "windowmove", "--sync", window, str(x), str(y))
        return window

    def drag(self, source: tuple[str, int, int], target: tuple[str, int, int]) -> None:
        """Press, move off, hover and let go, at (window, x, y) each."""
        start, end = (f"mousemove --window {w} {x} {y}" for w, x, y in (source, target))
        words = f"{start} sleep 0.1 mousedown 1 sleep 0.2 {MOVE_OFF} {end} {HOVER} mouseup 1"
        self.call("xdotool", *words.split())


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
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    return {
        **{name: text for name, text in os.environ.items() if name != "WAYLAND_DISPLAY"},
        "ASSET_BRIDGE_HOME": str(tmp_path / "profile"),
        "ASSET_BRIDGE_PASSPHRASE": "correct horse battery",
        "CLOUDINARY_URL": sandbox.cloudinary_url(ACCOUNT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
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
