"""A folder as a library: what a walk finds, and how it is looked at again."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.libraries.errors import LibraryUnavailableError
from bridge_app.libraries.library import Found, Gone, Library
from bridge_app.libraries.local import LocalLibrary
from tests.libraries.seen import files, folders, gone, looked, never, skipped, walked, write


def after(calls: int) -> Callable[[], bool]:
    """Cancelled from that many questions on."""
    asked = iter(range(calls))
    return lambda: next(asked, None) is None


def ignore(count: int) -> None:
    """Nobody wants to know how far it is."""


# What a walk finds


def test_a_local_folder_fits_the_port(tmp_path: Path) -> None:
    library: Library = LocalLibrary(tmp_path)

    assert library.place("a/b.jpg") == tmp_path / "a/b.jpg"


def test_files_of_any_type_are_found_at_any_depth_with_their_facts(tmp_path: Path) -> None:
    place = write(tmp_path / "a/b/c/hero.whatever", b"12345")
    os.utime(place, ns=(0, 1_700_000_000_123_456_789))
    write(tmp_path / "no extension")

    seen = walked(tmp_path)

    assert files(seen) == {"a/b/c/hero.whatever", "no extension"}
    hero = next(item for item in seen if isinstance(item, Found) and item.bytes == 5)
    status = place.stat()
    assert hero.modified_ns == 1_700_000_000_123_456_789
    assert hero.file_key == f"{status.st_dev}:{status.st_ino}"
    assert folders(seen) == {"": True, "a": True, "a/b": True, "a/b/c": True}


def test_a_renamed_file_keeps_its_key(tmp_path: Path) -> None:
    write(tmp_path / "before.jpg")
    [before] = [item for item in walked(tmp_path) if isinstance(item, Found)]

    (tmp_path / "below").mkdir()
    (tmp_path / "before.jpg").rename(tmp_path / "below/after.jpg")

    [after_it] = [item for item in walked(tmp_path) if isinstance(item, Found)]
    assert after_it.path == "below/after.jpg"
    assert after_it.file_key == before.file_key


def test_hidden_system_and_unfinished_files_are_left_out_with_all_below_them(
    tmp_path: Path,
) -> None:
    for name in (
        *(".hidden.jpg", "._Leaf.jpg", ".DS_Store", "Thumbs.db", "desktop.ini", "Icon\r"),
        *("~$offer.docx", "clip.mov.part", "clip.crdownload", "x.tmp", ".git/config"),
        *("@eaDir/hero.jpg/SYNOPHOTO_THUMB.jpg", "$RECYCLE.BIN/a.jpg", "lost+found/a.jpg"),
    ):
        write(tmp_path / name)
    kept = {"part.jpg", "a.part.jpg", "tmp", "~hero.jpg", "$5.jpg", "icon.png"}
    for name in kept:
        write(tmp_path / name)

    assert files(walked(tmp_path)) == kept


def test_names_of_any_bytes_come_back_as_they_are(tmp_path: Path) -> None:
    names = {
        *("line\nbreak.jpg", "tab\t.jpg", "🏖️ summer 👩🏽‍🚀.jpg", "עברית.jpg", "photo\u202egpj.png"),
        *("x" * 251 + ".png", "Caf\u00e9.jpg", "Cafe\u0301.jpg", " ", "-rf", "a\\b.jpg"),
        os.fsdecode(b"latin-\xe9-\xff.jpg"),
    }
    for name in names:
        write(tmp_path / name, name.encode("utf-8", "surrogateescape"))

    library = LocalLibrary(tmp_path)

    assert files(list(library.walk(never))) == names
    for name in names:
        digests = library.digest(name, on_bytes=ignore)
        assert digests.sha256 == hashlib.sha256(os.fsencode(name)).hexdigest()
        assert files(list(library.look([name], never))) == {name}


def test_the_corpus_of_names_is_found_whole(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus / "names", tmp_path / "names")
    expected = {
        f"names/{place.relative_to(corpus / 'names').as_posix()}"
        for place in (corpus / "names").rglob("*")
        if place.is_file() and not place.name.startswith(".") and place.suffix != ".part"
    }

    seen = walked(tmp_path)

    assert len(expected) > 35
    assert files(seen) == expected
    assert not skipped(seen)


# The library itself


def test_a_library_that_is_not_there_is_an_error_and_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailableError, match=r"not there any more.*Nothing in it"):
        walked(tmp_path / "unplugged")
    with pytest.raises(LibraryUnavailableError):
        walked(write(tmp_path / "a file"))
    with pytest.raises(LibraryUnavailableError):
        looked(tmp_path / "unplugged", "hero.jpg")


def test_a_library_that_goes_during_a_walk_ends_the_walk_with_an_error(tmp_path: Path) -> None:
    root = tmp_path / "library"
    for number in range(3):
        write(root / f"{number}/hero.jpg")

    walk = LocalLibrary(root).walk(never)
    next(walk)
    root.rename(tmp_path / "elsewhere")

    with pytest.raises(LibraryUnavailableError):
        list(walk)


def test_an_empty_folder_on_another_disk_is_an_unmounted_library(tmp_path: Path) -> None:
    other_disk = Path("/dev/shm")  # noqa: S108 - a second file system is what is wanted
    if not other_disk.is_dir() or other_disk.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second disk at /dev/shm")
    write(tmp_path / "mounted/hero.jpg")
    empty = other_disk / f"asset-bridge-{tmp_path.name}-{os.getpid()}"
    empty.mkdir()
    root = tmp_path / "library"
    root.symlink_to(tmp_path / "mounted")
    library = LocalLibrary(root)
    assert files(list(library.walk(never))) == {"hero.jpg"}

    root.unlink()
    root.symlink_to(empty)
    try:
        with pytest.raises(LibraryUnavailableError, match="unmounted"):
            list(library.walk(never))
    finally:
        empty.rmdir()


def test_a_library_whose_last_file_was_deleted_is_just_empty(tmp_path: Path) -> None:
    write(tmp_path / "hero.jpg")
    library = LocalLibrary(tmp_path)
    list(library.walk(never))

    (tmp_path / "hero.jpg").unlink()

    assert gone(list(library.walk(never)), "hero.jpg") == {"hero.jpg"}


def test_paths_that_leave_the_library_are_refused(tmp_path: Path) -> None:
    library = LocalLibrary(tmp_path)
    for path in ("../x", "a/../../x", "/etc/passwd", "a\0b"):
        with pytest.raises(InvalidInputError):
            library.place(path)


# Cancelling


@pytest.mark.parametrize("calls", range(12))
def test_a_cancelled_walk_ends_at_once_and_makes_nothing_gone(tmp_path: Path, calls: int) -> None:
    known = [f"{folder}/{number}.jpg" for folder in ("a", "b/c", "d") for number in range(2)]
    for path in known:
        write(tmp_path / path)

    seen = list(LocalLibrary(tmp_path).walk(after(calls)))

    assert len(seen) < 16
    assert gone(seen, *set(known) - files(seen)) == set()


# Looking again


def test_looking_tells_what_is_at_each_path_now(tmp_path: Path) -> None:
    write(tmp_path / "a/new.jpg", b"new")
    write(tmp_path / "moved in/b/c.jpg")
    write(tmp_path / ".hidden/x.jpg")
    write(tmp_path / "was a folder")

    seen = looked(
        tmp_path,
        *("a/new.jpg", "a/deleted.jpg", "moved in", "moved in/b", "moved in/b/c.jpg"),
        *(".hidden/x.jpg", "gone/with/its/folder.jpg", "was a folder/x.jpg"),
    )

    assert files(seen) == {"a/new.jpg", "moved in/b/c.jpg"}
    assert len([item for item in seen if isinstance(item, Found)]) == 2
    assert {item.path for item in seen if isinstance(item, Gone)} == {
        *("a/deleted.jpg", "gone/with/its/folder.jpg", "was a folder/x.jpg")
    }


def test_looking_at_the_library_itself_is_a_walk(tmp_path: Path) -> None:
    write(tmp_path / "a/b.jpg")

    assert looked(tmp_path, "", "a/b.jpg") == walked(tmp_path)


def test_looking_ends_when_it_is_cancelled(tmp_path: Path) -> None:
    paths = [f"{number}.jpg" for number in range(10)]
    for path in paths:
        write(tmp_path / path)

    assert len(list(LocalLibrary(tmp_path).look(paths, after(3)))) == 3
