"""What can be chosen in the palette: a command, a place, a preset or a search, as one value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtGui import QIcon

from bridge_app.ui.commands.matching import Findable, Hit, match, words_of

MOST_SHOWN = 200
MOST_RECENT = 6
RECENT_BONUS = 12
"""What was used last goes before what fits as well."""
DISABLED = 0.8
"""What cannot be done now is shown after what can."""


class Sort(Enum):
    """What sort of thing is chosen."""

    COMMAND = "command"
    PLACE = "place"
    SEARCH = "search"
    PRESET = "preset"


WORTH = {Sort.COMMAND: 1.0, Sort.SEARCH: 0.97, Sort.PRESET: 0.95, Sort.PLACE: 0.93}


@dataclass(frozen=True, kw_only=True)
class Command:
    """One thing that can be done.

    `name` is stable and remembered, `where` is the way to it (menu and submenu), `keys`
    what to press instead, `why_not` says why it cannot be done now, "" if it can.
    """

    name: str
    found_by: Findable
    sort: Sort = Sort.COMMAND
    keys: str = ""
    why_not: str = ""
    ticked: bool = False
    icon: str | QIcon = ""
    run: Callable[[], None] = field(compare=False)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.found_by.name

    @property
    def where(self) -> str:
        """Where else it is found."""
        return self.found_by.around


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A command with the reason it was found, and how much it fits."""

    command: Command
    marked: frozenset[int] = frozenset()
    worth: float = 0.0
    is_recent: bool = False


def find(commands: Iterable[Command], typed: str, recent: Sequence[str]) -> list[Found]:
    """What fits what was typed, the best first."""
    words = words_of(typed)
    ranks = {name: rank for rank, name in enumerate(recent)}
    hits = ((command, match(command.found_by, words)) for command in commands)
    found = [_found(command, hit, ranks) for command, hit in hits if hit is not None]
    return best(found)


def best(*parts: Iterable[Found]) -> list[Found]:
    """What was found here and there, the best first, and not more than anybody looks through."""
    everything = [one for part in parts for one in part]
    return sorted(everything, key=lambda one: -one.worth)[:MOST_SHOWN]


def at_rest(commands: Iterable[Command], recent: Sequence[str]) -> list[Found]:
    """Before anything is typed: what was used last, then every command as in the menus."""
    known = {command.name: command for command in commands}
    used = [known[name] for name in recent if name in known][:MOST_RECENT]
    names = {command.name for command in used}
    others = [one for one in known.values() if one.name not in names and one.sort is Sort.COMMAND]
    others.sort(key=lambda one: bool(one.why_not))
    return [
        *(Found(command=one, is_recent=True) for one in used),
        *(Found(command=one) for one in others),
    ]


def _found(command: Command, hit: Hit, ranks: Mapping[str, int]) -> Found:
    recency = RECENT_BONUS / (1 + ranks[command.name]) if command.name in ranks else 0.0
    worth = (hit.score + recency) * WORTH[command.sort] * (DISABLED if command.why_not else 1)
    return Found(command=command, marked=hit.marked, worth=worth)
