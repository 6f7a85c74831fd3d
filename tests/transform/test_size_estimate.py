"""What is said of a file's bytes before it is made."""

from dataclasses import replace

import pytest

from bridge_app.transform import parse
from bridge_app.transform.size_estimate import MasterSize, SizeEstimates

PHOTO = MasterSize(bytes=4_000_000, ending="jpg", size=(3000, 2000))
FILM = MasterSize(bytes=3_000_000, ending="mp4", size=(1280, 720), seconds=10.0, is_film=True)


def bytes_of(estimates: SizeEstimates, text: str, size: tuple[int, int] = (1000, 1000)) -> int:
    return estimates.about(parse(text), size).bytes


def test_better_quality_is_heavier() -> None:
    qualities = ["q_10", "q_40", "q_auto:low", "q_70", "q_auto", "q_80", "q_auto:best", "q_100"]
    found = [bytes_of(SizeEstimates(master=PHOTO), f"f_jpg,{one}") for one in qualities]
    assert found == sorted(found)
    assert found[0] < found[-1] / 10
    png = [bytes_of(SizeEstimates(master=PHOTO), f"f_png,{one}") for one in qualities]
    assert len(set(png)) == 1


@pytest.mark.parametrize(
    ("text", "form"),
    [("", "jpg"), ("f_auto", "avif"), ("f_webp/f_png", "png"), ("f_jpeg", "jpg")],
)
def test_the_last_format_counts(text: str, form: str) -> None:
    assert SizeEstimates(master=PHOTO).about(parse(text), (10, 10)).format == form


def test_a_real_file_makes_what_follows_truer() -> None:
    estimates = SizeEstimates(master=PHOTO)
    before = bytes_of(estimates, "f_jpg,q_60")
    estimates.learn(parse("f_jpg,q_80"), (500, 500), 3 * 35_000)
    assert bytes_of(estimates, "f_jpg,q_60") == pytest.approx(3 * before, rel=0.02)
    assert bytes_of(estimates, "f_webp") == pytest.approx(3 * 90_000, rel=0.02)
    estimates.learn(parse("f_webp"), (500, 500), 22_500)
    assert bytes_of(estimates, "f_webp") == pytest.approx(90_000, rel=0.02)
    assert bytes_of(estimates, "f_jpg,q_60") == pytest.approx(3 * before, rel=0.02)


def test_a_film_is_as_long_as_its_cut_and_no_heavier_than_its_master() -> None:
    estimates = SizeEstimates(master=FILM)
    whole = estimates.about(parse(""), (1280, 720))
    assert (whole.format, whole.seconds) == ("mp4", 10.0)
    assert whole.bytes == 3_000_000
    cut = estimates.about(parse("so_2,eo_4.5/e_accelerate:100/f_webm"), (640, 360))
    assert (cut.format, cut.seconds) == ("webm", 1.25)
    assert whole.bytes / 8 / 4 < cut.bytes < whole.bytes / 8 / 2
    light = SizeEstimates(master=replace(FILM, bytes=100_000))
    assert bytes_of(light, "", (1280, 720)) == 100_000


def test_a_poster_is_a_picture() -> None:
    poster = SizeEstimates(master=FILM).about(parse("so_3/f_jpg"), (1280, 720))
    assert (poster.format, poster.seconds) == ("jpg", None)
