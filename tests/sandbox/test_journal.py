"""What the sandbox keeps survives."""

import resource
from pathlib import Path

import pytest

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.journal import COMPACT_FROM, Change, Journal


def written(path: Path, *transactions: list[Change]) -> None:
    journal = Journal(path)
    journal.open()
    for changes in transactions:
        journal.append(changes)
    journal.close()


def read(path: Path) -> dict[str, dict[str, dict[str, int]]]:
    journal = Journal(path)
    tables = journal.open()
    journal.close()
    return tables


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_rows_come_back_in_order_of_creation(path: Path) -> None:
    written(
        path,
        [("fruit", "pear", {"n": 1}), ("fruit", "apple", {"n": 2})],
        [("fruit", "fig", {"n": 3}), ("colour", "red", {"n": 4})],
        [("fruit", "apple", None)],
        [("fruit", "pear", {"n": 5})],
    )
    tables = read(path)
    assert list(tables["fruit"].items()) == [("pear", {"n": 5}), ("fig", {"n": 3})]
    assert tables["colour"] == {"red": {"n": 4}}


@pytest.mark.parametrize("kept", range(1, 30, 4))
def test_a_torn_end_is_cut_off_and_writing_goes_on(path: Path, kept: int) -> None:
    written(path, [("fruit", "pear", {"n": 1})])
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:kept])
    written(path, [("fruit", "fig", {"n": 2})])
    assert list(read(path)["fruit"]) == ["pear", "fig"]


def test_a_long_history_is_rewritten_to_what_is_still_there(path: Path) -> None:
    history: list[list[Change]] = [[("fruit", "pear", {"n": n})] for n in range(COMPACT_FROM + 1)]
    written(path, *history)
    long = path.stat().st_size
    assert read(path) == {"fruit": {"pear": {"n": COMPACT_FROM}}}
    assert path.stat().st_size < long / 100
    assert read(path) == {"fruit": {"pear": {"n": COMPACT_FROM}}}


def test_two_at_once_are_refused(path: Path) -> None:
    first = Journal(path)
    first.open()
    with pytest.raises(InvalidInputError, match="another sandbox"):
        Journal(path).open()
    first.close()
    assert read(path) == {}


def test_a_transaction_that_does_not_fit_on_the_disk_is_not_there_at_all(path: Path) -> None:
    written(path, [("fruit", "pear", {"n": 1})])
    journal = Journal(path)
    journal.open()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 10, before[1]))
    try:
        with pytest.raises(OSError, match=r"full|large"):
            journal.append([("fruit", "fig", {"n": 2})])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    journal.append([("fruit", "plum", {"n": 3})])
    journal.close()
    assert list(read(path)["fruit"]) == ["pear", "plum"]
