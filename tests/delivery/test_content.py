"""Only approved bytes leave, whole or in parts."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.content import ApprovedReader, approved_bytes
from bridge_app.domain.errors import FileChangedError, FileTroubleError


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def silent(_: int, __: int) -> None:
    """Report to nobody."""


def parts(reader: ApprovedReader, size: int) -> list[bytes]:
    """Read as the SDK does: the size first, then parts until an empty one."""
    reader.seek(0, 2)
    reader.tell()
    reader.seek(0)
    found = []
    while part := reader.read(size):
        found.append(part)
    return found


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "master.tif"
    path.write_bytes(b"abcdefghij")
    return path


def test_approved_bytes_are_handed_out(master: Path) -> None:
    assert approved_bytes(master, digest(b"abcdefghij")) == b"abcdefghij"


def test_other_bytes_are_not(master: Path) -> None:
    with pytest.raises(FileChangedError, match=r"master\.tif has changed"):
        approved_bytes(master, digest(b"approved"))


@pytest.mark.parametrize(
    "read", [approved_bytes, lambda path, sha256: ApprovedReader(path, sha256, silent)]
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, read: Callable[[Path, str], object]
) -> None:
    with pytest.raises(FileTroubleError, match="No such file"):
        read(tmp_path / "none", "x")


@given(data=st.binary(min_size=1, max_size=64), size=st.integers(1, 70))
def test_parts_of_any_size_make_the_whole(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "parts.bin"
    path.write_bytes(data)
    with ApprovedReader(path, digest(data), silent) as reader:
        assert b"".join(parts(reader, size)) == data


@pytest.mark.parametrize("size", [3, 5, 10, 11])
def test_the_last_part_of_other_bytes_is_kept_back(master: Path, size: int) -> None:
    sent: list[bytes] = []
    with ApprovedReader(master, digest(b"approved"), silent) as reader:

        def send_all() -> None:
            while part := reader.read(size):
                sent.append(part)

        with pytest.raises(FileChangedError):
            send_all()
    assert len(b"".join(sent)) < 10


def change(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(data)


MUCH = b"abcdefghij" * 10_000
"""More than is read ahead."""


@pytest.mark.parametrize(
    "after",
    [MUCH[:-1] + b"X", MUCH + b"kl", MUCH[:60_000], b""],
    ids=["other", "more", "less", "none"],
)
def test_a_file_that_changes_on_the_way_is_never_sent_to_its_end(
    master: Path, after: bytes
) -> None:
    master.write_bytes(MUCH)
    with ApprovedReader(master, digest(MUCH), silent) as reader:
        assert reader.read(40_000) == MUCH[:40_000]
        change(master, after)

        def rest() -> None:
            while reader.read(40_000):
                pass

        with pytest.raises(FileChangedError):
            rest()


def test_progress_is_told_before_each_part_and_may_stop_it(master: Path) -> None:
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 8:
            raise InterruptedError

    with ApprovedReader(master, digest(b"abcdefghij"), report) as reader:
        with pytest.raises(InterruptedError):
            parts(reader, 4)
        assert told == [(0, 10), (4, 10), (8, 10)]
