"""The real application, told to a real screen reader's ears: over the accessibility bus."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from jeepney.wrappers import DBusErrorResponse

from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, picture
from tests.journeys.desktop import (
    PATIENCE_S,
    ROOT,
    TRIES,
    Desktop,
    running,
    skip_without_programs,
)
from tests.journeys.screen_reader import Node, ScreenReader

pytestmark = [pytest.mark.journey, pytest.mark.xvfb]
T = TypeVar("T")
CONTROLS = {
    "button menu",
    "check box",
    "combo box",
    "dialog",
    "entry",
    "link",
    "list",
    "list item",
    "menu item",
    "page tab",
    "progress bar",
    "push button",
    "radio button",
    "slider",
    "spin button",
    "table",
    "text",
    "tree",
    "tree item",
    "tree table",
}
LEAVES = "browser"
SERVICE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
OPENING_S = 6.0
MOST_EVENTS = 500
SMALL_DEMO = """
import sys
from pathlib import Path
from bridge_app.app import demo_profile
from bridge_app.cli.main import main
from tests.showcase import small_recipes
demo_profile.recipes = lambda: small_recipes(Path(sys.argv[1]))
sys.exit(main([]))
"""


class Listener:
    """Somebody who hears what the application says, and presses what it offers."""

    def __init__(self, desktop: Desktop, reader: ScreenReader) -> None:
        self._desktop = desktop
        self.reader = reader

    @property
    def application(self) -> Node:
        """The application, once it is there."""
        return until(lambda: next(iter(self.reader.applications()), None))

    @property
    def window(self) -> Node:
        """Its main window, once it is told of."""
        return until(lambda: next((one for one in self.application.children if one.name), None))

    def menu_items(self) -> list[Node]:
        """All that the menu bar holds."""
        (bar,) = (one for one in self.window.children if one.role == "menu bar")
        return [one for one in _items(bar) if not one.children]

    def item(self, name: str) -> Node:
        """The one of that name, once it can be chosen."""

        def found() -> Node | None:
            named = (one for one in self.menu_items() if one.name == name)
            return next((one for one in named if "enabled" in one.states), None)

        return until(found)

    def choose(self, name: str) -> None:
        """Have it done."""
        self.item(name).press()

    def type(self, *keys: str) -> None:
        """Press these keys, and type what is no key's name."""
        for key in keys:
            how = "key" if "+" in key or key in {"BackSpace", "Escape"} else "type"
            self._desktop.call("xdotool", how, key)

    def opened(self, item: Node) -> list[Node]:
        """Press it; the windows that come of it within a while."""
        before = {one.path for one in self.application.children}
        item.press()

        def new() -> list[Node]:
            return [one for one in self.application.children if one.path not in before]

        return until(new, OPENING_S) or []

    def escape(self, window: Node) -> None:
        """Leave a window as one does with the keyboard; a key may come before the window has it."""
        key = "Escape" if window.role == "dialog" else "ctrl+w"
        for _ in range(TRIES):
            self._desktop.press(key)
            if until(lambda: window.path not in self._paths(), OPENING_S):
                return
        raise AssertionError(f"{key} does not leave “{window.name}”")

    def _paths(self) -> set[str]:
        return {one.path for one in self.application.children}


def _items(above: Node) -> Iterator[Node]:
    for one in above.children:
        if one.role in {"menu item", "check menu item", "radio menu item"}:
            yield one
        yield from _items(one)


def until(look: Callable[[], T | None], patience_s: float = PATIENCE_S) -> T:
    """Ask until there is an answer; each question waits for the bus. The last one after that."""
    end = time.monotonic() + patience_s
    while True:
        try:
            found = look()
        except DBusErrorResponse:  # it went away while it was asked
            found = None
        if found or time.monotonic() > end:
            return found  # type: ignore[return-value]


def faults(window: Node) -> list[str]:
    """What is told without a name, or is not told as what it is; while nothing of it goes away."""
    return until(lambda: (_faults(window),))[0]


def _faults(window: Node) -> list[str]:
    wrong = [] if window.name else ["a window without a title"]
    for one in window.below():
        role = one.role
        if role in CONTROLS and not one.name:
            wrong.append(f"{role} without a name in “{window.name}”: {one.description}")
    return wrong


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a person whose screen reader is on."""
    skip_without_programs()
    if shutil.which("dbus-daemon") is None or not SERVICE.exists():
        pytest.skip("not installed: dbus, at-spi2-core")
    return {
        **{name: text for name, text in os.environ.items() if name != "WAYLAND_DISPLAY"},
        "ASSET_BRIDGE_HOME": str(tmp_path / "profile"),
        "ASSET_BRIDGE_PASSPHRASE": "correct horse battery",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }


@pytest.fixture
def open_programs() -> Iterator[ExitStack]:
    """They end with the test, last started first."""
    with ExitStack() as programs:
        yield programs


def start(
    programs: ExitStack, surroundings: dict[str, str], words: list[str], events: tuple[str, ...]
) -> Listener:
    """A desktop with a bus of its own, the application on it, and somebody who listens."""
    bus = programs.enter_context(
        running(["dbus-daemon", "--session", "--nofork", "--print-address"], surroundings)
    )
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    desktop = Desktop({**surroundings, "DBUS_SESSION_BUS_ADDRESS": address}, programs)
    reader = ScreenReader(address, events)
    programs.callback(reader.close)
    desktop.start(sys.executable, *words)
    return Listener(desktop, reader)


def test_what_the_window_says_is_heard_and_what_it_offers_has_names(
    surroundings: dict[str, str], open_programs: ExitStack, sandbox: Sandbox, tmp_path: Path
) -> None:
    for number, name in enumerate(("beach", "cliff")):
        picture(tmp_path / "masters" / f"{name}.jpg", number)
    surroundings |= {"CLOUDINARY_URL": sandbox.cloudinary_url(ACCOUNT)}
    for words in (["account", "add"], ["library", "add", str(tmp_path / "masters")]):
        subprocess.run(
            [sys.executable, "-m", "bridge_app", *words],
            cwd=ROOT,
            env=surroundings,
            check=True,
            capture_output=True,
        )
    listener = start(open_programs, surroundings, ["-m", "bridge_app"], ("announcement",))
    window = listener.window
    assert faults(window) == []
    names = [one.name for one in window.below() if one.role == "list item"]
    assert [name.partition(",")[0] for name in names] == ["beach.jpg", "cliff.jpg"]
    for name in ("Rights Calendar…", "Presets and Sets…"):
        (dialog,) = listener.opened(listener.item(name))
        assert faults(dialog) == []
        assert any("focused" in one.states for one in dialog.below())
        listener.escape(dialog)
    listener.type("ctrl+f", "cliff")
    assert heard(listener.reader, "1 asset")
    listener.type("ctrl+a", "c", "BackSpace")
    assert heard(listener.reader, "2 assets")
    listener.choose("Select All")
    listener.choose("Approve")
    assert heard(listener.reader, "Approved: 2 assets. Undo")
    (sheet,) = listener.opened(listener.item("Push 2 assets"))
    push = until(lambda: next(iter(ready(sheet, "Push 2 assets")), None))
    push.press()
    assert heard(listener.reader, "2 delivered")


def heard(reader: ScreenReader, words: str) -> bool:
    """Is it announced?"""
    return any(words in str(reader.heard()) for _ in range(MOST_EVENTS))


def ready(window: Node, words: str) -> list[Node]:
    """The buttons of these words that can be pressed."""
    buttons = [one for one in window.below() if one.role == "push button"]
    return [one for one in buttons if one.name.startswith(words) and "enabled" in one.states]


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_every_window_that_a_menu_leads_to_has_a_name_for_everything(
    surroundings: dict[str, str], open_programs: ExitStack, tmp_path: Path
) -> None:
    words = ["-c", SMALL_DEMO, str(tmp_path / "recipes")]
    listener = start(open_programs, surroundings, words, ())
    window = listener.window
    until(lambda: [one for one in window.below() if one.role == "list item"])
    wrong, seen = faults(window), []
    for item in listener.menu_items():
        if not item.name.endswith("…") or "enabled" not in item.states or LEAVES in item.name:
            continue
        new = listener.opened(item)
        for opened in new:
            seen.append(opened.name)
            wrong += faults(opened)
            listener.escape(opened)
        if not new:
            listener.type("Escape")  # it opened within the window
    assert "\n".join(dict.fromkeys(wrong)) == ""
    assert len(seen) > 25, seen
