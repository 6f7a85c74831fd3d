"""Opens the demo in a window of its own, beside this one."""

import sys

from PySide6.QtCore import QProcess


def open_demo() -> bool:
    """Start it; False if the system could not. It has a profile of its own and touches no other.

    It is for a window that has an account: without one, that window is the demo.
    """
    program = [] if getattr(sys, "frozen", False) else ["-m", "bridge_app"]
    return bool(QProcess.startDetached(sys.executable, [*program, "demo"])[0])
