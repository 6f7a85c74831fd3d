"""How large everything is drawn: Qt asks once, before there is a window, and never again.

So another size is another start: the windows are closed, and the program takes its own place.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

SCALE = "QT_SCALE_FACTOR"
AGAIN = 75
"""The event loop's status where the program is to begin anew; no exit status of ours."""


@contextmanager
def drawn_at(percent: int) -> Iterator[None]:
    """Who makes the QApplication within has it scaled, beside what the screen asks for.

    A scale that somebody has set for this program stays what 100 % is. Programs that are opened
    from here inherit nothing of it.
    """
    before = os.environ.get(SCALE)
    if percent != 100:
        os.environ[SCALE] = str(_number(before) * percent / 100)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(SCALE, None)
        else:
            os.environ[SCALE] = before


def begin_anew(words: Sequence[str]) -> None:
    """Become a new start of this program, without the `words` that have been shown already."""
    sys.stdout.flush()
    sys.stderr.flush()
    begun = sys.argv if getattr(sys, "frozen", False) else sys.orig_argv
    kept = [word for word in begun[1:] if word not in words]
    os.execv(sys.executable, [sys.executable, *kept])  # noqa: S606 - ourselves, as we were called


def _number(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 1.0
