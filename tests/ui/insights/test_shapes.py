"""What a chart shows, before it is painted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.ui.insights.shapes import (
    MOST_BARS,
    Bar,
    Bars,
    Line,
    Point,
    Trend,
    day_ticks,
    nice_ticks,
)

DAY = date(2026, 11, 1)


def bar(value: float | None, *, whole: float | None = None, row: int = 0) -> Bar:
    return Bar(row=row, label="hero.jpg", text="", value=value, whole=whole)


@given(st.floats(1e-6, 1e18), st.sampled_from([0.0, 1.0]))
def test_values_beside_a_line_are_few_and_round_and_reach_above_it(
    highest: float, least_step: float
) -> None:
    ticks = nice_ticks(highest, least_step=least_step)
    assert ticks[0] == 0
    assert 2 <= len(ticks) <= 6
    assert ticks[-1] >= highest * (1 - 1e-6)
    step = ticks[1]
    assert step >= least_step
    assert f"{step:.6e}"[0] in "125"
    assert set(f"{step:.6e}"[1:8]) <= set(".0")


def test_a_line_of_nothing_but_zeros_still_has_a_height() -> None:
    assert nice_ticks(0) == (0.0, 1.0)


@given(st.integers(0, 4000), st.integers(2, 12))
def test_the_first_and_the_last_day_are_named_and_no_day_twice(span: int, most: int) -> None:
    last = DAY + timedelta(days=span)
    ticks = day_ticks(DAY, last, most)
    assert (ticks[0], ticks[-1]) == (DAY, last)
    assert len(ticks) <= most
    assert list(ticks) == sorted(set(ticks))


def test_the_longest_bar_is_whole_and_what_nobody_measured_has_none() -> None:
    shown = Bars(bars=(bar(4.0), bar(None), bar(1.0), bar(-3.0)))
    assert shown.lengths == (1.0, 0.0, 0.25, 0.0)


def test_bars_of_nothing_have_no_length() -> None:
    assert Bars(bars=(bar(0.0), bar(0.0))).lengths == (0.0, 0.0)


def test_a_bar_with_a_limit_is_measured_against_it_and_never_longer() -> None:
    shown = Bars(bars=(bar(5.0, whole=10.0), bar(30.0, whole=20.0)))
    assert shown.lengths == (0.5, 1.0)
    assert [one.share for one in shown.bars] == [0.5, 1.5]


def test_more_bars_than_answer_at_a_glance_are_left_to_the_table() -> None:
    shown = Bars(bars=tuple(bar(1.0, row=row) for row in range(MOST_BARS + 3)))
    assert len(shown.shown) == MOST_BARS
    assert shown.left_out == 3


@pytest.mark.parametrize(("highest", "drawn"), [(90.0, 100.0), (10.0, None)])
def test_a_limit_is_drawn_where_it_does_not_press_the_line_flat(
    highest: float, drawn: float | None
) -> None:
    points = (Point(day=DAY, value=highest), Point(day=DAY + timedelta(days=1), value=None))
    trend = Trend(lines=(Line(name="Credits", points=points),), write=str, limit=100.0)
    assert trend.highest == highest
    assert trend.drawn_limit == drawn
