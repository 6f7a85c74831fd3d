"""Locks that processes share."""

import subprocess
import sys
from pathlib import Path

import pytest

from bridge_app.storage.locks import locked

HOLDER = """
import sys
from pathlib import Path
from bridge_app.storage.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_who_does_not_wait_is_told_that_another_process_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BlockingIOError), locked(path, waits=False):
            pass
        # However it ends: the lock ends with it.
        other.kill()
        other.wait()
        with locked(path, waits=False):
            pass


def test_a_lock_that_was_given_back_can_be_had_again(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "lock", waits=False):
            pass
