"""Only approved bytes leave, whole or in parts."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.delivery.content import BLOCK, ApprovedFile, approved_bytes
from bridge_app.domain.errors import FileChangedError, FileTroubleError


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def silent(_: int, __: int) -> None:
    """Report to nobody."""


def parts(content: ApprovedFile, size: int) -> list[bytes]:
    """All of a file in parts of at most `size` bytes."""
    found = []
    for start in range(0, content.size, size):
        part = content.part(min(size, content.size - start))
        found.append(b"".join(bytes(block) for block in part.blocks()))
        assert len(found[-1]) == len(part)
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
    "read", [approved_bytes, lambda path, sha256: ApprovedFile(path, sha256, silent)]
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
    with ApprovedFile(path, digest(data), silent) as content:
        assert b"".join(parts(content, size)) == data


@given(data=st.binary(min_size=1, max_size=64), sent=st.integers(0, 64))
def test_what_was_sent_before_counts_for_the_whole(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, sent: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "resumed.bin"
    path.write_bytes(data)
    sent = min(sent, len(data) - 1)
    with ApprovedFile(path, digest(data), silent) as content:
        content.pass_over(sent)
        rest = content.part(len(data) - sent)
        assert b"".join(bytes(block) for block in rest.blocks()) == data[sent:]


@pytest.mark.parametrize("size", [3, 5, 10, 11])
def test_the_last_part_of_other_bytes_is_kept_back(master: Path, size: int) -> None:
    sent: list[bytes] = []
    with ApprovedFile(master, digest(b"approved"), silent) as content:

        def send_all() -> None:
            for start in range(0, 10, size):
                sent.extend(bytes(one) for one in content.part(min(size, 10 - start)).blocks())

        with pytest.raises(FileChangedError):
            send_all()
    assert len(b"".join(sent)) < 10


def change(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(data)


MUCH = b"abcdefghij" * (BLOCK // 4)
"""Several blocks."""


@pytest.mark.parametrize(
    "after",
    [MUCH[:-1] + b"X", MUCH + b"kl", MUCH[: len(MUCH) // 2], b""],
    ids=["other", "more", "less", "none"],
)
def test_a_file_that_changes_on_the_way_is_never_sent_to_its_end(
    master: Path, after: bytes
) -> None:
    master.write_bytes(MUCH)
    with ApprovedFile(master, digest(MUCH), silent) as content:
        blocks = content.part(len(MUCH)).blocks()
        sent = len(next(blocks))
        change(master, after)

        def rest() -> int:
            return sum(len(block) for block in blocks)

        with pytest.raises(FileChangedError):
            sent += rest()
    assert sent < len(MUCH)


def test_progress_is_told_with_each_block_and_may_stop_it(master: Path) -> None:
    master.write_bytes(MUCH)
    told: list[tuple[int, int]] = []

    def report(done: int, total: int) -> None:
        told.append((done, total))
        if done >= BLOCK:
            raise InterruptedError

    with ApprovedFile(master, digest(MUCH), report) as content:
        with pytest.raises(InterruptedError):
            list(content.part(len(MUCH)).blocks())
        assert told == [(0, len(MUCH)), (BLOCK, len(MUCH))]
