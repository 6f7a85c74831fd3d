"""The record is slow: nobody waits, nothing is lost, and what is older hides nothing."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.asker import ASK_THREADS, Asker
from bridge_app.ui.grid_editor.acting import SHOWN_AT_ONCE
from bridge_app.ui.grid_editor.telling import CellState
from bridge_app.work.master_editing import MasterEditing
from tests.ui.grid_editor.conftest import PATIENCE_MS, Begin, Editor
from tests.ui.grid_editor.held import PATIENCE_S, HeldRecord

TITLE = path_of("title")


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch, reader: Asker) -> Iterator[HeldRecord]:
    """Is held from now on; nothing waits for it when the test is over."""
    made = HeldRecord(monkeypatch)
    yield made
    made.let_go()


def unwanted(error: BridgeError) -> None:
    raise AssertionError(error)


def is_answered(editor: Editor, reader: Asker) -> None:
    """Something else in the window is asked, and answered."""
    answers: list[bool] = []
    reader.ask(lambda: True, answers.append, unwanted)
    editor.until(lambda: answers == [True])


def test_the_window_is_answered_while_many_cells_wait_to_be_kept(
    begin: Begin, record: HeldRecord, reader: Asker
) -> None:
    count = ASK_THREADS + 2
    editor = begin(count)
    for row in range(count):
        editor.window.acting.write({(editor.ids[row], TITLE): f"New {row}"})
    assert editor.texts("title") == [f"New {row}" for row in range(count)]
    is_answered(editor, reader)
    assert editor.window.acting.is_busy
    record.let_go()
    editor.settled()
    assert [editor.says(row, "title") for row in range(count)] == editor.texts("title")


def test_the_window_is_answered_while_large_steps_wait_to_be_kept(
    begin: Begin, record: HeldRecord, reader: Asker
) -> None:
    editor = begin(SHOWN_AT_ONCE + 1)
    for step in range(ASK_THREADS + 1):
        editor.window.acting.write({(one, TITLE): f"Step {step}" for one in editor.ids})
    is_answered(editor, reader)
    record.let_go()
    editor.settled()
    assert editor.says(3, "title") == editor.text(3, "title") == f"Step {ASK_THREADS}"


def test_what_waits_when_the_grid_is_closed_is_kept_in_the_order_it_was_written(
    begin: Begin, record: HeldRecord
) -> None:
    editor = begin(3)
    for text in ("one", "two", "three"):
        editor.window.acting.write({(editor.ids[0], TITLE): text})
    editor.window.acting.write({(editor.ids[2], TITLE): "other"})
    editor.window.close()
    record.let_go()
    editor.until(lambda: editor.says(2, "title") == "other")
    assert editor.says(0, "title") == "three"


def test_the_end_of_an_older_text_leaves_the_newer_one_shown_as_being_kept(
    begin: Begin, record: HeldRecord
) -> None:
    editor = begin(3)
    for text in ("one", "two"):
        editor.window.acting.write({(editor.ids[0], TITLE): text})
    with editor.qtbot.waitSignal(editor.window.acting.kept, timeout=PATIENCE_MS):
        record.let_one_go()
    editor.window.model.read_again(editor.ids[:1])
    assert editor.text(0, "title") == "two"
    editor.until(lambda: not editor.window.model.is_reading)
    assert editor.text(0, "title") == "two"
    assert editor.state(0, "title") is CellState.SAVING
    record.let_go()
    editor.settled()
    assert editor.says(0, "title") == editor.text(0, "title") == "two"


def test_undo_waits_for_what_is_being_kept_and_takes_that_back(
    begin: Begin, record: HeldRecord
) -> None:
    editor = begin(3)
    acts = editor.window.acts
    editor.window.acting.write({(editor.ids[0], TITLE): "one"})
    record.let_one_go()
    editor.until(acts.undo.isEnabled)
    editor.window.acting.write({(editor.ids[0], TITLE): "two"})
    # The step before would be taken back, from here or from the main window.
    assert not acts.undo.isEnabled()
    assert not editor.undo.can_undo
    record.let_go()
    editor.until(acts.undo.isEnabled)
    acts.undo.trigger()
    editor.until(lambda: editor.says(0, "title") == "one")


def test_the_main_window_undoes_again_once_a_closed_grid_has_kept_what_was_typed(
    begin: Begin, record: HeldRecord
) -> None:
    editor = begin(1)
    editor.window.acting.write({(editor.ids[0], TITLE): "one"})
    editor.window.acting.write({(editor.ids[0], TITLE): "two"})
    editor.window.close()
    assert not editor.undo.can_undo
    record.let_go()
    editor.until(lambda: editor.undo.can_undo)
    editor.undo.undo()
    editor.until(lambda: editor.says(0, "title") == "one")


def test_an_older_reading_hides_no_newer_one(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = begin(3)
    held, go = threading.Event(), threading.Event()
    said = MasterEditing.said

    def slow_once(masters: MasterEditing, assets: Sequence[AssetId]) -> list[SaidMaster]:
        found = said(masters, assets)
        if not held.is_set():
            held.set()
            assert go.wait(PATIENCE_S)
        return found

    monkeypatch.setattr(MasterEditing, "said", slow_once)
    model, masters = editor.window.model, editor.desk.parts.worker.masters
    model.read_again(editor.ids[:1])
    try:
        editor.until(lambda: editor.text(0, "title") == "Title 0" and held.is_set())
        masters.say([editor.ids[0]], [Change(path=TITLE, value="Newer")])
        editor.until(lambda: editor.text(0, "title") == "Newer")
        with editor.qtbot.waitSignal(model.told, timeout=PATIENCE_MS):
            go.set()
    finally:
        go.set()
    assert editor.text(0, "title") == "Newer"
    assert not model.is_reading
