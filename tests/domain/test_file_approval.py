"""What a file says of its approval, and what has to be changed so that it says another state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.file_approval import KEYWORDS, LABEL, RATING, said_in_file, words_for
from bridge_app.domain.metadata_fields import FieldValue

YES, NO, CHANGES = Approval.APPROVED, Approval.REJECTED, Approval.CHANGES_REQUESTED
Told = dict[FieldPath, FieldValue]
WORDS = st.sampled_from(
    ["sea", "approval:approved", "Approval : Rejected", "approval:archived", "approval:?"]
)
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        KEYWORDS: st.lists(WORDS, min_size=1, unique=True).map(tuple),
        RATING: st.integers(-1, 5),
        LABEL: st.sampled_from(["Red", "Approved", "changes requested", "REJECTED"]),
    },
)


def after(record: Told, approval: Approval) -> Told:
    changed = {one.path: one.after(record.get(one.path)) for one in words_for(approval, record)}
    return {path: value for path, value in (record | changed).items() if value not in (None, ())}


def words(record: Told) -> tuple[str, ...]:
    found = record.get(KEYWORDS)
    return found if isinstance(found, tuple) else ()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({}, None),
        ({KEYWORDS: ("sea", "approval:approved")}, YES),
        ({KEYWORDS: ("Approval: In Review",)}, Approval.IN_REVIEW),
        ({KEYWORDS: ("approval:archived", "approval:soon", "approved")}, None),
        ({RATING: -1}, NO),
        ({RATING: 5, LABEL: "Green"}, None),
        ({LABEL: "Approved"}, YES),
        ({LABEL: "Approved", RATING: -1}, NO),
        ({LABEL: "Approved", KEYWORDS: ("approval:changes_requested",)}, CHANGES),
    ],
)
def test_the_strictest_of_its_words_is_what_a_file_says(record: Told, said: Approval) -> None:
    assert said_in_file(record) is said


@given(RECORDS, st.sampled_from(Approval))
def test_afterwards_it_says_that_alone_and_all_else_it_said_before(
    record: Told, approval: Approval
) -> None:
    now = after(record, approval)
    assert said_in_file(now) is (None if approval is Approval.DRAFT else approval)
    assert words_for(approval, now) == ()
    assert ("sea" in words(record)) == ("sea" in words(now))
    stars = record.get(RATING)
    assert now.get(RATING) == (None if stars == -1 and approval is not NO else stars)
    assert record.get(LABEL) != "Red" or now[LABEL] == "Red"
