"""What a decoder that has been taken over can still do: read, compute, and answer."""

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TRIES = """
import json, os, resource, socket, sys, threading
from pathlib import Path
from bridge_app.media.confinement import confine
from bridge_app.media.limits import Limits

folder = Path(sys.argv[1])
answers = {"filtered": confine(Limits())}

def attempt(name, act):
    try:
        act()
        answers[name] = "done"
    except (OSError, RuntimeError) as error:
        answers[name] = type(error).__name__

def thread():
    one = threading.Thread(target=lambda: None)
    one.start()
    one.join()

attempt("read", (folder / "kept.txt").read_text)
attempt("thread", thread)
attempt("socket", socket.socket)
attempt("write", lambda: (folder / "kept.txt").write_text("changed"))
attempt("create", lambda: (folder / "new.txt").touch())
attempt("delete", (folder / "kept.txt").unlink)
attempt("rename", lambda: (folder / "kept.txt").rename(folder / "other.txt"))
attempt("fork", os.fork)
attempt("run", lambda: os.execv("/bin/true", ["true"]))
attempt("kill", lambda: os.kill(os.getppid(), 0))
answers["memory"] = resource.getrlimit(resource.RLIMIT_AS)[0] == Limits().memory_bytes
answers["core"] = resource.getrlimit(resource.RLIMIT_CORE)[0]
os.write(1, json.dumps(answers).encode())
"""


@pytest.fixture
def answers(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "kept.txt").write_text("as it was")
    ran = subprocess.run(
        [sys.executable, "-c", TRIES, str(tmp_path)],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    answers: dict[str, Any] = json.loads(ran.stdout)
    answers["kept"] = (tmp_path / "kept.txt").read_text()
    answers["files"] = sorted(path.name for path in tmp_path.iterdir())
    return answers


def test_memory_and_core_dumps_are_bounded(answers: dict[str, Any]) -> None:
    assert answers["memory"] is True
    assert answers["core"] == 0


@pytest.mark.skipif(
    platform.machine() not in ("x86_64", "aarch64"), reason="no call numbers for this machine"
)
def test_reading_and_threads_work_and_nothing_reaches_outside(answers: dict[str, Any]) -> None:
    refused = ("socket", "write", "create", "delete", "rename", "fork", "run", "kill")

    assert answers["filtered"] is True
    assert (answers["read"], answers["thread"]) == ("done", "done")
    assert {name: answers[name] for name in refused} == dict.fromkeys(refused, "PermissionError")
    assert answers["kept"] == "as it was"
    assert answers["files"] == ["kept.txt"]
