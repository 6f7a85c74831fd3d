"""Two dates and a button, to be put into a menu: from this day until that one."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bridge_app.ui.parts.day_fields import DayEdit
from bridge_app.ui.parts.form import Form


class DateSpanForm(QWidget):
    """Emits the span when a person applies it; the earlier day is always the first."""

    applied = Signal(object, object)  # date, date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = DayEdit()
        self._last = DayEdit()
        self._apply = QPushButton(self.tr("Apply"))
        layout = Form(self)
        layout.setContentsMargins(12, 6, 12, 8)
        layout.addRow(self.tr("From"), self._first)
        layout.addRow(self.tr("Until"), self._last)
        layout.addRow(self._apply)
        self._apply.clicked.connect(self._tell)

    def show_span(self, first: date, last: date) -> None:
        """Fill the form; nothing is emitted."""
        self._first.setDate(QDate(first.year, first.month, first.day))
        self._last.setDate(QDate(last.year, last.month, last.day))

    def _tell(self) -> None:
        days = sorted(
            date(day.year(), day.month(), day.day())
            for day in (self._first.date(), self._last.date())
        )
        self.applied.emit(days[0], days[1])
