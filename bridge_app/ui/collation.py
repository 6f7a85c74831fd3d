"""The order in which people look for words: that of the language that the window speaks."""

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import TypeVar

from PySide6.QtCore import QCollator, QLocale, Qt

T = TypeVar("T")


def in_reading_order(things: Iterable[T], name: Callable[[T], str] = str) -> list[T]:
    """Sorted by what they are called: “Ä” where the language has it, “9” before “10”."""
    collator = QCollator(QLocale())
    collator.setNumericMode(True)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    by_name = cmp_to_key(collator.compare)
    return sorted(things, key=lambda one: by_name(name(one)))
