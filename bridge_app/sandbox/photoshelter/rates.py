"""How many calls a key may make in a while.

Source: reference/photoshelter.md 5, "Rate limits".
"""

from collections.abc import Callable
from math import ceil
from typing import Any

from bridge_app.sandbox.photoshelter.errors import too_many


class Rates:
    """Counts calls by key in windows of equal length. Used on the event loop.

    Args:
        limit: Calls in a window; None: any number.
        window_s: The length of a window.
        elapsed: Seconds since whenever; it never goes back.
    """

    def __init__(self, limit: int | None, *, window_s: float, elapsed: Callable[[], float]) -> None:
        self._limit = limit
        self._window_s = window_s
        self._elapsed = elapsed
        self._windows: dict[str, tuple[float, int]] = {}

    def count(self, key: str) -> None:
        """One more call.

        Raises:
            ShelterError: 429, there were too many.
        """
        if self._limit is None:
            return
        began, used = self._window(key)
        if used >= self._limit:
            raise too_many(max(ceil(began + self._window_s - self._elapsed()), 1))
        self._windows[key] = began, used + 1

    def said(self, key: str) -> dict[str, Any]:
        """What `meta` tells of it: nothing where there is no limit."""
        if self._limit is None:
            return {}
        began, used = self._window(key)
        left = max(ceil(began + self._window_s - self._elapsed()), 0)
        return {"rate_limit": {"limit": self._limit, "current": used, "expires": left}}

    def _window(self, key: str) -> tuple[float, int]:
        """When the window that runs began, and how many calls it saw."""
        now = self._elapsed()
        began, used = self._windows.get(key, (now, 0))
        return (began, used) if now < began + self._window_s else (now, 0)
