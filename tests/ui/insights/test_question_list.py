"""The list of questions: one that is longer than the list is wide is read whole."""

from pytestqt.qtbot import QtBot

from bridge_app.domain.reports import ReportKind
from bridge_app.ui.icons import Icons
from bridge_app.ui.insights.question_list import ROW_PX, QuestionList
from bridge_app.ui.theme import Theme


def test_a_long_question_takes_another_line_and_a_wide_list_gives_it_back(
    theme: Theme, icons: Icons, qtbot: QtBot, english: None
) -> None:
    shown = QuestionList(theme, icons)
    qtbot.addWidget(shown)
    shown.show_entries(list(ReportKind), [])
    rows = range(shown.rows.rowCount())
    shown.resize(900, 600)
    shown.show()
    questions = [row for row in rows if shown.rows.index(row, 0).flags()]
    assert {shown.sizeHintForRow(row) for row in questions} == {ROW_PX}
    shown.resize(150, 600)
    qtbot.waitUntil(lambda: any(shown.sizeHintForRow(row) > ROW_PX for row in questions))
    tall = max(questions, key=shown.sizeHintForRow)
    place = shown.visualRect(shown.rows.index(tall, 0))
    assert place.height() == shown.sizeHintForRow(tall)
    assert place.width() <= shown.viewport().width()
    shown.resize(900, 600)
    qtbot.waitUntil(lambda: shown.visualRect(shown.rows.index(tall, 0)).height() == ROW_PX)
