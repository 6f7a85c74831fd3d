"""The commands of a menu bar, as they are now: each action once, with the way to it."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from bridge_app.ui.commands.command import Command
from bridge_app.ui.commands.matching import Findable
from bridge_app.ui.source_names import ENGLISH, plain

BETWEEN = " \u203a "
NUMBER = re.compile(r"^\d  ")
"""What stands before an entry that a digit chooses in its menu."""


class Entry(NamedTuple):
    """An action, and the menus that lead to it."""

    action: QAction
    way: tuple[str, ...]
    is_on: bool


def entries(bar: QMenuBar) -> Iterator[Entry]:
    """Every action that does something, in the order of the menus."""
    seen: set[QAction] = set()
    for top in bar.actions():
        if top.isVisible():
            yield from _below(top, (), seen, is_on=True)


def commands_of(
    bar: QMenuBar, *, keys: Callable[[QAction], str], why_not: Callable[[QAction], str]
) -> list[Command]:
    """Each of them as a command; `why_not` is asked about those that are off."""
    return [_command(entry, keys, why_not) for entry in entries(bar)]


def _below(
    action: QAction, way: tuple[str, ...], seen: set[QAction], *, is_on: bool
) -> Iterator[Entry]:
    menu = action.menu()
    is_on = is_on and action.isEnabled()
    if not isinstance(menu, QMenu):
        if action not in seen and not action.isSeparator() and action.isVisible():
            seen.add(action)
            yield Entry(action, way, is_on)
        return
    for one in menu.actions():
        # A title above a group is an action that can never be chosen.
        if one.isEnabled() or one.objectName() or one.menu() is not None:
            yield from _below(one, (*way, plain(action.text())), seen, is_on=is_on)


def _command(
    entry: Entry, keys: Callable[[QAction], str], why_not: Callable[[QAction], str]
) -> Command:
    action = entry.action
    title = NUMBER.sub("", plain(action.text()))
    where = BETWEEN.join(entry.way)
    english = str(action.property(ENGLISH) or "")
    return Command(
        name=action.objectName() or f"{where}{BETWEEN}{action.data() or title}",
        found_by=Findable(name=title, also=(english,), around=where),
        keys=keys(action),
        why_not="" if entry.is_on else why_not(action),
        ticked=action.isCheckable() and action.isChecked(),
        icon=action.icon(),
        run=action.trigger,
    )
