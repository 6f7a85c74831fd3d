"""The gate: the one rule that is asked before bytes or URLs leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rights import Restrictions, RightsState, RightsWindow
from bridge_app.domain.territories import covers


class Reason(StrEnum):
    """Why the gate stays shut."""

    NOT_APPROVED = "not_approved"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    RIGHTS_ENDED = "rights_ended"
    RIGHTS_NOT_YET = "rights_not_yet"
    RIGHTS_UNREADABLE = "rights_unreadable"
    UNREADABLE_FILE = "unreadable_file"
    REGION = "region_denied"
    CHANNEL = "channel_denied"
    MODEL_RELEASE = "model_release_missing"
    PROPERTY_RELEASE = "property_release_missing"
    ARCHIVED = "archived"


SENTENCES = {
    Reason.NOT_APPROVED: QT_TRANSLATE_NOOP("gate", "nobody has approved it yet"),
    Reason.IN_REVIEW: QT_TRANSLATE_NOOP("gate", "its review is not finished"),
    Reason.CHANGES_REQUESTED: QT_TRANSLATE_NOOP("gate", "changes were requested"),
    Reason.REJECTED: QT_TRANSLATE_NOOP("gate", "it was rejected"),
    Reason.LAPSED: QT_TRANSLATE_NOOP("gate", "it has changed since it was approved"),
    Reason.RIGHTS_ENDED: QT_TRANSLATE_NOOP("gate", "its rights have ended"),
    Reason.RIGHTS_NOT_YET: QT_TRANSLATE_NOOP("gate", "its rights have not begun"),
    Reason.RIGHTS_UNREADABLE: QT_TRANSLATE_NOOP("gate", "its rights dates cannot be read"),
    Reason.UNREADABLE_FILE: QT_TRANSLATE_NOOP("gate", "the file cannot be read"),
    Reason.REGION: QT_TRANSLATE_NOOP("gate", "its rights do not cover this market"),
    Reason.CHANNEL: QT_TRANSLATE_NOOP("gate", "its rights do not cover this channel"),
    Reason.MODEL_RELEASE: QT_TRANSLATE_NOOP("gate", "a model release is missing"),
    Reason.PROPERTY_RELEASE: QT_TRANSLATE_NOOP("gate", "a property release is missing"),
    Reason.ARCHIVED: QT_TRANSLATE_NOOP("gate", "it is archived"),
}

_BY_APPROVAL = {
    Approval.DRAFT: Reason.NOT_APPROVED,
    Approval.IN_REVIEW: Reason.IN_REVIEW,
    Approval.CHANGES_REQUESTED: Reason.CHANGES_REQUESTED,
    Approval.REJECTED: Reason.REJECTED,
}

_BY_RIGHTS = {
    RightsState.ENDED: Reason.RIGHTS_ENDED,
    RightsState.NOT_YET: Reason.RIGHTS_NOT_YET,
    RightsState.UNREADABLE: Reason.RIGHTS_UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says, with every reason against; none against means yes."""

    against: tuple[Reason, ...]

    @property
    def allows(self) -> bool:
        """May it leave?"""
        return not self.against

    def sentence(self) -> str:
        """The reasons as English text, for the command line and the ledger."""
        return ", ".join(SENTENCES[reason] for reason in self.against)


class Governed(Protocol):
    """What the gate has to know of an asset.

    `approval` is the decision on exactly the bytes that would leave; `lapsed` says that only
    an earlier version was approved.
    """

    @property
    def approval(self) -> Approval:
        """The newest decision."""

    @property
    def lapsed(self) -> bool:
        """Was another version approved?"""

    @property
    def rights(self) -> RightsWindow:
        """When it may be used."""

    @property
    def restrictions(self) -> Restrictions:
        """Where and for what it may be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What something would be used for; "" where nobody has said so yet.

    A push brings a master to delivery for uses to come and names neither.
    """

    market: str = ""
    channel: str = ""


ANY_USE = Use()


def verdict(asset: Governed, *, at: datetime, use: Use = ANY_USE, readable: bool = True) -> Verdict:
    """May this leave at `at` (UTC)? Every reason, not the first one.

    `readable` says that the bytes could be read at all.
    """
    approval, lapsed, rights = asset.approval, asset.lapsed, asset.rights
    against: list[Reason] = []
    if not readable:
        against.append(Reason.UNREADABLE_FILE)
    if approval is Approval.DRAFT and lapsed:
        against.append(Reason.LAPSED)
    elif approval is not Approval.APPROVED:
        against.append(_BY_APPROVAL[approval])
    state = rights.state(at)
    if state is not RightsState.OPEN:
        against.append(_BY_RIGHTS[state])
    return Verdict((*against, *_restrictions(asset.restrictions, use)))


def _restrictions(limits: Restrictions, use: Use) -> Iterator[Reason]:
    if use.market and not covers(limits.territories, use.market):
        yield Reason.REGION
    if use.channel and limits.channels and use.channel.casefold() not in limits.channels:
        yield Reason.CHANNEL
    if limits.model_released is False:
        yield Reason.MODEL_RELEASE
    if limits.property_released is False:
        yield Reason.PROPERTY_RELEASE
    if limits.archived:
        yield Reason.ARCHIVED
