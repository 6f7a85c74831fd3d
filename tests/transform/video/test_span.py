"""Which part of a film `so_`, `eo_` and `du_` name."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import MediaError
from bridge_app.transform import TransformationError, parse
from bridge_app.transform.video.span import moment_of, span_of

LENGTH = Fraction(20)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("w_100", 0, 20),
        ("so_5", 5, 20),
        ("eo_5", 0, 5),
        ("du_5", 0, 5),
        ("so_5,du_3", 5, 8),
        ("so_5,eo_7.5", 5, 7.5),
        ("eo_10,du_4", 6, 10),
        ("so_25p,eo_50p", 5, 10),
        ("so_10p,du_10p", 2, 4),
        ("so_18,du_9", 18, 20),
        ("eo_99", 0, 20),
        ("so_1/so_2", 2, 20),
        ("w_100/so_3,du_1/e_reverse", 3, 4),
        ("so_auto,du_2", 0, 2),
        ("l_video:dog,so_3/fl_layer_apply", 0, 20),
    ],
)
def test_offsets_name_a_part_of_the_film(text: str, start: float, end: float) -> None:
    span = span_of(parse(text), LENGTH)
    assert span.start == start
    assert span.end == end


@pytest.mark.parametrize(
    ("text", "position", "found"),
    [
        ("so_20", 0, "so_20"),
        ("w_10/c_fit,so_21", 11, "so_21"),
        ("so_6,eo_5", 0, "so_6"),
        ("w_9,eo_0", 4, "eo_0"),
        ("du_0", 0, "du_0"),
    ],
)
def test_a_part_that_is_empty_is_refused_in_place(text: str, position: int, found: str) -> None:
    with pytest.raises(TransformationError) as caught:
        span_of(parse(text), LENGTH)
    assert (caught.value.position, caught.value.found) == (position, found)
    assert "20.00 seconds" in str(caught.value)


def test_a_percentage_of_an_unknown_length_cannot_be_taken() -> None:
    with pytest.raises(MediaError, match="length is not known"):
        span_of(parse("so_50p"), None)


def test_seconds_of_an_unknown_length_can() -> None:
    span = span_of(parse("so_5"), None)
    assert span.start == 5
    assert span.end is None
    assert span.length is None


times = st.decimals(min_value=0, max_value=30, places=2).map(lambda amount: f"{amount:f}")


@given(so=times, du=times)
def test_a_part_lies_inside_the_film_or_is_refused(so: str, du: str) -> None:
    try:
        span = span_of(parse(f"so_{so},du_{du}"), LENGTH)
    except TransformationError:
        assert Fraction(so) >= LENGTH or Fraction(du) == 0
    else:
        assert span.end is not None
        assert 0 <= span.start < span.end <= LENGTH


@pytest.mark.parametrize(
    ("text", "second"),
    [("w_10", 10), ("so_0", 0), ("so_3", 3), ("so_50p", 10), ("so_100p", 20), ("du_4", 2)],
)
def test_a_still_is_taken_where_so_says_or_in_the_middle(text: str, second: int) -> None:
    assert moment_of(parse(text), LENGTH) == second


def test_a_still_after_the_films_end_is_refused_in_place() -> None:
    with pytest.raises(TransformationError) as caught:
        moment_of(parse("w_10/so_20.5"), LENGTH)
    assert caught.value.position == 5
