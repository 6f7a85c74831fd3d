"""A sitting whose answers come late and out of turn: it ends with how things stand."""

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.subjects import Subject, subjects_of
from tests.desk import Desk, picture
from tests.ui.review.conftest import PATIENCE_MS, HeldAsker


@pytest.fixture
def sitting(qtbot: QtBot, desk: Desk, held: HeldAsker) -> Sitting:
    """Two masters, and how they stand is known."""
    for number, name in enumerate(("a.jpg", "b.jpg")):
        picture(desk.folder / name, number)
    desk.library()
    made = Sitting(desk.parts.worker, held, held)
    made.fill(subjects_of(desk.assets(), ()))
    qtbot.waitUntil(lambda: all(map(made.state, made.subjects)), timeout=PATIENCE_MS)
    return made


def approve(desk: Desk, subject: Subject) -> None:
    desk.parts.worker.decide([subject.asset.id], Approval.APPROVED)


def shown_approved(qtbot: QtBot, sitting: Sitting, row: int) -> None:
    qtbot.waitUntil(
        lambda: sitting.approval(sitting.subjects[row]) is Approval.APPROVED, timeout=PATIENCE_MS
    )


def test_what_was_touched_first_is_renewed_too_when_another_one_is_touched_at_once(
    qtbot: QtBot, desk: Desk, sitting: Sitting
) -> None:
    for subject in sitting.subjects:
        approve(desk, subject)
    for subject in sitting.subjects:
        sitting.renew({subject.asset.id})
    shown_approved(qtbot, sitting, 0)
    shown_approved(qtbot, sitting, 1)


def test_what_is_touched_while_others_are_renewed_is_renewed_after_them(
    qtbot: QtBot, desk: Desk, sitting: Sitting, held: HeldAsker
) -> None:
    held.holds = True
    first, second = sitting.subjects
    sitting.renew({first.asset.id})
    qtbot.waitUntil(lambda: len(held.catalog) == 1, timeout=PATIENCE_MS)
    for subject in (first, second):
        approve(desk, subject)
    sitting.renew({first.asset.id, second.asset.id})
    held.holds = False
    done, answer = held.catalog.pop(0)
    done(answer)
    qtbot.waitUntil(lambda: not held.catalog, timeout=PATIENCE_MS)
    shown_approved(qtbot, sitting, 0)
    shown_approved(qtbot, sitting, 1)


def test_an_older_reading_of_how_a_picture_stands_hides_no_newer_one(
    qtbot: QtBot, desk: Desk, sitting: Sitting, held: HeldAsker
) -> None:
    held.holds = True
    subject = sitting.subjects[0]
    sitting.read([subject])
    qtbot.waitUntil(lambda: len(held.asked) == 1, timeout=PATIENCE_MS)
    approve(desk, subject)
    sitting.read([subject])
    qtbot.waitUntil(lambda: len(held.asked) == 2, timeout=PATIENCE_MS)
    told: list[object] = []
    sitting.told.connect(told.append)
    for done, answer in reversed(held.asked):
        done(answer)
    assert sitting.approval(subject) is Approval.APPROVED
    assert told == [frozenset({subject.key})]


def test_older_stars_hide_no_newer_ones(
    qtbot: QtBot, desk: Desk, sitting: Sitting, held: HeldAsker
) -> None:
    held.holds = True
    subject = sitting.subjects[0]
    sitting.renew({subject.asset.id})
    qtbot.waitUntil(lambda: len(held.asked) == 1, timeout=PATIENCE_MS)
    desk.parts.worker.reviews.mark([subject.asset.id], rating=4)
    sitting.renew({subject.asset.id})
    qtbot.waitUntil(lambda: len(held.asked) == 2, timeout=PATIENCE_MS)
    for done, answer in reversed(held.asked):
        done(answer)
    assert sitting.mark(subject).rating == 4
