"""A copy into a library that is killed leaves nothing there for long; and nobody's file goes."""

from pathlib import Path

import pytest

from bridge_app.libraries.drafts import Drafts
from tests.libraries.copying_child import copying
from tests.libraries.seen import write


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "copying"


def names(library: Path) -> list[str]:
    return sorted(place.name for place in library.iterdir())


def test_what_a_killed_copy_left_goes_and_what_is_being_copied_stays(
    library: Path, notes: Path
) -> None:
    drafts = Drafts(notes)
    with copying(library, notes):
        [draft] = names(library)
        drafts.tidy()
        assert names(library) == [draft]
    assert names(library) == [draft]
    drafts.tidy()
    assert names(library) == []
    assert names(notes) == []


def test_files_of_that_kind_that_nobody_noted_stay(library: Path, notes: Path) -> None:
    with copying(library, notes):
        pass
    [left] = names(library)
    theirs = [".asset-bridge-4711-1.part", ".asset-bridge-0123456789abcdef.part", f"copy of {left}"]
    for name in theirs:
        write(library / name)
    Drafts(notes).tidy()
    assert names(library) == sorted(theirs)


def test_a_draft_on_a_disk_that_is_not_there_goes_when_the_disk_is_there_again(
    library: Path, notes: Path
) -> None:
    with copying(library, notes):
        pass
    library.rename(library.parent / "unplugged")
    drafts = Drafts(notes)
    drafts.tidy()
    library.mkdir()  # what is left of it while the disk is away
    drafts.tidy()
    library.rmdir()
    (library.parent / "unplugged").rename(library)
    assert names(library) != []
    drafts.tidy()
    assert names(library) == names(notes) == []


def test_a_folder_that_took_the_name_of_a_draft_stays(library: Path, notes: Path) -> None:
    with copying(library, notes):
        pass
    [left] = names(library)
    (library / left).unlink()
    write(library / left / "hero.jpg")
    Drafts(notes).tidy()
    assert names(library / left) == ["hero.jpg"]


def test_a_profile_that_copied_nothing_has_nothing_to_tidy(notes: Path) -> None:
    Drafts(notes).tidy()
    assert not notes.exists()
