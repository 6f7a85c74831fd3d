"""Keys as values: how they are written down, which of them are letters, which nobody may take."""

import json
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from bridge_app.ui.key_texts import first_of, portable

HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
FIRST_SPECIAL = 0x01000000
"""Keys from here on have no character: functions, arrows, Esc."""
TAKEN = frozenset(
    (
        *("Space", "Return", "Enter", "Esc", "Tab", "Shift+Tab", "Backspace", "Del", "Menu"),
        *("Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown"),
        *(f"{held}+{key}" for held in ("Shift", "Ctrl") for key in ("Left", "Right", "Up", "Down")),
        *("Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+.", "Ctrl+Shift+E", "Alt+F4"),
    )
)
"""What lists, fields, the account menu and the system understand: no action would hear it."""
MOST_KEPT = 100_000
"""Characters of what is kept; more than that was not written by this program."""


def is_letter(key: str) -> bool:
    """Would it write a character? Then it may act only while the assets have the keyboard."""
    parts = QKeySequence(key)
    if not parts.count():
        return False
    first = first_of(parts)
    return not (first.keyboardModifiers() & HELD).value and first.key().value < FIRST_SPECIAL


def usual(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys in the one way they are written, each once."""
    return tuple(dict.fromkeys(filter(None, (portable(QKeySequence(key)) for key in keys))))


def as_text(changed: Mapping[str, Sequence[str]]) -> str:
    """Which actions have other keys than usual, by name, as text to keep; "" for none."""
    return json.dumps({name: list(keys) for name, keys in sorted(changed.items())}) * bool(changed)


def from_text(text: str) -> dict[str, tuple[str, ...]]:
    """The reverse; what is no such thing is left out."""
    try:
        found = json.loads(text) if text and len(text) <= MOST_KEPT else {}
    except (ValueError, RecursionError):
        return {}
    entries = found.items() if isinstance(found, dict) else ()
    return {
        name: usual(keys)
        for name, keys in entries
        if isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    }
