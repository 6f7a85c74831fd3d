"""One sitting of a reviewer: what is looked at, where one is, and how everything stands."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.disagreements import DECIDED
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.marks import Mark
from bridge_app.domain.uses import Use
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.readings import Readings
from bridge_app.ui.review.subjects import Key, Subject
from bridge_app.work.approvals import ReviewState
from bridge_app.work.worker import Worker

T = TypeVar("T")

CHUNK = 40
"""So many are read together; those that are looked at first."""


class Sitting(QObject):
    """GUI thread only; how things stand is read elsewhere, and told when it is known."""

    filled = Signal()  # other subjects
    moved = Signal()  # another one is the current one
    told = Signal(object)  # frozenset[Key]: how these stand is known, or different
    failed = Signal(object)  # BridgeError

    def __init__(self, worker: Worker, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._subjects: tuple[Subject, ...] = ()
        self._rows: dict[Key, int] = {}
        self._row = 0
        self._states: Readings[Key, ReviewState] = Readings()
        self._marks: Readings[AssetId, Mark] = Readings()
        self._spoken: Counter[Key] = Counter()
        self._onward = 1
        self._touched: set[AssetId] = set()
        self._is_renewing = False

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """All of them, in their order."""
        return self._subjects

    @property
    def row(self) -> int:
        """Where the current one is."""
        return self._row

    @property
    def onward(self) -> int:
        """Which way somebody pages: 1 or -1."""
        return self._onward

    @property
    def subject(self) -> Subject | None:
        """The current one; None if there are none."""
        return self._subjects[self._row] if self._subjects else None

    def row_of(self, key: Key) -> int | None:
        """Where it is."""
        return self._rows.get(key)

    def state(self, subject: Subject) -> ReviewState | None:
        """How it stands; None until it is known."""
        return self._states.get(subject.key)

    def mark(self, subject: Subject) -> Mark:
        """The rating and the label of its master."""
        return self._marks.get(subject.asset.id) or Mark(rating=subject.asset.rating)

    def approval(self, subject: Subject) -> Approval:
        """What was decided; a draft until it is known."""
        state = self.state(subject)
        return state.approval if state is not None else Approval.DRAFT

    def is_decided(self, subject: Subject) -> bool:
        """Is nobody waited for?"""
        return self.approval(subject) in DECIDED

    def undecided(self) -> list[Subject]:
        """Those that somebody has to decide on."""
        return [one for one in self._subjects if not self.is_decided(one)]

    def open(self) -> list[Subject]:
        """Those of them of which nothing is being said right now."""
        return [one for one in self.undecided() if not self._spoken[one.key]]

    def counts(self) -> Counter[Approval]:
        """How many stand how."""
        return Counter(self.approval(one) for one in self._subjects)

    def renditions(self, asset: AssetId) -> list[Subject]:
        """What is looked at of one asset, in its order."""
        return [one for one in self._subjects if one.asset.id == asset]

    def fill(self, subjects: Sequence[Subject], start: int = 0) -> None:
        """Look at these."""
        self._subjects = tuple(subjects)
        self._rows = {one.key: row for row, one in enumerate(self._subjects)}
        self._row = min(max(0, start), max(0, len(self._subjects) - 1))
        self.filled.emit()
        self.moved.emit()
        self.read(self._subjects)
        self._read_marks(tuple(dict.fromkeys(one.asset.id for one in self._subjects)))

    # Going

    def go(self, row: int) -> None:
        """To this one, or as far as there are any."""
        row = min(max(0, row), len(self._subjects) - 1)
        if self._subjects and row != self._row:
            self._onward = 1 if row > self._row else -1
            self._row = row
            self.moved.emit()

    def step(self, count: int) -> None:
        """So many on."""
        self.go(self._row + count)

    def step_asset(self, way: int) -> None:
        """To the first picture of the next asset, or of the previous one."""
        here = self.subject
        if here is None:
            return
        row = self._row
        while 0 <= row < len(self._subjects) and self._subjects[row].asset.id == here.asset.id:
            row += way
        if not 0 <= row < len(self._subjects):
            return
        asset = self._subjects[row].asset.id
        while row > 0 and self._subjects[row - 1].asset.id == asset:
            row -= 1
        self.go(row)

    def next_open(self) -> bool:
        """To the next one that is not decided, from the beginning again; False if there is none."""
        rows = [self._rows[one.key] for one in self.open()]
        if not rows:
            return False
        self.go(min(rows, key=lambda row: (row - self._row - 1) % len(self._subjects)))
        return True

    # How they stand

    def speak(self, subjects: Sequence[Subject]) -> None:
        """Something is being decided of these: nobody else is waited for until it is `heard`."""
        self._spoken.update(one.key for one in subjects)

    def heard(self, subjects: Sequence[Subject]) -> None:
        """It is on disk, or was refused: read how they stand."""
        self._read_on(self._nearest(subjects), is_heard=True)

    def read(self, subjects: Sequence[Subject]) -> None:
        """Read how these stand; the nearest first."""
        self._read_on(self._nearest(subjects))

    def _nearest(self, subjects: Sequence[Subject]) -> list[Subject]:
        return sorted(subjects, key=lambda one: abs(self._rows.get(one.key, 0) - self._row))

    def renew(self, assets: Collection[AssetId]) -> None:
        """Something is different with these assets: read them again, and how they stand."""
        touched = {one.asset.id for one in self._subjects} & set(assets)
        self._touched |= touched
        self._read_marks(tuple(touched))
        self._renew_touched()

    def _renew_touched(self) -> None:
        """One reading after another: what is touched meanwhile is gathered for the next."""
        if self._is_renewing or not self._touched:
            return
        touched = tuple(self._touched)
        self._touched.clear()
        self._is_renewing = True
        account = self._worker.current_account()
        environment = account.environment if account is not None else None

        def read(reader: CatalogReader) -> list[Asset]:
            return reader.assets(touched, environment=environment)

        self._asker.read(read, self._renewed, self._not_renewed)

    def _not_renewed(self, error: BridgeError) -> None:
        self._is_renewing = False
        self.failed.emit(error)
        self._renew_touched()

    def _renewed(self, assets: list[Asset]) -> None:
        self._is_renewing = False
        fresh = {asset.id: asset for asset in assets}
        contents = {one.key for one in self._subjects}
        self._subjects = tuple(
            replace(one, asset=fresh.get(one.asset.id, one.asset)) for one in self._subjects
        )
        self._rows = {one.key: row for row, one in enumerate(self._subjects)}
        if contents != set(self._rows):
            self.filled.emit()
            self.moved.emit()
        self.read([one for one in self._subjects if one.asset.id in fresh])
        self._renew_touched()

    def _read_on(self, subjects: Sequence[Subject], *, is_heard: bool = False) -> None:
        now, later = tuple(subjects[:CHUNK]), subjects[CHUNK:]
        if not now:
            return

        number = self._states.begin()

        def work() -> dict[Key, ReviewState]:
            return {one.key: _state(self._worker, one) for one in now}

        def take(found: dict[Key, ReviewState]) -> None:
            known = self._states.take(number, found)
            self._hush(now if is_heard else ())
            self._tell(known)
            self._read_on(later, is_heard=is_heard)

        def failed(error: BridgeError) -> None:
            if isValid(self):
                self._hush(subjects if is_heard else ())
                self.failed.emit(error)

        self._ask(work, take, failed)

    def _hush(self, subjects: Sequence[Subject]) -> None:
        self._spoken.subtract(one.key for one in subjects)

    def _read_marks(self, ids: tuple[AssetId, ...]) -> None:
        if not ids:
            return
        number = self._marks.begin()

        def take(found: Mapping[AssetId, Mark]) -> None:
            known = self._marks.take(number, found)
            self._tell(frozenset(key for key in self._rows if key[0] in known))

        self._ask(partial(self._worker.reviews.marks, ids), take, self.failed.emit)

    def _ask(
        self,
        work: Callable[[], T],
        take: Callable[[T], None],
        failed: Callable[[BridgeError], None],
    ) -> None:
        def living(answer: T) -> None:
            # The window may be closed by now.
            if isValid(self):
                take(answer)

        self._asker.ask(work, living, failed)

    def _tell(self, known: frozenset[Key]) -> None:
        if known:
            self.told.emit(known)


def _state(worker: Worker, subject: Subject) -> ReviewState:
    """In a thread: how it stands for what it is meant for; one market stands for itself alone."""
    market = subject.markets[0] if len(subject.markets) == 1 else ""
    use = Use(channel=subject.channel, market=market)
    return worker.standing(subject.asset.id, subject.transformation, use=use)
