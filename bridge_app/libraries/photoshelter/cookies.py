"""The cookies of a session, for a service that gives no token: each answer brings the next ones.

An old one signs out whoever sends it, so calls that carry them go one after another. They go to the
service's own address alone.
Source: reference/photoshelter.md, 4.2.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from bridge_app.libraries.photoshelter.transport import Call

COOKIE = re.compile(r'([!#-\'*+\-.^-z|~0-9A-Z]{1,100})=("?[!#-+\--:<-\[\]-~]{0,4096}"?)\s*(?:;|$)')
"""Source: RFC 6265, 4.1.1."""
OVER = re.compile(r";\s*max-age\s*=\s*(?:0|-\d+)\s*(?:;|$)", re.IGNORECASE)
MOST = 20


class SessionCookies:
    """Thread-safe."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._held: dict[str, str] = {}

    @property
    def text(self) -> str:
        """All of them as a call carries them; a secret. "" where there is none."""
        return "; ".join(f"{name}={value}" for name, value in self._held.items())

    def take_up(self, text: str) -> None:
        """Go on with those that `text` was; "" forgets all."""
        with self._turn:
            parts = (one.partition("=") for one in text.split("; ") if one)
            self._held = {name: value for name, _, value in parts}

    @contextmanager
    def turn(self, call: Call) -> Iterator[Call]:
        """The call with what it has to carry; no other that does is on its way meanwhile."""
        if not call.carries_cookies:
            yield call
            return
        with self._turn:
            text = self.text
            yield replace(call, headers={**call.headers, "Cookie": text}) if text else call

    def hear(self, call: Call, headers: Mapping[str, str]) -> None:
        """Take over what the answer to a call sets; during its `turn`."""
        if not call.carries_cookies:
            return
        for told in headers.get("set-cookie", "").split("\n"):
            one = COOKIE.match(told)
            if one is None:
                continue
            self._held.pop(one[1], None)
            if one[2] and not OVER.search(told) and len(self._held) < MOST:
                self._held[one[1]] = one[2]
