"""What can be asked of reviewers, and in which order it waits for them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.review_requests import (
    MOST_ITEMS,
    MOST_REVIEWERS,
    QueueItem,
    RequestId,
    ReviewItem,
    ReviewRequest,
    ReviewRequestError,
    ReviewWish,
    counted,
    in_order,
)

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
HERO = ReviewItem(asset=AssetId("hero"))
SQUARE = ReviewItem(asset=AssetId("hero"), transformation="c_fill,w_4", preset="square")


def request(*reviewers: str, due: datetime | None = NOON, closed: str = "") -> ReviewRequest:
    return ReviewRequest(
        id=RequestId("r"),
        title="Spring",
        note="",
        due=due,
        reviewers=reviewers,
        items=(HERO,),
        who="kim",
        at=NOON.isoformat(),
        since=0,
        closed_at=closed,
    )


def test_reviewers_are_told_apart_by_role_and_named_once() -> None:
    wish = ReviewWish(title="Spring", items=(HERO,), reviewers=("Brand ", "brand", "", "Legal"))
    assert wish.reviewers == ("brand", "legal")


def test_what_is_named_twice_is_looked_at_once_in_the_order_it_was_named() -> None:
    wish = ReviewWish(title="Spring", items=(HERO, SQUARE, HERO))
    assert wish.items == (HERO, SQUARE)


def test_a_rendition_is_the_same_however_it_is_spelled() -> None:
    other = ReviewItem(asset=HERO.asset, transformation="w_4,c_fill", preset="square")
    assert ReviewWish(title="Spring", items=(SQUARE, other)).items == (SQUARE,)


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"title": "  "}, "a title"),
        ({"title": "x" * 201}, "a title"),
        ({"title": "\udcff"}, "broken"),
        ({"note": "x" * 100_000}, "note"),
        ({"due": datetime(2026, 6, 15)}, "no time zone"),  # noqa: DTZ001 - that is the mistake
        ({"items": ()}, "one thing to look at"),
        ({"reviewers": tuple(map(str, range(MOST_REVIEWERS + 1)))}, "reviewers"),
        ({"reviewers": ("x" * 101,)}, "very long name"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(wish: dict[str, object], why: str) -> None:
    with pytest.raises(ReviewRequestError, match=why):
        ReviewWish(**({"title": "Spring", "items": (HERO,)} | wish))  # type: ignore[arg-type]


def test_a_request_has_an_end() -> None:
    items = tuple(ReviewItem(asset=AssetId(str(number))) for number in range(MOST_ITEMS + 1))
    assert len(ReviewWish(title="All", items=items[1:]).items) == MOST_ITEMS
    with pytest.raises(ReviewRequestError, match="at most"):
        ReviewWish(title="All", items=items)


def test_without_reviewers_a_request_is_for_everybody() -> None:
    assert request().is_for("anybody")
    assert request("brand").is_for("Kim (Brand)")
    assert not request("brand").is_for("Kim (Legal)")


def test_it_is_overdue_after_its_moment_in_any_zone_and_only_while_it_is_open() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=13)))
    assert not request(due=there).is_overdue(NOON)
    assert request(due=there).is_overdue(NOON + timedelta(seconds=1))
    assert not request(due=there, closed="x").is_overdue(NOON + timedelta(days=1))
    assert not request(due=None).is_overdue(NOON)


def test_counts_add_up() -> None:
    said = [Approval.APPROVED, Approval.REJECTED, Approval.DRAFT, Approval.CHANGES_REQUESTED]
    counts = counted(6, said, gone=2)
    assert (counts.approved, counts.rejected, counts.changes_requested) == (1, 1, 1)
    assert (counts.gone, counts.undecided, counts.is_finished) == (2, 1, False)


@given(
    st.lists(
        st.builds(
            QueueItem,
            asset=st.just(AssetId("a")),
            name=st.just("a"),
            decided=st.booleans(),
            waits_for=st.sampled_from(["", "brand"]),
            due=st.none() | st.integers(-3, 3).map(lambda days: NOON + timedelta(days=days)),
        )
    )
)
def test_what_can_be_decided_comes_first_and_the_earliest_before_the_rest(
    items: list[QueueItem],
) -> None:
    ordered = in_order(items)
    assert sorted(map(id, ordered)) == sorted(map(id, items))
    places = [
        (one.decided, bool(one.waits_for), one.due or datetime.max.replace(tzinfo=UTC))
        for one in ordered
    ]
    assert places == sorted(places)
