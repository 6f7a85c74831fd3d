"""Looking at a master before it is drawn: where content lies, how many faces there are."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

import pyvips

from bridge_app.domain.errors import MediaError
from bridge_app.transform.content import count_faces, focus_of
from bridge_app.transform.encode import reason_of
from bridge_app.transform.faces import EDGE_PX
from bridge_app.transform.focus import Focus
from bridge_app.transform.geometry import Box, Size
from bridge_app.transform.pixels import Master

_NOTHING: Mapping[str, Box] = MappingProxyType({})


class Sight:
    """The master's first frame, decoded once, when something asks what it shows.

    Args:
        master: What is looked at.
        needed: The size it will be drawn from, which is looked at where that is large enough;
            None: a small copy is.
        drawn: Boxes that are known without looking, by gravity, in the master's pixels.
    """

    def __init__(
        self, master: Master, needed: Size | None = None, drawn: Mapping[str, Box] = _NOTHING
    ) -> None:
        self._master = master
        self._drawn = {
            name: kept for name, box in drawn.items() if (kept := _inside(box, master.size))
        }
        serves = needed is not None and _serves(needed, master.size)
        self._size = needed if needed and serves else _small(master.size)
        self._has_looked = False

    def focus(self, gravity: str) -> Box | None:
        """Where the content lies that a gravity names, in the master's pixels.

        Raises:
            MediaError: The master cannot be decoded.
        """
        return self._drawn.get(gravity) or self._focus(gravity)

    def faces(self) -> int:
        """How many there are. Raises MediaError."""
        return count_faces(self.picture)

    @cached_property
    def picture(self) -> pyvips.Image:
        """What is looked at, in memory."""
        self._has_looked = True
        try:
            return self._master.load(self._size, every_frame=False).copy_memory()
        except pyvips.Error as error:
            raise MediaError(detail=reason_of(error)) from error

    def seen(self, size: Size) -> pyvips.Image | None:
        """The picture if it has been looked at in that size, so that nobody decodes it again."""
        return self.picture if self._has_looked and size == self._size else None

    @cached_property
    def _focus(self) -> Focus:
        return focus_of(self.picture, self._master.size, named=self._drawn)


def _inside(box: Box, size: Size) -> Box | None:
    """The part of a box that is in the picture: who drew it may have meant another version."""
    left, top = max(0, box.left), max(0, box.top)
    width = min(size.width, box.left + box.width) - left
    height = min(size.height, box.top + box.height) - top
    return Box(left=left, top=top, width=width, height=height) if min(width, height) > 0 else None


def _serves(needed: Size, master: Size) -> bool:
    """Whether what will be drawn shows as much as there is to see, and costs no more."""
    large_enough = max(needed.width, needed.height) >= min(
        EDGE_PX, max(master.width, master.height)
    )
    return large_enough and needed.pixels <= master.pixels


def _small(size: Size) -> Size:
    factor = min(1.0, EDGE_PX / max(size.width, size.height))
    return Size(
        width=max(1, round(size.width * factor)), height=max(1, round(size.height * factor))
    )
