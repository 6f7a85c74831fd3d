"""Which chart answers a report: what its bars are called and how long they are, or its lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.reports import Cell, Lack, Report, ReportKind, Row, Unit
from bridge_app.ui.insights.reading import cell_of, column_for, number_of, place_of
from bridge_app.ui.insights.shapes import Bar, Bars, Chart, Line, Point, Trend
from bridge_app.ui.insights.wording import amount_text, cell_text, column_text, listed_words
from bridge_app.ui.panels.usage_words import METERS

LEAST_STEPS = {Unit.CREDITS: 0.01, Unit.SHARE: 0.001}
"""As far apart as values are that are written differently; others are counted."""
USED = ("requests", "bytes_delivered", "places")
SHARED = ("bytes_delivered", "requests", "bytes", "assets", "approved", "in_use", "places")
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What bars or lines can be lengths of; `key` names a column, or a meter."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarWish:
    """`values` are columns, those first that answer best.

    `whole` is the column that a value is a part of. Rows that have the same in `by` are one bar.
    `ordered` keeps the order of the rows; else the longest bar is first. `beside` are columns of
    the table that are read with it.
    """

    label: str
    values: tuple[str, ...]
    whole: str = ""
    by: str = ""
    ordered: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountWish:
    """Rows are counted: by the words of a column, or those that have the same in it."""

    label: str
    by: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendWish:
    """Values are added up by day. Where `meter` names a column, each text of it is a measure."""

    day: str
    values: tuple[str, ...]
    meter: str = ""


Wish = BarWish | CountWish | TrendWish
WISHES: Mapping[ReportKind, Wish] = {
    ReportKind.USAGE: BarWish(label="meter", values=("used",), whole="limit", ordered=True),
    ReportKind.TREND: TrendWish(day="day", values=("used",), meter="meter"),
    ReportKind.SAVINGS: BarWish(label="name", values=("saved_bytes", "bytes_now")),
    ReportKind.MOST_USED: BarWish(label="name", values=USED, ordered=True),
    ReportKind.LEAST_USED: BarWish(label="name", values=USED, ordered=True),
    ReportKind.UNUSED: BarWish(label="name", values=("bytes",)),
    ReportKind.RIGHTS_ENDING: BarWish(
        label="name", values=("days_left", *USED), ordered=True, beside=("rights_until",)
    ),
    ReportKind.BY_CAMPAIGN: BarWish(label="campaign", values=SHARED),
    ReportKind.BY_OWNER: BarWish(label="owner", values=SHARED),
    ReportKind.BY_LIBRARY: BarWish(label="library", values=SHARED),
    ReportKind.BY_FORMAT: BarWish(label="format", values=SHARED),
    ReportKind.BY_PRESET: BarWish(label="preset", values=(*SHARED[:4], "renditions")),
    ReportKind.HEAVY: BarWish(label="name", values=("bytes",)),
    ReportKind.DUPLICATES: BarWish(
        label="name", values=("spare_bytes",), by="group", beside=("copies",)
    ),
    ReportKind.NEAR_DUPLICATES: CountWish(label="name", by="group", title="copies"),
    ReportKind.MISSING_METADATA: CountWish(label="", by="missing", title="assets"),
    ReportKind.DELIVERY: TrendWish(day="usage_date", values=("bytes", "requests")),
    ReportKind.LOGS: BarWish(
        label="file",
        values=("lines", "counted", "unknown"),
        ordered=True,
        beside=("passed_over", "unreadable"),
    ),
}


def measures_of(report: Report) -> tuple[Measure, ...]:
    """What the chart of a report can be about, the best first."""
    wish = WISHES.get(report.kind)
    if wish is None or isinstance(wish, CountWish):
        return ()
    if isinstance(wish, TrendWish) and wish.meter:
        return tuple(_meters(report, wish.meter))
    named = {column.name: column for column in report.columns}
    return tuple(
        Measure(key=name, title=column_text(named[name], report.kind))
        for name in wish.values
        if place_of(report, name) is not None
    )


def first_columns(kind: ReportKind) -> tuple[str, ...]:
    """The columns that answer the question, which are to be read first."""
    match WISHES.get(kind):
        case BarWish() as wish:
            return (wish.by, wish.label, *wish.values, wish.whole, *wish.beside)
        case CountWish() as wish:
            return (*(("group",) if wish.by == "group" else ()), "name", wish.by)
        case TrendWish() as wish:
            return (wish.day, wish.meter, *wish.values)
    return ()


def chart_of(report: Report, measure: str = "") -> Chart | None:
    """The chart of a report, about one of its measures; None where nothing can be drawn."""
    keys = [one.key for one in measures_of(report)]
    key = measure if measure in keys else next(iter(keys), "")
    match WISHES.get(report.kind):
        case BarWish() as wish:
            return _bars(report, wish, key)
        case CountWish() as wish:
            return _counts(report, wish)
        case TrendWish() as wish:
            return _trend(report, wish, key)
    return None


def order_of(report: Report, measure: str = "") -> str:
    """The column whose highest values the chart begins with; "" for the order of the rows."""
    wish = WISHES.get(report.kind)
    if not isinstance(wish, BarWish) or wish.ordered or wish.by:
        return ""
    keys = [one.key for one in measures_of(report)]
    return measure if measure in keys else next(iter(keys), "")


# Bars


def _bars(report: Report, wish: BarWish, key: str) -> Bars | None:
    label, value = place_of(report, wish.label), place_of(report, key)
    if value is None:
        return None
    bars = list(_summed(report, wish.by, value) if wish.by else _each(report, value, wish.whole))
    if any(bar.whole for bar in bars):
        # What has no limit would be a number beside bars that mean something else.
        bars = [bar for bar in bars if bar.whole]
    named = [_named(report, bar, label) for bar in bars]
    if not wish.ordered:
        named.sort(key=lambda bar: -(bar.value or 0.0))
    about = "" if wish.whole else column_text(report.columns[value])
    return Bars(bars=tuple(named), measure=about)


def _each(report: Report, value: int, limit: str) -> Iterator[Bar]:
    whole = place_of(report, limit)
    for number, row in enumerate(report.rows):
        text = _text(report, row, value)
        yield Bar(
            row=number,
            label="",
            text=text if whole is None else _part(report, row, value, whole),
            value=number_of(row[value]),
            whole=None if whole is None else number_of(row[whole]),
        )


def _summed(report: Report, by: str, value: int) -> Iterator[Bar]:
    """A bar for all rows that have the same there; its row is the first of them."""
    sums: dict[Cell, float] = defaultdict(float)
    firsts: dict[Cell, int] = {}
    for number, row in enumerate(report.rows):
        group = cell_of(report, row, by)
        firsts.setdefault(group, number)
        sums[group] += number_of(row[value]) or 0.0
    unit = report.columns[value].unit
    for group, total in sums.items():
        text = amount_text(_whole(total), unit)
        yield Bar(row=firsts[group], label="", text=text, value=total)


def _named(report: Report, bar: Bar, label: int | None) -> Bar:
    cell = report.rows[bar.row][label] if label is not None else None
    name = translate("insights", "not said")
    if cell is not None and label is not None:
        name = cell_text(report.columns[label], cell)
    return Bar(row=bar.row, label=name, text=bar.text, value=bar.value, whole=bar.whole)


def _counts(report: Report, wish: CountWish) -> Bars | None:
    """How often each word is in a column, or how many rows have the same there."""
    rows: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(report.rows):
        said = cell_of(report, row, wish.by)
        for word in listed_words(said) if isinstance(said, str) else [str(said)]:
            rows[word].append(number)
    label = place_of(report, wish.label)
    bars = []
    for word, those in rows.items():
        name = cell_text(report.columns[label], report.rows[those[0]][label]) if label else word
        text = amount_text(len(those), Unit.COUNT)
        bars.append(Bar(row=those[0], label=name, text=text, value=float(len(those))))
    bars.sort(key=lambda bar: -(bar.value or 0.0))
    titles = {
        "copies": translate("insights", "Pictures that look alike"),
        "assets": translate("insights", "Assets without it"),
    }
    return Bars(bars=tuple(bars), measure=titles[wish.title]) if bars else None


def _text(report: Report, row: Row, place: int) -> str:
    return cell_text(column_for(report, row, place), row[place])


def _part(report: Report, row: Row, value: int, whole: int) -> str:
    """How much of a limit is used: "24.3 GB of 25 GB, 97.2 %"."""
    used, limit = number_of(row[value]), number_of(row[whole])
    if used is None or not limit:
        return _text(report, row, value)
    text = translate("insights", "{used} of {limit}, {share}")
    return text.format(
        used=_text(report, row, value),
        limit=_text(report, row, whole),
        share=amount_text(used / limit, Unit.SHARE),
    )


# Lines


def _trend(report: Report, wish: TrendWish, key: str) -> Trend | None:
    day = place_of(report, wish.day)
    value = place_of(report, wish.values[0] if wish.meter else key)
    rows = [row for row in report.rows if not wish.meter or cell_of(report, row, wish.meter) == key]
    if day is None or value is None or not rows:
        return None
    points = _points(report, rows, day, value)
    if not points:
        return None
    unit = column_for(report, rows[-1], value).unit
    name = next(one.title for one in measures_of(report) if one.key == key)
    limits = [number_of(cell_of(report, row, "limit")) for row in rows]
    return Trend(
        lines=(Line(name=name, points=tuple(points)),),
        write=partial(_amount, unit=unit),
        limit=limits[-1],
        least_step=LEAST_STEPS.get(unit, 1.0),
    )


def _points(report: Report, rows: Sequence[Row], day: int, value: int) -> list[Point]:
    """The sum of each day. Where rows were left out, the last day may be a part of itself."""
    sums: dict[date, float] = defaultdict(float)
    unknown: set[date] = set()
    for row in rows:
        at, amount = _day(row[day]), number_of(row[value])
        if at is not None and amount is not None:
            sums[at] += amount
        elif at is not None:
            unknown.add(at)
    points = [Point(day=at, value=sums.get(at)) for at in sorted(unknown | sums.keys())]
    is_cut = any(gap.lack is Lack.CUT for gap in report.gaps)
    return points[:-1] if is_cut else points


def _meters(report: Report, column: str) -> Iterator[Measure]:
    place = place_of(report, column)
    if place is None:
        return
    said = {str(row[place]) for row in report.rows if row[place] is not None}
    known = [name for name in METERS if name in said]
    for name in (*known, *sorted(said - METERS.keys())):
        yield Measure(key=name, title=cell_text(report.columns[place], name))


def _amount(value: float, *, unit: Unit) -> str:
    return amount_text(_whole(value), unit)


def _whole(value: float) -> float:
    """A whole number as such, so that it is written without decimals."""
    return int(value) if value == int(value) else value


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else None
