"""Which chart and which sentence answer a report; what was not measured is never a 0."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from bridge_app.domain.report_columns import COLUMNS
from bridge_app.domain.reports import WHOLE, Cell, Gap, Lack, Report, ReportKind, Row
from bridge_app.ui.insights.answers import Remedy, emptiness, headline
from bridge_app.ui.insights.charting import chart_of, first_columns, measures_of, order_of
from bridge_app.ui.insights.questions import GROUPS, ICONS, QUESTIONS
from bridge_app.ui.insights.shapes import Bars, Trend
from bridge_app.ui.insights.wording import gap_text

pytestmark = pytest.mark.usefixtures("english")
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def row(kind: ReportKind, **cells: Cell) -> Row:
    return tuple(cells.get(column.name) for column in COLUMNS[kind])


def report(kind: ReportKind, rows: Sequence[Row], *gaps: Gap) -> Report:
    return Report(kind=kind, scope=WHOLE, columns=COLUMNS[kind], rows=rows, asked_at=NOW, gaps=gaps)


def meter(name: str, used: float, limit: float | None = None, unit: str = "count") -> Row:
    share = used / limit if limit else None
    return row(
        ReportKind.USAGE, meter=name, used=used, limit=limit, share=share, unit=unit, read_at=NOW
    )


def bars(shown: Report, measure: str = "") -> Bars:
    chart = chart_of(shown, measure)
    assert isinstance(chart, Bars)
    return chart


def said(shown: Report) -> str:
    """Without the marks that keep a name's direction."""
    return headline(shown, chart_of(shown)).replace("\u2068", "").replace("\u2069", "")


def test_every_report_is_a_question_with_a_sign_in_one_group() -> None:
    assert set(QUESTIONS) == set(ICONS) == set(ReportKind)
    assert sorted(kind for group in GROUPS.values() for kind in group) == sorted(ReportKind)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_every_report_can_be_drawn_from_its_own_columns(kind: ReportKind) -> None:
    names = {column.name for column in COLUMNS[kind]}
    assert {name for name in first_columns(kind) if name} <= names
    assert chart_of(report(kind, ())) is None
    assert emptiness(report(kind, ())).words.title


def test_meters_with_a_limit_are_bars_of_it_and_the_nearest_are_named() -> None:
    shown = report(
        ReportKind.USAGE,
        [
            meter("objects", 1830),
            meter("storage", 12_400_000_000, 25_000_000_000, "bytes"),
            meter("bandwidth", 24_300_000_000, 25_000_000_000, "bytes"),
        ],
    )
    storage, bandwidth = bars(shown).bars
    assert (storage.label, storage.row) == ("Storage", 1)
    assert bandwidth.text == "24.3 GB of 25.0 GB, 97.2\u202f%"
    assert bandwidth.share == pytest.approx(0.972)
    assert said(shown).endswith("nearly reached: Bandwidth")


def test_what_was_not_measured_says_so_and_stands_last_in_the_choice() -> None:
    shown = report(
        ReportKind.MOST_USED,
        [
            row(ReportKind.MOST_USED, name="hero.jpg", places=3, requests=1200),
            row(ReportKind.MOST_USED, name="logo.png", places=1),
        ],
    )
    hero, logo = bars(shown).bars
    assert (hero.text, logo.value, logo.text) == ("1,200", None, "not measured")
    assert [one.key for one in measures_of(shown)] == ["requests", "places"]
    assert [one.text for one in bars(shown, "places").bars] == ["3", "1"]
    assert said(shown) == "hero.jpg is used most (Requests: 1,200)"


def test_copies_of_one_content_are_one_bar_of_what_could_be_freed() -> None:
    kind = ReportKind.DUPLICATES
    shown = report(
        kind,
        [
            row(kind, group=1, name="a.jpg", spare_bytes=0),
            row(kind, group=1, name="a copy.jpg", spare_bytes=2000),
            row(kind, group=2, name="b.jpg", spare_bytes=0),
            row(kind, group=2, name="b copy.jpg", spare_bytes=9000),
        ],
    )
    assert [(bar.label, bar.text) for bar in bars(shown).bars] == [
        ("b.jpg", "9.0 kB"),
        ("a.jpg", "2.0 kB"),
    ]
    assert bars(shown).bars[0].row == 2


def test_missing_fields_are_counted_one_by_one() -> None:
    kind = ReportKind.MISSING_METADATA
    rows = [row(kind, name="a.jpg", missing="title, alt_text"), row(kind, missing="title")]
    found = bars(report(kind, rows)).bars
    assert [(bar.label, bar.value) for bar in found] == [("Title", 2.0), ("Alternative text", 1.0)]


def test_deliveries_are_added_up_by_day_and_a_day_that_was_cut_is_left_out() -> None:
    kind = ReportKind.DELIVERY
    days = [date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 21)]
    rows = [row(kind, usage_date=day, requests=10, bytes=1000) for day in days]
    whole, cut = report(kind, rows), report(kind, rows, Gap(lack=Lack.CUT, count=7))
    for shown, sums in ((whole, [2000.0, 1000.0]), (cut, [2000.0])):
        chart = chart_of(shown)
        assert isinstance(chart, Trend)
        assert [point.value for point in chart.lines[0].points] == sums
    requests = chart_of(whole, "requests")
    assert isinstance(requests, Trend)
    assert requests.write(20.0) == "20"


def test_usage_by_day_is_a_line_for_each_meter_with_its_limit() -> None:
    kind = ReportKind.TREND
    rows = [
        row(kind, day=date(2026, 11, day), meter=name, used=used, limit=25.0, unit="credits")
        for day, used in ((20, 4.0), (21, 20.5))
        for name in ("credits", "add_on")
    ]
    shown = report(kind, rows)
    assert [one.title for one in measures_of(shown)] == ["Credits", "Add on"]
    chart = chart_of(shown, "credits")
    assert isinstance(chart, Trend)
    assert (chart.limit, chart.drawn_limit) == (25.0, 25.0)
    assert said(shown) == "Credits: 20.5 on 21 Nov 2026, after 4 on 20 Nov 2026"


@pytest.mark.parametrize(
    ("kind", "lack", "remedy"),
    [
        (ReportKind.USAGE, Lack.NO_ENVIRONMENT, Remedy.CONNECT),
        (ReportKind.TREND, Lack.NEVER_ASKED, Remedy.ASK),
        (ReportKind.DELIVERY, Lack.NO_LOGS, Remedy.IMPORT),
        (ReportKind.RIGHTS_ENDING, Lack.NO_LOGS, Remedy.NONE),
    ],
)
def test_where_there_is_no_answer_it_says_what_to_do(
    kind: ReportKind, lack: Lack, remedy: Remedy
) -> None:
    assert emptiness(report(kind, (), Gap(lack=lack))).remedy is remedy


def test_the_table_begins_with_the_longest_bar_unless_its_rows_have_an_order() -> None:
    kind = ReportKind.BY_FORMAT
    rows = [row(kind, format="tif", bytes=1, assets=9), row(kind, format="jpg", bytes=5, assets=2)]
    shown = report(kind, rows)
    assert order_of(shown, "assets") == "assets"
    assert order_of(shown) == measures_of(shown)[0].key
    assert order_of(report(ReportKind.USAGE, [meter("credits", 3, 25)])) == ""


def test_what_is_missing_is_told_in_the_number_that_it_has() -> None:
    told = {lack: gap_text(Gap(lack=lack, count=1)) for lack in Lack}
    assert all(told.values())
    assert not [text for text in told.values() if re.search(r"\b1 (more )?\w+s\b", text)]
    assert gap_text(Gap(lack=Lack.UNKNOWN_LINES, count=1234)).startswith("1,234 line")
