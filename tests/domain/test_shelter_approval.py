"""Which state an asset of a service has, by which source, and when that is a decision."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.domain.shelter_approval import (
    STRICTEST_FIRST,
    ApprovalReading,
    ApprovalSource,
    approval_keywords,
    news,
    read_approval,
    state_named,
    stricter,
)

PLAIN = ShelterAsset(
    account="brand", media_id="I0000abc.def_1234", kind=Kind.IMAGE, file_name="a.jpg", bytes=1
)
STATES = st.sampled_from(Approval)


def asset(*, field: str = "", review: str = "", keywords: tuple[str, ...] = ()) -> ShelterAsset:
    custom = {"Approval Status": field} if field else {}
    return replace(PLAIN, custom=custom, review=review, iptc={"keywords": keywords})


def test_nothing_said_is_a_draft_without_a_source() -> None:
    reading = read_approval(PLAIN, ())
    assert (reading.state, reading.said, reading.source) == (Approval.DRAFT, None, None)
    assert reading.agrees


@pytest.mark.parametrize(
    ("one", "galleries", "state", "source"),
    [
        (asset(field="In Review"), (), Approval.IN_REVIEW, ApprovalSource.FIELD),
        (asset(field="changes_requested"), (), Approval.CHANGES_REQUESTED, ApprovalSource.FIELD),
        (asset(field="APPROVED"), (), Approval.APPROVED, ApprovalSource.FIELD),
        (asset(review="approved"), (), Approval.APPROVED, ApprovalSource.REVIEW),
        (asset(review="rejected"), (), Approval.CHANGES_REQUESTED, ApprovalSource.REVIEW),
        (asset(review="pending"), (), Approval.IN_REVIEW, ApprovalSource.REVIEW),
        (asset(keywords=("sea", "Approval: approved")), (), Approval.APPROVED, "keyword"),
        (PLAIN, (("_Approved heroes", "Spring"),), Approval.APPROVED, ApprovalSource.GALLERY),
        (PLAIN, (("Heroes", "_Review"),), Approval.IN_REVIEW, ApprovalSource.GALLERY),
        (PLAIN, (("_Review", "_Approved"),), Approval.IN_REVIEW, ApprovalSource.GALLERY),
        (PLAIN, (("Heroes",), ("_Approved",)), Approval.APPROVED, ApprovalSource.GALLERY),
        (PLAIN, (("_Review",), ("_Approved",)), Approval.IN_REVIEW, ApprovalSource.GALLERY),
    ],
)
def test_each_source_is_read(
    one: ShelterAsset, galleries: tuple[tuple[str, ...], ...], state: Approval, source: str
) -> None:
    reading = read_approval(one, galleries)
    assert (reading.state, reading.source) == (state, source)
    assert reading.agrees


def test_the_first_source_is_believed() -> None:
    reading = read_approval(asset(field="Rejected", review="approved"), ())
    assert (reading.state, reading.source) == (Approval.REJECTED, ApprovalSource.FIELD)
    assert not reading.agrees
    assert reading.who == "PhotoShelter · custom field"


def test_it_is_approved_only_if_all_sources_say_so() -> None:
    reading = read_approval(asset(field="Approved", keywords=("approval:rejected",)), ())
    assert (reading.state, reading.source) == (Approval.REJECTED, ApprovalSource.KEYWORD)
    assert not reading.agrees
    agreed = read_approval(asset(field="Approved", review="approved"), (("_Approved",),))
    assert agreed.state is Approval.APPROVED
    assert agreed.agrees
    assert len(agreed.all_sources) == 3


@given(STATES, st.sampled_from(["", "approved", "rejected", "pending", "odd"]), STATES)
def test_a_source_that_says_no_keeps_it_shut(
    field: Approval, review: str, keyword: Approval
) -> None:
    reading = read_approval(
        asset(field=field.value, review=review, keywords=(f"approval:{keyword}",)), ()
    )
    unanimous = {one.state for one in reading.all_sources} == {Approval.APPROVED}
    assert (reading.state is Approval.APPROVED) == unanimous


def test_words_without_a_meaning_approve_nothing_and_are_told() -> None:
    reading = read_approval(asset(field="Legal has it", keywords=("approval:approved",)), ())
    assert reading.state is Approval.DRAFT
    assert [one.known for one in reading.all_sources] == [False, True]


def test_of_several_keywords_the_strictest_holds() -> None:
    reading = read_approval(asset(keywords=("approval:approved", "approval:in_review")), ())
    assert reading.state is Approval.IN_REVIEW


def test_archived_is_no_decision_and_keeps_what_was_decided() -> None:
    by_field = read_approval(asset(field="Archived"), ())
    assert by_field.archived
    assert by_field.said is None
    assert news(by_field, known=Approval.APPROVED, decided=Approval.APPROVED) is None
    by_gallery = read_approval(asset(keywords=("approval:approved",)), (("_Approved", "_Archive"),))
    assert by_gallery.archived
    assert by_gallery.state is Approval.APPROVED


def test_what_we_wrote_ourselves_is_no_second_decision() -> None:
    reading = read_approval(asset(field="Approved"), ())
    assert news(reading, known=Approval.APPROVED, decided=Approval.APPROVED) is None
    assert news(reading, known=Approval.DRAFT, decided=Approval.APPROVED) is None
    # Rejected here meanwhile, and not told yet: the old approval there is not news.
    assert news(reading, known=Approval.APPROVED, decided=Approval.REJECTED) is None


def test_what_changed_there_is_a_decision() -> None:
    reading = read_approval(asset(field="Rejected"), ())
    assert news(reading, known=Approval.APPROVED, decided=Approval.APPROVED) is Approval.REJECTED
    assert news(reading, known=None, decided=Approval.DRAFT) is Approval.REJECTED


def test_taking_the_approval_away_there_is_a_decision_against() -> None:
    assert news(ApprovalReading(), known=Approval.APPROVED, decided=Approval.APPROVED) is (
        Approval.DRAFT
    )
    assert news(ApprovalReading(), known=None, decided=Approval.APPROVED) is None


@given(STATES, STATES)
def test_the_stricter_of_two_is_never_more_than_either(one: Approval, other: Approval) -> None:
    found = stricter(one, other)
    assert found in (one, other)
    assert STRICTEST_FIRST.index(found) <= STRICTEST_FIRST.index(one)
    assert found == stricter(other, one)


@given(STATES)
def test_a_state_is_known_however_it_is_spelt(state: Approval) -> None:
    assert state_named(state.value.replace("_", " ").title()) is state
    assert state_named(state.value.upper()) is state


def test_only_keywords_that_say_a_state_are_told_as_such() -> None:
    words = ("sea", "approval:approved", "APPROVAL : x", "disapproval:no")
    assert approval_keywords(words) == ("approval:approved", "APPROVAL : x")
