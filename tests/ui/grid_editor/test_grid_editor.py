"""The grid: typed, pasted, filled, replaced, undone, and always on disk before it is said to be."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.errors import DiskFullError
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.grid_editor.acting import SHOWN_AT_ONCE
from bridge_app.ui.grid_editor.columns import columns_named
from bridge_app.ui.grid_editor.columns_dialog import ColumnsDialog
from bridge_app.ui.grid_editor.model import PAGE
from bridge_app.ui.grid_editor.telling import CellState
from bridge_app.work.master_editing import MasterEditing
from tests.ui.grid_editor.conftest import CONTROL, PATIENCE_MS, Begin, Editor, clipboard, offer

RECURSIVE = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive


def test_the_model_is_a_sound_one(begin: Begin, qtmodeltester: ModelTester) -> None:
    editor = begin(3)
    qtmodeltester.check(editor.window.model, force_py=True)


def test_masters_are_rows_and_fields_columns(begin: Begin) -> None:
    editor = begin()
    model = editor.window.model
    assert editor.texts("title") == [f"Title {number}" for number in range(6)]
    assert editor.text(2, "caption") == "Boats in the harbour of town 2"
    assert editor.text(2, "keywords") == "boat; harbour"
    assert model.headerData(2, Qt.Orientation.Vertical) == "picture_00002.jpg"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Title"


def test_what_is_typed_is_on_disk_and_waits_to_be_written(begin: Begin) -> None:
    editor = begin()
    editor.go(1, "title")
    editor.type("Harbour at dawn")
    editor.settled()
    assert editor.says(1, "title") == "Harbour at dawn"
    assert editor.text(1, "title") == "Harbour at dawn"
    editor.until(lambda: editor.state(1, "title") is CellState.WAITING)
    assert editor.window.table.currentIndex().row() == 2


def test_what_cannot_be_kept_stays_in_its_cell_and_says_why(begin: Begin) -> None:
    editor = begin()
    window = editor.window
    editor.go(3, "rating")
    editor.type("nine")
    editor.settled()
    assert editor.text(3, "rating") == "nine"
    assert editor.state(3, "rating") is CellState.INVALID
    assert "number" in editor.note(3, "rating")
    assert editor.says(3, "rating") == 3
    editor.go(0, "title")
    editor.until(window.acts.next_fault.isEnabled)
    window.acts.next_fault.trigger()
    assert window.table.currentIndex().row() == 3
    window.acts.give_up.trigger()
    assert editor.text(3, "rating") == "3"
    assert editor.state(3, "rating") is CellState.PLAIN
    for text in ("nine", "4"):
        editor.go(3, "rating")
        editor.type(text)
        editor.settled()
    assert editor.says(3, "rating") == 4
    assert window.model.drafts.faulty == ()


def test_what_a_policy_wants_filled_in_is_marked_where_it_is_empty(begin: Begin) -> None:
    editor = begin(3, columns=("alt_text", "title"))
    assert editor.state(0, "alt_text") is CellState.PLAIN
    required = frozenset({"title", "alt_text"})
    said = editor.desk.parts.worker.masters.said(editor.ids)
    editor.window.show_masters(editor.ids, [replace(one, required=required) for one in said])
    assert editor.state(0, "alt_text") is CellState.NEEDED
    assert editor.note(0, "alt_text") == "Needed before it can be pushed."
    assert editor.state(0, "title") is CellState.PLAIN
    editor.go(0, "alt_text")
    editor.type("Boats")
    editor.until(lambda: editor.state(0, "alt_text") is CellState.WAITING)


def test_what_a_policy_wants_is_told_above_where_it_has_no_column(begin: Begin) -> None:
    editor = begin(3, columns=("title",))
    assert "needed" not in editor.window.head.place_text
    required = frozenset({"title", "alt_text"})
    said = editor.desk.parts.worker.masters.said(editor.ids)
    editor.window.show_masters(editor.ids, [replace(one, required=required) for one in said])
    assert "needed, but not shown: Alternative text" in editor.window.head.place_text


def test_filling_down_is_one_step_and_undone_as_one(begin: Begin) -> None:
    editor = begin()
    editor.choose("title", 1, 4)
    editor.key(Qt.Key.Key_D, CONTROL)
    editor.settled()
    assert editor.texts("title") == ["Title 0", *["Title 1"] * 4, "Title 5"]
    editor.window.acts.undo.trigger()
    editor.until(lambda: editor.says(4, "title") == "Title 4")
    editor.until(lambda: editor.text(4, "title") == "Title 4")
    editor.settled()
    editor.until(editor.window.acts.redo.isEnabled)
    editor.window.acts.redo.trigger()
    editor.until(lambda: editor.says(4, "title") == "Title 1")


def test_a_block_of_a_spreadsheet_is_pasted_from_the_chosen_cell_on(begin: Begin) -> None:
    editor = begin()
    offer('Quay\t"two\nlines"\tsea; "salt, wind"\nPier\tOne line\tsea')
    editor.go(1, "title")
    editor.window.acts.paste.trigger()
    editor.settled()
    assert editor.says(1, "title") == "Quay"
    assert editor.says(1, "caption") == "two\nlines"
    assert editor.says(1, "keywords") == ("salt, wind", "sea")
    assert editor.says(2, "title") == "Pier"
    assert editor.undo.can_undo
    offer("Oslo")
    editor.choose("city", 0, 3)
    editor.window.acts.paste.trigger()
    editor.settled()
    assert editor.texts("city") == ["Oslo"] * 4 + ["", ""]


def test_what_has_no_place_in_the_table_is_told(begin: Begin) -> None:
    editor = begin()
    offer("3\t100\tover the edge")
    editor.go(5, "rating")
    editor.window.acts.paste.trigger()
    editor.settled()
    assert editor.says(5, "rating") == 3
    assert editor.says(5, "iso") == "400"
    editor.until(lambda: "2 " in editor.window.banner.text)


def test_what_is_copied_spreadsheets_can_read(begin: Begin) -> None:
    editor = begin()
    editor.choose("caption", 0, 1)
    editor.window.acts.copy.trigger()
    editor.settled()
    quoted = '"Boats in the harbour\nof town {}"'
    assert clipboard() == f"{quoted.format(0)}\n{quoted.format(1)}"
    assert "<td" in QGuiApplication.clipboard().mimeData().html()


def test_cutting_empties_and_pasting_brings_it_back(begin: Begin) -> None:
    editor = begin()
    editor.go(0, "keywords")
    editor.window.acts.cut.trigger()
    editor.until(lambda: editor.says(0, "keywords") is None)
    editor.settled()
    editor.window.acts.paste.trigger()
    editor.until(lambda: editor.says(0, "keywords") == ("boat", "harbour"))


def test_delete_empties_what_is_chosen(begin: Begin) -> None:
    editor = begin()
    editor.choose("title", 0, 2)
    editor.key(Qt.Key.Key_Delete)
    editor.settled()
    assert [editor.says(row, "title") for row in range(4)] == [None, None, None, "Title 3"]


def test_enter_with_control_writes_into_all_chosen_cells(begin: Begin) -> None:
    editor = begin()
    editor.choose("city", 1, 3)
    editor.window.table.edit(editor.window.table.currentIndex())
    editor.qtbot.keyClicks(QApplication.focusWidget(), "Bergen")
    editor.key(Qt.Key.Key_Return, CONTROL)
    editor.settled()
    assert editor.texts("city") == ["", "Bergen", "Bergen", "Bergen", "", ""]


def test_facts_of_the_camera_cannot_be_written(begin: Begin) -> None:
    editor = begin()
    editor.go(0, "iso")
    assert editor.state(0, "iso") is CellState.FIXED
    editor.type("800")
    editor.settled()
    assert editor.says(0, "iso") == "400"
    assert not editor.undo.can_undo


def test_what_is_found_is_shown_as_it_would_be_and_replaced_in_one_step(begin: Begin) -> None:
    editor = begin()
    window = editor.window
    window.acts.search.trigger()
    panel = window.find_panel
    editor.qtbot.keyClicks(panel.what, "harbour")
    editor.qtbot.keyClicks(panel.instead, "bay")
    editor.until(lambda: len(panel.matches) == 12 and not panel.is_looking)
    assert "bay" in str(panel.lines.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    panel.where.setCurrentText("Keywords")
    panel.where.activated.emit(panel.where.currentIndex())
    editor.until(lambda: len(panel.matches) == 6)
    panel.all.click()
    editor.until(lambda: editor.says(5, "keywords") == ("bay", "boat"))
    assert editor.says(5, "caption") == "Boats in the harbour\nof town 5"
    editor.settled()
    window.acts.undo.trigger()
    editor.until(lambda: editor.says(5, "keywords") == ("boat", "harbour"))


def test_one_match_can_be_replaced_alone(begin: Begin) -> None:
    editor = begin()
    editor.window.acts.search.trigger()
    panel = editor.window.find_panel
    editor.qtbot.keyClicks(panel.what, "Title 3")
    editor.qtbot.keyClicks(panel.instead, "Three")
    editor.until(lambda: len(panel.matches) == 1 and not panel.is_looking)
    editor.qtbot.keyClick(panel.what, Qt.Key.Key_Return)
    assert editor.window.table.currentIndex().row() == 3
    panel.one.click()
    editor.until(lambda: editor.says(3, "title") == "Three")


def test_rows_are_sorted_by_the_column_of_the_current_cell(begin: Begin) -> None:
    editor = begin()
    editor.go(0, "rating")
    editor.window.acts.falling.trigger()
    editor.until(lambda: editor.texts("rating") == ["5", "4", "3", "2", "1", "0"])
    assert editor.window.table.currentIndex().row() == 5
    editor.go(0, "title")
    editor.type("First now")
    editor.settled()
    assert editor.says(0, "title") == "First now"
    assert editor.window.model.ids[0] == editor.ids[5]


def test_custom_fields_of_a_service_are_columns_with_their_options(begin: Begin) -> None:
    editor = begin(2, columns=("custom:Brand", "title"))
    window = editor.window
    editor.until(lambda: window.model.columns[0].field.choices != ())
    assert [label for _, label in window.model.columns[0].field.choices] == ["Coast", "Nord"]
    assert window.model.columns[0].title == "Brand"
    window.acts.columns.trigger()
    (dialog,) = window.findChildren(ColumnsDialog)
    (found,) = dialog.tree.findItems("Brand", RECURSIVE)
    assert found.checkState(0) is Qt.CheckState.Checked
    dialog.accept_button.click()
    assert [one.name for one in window.model.columns] == ["custom:Brand", "title"]
    # These masters are files: only the service keeps such fields.
    assert editor.state(0, "custom:Brand") is CellState.FIXED


def test_columns_are_chosen_moved_and_remembered(begin: Begin) -> None:
    editor = begin()
    window = editor.window
    window.acts.columns.trigger()
    (dialog,) = window.findChildren(ColumnsDialog)
    dialog.search.setText("alternative")
    (found,) = dialog.tree.findItems("Alternative text", RECURSIVE)
    found.setCheckState(0, Qt.CheckState.Checked)
    dialog.accept_button.click()
    names = [one.name for one in window.model.columns]
    assert names == ["title", "caption", "keywords", "city", "rating", "iso", "alt_text"]
    window.table.horizontalHeader().moveSection(6, 0)
    assert window.model.columns[0].name == "alt_text"
    assert window.table.horizontalHeader().visualIndex(0) == 0
    editor.go(0, "keywords")
    window.acts.hide_column.trigger()
    kept = window.model.columns
    assert "keywords" not in [one.name for one in kept]
    again = begin(1)
    again.window.close()
    assert columns_named(one.name for one in kept) == kept


def test_rows_out_of_sight_are_not_read_and_yet_filled(begin: Begin) -> None:
    count = 2 * PAGE + 20
    editor = begin(count)
    table, model = editor.window.table, editor.window.model
    assert model.known_text(count - 1, 0) is None
    editor.go(0, "city")
    editor.type("Bergen")
    editor.settled()
    table.selectColumn(editor.column("city"))
    editor.window.acts.fill.trigger()
    editor.settled()
    assert {editor.says(row, "city") for row in (0, PAGE, count - 1)} == {"Bergen"}
    editor.window.acts.undo.trigger()
    editor.until(lambda: editor.says(count - 1, "city") is None)
    assert editor.says(0, "city") == "Bergen"
    editor.go(count - 1, "title")
    editor.until(lambda: model.known_text(count - 1, 0) == f"Title {count - 1}")
    assert model.known_text(PAGE + 1, 0) is None


class HeldRecord:
    """What is said waits to be recorded, until it may; or it is refused."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._may_go_on = threading.Event()
        self._refused = False
        say_each = MasterEditing.say_each

        def waiting(masters: MasterEditing, changes: Mapping[AssetId, Sequence[Change]]) -> str:
            assert self._may_go_on.wait(PATIENCE_MS / 1000)
            if self._refused:
                raise DiskFullError(path="ledger.db")
            return say_each(masters, changes)

        monkeypatch.setattr(MasterEditing, "say_each", waiting)

    def end(self, *, refused: bool = False) -> None:
        self._refused = refused
        self._may_go_on.set()


def fill_city(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> HeldRecord:
    """More cells are filled than are made in one turn; the record waits."""
    editor.go(0, "city")
    editor.type("Bergen")
    editor.settled()
    held = HeldRecord(monkeypatch)
    editor.window.table.selectColumn(editor.column("city"))
    editor.window.acts.fill.trigger()
    editor.until(lambda: editor.text(5, "city") == "Bergen")
    return held


def test_many_cells_are_shown_before_they_are_on_disk_and_say_so(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = begin(SHOWN_AT_ONCE + 20)
    held = fill_city(editor, monkeypatch)
    assert editor.window.acting.is_busy
    assert editor.says(5, "city") is None
    assert editor.state(5, "city") is CellState.SAVING
    assert editor.note(5, "city") == "Being kept…"
    held.end()
    editor.settled()
    assert editor.says(5, "city") == editor.says(SHOWN_AT_ONCE + 19, "city") == "Bergen"
    editor.until(lambda: editor.state(5, "city") is CellState.WAITING)
    editor.window.acts.undo.trigger()
    editor.until(lambda: editor.text(5, "city") == "")


def test_many_cells_that_could_not_be_kept_say_why_and_can_be_given_up(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = begin(SHOWN_AT_ONCE + 20)
    held = fill_city(editor, monkeypatch)
    held.end(refused=True)
    editor.until(lambda: editor.state(5, "city") is CellState.INVALID)
    assert editor.text(5, "city") == "Bergen"
    assert len(editor.window.model.drafts.faulty) == SHOWN_AT_ONCE + 19
    editor.until(editor.window.acts.give_up.isEnabled)
    editor.window.acts.give_up.trigger()
    assert editor.text(5, "city") == ""
    assert editor.window.model.drafts.faulty == ()


def test_what_is_typed_over_cells_that_are_being_kept_stands(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = begin(SHOWN_AT_ONCE + 20)
    held = fill_city(editor, monkeypatch)
    editor.go(5, "city")
    editor.type("Oslo")
    assert editor.text(5, "city") == "Oslo"
    held.end()
    editor.settled()
    assert editor.says(5, "city") == editor.text(5, "city") == "Oslo"
    assert editor.says(6, "city") == editor.text(6, "city") == "Bergen"


def test_what_somebody_else_says_is_shown(begin: Begin) -> None:
    editor = begin()
    said = Change(path=path_of("title"), value="From elsewhere")
    editor.desk.parts.worker.masters.say([editor.ids[2]], [said])
    editor.until(lambda: editor.text(2, "title") == "From elsewhere")


def test_everything_is_drawn_from_right_to_left_and_has_a_name(begin: Begin) -> None:
    editor = begin()
    editor.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert not editor.window.grab().isNull()
    sentence = editor.window.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert sentence == "Title, picture_00000.jpg, Title 0"
    assert all(button.accessibleName() for button in editor.window.head.buttons.values())
