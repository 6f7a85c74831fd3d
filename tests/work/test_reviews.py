"""What reviewers say and ask is kept, told, and bound to exactly what they looked at."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.audit import AuditFilter, AuditKind
from bridge_app.domain.changes import FROM_ELSEWHERE, ChangeSet
from bridge_app.domain.comments import (
    CommentError,
    CommentWish,
    Moment,
    Place,
    Point,
    Region,
    Stroke,
    ThreadId,
    of_content,
)
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.review_requests import RequestId, ReviewItem, ReviewWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.reviews import ReviewDesk
from tests.desk import Desk, picture

SQUARE = "c_fill,h_60,w_60/f_jpg"
LINE = Stroke(points=(Point(x=0.1, y=0.1), Point(x=0.2, y=0.3)), width=0.01, colour_token="info")


@pytest.fixture(scope="module")
def shared(
    decoder: DecoderPool, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, list[str]]]:
    """An open application that knows no service, and pictures that nobody has looked at."""
    made = Desk(tmp_path_factory.mktemp("reviews"), sandbox=None, decoder=decoder)
    names = [f"{number}.jpg" for number in range(30)]
    for number, name in enumerate(names):
        picture(made.folder / name, number)
    made.open()
    made.library()
    yield made, names
    made.close()


@pytest.fixture
def desk(shared: tuple[Desk, list[str]]) -> Desk:
    return shared[0]


@pytest.fixture
def hero(shared: tuple[Desk, list[str]]) -> AssetId:
    """A picture of the test's own."""
    desk, names = shared
    return desk.asset(names.pop()).id


@pytest.fixture
def other(shared: tuple[Desk, list[str]]) -> AssetId:
    """Another one."""
    desk, names = shared
    return desk.asset(names.pop()).id


@pytest.fixture
def reviews(desk: Desk) -> ReviewDesk:
    return desk.parts.worker.reviews


def now(desk: Desk, asset: AssetId) -> Asset:
    """What is known of it."""
    return next(one for one in desk.assets() if one.id == asset)


def scan(desk: Desk) -> None:
    """Files have changed."""
    (library,) = desk.parts.worker.libraries()
    desk.parts.worker.scan(library.id)
    desk.settled()


def sit_down(desk: Desk, who: str) -> None:
    """From now on somebody else sits here."""
    settings_file = desk.parts.settings
    told = settings_file.load()
    settings_file.save(type(told)(who=who))


def test_a_comment_is_there_after_a_restart_with_all_it_says(desk: Desk, hero: AssetId) -> None:
    sit_down(desk, "Kim (Brand)")
    said = desk.parts.worker.reviews.comment(
        hero,
        "Lighter here, @legal?",
        transformation=SQUARE,
        place=Region(x=0.1, y=0.2, width=0.3, height=0.4),
        strokes=[LINE],
    )
    assert (said.who, said.mentions, said.content) == (
        "Kim (Brand)",
        ("legal",),
        now(desk, hero).content,
    )
    desk.reopen()
    (thread,) = desk.parts.worker.reviews.threads(hero)
    assert (thread.comments, thread.resolved) == ((said,), False)


@pytest.mark.parametrize("place", [None, Point(x=0, y=1), Moment(seconds=12.5)])
def test_a_comment_is_pinned_where_it_was_pinned(
    reviews: ReviewDesk, hero: AssetId, place: Place | None
) -> None:
    reviews.comment(hero, "Here", place=place)
    assert reviews.threads(hero)[0].first.place == place


def test_threads_are_told_apart_by_what_they_are_about(reviews: ReviewDesk, hero: AssetId) -> None:
    master = reviews.comment(hero, "Of the master")
    square = reviews.comment(hero, "Of the square", transformation="w_60,h_60,c_fill/f_jpg")
    assert [one.first for one in reviews.threads(hero)] == [master, square]
    assert [one.first for one in reviews.threads(hero, "")] == [master]
    assert [one.first for one in reviews.threads(hero, SQUARE)] == [square]


def test_a_named_transformation_is_what_it_stands_for(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    assert "social-square" in desk.parts.worker.rendition_presets.library().presets
    said = reviews.comment(hero, "By its name", transformation="t_social-square")
    assert "t_" not in said.transformation
    assert len(reviews.threads(hero, "t_social-square")) == 1


def test_an_answer_stays_in_its_thread_and_opens_it_again(
    reviews: ReviewDesk, hero: AssetId
) -> None:
    begun = reviews.comment(hero, "Lighter", transformation=SQUARE)
    assert reviews.resolve(begun.thread, resolved=True).resolved
    answer = reviews.comment(hero, "Not light enough", thread=begun.thread)
    (thread,) = reviews.threads(hero, SQUARE)
    assert (thread.comments, thread.resolved) == ((begun, answer), False)


def test_a_settled_thread_says_who_settled_it_and_can_be_opened(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    begun = reviews.comment(hero, "Lighter")
    sit_down(desk, "legal")
    settled = reviews.resolve(begun.thread, resolved=True)
    assert (settled.resolved_by, bool(settled.resolved_at)) == ("legal", True)
    sit_down(desk, "brand")
    assert reviews.resolve(begun.thread, resolved=True) == settled
    opened = reviews.resolve(begun.thread, resolved=False)
    assert (opened.resolved, opened.resolved_by, opened.resolved_at) == (False, "", "")


def test_what_was_said_of_an_earlier_version_stays_beside_what_is_said_of_the_new_one(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    before = reviews.comment(hero, "Of the first")
    picture(desk.folder / now(desk, hero).path, 99)
    scan(desk)
    after = reviews.comment(hero, "Of the second")
    threads = reviews.threads(hero)
    assert [one.first for one in threads] == [before, after]
    assert [one.first for one in of_content(threads, now(desk, hero).picture_key)] == [after]
    assert reviews.counts([hero]) == {hero: 2}


def test_the_same_content_under_another_name_shows_what_was_said_of_it(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    said = reviews.comment(hero, "Lighter")
    desk.put(desk.folder / now(desk, hero).path, "copy.jpg")
    scan(desk)
    copy = desk.asset("copy.jpg").id
    assert [one.first for one in reviews.threads(copy)] == [said]
    assert reviews.counts([copy, hero]) == {copy: 1, hero: 1}


def test_only_open_threads_are_counted(reviews: ReviewDesk, hero: AssetId, other: AssetId) -> None:
    first, second = reviews.comment(hero, "One"), reviews.comment(hero, "Two", transformation="w_9")
    reviews.comment(hero, "Two again", thread=second.thread)
    assert reviews.counts([hero, other]) == {hero: 2}
    reviews.resolve(first.thread, resolved=True)
    assert reviews.counts([hero, other]) == {hero: 1}


def test_who_is_mentioned_finds_the_open_threads(reviews: ReviewDesk, hero: AssetId) -> None:
    asked = reviews.comment(hero, "@Notary, @press: may we?")
    reviews.comment(hero, "Nice")
    assert [one.first for one in reviews.mentions("Kim (NOTARY)")] == [asked]
    assert reviews.mentions("nobody") == []
    reviews.resolve(asked.thread, resolved=True)
    assert reviews.mentions("press") == []


def test_several_things_are_said_together_or_not_at_all(reviews: ReviewDesk, hero: AssetId) -> None:
    good = CommentWish(asset=hero, text="One")
    with pytest.raises(NotFoundError):
        reviews.say([good, CommentWish(asset=AssetId("gone"), text="Two")])
    with pytest.raises(NotFoundError):
        reviews.say([good, CommentWish(asset=hero, text="Two", thread=ThreadId("gone"))])
    assert reviews.threads(hero) == []
    said = reviews.say([good, good], who="Kim (review pack)")
    assert {one.who for one in said} == {"Kim (review pack)"}
    assert len(reviews.threads(hero)) == 2


def test_what_cannot_be_said_leaves_no_trace(reviews: ReviewDesk, hero: AssetId) -> None:
    with pytest.raises(CommentError):
        reviews.comment(hero, "x" * 102_400)
    assert reviews.threads(hero) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_text_comes_back_as_it_was_written(
    reviews: ReviewDesk, hero: AssetId, text: str
) -> None:
    if not text.strip():
        return
    said = reviews.comment(hero, text)
    kept = reviews.thread(said.thread).first.text
    assert kept == text.replace("\r\n", "\n").replace("\r", "\n")


def test_nobody_can_change_or_delete_what_was_said(desk: Desk, hero: AssetId) -> None:
    desk.parts.worker.reviews.comment(hero, "Lighter")
    ledger = sqlite3.connect(desk.home / "profile" / "ledger.db")
    for statement in ("UPDATE comment SET text = ''", "DELETE FROM comment"):
        with pytest.raises(sqlite3.IntegrityError, match="comments are never"):
            ledger.execute(statement)
    ledger.close()


def test_a_thread_is_found_by_the_beginning_of_its_id(reviews: ReviewDesk, hero: AssetId) -> None:
    said = reviews.comment(hero, "Lighter")
    assert reviews.thread(said.thread[:8]).first == said
    reviews.comment(hero, "Darker")
    for start in ("", "%", "no such thread"):
        with pytest.raises(NotFoundError):
            reviews.thread(start)


def test_everything_said_is_told_with_what_it_is_about(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    desk.events.clear()
    said = reviews.comment(hero, "Lighter")
    reviews.resolve(said.thread, resolved=True, initiator=desk)
    request = reviews.request(ReviewWish(title="Spring", items=(ReviewItem(asset=hero),)))
    reviews.close(request.id)
    told = [one for one in desk.events if isinstance(one, ChangeSet) and one.reviews]
    assert [one.assets for one in told] == [frozenset({hero})] * 4
    assert [one.initiator for one in told] == [None, desk, None, None]


def test_what_is_said_in_another_process_is_told_here(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    beside = desk.build()
    said = beside.worker.reviews.comment(hero, "From the command line")
    beside.close()
    desk.until(lambda: FROM_ELSEWHERE in desk.events, what="the news")
    assert [one.first for one in reviews.threads(hero)] == [said]


def test_the_audit_trail_tells_of_comments_and_requests(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    since = AuditFilter(since=desk.clock().isoformat())
    said = reviews.comment(hero, "x" * 5_000, transformation=SQUARE)
    for _ in range(2):
        reviews.resolve(said.thread, resolved=True)
    request = reviews.request(
        ReviewWish(title="Spring", items=(ReviewItem(asset=hero),), reviewers=("brand",))
    )
    for _ in range(2):
        reviews.close(request.id)
    entries = [one.entry for one in desk.parts.stock.audit.oldest_first(since)]
    comments = [one for one in entries if one.kind is AuditKind.COMMENT]
    requests = [one for one in entries if one.kind is AuditKind.REVIEW_REQUEST]
    assert [(one.asset, one.transformation) for one in comments] == [(hero, SQUARE)] * 2
    assert (comments[0].detail["text"], comments[1].detail["act"]) == ("x" * 500, "resolved")
    assert [(one.name, one.detail["act"]) for one in requests] == [
        ("Spring", "requested"),
        ("Spring", "closed"),
    ]


def close_all(reviews: ReviewDesk) -> None:
    for one in reviews.requests():
        reviews.close(one.id)


def test_a_request_is_there_after_a_restart_and_gone_when_it_is_closed(
    desk: Desk, reviews: ReviewDesk, hero: AssetId
) -> None:
    close_all(reviews)
    items = (ReviewItem(asset=hero), ReviewItem(asset=hero, transformation=SQUARE, preset="square"))
    due = desk.clock() + timedelta(days=2)
    wish = ReviewWish(title="Spring", note="By Friday", due=due, reviewers=("Brand",), items=items)
    made = reviews.request(wish)
    assert (made.items, made.reviewers, made.due, made.is_open) == (items, ("brand",), due, True)
    desk.reopen()
    reviews = desk.parts.worker.reviews
    assert reviews.requests() == reviews.requests(who="Kim (brand)") == [made]
    assert reviews.requests(who="legal") == []
    closed = reviews.close(made.id)
    assert (closed.is_open, bool(closed.closed_by)) == (False, True)
    assert reviews.requests() == []
    assert reviews.requests(open_only=False)[-1] == closed == reviews.close(made.id)


def test_what_is_not_here_can_neither_be_asked_about_nor_closed(reviews: ReviewDesk) -> None:
    before = reviews.requests(open_only=False)
    with pytest.raises(NotFoundError):
        reviews.request(ReviewWish(title="x", items=(ReviewItem(asset=AssetId("gone")),)))
    with pytest.raises(NotFoundError):
        reviews.close(RequestId("gone"))
    assert reviews.requests(open_only=False) == before


def test_who_was_asked_or_mentioned_is_offered_again(reviews: ReviewDesk, hero: AssetId) -> None:
    reviews.request(
        ReviewWish(title="x", items=(ReviewItem(asset=hero),), reviewers=("Stylist", "Pat"))
    )
    reviews.comment(hero, "@printer @stylist")
    assert {"stylist", "pat", "printer"} <= set(reviews.roles())
    assert len(set(reviews.roles())) == len(reviews.roles())
