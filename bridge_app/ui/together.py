"""What the windows on one profile remember together, and what each of them has of its own."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Protocol

from bridge_app.storage.settings import OF_A_WINDOW, Settings, SettingsFile

MOST = 8
"""So many further windows are opened again at a start."""

Own = Mapping[str, Any]
"""What a window has of its own, by the names of settings."""


def own_of(settings: Settings) -> Own:
    """The part of settings that is one window's."""
    return {name: getattr(settings, name) for name in OF_A_WINDOW}


def from_text(text: str) -> tuple[Own, ...]:
    """What further windows had of their own; what is no such thing is left out."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return ()
    entries = found if isinstance(found, list) else ()
    return tuple(_usable(one) for one in entries[:MOST] if isinstance(one, dict))


def _usable(found: Mapping[str, Any]) -> Own:
    usual = asdict(Settings())
    known = {name: found[name] for name in OF_A_WINDOW if name in found}
    for name, value in known.items():
        if name == "splitter" and isinstance(value, list):
            usual[name] = tuple(one for one in value if type(one) is int)
        elif type(value) is type(usual[name]):
            usual[name] = value
    return {name: usual[name] for name in OF_A_WINDOW}


class Member(Protocol):
    """A window, as far as it remembers something."""

    def hear(self) -> None:
        """Another one has changed what all remember."""

    def lead(self) -> None:
        """It is the first from now on."""


class Together:
    """The newest settings of a profile; the first window's own stand among them.

    For the GUI thread, but for what `writing` gives.
    """

    def __init__(self, file: SettingsFile) -> None:
        self.file = file
        self.settings = file.load()
        self.first: Member | None = None
        self.others: dict[Member, Own] = {}
        self._lock = threading.Lock()
        self._asked = self._written = 0

    def join(self, window: Member, own: Own) -> None:
        """A window opens; the first needs nothing of its own."""
        if self.first is None:
            self.first = window
        else:
            self.others[window] = {**own_of(self.settings), **own}

    def leave(self, window: Member) -> None:
        """It is closed for good while others stay."""
        self.others.pop(window, None)
        if self.first is window and self.others:
            self.first = next(iter(self.others))
            self.settings = replace(self.settings, **self.others.pop(self.first))
            self.first.lead()

    def seen_by(self, window: Member) -> Settings:
        """The settings with a window's own."""
        return replace(self.settings, **self.others.get(window, {}))

    def keep(self, window: Member, settings: Settings) -> None:
        """Remember what a window says, its own for itself alone."""
        common = settings
        if window in self.others:
            self.others[window] = own_of(settings)
            common = replace(settings, **own_of(self.settings))
        before, self.settings = self.settings, common
        if replace(before, **own_of(common)) != common:
            for other in (self.first, *self.others):
                if other is not None and other is not window:
                    other.hear()

    def writing(self) -> Callable[[], None]:
        """Writes what is remembered now, unless newer was written; for any thread."""
        self._asked += 1
        number = self._asked
        windows = json.dumps(list(self.others.values())) if self.others else ""
        settings = replace(self.settings, windows=windows)

        def write() -> None:
            with self._lock:
                if number > self._written:
                    self.file.save(settings)
                    self._written = number

        return write
