"""Markets typed into a table: whatever is typed stays, and what is wrong is told in its line."""

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.localised import LocalisedTableError, Variant, read_table
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.presets.market_editor import MarketEditor
from bridge_app.ui.presets.market_rows import MarketRows
from bridge_app.ui.theme import Theme

SUMMER = Variant(market="DE", language="de", values=(("headline", "Sommer, Sonne"),))


def typed(model: QAbstractItemModel, row: int, *cells: str) -> None:
    for column, text in enumerate(cells):
        assert model.setData(model.index(row, column), text, Qt.ItemDataRole.EditRole)


@pytest.fixture
def rows(qapp: QApplication, theme: Theme, english: None, qtmodeltester: ModelTester) -> MarketRows:
    made = MarketRows(theme, qapp)
    qtmodeltester.check(made)
    return made


def test_there_is_always_one_more_line(rows: MarketRows) -> None:
    assert rows.rowCount() == 1
    assert not rows.table
    typed(rows, 0, "DE", "de")
    typed(rows, 1, "", "fr")
    assert rows.rowCount() == 3
    assert list(rows.table) == [Variant(market="DE", language="de"), Variant(language="fr")]
    rows.remove([0, 2])
    assert rows.rowCount() == 2
    assert list(rows.table) == [Variant(language="fr")]


def test_what_is_wrong_is_told_in_its_line_and_stays(rows: MarketRows) -> None:
    typed(rows, 0, "DE", "de")
    typed(rows, 1, "nowhere!", "fr")
    assert rows.error is not None
    assert rows.data(rows.index(1, 0)) == "nowhere!"
    assert "nowhere!" in rows.data(rows.index(1, 1), Qt.ItemDataRole.ToolTipRole)
    assert rows.data(rows.index(0, 0), Qt.ItemDataRole.ToolTipRole) is None
    typed(rows, 1, "FR")
    assert rows.error is None


def test_a_column_needs_a_name_of_its_own(rows: MarketRows) -> None:
    rows.add_column("headline")
    typed(rows, 0, "DE", "de", "", "", "Sommer, Sonne")
    assert rows.table == (SUMMER,)
    for name in ("headline", "layer:headline", "a b", "x"):
        with pytest.raises(LocalisedTableError):
            rows.add_column(name)
    assert rows.header[-1] == "headline"


def test_the_columns_of_the_presets_are_there_and_the_table_is_taken_and_saved(
    qtbot: QtBot, asker: Asker, looks: Looks, tmp_path: Path
) -> None:
    dialog = MarketEditor(asker, looks.theme, looks.icons, [SUMMER], ["headline", "layer:logo"])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.rows.header[4:] == ("headline", "layer:logo")
    typed(dialog.rows, 1, "FR", "fr", "", "", "Soldes", "brand/logo-fr")
    target = tmp_path / "markets.csv"
    dialog.save_to(target)
    qtbot.waitUntil(lambda: "markets.csv" in dialog.banner.text)
    table = read_table(target.read_text(encoding="utf-8"))
    assert table[1].layers == (("logo", "brand/logo-fr"),)
    typed(dialog.rows, 2, "XX!")
    assert not dialog.take.isEnabled()
    assert "Line 3" in dialog.banner.text
    dialog.rows.remove([2])
    with qtbot.waitSignal(dialog.taken) as taken:
        dialog.take.click()
    assert taken.args == [table]
