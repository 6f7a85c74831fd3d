"""What is not kept after the grid was closed is told by the main window, and can be copied."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import DiskFullError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.grid_editor.acting import SHOWN_AT_ONCE
from bridge_app.ui.grid_editor.frame import Wish
from bridge_app.ui.grid_editor.window import GridEditor
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.messages import error_text
from bridge_app.work.master_editing import MasterEditing
from tests.desk import Desk
from tests.ui.grid_editor.conftest import PATIENCE_MS, clipboard
from tests.ui.grid_editor.held import HeldRecord

TITLE, RATING = path_of("title"), path_of("rating")
FULL = error_text(DiskFullError(path="ledger.db"))


@pytest.fixture
def record(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldRecord]:
    """Is held from now on; nothing waits for it when the test is over."""
    made = HeldRecord(monkeypatch)
    yield made
    made.let_go()


@pytest.fixture
def grid(qtbot: QtBot, desk: Desk, window: MainWindow) -> GridEditor:
    """The grid over two masters, as the main window opens it."""
    ids = [desk.asset(name).id for name in ("aurora.jpg", "beach.jpg")]
    errands = window.middle.grid
    with qtbot.waitSignal(errands.opened, timeout=PATIENCE_MS):
        errands.open_grid(ids, window.sides.inspector.undo)
    assert errands.window is not None
    return errands.window


def texts(window: MainWindow) -> list[str]:
    """What the main window says."""
    return window.middle.browser.messages.texts


def is_closed(qtbot: QtBot, window: MainWindow, grid: GridEditor) -> None:
    grid.close()
    qtbot.waitUntil(lambda: not isValid(grid), timeout=PATIENCE_MS)
    assert window.middle.grid.window is None


def copy(window: MainWindow) -> None:
    """Press what the message offers."""
    buttons = window.middle.browser.messages.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Copy").click()


def test_closing_the_main_window_finishes_what_waits_to_be_kept_in_its_order(
    desk: Desk, window: MainWindow, grid: GridEditor, record: HeldRecord
) -> None:
    aurora = grid.model.ids[0]
    for text in ("one", "two", "three"):
        grid.acting.write({(aurora, TITLE): text})
    record.let_go()
    window.close()
    assert window.ended_cleanly
    (said,) = desk.parts.worker.masters.said([aurora])
    assert said.record()[TITLE] == "three"


def test_a_text_that_was_refused_is_told_and_can_be_copied(
    qtbot: QtBot, window: MainWindow, grid: GridEditor, record: HeldRecord
) -> None:
    aurora, beach = grid.model.ids
    grid.acting.write({(aurora, TITLE): "Northern lights", (beach, TITLE): "Sand"})
    is_closed(qtbot, window, grid)
    record.let_go(refused=True)
    qtbot.waitUntil(lambda: bool(texts(window)), timeout=PATIENCE_MS)
    (told,) = texts(window)
    assert told == f"2 texts of the grid could not be kept. {FULL}"
    copy(window)
    assert clipboard() == "aurora.jpg\tTitle\tNorthern lights\nbeach.jpg\tTitle\tSand"
    assert texts(window) == []


def test_an_answer_that_arrives_while_the_grid_is_closed_is_told_too(
    qtbot: QtBot, window: MainWindow, grid: GridEditor, record: HeldRecord
) -> None:
    grid.acting.write({(grid.model.ids[0], TITLE): "Northern lights"})
    record.let_go(refused=True)
    # No turn of the event loop is between the two: the grid is there still, but not to be seen.
    grid.close()
    qtbot.waitUntil(lambda: bool(texts(window)), timeout=PATIENCE_MS)
    assert texts(window) == [f"1 text of the grid could not be kept. {FULL}"]


def test_of_what_is_kept_in_part_the_rest_is_told(
    qtbot: QtBot, desk: Desk, window: MainWindow, grid: GridEditor, record: HeldRecord
) -> None:
    aurora = grid.model.ids[0]
    grid.acting.write({(aurora, TITLE): "Northern lights", (aurora, RATING): "nine"})
    is_closed(qtbot, window, grid)
    record.let_go()
    qtbot.waitUntil(lambda: bool(texts(window)), timeout=PATIENCE_MS)
    assert texts(window)[0].startswith("1 text of the grid could not be kept. ")
    copy(window)
    assert clipboard() == "aurora.jpg\tRating\tnine"
    (said,) = desk.parts.worker.masters.said([aurora])
    assert said.record()[TITLE] == "Northern lights"


def test_a_large_step_that_was_refused_is_told(
    qtbot: QtBot, window: MainWindow, grid: GridEditor, record: HeldRecord
) -> None:
    aurora = grid.model.ids[0]
    grid.acting._write(lambda: Wish(texts={(aurora, TITLE): "Much"}), SHOWN_AT_ONCE + 1)
    is_closed(qtbot, window, grid)
    record.let_go(refused=True)
    qtbot.waitUntil(lambda: bool(texts(window)), timeout=PATIENCE_MS)
    assert texts(window) == [f"1 text of the grid could not be kept. {FULL}"]


def test_names_that_cannot_be_read_hide_no_text(
    qtbot: QtBot,
    window: MainWindow,
    grid: GridEditor,
    record: HeldRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aurora = grid.model.ids[0]

    def refused(masters: MasterEditing, assets: Sequence[AssetId]) -> list[SaidMaster]:
        raise DiskFullError(path="ledger.db")

    grid.acting.write({(aurora, TITLE): "Northern lights"})
    is_closed(qtbot, window, grid)
    monkeypatch.setattr(MasterEditing, "said", refused)
    record.let_go(refused=True)
    qtbot.waitUntil(lambda: bool(texts(window)), timeout=PATIENCE_MS)
    copy(window)
    assert clipboard() == f"{aurora}\tTitle\tNorthern lights"
