"""Makes the renditions of a contact sheet off the GUI thread: what is on the screen goes first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.ui.studio.previews import shown_image
from bridge_app.work.studio import OpenMaster, Sample
from bridge_app.work.worker import Worker

PICTURE_PX = QSize(208, 140)
AT_ONCE = 2
"""As many as there are decoders. What waits here, and not there, can still be given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWish:
    """A cell's rendition: where it goes, and what is made."""

    place: tuple[int, int]
    asset: Asset
    transformation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A rendition to be shown: a small picture of it, and what the real file is.

    `bytes` is 0 and `format` "" where no real file was made.
    """

    image: QImage
    size: tuple[int, int]
    fidelity: str
    reasons: tuple[str, ...]
    bytes: int = 0
    format: str = ""


class Sampling(QObject):
    """GUI thread only; what is not wanted any more is not made, or not told."""

    made = Signal(tuple, object)  # place, Made
    failed = Signal(tuple, object)  # place, BridgeError

    def __init__(self, worker: Worker, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._waiting: list[SampleWish] = []
        self._running: dict[tuple[int, int], SampleWish] = {}
        self._under_way = 0
        self._films: dict[AssetId, OpenMaster] = {}

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way and nothing waits."""
        return not self._under_way and not self._waiting

    def want(self, wishes: Sequence[SampleWish]) -> None:
        """These are on the screen now, the most urgent first; what waited before is given up."""
        self._waiting = [one for one in wishes if one.place not in self._running]
        self._go_on()

    def forget(self) -> None:
        """Nothing that was wanted is wanted any more, what is under way neither."""
        self._waiting = []
        self._running = {}
        self._close(list(self._films))

    def _go_on(self) -> None:
        while self._waiting and self._under_way < AT_ONCE:
            self._start(self._waiting.pop(0))

    def _start(self, wish: SampleWish) -> None:
        self._running[wish.place] = wish
        self._under_way += 1

        film = self._film(wish.asset)

        def work(_: None) -> Made:
            return _made(self._worker, wish, film)

        def done(found: Made) -> None:
            if self._ended(wish):
                self.made.emit(wish.place, found)

        def failed(error: BridgeError) -> None:
            if self._ended(wish):
                self.failed.emit(wish.place, error)

        self._asker.decode.put(work, done, failed)

    def _film(self, asset: Asset) -> OpenMaster | None:
        """A film that stays open for its other cells: its decoder starts and reads once."""
        if asset.kind is not Kind.VIDEO:
            return None
        if asset.id not in self._films:
            busy = {wish.asset.id for wish in self._running.values()}
            self._close([one for one in self._films if one not in busy])
            self._films[asset.id] = self._worker.studio.open(asset)
        return self._films[asset.id]

    def _close(self, films: Sequence[AssetId]) -> None:
        for one in films:
            master = self._films.pop(one)
            self._asker.ask(master.close, _over, _over)

    def _ended(self, wish: SampleWish) -> bool:
        """Go on with the next; whether somebody still wants this one."""
        if not isValid(self):
            return False
        self._under_way -= 1
        is_wanted = self._running.get(wish.place) is wish
        if is_wanted:
            del self._running[wish.place]
        self._go_on()
        return is_wanted


def _over(_: object) -> None:
    """The decoder is gone, or was gone before."""


def _made(worker: Worker, wish: SampleWish, film: OpenMaster | None) -> Made:
    """In a thread: the rendition, made as small as its cell for showing."""
    edge_px = 2 * max(PICTURE_PX.width(), PICTURE_PX.height())
    found = (
        film.frame(wish.transformation, edge_px=edge_px)
        if film is not None
        else worker.studio.sample(wish.asset, wish.transformation, edge_px=edge_px)
    )
    if isinstance(found, Sample):
        return Made(
            image=small(decoded(found.picture)),
            size=(found.file.width, found.file.height),
            fidelity=found.file.fidelity.value,
            reasons=found.file.reasons,
            bytes=len(found.file.data),
            format=found.file.format,
        )
    return Made(
        image=small(shown_image(found)),
        size=(found.full_width, found.full_height),
        fidelity=found.fidelity,
        reasons=found.reasons,
    )


def small(image: QImage) -> QImage:
    """At most twice a cell's picture, for dense screens."""
    most = PICTURE_PX * 2
    if image.width() <= most.width() and image.height() <= most.height():
        return image
    return image.scaled(
        most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
