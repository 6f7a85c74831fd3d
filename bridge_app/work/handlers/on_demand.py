"""The handlers of all kinds of job; who is never needed is never made, nor loaded."""

import threading
from collections.abc import Callable, Iterator, Mapping

from bridge_app.work.dispatcher import Handler

Family = Callable[[], Mapping[str, Handler]]
"""Makes those who handle a few kinds that belong together."""


class HandlersOnDemand(Mapping[str, Handler]):
    """Handlers by the kind of job; any thread may ask.

    Args:
        families: By the kinds that each of them handles.
    """

    def __init__(self, families: Mapping[tuple[str, ...], Family]) -> None:
        self._families = {kind: family for kinds, family in families.items() for kind in kinds}
        self._made: dict[str, Handler] = {}
        self._lock = threading.RLock()

    def __getitem__(self, kind: str) -> Handler:
        if kind not in self._made:
            with self._lock:
                if kind not in self._made:
                    self._made.update(self._families[kind]())
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._families)

    def __len__(self) -> int:
        return len(self._families)
