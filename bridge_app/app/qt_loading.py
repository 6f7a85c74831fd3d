"""Loads Qt, and lets Python go on importing as before.

PySide replaces Python's import by one that reads the source of every module that is imported from
then on, and keeps it, to see whether it wants Qt's names in snake_case. Nobody here does; it would
cost a start a quarter of a second and 16 MB.
"""

import builtins


def load_qt() -> None:
    """Load Qt's core before anything else does."""
    pythons = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415 - the import is what is done here

    builtins.__import__ = pythons
