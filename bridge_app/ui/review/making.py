"""Pictures of masters and renditions for review, made in the asker's threads."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.decoded import decoded
from bridge_app.ui.review.subjects import Subject
from bridge_app.ui.studio.previews import Shown, shown_image
from bridge_app.work.studio import OpenMaster, Sample
from bridge_app.work.worker import Worker

EDGE_PX = 1200
"""What a window shows at once; the real file comes when a picture is looked at longer."""
SMALL_PX = QSize(288, 216)
Pictured = tuple[str, str]
"""An asset and its content."""
NOTHING: Pictured = ("", "")
MOST_PIXELS = 32_000_000
"""Of a real file that is shown whole, 128 MB; a larger one is shown as its preview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A picture to look at, and the small one of it for the filmstrip."""

    shown: Shown
    small: QImage

    @property
    def bytes(self) -> int:
        """What the large picture takes in memory."""
        return self.shown.image.sizeInBytes()


class OpenMasters:
    """Decoders whose masters are changed instead of being opened anew; any thread."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._lock = threading.Lock()
        self._idle: OrderedDict[OpenMaster, Pictured] = OrderedDict()
        self._lent: set[OpenMaster] = set()
        self._closed = False

    @contextmanager
    def lent(self, asset: Asset) -> Iterator[OpenMaster]:
        """The master for one caller alone. Blocking; raises BridgeError."""
        wanted: Pictured = (asset.id, asset.picture_key)
        master, shows = self._taken(wanted, asset)
        try:
            if shows != wanted:
                master.turn_to(asset)
            yield master
        except BridgeError:
            wanted = NOTHING  # it is not known what it shows now
            raise
        finally:
            self._give_back(master, wanted)

    def close(self) -> None:
        """End all decoders; whoever waits for one gets MediaError. Blocking."""
        with self._lock:
            self._closed = True
            gone = (*self._idle, *self._lent)
            self._idle.clear()
        for master in gone:
            master.close()

    def _taken(self, wanted: Pictured, asset: Asset) -> tuple[OpenMaster, Pictured]:
        """The one that shows it already, else the one that was used longest ago, or a new one."""
        with self._lock:
            same = [one for one, shows in self._idle.items() if shows == wanted]
            found = next(iter(same or self._idle), None)
            shows = self._idle.pop(found) if found is not None else wanted
            master = found or self._worker.studio.open(asset)
            self._lent.add(master)
            return master, shows

    def _give_back(self, master: OpenMaster, shows: Pictured) -> None:
        with self._lock:
            self._lent.discard(master)
            if not self._closed:
                self._idle[master] = shows
                return
        master.close()


def draft(worker: Worker, masters: OpenMasters, subject: Subject) -> Made:
    """The picture as fast as it can be had. Blocking; raises BridgeError."""
    if subject.is_master:
        return _made(master_shown(worker, subject.asset))
    text = subject.transformation
    with masters.lent(subject.asset) as master:
        frame = master.frame(text, edge_px=EDGE_PX)
    return _made(
        Shown(
            text=text,
            image=shown_image(frame),
            size=(frame.full_width, frame.full_height),
            fidelity=frame.fidelity,
            reasons=frame.reasons,
            sharp=max(frame.width, frame.height) >= max(frame.full_width, frame.full_height),
        )
    )


def real(worker: Worker, subject: Subject) -> Made | None:
    """The real file, pixel for pixel; None where there is none here, or it is too large.

    Blocking; raises BridgeError.
    """
    size = subject.asset.display_size or (0, 0)
    if subject.is_master and size[0] * size[1] > MOST_PIXELS:
        return None
    found = worker.studio.sample(subject.asset, subject.transformation, edge_px=EDGE_PX)
    if not isinstance(found, Sample) or found.file.width * found.file.height > MOST_PIXELS:
        return None
    image = painted_fast(decoded(found.picture))
    return _made(
        Shown(
            text=subject.transformation,
            image=image,
            size=(found.file.width, found.file.height),
            fidelity=found.file.fidelity.value,
            reasons=found.file.reasons,
            sharp=True,
        )
    )


def master_shown(worker: Worker, asset: Asset) -> Shown:
    """The master's kept preview, which stands for all of its pixels. Blocking."""
    image = painted_fast(decoded(worker.preview(asset.id)))
    size = asset.display_size or (image.width(), image.height())
    whole = image.width() >= size[0]
    return Shown(text="", image=image, size=size, fidelity="exact", reasons=(), sharp=whole)


def painted_fast(image: QImage) -> QImage:
    """In the format that Qt paints without converting it each time; not in the GUI thread."""
    alpha = image.hasAlphaChannel()
    wanted = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
    return image.convertToFormat(wanted)


def _made(shown: Shown) -> Made:
    small = shown.image.scaled(
        SMALL_PX.boundedTo(shown.image.size()),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return Made(shown=shown, small=small)
