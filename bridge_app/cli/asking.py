"""A question at the terminal, and the yes to it."""

import sys

from bridge_app.cli.output import note

YES = frozenset({"y", "yes"})


def says_yes(question: str) -> bool:
    """Ask the person who sits there; anything but a yes is a no."""
    note(question)
    return sys.stdin.readline().strip().lower() in YES


def agrees(question: str) -> bool:
    """Does the person at the terminal say yes? Where nobody sits, nobody does."""
    return sys.stdin.isatty() and says_yes(question)
