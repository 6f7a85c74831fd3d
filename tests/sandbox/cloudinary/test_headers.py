"""Sizes read from the beginning of a file."""

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.headers import read_header

KINDS = {"jpeg": "jpg", "png": "png", "gif": "gif", "bmp": "bmp"}


def test_sizes_agree_with_the_manifest(corpus: Path) -> None:
    """Every intact JPEG, PNG, GIF and BMP of the corpus: format, width, height."""
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in KINDS]
    checked, left, wrong = 0, [], []
    for row in rows:
        if row["expected"] != "ok":
            continue
        with (corpus / row["path"]).open("rb") as picture:
            header = read_header(picture)
        checked += 1
        if header is None:
            left.append(row["path"])
        elif (header.format, str(header.width), str(header.height)) != (
            KINDS[row["kind"]],
            row["width"],
            row["height"],
        ):
            wrong.append(row["path"])
    assert checked > 100
    assert wrong == []
    # What has bytes before its first segment is left to the decoder.
    assert left == ["colour/0x00-to-0xFF-between-segments.jpg"]


def test_frames_of_gifs_agree_with_the_manifest(corpus: Path) -> None:
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["kind"] == "gif" and row["expected"] == "ok" and row["pages"]
        ]
    assert rows
    for row in rows:
        with (corpus / row["path"]).open("rb") as picture:
            header = read_header(picture)
        assert header is not None
        assert (row["path"], str(header.pages)) == (row["path"], row["pages"])


def test_damaged_and_hostile_files_end_soon(corpus: Path) -> None:
    for folder in ("broken", "hostile", "wrong-extension"):
        for path in (corpus / folder).rglob("*"):
            if path.is_file():
                with path.open("rb") as file:
                    read_header(file)


STARTS = st.sampled_from(
    [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"GIF89a", b"GIF87a", b"BM", b""]
)


@given(STARTS, st.binary(max_size=200))
def test_any_bytes_give_a_possible_size_or_nothing(start: bytes, rest: bytes) -> None:
    header = read_header(io.BytesIO(start + rest))
    assert header is None or (header.width > 0 and header.height > 0 and header.pages > 0)


def test_a_text_that_begins_like_a_bitmap_is_none() -> None:
    assert read_header(io.BytesIO(b"BMW is no bitmap, and neither is this sentence.")) is None
