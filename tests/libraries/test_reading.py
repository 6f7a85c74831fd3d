"""Hashing reads a file once, and never takes two versions for one."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bridge_app.domain.errors import FileTroubleError
from bridge_app.libraries.errors import FileChangedWhileReadingError
from bridge_app.libraries.local import LocalLibrary
from tests.libraries.seen import write


def ignore(count: int) -> None:
    """Nobody wants to know how far it is."""


def test_one_read_gives_both_hashes_and_tells_how_far_it_is(tmp_path: Path) -> None:
    content = os.urandom(3 * (1 << 20) + 17)
    write(tmp_path / "big.bin", content)
    told: list[int] = []

    digests = LocalLibrary(tmp_path).digest("big.bin", on_bytes=told.append)

    assert digests.sha256 == hashlib.sha256(content).hexdigest()
    assert digests.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert digests.bytes == len(content) == sum(told)
    assert len(told) == 4


def test_an_empty_file_has_hashes_too(tmp_path: Path) -> None:
    write(tmp_path / "empty", b"")

    digests = LocalLibrary(tmp_path).digest("empty", on_bytes=ignore)

    assert (digests.bytes, digests.md5) == (0, "d41d8cd98f00b204e9800998ecf8427e")


def test_a_file_that_a_program_has_open_for_writing_is_known(tmp_path: Path) -> None:
    library = LocalLibrary(tmp_path)
    write(tmp_path / "slow.jpg", b"half")
    assert not library.is_being_written("slow.jpg")
    with (tmp_path / "slow.jpg").open("ab") as file:
        assert library.is_being_written("slow.jpg")
        assert file.write(b" and whole") == 10
    assert not library.is_being_written("slow.jpg")
    with (tmp_path / "slow.jpg").open("rb"):
        assert not library.is_being_written("slow.jpg")
    assert not library.is_being_written("not there.jpg")


def grow(place: Path) -> None:
    with place.open("ab") as file:
        file.write(b"more")


def rewrite(place: Path) -> None:
    status = place.stat()
    place.write_bytes(b"y" * status.st_size)
    os.utime(place, ns=(0, status.st_mtime_ns + 1))


def replace(place: Path) -> None:
    other = place.with_name("other")
    other.write_bytes(place.read_bytes())
    shutil.copystat(place, other)
    other.replace(place)


@pytest.mark.parametrize("change", [grow, rewrite, replace, lambda place: os.truncate(place, 5)])
def test_a_file_written_to_while_it_is_read_is_not_taken(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    place = write(tmp_path / "hero.jpg", b"x" * (2 << 20))
    waiting = [change]

    def on_bytes(count: int) -> None:
        while waiting:
            waiting.pop()(place)

    with pytest.raises(FileChangedWhileReadingError, match="still being written"):
        LocalLibrary(tmp_path).digest("hero.jpg", on_bytes=on_bytes)


def test_a_file_that_is_gone_or_a_folder_cannot_be_hashed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(FileTroubleError, match="not there any more"):
        LocalLibrary(tmp_path).digest("nothing.jpg", on_bytes=ignore)
    with pytest.raises(FileTroubleError, match="not an ordinary file"):
        LocalLibrary(tmp_path).digest("folder", on_bytes=ignore)


def test_whoever_counts_can_stop_the_reading(tmp_path: Path) -> None:
    write(tmp_path / "hero.jpg", b"x" * (3 << 20))
    told: list[int] = []

    def stop(count: int) -> None:
        told.append(count)
        raise KeyError(count)

    with pytest.raises(KeyError):
        LocalLibrary(tmp_path).digest("hero.jpg", on_bytes=stop)
    assert len(told) == 1
