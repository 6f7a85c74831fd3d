"""A menu whose keys are read from left to right, whatever its words are; its letters differ."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStyleOptionMenuItem

from bridge_app.ui.key_texts import left_to_right
from bridge_app.ui.parts.mnemonics import part_mnemonics

BETWEEN = "\t"
"""Stands between the words of an entry and its keys."""


class KeyMenu(QMenu):
    """Qt writes keys into the line of the words, which may be one from right to left."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[call-overload]  # any of Qt's own forms of it
        self.aboutToShow.connect(self._part)

    def _part(self) -> None:
        part_mnemonics(self)

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:
        """Qt: what is drawn of one entry."""
        super().initStyleOption(option, action)
        words, between, keys = option.text.partition(BETWEEN)
        if keys:
            option.text = f"{words}{between}{left_to_right(keys)}"
