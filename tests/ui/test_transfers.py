"""Transfers: a list that keeps its place, and everything one can do about it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListView, QPushButton, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.jobs import (
    JobProgress,
    JobRecord,
    JobState,
    WaitingFor,
)
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.delegates.transfer_row import TransferRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.transfers import FailedOnly, TransferList, TransferRole
from bridge_app.ui.panels.transfer_bar import Mood
from bridge_app.ui.panels.transfers import TransfersPanel
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Theme
from bridge_app.ui.wording import duration_text, transfer_note
from bridge_app.work.events import trouble_of
from tests.desk import Desk, picture

COMPLAIN = QAbstractItemModelTester.FailureReportingMode.Warning
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
SOON = (NOW + timedelta(seconds=42)).isoformat()


def job(number: int, state: JobState = JobState.QUEUED, **facts: object) -> JobRecord:
    made = JobRecord(
        id=number,
        kind="push",
        identity=f"push:{number}",
        batch="b",
        environment="studio",
        asset=f"asset-{number}",
        name=f"picture_{number}.jpg",
        state=state,
        attempts=1,
        done=0,
        total=1000,
        params={"public_id": f"spring/picture_{number}", "resource_type": "image"},
        created_at=NOW.isoformat(),
        updated_at=NOW.isoformat(),
    )
    return replace(made, **facts)  # type: ignore[arg-type]


def ids(model: TransferList) -> list[int]:
    return [model.index(row).data(TransferRole.JOB).id for row in range(model.rowCount())]


@pytest.fixture
def listed() -> TransferList:
    return TransferList(now=lambda: NOW)


@pytest.fixture
def panel(
    qtbot: QtBot, desk: Desk, bridge: WorkerBridge, asker: Asker, theme: Theme, icons: Icons
) -> TransfersPanel:
    made = TransfersPanel(desk.parts.worker, bridge, asker, theme, icons, now=desk.clock)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    return made


def view(panel: TransfersPanel) -> QListView:
    found = panel.findChild(QListView)
    assert found is not None
    return found


def press(panel: TransfersPanel, name: str) -> None:
    buttons = [*panel.findChildren(QPushButton), *panel.findChildren(QToolButton)]
    next(one for one in buttons if name in (one.text(), one.accessibleName())).click()


# The list


def test_the_list_is_a_sound_model_whatever_happens_to_the_jobs(
    listed: TransferList, qtmodeltester: ModelTester
) -> None:
    shown = FailedOnly()
    shown.setSourceModel(listed)
    watched = [QAbstractItemModelTester(model, COMPLAIN) for model in (listed, shown)]
    listed.take([job(number) for number in (5, 4, 3, 2, 1)])
    listed.take([job(6), job(4, JobState.RUNNING), job(1, JobState.FAILED), job(2)])
    listed.take_progress(JobProgress(job=4, done=250, total=1000))
    shown.set_on(on=True)
    listed.take([job(2, JobState.FAILED), job(1, JobState.FAILED), job(9)])
    assert ids(listed) == [2, 1, 9]
    assert shown.rowCount() == 2
    del watched
    qtmodeltester.check(listed, force_py=True)


def test_the_list_of_failed_ones_is_a_sound_model(
    listed: TransferList, qtmodeltester: ModelTester
) -> None:
    shown = FailedOnly()
    shown.setSourceModel(listed)
    listed.take([job(2, JobState.FAILED), job(1)])
    shown.set_on(on=True)
    qtmodeltester.check(shown, force_py=True)


def test_a_selected_job_stays_selected_while_others_come_go_and_move(
    listed: TransferList,
) -> None:
    listed.take([job(3), job(2), job(1)])
    selection = QItemSelectionModel(listed)
    selection.select(listed.index(1), QItemSelectionModel.SelectionFlag.Select)
    listed.take([job(4), job(1), job(2, JobState.DONE)])
    (chosen,) = selection.selectedIndexes()
    assert chosen.data(TransferRole.JOB) == job(2, JobState.DONE)


def test_only_rows_that_changed_are_painted_again(listed: TransferList) -> None:
    listed.take([job(number) for number in range(20)])
    touched: list[int] = []
    listed.dataChanged.connect(lambda first, *_: touched.append(first.row()))
    listed.take([job(n, JobState.RUNNING if n == 7 else JobState.QUEUED) for n in range(20)])
    assert touched == [7]


def test_progress_of_a_running_job_is_what_was_reported_last(listed: TransferList) -> None:
    listed.take([job(1, JobState.RUNNING, done=100)])
    listed.take_progress(JobProgress(job=1, done=640, total=1000))
    listed.take_progress(JobProgress(job=99, done=1, total=2))
    assert listed.index(0).data(TransferRole.FRACTION) == 0.64
    listed.take([job(1, JobState.DONE)])
    assert listed.index(0).data(TransferRole.FRACTION) == 1.0


def test_those_who_cannot_see_a_row_are_told_name_size_and_state(listed: TransferList) -> None:
    refusal = trouble_of(GateRefusalError(name="picture_1.jpg", reasons="its rights have ended"))
    listed.take([job(1, JobState.FAILED, error=refusal)])
    told = listed.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("picture_1.jpg, 1.0")
    assert told.endswith("its rights have ended. Nothing was sent.")


@pytest.mark.parametrize(
    ("waiting_for", "until", "words"),
    [
        (WaitingFor.NETWORK, None, "goes out by itself"),
        (WaitingFor.RATE_LIMIT, SOON, "goes on in 42 s"),
        (WaitingFor.RATE_LIMIT, None, "goes on by itself"),
        (WaitingFor.NEXT_TRY, SOON, "next try in 42 s"),
        (WaitingFor.NEXT_TRY, NOW.isoformat(), "tries again by itself"),
        (WaitingFor.SCAN, SOON, "until the file has been read"),
        (WaitingFor.ACCOUNT, None, "the account studio"),
    ],
)
def test_a_waiting_job_says_what_for_and_until_when(
    waiting_for: WaitingFor, until: str | None, words: str
) -> None:
    waiting = job(1, JobState.WAITING, waiting_for=waiting_for, waiting_until=until)
    assert transfer_note(waiting, NOW).endswith(words) or words in transfer_note(waiting, NOW)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (3599, "1 h 0 min")]
)
def test_spans_of_time_are_rounded_to_what_matters(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


# The panel, over the real worker


def test_a_push_shows_by_itself_and_the_line_goes_when_all_is_delivered(
    panel: TransfersPanel, desk: Desk, qtbot: QtBot
) -> None:
    assert not panel.isVisible()
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.parts.worker.push(desk.plan())
    qtbot.waitUntil(panel.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: panel.bar.headline.text == "1 delivered", timeout=20_000)
    panel.rest_timer.setInterval(0)
    panel.rest_timer.start()
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_offline_pushes_wait_in_the_list_and_can_be_cancelled_there(
    panel: TransfersPanel, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(3):
        picture(desk.folder / f"{number}.jpg", number)
    desk.library()
    desk.approve()
    desk.parts.worker.set_work_offline(on=True)
    desk.parts.worker.push(desk.plan())
    panel.set_expanded(on=True)
    rows = view(panel)
    qtbot.waitUntil(lambda: rows.model().rowCount() == 3)
    qtbot.waitUntil(lambda: panel.bar.headline.mood is Mood.WAITING)
    rows.setCurrentIndex(rows.model().index(1, 0))
    with qtbot.waitActive(panel):
        panel.activateWindow()
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Delete)

    def cancelled() -> int:
        listed = (rows.model().index(row, 0) for row in range(rows.model().rowCount()))
        return sum(row.data(TransferRole.JOB).state is JobState.CANCELLED for row in listed)

    qtbot.waitUntil(lambda: cancelled() == 1)
    press(panel, "Cancel all pushes")
    qtbot.waitUntil(lambda: cancelled() == 3)


def test_failed_pushes_can_be_shown_alone_and_tried_again(
    panel: TransfersPanel, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(2):
        picture(desk.folder / f"{number}.jpg", number)
    desk.library()
    desk.approve()
    plan = desk.plan()
    (desk.folder / "0.jpg").unlink()
    desk.settled()
    desk.finished(desk.parts.worker.push(plan))
    qtbot.waitUntil(lambda: panel.bar.headline.mood is Mood.FAILED, timeout=10_000)
    press(panel, "Show 1 failed")
    rows = view(panel)
    qtbot.waitUntil(lambda: rows.model().rowCount() == 1)
    assert panel.expanded
    picture(desk.folder / "0.jpg", 0)
    desk.settled()
    press(panel, "Retry failed")
    qtbot.waitUntil(lambda: panel.bar.headline.mood is Mood.DONE, timeout=20_000)
    qtbot.waitUntil(lambda: rows.model().rowCount() == 2)


def test_what_was_pushed_before_a_restart_is_still_listed(
    desk: Desk, qtbot: QtBot, theme: Theme, icons: Icons
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.push()
    desk.reopen()
    worker = desk.parts.worker
    asker, bridge = Asker(worker), WorkerBridge()
    panel = TransfersPanel(worker, bridge, asker, theme, icons, now=desk.clock)
    qtbot.addWidget(panel)
    panel.set_expanded(on=True)
    rows = view(panel)
    qtbot.waitUntil(lambda: rows.model().rowCount() == 1)
    assert rows.model().index(0, 0).data() == "hero.jpg"
    bridge.close()
    assert asker.close()


def test_a_row_leads_to_its_asset_and_gives_away_its_message(
    panel: TransfersPanel, desk: Desk, qtbot: QtBot
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.push()
    panel.set_expanded(on=True)
    rows = view(panel)
    qtbot.waitUntil(lambda: rows.model().rowCount() == 1)
    rows.setCurrentIndex(rows.model().index(0, 0))
    with qtbot.waitActive(panel):
        panel.activateWindow()
    rows.setFocus()
    with qtbot.waitSignal(panel.assetWanted) as wanted:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert wanted.args == [desk.asset("hero.jpg").id]
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(rows, Qt.Key.Key_C, modifiers)
    assert QGuiApplication.clipboard().text() == "hero.jpg: Delivered"
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().endswith("/hero.jpg"))


def test_cancelling_more_than_twenty_pushes_asks_first(
    panel: TransfersPanel, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(21):
        picture(desk.folder / f"{number}.jpg", number, size=(16, 16))
    desk.library()
    desk.approve()
    desk.parts.worker.pause()
    desk.parts.worker.push(desk.plan())
    qtbot.waitUntil(lambda: panel.bar.headline.mood is Mood.PAUSED)
    press(panel, "Cancel all pushes")
    question = panel.findChild(ConfirmDialog)
    assert question is not None
    assert question.leave_button.isDefault()
    assert desk.parts.worker.summary().active == 21
    question.act_button.click()
    qtbot.waitUntil(lambda: desk.parts.worker.summary().active == 0)


def test_rows_show_the_stored_thumbnail_and_ask_for_it_once(
    desk: Desk, asker: Asker, qtbot: QtBot
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    thumbs = SmallThumbs(asker)
    content = desk.asset("hero.jpg").sha256 or ""
    with qtbot.waitSignal(thumbs.arrived):
        assert thumbs.square(content) is None
    square = thumbs.square(content)
    assert square is not None
    assert square.width() == square.height()
    with qtbot.assertNotEmitted(thumbs.arrived, wait=50):
        assert thumbs.square("0" * 64) is None
        assert thumbs.square("") is None


def test_a_master_of_a_service_is_shown_by_its_version_there(
    desk: Desk, asker: Asker, theme: Theme, icons: Icons, qtbot: QtBot
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    known = desk.asset("hero.jpg").sha256
    model = TransferList(now=lambda: NOW)
    model.take([job(1, kind="push_reference", params={"content": known})])
    view = QListView()
    qtbot.addWidget(view)
    thumbs = SmallThumbs(asker, view)
    view.setModel(model)
    view.setItemDelegate(TransferRow(theme, icons, thumbs, view))
    with qtbot.waitSignal(thumbs.arrived):
        view.show()


def test_the_bar_pauses_and_goes_on(panel: TransfersPanel, desk: Desk, qtbot: QtBot) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    desk.approve()
    desk.parts.worker.pause()
    desk.parts.worker.push(desk.plan())
    qtbot.waitUntil(lambda: panel.bar.headline.mood is Mood.PAUSED)
    press(panel, "Go on with the pushes")
    qtbot.waitUntil(lambda: panel.bar.headline.text == "1 delivered", timeout=20_000)
