"""Files appear whole or not at all, and never in another one's place by accident."""

import errno
import os
import threading
from pathlib import Path

import pytest

from bridge_app.domain.errors import DiskFullError
from bridge_app.work.rendition_files import FileTakenError, NotWrittenError, Writing, write_whole


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.rglob("*") if one.is_file())


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "x.jpg"
    assert write_whole(target, b"one") is Writing.WRITTEN
    assert target.read_bytes() == b"one"
    assert names(tmp_path) == ["x.jpg"]


def test_its_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", b"one")
    (tmp_path / "y").write_bytes(b"two")
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "y").stat().st_mode


def test_the_same_content_is_there_already(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", b"one")
    assert write_whole(tmp_path / "x", b"one") is Writing.ALREADY_THERE


def test_another_file_is_never_replaced_silently(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"theirs")
    with pytest.raises(FileTakenError):
        write_whole(tmp_path / "x", b"ours")
    assert (tmp_path / "x").read_bytes() == b"theirs"
    assert names(tmp_path) == ["x"]


def test_it_is_replaced_when_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"theirs")
    assert write_whole(tmp_path / "x", b"ours", replaces=True) is Writing.REPLACED
    assert (tmp_path / "x").read_bytes() == b"ours"
    assert names(tmp_path) == ["x"]


def test_a_link_that_leads_nowhere_is_somebodys_too(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path / "gone")
    with pytest.raises(FileTakenError):
        write_whole(tmp_path / "x", b"ours")
    assert not (tmp_path / "gone").exists()


def test_of_many_that_write_one_name_at_once_exactly_one_does(tmp_path: Path) -> None:
    ready = threading.Barrier(8)
    ends: list[str] = []

    def write(number: int) -> None:
        ready.wait()
        try:
            ends.append(write_whole(tmp_path / "x", bytes([number]) * 5000))
        except FileTakenError:
            ends.append("taken")

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert sorted(ends) == ["taken"] * 7 + [Writing.WRITTEN]
    assert len(set((tmp_path / "x").read_bytes())) == 1
    assert names(tmp_path) == ["x"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_where_there_are_no_hard_links_the_file_is_written_all_the_same(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert write_whole(tmp_path / "x", b"one") is Writing.WRITTEN
    assert (tmp_path / "x").read_bytes() == b"one"
    assert names(tmp_path) == ["x"]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFullError):
        write_whole(tmp_path / "x", b"one")
    assert names(tmp_path) == []


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(NotWrittenError):
        write_whole(tmp_path / "a" / "x", b"one")
