"""A clock that is set back opens nothing that had ended; one that was ahead once opens nothing."""

from dataclasses import replace
from datetime import timedelta

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditFilter
from bridge_app.domain.policies import Policy
from bridge_app.domain.push_plan import PushAction
from bridge_app.domain.reasons import Reason
from bridge_app.domain.retractions import RetractionState
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.work.approvals import OverrideWish
from tests.desk import ACCOUNT, Desk, licensed_picture, picture

CLOUD = ACCOUNT.cloud_name
DAY = timedelta(days=1)
EVERYTHING = AuditFilter()


def planned(desk: Desk) -> list[tuple[PushAction, tuple[Reason, ...]]]:
    return [(step.action, step.reasons) for step in desk.plan().steps]


def licensed(desk: Desk) -> None:
    """A master that is approved, with a licence for three days more."""
    licensed_picture(desk.folder / "hero.jpg", until=desk.clock() + 3 * DAY)
    desk.library()
    desk.approve()


def settled(desk: Desk, state: RetractionState) -> None:
    """Wait until the record says so."""
    record = desk.parts.worker.retractions.record
    desk.until(lambda: [one.state for one in record(CLOUD)] == [state], what=state)


def something_happens(desk: Desk) -> None:
    """An entry in the audit trail, as of now."""
    worker = desk.parts.worker
    worker.decide([desk.asset("hero.jpg").id], Approval.APPROVED, comment="Still.")


def test_a_right_that_has_ended_holds_no_more_when_the_clock_is_set_back(desk: Desk) -> None:
    licensed(desk)
    assert planned(desk) == [(PushAction.NEW, ())]
    desk.clock.forward(5 * DAY)
    something_happens(desk)
    desk.clock.forward(-5 * DAY)
    assert planned(desk) == [(PushAction.REFUSED, (Reason.RIGHTS_ENDED,))]
    hero = desk.asset("hero.jpg").id
    (checked,) = desk.parts.worker.policies.check([hero])
    assert checked.verdict.against == (Reason.RIGHTS_ENDED,)


def test_a_clock_that_was_ahead_opens_no_right_that_has_not_begun(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    desk.approve()
    window = RightsWindow(starts=desk.clock() + 2 * DAY, ends=desk.clock() + 90 * DAY)
    desk.parts.worker.rights.claim([desk.asset("hero.jpg").id], RightsClaim(window=window))
    desk.clock.forward(5 * DAY)
    something_happens(desk)
    assert planned(desk) == [(PushAction.NEW, ())]
    desk.clock.forward(-5 * DAY)
    assert planned(desk) == [(PushAction.REFUSED, (Reason.RIGHTS_NOT_YET,))]


def test_an_override_that_has_ended_lets_nothing_pass_again(desk: Desk) -> None:
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    worker, settings = desk.parts.worker, desk.parts.settings
    settings.save(replace(settings.load(), who="Kim (legal)"))
    worker.policies.put([Policy(name="all", may_override=frozenset({"legal"}))])
    hero = desk.asset("hero.jpg").id
    worker.decide([hero], Approval.IN_REVIEW)
    worker.approvals.override([hero], OverrideWish(reason="Tonight.", until=desk.clock() + DAY))
    assert planned(desk) == [(PushAction.NEW, ())]
    desk.clock.forward(2 * DAY)
    worker.decide([hero], Approval.IN_REVIEW, comment="Still.")
    desk.clock.forward(-2 * DAY)
    assert planned(desk) == [(PushAction.REFUSED, (Reason.IN_REVIEW,))]


def test_what_was_taken_back_stays_so_until_somebody_takes_note_of_the_clock(desk: Desk) -> None:
    licensed(desk)
    desk.push()
    worker = desk.parts.worker
    desk.clock.forward(5 * DAY)
    worker.retractions.look()
    settled(desk, RetractionState.RETRACTED)
    ahead = desk.clock()
    desk.clock.forward(-5 * DAY)
    assert worker.retractions.plan(CLOUD).steps == ()
    found = worker.audit.check()
    assert found.is_sound
    assert found.ahead is not None
    assert abs(found.ahead - ahead) < timedelta(minutes=2)
    # It was ahead by mistake: a person says so, on the record.
    assert worker.audit.accept("The battery was empty: it said next week.").ahead is None
    worker.retractions.look()
    settled(desk, RetractionState.RESTORED)


def test_a_clock_that_goes_right_is_no_news(desk: Desk) -> None:
    licensed(desk)
    desk.clock.forward(timedelta(seconds=-20))
    assert desk.parts.worker.audit.check().ahead is None
    before = len(desk.parts.worker.audit.page(EVERYTHING, limit=50).records)
    desk.parts.worker.audit.accept("Nothing to take note of.")
    assert len(desk.parts.worker.audit.page(EVERYTHING, limit=50).records) == before
