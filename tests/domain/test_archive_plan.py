"""Archiving a campaign is shown as it will happen: every step, in its order, or why it is not."""

from dataclasses import replace
from typing import Any

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.archive_plan import (
    ArchiveAction,
    ArchiveBlocker,
    ArchiveMember,
    ArchiveObstacle,
    ArchivePlan,
    ArchiveWish,
    Campaign,
    CopyFate,
    plan_archive,
)
from bridge_app.domain.assets import AssetId
from tests.domain.test_write_back import copy, rendition

WISH = ArchiveWish(account="a", container="C", year=2026, folder="/archives/spring")
CAMPAIGN = Campaign(
    id="C", name="Spring", path="Spring", parents=(), is_gallery=False, visibility="permission"
)


def member(number: int = 1, **facts: Any) -> ArchiveMember:
    usual: dict[str, Any] = {
        "copies": (copy(public_id=f"p{number}"),),
        "renditions": (rendition(public_id=f"p{number}"),),
    }
    return ArchiveMember(
        asset=AssetId(f"a{number}"),
        media_id=f"I{number}",
        name=f"hero-{number:03}.tif",
        bytes=100,
        approval=Approval.APPROVED,
        **{**usual, **facts},
    )


def planned(*members: ArchiveMember, wish: ArchiveWish = WISH, total: int = 9) -> ArchivePlan:
    return plan_archive(wish, CAMPAIGN, members, total=total)


def actions(plan: ArchivePlan) -> list[str]:
    return [one.action.value for one in plan.doing]


def test_nothing_is_taken_away_before_what_is_kept_is_sealed() -> None:
    plan = planned(member(2), member(1))
    assert actions(plan) == [
        *["freeze"] * 2,
        *["rendition"] * 2,
        "describe",
        "seal",
        *["restrict"] * 2,
        "move",
        "close",
    ]
    assert plan.bytes == 2 * 182_344
    assert plan.blockers == ()


@pytest.mark.parametrize("fate", list(CopyFate))
def test_copies_are_kept_closed_or_deleted_as_wished(fate: CopyFate) -> None:
    plan = planned(member(), wish=replace(WISH, copies=fate))
    closed = plan.count(ArchiveAction.RESTRICT), plan.count(ArchiveAction.REMOVE)
    assert (
        closed
        == {
            CopyFate.KEEP: (0, 0),
            CopyFate.RESTRICT: (1, 0),
            CopyFate.REMOVE: (0, 1),
        }[fate]
    )


def test_originals_are_kept_only_if_wished() -> None:
    assert planned(member()).count(ArchiveAction.ORIGINAL) == 0
    plan = planned(member(), wish=replace(WISH, originals=True))
    assert plan.count(ArchiveAction.ORIGINAL) == 1
    assert plan.bytes == 182_344 + 100


def test_what_another_campaign_uses_too_goes_on_as_it_is() -> None:
    plan = planned(member(elsewhere=True))
    left = [(one.action, one.obstacle) for one in plan.steps if one.obstacle]
    assert left == [
        (ArchiveAction.FREEZE, ArchiveObstacle.SHARED),
        (ArchiveAction.RESTRICT, ArchiveObstacle.SHARED),
    ]
    assert plan.count(ArchiveAction.RENDITION) == 1


def test_what_is_archived_already_is_not_marked_again() -> None:
    plan = planned(member(archived=True))
    assert plan.steps[0].obstacle is ArchiveObstacle.ARCHIVED


def test_a_rendition_of_a_version_that_is_not_delivered_any_more_cannot_be_kept() -> None:
    outdated = member(renditions=(rendition(version=6, public_id="p1"),))
    gone = member(2, copies=())
    plan = planned(outdated, gone)
    obstacles = [one.obstacle for one in plan.steps if one.action is ArchiveAction.RENDITION]
    assert obstacles == [ArchiveObstacle.UNREACHABLE] * 2


def test_deleting_much_asks_a_person_by_the_names() -> None:
    wish = replace(WISH, copies=CopyFate.REMOVE)
    assert not planned(*map(member, range(20)), wish=wish).is_large
    assert planned(*map(member, range(21)), wish=wish).is_large
    assert not planned(*map(member, range(21)), wish=wish, total=1_000).is_large
    assert not planned(*map(member, range(30))).is_large


@pytest.mark.parametrize(
    ("facts", "blocker"),
    [
        ({"unsynced": 1}, ArchiveBlocker.NOT_SYNCED),
        ({"unfinished": 2}, ArchiveBlocker.UNFINISHED),
        ({"path": "_Archive/2025/Spring"}, ArchiveBlocker.IN_ARCHIVE),
    ],
)
def test_it_does_not_begin_before_all_is_known_and_at_rest(
    facts: dict[str, Any], blocker: ArchiveBlocker
) -> None:
    plan = plan_archive(WISH, replace(CAMPAIGN, **facts), [member()], total=1)
    assert plan.blockers == (blocker,)


def test_nothing_is_no_campaign() -> None:
    assert planned().blockers == (ArchiveBlocker.EMPTY,)


def test_every_member_is_described_whatever_else_happens_to_it() -> None:
    plan = planned(member(1, elsewhere=True), member(2, archived=True))
    (told,) = [one.told for one in plan.doing if one.action is ArchiveAction.DESCRIBE]
    assert told["members"] == ["a1", "a2"]
