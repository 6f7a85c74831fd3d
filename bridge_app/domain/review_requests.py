"""What somebody asks reviewers to look at, until when; and what of it is still to be decided."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bridge_app.domain.approvals import Approval, subject_text
from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.roles import LONGEST_ROLE, role_of, roles_of

RequestId = NewType("RequestId", str)

LONGEST_TITLE = 200
LONGEST_NOTE = 20_000
MOST_ITEMS = 20_000
MOST_REVIEWERS = 100


class ReviewRequestError(InvalidInputError):
    """A request that cannot be made as it is."""

    text = QT_TRANSLATE_NOOP("errors", "The review was not requested: {detail}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """What is looked at: an asset through a transformation; "" is the master itself.

    The transformation is spelled as approvals are bound to it; `preset` is the name of the
    preset it came from, for people.
    """

    asset: AssetId
    transformation: str = ""
    preset: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "transformation", subject_text(self.transformation))


def review_items(
    assets: Iterable[AssetId], presets: Sequence[RenditionPreset], *, masters: bool
) -> tuple[ReviewItem, ...]:
    """Each asset, with `masters` itself first, through each of the presets."""
    through = [(subject_text(one.transformation, one.format), one.name) for one in presets]
    whole = [("", "")] if masters else []
    return tuple(
        ReviewItem(asset=asset, transformation=text, preset=name)
        for asset in assets
        for text, name in (*whole, *through)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWish:
    """What is asked for. Raises ReviewRequestError.

    `due` is an aware time, or None; `reviewers` are roles or names, none means everybody. Spaces
    and case of reviewers, and items that are named twice, make no difference.
    """

    title: str
    items: tuple[ReviewItem, ...]
    note: str = ""
    due: datetime | None = None
    reviewers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_words(self.title, self.note)
        if self.due is not None and self.due.utcoffset() is None:
            raise ReviewRequestError(
                detail=QT_TRANSLATE_NOOP("facts", "its due date says no time zone")
            )
        roles = dict.fromkeys(role for name in self.reviewers if (role := role_of(name)))
        if len(roles) > MOST_REVIEWERS or any(len(role) > LONGEST_ROLE for role in roles):
            detail = f"more than {MOST_REVIEWERS} reviewers, or one of a very long name"
            raise ReviewRequestError(detail=detail)
        subjects: dict[tuple[AssetId, str], ReviewItem] = {}
        for item in self.items:
            subjects.setdefault((item.asset, item.transformation), item)
        if not 0 < len(subjects) <= MOST_ITEMS:
            raise ReviewRequestError(detail=f"it takes one thing to look at, {MOST_ITEMS} at most")
        object.__setattr__(self, "title", self.title.strip())
        object.__setattr__(self, "reviewers", tuple(roles))
        object.__setattr__(self, "items", tuple(subjects.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRequest:
    """A request as it is on record; `at` and `closed_at` are ISO 8601 in UTC.

    `since` is how many decisions were on record when it was made: a clock that is set back
    does not change what was decided before and after.
    """

    id: RequestId
    title: str
    note: str
    due: datetime | None
    reviewers: tuple[str, ...]
    items: tuple[ReviewItem, ...]
    who: str
    at: str
    since: int
    closed_at: str = ""
    closed_by: str = ""

    @property
    def is_open(self) -> bool:
        """Has nobody closed it?"""
        return not self.closed_at

    def is_for(self, who: str) -> bool:
        """Is one who signs so among the reviewers?"""
        return not self.reviewers or bool(roles_of(who) & set(self.reviewers))

    def is_overdue(self, at: datetime) -> bool:
        """Is its due date over while it is open?"""
        return self.is_open and self.due is not None and self.due < at


class QueueSource(StrEnum):
    """Where something in the queue comes from."""

    REQUEST = "request"
    MODERATION = "moderation"
    LIBRARY = "library"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One thing to decide. `title` and `due` are its request's.

    `request` is "" for what no request asks for: Cloudinary's moderation, masters whose library or
    intake folder says that they are in review, and files that say a state of their own (`claim`).
    `stage` is the stage to decide, "" where no policy asks for stages; `waits_for` is the stage
    before it that is not approved yet, "" if it can be decided now. `approval` is what stands on
    record for it, and `decided` says that it needs no decision any more.
    """

    asset: AssetId
    name: str
    transformation: str = ""
    preset: str = ""
    request: str = ""
    title: str = ""
    stage: str = ""
    waits_for: str = ""
    due: datetime | None = None
    is_overdue: bool = False
    approval: Approval = Approval.DRAFT
    decided: bool = False
    claim: Approval | None = None
    source: QueueSource = QueueSource.REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCounts:
    """How far a request is; `gone` are items whose asset is not in the catalog any more."""

    total: int
    approved: int = 0
    changes_requested: int = 0
    rejected: int = 0
    gone: int = 0

    @property
    def undecided(self) -> int:
        """How many still wait for somebody."""
        return self.total - self.approved - self.changes_requested - self.rejected - self.gone

    @property
    def is_finished(self) -> bool:
        """Is nothing left to decide?"""
        return not self.undecided


def counted(total: int, decided: Iterable[Approval], *, gone: int = 0) -> RequestCounts:
    """The counts of a request with these decisions."""
    by = Counter(decided)
    return RequestCounts(
        total=total,
        approved=by[Approval.APPROVED],
        changes_requested=by[Approval.CHANGES_REQUESTED],
        rejected=by[Approval.REJECTED],
        gone=gone,
    )


def in_order(items: Sequence[QueueItem]) -> list[QueueItem]:
    """What can be decided first, then by due date; what was asked for together stays together."""

    def place(item: QueueItem) -> tuple[bool, bool, float]:
        due = math.inf if item.due is None else item.due.timestamp()
        return (item.decided, bool(item.waits_for), due)

    return sorted(items, key=place)


def _check_words(title: str, note: str) -> None:
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise ReviewRequestError(detail=f"it needs a title, of {LONGEST_TITLE} characters at most")
    if len(note) > LONGEST_NOTE:
        raise ReviewRequestError(detail=f"its note is longer than {LONGEST_NOTE} characters")
    if any("\ud800" <= character <= "\udfff" for character in title + note):
        raise ReviewRequestError(
            detail=QT_TRANSLATE_NOOP(
                "facts", "its title or its note has characters that are broken"
            )
        )
