"""Reports are documented column by column, and everything they say has words."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.jobs import Trouble
from bridge_app.domain.report_columns import COLUMNS
from bridge_app.domain.report_schedule import is_due
from bridge_app.domain.report_words import AMOUNTS, LACKS, TITLES
from bridge_app.domain.report_words import COLUMNS as COLUMN_WORDS
from bridge_app.domain.reports import Every, Lack, ReportKind, SavedReport, Schedule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "insights.md"
NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


def test_every_kind_and_every_column_is_documented() -> None:
    named = set(re.findall(r"`([a-z_-]+)`", PAGE.read_text("utf-8")))
    columns = {column.name for kind in ReportKind for column in COLUMNS[kind]}
    assert {kind.value for kind in ReportKind} | columns <= named


def test_everything_a_report_says_has_words() -> None:
    columns = {column.name for kind in ReportKind for column in COLUMNS[kind]}
    assert columns <= COLUMN_WORDS.keys()
    assert set(ReportKind) == TITLES.keys()
    assert set(Lack) == LACKS.keys() ^ AMOUNTS.keys()


def test_no_report_has_a_column_twice() -> None:
    for columns in COLUMNS.values():
        names = [column.name for column in columns]
        assert len(names) == len(set(names))


def saved(every: Every, wrote_at: datetime | None, trouble: Trouble | None = None) -> SavedReport:
    schedule = Schedule(every=every, folder="/bi")
    kind = ReportKind.USAGE
    return SavedReport(name="r", kind=kind, schedule=schedule, wrote_at=wrote_at, trouble=trouble)


@pytest.mark.parametrize(
    ("every", "later", "due"),
    [
        (Every.DAY, timedelta(hours=11), False),
        (Every.DAY, timedelta(hours=12), True),
        (Every.WEEK, timedelta(days=6), False),
        (Every.WEEK, timedelta(days=7), True),
        (Every.MONTH, timedelta(days=15), False),
        (Every.MONTH, timedelta(days=16), True),
    ],
)
def test_a_schedule_writes_once_in_each_day_week_and_month(
    every: Every, later: timedelta, due: bool
) -> None:
    # 15 June 2026 is a Monday.
    assert is_due(saved(every, NOON), NOON + later) is due


def test_what_was_never_written_is_due_and_what_has_no_schedule_never_is() -> None:
    assert is_due(saved(Every.MONTH, None), NOON)
    assert not is_due(SavedReport(name="r", kind=ReportKind.USAGE), NOON)


@given(st.sampled_from(Every), st.timedeltas(timedelta(), timedelta(days=400)))
def test_trouble_is_tried_again_within_an_hour_and_no_sooner(
    every: Every, later: timedelta
) -> None:
    full = Trouble(kind="", text="full")
    assert is_due(saved(every, NOON, full), NOON + later) == (later >= timedelta(hours=1))
