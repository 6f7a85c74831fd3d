"""Is the audit trail whole: what was altered, dropped, put in, moved or cut off, entry by entry."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bridge_app.domain.approvals import NO_PREVIOUS
from bridge_app.domain.audit import Head, link_digest
from bridge_app.domain.errors import QT_TRANSLATE_NOOP

MOST_FINDINGS = 200
"""A trail that is damaged throughout need not be told entry by entry."""
MOST_DISORDER = timedelta(minutes=1)
"""Two programs that write at once may be so far out of order; more is a clock that was set back."""


class Damage(StrEnum):
    """What is wrong with the trail."""

    ALTERED = "altered"
    UNLINKED = "unlinked"
    MISSING = "missing"
    CUT_OFF = "cut_off"
    HEAD_LOST = "head_lost"
    HEAD_DIFFERS = "head_differs"
    FILE_LOST = "file_lost"
    FILE_DIFFERS = "file_differs"
    ELSEWHERE_DIFFERS = "elsewhere_differs"
    DECISION_LOST = "decision_lost"
    DECISION_UNTOLD = "decision_untold"


SENTENCES = {
    Damage.ALTERED: QT_TRANSLATE_NOOP(
        "errors", "Entry {first} was altered: it does not say what was recorded."
    ),
    Damage.UNLINKED: QT_TRANSLATE_NOOP(
        "errors", "Just before entry {first} something was put in, taken out or moved."
    ),
    Damage.MISSING: QT_TRANSLATE_NOOP(
        "errors", "Entries are missing: number {first} to number {last}."
    ),
    Damage.CUT_OFF: QT_TRANSLATE_NOOP(
        "errors", "The end was cut off: number {first} to number {last} were there once."
    ),
    Damage.HEAD_LOST: QT_TRANSLATE_NOOP(
        "errors", "The ledger does not know any more how far the trail goes."
    ),
    Damage.HEAD_DIFFERS: QT_TRANSLATE_NOOP(
        "errors", "The trail does not end as the ledger kept it, at entry {first}."
    ),
    Damage.FILE_LOST: QT_TRANSLATE_NOOP(
        "errors", "The file beside the ledger that keeps the trail's end is gone or unreadable."
    ),
    Damage.FILE_DIFFERS: QT_TRANSLATE_NOOP(
        "errors", "Entry {first} is not the one that the file beside the ledger has kept."
    ),
    Damage.ELSEWHERE_DIFFERS: QT_TRANSLATE_NOOP(
        "errors", "Entry {first} is not the one that was kept elsewhere."
    ),
    Damage.DECISION_LOST: QT_TRANSLATE_NOOP(
        "errors", "The decision that entry {first} tells of is not on record any more."
    ),
    Damage.DECISION_UNTOLD: QT_TRANSLATE_NOOP(
        "errors", "A decision is on record that the trail does not tell of ({what})."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Damage of the entries `first` to `last`, by their numbers; 0 where it is of no entry.

    `what` names the decision, where it is about one.
    """

    damage: Damage
    first: int = 0
    last: int = 0
    what: str = ""

    @property
    def key(self) -> str:
        """What a person takes note of."""
        return f"{self.damage}:{self.first}-{self.last}:{self.what}"

    def sentence(self, translated: Callable[[str], str] = str) -> str:
        """What is wrong, for people."""
        template = translated(SENTENCES[self.damage])
        return template.format(first=self.first, last=self.last, what=self.what[:16])


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow:
    """An entry as the database holds it; each field may be anything, if somebody altered it."""

    seq: object
    texts: tuple[object, ...]
    previous: object
    digest: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """What says how far the trail has to go.

    Args:
        table: As the ledger itself keeps it; None if that is lost.
        file: As the file beside the ledger keeps it; None if that is lost.
        file_expected: Was there such a file once?
        elsewhere: As a person kept it: on paper, or in a report.
    """

    table: Head | None
    file: Head | None = None
    file_expected: bool = False
    elsewhere: Head | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailCheck:
    """What came out: the `findings` are new, the `known` ones a person took note of before.

    `set_back` are the numbers of entries whose time is before that of the entry before them: a
    clock was set back. That is no damage, for the numbers say what came first. `ahead` is the
    newest moment on record, where the clock stands well before it now.
    """

    head: Head
    findings: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()
    set_back: tuple[int, ...] = ()
    ahead: datetime | None = None

    @property
    def is_sound(self) -> bool:
        """Is there nothing that nobody took note of?"""
        return not self.findings

    def at(self, now: datetime, newest: datetime | None) -> Self:
        """The same, at a moment of the clock, with the newest one on record."""
        if newest is None or newest - now <= MOST_DISORDER:
            return self
        return replace(self, ahead=newest)


@dataclass(slots=True)
class TrailReading:
    """Reads a trail from its first entry to its last, once; `check` tells what was found."""

    heads: Heads
    findings: list[Finding] = field(default_factory=list)
    set_back: list[int] = field(default_factory=list)
    _last: Head = field(default_factory=Head)
    _at: datetime | None = None
    _accepted: set[str] = field(default_factory=set)
    _at_heads: dict[int, str] = field(default_factory=dict)
    _told: dict[str, int] = field(default_factory=dict)

    def take(self, row: TrailRow, *, accepted: Iterable[str] = (), decision: str = "") -> None:
        """The next entry. `accepted` and `decision` are what its facts say, if it is sound."""
        seq, texts = row.seq, row.texts
        expected = self._last.count + 1
        if not isinstance(seq, int) or seq < expected:
            self._find(Damage.UNLINKED, seq if isinstance(seq, int) else expected)
            return
        if seq > expected:
            self._find(Damage.MISSING, expected, seq - 1)
        elif row.previous != self._last.digest:
            self._find(Damage.UNLINKED, seq)
        if is_as_written(row):
            self._accepted.update(accepted)
            if decision:
                self._told[decision] = seq
            self._look_at_clock(seq, str(texts[0]))
        else:
            self._find(Damage.ALTERED, seq)
        self._last = Head(count=seq, digest=str(row.digest))
        if seq in self._wanted():
            self._at_heads[seq] = self._last.digest

    def check(self, decisions: Collection[str]) -> TrailCheck:
        """After the last entry. `decisions` are the digests of the record of decisions."""
        self._check_heads()
        for digest, seq in self._told.items():
            if digest not in decisions:
                self._find(Damage.DECISION_LOST, seq, what=digest)
        for digest in decisions:
            if digest not in self._told:
                self._find(Damage.DECISION_UNTOLD, what=digest)
        return TrailCheck(
            head=self._last,
            findings=tuple(one for one in self.findings if one.key not in self._accepted),
            known=tuple(one for one in self.findings if one.key in self._accepted),
            set_back=tuple(self.set_back),
        )

    def _check_heads(self) -> None:
        table, file = self.heads.table, self.heads.file
        if table is None:
            self._find(Damage.HEAD_LOST)
        else:
            self._check_head(table, Damage.HEAD_DIFFERS, is_newest=True)
        if file is not None:
            self._check_head(file, Damage.FILE_DIFFERS)
        elif self.heads.file_expected:
            self._find(Damage.FILE_LOST)
        if self.heads.elsewhere is not None:
            self._check_head(self.heads.elsewhere, Damage.ELSEWHERE_DIFFERS)

    def _check_head(self, head: Head, damage: Damage, *, is_newest: bool = False) -> None:
        """A head that was kept earlier has to be in the trail, the newest has to be its end."""
        last = self._last.count
        if head.count > last:
            gap = Finding(damage=Damage.CUT_OFF, first=last + 1, last=head.count)
            if gap not in self.findings:
                self.findings.append(gap)
            return
        found = self._at_heads.get(head.count) if head.count else NO_PREVIOUS
        if head.digest != found or (is_newest and head.count != last):
            self._find(damage, head.count)

    def _look_at_clock(self, seq: int, at: str) -> None:
        """Only of entries that are as they were written."""
        try:
            moment = datetime.fromisoformat(at)
            if self._at is not None and self._at - moment > MOST_DISORDER:
                self.set_back.append(seq)
        except (ValueError, TypeError):
            # A time without a zone, or none at all: whoever wrote it, there is nothing to compare.
            return
        self._at = moment

    def _wanted(self) -> frozenset[int]:
        kept = (self.heads.table, self.heads.file, self.heads.elsewhere)
        return frozenset(head.count for head in kept if head is not None)

    def _find(self, damage: Damage, first: int = 0, last: int = 0, what: str = "") -> None:
        if len(self.findings) < MOST_FINDINGS:
            found = Finding(damage=damage, first=first, last=last or first, what=what)
            self.findings.append(found)


def is_as_written(row: TrailRow) -> bool:
    """Does the entry say what it said when it was bound?"""
    texts, previous = row.texts, row.previous
    if not isinstance(row.seq, int) or not isinstance(previous, str):
        return False
    written = tuple(text for text in texts if isinstance(text, str))
    return len(written) == len(texts) and link_digest(row.seq, written, previous) == row.digest
