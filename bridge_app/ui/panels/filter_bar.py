"""The filters as a row of chips; the query is their only state."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget, QWidgetAction

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind
from bridge_app.domain.query import Orientation, Query
from bridge_app.domain.rights import RightsState
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import (
    approval_text,
    date_text,
    kind_text,
    orientation_text,
    rights_text,
    unreadable_text,
)
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.parts.chip import Choice, FilterChip
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.typed_chips import TypedChips
from bridge_app.ui.theme import Theme

if TYPE_CHECKING:
    from bridge_app.ui.parts.date_span import DateSpanForm

E = TypeVar("E", bound=Enum)


class Span(Enum):
    """Spans of days that are often asked for."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def span_days(span: Span, today: date) -> tuple[date, date]:
    """The first and the last day of a span that ends today."""
    back = {Span.TODAY: 0, Span.WEEK: 6, Span.MONTH: 29}
    if span in back:
        return today - timedelta(days=back[span]), today
    return date(today.year, 1, 1), today


class FilterBar(QWidget):
    """Chips for each filter, a way out of all of them, and how much is found.

    Args:
        now: The present moment, for "last 7 days".
    """

    changed = Signal(object)  # Query, after a person chose something

    def __init__(self, theme: Theme, icons: Icons, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._now = now
        self._query = Query()
        self._kind = self._chip(self.tr("Type"), _choices(Kind, kind_text))
        self._approval = self._chip(self.tr("Approval"), _choices(Approval, approval_text))
        self._rights = self._chip(self.tr("Rights"), _choices(RightsState, rights_text))
        self._rating = self._chip(self.tr("Rating"), self._ratings(), several=False)
        self._date = self._chip(self.tr("Date"), self._spans(), several=False)
        self._shape = self._chip(self.tr("Shape"), _choices(Orientation, orientation_text))
        self._pushed = self._chip(self.tr("Pushed"), self._pushes(), several=False)
        self._unreadable = QToolButton()
        self._typed = TypedChips()
        self._days: DateSpanForm | None = None
        self._clear = QToolButton()
        self._count = ElidedLabel()
        self._said = 0
        self._build()
        self._connect()
        self.show_query(self._query)

    def show_query(self, query: Query) -> None:
        """Show which filters a query has; nothing is emitted."""
        self._query = query
        self._kind.show_values(query.kinds)
        self._approval.show_values(query.approvals)
        self._rights.show_values(query.rights)
        self._rating.show_values({query.min_rating} - {0})
        self._shape.show_values(query.orientations)
        self._pushed.show_values(set() if query.pushed is None else {query.pushed})
        self._show_dates(query)
        self._typed.show_query(query)
        self._unreadable.setVisible(query.unreadable)
        self._unreadable.setChecked(query.unreadable)
        self._clear.setVisible(has_filters(query))

    def show_count(self, found: int, chosen: int) -> None:
        """How many assets there are, and how many of them are chosen; another number is said."""
        parts = [self.tr("%Ln asset(s)", "", found)]
        if self._said != found:
            self._said = found
            announce(self, parts[0])
        if chosen:
            parts.append(self.tr("%Ln selected", "", chosen))
        self._count.setText("  ·  ".join(parts))

    def _chip(self, title: str, choices: Iterable[Choice], *, several: bool = True) -> FilterChip:
        return FilterChip(self._theme, self._icons, title, tuple(choices), several=several)

    def _ratings(self) -> list[Choice]:
        return [
            Choice(stars, self.tr("{stars} and better").format(stars="★" * stars), "★" * stars)
            for stars in range(5, 0, -1)
        ]

    def _spans(self) -> list[Choice]:
        return [
            Choice(Span.TODAY, self.tr("Today")),
            Choice(Span.WEEK, self.tr("Last 7 days")),
            Choice(Span.MONTH, self.tr("Last 30 days")),
            Choice(Span.YEAR, self.tr("This year")),
        ]

    def _pushes(self) -> list[Choice]:
        return [Choice(True, self.tr("Pushed")), Choice(False, self.tr("Not pushed"))]  # noqa: FBT003

    def _build(self) -> None:
        self._unreadable.setProperty("chip", True)  # noqa: FBT003 - Qt's property
        self._unreadable.setCheckable(True)
        self._unreadable.setText(unreadable_text())
        self._unreadable.setToolTip(self.tr("Show readable files again"))
        self._unreadable.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._clear.setText(self.tr("Clear filters"))
        self._count.setProperty("tone", "muted")
        chips = QWidget()
        flow = FlowLayout(chips, spacing_px=7)
        for chip in (*self._chips(), self._unreadable, *self._typed.chips, self._clear):
            flow.addWidget(chip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(chips)
        # At the end of the last line: beside all of them, it would make more lines of these.
        flow.addWidget(self._count)
        flow.setAlignment(self._count, Qt.AlignmentFlag.AlignTrailing)
        self._count.setMinimumHeight(26)
        self._date.menu().aboutToShow.connect(self._offer_days)
        self._dress()

    def _connect(self) -> None:
        self._kind.picked.connect(lambda v: self._change(replace(self._query, kinds=v)))
        self._approval.picked.connect(lambda v: self._change(replace(self._query, approvals=v)))
        self._rights.picked.connect(lambda v: self._change(replace(self._query, rights=v)))
        self._shape.picked.connect(lambda v: self._change(replace(self._query, orientations=v)))
        self._rating.picked.connect(self._pick_rating)
        self._pushed.picked.connect(self._pick_pushed)
        self._date.picked.connect(self._pick_span)
        self._unreadable.clicked.connect(
            lambda: self._change(replace(self._query, unreadable=False))
        )
        self._typed.removed.connect(self._change)
        self._clear.clicked.connect(self.clear)
        self._theme.changed.connect(self._dress)

    def clear(self) -> None:
        """Take all filters away; place, text and order stay."""
        self._change(without_filters(self._query))

    def _chips(self) -> tuple[FilterChip, ...]:
        return (
            self._kind,
            self._approval,
            self._rights,
            self._rating,
            self._date,
            self._shape,
            self._pushed,
        )

    def _change(self, query: Query) -> None:
        self.show_query(query)
        self.changed.emit(query)

    def _pick_rating(self, values: frozenset[int]) -> None:
        self._change(replace(self._query, min_rating=max(values, default=0)))

    def _pick_pushed(self, values: frozenset[bool]) -> None:
        self._change(replace(self._query, pushed=next(iter(values), None)))

    def _pick_span(self, values: frozenset[Span]) -> None:
        if not values:
            self._change(replace(self._query, taken_from=None, taken_until=None))
            return
        self._pick_days(*span_days(next(iter(values)), self._today()))

    def _offer_days(self) -> None:
        """Two dates below the spans: made when somebody first looks for them."""
        if self._days is None:
            from bridge_app.ui.parts.date_span import DateSpanForm  # noqa: PLC0415

            menu = self._date.filter_menu
            menu.addSeparator()
            self._days = DateSpanForm()
            self._days.applied.connect(self._pick_days)
            holder = QWidgetAction(menu)
            holder.setDefaultWidget(self._days)
            menu.addAction(holder)
        ends = (self._query.taken_from, self._query.taken_until)
        first, last = (date.fromisoformat(day) if day else self._today() for day in ends)
        self._days.show_span(first, last)

    def _pick_days(self, first: date, last: date) -> None:
        self._date.filter_menu.close()
        self._change(
            replace(self._query, taken_from=first.isoformat(), taken_until=last.isoformat())
        )

    def _show_dates(self, query: Query) -> None:
        today = self._today()
        first, last = query.taken_from, query.taken_until
        spans = {tuple(day.isoformat() for day in span_days(span, today)): span for span in Span}
        known = spans.get((first or "", last or ""))
        if known is not None or not (first or last):
            self._date.show_values({known} - {None})
            return
        ends = [date_text(date.fromisoformat(day)) if day else "" for day in (first, last)]
        text = self.tr("{first} – {last}").format(first=ends[0], last=ends[1])
        self._date.show_values((), text=text)

    def _today(self) -> date:
        return self._now().astimezone().date()

    def _dress(self) -> None:
        tokens = self._theme.tokens
        self._unreadable.setIcon(self._icons.icon("x", colour=tokens.link, size_px=14))
        self._typed.set_icon(self._icons.icon("x", colour=tokens.link, size_px=14))


def without_filters(query: Query) -> Query:
    """The same place, text and order, with everything in it."""
    return Query(
        text=query.text,
        library=query.library,
        folder=query.folder,
        environment=query.environment,
        sort=query.sort,
        descending=query.descending,
    )


def has_filters(query: Query) -> bool:
    """Does anything but place and text narrow it?"""
    return query != without_filters(query)


def _choices(kind: type[E], text: Callable[[E], str]) -> list[Choice]:
    return [Choice(value, text(value)) for value in kind]
