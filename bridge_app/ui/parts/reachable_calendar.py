"""A calendar for the keyboard and for screen readers; Qt's own is for the mouse."""

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QCalendarWidget, QTableView, QToolButton, QWidget

from bridge_app.ui.parts.announcing import announce

VIEW = "qt_calendar_calendarview"
BEFORE, MONTH, YEAR, AFTER = (
    "qt_calendar_prevmonth",
    "qt_calendar_monthbutton",
    "qt_calendar_yearbutton",
    "qt_calendar_nextmonth",
)
DAY_PX = 40
"""As much room as the name of a day of the week has above its column."""


def make_reachable(calendar: QCalendarWidget, name: str) -> None:
    """Let the tab key lead to its days and its buttons, and have each chosen day said."""
    translate = QCoreApplication.translate
    calendar.setAccessibleName(name)
    for days in calendar.findChildren(QTableView, VIEW):
        days.setAccessibleName(name)
    for button, text in zip(
        _buttons(calendar),
        (
            translate("Calendar", "Month before"),
            translate("Calendar", "Month"),
            translate("Calendar", "Year"),
            translate("Calendar", "Month after"),
        ),
        strict=True,
    ):
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(text)
        if not button.text():
            button.setAccessibleName(text)
    calendar.selectionChanged.connect(lambda: _say_day(calendar))
    names = [QLocale().dayName(day, QLocale.FormatType.ShortFormat) for day in range(1, 8)]
    if max(map(calendar.fontMetrics().horizontalAdvance, names)) > DAY_PX:
        letters = QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        calendar.setHorizontalHeaderFormat(letters)


def lead_from_the_top(calendar: QCalendarWidget) -> None:
    """Within a dialog: first its buttons, then its days. Call `make_reachable` before."""
    # Qt goes to a proxy first, and never from it to what stands before it.
    calendar.setFocusProxy(None)  # type: ignore[arg-type]
    calendar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    days = calendar.findChildren(QTableView, VIEW)
    for one, other in pairwise((*_buttons(calendar), *days)):
        QWidget.setTabOrder(one, other)


def _buttons(calendar: QCalendarWidget) -> list[QToolButton]:
    names = (BEFORE, MONTH, YEAR, AFTER)
    return [button for name in names for button in calendar.findChildren(QToolButton, name)]


def _say_day(calendar: QCalendarWidget) -> None:
    """Tell those who cannot see it which day is chosen: its cell says no more than a number."""
    day = QLocale().toString(calendar.selectedDate(), QLocale.FormatType.LongFormat)
    announce(calendar, day)
