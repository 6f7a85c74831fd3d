"""Which approvals a new version of a master or a changed preset has left behind, and which hold.

An approval is bound to bytes and a transformation. When either changes, exactly that subject has
to be looked at again, and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_app.domain.approvals import Approval, Decision, Stages, overall, subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP

LOOKED_AT = frozenset({Approval.APPROVED, Approval.CHANGES_REQUESTED, Approval.REJECTED})
Subject = tuple[str, str]
"""Some content, and the transformation it goes through ("": the master itself)."""


class Cause(StrEnum):
    """What changed since it was approved."""

    MASTER = "master"
    PRESET = "preset"
    BOTH = "both"


CAUSES = {
    Cause.MASTER: QT_TRANSLATE_NOOP("stale", "the master has a new version"),
    Cause.PRESET: QT_TRANSLATE_NOOP("stale", "its preset was changed"),
    Cause.BOTH: QT_TRANSLATE_NOOP(
        "stale", "the master has a new version, and its preset was changed"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetHistory:
    """What presets make now, and every form they ever had, each as `subject_text` writes it.

    `current` has no entry for a preset that was deleted.
    """

    current: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, editions: Iterable[tuple[str, str, str]], current: Mapping[str, tuple[str, str]]
    ) -> "PresetHistory":
        """From (preset, transformation, format) as they were said."""
        told: dict[str, set[str]] = {}
        for preset, transformation, form in editions:
            told.setdefault(preset, set()).add(subject_text(transformation, form))
        return cls(
            current={name: subject_text(*said) for name, said in current.items()},
            editions={name: frozenset(texts) for name, texts in told.items()},
        )

    def now(self, transformation: str) -> Iterator[tuple[str, str]]:
        """(transformation, preset) of what is made today where that was made once.

        Nothing where all presets that had it are gone; itself, and no preset, where none ever had.
        """
        if not transformation:
            yield "", ""
            return
        having = [name for name, texts in self.editions.items() if transformation in texts]
        if not having:
            yield transformation, ""
        for name in having:
            if name in self.current:
                yield self.current[name], name


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """Something that has to be looked at again: an asset's content of today through this.

    `approved` is the approval that it has left behind; `preset` "" where none made it.
    """

    asset: AssetId
    transformation: str
    why: Cause
    preset: str
    approved: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapses:
    """What has to be looked at again, and the approvals that still hold."""

    stale: tuple[Stale, ...] = ()
    holding: tuple[Decision, ...] = ()


def lapses(
    asset: AssetId, content: str, decisions: Sequence[Decision], presets: PresetHistory
) -> Lapses:
    """What was approved of an asset against what it is today.

    `decisions` are all of this asset and of its content, oldest first. What somebody has decided
    about already in its new form is not stale.
    """
    states = _states(decisions)
    stale: dict[str, Stale] = {}
    holding: list[Decision] = []
    for (before, transformation), (stages, newest) in states.items():
        if not _is_approved(stages):
            continue
        targets = tuple(presets.now(transformation))
        if before == content and any(target == transformation for target, _ in targets):
            holding.append(newest)
        for target, preset in targets:
            is_same = (before, transformation) == (content, target)
            if is_same or _is_looked_at(states, (content, target)):
                continue
            why = _cause(is_master=before != content, is_preset=transformation != target)
            stale[target] = Stale(
                asset=asset, transformation=target, why=why, preset=preset, approved=newest
            )
    return Lapses(stale=tuple(stale.values()), holding=tuple(holding))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedBefore:
    """The approval that something of today takes the place of.

    `stages` are those that had approved it, "" for the whole.
    """

    decision: Decision
    stages: tuple[str, ...]

    @property
    def subject(self) -> Subject:
        """What was approved."""
        return self.decision.sha256, self.decision.transformation


def approved_before(
    today: Subject, decisions: Sequence[Decision], presets: PresetHistory, *, not_by: str = ""
) -> ApprovedBefore | None:
    """The newest approval of an earlier form of `today`; None if none was ever approved.

    `decisions` are all of the asset, oldest first. What was rejected since is no approval; nor
    is what `not_by` approved.
    """
    for (content, transformation), (said, newest) in reversed(_states(decisions).items()):
        is_earlier = (content, transformation) != today and _is_approved(said)
        becomes = {target for target, _ in presets.now(transformation)} | {transformation}
        if is_earlier and newest.who != not_by and today[1] in becomes:
            approving = (name for name, approval in said if approval is Approval.APPROVED)
            return ApprovedBefore(decision=newest, stages=tuple(approving))
    return None


def _states(decisions: Sequence[Decision]) -> dict[Subject, tuple[Stages, Decision]]:
    """The newest decisions of each subject by stage, with its newest approval, oldest first.

    A decision on the whole that is no approval begins the review anew.
    """
    found: dict[Subject, tuple[dict[str, Approval], Decision]] = {}
    for one in decisions:
        subject = one.sha256, one.transformation
        stages, newest = found.pop(subject, ({}, one))
        if not one.stage and one.approval is not Approval.APPROVED:
            stages = {}
        newest = one if one.approval is Approval.APPROVED else newest
        found[subject] = ({**stages, one.stage: one.approval}, newest)
    return {subject: (tuple(said.items()), newest) for subject, (said, newest) in found.items()}


def _is_approved(said: Stages) -> bool:
    whole = dict(said).get("", Approval.DRAFT)
    stages = tuple((name, approval) for name, approval in said if name)
    state = overall(whole, stages, tuple(name for name, _ in stages))
    return state is Approval.APPROVED


def _is_looked_at(states: Mapping[Subject, tuple[Stages, Decision]], subject: Subject) -> bool:
    said, _ = states.get(subject, ((), None))
    return any(approval in LOOKED_AT for _, approval in said)


def _cause(*, is_master: bool, is_preset: bool) -> Cause:
    if is_master and is_preset:
        return Cause.BOTH
    return Cause.MASTER if is_master else Cause.PRESET
