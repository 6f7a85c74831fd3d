"""What can be said of a picture, where on it, and what is refused with a sentence."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import AssetId
from bridge_app.domain.comments import (
    LONGEST_TEXT,
    MOST_POINTS,
    MOST_STROKES,
    CommentError,
    CommentWish,
    Moment,
    Place,
    Point,
    Region,
    Stroke,
    mentions_in,
)
from bridge_app.domain.comments_json import place_from, place_json, stroke_from, stroke_json

HERO = AssetId("hero")
SHARE = st.floats(0, 1)
LINE = Stroke(points=(Point(x=0, y=0),), width=0.004, colour_token="negative")


def wish(
    text: str = "Lighter, please", *, transformation: str = "", strokes: tuple[Stroke, ...] = ()
) -> CommentWish:
    return CommentWish(asset=HERO, text=text, transformation=transformation, strokes=strokes)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    x, y = draw(st.floats(0, 0.9)), draw(st.floats(0, 0.9))
    return Region(
        x=x,
        y=y,
        width=draw(st.floats(0.001, 1 - x)),
        height=draw(st.floats(0.001, 1 - y)),
    )


POINTS = st.builds(Point, x=SHARE, y=SHARE)
PLACES = st.none() | POINTS | regions() | st.builds(Moment, seconds=st.floats(0, 1e6))
STROKES = st.builds(
    Stroke,
    points=st.lists(POINTS, min_size=1, max_size=9).map(tuple),
    width=st.floats(0.0001, 0.2),
    colour_token=st.sampled_from(["negative", "info"]),
)


@given(PLACES)
def test_a_place_comes_back_from_json_as_it_was(place: Place | None) -> None:
    assert place_from(json.loads(json.dumps(place_json(place)))) == place


@given(STROKES)
def test_a_drawn_line_comes_back_from_json_as_it_was(stroke: Stroke) -> None:
    assert stroke_from(json.loads(json.dumps(stroke_json(stroke)))) == stroke


@pytest.mark.parametrize("x", [-0.001, 1.001, float("nan"), float("inf")])
def test_a_pin_outside_the_picture_is_refused(x: float) -> None:
    with pytest.raises(CommentError, match="outside the picture"):
        Point(x=x, y=0.5)
    with pytest.raises(CommentError, match="not inside the picture"):
        Region(x=x, y=0.5, width=0.1, height=0.1)


@pytest.mark.parametrize("width", [0, -0.2, 0.6, float("nan")])
def test_a_region_has_a_size_and_ends_inside_the_picture(width: float) -> None:
    with pytest.raises(CommentError, match="not inside the picture"):
        Region(x=0.5, y=0.5, width=width, height=0.1)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf"), 2e6])
def test_a_time_that_cannot_be_is_refused(seconds: float) -> None:
    with pytest.raises(CommentError, match="a time that cannot be"):
        Moment(seconds=seconds)


def test_a_hundred_kilobytes_are_refused_with_how_much_may_be_said() -> None:
    with pytest.raises(CommentError, match=f"102400 characters, and {LONGEST_TEXT} are the most"):
        wish("x" * 102_400)


def test_as_much_as_may_be_said_is_taken_whole() -> None:
    assert wish("ü" * LONGEST_TEXT).text == "ü" * LONGEST_TEXT


def test_markup_is_text_and_stays_as_it_was_written() -> None:
    text = '<script>alert("1")</script> <b>&amp;</b> {name} %s \x1b[31m'
    assert wish(text).text == text


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb"])
def test_line_ends_are_one_character(text: str) -> None:
    assert wish(text).text == "a\nb"


def test_broken_characters_are_refused() -> None:
    with pytest.raises(CommentError, match="broken"):
        wish("\udcff")


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_a_comment_says_something_or_draws_something(text: str) -> None:
    with pytest.raises(CommentError, match="says nothing"):
        wish(text)
    assert wish(text, strokes=(LINE,)).strokes == (LINE,)


def test_a_drawing_has_an_end() -> None:
    long = Stroke(points=LINE.points * MOST_POINTS, width=0.1, colour_token="info")
    assert wish(strokes=(long,)).strokes == (long,)
    for strokes in ((long, LINE), (LINE,) * (MOST_STROKES + 1)):
        with pytest.raises(CommentError, match="lines or"):
            wish(strokes=strokes)


@pytest.mark.parametrize(
    ("points", "width", "token"),
    [((), 0.1, "info"), (LINE.points, 0, "info"), (LINE.points, 0.1, "#ff0000")],
)
def test_a_line_has_points_a_width_and_a_colour_of_the_theme(
    points: tuple[Point, ...], width: float, token: str
) -> None:
    with pytest.raises(CommentError, match="a line of its drawing"):
        Stroke(points=points, width=width, colour_token=token)


def test_a_comment_is_bound_to_a_transformation_however_that_is_spelled() -> None:
    spelled = {wish(transformation=text).transformation for text in ("w_4,c_fill", "c_fill,w_4")}
    assert len(spelled) == 1


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("@Brand, and @legal: please", ("brand", "legal")),
        ('@"Art Director" @“Rights  Desk”', ("art director", "rights desk")),
        ("@brand @BRAND @brand", ("brand",)),
        ("(@legal) @anne-marie.", ("legal", "anne-marie")),
        ("kim@example.com, a@@b, @ , nobody", ()),
        ("@" + "x" * 200, ()),
    ],
)
def test_roles_are_mentioned_with_an_at_sign(text: str, roles: tuple[str, ...]) -> None:
    assert mentions_in(text) == roles


@given(st.text(max_size=200))
def test_no_text_breaks_the_search_for_mentions(text: str) -> None:
    assert all(role == role.strip() and role for role in mentions_in(text))
