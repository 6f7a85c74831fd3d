"""Tags of EXIF are changed where they stand; whatever lies around them stays to the byte."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.metadata_exif import patched

NOTES = b"maker's notes with offsets"


def block(order: str) -> bytes:
    """A description, an artist, notes behind them, and a place on Earth."""
    text, artist = b"before\0", b"Ana Example\0"
    gps_at, text_at = 62, 62 + 2 + 12 * 4 + 4
    artist_at = text_at + len(text)
    degrees_at = artist_at + len(artist) + 1
    entries = [
        struct.pack(order + "HHII", 0x010E, 2, len(text), text_at),
        struct.pack(order + "HHII", 0x013B, 2, len(artist), artist_at),
        struct.pack(order + "HHIHH", 0x4746, 3, 1, 2, 0),
        struct.pack(order + "HHII", 0x8825, 4, 1, gps_at),
    ]
    places = [
        struct.pack(order + "HHI4s", 1, 2, 2, b"N\0"),
        struct.pack(order + "HHII", 2, 5, 3, degrees_at),
        struct.pack(order + "HHI4s", 3, 2, 2, b"E\0"),
        struct.pack(order + "HHII", 4, 5, 3, degrees_at + 24),
    ]
    mark = b"II*\0" if order == "<" else b"MM\0*"
    head = mark + struct.pack(order + "I", 8)
    first = struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(4)
    second = struct.pack(order + "H", len(places)) + b"".join(places) + bytes(4)
    assert len(head + first) == gps_at
    degrees = struct.pack(order + "6I", 1, 1, 2, 1, 3, 1) * 2
    return head + first + second + text + artist + b"\0" + degrees + NOTES


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("caption", "A far longer caption than there was, ünï"),
        ("caption", "short"),
        ("author", "Bo"),
        ("rating", 5),
        ("coordinate", "-33.85678,151.21530"),
    ],
)
def test_what_is_not_asked_for_stays_where_it_was(order: str, key: str, value: FieldValue) -> None:
    before = block(order)

    after = patched(before, {key: value})

    assert after != before
    assert after.index(NOTES) == before.index(NOTES)
    assert len(after) - len(before) < 64
    other = b"Ana Example" if key != "author" else b"before"
    assert after.index(other) == before.index(other)


def test_a_tag_that_is_taken_away_leaves_the_others(tmp_path: Path) -> None:
    after = patched(block("<"), {"caption": None, "rating": -1})

    assert struct.unpack_from("<H", after, 8) == (2,)
    assert struct.unpack_from("<H", after, 10) == (0x013B,)
    assert struct.unpack_from("<H", after, 22) == (0x8825,)
    assert len(after) == len(block("<"))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("value", [None, "b", "A far longer caption than there was"])
def test_nothing_stays_of_a_value_that_was_replaced(order: str, value: FieldValue) -> None:
    after = patched(block(order), {"caption": value, "author": value})

    assert b"efore" not in after
    assert b"Example" not in after
    assert after.index(NOTES) == block(order).index(NOTES)


@pytest.mark.parametrize("value", [None, "b", "A far longer caption than there was"])
def test_a_value_that_two_tags_share_stays_for_the_other(value: FieldValue) -> None:
    both = bytearray(block("<"))
    both[22 + 4 : 22 + 12] = both[10 + 4 : 10 + 12]  # the artist is the description

    after = patched(bytes(both), {"caption": value})

    assert after.index(b"before\0") == both.index(b"before\0")


def test_a_place_that_is_taken_away_takes_its_directory_along() -> None:
    after = patched(block("<"), {"coordinate": None})

    assert struct.unpack_from("<H", after, 8) == (3,)
    assert after[62 - 12 : 62 + 2 + 12 * 4] == bytes(12 + 2 + 12 * 4)
    assert struct.pack("<6I", 1, 1, 2, 1, 3, 1) not in after
    assert after.index(NOTES) == block("<").index(NOTES)


def test_a_tag_that_is_not_there_is_not_added() -> None:
    assert patched(block(">"), {"copyright": "©", "date_taken": "2026-12-01"}) == block(">")


@given(data=st.binary(max_size=60), cut=st.integers(0, 200))
def test_a_block_that_is_not_as_it_should_be_is_left_alone(data: bytes, cut: int) -> None:
    for broken in (data, b"II*\0" + data, block("<")[:cut]):
        after = patched(broken, {"caption": None, "author": "x", "coordinate": "1,2", "rating": 3})
        assert len(after) >= len(broken)
