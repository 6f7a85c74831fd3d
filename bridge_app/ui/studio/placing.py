"""Lets the crop's frame and a layer's frame be dragged on the canvas, and the chain follow."""

from PySide6.QtCore import QObject, QSizeF, Signal
from PySide6.QtGui import QFont, QFontMetricsF

from bridge_app.domain.errors import BridgeError
from bridge_app.transform.geometry import Box, Size
from bridge_app.transform.steps import Cut
from bridge_app.ui.studio.canvas import Canvas
from bridge_app.ui.studio.canvas_places import Look
from bridge_app.ui.studio.chain import Chain, Step, StepKind
from bridge_app.ui.studio.crop_frame import CropFrame
from bridge_app.ui.studio.crop_page import RATIOS, SIGHTS, CropPage
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.edits import (
    crop_before,
    crop_text,
    moved_to,
    size_before,
    value_of,
    with_crop,
    with_sight,
)
from bridge_app.ui.studio.layer_frame import LayerFrame
from bridge_app.ui.studio.previews import Previews, Shown
from bridge_app.ui.studio.text_overlay import TextOverlay

LAYERS = (StepKind.TEXT, StepKind.LAYER)
PICTURE_SHARE = 0.25
RATIO_SLACK = 0.01


class CropPlacing(QObject):
    """While `active`, the master side shows what the crop is cut out of, with its frame."""

    lookWanted = Signal(object)  # Look

    def __init__(
        self, document: Document, canvas: Canvas, previews: Previews, page: CropPage
    ) -> None:
        super().__init__(canvas)
        self._document = document
        self._canvas = canvas
        self._previews = previews
        self._page = page
        self._master: Shown | None = None
        self._below: Shown | None = None
        self._active = False
        self._ratio: float | None = None
        self._look = Look.SPLIT
        self._asked = ""
        self._cut: tuple[str, Cut | None] = "", None
        canvas.cropChanged.connect(self._drag)
        page.ratioChosen.connect(self.choose_ratio)
        page.sightChosen.connect(self.choose_sight)
        page.cropDropped.connect(self.drop)
        previews.glanced.connect(self._show_below)
        previews.cutFound.connect(self._take_cut)
        document.changed.connect(self.show)

    def set_master(self, shown: Shown) -> None:
        """The master is here."""
        self._master = shown
        self._canvas.show_master(shown)
        self.show()

    def set_active(self, *, on: bool) -> None:
        """The crop is worked on, or not any more."""
        if on == self._active:
            return
        self._active = on
        if on:
            self._look = self._canvas.look
            self.lookWanted.emit(Look.BESIDE)
        else:
            self._canvas.set_crop(None)
            if self._master is not None:
                self._canvas.show_master(self._master)
            self.lookWanted.emit(self._look)
        self._below = None
        self.show()

    def choose_ratio(self, name: str) -> None:
        """Give the frame a shape; where there is none yet, make the largest one."""
        ratio, size = RATIOS[name], self._size()
        if size is None:
            return
        self._ratio = ratio
        chain = self._document.chain
        box, cut, sight = _box(chain), _cut(chain), value_of(chain, StepKind.CROP, "g")
        if box is None and cut is not None and sight:
            frame = CropFrame.whole(size, ratio) if ratio else CropFrame.sized(size, cut)
            self._find(frame, sight)
        elif box is None:
            self._take(CropFrame.whole(size, ratio), hold="")
        else:
            self._take(CropFrame(size=size, box=box).with_ratio(ratio), hold="")

    def choose_sight(self, sight: str) -> None:
        """Have the frame placed by what is in the picture; a second time, by hand again."""
        chain, size = self._document.chain, self._size()
        if size is None:
            return
        cut = _cut(chain)
        if cut is None:
            frame = CropFrame.whole(size, self._ratio or 1.0)
        else:
            frame = CropFrame.sized(size, cut)
        if value_of(chain, StepKind.CROP, "g") == sight:
            self._take(frame, hold="")
        else:
            self._find(frame, sight)

    def _find(self, frame: CropFrame, sight: str) -> None:
        wanted = Size(width=frame.box.width, height=frame.box.height)
        chain = with_sight(self._document.chain, sight, wanted)
        self._document.change(chain, self.tr("Crop"))
        self.show()

    def drop(self) -> None:
        """No crop."""
        self._ratio = None
        self._document.change(with_crop(self._document.chain, None), self.tr("Crop"))
        self.show()

    def show(self) -> None:
        """The frame as the chain has it."""
        if not self._active:
            return
        chain, size = self._document.chain, self._size()
        box, sight = _box(chain), value_of(chain, StepKind.CROP, "g")
        self._page.show_crop(self._shape(_cut(chain)), sight)
        before = crop_before(chain)
        if size is None:
            return
        if not before and self._master is not None:
            self._below = self._master
            self._canvas.show_master(self._master)
        elif self._below is None or self._below.text != before:
            self._previews.glance(before)
        whole = Box(left=0, top=0, width=size.width, height=size.height)
        found = self._found(chain) if sight else None
        self._page.show_found(found.content is not None if found and sight in SIGHTS else None)
        self._canvas.set_crop(
            CropFrame(
                size=size,
                box=box or (found.frame if found else whole),
                ratio=self._ratio,
                content=found.content if found else None,
            )
        )

    def _found(self, chain: Chain) -> Cut | None:
        """What the crop's gravity finds, where that is known already; else it is asked for."""
        text = crop_text(chain)
        if self._cut[0] != text and not self._asked:
            self._asked = text
            self._previews.find_cut(text)
        # Until the answer to a change is there, the frame stays where it was.
        return self._cut[1]

    def _take_cut(self, text: str, cut: Cut | None) -> None:
        self._asked = ""
        self._cut = text, cut
        self.show()

    def _drag(self, frame: CropFrame) -> None:
        self._take(frame, hold="crop")

    def _take(self, frame: CropFrame, *, hold: str) -> None:
        is_whole = (frame.box.width, frame.box.height) == (frame.size.width, frame.size.height)
        chain = with_crop(self._document.chain, None if is_whole else frame.box)
        self._document.change(chain, self.tr("Crop"), hold=hold)
        self.show()

    def _show_below(self, shown: Shown) -> None:
        if self._active and shown.text == crop_before(self._document.chain):
            self._below = shown
            self._canvas.show_master(shown)

    def _size(self) -> Size | None:
        """What the crop is cut out of, in pixels; None while that is not known."""
        if self._master is None:
            return None
        width, height = self._master.size
        try:
            return size_before(Size(width=width, height=height), crop_before(self._document.chain))
        except BridgeError:
            return None

    def _shape(self, cut: Size | None) -> str | None:
        """The name of the frame's shape; None without a crop."""
        if cut is None:
            return None
        for name, ratio in RATIOS.items():
            if ratio is not None and abs(cut.width / cut.height / ratio - 1) < RATIO_SLACK:
                return name
        return "free"


class LayerPlacing(QObject):
    """While `active`, the picked layer has a frame on the rendition."""

    def __init__(self, document: Document, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._document = document
        self._canvas = canvas
        self._active = False
        self._picked = -1
        self._master: Size | None = None
        canvas.layerChanged.connect(self._drag)
        document.changed.connect(self.show)

    def set_master(self, size: tuple[int, int]) -> None:
        """How large the master is."""
        self._master = Size(width=size[0], height=size[1])
        self.show()

    def set_active(self, *, on: bool) -> None:
        """Overlays are worked on, or not any more."""
        self._active = on
        self.show()

    def pick(self, place: int) -> None:
        """This step was chosen."""
        self._picked = place
        self.show()

    def show(self) -> None:
        """The frame of the layer that is picked, else of the last one."""
        place = self._place()
        if not self._active or place is None or self._master is None:
            self._canvas.set_layer(None)
            return
        chain = self._document.chain
        try:
            picture = size_before(self._master, chain.before(place))
        except BridgeError:
            self._canvas.set_layer(None)
            return
        step = chain.steps[place]
        self._canvas.set_layer(LayerFrame.of(step.text, picture, _looks(step, picture)))

    def _place(self) -> int | None:
        steps = self._document.chain.steps
        if 0 <= self._picked < len(steps) and steps[self._picked].kind in LAYERS:
            return self._picked
        found = [n for n, step in enumerate(steps) if step.on and step.kind in LAYERS]
        return found[-1] if found else None

    def _drag(self, x: int, y: int) -> None:
        place = self._place()
        if place is not None:
            chain = self._document.chain
            text = moved_to(chain.steps[place].text, x, y)
            self._document.change(chain.put(place, text), self.tr("Move"), hold=f"move {place}")


def _cut(chain: Chain) -> Size | None:
    """How large a crop is that is written in pixels; None without one."""
    sides = _pixels(chain, "w", "h")
    return Size(width=max(1, sides[0]), height=max(1, sides[1])) if sides else None


def _box(chain: Chain) -> Box | None:
    """The crop's box where it is written in pixels; None without a crop."""
    cut, corner = _cut(chain), _pixels(chain, "x", "y")
    if cut is None or not corner:
        return None
    return Box(left=corner[0], top=corner[1], width=cut.width, height=cut.height)


def _pixels(chain: Chain, *keys: str) -> list[int]:
    """These parameters of the crop's step, or none of them."""
    place = chain.find(StepKind.CROP)
    texts = [chain.steps[place].value(key) for key in keys] if place is not None else []
    return [int(text) for text in texts] if all(text.isdecimal() for text in texts) else []


def _looks(step: Step, picture: Size) -> QSizeF:
    """About how large a layer is drawn: a text by its letters, a picture by its width."""
    if step.kind is StepKind.TEXT:
        overlay = TextOverlay.of(step.text)
        font = QFont(overlay.font)
        font.setPixelSize(max(1, overlay.size_px))
        font.setBold(overlay.bold)
        return QSizeF(QFontMetricsF(font).horizontalAdvance(overlay.words), overlay.size_px * 1.2)
    widths = [part.value("w") for part in Chain.of(step.text.replace("/", ",")).steps]
    width = next((int(w) for w in widths if w.isdecimal()), picture.width * PICTURE_SHARE)
    return QSizeF(width, width * 0.6)
