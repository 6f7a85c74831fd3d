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
    RENDITION_CREATED = "rendition.created"
    LINKED = "product.media_linked"
    UNLINKED = "product.media_unlinked"
    FEED_COMPLETED = "feed.completed"
    TEST = "webhook.test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something on record that may be an event; `at` is ISO 8601 in UTC.

    `seq` grows with every happening. `kind` is an audit kind's name, `edit` or `notice`, and
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
"""Kinds of happening that are not in the audit trail."""
ALWAYS = {
    AuditKind.PUBLICATION: EventType.RENDITION_CREATED,
    AuditKind.RESTORATION: EventType.RESTORED,
    AuditKind.RIGHTS_CLAIM: EventType.RIGHTS_CHANGED,
    EDITED: EventType.METADATA_CHANGED,
    NOTICED: EventType.EXPIRING,
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
        case kind:
            return ALWAYS.get(kind)


def facts_of(one: Happening) -> dict[str, object]:
    """What is particular to the event, beside what every event tells of its asset."""
    kept = {name: told for name, told in one.detail.items() if name not in PRIVATE}
    if one.transformation:
        kept["transformation"] = one.transformation
    if one.content:
        kept["sha256"] = one.content
    return dict(kept)


PRIVATE = frozenset({"comment", "decision"})
"""What people say among themselves."""


def _taken_away(one: Happening) -> EventType | None:
    if one.detail.get("state") == "left_alone":
        return None
    reasons = one.detail.get("reasons")
    ended = isinstance(reasons, list) and Reason.RIGHTS_ENDED.value in reasons
    return EventType.EXPIRED if ended else EventType.UNPUBLISHED
