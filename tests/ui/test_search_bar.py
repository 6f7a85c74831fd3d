"""Search as one types, filters as chips; and that filling a form is not editing it."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind, LibraryId
from bridge_app.domain.query import Orientation, Query, Sort
from bridge_app.domain.rights import RightsState
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.filter_bar import (
    FilterBar,
    Span,
    has_filters,
    span_days,
    without_filters,
)
from bridge_app.ui.panels.search_bar import DEBOUNCE_MS, SearchBar
from bridge_app.ui.parts.chip import FilterChip
from bridge_app.ui.parts.date_span import DateSpanForm
from bridge_app.ui.theme import Theme
from tests.ui.stock import now

FULL = Query(
    text="dawn",
    library=LibraryId("l"),
    folder="hero",
    kinds=frozenset({Kind.IMAGE}),
    approvals=frozenset({Approval.APPROVED, Approval.IN_REVIEW}),
    rights=frozenset({RightsState.ENDED}),
    orientations=frozenset({Orientation.PORTRAIT}),
    min_rating=3,
    taken_from="2026-10-01",
    taken_until="2026-10-31",
    pushed=False,
    unreadable=True,
    environment="studio",
    sort=Sort.TAKEN,
    descending=True,
)


@pytest.fixture
def filters(qtbot: QtBot, theme: Theme, icons: Icons) -> FilterBar:
    made = FilterBar(theme, icons, now=now)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, icons: Icons, filters: FilterBar) -> SearchBar:
    push, grid, listed = QAction("&Push…"), QAction("Grid"), QAction("List")
    made = SearchBar(theme, icons, filters=filters, push=push, views=(grid, listed))
    for action in (push, grid, listed):
        action.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 100)
    made.show()
    return made


def chip(filters: FilterBar, title: str) -> FilterChip:
    return next(
        found
        for found in filters.findChildren(FilterChip)
        if found.accessibleName().startswith(title)
    )


def pick(filters: FilterBar, title: str, choice: str) -> None:
    """Choose an entry of a chip's menu, as a click does."""
    menu = chip(filters, title).filter_menu
    next(action for action in menu.actions() if action.text() == choice).trigger()


def type_text(bar: SearchBar, text: str) -> None:
    field = bar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_typing_searches_once_it_pauses(qtbot: QtBot, bar: SearchBar) -> None:
    asked: list[str] = []
    bar.searched.connect(asked.append)
    for letter in "héro 日本":
        type_text(bar, letter)
    assert asked == []
    assert 60 <= DEBOUNCE_MS <= 120
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == ["héro 日本"]


def test_enter_searches_at_once_and_leads_to_the_assets(qtbot: QtBot, bar: SearchBar) -> None:
    type_text(bar, "dawn")
    field = bar.findChild(QLineEdit)
    with qtbot.waitSignals([bar.searched, bar.left]):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_escape_empties_the_field_first_and_then_leaves_it(qtbot: QtBot, bar: SearchBar) -> None:
    type_text(bar, "dawn")
    field = bar.findChild(QLineEdit)
    with qtbot.waitSignal(bar.searched) as told, qtbot.assertNotEmitted(bar.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told.args == [""]
    with qtbot.waitSignal(bar.left), qtbot.assertNotEmitted(bar.searched):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_the_clear_button_is_there_when_there_is_something_to_clear(
    qtbot: QtBot, bar: SearchBar
) -> None:
    field = bar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    clear = next(action for action in field.actions() if action.text() == "Clear the search")
    assert not clear.isVisible()
    type_text(bar, "dawn")
    assert clear.isVisible()
    with qtbot.waitSignal(bar.searched):
        clear.trigger()
    assert bar.text == ""
    assert not clear.isVisible()


def test_filling_the_bar_asks_nothing(qtbot: QtBot, bar: SearchBar, filters: FilterBar) -> None:
    with (
        qtbot.assertNotEmitted(bar.searched, wait=2 * DEBOUNCE_MS),
        qtbot.assertNotEmitted(bar.sortChosen),
        qtbot.assertNotEmitted(filters.changed),
    ):
        bar.show_text("dawn")
        bar.show_sort(Sort.BYTES, descending=True)
        filters.show_query(FULL)
        filters.show_query(Query())


def test_the_sort_menu_tells_order_and_direction(qtbot: QtBot, bar: SearchBar) -> None:
    bar.show_sort(Sort.NAME, descending=False)
    menu = next(found for found in bar.findChildren(QMenu) if found.actions()[0].text() == "Name")
    entries = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(bar.sortChosen) as told:
        entries["Rating"].trigger()
    assert told.args == [Sort.RATING, False]
    with qtbot.waitSignal(bar.sortChosen) as told:
        entries["Descending"].trigger()
    assert told.args == [Sort.RATING, True]


def test_the_primary_button_follows_its_action(qtbot: QtBot, bar: SearchBar) -> None:
    action = bar._push_action
    action.setText("&Push 3 assets")
    assert bar._push.text().strip() == "Push 3 assets"
    action.setEnabled(False)
    assert not bar._push.isEnabled()
    action.setEnabled(True)
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(bar._push, Qt.MouseButton.LeftButton)


def test_the_primary_button_shows_its_icon_alone_where_there_is_no_room_for_its_words(
    qtbot: QtBot, bar: SearchBar
) -> None:
    bar._push_action.setText("&Push 12,345 assets of all libraries")
    bar.resize(1000, bar.sizeHint().height())
    qtbot.waitUntil(lambda: not bar._push.is_short)
    bar.resize(520, bar.height())
    qtbot.waitUntil(lambda: bar._push.is_short)
    assert bar.width() == 520
    assert bar._push.geometry().right() <= bar.rect().right()
    assert "Push 12,345 assets of all libraries" in bar._push.toolTip()
    assert "Push 12,345 assets of all libraries" in bar._push.text()


@pytest.mark.parametrize(
    ("title", "choice", "changed"),
    [
        ("Type", "Video", {"kinds": frozenset({Kind.VIDEO})}),
        ("Approval", "In review", {"approvals": frozenset({Approval.IN_REVIEW})}),
        ("Rights", "Rights ended", {"rights": frozenset({RightsState.ENDED})}),
        ("Rating", "★★★★ and better", {"min_rating": 4}),
        ("Shape", "Portrait", {"orientations": frozenset({Orientation.PORTRAIT})}),
        ("Pushed", "Not pushed", {"pushed": False}),
        ("Date", "Today", {"taken_from": "2026-11-03", "taken_until": "2026-11-03"}),
        ("Date", "Last 7 days", {"taken_from": "2026-10-28", "taken_until": "2026-11-03"}),
    ],
)
def test_a_choice_changes_its_filter_and_no_other(
    qtbot: QtBot, filters: FilterBar, title: str, choice: str, changed: dict[str, object]
) -> None:
    filters.show_query(Query(text="dawn"))
    with qtbot.waitSignal(filters.changed) as told:
        pick(filters, title, choice)
    assert told.args == [replace(Query(text="dawn"), **changed)]  # type: ignore[arg-type]
    assert chip(filters, title).isChecked()
    with qtbot.waitSignal(filters.changed) as told:
        pick(filters, title, "Any")
    assert told.args == [Query(text="dawn")]
    assert not chip(filters, title).isChecked()


def test_several_kinds_can_be_chosen(qtbot: QtBot, english: None, filters: FilterBar) -> None:
    pick(filters, "Type", "Video")
    with qtbot.waitSignal(filters.changed) as told:
        pick(filters, "Type", "Image")
    assert told.args is not None
    assert told.args[0].kinds == {Kind.VIDEO, Kind.IMAGE}
    assert chip(filters, "Type").text() == "Image and Video"


def test_a_tick_in_a_menu_does_not_close_it(qtbot: QtBot, filters: FilterBar) -> None:
    menu = chip(filters, "Type").filter_menu
    menu.popup(filters.mapToGlobal(QPoint(0, 30)))
    first = menu.actions()[0]
    place = menu.actionGeometry(first).center()
    qtbot.mouseMove(menu, place)
    with qtbot.waitSignal(filters.changed):
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert menu.isVisible()
    menu.close()


def test_any_span_of_days_can_be_asked_for(qtbot: QtBot, filters: FilterBar) -> None:
    menu = chip(filters, "Date").filter_menu
    menu.popup(filters.mapToGlobal(QPoint(0, 30)))
    form = menu.findChild(DateSpanForm)
    assert isinstance(form, DateSpanForm)
    with qtbot.waitSignal(filters.changed) as told:
        form.applied.emit(date(2026, 1, 5), date(2026, 2, 1))
    assert told.args is not None
    assert (told.args[0].taken_from, told.args[0].taken_until) == ("2026-01-05", "2026-02-01")
    assert chip(filters, "Date").text() == "5 Jan 2026 – 1 Feb 2026"


def test_the_form_puts_the_earlier_day_first(qtbot: QtBot) -> None:
    form = DateSpanForm()
    qtbot.addWidget(form)
    form.show_span(date(2026, 3, 1), date(2026, 1, 1))
    with qtbot.waitSignal(form.applied) as told:
        form._apply.click()
    assert told.args == [date(2026, 1, 1), date(2026, 3, 1)]


def test_taking_the_filters_away_leaves_place_text_and_order() -> None:
    bare = without_filters(FULL)
    assert bare == Query(
        text="dawn",
        library=LibraryId("l"),
        folder="hero",
        environment="studio",
        sort=Sort.TAKEN,
        descending=True,
    )
    assert has_filters(FULL)
    assert not has_filters(bare)


def test_clear_filters_is_offered_when_there_are_some(qtbot: QtBot, filters: FilterBar) -> None:
    buttons = {b.text(): b for b in filters.findChildren(QToolButton)}
    assert not buttons["Clear filters"].isVisible()
    filters.show_query(FULL)
    assert buttons["Clear filters"].isVisible()
    assert buttons["Cannot be read"].isVisible()
    with qtbot.waitSignal(filters.changed) as told:
        qtbot.mouseClick(buttons["Clear filters"], Qt.MouseButton.LeftButton)
    assert told.args == [without_filters(FULL)]


def test_the_count_is_written_with_its_plural(
    qtbot: QtBot, english: None, filters: FilterBar
) -> None:
    filters.show_count(1, 0)
    assert filters._count.text() == "1 asset"
    filters.show_count(12_408, 3)
    assert filters._count.text() == "12,408 assets  ·  3 selected"


def test_spans_end_today() -> None:
    today = date(2026, 3, 1)
    assert span_days(Span.TODAY, today) == (today, today)
    assert span_days(Span.WEEK, today) == (date(2026, 2, 23), today)
    assert span_days(Span.YEAR, today) == (date(2026, 1, 1), today)


def test_files_dropped_on_the_search_field_are_for_the_window(bar: SearchBar) -> None:
    field = bar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert not field.acceptDrops()
