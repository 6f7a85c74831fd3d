"""What effects do to a film's length and order."""

from fractions import Fraction

import pytest

from bridge_app.transform import parse
from bridge_app.transform.video.timeline import Again, Fade, Order, loops_of, timeline_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("w_10", 6),
        ("e_accelerate:100", 3),
        ("e_accelerate:-50", 12),
        ("e_accelerate:50", 4),
        ("e_accelerate:900", 3),
        ("e_reverse", 6),
        ("e_boomerang", 12),
        ("e_loop:2", 18),
        ("e_loop:99", 36),
        ("e_boomerang/e_loop:1/e_accelerate:100", 12),
        ("e_fade:1000", 6),
        ("e_loop:-3", 6),
    ],
)
def test_effects_on_time_change_the_length(text: str, seconds: int) -> None:
    assert timeline_of(parse(text).components).length(Fraction(6)) == seconds


def test_effects_keep_their_order() -> None:
    timeline = timeline_of(parse("e_reverse/e_fade:-500/e_loop:1/e_boomerang").components)
    fade = Fade(seconds=Fraction(1, 2), is_out=True)
    assert timeline.moves == (Order.REVERSED, fade, Again(times=1), Order.THERE_AND_BACK)


def test_a_fade_before_a_change_of_pace_is_as_long_as_it_would_become() -> None:
    timeline = timeline_of(parse("e_fade:1000/e_accelerate:100").components)
    assert timeline.moves == (Fade(seconds=Fraction(1, 2), is_out=False),)


@pytest.mark.parametrize(
    ("text", "plays"), [("w_1", None), ("e_loop", 0), ("e_loop:2", 3), ("e_loop:0", 1)]
)
def test_an_animation_plays_as_often_as_loop_says(text: str, plays: int | None) -> None:
    assert loops_of(parse(text).components) == plays
