"""Dates, numbers, sizes and orders are those of the language that the window speaks."""

# ruff: noqa: RUF001 - Arabic figures look like letters

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

import bridge_app.ui
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.messages import bytes_text, clock_text, number_text, pixels_text, stars_text
from bridge_app.ui.parts.day_fields import DayEdit, MomentEdit
from bridge_app.ui.parts.reachable_calendar import DAY_PX, make_reachable
from bridge_app.ui.theme import Theme

Heads = QCalendarWidget.HorizontalHeaderFormat

UI = Path(bridge_app.ui.__file__).parent
IN_NAMES = {"incoming.py", "dialogs/access.py"}
"""What these write goes into a file's name, or to a service."""


@pytest.fixture
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("tag", "ordered"),
    [
        ("de", ["9", "10", "apfel", "Ärger", "Zebra"]),
        ("es", ["nube", "nulo", "ñu", "oso"]),
        ("zh_CN", ["北京", "广州", "上海"]),
        ("sv", ["zebra", "ål", "ängel", "öl"]),
    ],
)
def test_lists_are_in_the_order_of_the_language(locale: None, tag: str, ordered: list[str]) -> None:
    QLocale.setDefault(QLocale(tag))
    assert in_reading_order(reversed(ordered)) == ordered
    assert in_reading_order(enumerate(ordered), lambda pair: pair[1])[0] == (0, ordered[0])


def test_figures_are_written_as_the_language_writes_them(locale: None) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    assert number_text(12408) == "12.408"
    assert bytes_text(24_100_000) == "24,1 MB"
    assert clock_text(3723) == "1:02:03"
    QLocale.setDefault(QLocale("ar_EG"))
    assert number_text(12408) == "١٢٬٤٠٨"
    assert clock_text(83) == "١:٢٣"
    assert "٤٠٠ × ٣٠٠" in pixels_text((400, 300))
    assert "٤" in stars_text(4)


def test_moments_keep_their_order_where_one_reads_leftwards(
    qtbot: QtBot, qapp: QApplication, locale: None
) -> None:
    moment = QDateTime(2026, 11, 3, 14, 5, 0)
    QLocale.setDefault(QLocale("de_DE"))
    german = MomentEdit(moment)
    qtbot.addWidget(german)
    assert german.text() == "03.11.26 14:05"
    QLocale.setDefault(QLocale("ar_EG"))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        arabic, day = MomentEdit(moment), DayEdit()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    day.setDate(QDate(2026, 11, 3))
    for one in (arabic, day):
        qtbot.addWidget(one)
    assert arabic.text() == "٣/١١/٢٠٢٦ ٢:٠٥ م"
    assert day.text() == "٣/١١/٢٠٢٦"
    assert arabic.dateTime() == moment


@pytest.mark.parametrize("tag", ["en", "de", "fr", "es", "pt_BR", "ar", "ja", "zh_CN"])
def test_the_days_of_the_week_have_room_above_their_columns(
    locale: None, qtbot: QtBot, theme: Theme, tag: str
) -> None:
    QLocale.setDefault(QLocale(tag))
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    make_reachable(calendar, "Days")
    has_letters = calendar.horizontalHeaderFormat() is Heads.SingleLetterDayNames
    form = QLocale.FormatType.NarrowFormat if has_letters else QLocale.FormatType.ShortFormat
    names = [QLocale().dayName(day, form) for day in range(1, 8)]
    assert max(map(calendar.fontMetrics().horizontalAdvance, names)) <= DAY_PX
    assert has_letters is (tag == "ar")


def formats(source: str) -> Iterator[int]:
    """The lines where a date or a number is written in one way for everybody."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            parts = (one.value for one in node.format_spec.values if isinstance(one, ast.Constant))
            spec = "".join(map(str, parts))
            is_fixed = any(sign in spec for sign in "%,f")
        elif isinstance(node, ast.Call):
            is_fixed = ast.unparse(node.func) in {"QDateEdit", "QDateTimeEdit"}
        else:
            is_fixed = isinstance(node, ast.Attribute) and node.attr == "strftime"
        if is_fixed and isinstance(node, ast.expr):
            yield node.lineno


def test_the_rule_finds_what_it_forbids() -> None:
    for text in ('f"{1:,}"', 'f"{1.5:.1f}"', "at.strftime('%d')", "QDateEdit()", 'f"{at:%d.%m}"'):
        assert list(formats(text)) == [1]
    assert not list(formats('f"{1:02}:{name!r:>8}"'))


def test_nothing_people_read_is_formatted_in_one_way_for_everybody() -> None:
    found = {
        str(path.relative_to(UI)): lines
        for path in UI.rglob("*.py")
        if (lines := list(formats(path.read_text())))
    }
    assert found.keys() <= IN_NAMES, found
