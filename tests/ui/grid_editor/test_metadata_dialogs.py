"""Templates, tables and copied metadata: shown as they would be, then said in one step."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_templates import MetadataTemplate, TemplateRow, Way
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.asker import Asker
from bridge_app.ui.dialogs.metadata_csv_export import MetadataCsvExportDialog
from bridge_app.ui.dialogs.metadata_csv_import import MetadataCsvImportDialog
from bridge_app.ui.dialogs.metadata_paste import MetadataPasteDialog
from bridge_app.ui.dialogs.metadata_template_rows import TemplateRowForm
from bridge_app.ui.dialogs.metadata_templates import MetadataTemplatesDialog
from bridge_app.ui.grid_editor.columns import columns_named
from bridge_app.ui.looks import Looks
from tests.desk import Desk
from tests.ui.grid_editor.conftest import put_masters

Until = Callable[[Callable[[], bool]], None]
TOOL_TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    def wait(holds: Callable[[], bool]) -> None:
        qtbot.waitUntil(holds, timeout=20_000)

    return wait


def says(desk: Desk, asset: AssetId, name: str) -> FieldValue:
    (said,) = desk.parts.worker.masters.said([asset])
    return said.record().get(path_of(name))


def shown(dialog: QDialog, qtbot: QtBot) -> None:
    qtbot.addWidget(dialog)
    dialog.show()


def test_a_template_is_tried_out_kept_and_applied(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, english: None, until: Until
) -> None:
    ids = put_masters(shelf, 3)
    worker = shelf.parts.worker
    dialog = MetadataTemplatesDialog(worker, reader, looks, ids)
    shown(dialog, qtbot)
    rows = (
        TemplateRow(path=path_of("headline"), text="{name} {counter:3}"),
        TemplateRow(path=path_of("keywords"), text="sea", way=Way.ADD),
        TemplateRow(path=path_of("title"), text="Unseen", way=Way.FILL),
    )
    dialog.show_template(MetadataTemplate(name="Harbour", rows=rows))
    until(lambda: dialog.preview.changes.rowCount() == 6)
    first = str(dialog.preview.changes.index(0, 0).data(TOOL_TIP))
    assert "picture_00000 001" in first
    dialog.save.click()
    until(lambda: [one.name for one in worker.words.templates()] == ["Harbour"])
    until(lambda: dialog.lines.rowCount() == 1)
    with qtbot.waitSignal(dialog.applied) as applied:
        dialog.act.click()
    batch, masters, left_out = applied.args or ("", 0, 0)
    assert (masters, left_out) == (3, 0)
    assert says(shelf, ids[2], "headline") == "picture_00002 003"
    assert says(shelf, ids[2], "keywords") == ("boat", "harbour", "sea")
    assert says(shelf, ids[2], "title") == "Title 2"
    worker.masters.take_back(str(batch))
    assert says(shelf, ids[2], "headline") is None


def test_a_row_says_a_language_and_a_further_structure(qtbot: QtBot, looks: Looks) -> None:
    row = TemplateRow(path=path_of("artwork_title#2", "sv"), text="{title}")
    form = TemplateRowForm(looks.theme, looks.icons, row)
    qtbot.addWidget(form)
    assert form.row == row
    form.language.setCurrentIndex(form.language.findData("de"))
    form.number.setCurrentIndex(form.number.findData(3))
    assert form.row.path == path_of("artwork_title#3", "de")
    form.field.setCurrentText("Headline")
    form.field.activated.emit(form.field.currentIndex())
    assert form.row.path == path_of("headline")
    assert (form.language.isHidden(), form.number.isHidden()) == (True, True)


def test_a_text_that_cannot_be_filled_says_where_and_nothing_is_applied(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, english: None, until: Until
) -> None:
    ids = put_masters(shelf, 2)
    dialog = MetadataTemplatesDialog(shelf.parts.worker, reader, looks, ids)
    shown(dialog, qtbot)
    assert not dialog.act.isEnabled()  # a blank row would empty its field
    form = dialog.rows.forms[0]
    form.text.setPlainText("by {whom}")
    until(lambda: "character 4" in dialog.note)
    dialog.act.click()
    until(dialog.act.isEnabled)
    assert says(shelf, ids[0], "copyright") is None
    form.text.setPlainText("by {filename}")
    until(lambda: not dialog.note)


def test_templates_are_chosen_changed_and_deleted(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, english: None, until: Until
) -> None:
    words = shelf.parts.worker.words
    for name in ("Agency", "House"):
        row = TemplateRow(path=path_of("credit"), text=name)
        words.save_template(MetadataTemplate(name=name, rows=(row,)))
    dialog = MetadataTemplatesDialog(shelf.parts.worker, reader, looks, ())
    shown(dialog, qtbot)
    until(lambda: dialog.lines.rowCount() == 2)
    assert dialog.place.words == ""
    assert not dialog.act.isEnabled()
    dialog.list.setCurrentIndex(dialog.lines.index(1, 0))
    assert dialog.template.rows[0].text == "House"
    assert not dialog.save.isEnabled()
    dialog.rows.add.click()
    assert dialog.save.isEnabled()
    dialog.delete.click()
    until(lambda: [one.name for one in words.templates()] == ["Agency"])
    until(lambda: dialog.name.text() == "")
    words.delete_template("Agency")
    empty = MetadataTemplatesDialog(shelf.parts.worker, reader, looks, ())
    shown(empty, qtbot)
    until(lambda: empty.place.words == "What you save is listed here.")


def test_a_table_goes_to_a_spreadsheet_and_comes_back_as_a_diff(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, english: None, until: Until
) -> None:
    ids = put_masters(shelf, 3)
    worker, path = shelf.parts.worker, shelf.home / "table.csv"
    columns = columns_named(("title", "keywords", "rating"))
    export = MetadataCsvExportDialog(worker, reader, looks, ids, columns)
    shown(export, qtbot)
    with qtbot.waitSignal(export.exported):
        export.save(path)
    text = path.read_text("utf-8-sig")
    assert text.splitlines()[0] == "File,Asset,title,keywords,rating"
    changed = text.replace("Title 1", "Quay").replace("boat; harbour,2", "boat,9")
    path.write_text(f"{changed}elsewhere.jpg,,a,b,1\n", "utf-8")
    dialog = MetadataCsvImportDialog(worker, reader, looks, ids, path)
    shown(dialog, qtbot)
    until(lambda: dialog.list.changes.rowCount() > 0)
    told = [str(dialog.list.changes.index(row, 0).data(TOOL_TIP)) for row in range(2)]
    assert any("Quay" in one for one in told)
    assert dialog.list.left_out.rowCount() == 2
    with qtbot.waitSignal(dialog.applied) as applied:
        dialog.act.click()
    assert says(shelf, ids[1], "title") == "Quay"
    assert says(shelf, ids[2], "rating") == 2
    batch = (applied.args or [""])[0]
    worker.masters.take_back(str(batch))
    assert says(shelf, ids[1], "title") == "Title 1"


def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, english: None, until: Until
) -> None:
    ids = put_masters(shelf, 1)
    for name, content in (("none.csv", None), ("words.csv", "only,words\n1,2\n")):
        path = shelf.home / name
        if content is not None:
            path.write_text(content)
        dialog = MetadataCsvImportDialog(shelf.parts.worker, reader, looks, ids, path)
        shown(dialog, qtbot)
        until(lambda dialog=dialog: bool(dialog.note))  # type: ignore[misc]
        assert not dialog.act.isEnabled()


def test_copied_fields_are_pasted_as_far_as_they_are_ticked(
    qtbot: QtBot, looks: Looks, english: None
) -> None:
    values: dict[FieldPath, FieldValue] = {
        path_of("title"): "One",
        path_of("keywords"): ("a", "b"),
        path_of("date_taken"): "2026-11-03T15:12:17",
        path_of("rating"): 3,
    }
    dialog = MetadataPasteDialog(looks, "hero.jpg", values, 12)
    shown(dialog, qtbot)
    rows = [str(dialog.fields.index(row).data()) for row in range(4)]
    assert [row.partition(":")[0] for row in rows] == ["Title", "Keywords", "Date taken", "Rating"]
    assert "3 Nov 2026" in rows[2], "as the language writes a day"
    unticked = Qt.CheckState.Unchecked
    dialog.fields.setData(dialog.fields.index(1), unticked, Qt.ItemDataRole.CheckStateRole)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.act.click()
    values.pop(path_of("keywords"))
    assert chosen.args == [values]
    dialog.fields.tick(on=False)
    assert not dialog.act.isEnabled()
