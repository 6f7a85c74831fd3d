"""The window of reports on a real library: asked, read, followed into the grid, and kept."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.reports import (
    WHOLE,
    Every,
    ExportFormat,
    ReportKind,
    ReportScope,
    SavedReport,
    Schedule,
)
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.insights.chart import ChartView
from bridge_app.ui.insights.log_import import LogImportDialog
from bridge_app.ui.insights.question_list import MOST_PX
from bridge_app.ui.insights.save_dialog import SaveDialog
from bridge_app.ui.insights.shapes import Bar, Bars
from bridge_app.ui.insights.window import InsightsSeat, InsightsWindow
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.theme import Scheme, Theme
from tests.desk import Desk
from tests.ui.windows import NAMES, dialog

PATIENCE_MS = 30_000
LOG = """date,cs-uri-stem,sc-status,sc-bytes
2026-11-20,/studio/image/upload/nobody-knows.jpg,200,5000
2026-11-20,/studio/image/upload/nobody-knows.jpg,404,120
"""


Stand = Callable[[], InsightsWindow]


@pytest.fixture
def stand(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons, english: None
) -> Iterator[Stand]:
    """The window of reports without the main one, opened again and again."""
    worker = desk.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview)
    remembering = Remembering(SettingsFile(desk.home / "settings.json"), asker)
    made: list[InsightsWindow] = []

    def opened() -> InsightsWindow:
        seat = InsightsSeat(
            desk=worker.insights,
            asker=asker,
            looks=Looks(theme, icons, pixels, desk.clock),
            remembering=remembering,
            libraries=worker.libraries,
        )
        window = InsightsWindow(seat)
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: window.questions.entry is not None, timeout=PATIENCE_MS)
        return window

    yield opened
    for window in made:
        window.close()


def ask(qtbot: QtBot, insights: InsightsWindow, kind: ReportKind) -> None:
    insights.questions.choose(kind.value)
    answered(qtbot, insights, kind)


def answered(qtbot: QtBot, insights: InsightsWindow, kind: ReportKind) -> None:
    def is_there() -> bool:
        report = insights.answer.report
        return report is not None and report.kind is kind

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)


def nameless(window: QWidget) -> list[QWidget]:
    """What can be used, but says nothing to those who cannot see it."""
    controls = [*window.findChildren(QAbstractButton), *window.findChildren(QComboBox)]
    seen = [one for one in controls if one.isVisible()]
    told = [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name) for one in seen]
    return [one for one, name in zip(seen, told, strict=True) if not name]


def test_an_answer_leads_to_its_assets_and_a_report_that_cannot_be_written_is_told(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    with qtbot.waitSignal(window.middle.insights.opened, timeout=PATIENCE_MS) as opened:
        window.core.actions.insights.trigger()
    insights: InsightsWindow = opened.args[0]
    qtbot.waitUntil(lambda: insights.questions.entry is not None, timeout=PATIENCE_MS)
    ask(qtbot, insights, ReportKind.MISSING_METADATA)
    chart, table = insights.answer.chart, insights.answer.table
    assert table.rows.rowCount() == len(NAMES)
    assert isinstance(chart.chart, Bars)
    assert chart.accessibleName().endswith(insights.answer.headline.text())
    assert nameless(insights) == []
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
    no_folder = desk.home / "report.txt"
    no_folder.write_text("a file")
    schedule = Schedule(every=Every.DAY, folder=str(no_folder))
    desk.parts.worker.insights.save(
        SavedReport(name="Daily use", kind=ReportKind.USAGE, schedule=schedule)
    )
    window.middle.insights.write_due()
    messages = window.middle.browser.messages
    qtbot.waitUntil(lambda: "Daily use" in "".join(messages.texts), timeout=PATIENCE_MS)
    no_folder.unlink()
    desk.clock.forward(timedelta(days=1))
    window.middle.insights.write_due()
    qtbot.waitUntil(lambda: "Daily use" not in "".join(messages.texts), timeout=PATIENCE_MS)


def test_an_access_log_is_imported_exported_and_counted_no_longer(
    qtbot: QtBot, stand: Stand, tmp_path: Path
) -> None:
    insights = stand()
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
    shown = insights.shown
    assert shown is not None
    insights.acts.export(shown, tmp_path / "logs.csv", ExportFormat.CSV)
    qtbot.waitUntil(lambda: "logs.csv" in insights.banner.text, timeout=PATIENCE_MS)
    assert "edge.csv" in (tmp_path / "logs.csv").read_text(encoding="utf-8")
    table.choose(0)
    insights.head.forget_log.trigger()
    dialog(qtbot, insights, ConfirmDialog).act_button.click()
    qtbot.waitUntil(lambda: insights.answer.empty_state is not None, timeout=PATIENCE_MS)


def test_a_report_is_kept_with_its_schedule_found_again_and_forgotten(
    qtbot: QtBot, desk: Desk, stand: Stand, tmp_path: Path
) -> None:
    insights = stand()
    ask(qtbot, insights, ReportKind.HEAVY)
    insights.head.keep.trigger()
    saving = dialog(qtbot, insights, SaveDialog)
    assert not saving.act.isEnabled(), "it has no name"
    qtbot.keyClicks(saving.name, "Heavy ones")
    qtbot.keyClick(saving.every, Qt.Key.Key_Down)
    saving.use_folder(str(tmp_path))
    saving.act.click()
    qtbot.waitUntil(lambda: kept(insights) is not None, timeout=PATIENCE_MS)
    insights.close()
    again = stand()
    qtbot.waitUntil(lambda: kept(again) is not None, timeout=PATIENCE_MS)
    assert kept(again) == SavedReport(
        name="Heavy ones",
        kind=ReportKind.HEAVY,
        schedule=Schedule(every=Every.DAY, folder=str(tmp_path), format=ExportFormat.SPREADSHEET),
    )
    answered(qtbot, again, ReportKind.HEAVY)
    again.head.forget.trigger()
    dialog(qtbot, again, ConfirmDialog).act_button.click()
    qtbot.waitUntil(lambda: kept(again) is None, timeout=PATIENCE_MS)
    assert desk.parts.worker.insights.saved() == ()


def test_no_answer_stands_below_another_question_or_another_scope(
    qtbot: QtBot, window: MainWindow
) -> None:
    with qtbot.waitSignal(window.middle.insights.opened, timeout=PATIENCE_MS) as opened:
        window.core.actions.insights.trigger()
    insights: InsightsWindow = opened.args[0]
    head, answer = insights.head, insights.answer
    qtbot.waitUntil(lambda: insights.questions.entry is not None, timeout=PATIENCE_MS)
    ask(qtbot, insights, ReportKind.MISSING_METADATA)
    before = head.title
    assert answer.headline.isVisible()
    assert head.copy.isEnabled()
    insights.questions.choose(ReportKind.BY_LIBRARY.value)
    assert head.title != before
    assert not answer.headline.isVisible()
    assert not head.copy.isEnabled()
    answered(qtbot, insights, ReportKind.BY_LIBRARY)
    assert answer.headline.isVisible()
    insights.scope_bar.changed.emit(ReportScope(ahead_days=1))
    assert not answer.headline.isVisible()
    answered(qtbot, insights, ReportKind.BY_LIBRARY)
    insights.ask()
    insights.questions.choose(ReportKind.MISSING_METADATA.value)
    shown: list[ReportKind] = []

    def is_answered() -> bool:
        shown.extend([answer.report.kind] if answer.report else [])
        return bool(shown)

    qtbot.waitUntil(is_answered, timeout=PATIENCE_MS)
    assert shown == [ReportKind.MISSING_METADATA], "an answer that was on its way is dropped"


def kept(insights: InsightsWindow) -> SavedReport | None:
    entry = insights.questions.entry
    return entry.saved if entry else None


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


def test_what_is_asked_has_room_in_long_languages(stand: Stand) -> None:
    questions = stand().questions
    usual = questions.sizeHint().width()
    long = "Quelles ressources approuvées ne sont utilisées nulle part ? "
    saved = SavedReport(name=long * 2, kind=ReportKind.UNUSED, scope=WHOLE)
    questions.show_entries((ReportKind.UNUSED,), [saved])
    assert usual < questions.sizeHint().width() <= MOST_PX
