"""A rendition that may not be seen any more goes by itself, and its address says no."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import AuditFilter, AuditKind
from bridge_app.domain.jobs import JobState
from bridge_app.domain.policies import Policy
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.approvals import OverrideWish
from bridge_app.work.kinds import RETRACT_RENDITION
from tests.desk import ACCOUNT, Desk, picture, states
from tests.plain_http import plain

CLOUD = ACCOUNT.cloud_name
YES, NO, DRAFT = Approval.APPROVED, Approval.REJECTED, Approval.DRAFT
SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
WIDE = RenditionPreset(name="wide", title="", transformation="c_scale,w_80", format="png")
EACH = Policy(name="each", renditions=True, may_override=frozenset({"legal"}))


@pytest.fixture
def sandbox(decoder: DecoderPool, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    strict = getattr(request, "param", True)
    made = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, settings=Settings(strict_transformations=strict)
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture
def pushed(desk: Desk) -> Desk:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    desk.approve()
    desk.push()
    return desk


def hero(desk: Desk) -> AssetId:
    return desk.asset("hero.jpg").id


def make(desk: Desk) -> dict[str, str]:
    """Have both renditions made; their addresses by preset."""
    renditions = desk.parts.worker.renditions
    plan = renditions.plan([hero(desk)], RenditionWish(presets=(SQUARE, WIDE)))
    assert states(desk.finished(renditions.carry_out(plan))) == {JobState.DONE}
    return {one.preset: one.url for one in renditions.made_of(hero(desk))}


def decide(desk: Desk, approval: Approval, *presets: RenditionPreset) -> None:
    for one in presets or (SQUARE,):
        subject = f"{one.transformation}/f_{one.format}"
        desk.parts.worker.decide([hero(desk)], approval, transformation=subject)


def signs(desk: Desk, who: str) -> None:
    desk.parts.settings.save(replace(desk.parts.settings.load(), who=who))


def let_pass(desk: Desk, *, until: datetime | None) -> None:
    """Both renditions, in spite of their review."""
    for one in (SQUARE, WIDE):
        subject = f"{one.transformation}/f_{one.format}"
        wish = OverrideWish(reason="Tonight.", until=until, transformation=subject)
        desk.parts.worker.approvals.override([hero(desk)], wish)


def is_gone(desk: Desk, url: str) -> bool:
    desk.parts.worker.retractions.look()
    return plain.get(url).status_code != 200


def left(desk: Desk) -> list[str]:
    return [one.preset for one in desk.parts.worker.renditions.made_of(hero(desk))]


def rest(desk: Desk) -> None:
    """Wait until nothing is left to take away, and nobody is busy with it."""
    worker, jobs = desk.parts.worker, desk.parts.stock.jobs
    desk.until(
        lambda: (
            worker.retractions.plan(CLOUD).renditions == ()
            and not jobs.unfinished(RETRACT_RENDITION)
        ),
        what="the peace",
    )


def test_a_rendition_that_is_rejected_after_it_was_made_goes_and_the_others_stay(
    pushed: Desk,
) -> None:
    urls = make(pushed)
    assert {plain.get(url).status_code for url in urls.values()} == {200}
    decide(pushed, NO)
    pushed.until(lambda: is_gone(pushed, urls["square"]), what="the end of its delivery")
    rest(pushed)
    assert plain.get(urls["wide"]).status_code == 200
    assert left(pushed) == ["wide"]
    wanted = AuditFilter(kinds=frozenset({AuditKind.RETRACTION}))
    (told,) = (one.entry for one in pushed.parts.stock.audit.oldest_first(wanted))
    assert (told.transformation, told.detail["state"], told.detail["reasons"]) == (
        SQUARE.transformation,
        "retracted",
        ["rendition_rejected"],
    )


def test_a_rejected_rendition_goes_though_its_master_is_another_one_by_then(pushed: Desk) -> None:
    urls = make(pushed)
    pushed.parts.worker.pause()
    decide(pushed, NO)
    before = pushed.asset("hero.jpg").sha256
    picture(pushed.folder / "hero.jpg", 2)
    pushed.parts.worker.scan(pushed.asset("hero.jpg").library)
    pushed.until(lambda: pushed.asset("hero.jpg").sha256 not in (before, None), what="the other")
    pushed.parts.worker.resume()
    pushed.until(lambda: is_gone(pushed, urls["square"]), what="its end")
    assert not is_gone(pushed, urls["wide"])


def test_what_was_let_pass_stays_though_its_master_is_another_one_by_then(pushed: Desk) -> None:
    signs(pushed, "Kim (legal)")
    pushed.parts.worker.policies.put([EACH])
    let_pass(pushed, until=None)
    urls = make(pushed)
    before = pushed.asset("hero.jpg").sha256
    picture(pushed.folder / "hero.jpg", 2)
    pushed.parts.worker.scan(pushed.asset("hero.jpg").library)
    pushed.until(lambda: pushed.asset("hero.jpg").sha256 not in (before, None), what="the other")
    assert pushed.parts.worker.retractions.plan(CLOUD).renditions == ()
    assert not is_gone(pushed, urls["square"])


def test_what_is_approved_again_can_be_made_again(pushed: Desk) -> None:
    urls = make(pushed)
    decide(pushed, NO)
    pushed.until(lambda: is_gone(pushed, urls["square"]), what="the end of its delivery")
    rest(pushed)
    decide(pushed, YES)
    assert make(pushed) == urls
    assert plain.get(urls["square"]).status_code == 200
    rest(pushed)
    assert plain.get(urls["square"]).status_code == 200


def test_a_rendition_goes_when_the_approval_that_a_policy_asks_for_is_taken_back(
    pushed: Desk,
) -> None:
    pushed.parts.worker.policies.put([EACH])
    decide(pushed, YES, SQUARE, WIDE)
    urls = make(pushed)
    decide(pushed, DRAFT)
    pushed.until(lambda: is_gone(pushed, urls["square"]), what="the end of its delivery")
    rest(pushed)
    assert plain.get(urls["wide"]).status_code == 200


def test_a_policy_that_comes_later_takes_no_rendition_away(pushed: Desk) -> None:
    urls = make(pushed)
    pushed.parts.worker.policies.put([EACH])
    pushed.parts.worker.retractions.look()
    rest(pushed)
    assert {plain.get(url).status_code for url in urls.values()} == {200}


@pytest.mark.parametrize("how", ["its time", "a word"])
def test_what_was_let_pass_goes_when_that_ends(pushed: Desk, how: str) -> None:
    pushed.parts.worker.policies.put([EACH])
    signs(pushed, "Kim (legal)")
    until = pushed.clock() + timedelta(hours=1)
    desk = pushed.parts.worker.approvals
    let_pass(pushed, until=until)
    urls = make(pushed)
    pushed.parts.worker.retractions.look()
    assert pushed.parts.worker.retractions.plan(CLOUD).renditions == ()
    if how == "its time":
        pushed.clock.forward(timedelta(hours=2))
    else:
        for one in (SQUARE, WIDE):
            desk.take_back([hero(pushed)], "No.", f"{one.transformation}/f_{one.format}")
    pushed.until(lambda: is_gone(pushed, urls["square"]), what="the end of its delivery")
    pushed.until(lambda: is_gone(pushed, urls["wide"]), what="the end of the other")


def test_a_look_survives_a_lost_answer(pushed: Desk, sandbox: Sandbox) -> None:
    urls = make(pushed)
    sandbox.faults.lose_reply(times=1, path_contains="/derived_resources")
    decide(pushed, NO)
    pushed.until(lambda: is_gone(pushed, urls["square"]), what="the end of its delivery")
    rest(pushed)
    assert left(pushed) == ["wide"]


@pytest.mark.parametrize("sandbox", [False], indirect=True)
def test_where_addresses_make_renditions_anew_that_is_said_and_not_tried_for_ever(
    pushed: Desk,
) -> None:
    make(pushed)
    decide(pushed, NO)
    jobs = pushed.parts.stock.jobs
    pushed.parts.worker.retractions.look()
    pushed.until(lambda: bool(jobs.in_state(RETRACT_RENDITION, JobState.FAILED)), what="the no")
    (failed,) = map(jobs.one, jobs.in_state(RETRACT_RENDITION, JobState.FAILED))
    assert failed is not None
    assert failed.error is not None
    assert failed.error.kind == "MadeAnewError"
    assert pushed.parts.worker.retractions.plan(CLOUD).renditions == ()
    pushed.parts.worker.retractions.look()
    assert not jobs.unfinished(RETRACT_RENDITION)
    decide(pushed, YES)
    pushed.parts.worker.retractions.look()
    decide(pushed, NO)
    assert len(pushed.parts.worker.retractions.plan(CLOUD).renditions) == 1


def test_what_was_made_though_its_answer_was_lost_goes_when_it_is_rejected_meanwhile(
    pushed: Desk, sandbox: Sandbox
) -> None:
    worker = pushed.parts.worker
    plan = worker.renditions.plan([hero(pushed)], RenditionWish(presets=(SQUARE,)))
    copy = pushed.asset("hero.jpg").cloud
    assert copy is not None
    url = copy.url.replace("/upload/", f"/upload/{SQUARE.transformation}/")
    assert plain.get(url).status_code != 200
    sandbox.faults.lose_reply(times=1, path_contains="/explicit")
    batch = worker.renditions.carry_out(plan)
    pushed.until(lambda: plain.get(url).status_code == 200, what="what the service made")
    worker.pause()
    decide(pushed, NO)
    worker.resume()
    pushed.finished(batch)
    pushed.until(lambda: is_gone(pushed, url), what="the end of its delivery")
