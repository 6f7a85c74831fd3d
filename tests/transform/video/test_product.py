"""What comes out of a film: by format, flags and the browser."""

from fractions import Fraction
from pathlib import Path

import pytest

from bridge_app.transform import parse
from bridge_app.transform.geometry import Size
from bridge_app.transform.video.film import Film
from bridge_app.transform.video.product import Product, outcome_of

SIZE = Size(width=640, height=360)


def film(container: str, size: Size | None = SIZE) -> Film:
    return Film(
        path=Path("a"),
        container=container,
        size=size,
        stored=size,
        moves=(),
        rate=Fraction(25),
        duration_s=Fraction(5),
        has_sound=True,
    )


@pytest.mark.parametrize(
    ("container", "text", "product", "format_"),
    [
        ("mp4", "w_10", Product.FILM, "mp4"),
        ("mov", "w_10", Product.FILM, "mov"),
        ("webm", "w_10", Product.FILM, "webm"),
        ("avi", "w_10", Product.FILM, "mp4"),
        ("mts", "w_10", Product.FILM, "mp4"),
        ("mp4", "f_webm", Product.FILM, "webm"),
        ("mp4", "f_webm/f_mp4", Product.FILM, "mp4"),
        ("mp4", "f_ogv", Product.FILM, "webm"),
        ("mp4", "f_m3u8", Product.FILM, "mp4"),
        ("mp4", "f_mp3", Product.SOUND, "mp3"),
        ("mp4", "f_wav", Product.SOUND, "wav"),
        ("mp4", "f_jpg", Product.STILL, "jpg"),
        ("mp4", "f_webp", Product.STILL, "webp"),
        ("mp4", "f_gif", Product.ANIMATION, "gif"),
        ("mp4", "f_webp,fl_animated", Product.ANIMATION, "webp"),
        ("mp4", "fl_awebp/f_webp", Product.ANIMATION, "webp"),
        ("mp4", "f_auto", Product.FILM, "mp4"),
        ("mp4", "f_auto:video", Product.FILM, "mp4"),
        ("mp4", "f_auto:image", Product.STILL, "auto"),
        ("mp4", "f_auto:animated", Product.ANIMATION, "webp"),
    ],
)
def test_a_film_becomes_what_is_asked_for(
    container: str, text: str, product: Product, format_: str
) -> None:
    outcome = outcome_of(film(container), parse(text).components, accept="")
    assert (outcome.product, outcome.format) == (product, format_)


@pytest.mark.parametrize(
    ("container", "text", "format_"),
    [("mp3", "e_reverse", "mp3"), ("wav", "f_auto", "mp3"), ("mov", "so_1", "m4a")],
)
def test_sound_alone_stays_sound(container: str, text: str, format_: str) -> None:
    outcome = outcome_of(film(container, size=None), parse(text).components, accept="")
    assert (outcome.product, outcome.format) == (Product.SOUND, format_)


@pytest.mark.parametrize(
    ("accept", "format_"),
    [("", "mp4"), ("*/*", "mp4"), ("video/webm", "webm"), ("video/webm,video/mp4", "mp4")],
)
def test_the_automatic_format_of_a_film_follows_the_browser(accept: str, format_: str) -> None:
    outcome = outcome_of(film("mov"), parse("f_auto").components, accept=accept)
    assert outcome.format == format_


def test_a_format_that_is_not_written_here_is_said_to_be_stood_in_for() -> None:
    assert outcome_of(film("mp4"), parse("f_ogv").components, accept="").stands_in
    assert not outcome_of(film("avi"), parse("w_10").components, accept="").stands_in
