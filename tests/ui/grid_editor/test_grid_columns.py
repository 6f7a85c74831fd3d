"""Columns of the grid for the languages of a field and the structures of a list."""

from PySide6.QtCore import Qt

from bridge_app.ui.grid_editor.columns_dialog import ColumnsDialog
from tests.ui.grid_editor.conftest import Begin

RECURSIVE = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive


def test_languages_and_further_structures_are_columns_that_are_chosen(begin: Begin) -> None:
    editor = begin(2, columns=("title", "licensor_name#7"))
    window = editor.window
    window.acts.columns.trigger()
    (dialog,) = window.findChildren(ColumnsDialog)
    for name in ("Alternative text · \u2068français\u2069", "Licensor 2"):
        (found,) = dialog.tree.findItems(name, RECURSIVE)
        found.setCheckState(0, Qt.CheckState.Checked)
    dialog.search.setText("alt_text[sv]")
    (typed,) = dialog.tree.findItems("Alternative text · \u2068svenska\u2069", RECURSIVE)
    assert not typed.isHidden()
    typed.setCheckState(0, Qt.CheckState.Checked)
    dialog.search.clear()
    dialog.accept_button.click()
    names = [one.name for one in window.model.columns]
    assert sorted(names[2:]) == ["alt_text[fr]", "alt_text[sv]", "licensor_name#2"]
    assert names[:2] == ["title", "licensor_name#7"]
    editor.go(0, "licensor_name#2")
    editor.type("Second agency")
    editor.settled()
    assert editor.says(0, "licensor_name#2") == "Second agency"
