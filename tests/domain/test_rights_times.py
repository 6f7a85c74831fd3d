"""Local dates as moments: where clocks jump, the reading that gives fewer rights counts."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.rights import EmptyRightsWindowError
from bridge_app.domain.rights_times import (
    Edge,
    UnreadableDateError,
    end_of,
    first_of,
    moment_from,
    typed,
    window_from,
)

OSLO = ZoneInfo("Europe/Oslo")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Oslo",
        "America/New_York",
        "Pacific/Apia",
        "Asia/Kathmandu",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
    )
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_day_counts_from_its_first_moment_to_its_last() -> None:
    window = window_from("2027-01-10", "2027-03-31", OSLO)
    assert window.starts == at("2027-01-09T23:00:00+00:00")
    assert window.ends == at("2027-03-31T22:00:00+00:00")


def test_one_day_is_a_window_also_where_it_has_23_hours() -> None:
    window = window_from("2027-03-28", "2027-03-28", OSLO)
    assert window.starts is not None
    assert window.ends is not None
    assert window.ends - window.starts == timedelta(hours=23)


def test_a_time_that_happens_twice_begins_late_and_ends_early() -> None:
    begins = moment_from("2026-10-25T02:30", OSLO, Edge.BEGINS)
    ends = moment_from("2026-10-25T02:30", OSLO, Edge.ENDS)
    assert begins == at("2026-10-25T01:30:00+00:00")
    assert ends == at("2026-10-25T00:30:00+00:00")


def test_a_time_that_never_happens_begins_late_and_ends_early() -> None:
    begins = moment_from("2027-03-28T02:30", OSLO, Edge.BEGINS)
    ends = moment_from("2027-03-28T02:30", OSLO, Edge.ENDS)
    assert begins == at("2027-03-28T01:30:00+00:00")
    assert ends == at("2027-03-28T00:30:00+00:00")


def test_a_midnight_that_never_happens_still_begins_its_day() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    assert first_of(date(2027, 4, 30), cairo) == at("2027-04-29T22:00:00+00:00")
    assert end_of(date(2027, 4, 29), cairo) <= first_of(date(2027, 4, 30), cairo)


def test_a_time_with_a_zone_of_its_own_keeps_it() -> None:
    assert moment_from("2027-01-01T00:00Z", OSLO, Edge.BEGINS) == at("2027-01-01T00:00:00+00:00")


@pytest.mark.parametrize(
    "text",
    ["31.3.2027", "2027-02-30", "soon", "1899-01-01", "9999-12-31", "0001-01-01", "٢٠٢٧-03-31"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDateError, match="is no date"):
        moment_from(text, OSLO, Edge.ENDS)


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(EmptyRightsWindowError):
        window_from("2027-03-31", "2027-03-30", OSLO)


def test_nothing_typed_is_open() -> None:
    window = window_from(" ", "", OSLO)
    assert window.starts is window.ends is None


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - hypothesis wants so
    st.sampled_from(ZONES),
    st.sampled_from(Edge),
)
def test_what_is_shown_of_a_moment_is_read_back_the_same(
    moment: datetime, zone: ZoneInfo, edge: Edge
) -> None:
    whole = moment.replace(microsecond=0, tzinfo=UTC)
    assert moment_from(typed(whole, zone, edge), zone, edge) == whole


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.sampled_from(ZONES))
def test_days_never_overlap(day: date, zone: ZoneInfo) -> None:
    assert end_of(day, zone) <= first_of(day + timedelta(days=1), zone)
    assert first_of(day, zone) <= end_of(day, zone)
