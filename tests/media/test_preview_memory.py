"""Frames come through memory that both sides have open, and what is too large through the pipe."""

import os
from pathlib import Path

import pytest
from PIL import Image

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.preview_memory import SharedFrame


def test_what_one_side_lays_there_the_other_takes() -> None:
    here = SharedFrame.of(1000)
    assert here is not None
    there = SharedFrame(os.dup(here.descriptor))
    assert there.put(b"x" * 1000)
    there.close()
    assert here.taken(1000) == b"x" * 1000
    assert here.taken(0) == b""
    here.close()


@pytest.mark.parametrize("count", [-1, 1001, "9", 1.0, True, None])
def test_what_is_no_count_of_its_bytes_takes_nothing(count: object) -> None:
    here = SharedFrame.of(1000)
    assert here is not None
    assert here.taken(count) is None
    here.close()


def test_nobody_can_take_the_memory_away_below_a_reader() -> None:
    here = SharedFrame.of(1000)
    assert here is not None
    with pytest.raises(PermissionError):
        os.ftruncate(here.descriptor, 10)
    assert not here.put(b"x" * 1001)
    here.close()


def test_a_frame_with_a_wide_border_is_larger_than_the_room_and_comes_whole(
    decoder: DecoderPool, tmp_path: Path
) -> None:
    path = tmp_path / "square.png"
    Image.new("RGB", (100, 100), (9, 99, 199)).save(path)
    session = decoder.open_preview(path, edge_px=100)
    small = session.frame("e_negate", edge_px=100)
    large = session.frame("bo_60px_solid_red,r_20", edge_px=100)
    again = session.frame("e_negate", edge_px=100)
    session.close()
    assert (large.width, large.bands, len(large.data)) == (220, 4, 220 * 220 * 4)
    assert small.data == again.data == bytes((246, 156, 56)) * 10000


def test_a_closed_session_leaves_no_descriptor_open(decoder: DecoderPool, tmp_path: Path) -> None:
    path = tmp_path / "dot.png"
    Image.new("RGB", (10, 10)).save(path)
    before = set(Path("/proc/self/fd").iterdir())
    session = decoder.open_preview(path, edge_px=100)
    session.master()
    session.close()
    assert set(Path("/proc/self/fd").iterdir()) <= before
