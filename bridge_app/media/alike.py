"""Which pictures look alike: a fingerprint of 64 bits each, and pairs that differ in few of them.

The fingerprint is a difference hash: on a copy of 9 × 8 grey pixels, each bit says whether a pixel
is darker than its right neighbour. It stays nearly the same when a picture is made smaller, saved
anew, or a little brighter. Pairs are found by segments (multi-index hashing, Norouzi, Punjani and
Fleet 2012): of two fingerprints that differ in at most 7 bits, one of the four segments of 16 bits
differs in at most one.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 9, 8
MOST_BITS = 6
"""Pictures whose fingerprints differ in more bits are different ones."""
SEGMENT_BITS = 16
SEGMENTS = 64 // SEGMENT_BITS
PLAIN_BITS = 4
"""A fingerprint with fewer bits, or all but so many, is that of nearly nothing."""
MOST_IN_BUCKET = 400
"""Beyond that, pictures with the same segment are compared by their whole fingerprints alone."""
AT_ONCE = 1 << 20
Words = NDArray[np.uint64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Groups of pictures that look alike, as positions in what was given, and bits between.

    `distances` has the bits by which each differs from the first of its group. `passed_over` are
    positions of pictures that were not compared with all others, because too many look so.
    """

    groups: tuple[tuple[int, ...], ...]
    distances: tuple[tuple[int, ...], ...]
    passed_over: int


def fingerprint(picture: bytes) -> int | None:
    """The fingerprint of a JPEG or PNG that a decoder process made; None if it is neither.

    None as well for a picture of one plain colour, which looks like any other such.
    """
    from PIL import Image  # noqa: PLC0415 - for one report alone

    try:
        with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as found:
            if found.format == "JPEG":
                found.draft("L", (WIDTH * 8, HEIGHT * 8))
            image = found.convert("RGBA") if "A" in found.getbands() else found
            if image.mode == "RGBA":
                ground = Image.new("RGBA", image.size, "white")
                image = Image.alpha_composite(ground, image)
            grey = image.convert("L").resize((WIDTH, HEIGHT), Image.Resampling.BOX)
            pixels = np.asarray(grey, np.int16)
    except OSError:
        return None
    bits = pixels[:, :-1] < pixels[:, 1:]
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def alike(fingerprints: Sequence[int], *, most_bits: int = MOST_BITS) -> Alike:
    """The pictures that look alike, directly or by others between them; 7 bits at most.

    Groups are in the order of their first members.
    """
    words: Words = np.array(fingerprints, np.uint64)
    parents = np.arange(len(words), dtype=np.int64)
    passed_over: set[int] = set()
    plain = _plain(words)
    passed_over.update(np.flatnonzero(plain).tolist())
    compared = np.flatnonzero(~plain)
    for one, other in _same(words, compared):
        _join(parents, one, other)
    for segment in range(SEGMENTS):
        for left, right in _near(words, compared, segment, passed_over):
            close = np.bitwise_count(words[left] ^ words[right]) <= most_bits
            for one, other in zip(left[close].tolist(), right[close].tolist(), strict=True):
                _join(parents, one, other)
    return _grouped(words, parents, len(passed_over))


def _plain(words: Words) -> NDArray[np.bool_]:
    bits = np.bitwise_count(words)
    return (bits < PLAIN_BITS) | (bits > 64 - PLAIN_BITS)


def _same(words: Words, compared: Numbers) -> Iterator[tuple[int, int]]:
    """Neighbours with one fingerprint."""
    order = compared[np.argsort(words[compared], kind="stable")]
    same = words[order[:-1]] == words[order[1:]]
    yield from zip(order[:-1][same].tolist(), order[1:][same].tolist(), strict=True)


def _near(
    words: Words, compared: Numbers, segment: int, passed_over: set[int]
) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs whose segment differs in at most one bit; of each fingerprint one picture stands."""
    _, first = np.unique(words[compared], return_index=True)
    ones = compared[np.sort(first)]
    keys = (words[ones] >> np.uint64(segment * SEGMENT_BITS)) & np.uint64((1 << SEGMENT_BITS) - 1)
    order = np.argsort(keys, kind="stable")
    ones, keys = ones[order], keys[order]
    for flipped in (0, *(1 << bit for bit in range(SEGMENT_BITS))):
        wanted = keys ^ np.uint64(flipped)
        begin = np.searchsorted(keys, wanted, "left")
        count = np.searchsorted(keys, wanted, "right") - begin
        many = count > MOST_IN_BUCKET
        passed_over.update(ones[many].tolist())
        count[many] = 0
        yield from _pairs(ones, begin, count)


def _pairs(ones: Numbers, begin: Numbers, count: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Each with all of its bucket, some at a time; every pair once."""
    ends = np.cumsum(count)
    start = 0
    while start < len(ones):
        before = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + AT_ONCE, "right")))
        counts = count[start:stop]
        left = np.repeat(np.arange(start, stop), counts)
        within = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
        right = np.repeat(begin[start:stop], counts) + within
        once = ones[left] < ones[right]
        yield ones[left[once]], ones[right[once]]
        start = stop


def _join(parents: Numbers, one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first


def _root(parents: Numbers, one: int) -> int:
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = int(parents[one])
    return one


def _grouped(words: Words, parents: Numbers, passed_over: int) -> Alike:
    members: dict[int, list[int]] = {}
    for one in range(len(words)):
        members.setdefault(_root(parents, one), []).append(one)
    groups = tuple(tuple(some) for some in members.values() if len(some) > 1)
    distances = tuple(
        tuple(int(np.bitwise_count(words[one] ^ words[group[0]])) for one in group)
        for group in groups
    )
    return Alike(groups=groups, distances=distances, passed_over=passed_over)
