"""What arrives in an intake folder waits for a review, once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.intake import Arrival, lies_in, to_review

NEW = Arrival(
    asset=AssetId("a"),
    content="c",
    folders=("Event/Guests",),
    approval=Approval.DRAFT,
    decided=False,
)


@pytest.mark.parametrize(
    ("folders", "intake", "found"),
    [
        (("Event",), {"Event"}, "Event"),
        (("Event/Guests",), {"Event"}, "Event"),
        (("Other", "Event/Guests"), {"Event"}, "Event"),
        (("Eventful",), {"Event"}, None),
        (("Event",), {"Event/Guests"}, None),
        ((), {"Event"}, None),
        (("Event",), set(), None),
    ],
)
def test_a_folder_takes_in_what_lies_in_it_and_below(
    folders: tuple[str, ...], intake: set[str], found: str | None
) -> None:
    assert lies_in(folders, intake) == found


def test_a_new_item_joins_the_review_queue() -> None:
    assert to_review([NEW], {"Event"}) == (NEW.asset,)


@pytest.mark.parametrize(
    "other",
    [
        replace(NEW, decided=True),
        replace(NEW, approval=Approval.APPROVED),
        replace(NEW, content=None),
        replace(NEW, folders=("Finals",)),
    ],
)
def test_what_was_decided_or_lies_elsewhere_does_not(other: Arrival) -> None:
    assert to_review([other], {"Event"}) == ()


@given(st.lists(st.sampled_from(list(Approval)), max_size=8), st.booleans())
def test_nobodys_word_is_ever_taken_back(states: list[Approval], decided: bool) -> None:
    arrivals = [replace(NEW, approval=state, decided=decided) for state in states]
    chosen = to_review(arrivals, {"Event"})
    drafts = 0 if decided else states.count(Approval.DRAFT)
    assert len(chosen) == drafts
