"""What a program has freed goes back to the system."""

import subprocess
import sys

import pytest

SCRIPT = """
import re
from pathlib import Path
from bridge_app.app.memory import SpareMemory, give_memory_back

def resident():
    text = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\\s+(\\d+)", text)[1]) >> 10

assert give_memory_back()
spare = SpareMemory()
before = resident()
many = [bytes(20_000) for _ in range(5_000)]
kept = many[::100]
del many
held = resident() - before
did = spare.look()
left = resident() - before
again = spare.look()
spare.close()
print(held, did, left, again)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it is about glibc")
def test_what_is_free_between_pieces_in_use_is_given_back_once() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    held, did, left, again = ended.stdout.split()
    assert int(held) > 80
    assert did == "True"
    assert int(left) < 20
    assert again == "False"
