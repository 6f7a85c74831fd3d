"""Thumbnails and previews as pixmaps: kept while they are looked at, asked for when missing.

A picture that is on the screen is never dropped for a sharper one that is still to come.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.thumbs import THUMB_EDGE, ThumbsReader
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded

KEPT_BYTES = 40 << 20
"""Of cards that stay as they are the cards themselves are kept as well."""
KEPT_PREVIEWS = 8
WANTED_THUMBS = 256
"""More than any screen shows; what was wanted before these has scrolled away."""
WANTED_PREVIEWS = 3
KNOWN_FAILURES = 2_000
"""Pictures that are known not to be had; of more, the oldest are tried again."""
STEP_PX = 32
ARRIVAL_MS = 16
PICTURED = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class _Kept:
    pixmap: QPixmap
    box: QSize  # device pixels it was made to fit
    is_whole: bool  # there is nothing sharper

    @property
    def bytes(self) -> int:
        return self.pixmap.width() * self.pixmap.height() * 4


class Pixels(QObject):
    """The pixmaps of the window, by what assets call their `picture_key`; GUI thread only.

    Args:
        asker: Fetches what is missing, in its own threads.
        make_thumb: Blocking; the encoded thumbnail of an asset, made now (`Worker.thumbnail`).
        make_preview: The same for its large picture (`Worker.preview`).
    """

    arrived = Signal(object)  # frozenset[str]: contents whose thumbnail is there now
    preview_arrived = Signal(str)  # the content whose preview is there now
    preview_failed = Signal(str, object)  # the content, BridgeError

    def __init__(
        self,
        asker: Asker,
        *,
        make_thumb: Callable[[AssetId], bytes],
        make_preview: Callable[[AssetId], bytes],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._make_thumb = make_thumb
        self._make_preview = make_preview
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._kept_bytes = 0
        self._previews: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, QSize] = OrderedDict()
        self._wanted_previews: OrderedDict[str, None] = OrderedDict()
        self._without: dict[str, BridgeError] = {}
        self._fresh: set[str] = set()
        self._timer = QTimer(self, interval=ARRIVAL_MS, singleShot=True)
        self._timer.timeout.connect(self._announce)

    def thumb(self, asset: Asset, box: QSize) -> QPixmap | None:
        """The thumbnail to be shown in `box` (device pixels); None while or because there is none.

        What is missing or too small is asked for; `arrived` tells when it is there.
        """
        if not asset.picture_key or asset.kind not in PICTURED:
            return None
        box = _stepped(box)
        kept = self._kept.get(asset.picture_key)
        if kept is None or not (kept.is_whole or _covers(kept.box, box)):
            self._want(asset, box)
        if kept is None:
            return None
        self._kept.move_to_end(asset.picture_key)
        return kept.pixmap

    def preview(self, asset: Asset) -> QPixmap | None:
        """The large picture; None while or because there is none, and then it is asked for."""
        key = asset.picture_key
        if not key or asset.kind not in PICTURED:
            return None
        if key in self._previews:
            self._previews.move_to_end(key)
            return self._previews[key]
        if key not in self._wanted_previews and key not in self._without:
            self._wanted_previews[key] = None
            if len(self._wanted_previews) > WANTED_PREVIEWS:
                self._wanted_previews.popitem(last=False)
            self._decode(asset, key)
        return None

    def failure(self, asset: Asset) -> BridgeError | None:
        """Why there is no preview of it; None if there may be one."""
        return self._without.get(asset.picture_key)

    def retry(self) -> None:
        """Try again what could not be pictured: a disk may be back."""
        self._without.clear()

    def _want(self, asset: Asset, box: QSize) -> None:
        key = asset.picture_key
        wanted = self._wanted.get(key)
        if key in self._without or (wanted is not None and _covers(wanted, box)):
            return
        self._wanted[key] = box
        if len(self._wanted) > WANTED_THUMBS:
            self._wanted.popitem(last=False)

        def fetch(reader: ThumbsReader) -> tuple[QImage, bool] | None:
            if key not in self._wanted:
                return None
            stored = reader.get(key, THUMB_EDGE)
            return _fitted(stored, box) if stored else (QImage(), False)

        def done(found: tuple[QImage, bool] | None) -> None:
            if found is None:
                return
            if found[0].isNull():
                self._have_made(asset, key, box)
            else:
                self._keep(key, box, found)

        self._asker.pixels.put(fetch, done, lambda error: self._give_up(key, error))

    def _have_made(self, asset: Asset, key: str, box: QSize) -> None:
        """Nothing is stored (the cache is bounded): have it made again."""

        def make(_: None) -> tuple[QImage, bool] | None:
            if key not in self._wanted:
                return None
            return _fitted(self._make_thumb(asset.id), box)

        def done(found: tuple[QImage, bool] | None) -> None:
            if found is not None:
                self._keep(key, box, found)

        self._asker.decode.put(make, done, lambda error: self._give_up(key, error))

    def _decode(self, asset: Asset, key: str) -> None:
        def make(_: None) -> QImage | None:
            if key not in self._wanted_previews:
                return None
            return decoded(self._make_preview(asset.id))

        def done(image: QImage | None) -> None:
            self._wanted_previews.pop(key, None)
            if image is None or image.isNull():
                return
            self._previews[key] = QPixmap.fromImage(image)
            if len(self._previews) > KEPT_PREVIEWS:
                self._previews.popitem(last=False)
            self.preview_arrived.emit(key)

        self._asker.decode.put(make, done, lambda error: self._give_up(key, error), urgent=True)

    def _keep(self, key: str, box: QSize, found: tuple[QImage, bool]) -> None:
        if _covers(box, self._wanted.get(key, box)):
            self._wanted.pop(key, None)
        before = self._kept.pop(key, None)
        kept = _Kept(QPixmap.fromImage(found[0]), box, found[1])
        self._kept[key] = kept
        self._kept_bytes += kept.bytes - (before.bytes if before else 0)
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > WANTED_THUMBS:
            self._kept_bytes -= self._kept.popitem(last=False)[1].bytes
        self._fresh.add(key)
        if not self._timer.isActive():
            self._timer.start()

    def _give_up(self, key: str, error: BridgeError) -> None:
        self._wanted.pop(key, None)
        self._wanted_previews.pop(key, None)
        # Where it was raised is of no use here, and would keep all that was there.
        self._without[key] = error.with_traceback(None)
        if len(self._without) > KNOWN_FAILURES:
            self._without.pop(next(iter(self._without)))
        self.preview_failed.emit(key, error)

    def _announce(self) -> None:
        fresh, self._fresh = frozenset(self._fresh), set()
        self.arrived.emit(fresh)


def _fitted(encoded: bytes, box: QSize) -> tuple[QImage, bool]:
    """The picture scaled down to fit `box`, ready to paint; and whether it is all there is."""
    image = decoded(encoded)
    is_whole = image.width() <= box.width() and image.height() <= box.height()
    if not is_whole:
        image = image.scaled(
            box,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    alpha = image.hasAlphaChannel()
    wanted = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
    return image.convertToFormat(wanted), is_whole


def _stepped(box: QSize) -> QSize:
    """The box in coarse steps, so that a moving slider does not ask for each pixel."""
    return QSize(-(-box.width() // STEP_PX) * STEP_PX, -(-box.height() // STEP_PX) * STEP_PX)


def _covers(box: QSize, other: QSize) -> bool:
    return box.width() >= other.width() and box.height() >= other.height()
