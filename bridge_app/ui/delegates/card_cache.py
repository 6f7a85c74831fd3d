"""Cards drawn once and shown often: a repaint of the grid then costs one blit for each.

While files come in, the same cards move from place to place several times a second; drawing
them anew each time would hold up the window.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.rights import RightsState
from bridge_app.ui.theme import Tokens

KEPT_BYTES = 40 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Everything that decides how a card looks. `picture` is the thumbnail's cache key."""

    asset: Asset
    rights: RightsState
    picture: int
    tokens: Tokens
    size: tuple[int, int]
    dpr: float
    selected: bool
    hovered: bool
    focused: bool
    mirrored: bool


class CardCache:
    """The latest card of each asset, as many as fit; GUI thread only."""

    def __init__(self) -> None:
        self._kept: OrderedDict[AssetId, tuple[Look, QPixmap]] = OrderedDict()
        self._bytes = 0

    def find(self, look: Look) -> QPixmap | None:
        """The card that looks so, if it was drawn before."""
        kept = self._kept.get(look.asset.id)
        if kept is None or kept[0] != look:
            return None
        self._kept.move_to_end(look.asset.id)
        return kept[1]

    def outdated(self, look: Look) -> QPixmap | None:
        """How the card looked before, at the same size."""
        kept = self._kept.get(look.asset.id)
        same = kept is not None and (kept[0].size, kept[0].dpr) == (look.size, look.dpr)
        return kept[1] if kept is not None and same else None

    def card(self, look: Look, draw: Callable[[QPixmap], None]) -> QPixmap:
        """The card that looks so; `draw` paints it on a transparent ground if it is not there."""
        found = self.find(look)
        if found is not None:
            return found
        pixmap = QPixmap(QSize(*look.size) * look.dpr)
        pixmap.setDevicePixelRatio(look.dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        draw(pixmap)
        self._keep(look, pixmap)
        return pixmap

    def _keep(self, look: Look, pixmap: QPixmap) -> None:
        before = self._kept.pop(look.asset.id, None)
        self._kept[look.asset.id] = look, pixmap
        self._bytes += _bytes(pixmap) - (_bytes(before[1]) if before else 0)
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= _bytes(self._kept.popitem(last=False)[1][1])


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
