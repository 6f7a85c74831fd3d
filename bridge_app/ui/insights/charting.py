"""Which chart answers a report: what its bars are called and how long they are, or its lines."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.reports import Cell, Report, ReportKind, Row, Unit
from bridge_app.ui.insights.reading import column_for, number_of, place_of
from bridge_app.ui.insights.shapes import Bar, Bars, Chart, Line, Point, Trend
from bridge_app.ui.insights.wording import amount_text, cell_text, column_text

DELIVERED = ("bytes_delivered", "requests", "bytes", "assets")
FRACTIONS = frozenset({Unit.CREDITS, Unit.SHARE})


@dataclass(frozen=True, slots=True, kw_only=True)
class BarWish:
    """Columns for bars: the first of each that is there, and has something, is taken.

    `whole` is the column that the value is a part of. `ordered` keeps the rows as they are; else
    the longest bar comes first.
    """

    labels: tuple[str, ...]
    values: tuple[str, ...]
    whole: str = ""
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendWish:
    """Columns for lines: values are added up by day, with a line for each text of `by`."""

    day: str
    values: tuple[str, ...]


WISHES: Mapping[ReportKind, BarWish | TrendWish] = {
    ReportKind.USAGE: BarWish(labels=("meter",), values=("used",), whole="limit", ordered=True),
    ReportKind.TREND: TrendWish(day="day", values=("bandwidth", "bytes_delivered", "used")),
    ReportKind.SAVINGS: BarWish(labels=("preset", "name"), values=("saved_bytes",)),
    ReportKind.MOST_USED: BarWish(
        labels=("name",), values=("requests", "bytes_delivered", "places"), ordered=True
    ),
    ReportKind.LEAST_USED: BarWish(
        labels=("name",), values=("requests", "bytes_delivered", "places"), ordered=True
    ),
    ReportKind.UNUSED: BarWish(labels=("name",), values=("bytes",)),
    ReportKind.RIGHTS_ENDING: BarWish(labels=("name",), values=("days_left",), ordered=True),
    ReportKind.BY_CAMPAIGN: BarWish(labels=("campaign",), values=DELIVERED),
    ReportKind.BY_OWNER: BarWish(labels=("owner",), values=DELIVERED),
    ReportKind.BY_LIBRARY: BarWish(labels=("library",), values=DELIVERED),
    ReportKind.BY_FORMAT: BarWish(labels=("format",), values=DELIVERED),
    ReportKind.BY_PRESET: BarWish(labels=("preset",), values=DELIVERED),
    ReportKind.HEAVY: BarWish(labels=("name",), values=("bytes",)),
    ReportKind.DUPLICATES: BarWish(labels=("name",), values=("spare_bytes", "copies")),
    ReportKind.NEAR_DUPLICATES: BarWish(labels=("name",), values=("copies", "bytes")),
    ReportKind.MISSING_METADATA: BarWish(labels=("missing",), values=("assets",)),
    ReportKind.DELIVERY: TrendWish(day="usage_date", values=("bytes_delivered", "requests")),
    ReportKind.LOGS: BarWish(labels=("file",), values=("lines",), ordered=True),
}


def chart_of(report: Report) -> Chart | None:
    """The chart of a report; None where nothing in it can be drawn."""
    match WISHES.get(report.kind):
        case BarWish() as wish:
            return _bars(report, wish)
        case TrendWish() as wish:
            return _trend(report, wish)
    return None


def _bars(report: Report, wish: BarWish) -> Bars | None:
    label, value = place_of(report, wish.labels), place_of(report, wish.values)
    if label is None or value is None:
        return None
    whole = place_of(report, (wish.whole,))
    bars = [
        Bar(
            row=number,
            label=cell_text(report.columns[label], row[label]),
            text=_text(report, row, value) if whole is None else _part(report, row, value, whole),
            value=number_of(row[value]),
            whole=None if whole is None else number_of(row[whole]),
        )
        for number, row in enumerate(report.rows)
    ]
    if not wish.ordered:
        bars.sort(key=lambda bar: -(bar.value or 0.0))
    measure = column_text(report.columns[value]) if whole is None else ""
    return Bars(bars=tuple(bars), measure=measure)


def _text(report: Report, row: Row, place: int) -> str:
    return cell_text(column_for(report, row, place), row[place])


def _part(report: Report, row: Row, value: int, whole: int) -> str:
    """How much of a limit is used: "24.3 GB of 25 GB, 97.2 %"."""
    used, limit = number_of(row[value]), number_of(row[whole])
    if used is None or not limit:
        return _text(report, row, value)
    text = QCoreApplication.translate("insights", "{used} of {limit}, {share}")
    return text.format(
        used=_text(report, row, value),
        limit=_text(report, row, whole),
        share=amount_text(used / limit, Unit.SHARE),
    )


def _trend(report: Report, wish: TrendWish) -> Trend | None:
    day, value = place_of(report, (wish.day,)), place_of(report, wish.values)
    if day is None or value is None:
        return None
    column = report.columns[value]
    sums: dict[date, float] = defaultdict(float)
    unknown: set[date] = set()
    for row in report.rows:
        at = _day(row[day])
        amount = number_of(row[value])
        if at is not None and amount is not None:
            sums[at] += amount
        elif at is not None:
            unknown.add(at)
    points = [Point(day=at, value=sums.get(at)) for at in sorted(unknown | sums.keys())]
    return Trend(
        lines=(Line(name=column_text(column), points=tuple(points)),),
        write=partial(_amount, unit=column.unit),
        least_step=0.0 if column.unit in FRACTIONS else 1.0,
    )


def _amount(value: float, *, unit: Unit) -> str:
    return amount_text(value if value % 1 else int(value), unit)


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None
