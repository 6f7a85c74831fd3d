"""What people are asked for at the terminal: a yes, or more words than a command takes."""

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


def words_or_input(words: str, *, most: int) -> str:
    """What was typed; for `-` what comes in by standard input, up to one character too many."""
    if words != "-":
        return words
    # Four bytes are the longest character.
    return sys.stdin.buffer.read(4 * (most + 1)).decode("utf-8", "surrogateescape")[: most + 1]
