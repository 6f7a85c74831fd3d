"""Pictures that look alike are found by their fingerprints, without comparing each with each."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bridge_app.media.alike import MOST_BITS, PLAIN_BITS, alike, fingerprint

DETAILED = st.integers(0, 2**64 - 1).filter(
    lambda bits: PLAIN_BITS <= bits.bit_count() <= 64 - PLAIN_BITS
)


def groups_by_hand(words: list[int]) -> set[frozenset[int]]:
    """Each compared with each."""
    groups = [{one} for one in range(len(words))]
    for one in range(len(words)):
        for other in range(one):
            if (words[one] ^ words[other]).bit_count() <= MOST_BITS:
                ours = next(group for group in groups if one in group)
                theirs = next(group for group in groups if other in group)
                if ours is not theirs:
                    ours |= theirs
                    groups.remove(theirs)
    return {frozenset(group) for group in groups if len(group) > 1}


@st.composite
def near_ones(draw: st.DrawFn) -> list[int]:
    """Some fingerprints, and others that differ from them in a few bits."""
    found = draw(st.lists(DETAILED, min_size=1, max_size=6))
    for _ in range(draw(st.integers(0, 12))):
        flips = draw(st.sets(st.integers(0, 63), max_size=9))
        near = draw(st.sampled_from(found)) ^ sum(1 << bit for bit in flips)
        if PLAIN_BITS <= near.bit_count() <= 64 - PLAIN_BITS:
            found.append(near)
    return found


@given(near_ones())
def test_the_groups_are_those_that_comparing_each_with_each_finds(words: list[int]) -> None:
    found = alike(words)
    assert {frozenset(group) for group in found.groups} == groups_by_hand(words)
    assert found.passed_over == 0
    for group, distances in zip(found.groups, found.distances, strict=True):
        assert list(distances) == [(words[one] ^ words[group[0]]).bit_count() for one in group]


def test_plain_pictures_are_passed_over_and_counted() -> None:
    found = alike([0, 0, 1, 0xF0F0F0F0F0F0F0F0, 0xF0F0F0F0F0F0F0F1])
    assert (found.groups, found.passed_over) == (((3, 4),), 3)
    assert alike([]).groups == ()


def test_a_crowd_in_one_bucket_is_told_of_and_takes_no_time() -> None:
    rng = np.random.default_rng(1)
    crowd = [int(high) << 16 | 0xABCD for high in rng.integers(2**40, 2**47, 3_000)]
    assert alike(crowd).passed_over == len(set(crowd))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0broken"])
def test_what_is_no_picture_has_no_fingerprint(data: bytes) -> None:
    assert fingerprint(data) is None


def test_a_smaller_copy_has_nearly_the_same_fingerprint() -> None:
    rng = np.random.default_rng(7)
    small = Image.fromarray(rng.integers(0, 256, (6, 8, 3), np.uint8))
    picture = small.resize((640, 480), Image.Resampling.BICUBIC)
    kept, copy = io.BytesIO(), io.BytesIO()
    picture.save(kept, "PNG")
    picture.resize((200, 150)).save(copy, "JPEG", quality=50)
    first, second = fingerprint(kept.getvalue()), fingerprint(copy.getvalue())
    assert first is not None
    assert second is not None
    assert (first ^ second).bit_count() <= MOST_BITS
