"""The activity centre: one list of everything that takes longer, with a way to stop each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.delivery.limits import BudgetSpentError
from bridge_app.domain.errors import OfflineError
from bridge_app.ui.activity.activities import KEPT, Activities, Activity, Course, time_left
from bridge_app.ui.main_window import MainWindow
from bridge_app.work.events import Connectivity, ScanProgress, trouble_of
from bridge_app.work.job_groups import Group
from tests.desk import Desk


class Watch:
    """A clock in the test's hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_what_has_ended_is_kept_for_the_session_and_no_more_than_so_many(
    qapp: QApplication,
) -> None:
    watch = Watch()
    activities = Activities(watch)
    stopped: list[str] = []
    activities.put(Activity(key="a", icon="x", title="First"), stop=lambda: stopped.append("a"))
    (first,) = activities.running
    assert first.begun_s == 100.0
    assert first.can_stop
    activities.stop(first)
    assert stopped == ["a"]
    activities.put(Activity(key="a", icon="x", title="First", course=Course.STOPPED))
    assert activities.running == ()
    assert [one.title for one in activities.over] == ["First"]
    assert not activities.over[0].can_stop
    for number in range(KEPT + 5):
        activities.put(Activity(key=f"k{number}", icon="x", title="More", course=Course.DONE))
    assert len(activities.over) == KEPT
    activities.clear()
    assert activities.over == ()


def test_the_same_trouble_of_the_same_work_is_listed_once(qapp: QApplication) -> None:
    list_ = Activities(lambda: 0.0)
    full = Activity(key="scan:1", icon="x", title="Reading", course=Course.FAILED, note="full")
    for _ in range(3):
        list_.put(full)
    list_.put(replace(full, key="scan:2"))
    list_.put(replace(full, note="not there"))
    assert [(one.key, one.note) for one in list_.over] == [
        ("scan:1", "not there"),
        ("scan:2", "full"),
        ("scan:1", "full"),
    ]


@pytest.mark.parametrize(
    ("done", "passed_s", "left_s"),
    [(25, 10.0, 30.0), (25, 1.0, None), (1, 10.0, None), (100, 10.0, None), (0, 10.0, None)],
)
def test_how_long_it_takes_is_told_once_that_can_be_known(
    done: int, passed_s: float, left_s: float | None
) -> None:
    going = Activity(key="a", icon="x", title="A", done=done, total=100, begun_s=50.0)
    assert time_left(going, 50.0 + passed_s) == left_s


def opened(qtbot: QtBot, window: MainWindow) -> list[str]:
    """What the list says, once it is open."""
    window.core.actions.helping.activity.trigger()
    popover = window.sides.activity.chip.popover
    qtbot.waitUntil(popover.isVisible)
    return [row.accessibleName() for row in popover.rows]


def test_a_look_is_told_of_with_its_figures_and_its_end(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    library = desk.parts.worker.libraries()[0]
    centre, bridge = window.sides.activity, window.core.bridge
    centre.activities.clear()
    bridge.scan.emit(ScanProgress(library=library.id, found=9, read=3, total=9))
    (told,) = opened(qtbot, window)
    assert told == f"Reading \u2068{library.name}\u2069, 3 of 9"
    (row,) = centre.chip.popover.rows
    assert row.stop.accessibleName() == f"Stop: Reading \u2068{library.name}\u2069"
    assert QApplication.focusWidget() is row.stop or not row.stop.isVisible()
    trouble = trouble_of(OfflineError(service="The disk"))
    bridge.scan.emit(ScanProgress(library=library.id, finished=True, trouble=trouble))
    (row,) = centre.chip.popover.rows
    assert row.activity.course is Course.FAILED
    assert "The disk" in row.note.text()
    assert not row.stop.isVisible()
    with qtbot.waitSignal(centre.libraryWanted):
        row.show_it.click()
    assert not centre.chip.popover.isVisible()
    qtbot.waitUntil(lambda: "1 with trouble" in centre.chip.words)
    # The disk is back. A brief look of a watched folder is not worth a word.
    bridge.scan.emit(ScanProgress(library=library.id))
    bridge.scan.emit(ScanProgress(library=library.id, finished=True))
    assert centre.activities.over == ()
    qtbot.waitUntil(lambda: "trouble" not in centre.chip.words)


def test_what_waits_for_the_service_counts_down(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    library = desk.parts.worker.libraries()[0]
    centre, bridge = window.sides.activity, window.core.bridge
    centre.activities.clear()
    at = (window.core.looks.now() + timedelta(seconds=150)).isoformat()
    spent = trouble_of(BudgetSpentError(service="Cloudinary", retry_after_s=150.0))
    ended = ScanProgress(library=library.id, finished=True, trouble=spent, again_at=at)
    bridge.scan.emit(ended)
    (told,) = opened(qtbot, window)
    assert "This hour's API calls are used up; goes on in \u20682 min\u2069" in told
    (row,) = centre.chip.popover.rows
    assert row.activity.course is Course.WAITING
    # Nobody has to open anything to see how long it takes, nor is anything wrong.
    qtbot.waitUntil(lambda: "2 min" in centre.chip.told)
    assert "trouble" not in centre.chip.words
    at = (window.core.looks.now() + timedelta(seconds=20)).isoformat()
    bridge.scan.emit(replace(ended, again_at=at))
    qtbot.waitUntil(lambda: "19" in centre.chip.told, timeout=10_000)
    qtbot.waitUntil(lambda: "18" in centre.chip.told, timeout=10_000)
    bridge.scan.emit(ScanProgress(library=library.id, finished=True))
    assert not centre.activities.running


def test_a_push_is_one_activity_that_waits_offline_and_is_told_of_when_it_is_done(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    worker, centre = desk.parts.worker, window.sides.activity
    centre.activities.clear()
    worker.set_work_offline(on=True)
    ids = [desk.asset(name).id for name in ("beach.jpg", "cliff.jpg")]
    desk.approve("beach.jpg", "cliff.jpg")
    worker.push(desk.plan(ids))
    key = f"jobs:{Group.PUSHES}"
    waits: Callable[[], bool] = lambda: (  # noqa: E731
        (one := centre.activities.find(key)) is not None and one.course is Course.WAITING
    )
    qtbot.waitUntil(waits)
    qtbot.waitUntil(lambda: centre.chip.words == "Offline – 2 waiting")
    told = next(one for one in opened(qtbot, window) if one.startswith("Pushes"))
    assert told.startswith("Pushes, 0 of 2")
    assert told.endswith("Waits for the connection, and goes on by itself")
    qtbot.keyClick(centre.chip.popover, Qt.Key.Key_Escape)
    assert not centre.chip.popover.isVisible()
    opened(qtbot, window)
    qtbot.keyClick(centre.chip.popover, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert not centre.chip.popover.isVisible(), "the keys that open it close it"
    worker.set_work_offline(on=False)
    qtbot.waitUntil(lambda: any(one.key == key for one in centre.activities.over))
    (over,) = [one for one in centre.activities.over if one.key == key]
    assert (over.course, over.note) == (Course.DONE, "2 done")
    qtbot.waitUntil(lambda: centre.chip.words.startswith("Activity"))
    assert window.sides.account.isVisible()


def test_what_was_cleared_from_the_transfers_is_not_counted_against_what_comes_after(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    worker, activities = desk.parts.worker, window.sides.activity.activities
    key = f"jobs:{Group.PUSHES}"
    desk.approve("beach.jpg", "cliff.jpg", "dune.jpg")
    worker.push(desk.plan([desk.asset(name).id for name in ("beach.jpg", "cliff.jpg")]))
    qtbot.waitUntil(lambda: any(one.note == "2 done" for one in activities.over))
    worker.clear_finished()
    worker.set_work_offline(on=True)
    worker.push(desk.plan([desk.asset("dune.jpg").id]))
    qtbot.waitUntil(lambda: activities.find(key) is not None)
    going = activities.find(key)
    assert going is not None
    assert going.amount.startswith("0 of 1")
    worker.set_work_offline(on=False)
    qtbot.waitUntil(lambda: any(one.note == "1 done" for one in activities.over))


def test_what_waits_can_be_stopped_from_the_list(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    worker, centre = desk.parts.worker, window.sides.activity
    worker.set_work_offline(on=True)
    desk.approve("dune.jpg")
    worker.push(desk.plan([desk.asset("dune.jpg").id]))
    key = f"jobs:{Group.PUSHES}"
    qtbot.waitUntil(lambda: centre.activities.find(key) is not None)
    opened(qtbot, window)
    row = next(one for one in centre.chip.popover.rows if one.activity.key == key)
    row.stop.click()
    qtbot.waitUntil(lambda: centre.activities.find(key) is None)
    over = next(one for one in centre.activities.over if one.key == key)
    assert (over.course, over.note) == (Course.STOPPED, "1 cancelled")


def test_being_offline_is_said_calmly_where_the_status_is(window: MainWindow) -> None:
    chip = window.sides.activity.chip
    chip.show_connectivity(Connectivity.OFFLINE)
    assert chip.words == "Offline – nothing waits"
    chip.show_waiting(3)
    assert chip.words == "Offline – 3 waiting"
    assert chip.button.accessibleName() == "Offline – 3 waiting"
    chip.show_connectivity(Connectivity.ONLINE)
    assert "Offline" not in chip.words


def test_what_one_window_does_is_listed_and_stopped_in_all_of_them(qapp: QApplication) -> None:
    watch = Watch()
    first = Activities(watch)
    second = Activities(watch, beside=first)
    stopped: list[str] = []

    def stop() -> None:
        stopped.append("a")
        first.put_everywhere(replace(going, course=Course.STOPPED))

    going = Activity(key="a", icon="x", title="Packing", done=1, total=2)
    first.put_everywhere(going, stop=stop)
    first.put(Activity(key="look", icon="x", title="Of one window"))
    third = Activities(watch, beside=second)
    assert [one.title for one in third.running] == ["Packing"]
    second.close()
    assert stopped == [], "it is none of the second's doing"
    third.stop(third.running[0])
    assert stopped == ["a"]
    assert [one.course for one in third.over] == [Course.STOPPED]
    assert [one.title for one in first.running] == ["Of one window"]
    first.put_everywhere(going, stop=stop)
    first.close()
    assert stopped == ["a", "a"]
    assert third.running == ()
