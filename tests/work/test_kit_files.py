"""What is kept of a kit while it is made, and its table for spreadsheets."""

import csv
import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.work.kit_manifest import Entry, manifest_csv
from bridge_app.work.kit_pieces import Piece, Pieces

ENTRY = Entry(
    file="a.jpg",
    preset="square",
    market="",
    language="",
    asset="a",
    master="a.jpg",
    master_sha256="0" * 64,
    width=60,
    height=60,
    format="jpg",
    bytes=1,
    sha256="1" * 64,
    most_bytes=0,
    over_bytes=0,
    alt="",
    rights_end="",
    url="",
    public_id="",
    transformation="",
    fidelity="exact",
)


def test_a_piece_is_made_once_and_made_anew_when_it_is_not_whole(tmp_path: Path) -> None:
    pieces, times = Pieces(tmp_path / "x"), []

    def make() -> tuple[Piece, bytes]:
        times.append(1)
        sha256 = hashlib.sha256(b"data").hexdigest()
        return Piece(width=1, height=1, format="jpg", bytes=4, sha256=sha256), b"data"

    first = pieces.made("one", make)
    assert (pieces.made("one", make), len(times), pieces.data("one")) == (first, 1, b"data")
    (tmp_path / "x" / "one").write_bytes(b"da")
    assert (pieces.made("one", make), len(times), pieces.data("one")) == (first, 2, b"data")
    pieces.discard()
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@a", "\t=1", "'=1"])
def test_no_cell_of_the_table_is_reckoned_with(start: str) -> None:
    text = manifest_csv([replace(ENTRY, master=f"{start}.jpg", alt=start)]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["master"], row["alt"]) == (f"'{start}.jpg", f"'{start}")
    assert (row["width"], row["url"]) == ("60", "")
