"""What a look through a library may conclude: what to read, what moved, what is gone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import AssetId
from bridge_app.domain.many import MANY
from bridge_app.libraries.library import FolderSeen, Found, Gone, Skipped, SkipReason
from bridge_app.storage.catalog import KnownFile
from bridge_app.work.scan import Look, is_unchanged, may_go_unasked, moved_from


def known(path: str) -> KnownFile:
    return KnownFile(
        id=AssetId(path),
        path=path,
        bytes=10,
        modified_ns=5,
        file_key=f"1:{path}",
        was_read=True,
        missing=False,
    )


def found(path: str) -> Found:
    return Found(path=path, bytes=10, modified_ns=5, file_key=f"1:{path}")


def look(*paths: str) -> Look:
    return Look(known={path: known(path) for path in paths})


def gone(told: Look) -> set[str]:
    return {file.path for file in told.gone()}


def test_an_unchanged_file_is_not_read_again() -> None:
    told = look("a")
    assert told.wants_reading(found("a")) is None
    assert told.wants_reading(found("new")) == found("new")
    assert told.seen == {"a", "new"}


def test_a_file_that_is_come_across_twice_is_read_once_at_most() -> None:
    told = look("same")
    assert [told.wants_reading(found(path)) for path in ("same", "same", "new", "new")] == [
        *(None, None),
        *(found("new"), None),
    ]
    assert gone(told) == set()


@pytest.mark.parametrize("change", [{"bytes": 11}, {"modified_ns": 6}, {"file_key": "1:other"}])
def test_another_size_time_or_file_is_a_change(change: dict[str, object]) -> None:
    assert is_unchanged(found("a"), known("a"))
    assert not is_unchanged(replace(found("a"), **change), known("a"))  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"was_read": False}, {"missing": True}])
def test_what_was_never_read_or_was_missing_is_read(change: dict[str, object]) -> None:
    assert not is_unchanged(found("a"), replace(known("a"), **change))  # type: ignore[arg-type]
    assert not is_unchanged(found("a"), None)


def test_only_a_folder_listed_to_its_end_shows_that_something_is_gone() -> None:
    told = look("a/1", "a/2", "b/1", "b/2")
    for entry in (
        found("a/1"),
        FolderSeen(path="a", complete=True),
        found("b/1"),
        FolderSeen(path="b", complete=False),
        FolderSeen(path="", complete=True),
    ):
        told.wants_reading(entry)
    assert gone(told) == {"a/2"}


def test_what_was_skipped_and_what_lies_below_it_is_not_gone() -> None:
    told = look("a", "locked/1")
    told.wants_reading(Skipped(path="a", reason=SkipReason.NO_PERMISSION))
    told.wants_reading(Skipped(path="locked", reason=SkipReason.NO_PERMISSION))
    told.wants_reading(FolderSeen(path="", complete=True))
    assert gone(told) == set()


def test_with_a_folder_goes_what_lay_in_it_and_nothing_beside_it() -> None:
    told = look("a/1", "a/b/2", "a-b/3", "ab")
    told.wants_reading(Gone(path="a"))
    assert gone(told) == {"a/1", "a/b/2"}


def test_what_is_missing_already_is_not_gone_again() -> None:
    told = Look(known={"a": replace(known("a"), missing=True)})
    told.wants_reading(Gone(path="a"))
    assert gone(told) == set()


def test_without_any_word_nothing_is_gone() -> None:
    assert gone(look("a", "b/c")) == set()


PATHS = st.sampled_from(["1", "a/1", "a/2", "a/b/1", "c/1"])


@given(seen=st.sets(PATHS), remembered=st.sets(PATHS))
def test_what_was_seen_is_never_gone(seen: set[str], remembered: set[str]) -> None:
    told = look(*remembered)
    for path in seen:
        told.wants_reading(found(path))
    for folder in ("", "a", "a/b", "c"):
        told.wants_reading(FolderSeen(path=folder, complete=True))
    assert gone(told) == remembered - seen


def test_a_file_with_the_same_facts_whose_old_path_is_empty_was_moved() -> None:
    new = replace(found("new"), file_key="1:old")
    assert moved_from(new, [known("old")], {"old"}) == known("old")
    assert moved_from(new, [known("old")], set()) is None
    assert moved_from(replace(new, bytes=11), [known("old")], {"old"}) is None
    assert moved_from(replace(new, modified_ns=6), [known("old")], {"old"}) is None
    assert moved_from(found("old"), [known("old")], {"old"}) is None


@pytest.mark.parametrize(
    ("going", "size", "unasked"),
    [(0, 0, True), (MANY, 20, True), (MANY + 1, 21, False), (50, 1000, True), (51, 1000, False)],
)
def test_many_files_go_only_when_a_person_says_so(going: int, size: int, unasked: bool) -> None:
    assert may_go_unasked(going, size) is unasked
