"""What a reviewer says, and takes back: each word is on disk before it is shown."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.marks import Label
from bridge_app.ui.asker import Asker
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.subjects import Key, Subject
from bridge_app.work.worker import Worker

MOST_STEPS = 500
"""Decisions that can be taken back; older ones are in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One decision on one subject, and how it stood before in the same stage."""

    subject: Subject
    stage: str
    before: Approval


class Deciding(QObject):
    """GUI thread only; what is said goes to the worker in the order it is said."""

    decided = Signal(object, int)  # Approval, how many: on disk
    undone = Signal(object)  # tuple[Key, ...]: taken back, on disk
    failed = Signal(object, object)  # BridgeError, tuple[Key, ...] that were not decided
    undoable = Signal(bool)

    def __init__(self, worker: Worker, asker: Asker, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._worker = worker
        self._asker = asker
        self._sitting = sitting
        self._steps: list[tuple[Said, ...]] = []
        self._waiting: deque[Callable[[], None]] = deque()

    @property
    def is_quiet(self) -> bool:
        """Is everything that was said on disk?"""
        return not self._waiting

    @property
    def can_undo(self) -> bool:
        """Was something decided in this sitting?"""
        return bool(self._steps)

    def decide(self, subjects: Sequence[Subject], approval: Approval, comment: str = "") -> None:
        """Have a decision recorded on each; `decided` tells when it is on disk."""
        said = tuple(self._said(one) for one in subjects)
        if said:
            self._record(dict.fromkeys(said, approval), comment, lambda: self._kept(approval, said))

    def undo(self) -> None:
        """Take the last decision back: how it was before is decided again, on the record.

        The last one is what was said last, also if it is not on disk yet.
        """
        if self._waiting:
            self._waiting.append(self._take_back_in_turn)
        else:
            self._take_back()

    def _take_back_in_turn(self) -> None:
        self._waiting.popleft()
        others_wait = bool(self._waiting)
        self._take_back()
        if others_wait:
            self._waiting[0]()

    def _take_back(self) -> None:
        if not self._steps:
            return
        said = self._steps.pop()
        self.undoable.emit(self.can_undo)
        keys = tuple(one.subject.key for one in said)
        comment = self.tr("Decision taken back")
        self._record({one: one.before for one in said}, comment, lambda: self.undone.emit(keys))

    def rate(self, subjects: Sequence[Subject], rating: int) -> None:
        """Give the masters so many stars."""
        assets = _assets(subjects)
        self._ask(
            lambda: self._worker.reviews.mark(assets, rating=rating),
            lambda: self._sitting.renew(assets),
            subjects,
            lambda: self._sitting.read(subjects),
        )

    def label(self, subjects: Sequence[Subject], label: Label) -> None:
        """Give the masters a label; the one that they all have already is taken away."""
        assets = _assets(subjects)
        has = all(self._sitting.mark(one).label is label for one in subjects)
        wanted = Label.NONE if has else label
        self._ask(
            lambda: self._worker.reviews.mark(assets, label=wanted),
            lambda: self._sitting.renew(assets),
            subjects,
            lambda: self._sitting.read(subjects),
        )

    def _said(self, subject: Subject) -> Said:
        """Which stage is decided: the one that was asked for, else the next that waits."""
        state = self._sitting.state(subject)
        stage = subject.stage or (state.next_stage if state is not None else "")
        before = Approval.DRAFT
        if state is not None and not stage:
            before = state.approval
        elif state is not None:
            stages = {one.stage: one.approval for one in state.stages}
            before = stages.get(stage, Approval.DRAFT)
        return Said(subject=subject, stage=stage, before=before)

    def _record(
        self, said: Mapping[Said, Approval], comment: str, then: Callable[[], None]
    ) -> None:
        groups: dict[tuple[str, str, Approval], list[AssetId]] = {}
        for one, approval in said.items():
            group = (one.subject.transformation, one.stage, approval)
            groups.setdefault(group, []).append(one.subject.asset.id)

        def work() -> None:
            for (transformation, stage, approval), assets in groups.items():
                self._worker.decide(
                    assets,
                    approval,
                    comment=comment,
                    transformation=transformation,
                    stage=stage,
                    initiator=self,
                )

        subjects = [one.subject for one in said]
        self._sitting.speak(subjects)

        def done() -> None:
            self._sitting.heard(subjects)
            then()

        def refused() -> None:
            self._sitting.heard(subjects)

        self._ask(work, done, subjects, refused)

    def _kept(self, approval: Approval, said: tuple[Said, ...]) -> None:
        self._steps = [*self._steps, said][-MOST_STEPS:]
        self.undoable.emit(True)  # noqa: FBT003 - a signal's argument
        self.decided.emit(approval, len(said))

    def _ask(
        self,
        work: Callable[[], object],
        done: Callable[[], None],
        subjects: Sequence[Subject],
        otherwise: Callable[[], None],
    ) -> None:
        """One after another: of two words on one picture the later one has to be the later one."""
        keys: tuple[Key, ...] = tuple(one.key for one in subjects)

        def ended(_: object) -> None:
            try:
                done()
            finally:
                self._go_on()

        def refused(error: BridgeError) -> None:
            self._go_on()
            otherwise()
            self.failed.emit(error, keys)

        self._waiting.append(lambda: self._asker.ask(work, ended, refused))
        if len(self._waiting) == 1:
            self._waiting[0]()

    def _go_on(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._waiting[0]()


def _assets(subjects: Sequence[Subject]) -> tuple[AssetId, ...]:
    return tuple(dict.fromkeys(one.asset.id for one in subjects))
