"""Commands that open the window, or run the demo without one."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bridge_app.cli.output import note, say

# Each of the two loads much that the other does not need; Qt needs system libraries as well.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    import argparse

SWITCH_S = 0.0001
"""How long a thread may keep the interpreter while another one wants it; Python's own 5 ms add up:
to a visible stall where several work beside the window, and where a start reads its assets row by
row while the rest is loaded."""


def window(arguments: "argparse.Namespace") -> int:
    """Open the window; where there is no display, say so and run the demo without one."""
    if not has_display():
        note("There is no display here: this is the demo without a window.")
        return _headless()
    from bridge_app.app.ahead import Ahead
    from bridge_app.app.memory import give_memory_back
    from bridge_app.app.profile import profile_home
    from bridge_app.app.qt_loading import load_qt, load_support

    give_memory_back()
    load_support()  # before another thread begins
    sys.setswitchinterval(SWITCH_S)
    home = profile_home()
    if arguments.command == "demo":
        from bridge_app.app.demo_profile import demo_home

        home = demo_home(home)
    ahead = Ahead(home)
    # The window collects garbage by itself, once it is there.
    gc.disable()
    load_qt()
    from bridge_app.app.window import run_window

    return run_window(ahead, getattr(arguments, "opened", ()))


def names_something(words: Sequence[str]) -> bool:
    """Are these links and files to be opened, and no command?"""
    return bool(words) and all(map(_is_opened, words))


def _is_opened(word: str) -> bool:
    if word.startswith("-"):
        return False
    return ":/" in word or word.lower().startswith("asset-bridge:") or os.path.exists(word)  # noqa: PTH110 - any text


def demo(arguments: "argparse.Namespace") -> int:
    """The sample library and the sandbox, in a window or without one."""
    return _headless() if arguments.headless else window(arguments)


def has_display() -> bool:
    """Can a window be opened?"""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _headless() -> int:
    from bridge_app.app.headless import run_headless

    return run_headless(say)
