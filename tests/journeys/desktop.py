"""A real X server with a window manager, the programs on it, and the hand on its mouse."""

import contextlib
import itertools
import os
import queue
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("Xvfb", "openbox", "xdotool")
PATIENCE_S = 120
"""For one command: a busy machine is slow, and no fault."""
TRIES = 3
STIR_S, STIRS = 0.3, 200
MOVE_OFF = "mousemove_relative -- 5 5 sleep 0.1 mousemove_relative -- 10 5 sleep 0.2"
HOVER = "sleep 0.2 mousemove_relative 2 2 sleep 0.2 mousemove_relative 2 2 sleep 0.3"


def skip_without_programs() -> None:
    """The rest of a test needs an X server."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def surroundings_of(profile: Path) -> dict[str, str]:
    """The environment of a person with an encrypted key store."""
    skip_without_programs()
    return {
        **{name: text for name, text in os.environ.items() if name != "WAYLAND_DISPLAY"},
        "ASSET_BRIDGE_HOME": str(profile),
        "ASSET_BRIDGE_PASSPHRASE": "correct horse battery",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


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


class Told:
    """What a program says, line by line, as it comes."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, args=(program,), daemon=True).start()

    def next(self) -> str:
        """The next line. Raises queue.Empty where there comes none."""
        return self._lines.get(timeout=PATIENCE_S)

    def soon(self) -> str:
        """The same; "" where nothing comes within a moment."""
        try:
            return self._lines.get(timeout=STIR_S)
        except queue.Empty:
            return ""

    def _listen(self, program: subprocess.Popen[str]) -> None:
        assert program.stdout is not None
        with contextlib.suppress(ValueError):  # the program has ended, and its output is closed
            for line in program.stdout:
                self._lines.put(line.strip())


class Desktop:
    """An X server with a window manager, and the programs on it.

    Where `frames` names a folder, what the screen shows lies there as a file (XWD).
    """

    def __init__(
        self,
        surroundings: dict[str, str],
        open_programs: ExitStack,
        *,
        screen: str = "1440x900x24",
        frames: Path | None = None,
    ) -> None:
        self._open = open_programs
        reading, writing = os.pipe()
        with os.fdopen(reading) as told:
            server = ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen]
            server += ["-fbdir", str(frames)] if frames else []
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
        pattern = f"(^|— ){title}$"  # the main window says what it shows before the program's name
        search = ("xdotool", "search", "--sync", "--onlyvisible", "--name", pattern)
        # The search fails if any window goes away while it looks: then it looks again.
        tries = (self.call(*search, check=False).split() for _ in range(TRIES))
        window = next(found[-1] for found in tries if found)
        width, height = (str(edge) for edge in size)
        self.call("xdotool", "windowsize", "--sync", window, width, height)
        self.call("xdotool", "windowmove", "--sync", window, str(x), str(y))
        return window

    def click(self, place: tuple[int, int]) -> None:
        """With the left button, there on the screen."""
        self.call("xdotool", "mousemove", str(place[0]), str(place[1]), "click", "1")

    def drag(self, source: tuple[str, int, int], target: tuple[str, int, int]) -> None:
        """Press, move off, hover and let go, at (window, x, y) each."""
        start, end = (f"mousemove --window {w} {x} {y}" for w, x, y in (source, target))
        words = f"{start} sleep 0.1 mousedown 1 sleep 0.2 {MOVE_OFF} {end} {HOVER} mouseup 1"
        self.call("xdotool", *words.split())

    def hold(self, source: tuple[str, int, int], target: tuple[str, int, int], told: Told) -> str:
        """The same, without letting go: the mouse stirs until the target says something."""
        start, end = (f"mousemove --window {w} {x} {y}" for w, x, y in (source, target))
        words = f"{start} sleep 0.1 mousedown 1 sleep 0.2 {MOVE_OFF} {end} {HOVER}"
        self.call("xdotool", *words.split())
        for step in itertools.islice(itertools.cycle((3, -3)), STIRS):
            if line := told.soon():
                return line
            self.call("xdotool", "mousemove_relative", "--", str(step), "0")
        raise AssertionError("nobody held it there")

    def let_go(self) -> None:
        """The button comes up."""
        self.call("xdotool", "mouseup", "1", "sleep", "0.2")

    def press(self, key: str) -> None:
        """A key goes down and up."""
        self.call("xdotool", "key", key)
