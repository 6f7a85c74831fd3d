"""Brings the frames of the film under review: the newest moment wins, one is made at a time."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from bridge_app.domain.assets import Kind
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.shelter import shelter_of
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.ui.review.film_bar import FilmBar
from bridge_app.ui.review.making import painted_fast
from bridge_app.ui.review.subjects import Key, Subject
from bridge_app.ui.studio.previews import Shown
from bridge_app.work.worker import Worker


class Filming(QObject):
    """GUI thread only. Between the bar, which says which moment, and the stage."""

    arrived = Signal(object)  # Key: another frame of it is there
    failed = Signal(object)  # BridgeError

    def __init__(self, worker: Worker, asker: Asker, bar: FilmBar, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._bar = bar
        self._subject: Subject | None = None
        self._frame: Shown | None = None
        self._wanted: float | None = None
        self._is_running = False
        self._is_on_stage = True
        bar.moved.connect(self._want)
        bar.setVisible(False)

    def show_subject(self, subject: Subject | None) -> None:
        """Another picture is looked at; of a film that plays, the master."""
        if subject is not None and self._subject is not None and subject.key == self._subject.key:
            return
        duration_s = subject.asset.duration_s if subject is not None and _plays(subject) else None
        self._subject = subject if duration_s else None
        self._frame, self._wanted = None, None
        self._bar.show_film(duration_s or 0)
        self._show_bar()

    def show_on_stage(self, *, on: bool) -> None:
        """Is one picture looked at, or many?"""
        self._is_on_stage = on
        self._bar.pause()
        self._show_bar()

    def shown(self, key: Key) -> Shown | None:
        """The frame that was come to; None for what is no film, or stands at its poster."""
        is_here = self._subject is not None and self._subject.key == key
        return self._frame if is_here else None

    def _show_bar(self) -> None:
        self._bar.setVisible(self._subject is not None and self._is_on_stage)

    def _want(self, seconds: float) -> None:
        self._wanted = seconds
        self._go_on()

    def _go_on(self) -> None:
        subject, seconds = self._subject, self._wanted
        if subject is None or seconds is None or self._is_running:
            return
        self._wanted, self._is_running = None, True

        def work(_: object) -> Shown:
            image = painted_fast(decoded(self._worker.film_frame(subject.asset.id, seconds)))
            return _shown(subject, image)

        def done(frame: Shown) -> None:
            if isValid(self):
                self._take(subject, frame)

        def failed(error: BridgeError) -> None:
            if isValid(self):
                self._refuse(error)

        self._asker.decode.put(work, done, failed, urgent=True)

    def _take(self, subject: Subject, frame: Shown) -> None:
        self._is_running = False
        if self._subject is not None and self._subject.key == subject.key:
            self._frame = frame
            self.arrived.emit(subject.key)
        self._go_on()

    def _refuse(self, error: BridgeError) -> None:
        self._is_running = False
        self._wanted = None
        self._bar.pause()
        self.failed.emit(error)


def _plays(subject: Subject) -> bool:
    """Only what is on this machine: nothing is fetched to be looked at."""
    asset = subject.asset
    is_away = environment_of(asset.library) is not None or shelter_of(asset.library) is not None
    is_film = asset.kind is Kind.VIDEO and not asset.error
    return subject.is_master and is_film and not is_away


def _shown(subject: Subject, image: QImage) -> Shown:
    size = subject.asset.display_size or (image.width(), image.height())
    whole = image.width() >= size[0]
    return Shown(text="", image=image, size=size, fidelity="exact", reasons=(), sharp=whole)
