"""The window of reports on a real library: asked, read, followed into the grid, and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox
from pytestqt.qtbot import QtBot

from bridge_app.domain.reports import Every, ExportFormat, ReportKind, SavedReport
from bridge_app.ui.insights.chart import ChartView
from bridge_app.ui.insights.log_import import LogImportDialog
from bridge_app.ui.insights.save_dialog import SaveDialog
from bridge_app.ui.insights.shapes import Bar, Bars
from bridge_app.ui.insights.window import InsightsWindow
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk
from tests.ui.windows import NAMES, dialog

PATIENCE_MS = 30_000
LOG = """date,cs-uri-stem,sc-status,sc-bytes
2026-11-20,/studio/image/upload/nobody-knows.jpg,200,5000
2026-11-20,/studio/image/upload/nobody-knows.jpg,404,120
"""


@pytest.fixture
def insights(qtbot: QtBot, window: MainWindow) -> Iterator[InsightsWindow]:
    with qtbot.waitSignal(window.middle.insights.opened, timeout=PATIENCE_MS) as opened:
        window.core.actions.insights.trigger()
    made: InsightsWindow = opened.args[0]
    qtbot.waitUntil(lambda: made.questions.entry is not None, timeout=PATIENCE_MS)
    yield made
    window.middle.insights.close()


def ask(qtbot: QtBot, insights: InsightsWindow, kind: ReportKind) -> None:
    insights.questions.choose(kind.value)
    answered(qtbot, insights, kind)


def answered(qtbot: QtBot, insights: InsightsWindow, kind: ReportKind) -> None:
    def is_there() -> bool:
        report = insights.answer.report
        return report is not None and report.kind is kind

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)


def test_an_answer_leads_to_its_assets_in_the_library(
    qtbot: QtBot, window: MainWindow, insights: InsightsWindow
) -> None:
    ask(qtbot, insights, ReportKind.MISSING_METADATA)
    chart, table = insights.answer.chart, insights.answer.table
    assert table.rows.rowCount() == len(NAMES)
    assert isinstance(chart.chart, Bars)
    assert chart.accessibleName().endswith(insights.answer.headline.text())
    assert not insights.head.show_them.isEnabled()
    table.choose(3)
    assert insights.head.show_them.isEnabled()
    name = str(table.rows.place_of(3).data(Qt.ItemDataRole.ToolTipRole))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    selection = window.middle.selection

    def is_chosen() -> bool:
        chosen = selection.single()
        return chosen is not None and chosen.name == name

    qtbot.waitUntil(is_chosen, timeout=PATIENCE_MS)


def test_an_access_log_is_imported_and_counted_no_longer(
    qtbot: QtBot, insights: InsightsWindow, tmp_path: Path
) -> None:
    ask(qtbot, insights, ReportKind.LOGS)
    empty = insights.answer.empty_state
    assert empty is not None
    assert empty.title == "No access log was imported"
    file = tmp_path / "edge.csv"
    file.write_text(LOG, encoding="utf-8")
    insights.acts.import_file(file)
    importing = dialog(qtbot, insights, LogImportDialog)
    qtbot.waitUntil(importing.bar.isHidden, timeout=PATIENCE_MS)
    assert "nobody-knows" in importing.samples.toPlainText()
    assert "No line belongs to an asset" in importing.said.text
    importing.leave.click()
    table = insights.answer.table
    qtbot.waitUntil(lambda: table.rows.rowCount() == 1, timeout=PATIENCE_MS)
    table.choose(0)
    insights.head.forget_log.trigger()
    dialog(qtbot, insights, ConfirmDialog).act_button.click()
    qtbot.waitUntil(lambda: insights.answer.empty_state is not None, timeout=PATIENCE_MS)


def test_a_report_is_kept_with_its_schedule_found_again_and_forgotten(
    qtbot: QtBot, desk: Desk, insights: InsightsWindow, tmp_path: Path
) -> None:
    ask(qtbot, insights, ReportKind.HEAVY)
    insights.head.keep.trigger()
    saving = dialog(qtbot, insights, SaveDialog)
    assert not saving.act.isEnabled(), "it has no name"
    qtbot.keyClicks(saving.name, "Heavy ones")
    saving.every.setCurrentIndex(saving.every.findData(Every.WEEK.value))
    saving.every.activated.emit(saving.every.currentIndex())
    saving.use_folder(str(tmp_path))
    saving.act.click()

    def kept() -> SavedReport | None:
        entry = insights.questions.entry
        return entry.saved if entry else None

    qtbot.waitUntil(lambda: kept() is not None, timeout=PATIENCE_MS)
    saved = kept()
    assert saved is not None
    assert (saved.name, saved.kind) == ("Heavy ones", ReportKind.HEAVY)
    assert [one.schedule for one in desk.parts.worker.insights.saved()] == [saved.schedule]
    assert saved.schedule is not None
    assert (saved.schedule.every, saved.schedule.folder) == (Every.WEEK, str(tmp_path))
    insights.head.forget.trigger()
    dialog(qtbot, insights, ConfirmDialog).act_button.click()
    qtbot.waitUntil(lambda: kept() is None, timeout=PATIENCE_MS)
    assert desk.parts.worker.insights.saved() == ()


def test_a_report_is_written_whole_and_the_window_is_found_as_it_was(
    qtbot: QtBot, window: MainWindow, insights: InsightsWindow, tmp_path: Path
) -> None:
    ask(qtbot, insights, ReportKind.BY_FORMAT)
    shown = insights.shown
    assert shown is not None
    insights.acts.export(shown, tmp_path / "formats.csv", ExportFormat.CSV)
    qtbot.waitUntil(lambda: insights.banner.text != "", timeout=PATIENCE_MS)
    assert "formats.csv" in insights.banner.text
    assert len((tmp_path / "formats.csv").read_text(encoding="utf-8").splitlines()) == 2
    insights.close()
    with qtbot.waitSignal(window.middle.insights.opened, timeout=PATIENCE_MS) as opened:
        window.core.actions.insights.trigger()
    again: InsightsWindow = opened.args[0]
    answered(qtbot, again, ReportKind.BY_FORMAT)


def test_a_bar_is_clicked_in_both_reading_directions_and_in_both_looks(
    qtbot: QtBot, theme: Theme
) -> None:
    bars = tuple(
        Bar(row=row, label=f"shot {row}.jpg", text=f"{value}", value=value)
        for row, value in ((4, 30.0), (9, 20.0), (2, 10.0))
    )
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        view = ChartView(theme)
        qtbot.addWidget(view)
        view.setLayoutDirection(direction)
        view.resize(600, 200)
        view.show()
        view.show_chart(Bars(bars=bars), name="Chart", text="")
        theme.set_scheme(Scheme.DARK)
        theme.set_scheme(Scheme.LIGHT)
        place = view.rect().center()
        with qtbot.waitSignal(view.chosen, timeout=PATIENCE_MS) as chosen:
            qtbot.mouseClick(view.surface, Qt.MouseButton.LeftButton, pos=place)
        assert chosen.args == [9]


def test_every_control_has_a_name_for_those_who_cannot_see_it(
    qtbot: QtBot, insights: InsightsWindow
) -> None:
    ask(qtbot, insights, ReportKind.MISSING_METADATA)
    controls = [*insights.findChildren(QAbstractButton), *insights.findChildren(QComboBox)]
    nameless = []
    for control in controls:
        interface = QAccessible.queryAccessibleInterface(control)
        if control.isVisible() and interface and not interface.text(QAccessible.Text.Name):
            nameless.append(control)
    assert nameless == []
