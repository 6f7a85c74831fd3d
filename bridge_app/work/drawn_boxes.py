"""What people drew on pictures at Cloudinary, for renditions that are drawn here."""

import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.drawn_coordinates import drawn_coordinates
from bridge_app.domain.assets import Asset, CloudCopy
from bridge_app.domain.errors import BridgeError

if TYPE_CHECKING:
    from bridge_app.transform.record import Record

_ASKING = re.compile(r"\bg_(custom|face|adv_)")
_REMEMBERED = 1000


class DrawnBoxes:
    """Asks once for each version of a copy. Blocking; any thread.

    `is_online` tells whether asking makes sense.
    """

    def __init__(
        self, credentials: Callable[[str], Credentials], *, is_online: Callable[[], bool]
    ) -> None:
        self._credentials = credentials
        self._is_online = is_online
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str, int], Record] = {}

    def known(self, asset: Asset) -> "Record | None":
        """What has been asked already; asks nobody."""
        with self._lock:
            return None if asset.cloud is None else self._known.get(_key(asset.cloud))

    def wanted(self, asset: Asset, transformation: str) -> "Record | None":
        """What counts for this transformation, asked for if need be.

        None where there is no copy, nobody can be asked, or nothing would come of it: then
        gravities find what they can, and the rendition's reasons say so.
        """
        copy = asset.cloud
        if copy is None or not asks_for_boxes(transformation):
            return None
        if (known := self.known(asset)) is not None or not self._is_online():
            return known
        try:
            return self._ask(copy)
        except BridgeError:  # as when nobody can be asked
            return None

    def _ask(self, copy: CloudCopy) -> "Record":
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.transform.record import Record, drawn_boxes  # noqa: PLC0415

        told = drawn_coordinates(self._credentials(copy.environment), copy.asset_id)
        record = Record(
            drawn=drawn_boxes(custom=told.custom, faces=told.faces, regions={}),
            faces=len(told.faces) or None,
        )
        with self._lock:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[_key(copy)] = record
        return record


def asks_for_boxes(transformation: str) -> bool:
    """Does a gravity of it go by what may have been drawn?"""
    return _ASKING.search(transformation) is not None


def _key(copy: CloudCopy) -> tuple[str, str, int]:
    return copy.environment, copy.asset_id, copy.version
