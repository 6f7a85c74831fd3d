"""How often an organization may call: a bucket for reads, one for writes, one for bulk calls."""

from collections.abc import Callable

BULK_PER_S = 1.0


class Rates:
    """Not thread-safe: the server's thread asks. `per_s` None: there is no limit."""

    def __init__(self, per_s: float | None, *, elapsed: Callable[[], float]) -> None:
        self._per_s = per_s
        self._elapsed = elapsed
        self._level = {"read": per_s or 0.0, "write": per_s or 0.0, "bulk": BULK_PER_S}
        self._at = elapsed()

    def take(self, method: str, *, is_bulk: bool) -> bool:
        """May this call be made now?"""
        if self._per_s is None:
            return True
        now = self._elapsed()
        passed, self._at = now - self._at, now
        for name, level in self._level.items():
            most = BULK_PER_S if name == "bulk" else self._per_s
            self._level[name] = min(most, level + passed * most)
        bucket = "bulk" if is_bulk else _bucket(method)
        if self._level[bucket] < 1.0:
            return False
        self._level[bucket] -= 1.0
        return True

    def headers(self, method: str) -> dict[str, str]:
        """What every answer says of it; there is no Retry-After."""
        if self._per_s is None:
            return {}
        left = int(self._level[_bucket(method)])
        limit = str(int(self._per_s))
        return {"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": str(left)}


def _bucket(method: str) -> str:
    return "read" if method == "GET" else "write"
