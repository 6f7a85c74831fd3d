"""Versions before: what was read before something changed is not what is shown after it."""

from pytestqt.qtbot import QtBot

from bridge_app.ui.review.earlier import Earlier
from bridge_app.ui.review.subjects import Subject
from tests.desk import Desk, picture
from tests.ui.review.conftest import PATIENCE_MS, HeldAsker


def test_an_answer_that_was_on_its_way_when_things_changed_is_asked_for_again(
    qtbot: QtBot, desk: Desk, held: HeldAsker, english: None
) -> None:
    picture(desk.folder / "a.jpg")
    desk.library()
    held.holds = True
    earlier, subject = Earlier(desk.parts.worker, held, held), Subject(asset=desk.asset("a.jpg"))
    earlier.arrived.connect(lambda _: earlier.pane(subject))
    assert earlier.pane(subject).note == "Comparing…"
    qtbot.waitUntil(lambda: len(held.asked) == 1, timeout=PATIENCE_MS)
    earlier.forget()
    done, answer = held.asked[0]
    done(answer)
    assert earlier.pane(subject).note == "Comparing…"
    qtbot.waitUntil(lambda: len(held.asked) == 2, timeout=PATIENCE_MS)
    done, answer = held.asked[1]
    done(answer)
    assert earlier.pane(subject).note.startswith("No version before")
