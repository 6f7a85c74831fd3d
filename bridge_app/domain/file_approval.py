"""What a master's own file says of its approval, in words that any program can write.

The keyword is the one that masters at a service carry (`approval:approved`); a rating of -1 is the
standards' word for rejected, and photo browsers put a state into the label.
Source: reference/photoshelter.md, 10 "approval"; XMP specification part 2, `xmp:Rating`.
"""

from collections.abc import Iterator

from bridge_app.domain.approvals import Approval
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import Record
from bridge_app.domain.shelter_approval import (
    APPROVAL_KEYWORD,
    STRICTEST_FIRST,
    approval_keywords,
    state_named,
)
from bridge_app.domain.standard_fields import path_of

KEYWORDS, RATING, LABEL = path_of("keywords"), path_of("rating"), path_of("label")
REJECTED_RATING = -1


def said_in_file(record: Record) -> Approval | None:
    """The strictest of what a master says of its approval; None where it says nothing of it."""
    return min(_said(record), key=STRICTEST_FIRST.index, default=None)


def words_for(approval: Approval, record: Record) -> tuple[Change, ...]:
    """What has to be changed so that a master says this of its approval, and nothing else.

    Other keywords, stars and colours stay: what is added is one keyword, and what is taken away
    are words that say another state. A draft says nothing.
    """
    wanted = "" if approval is Approval.DRAFT else f"{APPROVAL_KEYWORD}{approval.value}"
    said = approval_keywords(_keywords(record))
    add = (wanted,) if wanted and wanted not in said else ()
    remove = tuple(word for word in said if word != wanted)
    changes = [Change(path=KEYWORDS, add=add, remove=remove)] if add or remove else []
    if record.get(RATING) == REJECTED_RATING and approval is not Approval.REJECTED:
        changes.append(Change(path=RATING))
    if _labelled(record) not in (None, approval):
        changes.append(Change(path=LABEL))
    return tuple(changes)


def _said(record: Record) -> Iterator[Approval]:
    for word in approval_keywords(_keywords(record)):
        named = state_named(word.partition(":")[2])
        if isinstance(named, Approval):
            yield named
    if record.get(RATING) == REJECTED_RATING:
        yield Approval.REJECTED
    labelled = _labelled(record)
    if labelled is not None:
        yield labelled


def _labelled(record: Record) -> Approval | None:
    label = record.get(LABEL)
    named = state_named(label) if isinstance(label, str) else None
    return named if isinstance(named, Approval) else None


def _keywords(record: Record) -> tuple[str, ...]:
    words = record.get(KEYWORDS)
    return words if isinstance(words, tuple) else ()
