"""Trouble that a request asks for itself, or that waits for requests to come.

Source: reference/photoshelter.md 16: the header `X-Emu-Fault` and `POST /__emu/faults`.
"""

import threading
from collections import Counter
from dataclasses import dataclass
from math import inf

from bridge_app.sandbox.photoshelter.errors import bad_request

HEADER = "x-emu-fault"
NAMED = frozenset(
    {"slow", "drop", "html404", "bare-errors-object", "top-level-error", "expire-token"}
)
NUMBERS = frozenset({"after", "times", "ms", "status", "retry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One kind of trouble, and when it strikes.

    `kind` is one of `NAMED` or "answer"; the first `after` requests pass, the next `times` are
    struck. `status` is what it answers, `retry_s` goes with 429, `ms` is how slow it is.
    """

    kind: str
    status: int = 500
    after: int = 0
    times: float = inf
    ms: int = 0
    retry_s: int = 1
    path_contains: str = ""

    @classmethod
    def parse(cls, text: str, *, times: float = inf, path_contains: str = "") -> "Trouble":
        """Read `429;after=2`, `slow;ms=5000;times=1` or any other name.

        Raises:
            ShelterError: 400, it is none.
        """
        name, *settings = (part.strip() for part in text.split(";"))
        given = dict(setting.partition("=")[::2] for setting in settings if setting)
        if not all(one in NUMBERS and value.isdecimal() for one, value in given.items()):
            raise bad_request(f"The fault {text} cannot be understood")
        numbers = {one: int(value) for one, value in given.items()}
        if not (name in NAMED or (name.isdecimal() and 400 <= int(name) <= 599)):
            raise bad_request(f"There is no fault {name}")
        return cls(
            kind=name if name in NAMED else "answer",
            status=int(name) if name.isdecimal() else numbers.get("status", 500),
            after=numbers.get("after", 0),
            times=numbers.get("times", times),
            ms=numbers.get("ms", 0),
            retry_s=numbers.get("retry", 1),
            path_contains=path_contains,
        )


class Troubles:
    """What goes wrong from now on. From any thread.

    A text in a request's header strikes that request, and counts all requests with that text.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Trouble] = []
        self._seen: Counter[Trouble] = Counter()

    def add(self, trouble: Trouble) -> None:
        """It waits for its requests, after what waits already."""
        with self._lock:
            self._waiting.append(trouble)

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._waiting.clear()
            self._seen.clear()

    def strike(self, path: str, header: str) -> Trouble | None:
        """What strikes a request on `path` that brings `header`, "" for none.

        Raises:
            ShelterError: 400, the header cannot be understood.
        """
        asked = [Trouble.parse(header)] if header else []
        if not (asked or self._waiting):
            return None
        with self._lock:
            for one in (*asked, *self._waiting):
                if one.path_contains not in path:
                    continue
                self._seen[one] += 1
                if one.after < self._seen[one] <= one.after + one.times:
                    self._forget_spent(one)
                    return one
        return None

    def _forget_spent(self, trouble: Trouble) -> None:
        """What has struck as often as it should does not wait any more."""
        if trouble in self._waiting and self._seen[trouble] >= trouble.after + trouble.times:
            self._waiting.remove(trouble)
            del self._seen[trouble]
