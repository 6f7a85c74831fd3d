"""What on record is an event for others, and how much of it they are told."""

import pytest

from bridge_app.domain.audit import AuditKind, Told
from bridge_app.domain.channel_events import NOTICED, EventType, Happening, event_of, facts_of


def happened(kind: str, **detail: Told) -> Happening:
    return Happening(seq=1, id="x", at="2026-11-20T20:00:00+00:00", kind=kind, detail=detail)


@pytest.mark.parametrize(
    ("one", "event"),
    [
        (happened(AuditKind.DECISION, approval="approved"), EventType.APPROVED),
        (happened(AuditKind.DECISION, approval="approved", stage="legal"), None),
        (happened(AuditKind.DECISION, approval="rejected"), None),
        (happened(AuditKind.PUSH), EventType.PUSHED),
        (happened(AuditKind.PUBLICATION), EventType.RENDITION_CREATED),
        (happened(AuditKind.RETRACTION, state="retracted", reasons=[]), EventType.UNPUBLISHED),
        (
            happened(AuditKind.RETRACTION, state="retracted", reasons=["rights_ended"]),
            EventType.EXPIRED,
        ),
        (happened(AuditKind.RETRACTION, state="left_alone"), None),
        (happened(AuditKind.RETRACTION, state="made_anew"), None),
        (happened(AuditKind.RESTORATION), EventType.RESTORED),
        (happened(AuditKind.RIGHTS_CLAIM), EventType.RIGHTS_CHANGED),
        (happened(NOTICED, days=7), EventType.EXPIRING),
        (happened(NOTICED, days=0), None),
        (happened(AuditKind.COMMENT), None),
        (happened(AuditKind.REFUSAL), None),
        (happened(""), None),
    ],
)
def test_which_event_it_is(one: Happening, event: EventType | None) -> None:
    assert event_of(one) is event


def test_what_people_say_among_themselves_is_never_told() -> None:
    private = {"comment": "Jane", "source": "Jane", "documents": "Jane", "licence": "Jane"}
    for event in EventType:
        assert "Jane" not in str(facts_of(happened("", **private), event))
