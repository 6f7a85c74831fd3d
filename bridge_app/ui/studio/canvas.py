"""The place where master and rendition are looked at, and where frames are dragged."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.studio.canvas_paint import (
    dashed_box,
    draw_chip,
    draw_crop,
    draw_divider,
    draw_picture,
    in_picture,
)
from bridge_app.ui.studio.canvas_places import CURSORS, Look, Places
from bridge_app.ui.studio.canvas_words import frame_words
from bridge_app.ui.studio.crop_frame import CropFrame, Grip
from bridge_app.ui.studio.keys import ACTUAL, FARTHER, FIT, NEARER
from bridge_app.ui.studio.layer_frame import LayerFrame
from bridge_app.ui.studio.previews import Shown
from bridge_app.ui.studio.viewing import Viewing
from bridge_app.ui.theme import Theme
from bridge_app.ui.window_keys import WindowKeys

WHEEL_STEP = 1.15
KEY_STEP = 1.25
PAN_PX = 60
REACH_PX = 10.0
KNOB_REACH_PX = 18.0
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """Zoomed by wheel and keys, panned by dragging; frames of crops and layers are dragged on it.

    While a crop is given, the master side shows the picture that the crop is cut out of.
    """

    cropChanged = Signal(object)  # CropFrame, while it is dragged
    layerChanged = Signal(int, int)  # x and y of the layer's middle, from the centre
    released = Signal()  # the mouse or the key was let go of
    viewChanged = Signal()

    def __init__(self, theme: Theme, keys: WindowKeys) -> None:
        super().__init__()
        self._theme = theme
        self._keys = keys
        self._master: Shown | None = None
        self._rendition: Shown | None = None
        self._look = Look.RENDITION
        self._viewing = Viewing()
        self._divider = 0.5
        self._crop: CropFrame | None = None
        self._layer: LayerFrame | None = None
        self._note = ""
        self._held: Grip | str | None = None
        self._from = QPointF()
        self._start: CropFrame | LayerFrame | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)  # noqa: FBT003 - Qt's property
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 200)
        self.setAccessibleName(self.tr("Preview"))
        theme.changed.connect(self.update)

    @property
    def look(self) -> Look:
        """What is shown."""
        return self._look

    @property
    def viewing(self) -> Viewing:
        """Zoom and pan."""
        return self._viewing

    @property
    def rendition(self) -> Shown | None:
        """The newest frame of the rendition."""
        return self._rendition

    @property
    def crop(self) -> CropFrame | None:
        """The frame that is dragged on the master side."""
        return self._crop

    @property
    def layer(self) -> LayerFrame | None:
        """The frame around the layer that is placed."""
        return self._layer

    @property
    def percent(self) -> int:
        """How large the rendition is shown: device pixels for each of its pixels."""
        places = self.places()
        scale = self._viewing.scale(places.shown, places.rendition_room.size())
        return round(scale * self.devicePixelRatioF() * 100)

    def show_master(self, shown: Shown) -> None:
        """The master, or what a crop is cut out of."""
        self._master = shown
        self.update()

    def show_rendition(self, shown: Shown) -> None:
        """A new frame of the rendition."""
        is_other = self._rendition is None or self._rendition.size != shown.size
        self._rendition = shown
        self.update()
        if is_other:
            self.viewChanged.emit()

    def set_look(self, look: Look) -> None:
        """Show it another way."""
        self._look = look
        self.update()
        self.viewChanged.emit()

    def set_crop(self, crop: CropFrame | None) -> None:
        """Offer a frame to be dragged; None takes it away."""
        self._crop = crop
        self._retell()

    def set_layer(self, layer: LayerFrame | None) -> None:
        """Offer a layer to be dragged; None takes its frame away."""
        self._layer = layer
        self._retell()

    def say(self, text: str) -> None:
        """A word over the picture: what is wrong, or on its way; "" for none."""
        self._note = text
        self._retell()

    def fit(self) -> None:
        """Show everything."""
        self._see(Viewing())

    def full_size(self) -> None:
        """One device pixel for each pixel of the picture."""
        self._see(Viewing(zoom=1 / self.devicePixelRatioF(), middle=self._viewing.middle))

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer or farther around a point of the canvas."""
        places = self.places()
        room = places.room_at(at) if at is not None else places.rendition_room
        inside = (at or room.center()) - room.topLeft()
        self._see(self._viewing.zoomed(factor, inside, places.shown, room.size()))

    def sizeHint(self) -> QSize:
        """Qt: most of the window."""
        return QSize(760, 560)

    # The mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: zoom around the pointer."""
        turned = event.angleDelta().y() / 120
        if turned:
            self.zoom(WHEEL_STEP**turned, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: take hold of what is below the pointer."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            pans = event.button() is Qt.MouseButton.MiddleButton
            self._held = "pan" if pans else self._below(event.position())
            self._from = event.position()
            self._start = self._layer if self._held == "layer" else None
            if isinstance(self._held, Grip):
                self._start = self._crop
            self._point(self._held, is_held=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: drag what is held."""
        if self._held is None:
            self._point(self._below(event.position()), is_held=False)
        else:
            self._drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: let go."""
        if self._start is not None:
            self.released.emit()
        self._held = self._start = None
        self._point(self._below(event.position()), is_held=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: the focal point of a crop; elsewhere back and forth between all of it and 100 %."""
        places = self.places()
        if self._crop is not None and places.is_master_side(event.position()):
            x, y = in_picture(event.position(), places.master_place, self._crop.size)
            box = self._crop.box
            moved = (x - box.left - box.width / 2, y - box.top - box.height / 2)
            self._take_crop(self._crop.dragged(Grip.WHOLE, *moved))
            self.released.emit()
        elif self._viewing.zoom is None:
            self.full_size()
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows move what can be moved, else the view; plus, minus, 0 and 1 zoom."""
        zooms = {
            NEARER: lambda: self.zoom(KEY_STEP),
            FARTHER: lambda: self.zoom(1 / KEY_STEP),
            FIT: self.fit,
            ACTUAL: self.full_size,
        }
        key = Qt.Key(event.key())
        zoom = next(
            (act for one, act in zooms.items() if self._keys.is_pressed(event, one.name, one.keys)),
            None,
        )
        if zoom is not None:
            zoom()
        elif key in ARROWS:
            self._step(*ARROWS[key], event.modifiers())
        else:
            super().keyPressEvent(event)

    def _step(self, dx: int, dy: int, held: Qt.KeyboardModifier) -> None:
        """One pixel, ten with Shift; with Alt a crop grows or shrinks instead."""
        many = 10 if held & Qt.KeyboardModifier.ShiftModifier else 1
        if self._crop is not None and held & Qt.KeyboardModifier.AltModifier:
            self._take_crop(self._crop.grown(2 * many * (dx - dy)))
            self.released.emit()
        elif self._crop is not None:
            self._take_crop(self._crop.dragged(Grip.WHOLE, dx * many, dy * many))
            self.released.emit()
        elif self._layer is not None:
            moved = self._layer.moved(dx * many, dy * many)
            self._take_layer(moved)
            self.released.emit()
        else:
            self._pan(QPointF(-dx * PAN_PX, -dy * PAN_PX))
            return
        announce(self, frame_words(self._crop, self._layer))

    def _retell(self) -> None:
        """To those who see it, and to those who do not."""
        self.update()
        words = frame_words(self._crop, self._layer)
        self.setAccessibleDescription(" ".join(filter(None, (self._note, words))))

    # What is where

    def places(self) -> Places:
        """Where everything lies now."""
        master = _size(self._master) if self._master else QSizeF(1, 1)
        return Places(
            canvas=QRectF(self.rect()),
            look=self._look,
            viewing=self._viewing,
            divider=self._divider,
            master=master,
            rendition=_size(self._rendition) if self._rendition else master,
            is_cropped=self._crop is not None,
        )

    def _below(self, at: QPointF) -> Grip | str:
        places = self.places()
        if self._look is Look.SPLIT and abs(at.x() - places.divider_x) < KNOB_REACH_PX:
            return "divider"
        if places.is_master_side(at):
            if self._crop is not None:
                place = places.master_place
                x, y = in_picture(at, place, self._crop.size)
                reach = REACH_PX * self._crop.size.width / place.width()
                return self._crop.grip_at(x, y, reach=reach) or "pan"
        elif self._layer and self._layer.on_canvas(places.rendition_place).contains(at):
            return "layer"
        return "pan"

    def _point(self, below: Grip | str, *, is_held: bool) -> None:
        if isinstance(below, Grip):
            self.setCursor(CURSORS[below])
        elif below == "divider":
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif below == "layer":
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            hands = Qt.CursorShape.ClosedHandCursor, Qt.CursorShape.OpenHandCursor
            self.setCursor(hands[0] if is_held else hands[1])

    # What is dragged

    def _drag(self, at: QPointF) -> None:
        """What is held follows the pointer, counted from where it was taken hold of."""
        by, places = at - self._from, self.places()
        if self._held == "divider":
            self._divider = min(1.0, max(0.0, at.x() / max(1.0, places.canvas.width())))
            self.update()
        elif isinstance(self._start, LayerFrame):
            scale = self._start.picture.width / places.rendition_place.width()
            self._take_layer(self._start.moved(by.x() * scale, by.y() * scale))
        elif isinstance(self._start, CropFrame) and isinstance(self._held, Grip):
            scale = self._start.size.width / places.master_place.width()
            self._take_crop(self._start.dragged(self._held, by.x() * scale, by.y() * scale))
        else:
            self._from = at
            self._pan(by)

    def _take_crop(self, crop: CropFrame) -> None:
        if crop != self._crop:
            self._crop = crop
            self._retell()
            self.cropChanged.emit(crop)

    def _take_layer(self, layer: LayerFrame) -> None:
        if layer != self._layer:
            self._layer = layer
            self._retell()
            self.layerChanged.emit(round(layer.x), round(layer.y))

    def _pan(self, by: QPointF) -> None:
        places = self.places()
        self._see(self._viewing.panned(by, places.shown, places.rendition_room.size()))

    def _see(self, viewing: Viewing) -> None:
        self._viewing = viewing
        self.update()
        self.viewChanged.emit()

    # What is painted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: both pictures, what is dragged, and the words."""
        del event
        painter = QPainter(self)
        tokens, places = self._theme.tokens, self.places()
        painter.fillRect(self.rect(), tokens.window)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._look is not Look.MASTER:
            self._paint_rendition(painter, places)
        if self._look is not Look.RENDITION:
            self._paint_master(painter, places)
        if self._look is Look.BESIDE:
            room = places.rendition_room
            painter.fillRect(QRectF(room.left() - 2, 0, 2, room.height()), tokens.border)
        elif self._look is Look.SPLIT:
            draw_divider(painter, places.divider_x, places.canvas, tokens)
        self._paint_words(painter, places)
        painter.end()

    def _paint_rendition(self, painter: QPainter, places: Places) -> None:
        if self._rendition is None:
            return
        painter.save()
        painter.setClipRect(places.rendition_room)
        place = places.rendition_place
        draw_picture(painter, self._rendition.image, place, self._theme.tokens)
        if self._layer is not None:
            dashed_box(painter, self._layer.on_canvas(place), self._theme.tokens)
        painter.restore()

    def _paint_master(self, painter: QPainter, places: Places) -> None:
        if self._master is None:
            return
        painter.save()
        room = QRectF(places.master_room)
        if self._look is Look.SPLIT:
            room.setRight(places.divider_x)
            painter.fillRect(room, self._theme.tokens.window)
        painter.setClipRect(room)
        place = places.master_place
        draw_picture(painter, self._master.image, place, self._theme.tokens)
        if self._crop is not None:
            draw_crop(painter, self._crop, place, self._theme)
        painter.restore()

    def _paint_words(self, painter: QPainter, places: Places) -> None:
        """Which is which, where both are seen; and what is wrong."""
        if self._look in (Look.SPLIT, Look.BESIDE):
            before = self.tr("Crop") if self._crop is not None else self.tr("Master")
            right = QPointF(places.canvas.right() - 12, 12)
            draw_chip(painter, before, QPointF(12, 12), self._theme, ends=False)
            draw_chip(painter, self.tr("Rendition"), right, self._theme, ends=True)
        if self._note:
            middle = places.canvas.center()
            width = painter.fontMetrics().horizontalAdvance(self._note)
            at = QPointF(middle.x() - width / 2 - 9, places.canvas.bottom() - 40)
            draw_chip(painter, self._note, at, self._theme, ends=False)


def _size(shown: Shown) -> QSizeF:
    return QSizeF(*shown.size)
