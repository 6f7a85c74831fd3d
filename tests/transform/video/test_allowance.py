"""No film takes more time or memory than it is allowed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bridge_app.domain.errors import DecoderLimitError
from bridge_app.transform import parse
from bridge_app.transform.steps import picture_components
from bridge_app.transform.video import allowance as limits
from bridge_app.transform.video.allowance import Allowance
from bridge_app.transform.video.film import Film
from bridge_app.transform.video.product import outcome_of
from bridge_app.transform.video.render_video import rendered_film


def ticking(step: float) -> Callable[[], float]:
    """A clock that each look moves on."""
    looks = iter(range(1_000_000))
    return lambda: next(looks) * step


def make(path: Path, text: str, allowance: Allowance) -> bytes:
    film, chain = Film.open(path), parse(text)
    components = tuple(component for _, component in picture_components(chain))
    outcome = outcome_of(film, components, accept="")
    return rendered_film(film, chain, outcome, allowance=allowance).data


def test_a_film_that_takes_too_long_ends_with_what_to_do(film: Path) -> None:
    with pytest.raises(DecoderLimitError, match="shorter part"):
        make(film, "w_32", Allowance(seconds=10, clock=ticking(1)))


def test_sound_that_takes_too_long_ends_as_well(film: Path) -> None:
    with pytest.raises(DecoderLimitError, match="longer than 10 seconds"):
        make(film, "f_wav", Allowance(seconds=10, clock=ticking(1)))


def test_a_film_in_time_is_made(film: Path) -> None:
    assert make(film, "du_1/w_32", Allowance(seconds=100_000, clock=ticking(1)))


def test_frames_are_held_only_as_far_as_memory_goes(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HELD_BYTES", 64 * 48 * 3)
    with pytest.raises(DecoderLimitError, match="backwards or again"):
        make(film, "e_reverse", Allowance())
    assert make(film, "w_32", Allowance())
