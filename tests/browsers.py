"""A real browser without a window, driven over its debugging pipe: no driver, no port, no network.

Chromium reads commands from its third file descriptor and answers on its fourth, each as JSON that
ends with a null byte.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE_S = 30.0
READS = 1 << 16
FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # the page is ours; containers rarely let a browser make its own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--lang=en-US",
)
KEYS = {"ArrowRight": 39, "ArrowLeft": 37, "Escape": 27, "Enter": 13, "Tab": 9}
CONTROL = 2
AS_THIRD_AND_FOURTH = """
import fcntl, os, sys
start, end = (fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3])
os.dup2(start, 3)
os.dup2(end, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Ends of pipes may have the very numbers that the others are to get: copied out of the way."""


def browser_here() -> str | None:
    """The path of a browser that can be driven, or None."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None)


class Browser:
    """One browser with one page, and its profile in a folder of the test's own."""

    def __init__(self, program: str, folder: Path, *, size: tuple[int, int] = (1280, 800)) -> None:
        self.downloads = folder / "downloads"
        self.errors: list[str] = []
        self.requests: list[str] = []
        reading, their_end = os.pipe()
        their_start, self._writing = os.pipe()
        self._reading = reading
        self._left = b""
        self._serial = 0
        self._session: str | None = None
        self._loaded = 0
        self._folder = ""
        window = f"--window-size={size[0]},{size[1]}"
        arguments = (*FLAGS, window, f"--user-data-dir={folder / 'profile'}", "about:blank")
        ends = [str(their_start), str(their_end)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", AS_THIRD_AND_FOURTH, *ends, program, *arguments],
            pass_fds=(their_start, their_end),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_start)
        os.close(their_end)
        try:
            self._attach()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        os.close(self._reading)
        os.close(self._writing)

    def open(self, page: Path) -> None:
        """Show a file, and wait until it is loaded."""
        before = self._loaded
        self._folder = page.absolute().parent.as_uri()
        self.ask("Page.navigate", url=page.absolute().as_uri())
        self._until(lambda: self._loaded > before)

    def reload(self) -> None:
        """The same page anew."""
        before = self._loaded
        self.ask("Page.reload")
        self._until(lambda: self._loaded > before)

    def value(self, expression: str) -> Any:
        """What JavaScript makes of an expression; promises are waited for."""
        answer = self.ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression is true, looking after every frame that is painted."""
        self.value(
            "new Promise((done) => { const look = () => "
            f"({expression}) ? done(true) : requestAnimationFrame(look); look(); }})"
        )

    def press(self, key: str, *, control: bool = False) -> None:
        """One key, as a keyboard sends it."""
        is_letter = len(key) == 1
        code = ord(key.upper()) if is_letter else KEYS[key]
        told = {
            "key": key,
            "code": f"Key{key.upper()}" if key.isalpha() and is_letter else key,
            "windowsVirtualKeyCode": code,
            "modifiers": CONTROL if control else 0,
        }
        text = {"text": key} if is_letter and not control else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **told, **text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **told)

    def write(self, text: str) -> None:
        """Text into what has the keyboard."""
        self.ask("Input.insertText", text=text)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """With the left button; a click where both are the same."""
        for kind, (x, y), buttons in (
            ("mousePressed", start, 1),
            ("mouseMoved", end, 1),
            ("mouseReleased", end, 0),
        ):
            self.ask(
                "Input.dispatchMouseEvent",
                type=kind,
                x=x,
                y=y,
                button="left",
                buttons=buttons,
                clickCount=1,
            )

    def look(self, path: Path) -> Path:
        """A picture of the page, for people."""
        data = self.ask("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))
        return path

    def dress(self, *, dark: bool) -> None:
        """Light or dark, as the system would say."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def downloaded(self) -> Path:
        """The one JSON file that was saved, when it is there whole."""
        found: list[Path] = []

        def is_whole() -> bool:
            found[:] = self.downloads.glob("*.json")
            with suppress(ValueError, FileNotFoundError):
                return any(json.loads(one.read_bytes()) for one in found)
            return False

        self._until(is_whole)
        return found[0]

    def ask(self, method: str, **params: object) -> Any:
        """A command of the DevTools protocol, and its answer."""
        self._serial += 1
        number = self._serial
        told: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session is not None:
            told["sessionId"] = self._session
        os.write(self._writing, json.dumps(told).encode() + b"\0")
        answers: list[Any] = []
        self._until(lambda: bool(answers), number=number, answers=answers)
        assert "error" not in answers[0], (method, answers[0])
        return answers[0]["result"]

    def _attach(self) -> None:
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self.downloads.mkdir(parents=True, exist_ok=True)
        self.ask(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(self.downloads),
        )
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def _until(
        self, holds: Any, *, number: int | None = None, answers: list[Any] | None = None
    ) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline, "the browser did not do it"
            if select.select([self._reading], [], [], 0.05)[0]:
                for one in self._read():
                    if number is not None and one.get("id") == number and answers is not None:
                        answers.append(one)
                    else:
                        self._hear(one)

    def _read(self) -> list[Any]:
        data = os.read(self._reading, READS)
        assert data, "the browser ended"
        *whole, self._left = (self._left + data).split(b"\0")
        return [json.loads(one) for one in whole]

    def _hear(self, event: Any) -> None:
        told = event.get("params", {})
        match event.get("method"):
            case "Page.loadEventFired":
                self._loaded += 1
            case "Runtime.exceptionThrown":
                self.errors.append(str(told["exceptionDetails"]))
            case "Log.entryAdded" if told["entry"]["level"] == "error":
                # Logged when the browser gets round to it: maybe not before the next page is open.
                if told["entry"].get("url", self._folder).startswith(self._folder):
                    self.errors.append(told["entry"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(told["request"]["url"])
