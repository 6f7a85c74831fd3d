"""What a report looks at, as chips: which library, which days, how soon, how heavy."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget, QWidgetAction

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.reports import WHOLE, ReportKind, ReportScope
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import bytes_text, date_text, one_line
from bridge_app.ui.parts.chip import Choice, FilterChip
from bridge_app.ui.parts.date_span import DateSpanForm
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.theme import Theme

SPANS_DAYS = (7, 30, 90, 365)
AHEAD_DAYS = (7, 30, 60, 90)
HEAVY_BYTES = (5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000)
BY_DAY = frozenset(
    {
        ReportKind.TREND,
        ReportKind.MOST_USED,
        ReportKind.LEAST_USED,
        ReportKind.UNUSED,
        ReportKind.BY_CAMPAIGN,
        ReportKind.BY_OWNER,
        ReportKind.BY_LIBRARY,
        ReportKind.BY_FORMAT,
        ReportKind.BY_PRESET,
        ReportKind.SAVINGS,
        ReportKind.DELIVERY,
    }
)
"""Reports about days."""
WITHOUT_LIBRARY = frozenset({ReportKind.USAGE, ReportKind.TREND, ReportKind.LOGS})
"""Reports about an environment, or about files."""


class ScopeBar(QWidget):
    """`changed` carries the ReportScope that a person chose."""

    changed = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._now = now
        self._scope = WHOLE
        self._kind = ReportKind.USAGE
        self._flow = FlowLayout(self, spacing_px=7)
        self._libraries: FilterChip | None = None
        self._spans = self._chip(
            self.tr("All days"),
            [Choice(days, self.tr("Last %Ln days", "", days)) for days in SPANS_DAYS],
        )
        self._ahead = self._chip(
            self.tr("Within 30 days"),
            [Choice(days, self.tr("Within %Ln days", "", days)) for days in AHEAD_DAYS],
        )
        self._heavy = self._chip(
            self.tr("Heavy"),
            [
                Choice(size, self.tr("{size} and more").format(size=bytes_text(size)))
                for size in HEAVY_BYTES
            ],
        )
        self._days = DateSpanForm()
        self._build()

    @property
    def scope(self) -> ReportScope:
        """What is looked at."""
        return self._scope

    @property
    def text(self) -> str:
        """The chips as they read, for those that count."""
        chips = (self._libraries, self._spans, self._ahead, self._heavy)
        return "  ·  ".join(chip.text() for chip in chips if chip and not chip.isHidden())

    def offer(self, libraries: Sequence[LibraryRecord]) -> None:
        """These libraries can be chosen."""
        if self._libraries is not None:
            self._flow.removeWidget(self._libraries)
            self._libraries.deleteLater()
        choices = [Choice(one.id, one_line(one.name)) for one in libraries]
        self._libraries = self._chip(self.tr("All libraries"), choices)
        self._libraries.picked.connect(self._pick_library)
        self._flow.addWidget(self._libraries)
        self.setTabOrder(self._heavy, self._libraries)
        self.show_scope(self._kind, self._scope)

    def show_scope(self, kind: ReportKind, scope: ReportScope) -> None:
        """Show what is looked at, and only what counts for that report; nothing is emitted."""
        self._kind, self._scope = kind, scope
        if self._libraries is not None:
            self._libraries.show_values({scope.library} - {None})
            self._libraries.setVisible(kind not in WITHOUT_LIBRARY)
        self._spans.setVisible(kind in BY_DAY)
        self._show_days(scope)
        self._ahead.setVisible(kind is ReportKind.RIGHTS_ENDING)
        self._ahead.show_values({scope.ahead_days}, text=self._ahead_text(scope))
        self._heavy.setVisible(kind is ReportKind.HEAVY)
        self._heavy.show_values({scope.heavy_bytes}, text=self._heavy_text(scope))

    def _chip(self, title: str, choices: Sequence[Choice]) -> FilterChip:
        return FilterChip(self._theme, self._icons, title, choices, several=False)

    def _build(self) -> None:
        menu = self._spans.filter_menu
        menu.addSeparator()
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(self._days)
        menu.addAction(holder)
        for chip in (self._spans, self._ahead, self._heavy):
            self._flow.addWidget(chip)
        self._spans.picked.connect(self._pick_span)
        self._days.applied.connect(self._pick_days)
        self._ahead.picked.connect(
            lambda values: self._pick(ahead_days=_one(values, WHOLE.ahead_days))
        )
        self._heavy.picked.connect(
            lambda values: self._pick(heavy_bytes=_one(values, WHOLE.heavy_bytes))
        )

    def _ahead_text(self, scope: ReportScope) -> str:
        return self.tr("Within %Ln days", "", scope.ahead_days)

    def _heavy_text(self, scope: ReportScope) -> str:
        return self.tr("{size} and more").format(size=bytes_text(scope.heavy_bytes))

    def _show_days(self, scope: ReportScope) -> None:
        today = self._today()
        first, last = scope.since, scope.until
        self._days.show_span(first or today, last or today)
        spans = {_span(days, today): days for days in SPANS_DAYS}
        known = spans.get((first, last)) if first and last else None
        if known is not None or not (first or last):
            self._spans.show_values({known} - {None})
            return
        text = self.tr("{first} – {last}").format(
            first=date_text(first) if first else "", last=date_text(last) if last else ""
        )
        self._spans.show_values((), text=text)

    def _pick_library(self, values: frozenset[object]) -> None:
        self._pick(library=next(iter(values), None))

    def _pick_span(self, values: frozenset[int]) -> None:
        first, last = _span(next(iter(values)), self._today()) if values else (None, None)
        self._pick(since=first, until=last)

    def _pick_days(self, first: date, last: date) -> None:
        self._spans.filter_menu.close()
        self._pick(since=first, until=last)

    def _pick(self, **changes: object) -> None:
        self.show_scope(self._kind, replace(self._scope, **changes))  # type: ignore[arg-type]
        self.changed.emit(self._scope)

    def _today(self) -> date:
        """Reports count UTC days."""
        return self._now().date()


def _span(days: int, today: date) -> tuple[date, date]:
    """The last so many days, today among them."""
    return today - timedelta(days=days - 1), today


def _one(values: frozenset[int], usual: int) -> int:
    return next(iter(values), usual)
