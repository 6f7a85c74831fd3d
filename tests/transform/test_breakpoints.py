"""Responsive breakpoints by the size of files."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import InvalidInputError
from bridge_app.transform.breakpoints import BreakpointRules, breakpoints, even_widths


def area(width: int) -> int:
    """Files that grow with the area of a 2:1 picture, as most do nearly."""
    return 500 + width * width // 10


def test_each_file_is_a_step_smaller_than_the_one_before() -> None:
    rules = BreakpointRules(min_width=200, max_width=1400, bytes_step=20_000)
    found = breakpoints(area, whole_width=2000, rules=rules)
    assert (found[0].width, found[-1].width) == (1400, 200)
    steps = [a.bytes - b.bytes for a, b in pairwise(found)]
    assert all(18_000 <= step <= 22_000 for step in steps[:-1])
    assert len(found) == 11


def test_no_file_is_wider_than_the_rendition() -> None:
    found = breakpoints(area, whole_width=300, rules=BreakpointRules(bytes_step=1000))
    assert found[0].width == 300


def test_a_rendition_narrower_than_the_narrowest_is_alone() -> None:
    found = breakpoints(area, whole_width=30, rules=BreakpointRules())
    assert [one.width for one in found] == [30]


def test_files_that_hardly_differ_need_no_widths_between() -> None:
    found = breakpoints(lambda width: 900 + width, whole_width=1000, rules=BreakpointRules())
    assert [one.width for one in found] == [1000, 50]


def test_few_images_cover_the_whole_span_all_the_same() -> None:
    rules = BreakpointRules(bytes_step=100, max_images=4)
    found = breakpoints(area, whole_width=1000, rules=rules)
    assert len(found) == 4
    steps = [a.bytes - b.bytes for a, b in pairwise(found)]
    assert max(steps) < 1.3 * min(steps)


def test_each_width_is_measured_once_and_few_are() -> None:
    asked: list[int] = []

    def measure(width: int) -> int:
        asked.append(width)
        return area(width)

    found = breakpoints(measure, whole_width=1000, rules=BreakpointRules(bytes_step=5000))
    assert len(found) == 20
    assert len(set(asked)) == len(asked) <= 3 * len(found)


@given(
    st.integers(1, 6000),
    st.integers(1, 500),
    st.integers(0, 2000),
    st.integers(1, 50_000),
    st.integers(3, 30),
    st.sampled_from([1.0, 1.5, 2.0, 0.0]),
)
def test_whatever_the_sizes_are_the_widths_fall_from_the_widest_to_the_narrowest(
    whole: int,
    least: int,
    more: int,
    step: int,
    images: int,
    power: float,
) -> None:
    rules = BreakpointRules(
        min_width=least, max_width=least + more, bytes_step=step, max_images=images
    )

    def measure(width: int) -> int:
        return int(float(width) ** power) + width % 97 * 13

    found = [one.width for one in breakpoints(measure, whole_width=whole, rules=rules)]
    most = min(whole, rules.max_width)
    assert found == sorted(set(found), reverse=True)
    assert (found[0], found[-1]) == (most, min(least, most))
    assert len(found) <= images


@pytest.mark.parametrize(
    "said",
    [
        {"min_width": 0},
        {"min_width": 500, "max_width": 400},
        {"bytes_step": 0},
        {"max_images": 2},
        {"max_images": 201},
    ],
    ids=str,
)
def test_rules_that_nothing_can_follow_cannot_be_made(said: dict[str, int]) -> None:
    with pytest.raises(InvalidInputError):
        BreakpointRules(**said)


def test_where_nothing_can_be_measured_widths_are_even() -> None:
    rules = BreakpointRules(min_width=100, max_width=1000, max_images=4)
    assert even_widths(rules, whole_width=5000) == (1000, 700, 400, 100)
    assert even_widths(rules, whole_width=60) == (60,)
