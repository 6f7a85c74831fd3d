"""Addresses that open one thing for a while, for whoever has them: pictures and downloads.

Source: reference/photoshelter.md 7.2; downloads by link are our contract.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

SIGNATURE_DIGITS = 16
LINK_LIFE = timedelta(minutes=15)
SIZE = re.compile(r"(\d{1,5})?x(\d{1,5})?|(\d{1,5})")
MODES = frozenset({"fit", "fill"})
DEFAULT_EDGE_PX = 600
MAX_EDGE_PX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSize:
    """What a picture is asked to be, in pixels; a side of 0 follows from the other one."""

    mode: str = "fit"
    width: int = DEFAULT_EDGE_PX
    height: int = DEFAULT_EDGE_PX

    def __str__(self) -> str:
        """As it stands in an address: `fill=600x400`."""
        return f"{self.mode}={self.width or ''}x{self.height or ''}"

    @classmethod
    def parse(cls, size: str, mode: str) -> "PictureSize | None":
        """From `600x400`, `x700`, `600x` or `600`, and a mode; None for what is none."""
        found = SIZE.fullmatch(size)
        if found is None or mode not in MODES:
            return None
        both = int(found[3] or 0)
        width, height = both or int(found[1] or 0), both or int(found[2] or 0)
        if not (width or height) or max(width, height) > MAX_EDGE_PX:
            return None
        return cls(mode=mode, width=width, height=height)


class Links:
    """Signs addresses and knows its own again.

    Args:
        key: What nobody else knows.
        life: How long an address holds.
    """

    def __init__(self, key: bytes, *, life: timedelta = LINK_LIFE) -> None:
        self._key = key
        self._life = life

    def signed(self, path: str, now: datetime) -> tuple[str, datetime]:
        """A path with its signature, and when it ends, in whole seconds."""
        ends = (now + self._life).replace(microsecond=0)
        expires = int(ends.timestamp())
        return f"{quote(path, safe='/=.')}?exp={expires}&sig={self._signature(path, expires)}", ends

    def holds(self, path: str, query: Mapping[str, str], now: datetime) -> bool:
        """Whether we signed this unescaped path, and its time has not come."""
        expires = query.get("exp", "")
        if not re.fullmatch(r"[0-9]{1,12}", expires):
            return False
        ours = self._signature(path, int(expires))
        given = query.get("sig", "").encode("utf-8", "replace")
        return hmac.compare_digest(ours.encode(), given) and now.timestamp() < int(expires)

    def _signature(self, path: str, expires: int) -> str:
        signed = hmac.new(self._key, f"{path}\0{expires}".encode(), hashlib.sha256)
        return signed.hexdigest()[:SIGNATURE_DIGITS]
