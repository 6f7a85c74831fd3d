"""The picture cache: by content and size, never above its bound."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.storage.thumbs import PREVIEW_EDGE, THUMB_EDGE, Thumbs


@pytest.fixture
def thumbs(tmp_path: Path) -> Iterator[Thumbs]:
    made = Thumbs.open(tmp_path / "thumbs.db", max_bytes=1000)
    yield made
    made.close()


def put(thumbs: Thumbs, *names: str, size: int = 100) -> None:
    for name in names:
        thumbs.put([(name, THUMB_EDGE, name.encode() * size)])


def test_a_picture_is_found_by_content_and_size(thumbs: Thumbs) -> None:
    thumbs.put([("a", THUMB_EDGE, b"small"), ("a", PREVIEW_EDGE, b"large")])
    thumbs.put([("a", THUMB_EDGE, b"again")])
    reader = thumbs.reader()
    assert reader.get("a", THUMB_EDGE) == b"again"
    assert reader.get("a", PREVIEW_EDGE) == b"large"
    assert reader.get("b", THUMB_EDGE) is None
    reader.close()
    assert thumbs.held(PREVIEW_EDGE) == {"a"}


def test_the_oldest_go_first_until_a_tenth_is_free(thumbs: Thumbs) -> None:
    put(thumbs, *"abcdefghij")
    assert thumbs.held(THUMB_EDGE) == set("abcdefghij")
    put(thumbs, "k")
    assert thumbs.held(THUMB_EDGE) == set("cdefghijk")


def test_what_was_looked_at_or_made_anew_goes_last(thumbs: Thumbs) -> None:
    put(thumbs, *"abcdefghi")
    thumbs.touch([("a", THUMB_EDGE), ("never there", THUMB_EDGE)])
    put(thumbs, *"bjk")
    assert thumbs.held(THUMB_EDGE) == set("abefghijk")


def test_making_a_picture_anew_in_a_full_cache_drops_nothing(thumbs: Thumbs) -> None:
    put(thumbs, *"abcdefghij")
    put(thumbs, "b")
    assert thumbs.held(THUMB_EDGE) == set("abcdefghij")


def test_making_a_picture_anew_takes_no_more_room(thumbs: Thumbs) -> None:
    put(thumbs, *"aabbaabbaabb")
    put(thumbs, *"cdefgh")
    assert thumbs.held(THUMB_EDGE) == set("abcdefgh")


def test_what_was_kept_before_counts_after_a_start(tmp_path: Path) -> None:
    first = Thumbs.open(tmp_path / "t.db", max_bytes=1000)
    put(first, *"abcdefghij")
    first.close()
    second = Thumbs.open(tmp_path / "t.db", max_bytes=1000)
    put(second, "k")
    assert second.held(THUMB_EDGE) == set("cdefghijk")
    second.close()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(1, 1500)), max_size=12))
def test_the_bound_holds_whatever_is_put(
    tmp_path_factory: pytest.TempPathFactory, pictures: list[tuple[str, int]]
) -> None:
    thumbs = Thumbs.open(tmp_path_factory.mktemp("t") / "t.db", max_bytes=1000)
    reader = thumbs.reader()
    for name, size in pictures:
        thumbs.put([(name, THUMB_EDGE, b"x" * size)])
        kept = [reader.get(held, THUMB_EDGE) or b"" for held in thumbs.held(THUMB_EDGE)]
        assert sum(map(len, kept)) <= 1000
    reader.close()
    thumbs.close()
