"""One history of two desks and two services, and what became of every word in it."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from bridge_app.domain.edits import TAGS, FieldPath
from bridge_app.domain.errors import BridgeError
from tests.work.shared_file import SharedFile
from tests.work.two_desks import MAPPED, SimDesk, World
from tests.work.two_services import KilledError

ROUNDS = 40
"""In which everything has to come to rest; in each one person settles all conflicts of a desk."""


class History:
    """One history of two desks; the same for the same seed."""

    def __init__(self, seed: int, profile: Path, home: Path, file: str = "") -> None:
        """`file` is the name of the master; "": it is a record of a service."""
        self.rng = Random(seed)  # noqa: S311 - the same history each time
        masters = home / "masters"
        shutil.rmtree(masters, ignore_errors=True)
        self.world = World(self.rng, masters / file if file else None)
        if isinstance(self.world.master, SharedFile):
            self.world.master.meanwhile = lambda: self._outside(at_master=True)
        self.desks = tuple(self._desk(number, profile, home) for number in range(2))

    def _desk(self, number: int, profile: Path, home: Path) -> SimDesk:
        place = home / f"desk{number}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name in ("ledger.db", "catalog.db"):
            shutil.copyfile(profile / name, place / name)
        skew = timedelta(minutes=self.rng.randrange(-20, 21))
        return SimDesk(self.world, place, self.rng, name=f"person {number}", skew=skew)

    def run(self, steps: int) -> None:
        """Let anything happen, and then let everything come to rest."""
        for _ in range(steps):
            desk = self.rng.choice(self.desks)
            try:
                self._step(desk)
            except KilledError:
                desk.reopen()
        self.rest()

    def _step(self, desk: SimDesk) -> None:
        luck = self.rng.random()
        self.world.at += timedelta(seconds=self.rng.randrange(600))
        with suppress(BridgeError):
            if luck < 0.3:
                desk.type()
            elif luck < 0.55:
                desk.deliver()
            elif luck < 0.63:
                desk.look()
            elif luck < 0.71:
                desk.carry()
            elif luck < 0.76:
                desk.undo()
            elif luck < 0.8:
                desk.settle()
            elif luck < 0.9:
                self._outside(at_master=self.rng.random() < 0.5)
            elif luck < 0.95:
                desk.line.online = not desk.line.online
            elif luck < 0.98:
                desk.line.fuse = self.rng.randrange(1, 8)
            else:
                desk.reopen()

    def _outside(self, *, at_master: bool) -> None:
        """Somebody works at a place directly: what is there is theirs to change."""
        word, name = self.world.word(), self.rng.choice((*MAPPED, "keywords"))
        master, cloud = self.world.master, self.world.cloud
        before = master.words() if at_master else cloud.words()
        carried = master.introduced.copy(), cloud.introduced.copy()
        if name == "keywords" and at_master:
            master.put({name: (*master.keywords()[1:], word)})
        elif name == "keywords":
            cloud.put(tags=(*cloud.copy.tags[1:], word))
        elif at_master:
            master.put({name: word})
        else:
            cloud.put(context={**cloud.copy.context, name: word})
        self.world.buried |= before - (master.words() if at_master else cloud.words())
        master.introduced, cloud.introduced = carried

    def rest(self) -> None:
        """Everybody is online, nothing fails, and each desk brings both sides together."""
        for desk in self.desks:
            desk.line.online, desk.line.calm, desk.line.fuse = True, True, None
        for _ in range(ROUNDS):
            before = self._state()
            for desk in self.desks:
                desk.look()
                desk.deliver()
                desk.carry()
                desk.deliver()
            asked = [desk for desk in self.desks if desk.masters.conflicts()]
            for desk in asked[:1]:
                for _ in desk.masters.conflicts():
                    desk.settle()
            quiet = all(desk.is_quiet() for desk in self.desks)
            if not asked and quiet and before == self._state():
                break
        for desk in self.desks:
            desk.look()

    def _state(self) -> tuple[object, ...]:
        copy = replace(self.world.cloud.copy, updated_at="")
        return dict(self.world.master.record), copy

    def close(self) -> None:
        """Put it away."""
        for desk in self.desks:
            desk.close()

    # What must hold

    def unsettled(self) -> set[str]:
        """The fields about which a person still has to say something, at either desk."""
        found: set[str] = set()
        for desk in self.desks:
            found |= {_field(one.path) for one in desk.masters.conflicts()}
            for asset in (desk.master, desk.copy):
                for edits in desk.edits.open_of([asset]).values():
                    found |= {_field(one.path) for one in edits}
        return found

    def lost(self) -> set[str]:
        """The words that are nowhere: in no record, in no history, in no conflict."""
        kept = self.world.master.words() | self.world.cloud.words() | self.world.buried
        for desk in self.desks:
            for asset in (desk.master, desk.copy):
                for edit in desk.edits.history(asset):
                    kept |= _words(edit.base) | _words(edit.value)
            for one in desk.masters.conflicts():
                kept |= _words(one.ours) | _words(one.theirs) | _words(one.base)
        return set(self.world.typed) - kept

    def applied_too_often(self) -> Iterator[str]:
        """The words that came into a record more often than anybody or anything said them."""
        for place, introduced in (
            ("master", self.world.master.introduced),
            ("copy", self.world.cloud.introduced),
        ):
            said: dict[str, int] = {}
            for desk in self.desks:
                asset = desk.master if place == "master" else desk.copy
                for edit in desk.edits.history(asset):
                    for word in _words(edit.value) - _words(edit.base):
                        said[word] = said.get(word, 0) + 1
            excused = self.world.cloud.set_again if place == "copy" else Counter[str]()
            for word, times in introduced.items():
                if times - excused[word] > said.get(word, 0):
                    yield f"{word} came {times} times into the {place}, said {said.get(word, 0)}"


def _field(path: FieldPath) -> str:
    return "keywords" if path == TAGS else path.key


def _words(value: object) -> set[str]:
    if value is None:
        return set()
    return set(value) if isinstance(value, tuple) else set(str(value).split())
