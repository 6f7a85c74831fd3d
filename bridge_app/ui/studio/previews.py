"""Asks for previews while something is dragged: the newest wins, and no frame takes too long.

One question is under way at a time. While a control is held, frames are as large as the machine
draws in time; when it rests, the sharp frame comes, and then the real file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.media.preview import Frame
from bridge_app.transform import Rendered
from bridge_app.transform.steps import Cut
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.work.drawn_boxes import asks_for_boxes

T = TypeVar("T")

EDGE_PX = 1200
LEAST_EDGE_PX = 320
EDGES_PX = (LEAST_EDGE_PX, 400, 500, 640, 800, 1000, EDGE_PX)
"""What drafts may measure: from one to the next of the same size, the child keeps its copy and
what it has drawn of the steps before the one that is dragged."""
TARGET_MS = 20.0
"""Leaves a third of a frame's time for painting it."""
REST_MS = 160
PROOF_MS = 500
Asked = tuple[str, int, float | None]
"""A transformation, how large, and at which moment of a film."""


class StudioMaster(Protocol):
    """The master as the studio asks for it; blocking, any thread, raises BridgeError."""

    def master(self) -> Frame:
        """As it is."""

    def frame(self, transformation: str, *, edge_px: int, at_s: float | None = None) -> Frame:
        """Through a transformation; of a film at a moment, None: where its part begins."""

    def still(self, at_s: float, *, edge_px: int) -> bytes:
        """What is seen of a film at a moment, as a JPEG or PNG."""

    def last_cut(self, transformation: str) -> Cut | None:
        """What the last step keeps, and where its gravity found its content."""

    def proof(self, transformation: str, *, with_films: bool = False) -> Rendered | None:
        """The real file; None where the master itself is not here, or for a film that waits."""

    def give_up(self) -> None:
        """Stop making the file that is being made, if any."""

    def learn(self, transformation: str) -> bool:
        """Ask what else counts for it; whether frames may look another way now."""

    def close(self) -> None:
        """No more questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A frame ready to paint: what it shows, its true size in pixels, and how true it is."""

    text: str
    image: QImage
    size: tuple[int, int]
    fidelity: str
    reasons: tuple[str, ...]
    sharp: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the real file is: its bytes counted, its format, and its picture."""

    text: str
    bytes: int
    format: str
    image: QImage
    size: tuple[int, int]
    fidelity: str
    reasons: tuple[str, ...]

    @property
    def shown(self) -> Shown | None:
        """Its picture, as sharp as it gets; None where none of it can be shown."""
        if self.image.isNull():
            return None
        return Shown(
            text=self.text,
            image=self.image,
            size=self.size,
            fidelity=self.fidelity,
            reasons=self.reasons,
            sharp=True,
        )


class Previews(QObject):
    """GUI thread only; answers come as signals, those that are out of date do not come."""

    opened = Signal(object)  # Shown: the master as it is
    drawn = Signal(object)  # Shown
    glanced = Signal(object)  # Shown: what was asked for with `glance`
    cutFound = Signal(str, object)  # what was asked for with `find_cut`, and Cut or None
    proved = Signal(object)  # Proof, or None where there is no file to prove
    filming = Signal()  # `is_filming` is another now
    refused = Signal(str, object)  # the text, BridgeError

    def __init__(
        self,
        asker: Asker,
        master: StudioMaster,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._master = master
        self._clock = clock
        self._text = ""
        self._at_s: float | None = None
        self._asked: Asked | None = None
        self._last: Asked | None = None
        self._proving = 0
        self._is_open = False
        self._has_asked_boxes = False
        self._filmed: tuple[int, str] | None = None
        self._films = 0
        self._edge_px = float(EDGE_PX)
        self._sharp = True
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._sharpen)
        self._settle = QTimer(self, interval=PROOF_MS, singleShot=True)
        self._settle.timeout.connect(self._prove)

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way and nothing waits."""
        waits = self._rest.isActive() or self._settle.isActive()
        return self._asked is None and not self._proving and not waits

    @property
    def is_filming(self) -> bool:
        """A film's file is being made."""
        return self._filmed is not None

    def open(self) -> None:
        """Have the master decoded and shown."""
        self._put(lambda: _image(self._master.master()), self._opened)

    def show(self, text: str, *, held: bool = False, at_s: float | None = None) -> None:
        """Draw this transformation; `held` while a control is being dragged.

        Of a film it is drawn at a moment; None: where its part begins.
        """
        self._text, self._at_s = text, at_s
        self._sharp = not held
        self._settle.stop()
        if self._filmed is not None and self._filmed[1] != text:
            self.stop_film()
        self._go()

    def glance(self, text: str) -> None:
        """Have another transformation drawn once, beside the one that is shown."""

        def done(found: tuple[Frame, QImage]) -> None:
            self.glanced.emit(_shown(text, found))

        self._put(lambda: _image(self._master.frame(text, edge_px=EDGE_PX)), done)

    def find_cut(self, text: str) -> None:
        """Have it told what the last step of a transformation cuts out; None where it cannot."""

        def done(cut: Cut | None) -> None:
            self.cutFound.emit(text, cut)

        self._put(lambda: self._master.last_cut(text), done, lambda _: done(None))

    def prove_film(self) -> None:
        """Make the file of the film that is shown, which takes its time."""
        text = self._text
        if self._filmed is not None or not self._is_open:
            return
        self._films += 1
        film = self._filmed = self._films, text
        self.filming.emit()

        def done(found: Proof | None) -> None:
            if self._film_ended(film):
                self.proved.emit(found)

        def failed(error: BridgeError) -> None:
            if self._film_ended(film):
                self.refused.emit(text, error)

        self._put(lambda: _proof(text, self._master.proof(text, with_films=True)), done, failed)

    def stop_film(self) -> None:
        """It is not wanted any more."""
        if self._filmed is not None:
            self._filmed = None
            self.filming.emit()
            self._asker.ask(self._master.give_up, _ended, _ended)

    def _film_ended(self, film: tuple[int, str]) -> bool:
        """Whether somebody still waits for this one."""
        is_wanted = self._filmed == film
        if is_wanted:
            self._filmed = None
            self.filming.emit()
        return is_wanted

    def close(self) -> None:
        """End the decoder; nothing is answered any more."""
        self._rest.stop()
        self._settle.stop()
        self._asked = self._filmed = None
        self._asker.ask(self._master.close, _ended, _ended)

    def _go(self) -> None:
        """Draw it now, and sharply in a moment; nothing is drawn before the master is here."""
        if self._is_open:
            self._rest.start()
            self._ask()
            self._ask_boxes()

    def _ask_boxes(self) -> None:
        """What people drew on the picture counts as soon as it is known here."""
        text = self._text
        if self._has_asked_boxes or not asks_for_boxes(text):
            return
        self._has_asked_boxes = True

        def done(more: bool) -> None:  # noqa: FBT001 - the shape of an answer
            if more:
                self._last = None
                self._ask()

        self._put(lambda: self._master.learn(text), done)

    def _sharpen(self) -> None:
        self._sharp = True
        self._ask()
        self._settle.start()

    def _ask(self) -> None:
        if self._asked is not None:
            return  # the answer to what is under way asks for the newest
        edge_px = EDGE_PX if self._sharp else self._draft_px
        asked = text, _, at_s = self._text, edge_px, self._at_s
        if self._last == asked:
            return
        self._asked = asked
        begun = self._clock()

        def work() -> tuple[Frame, QImage]:
            return _image(self._master.frame(text, edge_px=edge_px, at_s=at_s))

        def done(found: tuple[Frame, QImage]) -> None:
            self._learn(found[0], (self._clock() - begun) * 1000)
            self._answered(asked, found)

        self._put(work, done, lambda error: self._failed(asked, error))

    @property
    def _draft_px(self) -> int:
        return max(edge for edge in EDGES_PX if edge <= self._edge_px)

    def _learn(self, frame: Frame, took_ms: float) -> None:
        """How large a frame can be and still come in time."""
        longest = max(frame.width, frame.height)
        fits = longest * (TARGET_MS / max(took_ms, 1.0)) ** 0.5
        self._edge_px = min(EDGE_PX, max(LEAST_EDGE_PX, (self._edge_px + fits) / 2))

    def _answered(self, asked: Asked, found: tuple[Frame, QImage]) -> None:
        self._asked, self._last = None, asked
        self.drawn.emit(_shown(asked[0], found, sharp=asked[1] == EDGE_PX))
        self._go_on(asked)

    def _failed(self, asked: Asked, error: BridgeError) -> None:
        self._asked, self._last = None, asked
        if asked[0] == self._text:
            self.refused.emit(asked[0], error)
        self._go_on(asked)

    def _go_on(self, asked: Asked) -> None:
        """Another text was wanted meanwhile, another moment, or the same sharper."""
        text, edge_px, at_s = asked
        is_sharper = self._sharp and edge_px != EDGE_PX
        if (text, at_s) != (self._text, self._at_s) or is_sharper:
            self._ask()

    def _opened(self, found: tuple[Frame, QImage]) -> None:
        self._is_open = True
        self.opened.emit(_shown("", found))
        self._go()

    def _prove(self) -> None:
        text = self._text
        self._proving += 1

        def done(found: Proof | None) -> None:
            self._proving -= 1
            if text == self._text:
                self.proved.emit(found)

        def failed(error: BridgeError) -> None:
            self._proving -= 1
            if text == self._text:
                self.refused.emit(text, error)

        self._put(lambda: _proof(text, self._master.proof(text)), done, failed)

    def _put(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BridgeError], None] | None = None,
    ) -> None:
        """Ask, unless this object is gone when the answer comes."""

        def living(answer: T) -> None:
            if isValid(self):
                done(answer)

        def refused(error: BridgeError) -> None:
            if isValid(self):
                (failed or self._not_opened)(error)

        self._asker.ask(work, living, refused)

    def _not_opened(self, error: BridgeError) -> None:
        self.refused.emit("", error)


def _image(frame: Frame) -> tuple[Frame, QImage]:
    return frame, shown_image(frame)


def shown_image(frame: Frame) -> QImage:
    """The frame as an image that is painted fast; not in the GUI thread."""
    raw, fast = (
        (QImage.Format.Format_RGBA8888, QImage.Format.Format_ARGB32_Premultiplied)
        if frame.bands == 4
        else (QImage.Format.Format_RGB888, QImage.Format.Format_RGB32)
    )
    image = QImage(frame.data, frame.width, frame.height, frame.width * frame.bands, raw)
    return image.convertToFormat(fast)


def _shown(text: str, found: tuple[Frame, QImage], *, sharp: bool = True) -> Shown:
    frame, image = found
    return Shown(
        text=text,
        image=image,
        size=(frame.full_width, frame.full_height),
        fidelity=frame.fidelity,
        reasons=frame.reasons,
        sharp=sharp,
    )


def _proof(text: str, made: Rendered | None) -> Proof | None:
    if made is None:
        return None
    return Proof(
        text=text,
        bytes=len(made.data),
        format=made.format,
        image=decoded(made.data),
        size=(made.width, made.height),
        fidelity=made.fidelity.value,
        reasons=made.reasons,
    )


def _ended(_: object) -> None:
    """The child is gone, or was gone before."""
