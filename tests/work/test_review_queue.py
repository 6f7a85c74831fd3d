"""What waits for each reviewer: by request, stage and date, as the record stands."""

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.cloud import Moderation
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.moderations import ModerationStatus
from bridge_app.domain.policies import PolicyMatch
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.review_requests import QueueItem, QueueSource, RequestId, ReviewItem
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.moderations import ModeratedAsset
from tests.desk import Desk
from tests.work.reviewers import CLOUD, SQUARE, Reviewers

STORIES = itertools.count(1)
APPROVED, REJECTED = Approval.APPROVED, Approval.REJECTED


@pytest.fixture(scope="module")
def shared(decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk without a network."""
    desk = Desk(tmp_path_factory.mktemp("queue"), sandbox=None, decoder=decoder)
    desk.open()
    yield desk
    desk.close()


@pytest.fixture
def office(shared: Desk) -> Iterator[Reviewers]:
    """Nobody has been asked for anything, and nothing is demanded."""
    made = Reviewers(shared, next(STORIES))
    yield made
    made.go_home()


def shown(items: list[QueueItem]) -> list[tuple[str, str, str]]:
    """Name, stage, and what is waited for."""
    return [(item.name, item.stage, item.waits_for) for item in items]


def names(items: list[QueueItem]) -> list[str]:
    return [item.name for item in items]


def test_a_request_waits_for_its_reviewers_until_each_item_is_decided(office: Reviewers) -> None:
    hero, other = office.stock("hero.jpg", "other.jpg")
    square = ReviewItem(asset=hero, transformation=SQUARE, preset="square")
    made = office.ask(hero, square, other, reviewers=["Brand"])
    queue = office.reviews.queue("Kim (brand)")
    assert [(one.name, one.preset, one.request) for one in queue] == [
        ("hero.jpg", "", made.id),
        ("hero.jpg", "square", made.id),
        ("other.jpg", "", made.id),
    ]
    assert office.reviews.queue("legal") == []
    office.decide(hero, APPROVED)
    office.decide(other, Approval.CHANGES_REQUESTED)
    assert [one.preset for one in office.reviews.queue("brand")] == ["square"]
    office.decide(hero, REJECTED, SQUARE)
    assert office.reviews.queue("brand") == []
    counts = office.reviews.counts_of(made.id)
    assert (counts.approved, counts.changes_requested, counts.rejected) == (1, 1, 1)
    assert counts.is_finished
    assert [one.decided for one in office.reviews.queue_of(made.id, "brand")] == [True] * 3


def test_a_closed_request_waits_for_nobody(office: Reviewers) -> None:
    (hero,) = office.stock("hero.jpg")
    office.reviews.close(office.ask(hero).id)
    assert office.reviews.queue("brand") == []


def test_what_was_approved_stands_and_what_was_refused_is_asked_about_anew(
    office: Reviewers,
) -> None:
    hero, other = office.stock("hero.jpg", "other.jpg")
    office.decide(hero, APPROVED)
    office.decide(other, REJECTED)
    office.desk.clock.forward(timedelta(days=-3))
    made = office.ask(hero, other)
    assert names(office.reviews.queue("brand")) == ["other.jpg"]
    office.decide(other, REJECTED)
    assert office.reviews.queue("brand") == []
    assert office.reviews.counts_of(made.id).rejected == 1


def test_a_new_version_is_to_be_decided_again(office: Reviewers) -> None:
    (hero,) = office.stock("hero.jpg")
    made = office.ask(hero, ReviewItem(asset=hero, transformation=SQUARE))
    office.decide(hero, APPROVED)
    office.decide(hero, APPROVED, SQUARE)
    assert office.reviews.counts_of(made.id).is_finished
    office.draw("hero.jpg")
    office.scan()
    assert office.reviews.counts_of(made.id).undecided == 2
    assert names(office.reviews.queue("brand")) == ["hero.jpg", "hero.jpg"]


def test_what_is_due_first_comes_first_and_says_when_it_is_late(office: Reviewers) -> None:
    soon, late, never = office.stock("a.jpg", "b.jpg", "c.jpg")
    office.ask(never)
    office.ask(late, days=9)
    office.ask(soon, days=2)
    office.desk.clock.forward(timedelta(days=3))
    queue = office.reviews.queue("brand")
    assert [(one.name, one.is_overdue) for one in queue] == [
        ("a.jpg", True),
        ("b.jpg", False),
        ("c.jpg", False),
    ]


def test_an_asset_that_is_gone_waits_for_nobody_and_is_counted(office: Reviewers) -> None:
    hero, other = office.stock("hero.jpg", "other.jpg")
    made = office.ask(hero, other)
    office.draw("other.jpg").unlink()
    office.scan()
    assert names(office.reviews.queue("brand")) == ["hero.jpg"]
    counts = office.reviews.counts_of(made.id)
    assert (counts.total, counts.gone, counts.undecided) == (2, 1, 1)


def test_stages_are_decided_one_after_another(office: Reviewers) -> None:
    (hero,) = office.stock("hero.jpg")
    office.demand("Brand", "Legal")
    made = office.ask(hero, reviewers=["brand", "legal"])
    assert shown(office.reviews.queue("brand")) == [("hero.jpg", "brand", "")]
    assert shown(office.reviews.queue("legal")) == [("hero.jpg", "legal", "brand")]
    office.sit_down("legal")
    assert office.reviews.rest(made.id) == []
    office.decide(hero, APPROVED, stage="brand")
    assert names(office.reviews.rest(made.id)) == ["hero.jpg"]
    assert office.reviews.queue("brand") == []
    assert shown(office.reviews.queue("legal")) == [("hero.jpg", "legal", "")]
    assert not office.reviews.counts_of(made.id).is_finished
    office.decide(hero, APPROVED, stage="legal")
    assert office.reviews.queue("legal") == []
    assert office.reviews.counts_of(made.id).approved == 1


def test_a_refusal_in_one_stage_ends_the_review_for_all(office: Reviewers) -> None:
    (hero,) = office.stock("hero.jpg")
    office.demand("brand", "legal")
    made = office.ask(hero)
    office.decide(hero, REJECTED, stage="brand")
    assert office.reviews.queue("legal") == []
    assert office.reviews.counts_of(made.id).rejected == 1


def test_stages_are_asked_for_by_the_channel_of_a_preset(office: Reviewers) -> None:
    (hero,) = office.stock("hero.jpg")
    office.demand("press", match=PolicyMatch(channels=frozenset({"Print"})))
    office.desk.parts.worker.rendition_presets.save(
        RenditionPreset(
            name="page", title="Page", transformation=SQUARE, format="jpg", channel="print"
        )
    )
    office.ask(hero, ReviewItem(asset=hero, transformation=SQUARE, preset="page"))
    assert shown(office.reviews.queue("kim")) == [("hero.jpg", "", ""), ("hero.jpg", "press", "")]


def test_what_its_library_calls_in_review_is_in_the_queue_without_a_request(
    office: Reviewers,
) -> None:
    hero, other = office.stock("hero.jpg", "other.jpg")
    for asset in (hero, other):
        office.decide(asset, Approval.IN_REVIEW)
    office.ask(other, reviewers=["brand"])
    queue = office.reviews.queue("brand")
    assert [(one.name, one.source) for one in queue] == [
        ("other.jpg", QueueSource.REQUEST),
        ("hero.jpg", QueueSource.LIBRARY),
    ]
    office.decide(hero, APPROVED)
    assert names(office.reviews.queue("brand")) == ["other.jpg"]


def test_what_waits_for_a_moderator_is_in_the_queue_until_somebody_decides(
    office: Reviewers,
) -> None:
    hero, other = office.stock("hero.jpg", "other.jpg")
    office.demand()
    pending = [
        ModeratedAsset(
            environment=CLOUD,
            asset_id=asset,
            asset=asset,
            name=f"{asset}.jpg",
            moderations=(Moderation(kind="manual", status="pending"),),
            status=ModerationStatus.PENDING,
        )
        for asset in (hero, other)
    ]
    office.desk.parts.stock.moderations.put(pending, at=office.desk.clock())
    office.ask(other)
    queue = office.reviews.queue("brand")
    assert [(one.asset, one.source, one.title) for one in queue] == [
        (other, QueueSource.REQUEST, "Spring"),
        (hero, QueueSource.MODERATION, "manual"),
    ]
    office.decide(hero, REJECTED)
    assert [one.asset for one in office.reviews.queue("brand")] == [other]


def test_the_rest_is_what_one_has_yet_to_decide(office: Reviewers) -> None:
    hero, other = office.stock("hero.jpg", "other.jpg")
    made = office.ask(hero, other)
    office.decide(hero, REJECTED)
    assert names(office.reviews.rest(made.id)) == ["other.jpg"]


def test_roles_that_policies_name_are_offered(office: Reviewers) -> None:
    office.demand("Brand", "Legal")
    assert office.reviews.roles()[:2] == ["brand", "legal"]


def test_a_request_that_is_not_there_is_not_found(office: Reviewers) -> None:
    for ask in (office.reviews.rest, office.reviews.counts_of):
        with pytest.raises(NotFoundError):
            ask(RequestId("gone"))


def test_a_large_request_is_answered_at_once(office: Reviewers) -> None:
    (hero,) = office.stock("hero.jpg")
    made = office.ask(
        *(ReviewItem(asset=hero, transformation=f"w_{number}") for number in range(5_000))
    )
    before = office.desk.clock()
    assert len(office.reviews.queue("brand")) == 5_000
    assert office.reviews.counts_of(made.id).undecided == 5_000
    assert office.desk.clock() - before < timedelta(seconds=20)


def test_reviewers_who_are_nobody_in_particular_see_what_is_for_everybody(
    office: Reviewers,
) -> None:
    (hero,) = office.stock("hero.jpg")
    office.ask(hero)
    assert len(office.reviews.queue("")) == len(office.reviews.queue("anybody")) == 1
