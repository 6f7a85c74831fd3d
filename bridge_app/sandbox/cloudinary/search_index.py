"""What searches see of a product environment: all of it, or as it was a while ago.

The service's index follows writes by seconds (reference/cloudinary.md 5.2); a lag makes the
sandbox do the same.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bridge_app.sandbox.records import StoredAsset
from bridge_app.sandbox.state import Environment

REMEMBERED = 8
"""So many results are kept for the pages that follow."""

Find = Callable[[Sequence[StoredAsset]], Sequence[StoredAsset]]


class SearchIndex:
    """The assets as searches see them, `lag` ago. Used by the server's event loop alone.

    It is made when the environment has been read, and told of every change from then on.
    """

    def __init__(
        self, environment: Environment, *, now: Callable[[], datetime], lag: timedelta
    ) -> None:
        self._environment = environment
        self._now = now
        self._lag = lag
        self._seen = {asset.asset_id: asset for asset in environment.assets()} if lag else {}
        self._waiting: deque[tuple[datetime, str, StoredAsset | None]] = deque()
        self.analyses: dict[str, dict[str, Any]] = {}
        """What was measured of pictures, by the ID of the version."""
        self.insides: dict[str, Any] = {}
        """What files say of when and where they were taken, by the ID of the version."""
        self._results: OrderedDict[str, tuple[int, Sequence[StoredAsset]]] = OrderedDict()

    def changed(self, before: StoredAsset | None, after: StoredAsset | None) -> None:
        """To be told of every asset that is stored, changed or deleted: before, after."""
        asset = after or before
        if self._lag and asset is not None:
            self._waiting.append((self._now(), asset.asset_id, after))

    def assets(self) -> Sequence[StoredAsset]:
        """The assets in the index, in order of creation."""
        if not self._lag:
            return self._environment.assets()
        self._catch_up()
        return sorted(self._seen.values(), key=lambda asset: asset.serial)

    def _catch_up(self) -> None:
        """Take in what was written at least a lag ago."""
        until = self._now() - self._lag
        while self._waiting and self._waiting[0][0] <= until:
            _, asset_id, asset = self._waiting.popleft()
            if asset is None:
                self._seen.pop(asset_id, None)
            else:
                self._seen[asset_id] = asset

    def results(self, query: str, find: Find) -> Sequence[StoredAsset]:
        """What `find` finds for a query; found again only after something has changed.

        A search of many pages would else read the whole environment for each of them.
        """
        if self._lag:
            return find(self.assets())
        revision = self._environment.revision
        known = self._results.get(query)
        if known is not None and known[0] == revision:
            return known[1]
        found = find(self.assets())
        self._results[query] = (revision, found)
        self._results.move_to_end(query)
        while len(self._results) > REMEMBERED:
            self._results.popitem(last=False)
        return found
