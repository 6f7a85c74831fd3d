"""What brings a mapped field of a master and of its copy together: the rule, field by field.

A side acts only where it says another thing than when the two last agreed. What was carried from
the other side is what they agree on, so nothing is ever sent back where it came from.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import merge, same
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.field_mapping import Direction, Leads
from bridge_app.domain.metadata_fields import FieldValue, normalised

TOO_NEAR = timedelta(minutes=5)
"""Clocks of two services differ: what was said within so much time was said at once."""


class Towards(StrEnum):
    """Which side gets a value."""

    MASTER = "master"
    CLOUD = "cloud"
    NOBODY = "nobody"
    """Both sides keep theirs, and a person is asked."""


class Why(StrEnum):
    """Why a value goes there."""

    ONLY_THERE = "only_there"
    CHANGED = "changed"
    LEADS = "leads"
    NEWER = "newer"
    BOTH = "both"
    MERGED = "merged"


WHY = {
    Why.ONLY_THERE: QT_TRANSLATE_NOOP("sync", "only one side says anything"),
    Why.CHANGED: QT_TRANSLATE_NOOP("sync", "it was changed on one side"),
    Why.LEADS: QT_TRANSLATE_NOOP("sync", "this side leads for the field"),
    Why.NEWER: QT_TRANSLATE_NOOP("sync", "it was said last"),
    Why.BOTH: QT_TRANSLATE_NOOP("sync", "both were changed: choose one"),
    Why.MERGED: QT_TRANSLATE_NOOP("sync", "what both sides added is joined"),
}
"""What each means, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What both sides said of a source when they last agreed, each in the form of the cloud.

    `at` is when that was (ISO 8601 in UTC, by this desk's clock).
    """

    master: FieldValue
    cloud: FieldValue
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """One source at both sides, in the one form that survives the way to the cloud and back.

    `master_at` and `cloud_at` are when each was changed last, None where nobody can tell.
    """

    master: FieldValue
    cloud: FieldValue
    agreed: Agreed | None = None
    master_at: datetime | None = None
    cloud_at: datetime | None = None

    @property
    def is_agreed(self) -> bool:
        """Do both say the same?"""
        return same(self.master, self.cloud)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one side is to say instead of what it says."""

    towards: Towards
    value: FieldValue
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncChange:
    """A step for people: what it changes of which master or copy.

    `copy` is the copy's asset, `name` the master's name.
    """

    asset: AssetId
    copy: AssetId
    name: str
    source: str
    towards: Towards
    before: FieldValue
    after: FieldValue
    why: Why


def steps(sides: Sides, direction: Direction, leads: Leads) -> tuple[Step, ...]:
    """What brings them together: nothing, one step, or of sets one for each side.

    Where the row only goes to the cloud, what is said there stays there.
    """
    if sides.is_agreed or direction is Direction.NONE:
        return ()
    found = _joined(sides) if _is_set(sides) else _chosen(sides, leads)
    both = direction is Direction.BOTH
    return tuple(one for one in found if both or one.towards is not Towards.MASTER)


def _is_set(sides: Sides) -> bool:
    return isinstance(sides.master, tuple) or isinstance(sides.cloud, tuple)


def _joined(sides: Sides) -> tuple[Step, ...]:
    """What either side added is there, what either side removed is not."""
    ours, theirs = (set(_members(one)) for one in (sides.master, sides.cloud))
    base = ours & theirs
    if sides.agreed is not None:
        base = set(_members(sides.agreed.master)) & set(_members(sides.agreed.cloud))
    merged = merge(tuple(base), tuple(ours), tuple(theirs), is_set=True).value
    if not set(_members(merged)):
        merged = None
    wanted = ((Towards.MASTER, sides.master), (Towards.CLOUD, sides.cloud))
    return tuple(
        Step(towards=towards, value=merged, why=Why.MERGED)
        for towards, value in wanted
        if not same(merged, value)
    )


def _chosen(sides: Sides, leads: Leads) -> tuple[Step, ...]:
    to_cloud = Towards.CLOUD, sides.master
    to_master = Towards.MASTER, sides.cloud
    if sides.agreed is None:
        if sides.cloud is None or sides.master is None:
            towards, value = to_cloud if sides.cloud is None else to_master
            return (Step(towards=towards, value=value, why=Why.ONLY_THERE),)
    else:
        ours = not same(sides.master, sides.agreed.master)
        theirs = not same(sides.cloud, sides.agreed.cloud)
        if not ours and not theirs:
            return ()
        if ours != theirs:
            towards, value = to_cloud if ours else to_master
            return (Step(towards=towards, value=value, why=Why.CHANGED),)
    match leads:
        case Leads.MASTER:
            return (Step(towards=to_cloud[0], value=to_cloud[1], why=Why.LEADS),)
        case Leads.CLOUD:
            return (Step(towards=to_master[0], value=to_master[1], why=Why.LEADS),)
    return (_newest(sides),)


def _newest(sides: Sides) -> Step:
    """Nobody's word is taken for the last one by a clock that may be wrong."""
    ours, theirs = sides.master_at, sides.cloud_at
    if ours is None or theirs is None or abs(ours - theirs) < TOO_NEAR:
        return Step(towards=Towards.NOBODY, value=sides.cloud, why=Why.BOTH)
    if ours > theirs:
        return Step(towards=Towards.CLOUD, value=sides.master, why=Why.NEWER)
    return Step(towards=Towards.MASTER, value=sides.cloud, why=Why.NEWER)


def _members(value: FieldValue) -> tuple[str, ...]:
    found = normalised(value)
    if found is None:
        return ()
    return found if isinstance(found, tuple) else (str(found),)
