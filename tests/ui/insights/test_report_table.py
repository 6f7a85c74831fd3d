"""The table behind a chart: its equal for those who cannot see it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.report_columns import COLUMNS
from bridge_app.domain.reports import WHOLE, Report, ReportKind, Row
from bridge_app.ui.insights.table import ReportView
from bridge_app.ui.insights.table_model import ReportRole
from bridge_app.ui.theme import Theme

pytestmark = pytest.mark.usefixtures("english")
KIND = ReportKind.MOST_USED
PLACES = [column.name for column in COLUMNS[KIND]]
FALLING = Qt.SortOrder.DescendingOrder


def asset(name: str, requests: int | None, places: int = 1) -> Row:
    cells = {"asset": f"id of {name}", "name": name, "requests": requests, "places": places}
    return tuple(cells.get(column) for column in PLACES)


ROWS = [asset("shot 10.jpg", 7), asset("Émile.jpg", None), asset("shot 9.jpg", 90)]

REPORT = Report(
    kind=KIND,
    scope=WHOLE,
    columns=COLUMNS[KIND],
    rows=ROWS,
    asked_at=datetime(2026, 11, 22, tzinfo=UTC),
)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> ReportView:
    made = ReportView(theme)
    qtbot.addWidget(made)
    made.show_report(REPORT)
    return made


def heads(view: ReportView) -> list[str]:
    across = Qt.Orientation.Horizontal
    return [str(view.rows.headerData(at, across)) for at in range(view.rows.columnCount())]


def names(view: ReportView) -> list[str]:
    rows = range(view.rows.rowCount())
    return [str(view.rows.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)) for row in rows]


def test_what_answers_comes_first_and_what_scripts_go_by_is_left_out(view: ReportView) -> None:
    assert heads(view)[:2] == ["Name", "Requests"]
    assert "Asset" not in heads(view)
    assert "Path" not in heads(view), "no row says one"


def test_texts_are_sorted_as_people_sort_and_numbers_by_size(
    view: ReportView, qtmodeltester: ModelTester
) -> None:
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert names(view) == ["Émile.jpg", "shot 9.jpg", "shot 10.jpg"]
    for order, expected in (
        (FALLING, ["shot 9.jpg", "shot 10.jpg", "Émile.jpg"]),
        (Qt.SortOrder.AscendingOrder, ["shot 10.jpg", "shot 9.jpg", "Émile.jpg"]),
    ):
        view.sortByColumn(heads(view).index("Requests"), order)
        assert names(view) == expected, "what nobody measured stays at the end"
    qtmodeltester.check(view.rows, force_py=True)


def test_a_chosen_row_stays_the_same_row_of_the_report_however_it_is_sorted(
    view: ReportView,
) -> None:
    view.choose(2)
    view.sortByColumn(0, FALLING)
    assert view.chosen == (2,)
    assert view.rows.place_of(2).data(ReportRole.ROW) == 2


def test_a_cell_says_its_column_and_that_it_was_not_measured(view: ReportView) -> None:
    cell = view.rows.index(1, heads(view).index("Requests"))
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Requests: not measured"
    assert cell.data(ReportRole.MISSING) is True


def test_chosen_rows_are_copied_below_their_headings(view: ReportView, qtbot: QtBot) -> None:
    view.choose(0)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first, second = QGuiApplication.clipboard().text().split("\n")
    assert first.split("\t")[:2] == ["Name", "Requests"]
    assert second.split("\t")[:2] == ["shot 10.jpg", "7"]


def test_what_is_copied_is_no_formula(view: ReportView) -> None:
    view.show_report(replace(REPORT, rows=[asset('=HYPERLINK("http://example.com")', -3)]))
    (_, line) = view.rows.copied([0]).split("\n")
    assert line.split("\t")[0] == '\'=HYPERLINK("http://example.com")'
    assert not line.split("\t")[1].startswith("'"), "a number is none"


def test_the_highest_values_of_what_the_chart_is_about_come_first(view: ReportView) -> None:
    view.order_by("requests")
    assert names(view) == ["shot 9.jpg", "shot 10.jpg", "Émile.jpg"]
    assert view.horizontalHeader().sortIndicatorOrder() is FALLING
    view.order_by("")
    assert names(view)[0] == "shot 9.jpg"
