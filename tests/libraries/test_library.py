"""When a file is whole, and when it may be taken for gone."""

from hypothesis import given
from hypothesis import strategies as st

from bridge_app.libraries.library import QUIET_NS, UNSEEN_QUIET_NS, Found, is_gone, is_settled

SECOND = 1_000_000_000
NOW = 1_800_000_000 * SECOND

sizes = st.integers(0, 10**12)
times = st.integers(NOW - 10**18, NOW + 10**18)


def found(*, modified_ns: int, size: int = 1, key: str = "1:2") -> Found:
    return Found(path="hero.jpg", bytes=size, modified_ns=modified_ns, file_key=key)


@given(before=times, now=times, size_before=sizes, size=sizes)
def test_a_file_that_differs_from_the_last_look_is_never_settled(
    before: int, now: int, size_before: int, size: int
) -> None:
    earlier, later = found(modified_ns=before, size=size_before), found(modified_ns=now, size=size)

    assert earlier == later or not is_settled(earlier, later, NOW)


@given(age=st.integers(0, QUIET_NS - 1), size=sizes)
def test_a_file_written_to_a_moment_ago_is_not_settled(age: int, size: int) -> None:
    file = found(modified_ns=NOW - age, size=size)

    assert not is_settled(file, file, NOW)
    assert not is_settled(None, file, NOW)


@given(modified_ns=times, size=sizes)
def test_a_file_that_stays_the_same_is_settled_within_two_seconds_of_its_last_write(
    modified_ns: int, size: int
) -> None:
    file = found(modified_ns=modified_ns, size=size)

    assert is_settled(file, file, max(NOW, modified_ns + 2 * SECOND))


@given(ahead=st.integers(1, 10**18))
def test_a_time_in_the_future_asks_for_a_second_look_and_no_more(ahead: int) -> None:
    file = found(modified_ns=NOW + ahead)

    assert not is_settled(None, file, NOW)
    assert is_settled(file, file, NOW)


@given(age=st.integers(UNSEEN_QUIET_NS, 10**18))
def test_an_old_file_is_settled_at_the_first_look(age: int) -> None:
    assert is_settled(None, found(modified_ns=NOW - age), NOW)


def test_a_file_in_the_place_of_another_waits_for_a_look_of_its_own() -> None:
    old = NOW - 10 * SECOND

    assert not is_settled(found(modified_ns=old), found(modified_ns=old, key="1:3"), NOW)


steps = st.sampled_from(["a", "b", "c"])
paths = st.lists(steps, min_size=1, max_size=4).map("/".join)


@given(path=paths, complete=st.frozensets(paths | st.just("")), uncertain=st.frozensets(paths))
def test_the_nearest_folder_that_was_seen_decides_what_is_gone(
    path: str, complete: frozenset[str], uncertain: frozenset[str]
) -> None:
    above = [place for place in complete | uncertain if is_above(place, path)]
    nearest = max(above, key=len, default=None)

    answer = is_gone(path, complete=complete - uncertain, uncertain=uncertain)

    assert answer is (
        path not in uncertain and nearest is not None and nearest in complete - uncertain
    )


def is_above(place: str, path: str) -> bool:
    return place == "" or path.startswith(f"{place}/")


def test_without_a_complete_listing_nothing_is_gone() -> None:
    assert not is_gone("a/b/c.jpg", complete=(), uncertain=())


def test_a_folder_that_its_parent_does_not_show_is_gone_with_all_in_it() -> None:
    assert is_gone("a/b/c.jpg", complete={"", "a"}, uncertain={"z"})
