"""What other systems are told of: events, as they follow from what is on record.

Source: reference/destinations.md, 2.5 "our contract: events".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditKind, Told
from bridge_app.domain.reasons import Reason

EVENT_VERSION = 1


class EventType(StrEnum):
    """The name of an event; stable, as receivers rely on it."""

    APPROVED = "asset.approved"
    PUSHED = "asset.pushed"
    REPLACED = "asset.replaced"
    METADATA_CHANGED = "asset.metadata_changed"
    RIGHTS_CHANGED = "asset.rights_changed"
    RESTORED = "asset.embargo_lifted"
    EXPIRING = "asset.expiring"
    EXPIRED = "asset.expired"
    UNPUBLISHED = "asset.unpublished"
    ARCHIVED = "asset.archived"
    RENDITION_CREATED = "rendition.created"
    MEDIA_LINKED = "product.media_linked"
    MEDIA_UNLINKED = "product.media_unlinked"
    FEED_COMPLETED = "feed.completed"
    CAMPAIGN_ARCHIVED = "campaign.archived"
    TEST = "webhook.test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something on record that may be an event; `at` is ISO 8601 in UTC.

    `seq` grows with every happening. `kind` is an audit kind's name or one of those below, and
    `detail` the facts of that. `was_there` says of a push that something was pushed to the same
    place before.
    """

    seq: int
    id: str
    at: str
    kind: str
    asset: str = ""
    name: str = ""
    content: str = ""
    transformation: str = ""
    environment: str = ""
    who: str = ""
    detail: Mapping[str, Told] = field(default_factory=dict)
    was_there: bool = False


EDITED, NOTICED = "edit", "notice"
FEED_READ, LINKED, UNLINKED = "feed", "linked", "unlinked"
ARCHIVED, CAMPAIGN_ARCHIVED = "archived", "campaign"
"""Kinds of happening that are not in the audit trail."""
ALWAYS = {
    AuditKind.PUBLICATION: EventType.RENDITION_CREATED,
    AuditKind.RESTORATION: EventType.RESTORED,
    AuditKind.RIGHTS_CLAIM: EventType.RIGHTS_CHANGED,
    EDITED: EventType.METADATA_CHANGED,
    NOTICED: EventType.EXPIRING,
    FEED_READ: EventType.FEED_COMPLETED,
    LINKED: EventType.MEDIA_LINKED,
    UNLINKED: EventType.MEDIA_UNLINKED,
    ARCHIVED: EventType.ARCHIVED,
    CAMPAIGN_ARCHIVED: EventType.CAMPAIGN_ARCHIVED,
}


def event_of(one: Happening) -> EventType | None:
    """Which event it is; None where nobody outside is concerned."""
    match one.kind:
        case AuditKind.DECISION:
            approved = one.detail.get("approval") == Approval.APPROVED
            return EventType.APPROVED if approved and not one.detail.get("stage") else None
        case AuditKind.PUSH:
            return EventType.REPLACED if one.was_there else EventType.PUSHED
        case AuditKind.RETRACTION:
            return _taken_away(one)
        case kind if kind == NOTICED and not one.detail.get("days"):
            return None  # it has ended: what is taken away for that is told as that
        case kind:
            return ALWAYS.get(kind)


TOLD = {
    EventType.PUSHED: ("version", "bytes", "url"),
    EventType.REPLACED: ("version", "bytes", "url"),
    EventType.RENDITION_CREATED: ("preset", "channel", "market", "language", "format", "url"),
    EventType.UNPUBLISHED: ("reasons",),
    EventType.EXPIRED: ("reasons",),
    EventType.METADATA_CHANGED: ("fields",),
    EventType.EXPIRING: ("expires", "days"),
    EventType.MEDIA_LINKED: ("sku", "market", "language", "slot", "position"),
    EventType.MEDIA_UNLINKED: ("sku", "market", "language", "slot", "position"),
    EventType.ARCHIVED: ("campaign",),
    EventType.CAMPAIGN_ARCHIVED: ("campaign", "container"),
    EventType.FEED_COMPLETED: (
        *("feed", "file", "received", "upserted", "unchanged", "stale", "deleted", "bad_rows"),
    ),
}
"""What of the facts on record is told outside; what people say among themselves never is."""


def facts_of(one: Happening, event: EventType) -> dict[str, object]:
    """What is particular to the event, beside what every event tells of its asset."""
    kept: dict[str, object] = {
        name: one.detail[name] for name in TOLD.get(event, ()) if name in one.detail
    }
    if one.transformation:
        kept["transformation"] = one.transformation
    if one.content:
        kept["sha256"] = one.content
    return kept


STILL_THERE = frozenset({"left_alone", "made_anew"})
"""States of a retraction that ended nothing."""


def _taken_away(one: Happening) -> EventType | None:
    if one.detail.get("state") in STILL_THERE:
        return None
    reasons = one.detail.get("reasons")
    ended = isinstance(reasons, list) and Reason.RIGHTS_ENDED.value in reasons
    return EventType.EXPIRED if ended else EventType.UNPUBLISHED
