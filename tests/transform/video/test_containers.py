"""A film is known by its content, and opens nothing but itself."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import FileTroubleError, MediaError
from bridge_app.transform.video.containers import container_of, is_film, opened
from bridge_app.transform.video.film import Film

FILMS = {"3gp", "avi", "flv", "m4v", "mkv", "mov", "mp4", "mpg", "mts", "mxf", "ogv", "webm", "wmv"}
SOUNDS = {"aac", "aiff", "flac", "m4a", "mp3", "ogg", "opus", "wav", "wma"}


def test_every_file_of_the_corpus_is_a_film_or_not_by_its_content(corpus: Path) -> None:
    with (corpus / "manifest.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [
        row["path"]
        for row in rows
        if is_film(corpus / row["path"]) != (row["kind"] in FILMS | SOUNDS)
    ]
    assert wrong == []
    assert len(rows) > 600


@given(st.binary(max_size=600))
def test_any_bytes_are_looked_at_without_an_error(head: bytes) -> None:
    name = container_of(head)
    assert name is None or name.isalnum()


def test_a_missing_file_is_a_file_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileTroubleError):
        is_film(tmp_path / "nothing.mp4")


def test_a_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(FileTroubleError, match="not a file"):
        is_film(tmp_path / "pipe.mp4")


def test_a_picture_is_no_film(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(MediaError, match="neither film nor sound"), opened(tmp_path / "a.mp4"):
        pass


def test_a_film_that_is_only_a_beginning_is_a_media_error(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(16))
    with pytest.raises(MediaError):
        Film.open(tmp_path / "a.mp4")


@pytest.mark.parametrize(
    ("name", "size", "moves"),
    [
        ("with-gps.mov", (320, 568), ("transpose", "hflip")),
        ("sample_rotate_and_reflect.mp4", (720, 1080), ("transpose",)),
        ("earth.mov", (480, 270), ()),
        ("sample_portrait.mp4", (720, 1080), ()),
    ],
)
def test_the_size_of_a_film_is_upright(
    corpus: Path, name: str, size: tuple[int, int], moves: tuple[str, ...]
) -> None:
    film = Film.open(corpus / "video" / name)
    assert film.size is not None
    assert (film.size.width, film.size.height) == size
    assert film.moves == moves


def test_sound_has_no_size_even_with_a_cover(corpus: Path) -> None:
    film = Film.open(corpus / "audio/testMP4_coverArt.m4a")
    assert film.size is None
    assert film.has_sound
