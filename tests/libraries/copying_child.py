"""A process that copies into a library, so that it can be killed in the middle."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.libraries.seen import write

CHILD = """
import sys
from pathlib import Path
from bridge_app.libraries.drafts import Drafts
from bridge_app.libraries.intake import take_in

def wait(_: int) -> None:
    print("copying", flush=True)
    sys.stdin.read()

source, library, notes = map(Path, sys.argv[1:])
take_in([source], library, drafts=Drafts(notes), cancelled=lambda: False, report=wait)
"""


@contextmanager
def copying(library: Path, notes: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is in the middle of a copy, until it is killed."""
    source = write(library.parent / "hero.jpg", b"hero")
    words = [sys.executable, "-c", CHILD, str(source), str(library), str(notes)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "copying\n"
        yield child
        child.kill()
