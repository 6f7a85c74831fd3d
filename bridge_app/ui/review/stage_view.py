"""The stage of review mode: pictures together at one zoom, compared, with guides and pins."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.review.comparing import Look, are_alike, difference_of, place_beside
from bridge_app.ui.review.guides import Guide
from bridge_app.ui.review.panes import Pane
from bridge_app.ui.review.pin_layer import PinLayer
from bridge_app.ui.review.rooms import rooms
from bridge_app.ui.review.stage_paint import StagePainter
from bridge_app.ui.review.subjects import Key
from bridge_app.ui.review.zooming import Near, Room, Zoom
from bridge_app.ui.theme import Theme

WHEEL_STEP = 1.15
KEY_STEP = 1.25
KNOB_REACH_PX = 18.0
SHARE_STEP = 0.1
CLICK_PX = 4.0


class StageView(QWidget):
    """Zoomed by wheel and keys, panned by dragging; GUI thread only.

    Pins are painted over the current picture; what the mouse does is theirs first.
    """

    chosen = Signal(object)  # Key of the picture that was clicked, if it is not the current one
    viewChanged = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._paints = StagePainter(theme, icons)
        self._panes: tuple[Pane, ...] = ()
        self._current = 0
        self._before: Pane | None = None
        self._look = Look.ALONE
        self._guide = Guide.NONE
        self._zoom = Zoom()
        self._share = 0.5
        self._pins: PinLayer | None = None
        self._held = ""
        self._from = self._pressed_at = QPointF()
        self._difference: tuple[int, int, QImage] | None = None
        self._painted: Key | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)  # noqa: FBT003 - Qt's property
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        theme.changed.connect(self.update)

    @property
    def look(self) -> Look:
        """How pictures are looked at."""
        return self._look

    @property
    def guide(self) -> Guide:
        """The lines over them."""
        return self._guide

    @property
    def zoom_state(self) -> Zoom:
        """Zoom and pan."""
        return self._zoom

    @property
    def panes(self) -> tuple[Pane, ...]:
        """What is on the stage."""
        return self._panes

    @property
    def pane(self) -> Pane | None:
        """The current one."""
        return self._panes[self._current] if self._panes else None

    @property
    def before(self) -> Pane | None:
        """What it is compared with."""
        return self._before

    @property
    def share(self) -> float:
        """Where the line is, or how much shines through; 0..1."""
        return self._share

    @property
    def painted(self) -> Key | None:
        """The current picture if it was painted as it is, not as a placeholder."""
        return self._painted

    @property
    def percent(self) -> int:
        """Device pixels for each pixel of the current picture, in percent."""
        pane = self.pane
        if pane is None:
            return 100
        room = self._room(self._current)
        return round(self._zoom.scale(pane.size, room) * room.density * 100)

    def show_panes(self, panes: Sequence[Pane], current: int) -> None:
        """These pictures; `current` is the one that keys and pins are about."""
        other = self.pane.key if self.pane is not None else None
        self._panes, self._current = tuple(panes), current
        if self.pane is None or self.pane.key != other:
            self._painted = None
            self.setAccessibleName(self.pane.label if self.pane is not None else "")
        self.update()
        self.viewChanged.emit()

    def show_before(self, pane: Pane | None) -> None:
        """What the current picture is compared with; None where there is nothing."""
        self._before = pane
        self.update()

    def set_look(self, look: Look) -> None:
        """Look another way."""
        self._look = look
        self.update()
        self.viewChanged.emit()

    def set_guide(self, guide: Guide) -> None:
        """Other lines."""
        self._guide = guide
        self.update()

    def set_pins(self, pins: PinLayer | None) -> None:
        """What is painted over the current picture."""
        if self._pins is not None:
            self._pins.changed.disconnect(self.update)
        self._pins = pins
        if pins is not None:
            pins.changed.connect(self.update)
        self.update()

    def shift(self, steps: int) -> None:
        """The line, or how much shines through, by tenths."""
        self._set_share(self._share + steps * SHARE_STEP)

    def fit(self) -> None:
        """Show everything."""
        self._see(Zoom())

    def toggle_actual(self, at: QPointF | None = None) -> None:
        """To 100 % around a point of the view, and back."""
        if self._zoom.near is not Near.FIT:
            self.fit()
            return
        self._see(self._pointed(at).actual())

    def zoom(self, by: float, at: QPointF | None = None) -> None:
        """Nearer or farther around a point of the view."""
        pane = self.pane
        if pane is None:
            return
        place = self._pane_at(at) if at is not None else self._current
        room = self._room(place)
        point = at or room.area.center()
        self._see(self._zoom.zoomed(by, point, self._panes[place].size, room))

    def picture_place(self) -> QRectF:
        """Where the current picture lies."""
        return self._place(self._current) if self._panes else QRectF()

    def sizeHint(self) -> QSize:
        """Qt: most of the window."""
        return QSize(900, 600)

    # What a person does

    def event(self, event: QEvent) -> bool:
        """Qt: while a pin is placed its keys are not the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and self._places_pin():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a pin that is placed by keys; all others are the window's shortcuts."""
        if self._pins is None or not self._pins.key_press(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: zoom around the pointer."""
        turned = event.angleDelta().y() / 120
        if turned:
            self.zoom(WHEEL_STEP**turned, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: pins first, then the line, then the picture."""
        at = event.position()
        self._from = self._pressed_at = at
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self._pins is not None and self._pins.mouse_press(self._normalised(at)):
            self._held = "pin"
        elif left and self._is_knob(at):
            self._held = "share"
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._held = "pan"
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: drag what is held."""
        at = event.position()
        if self._held == "pan" and self._panes:
            place = self._pane_at(self._pressed_at)
            by, self._from = at - self._from, at
            self._see(self._zoom.panned(by, self._panes[place].size, self._room(place)))
        elif self._held == "share":
            self._set_share(at.x() / max(1, self.width()))
        else:
            taken = self._pins is not None and self._pins.mouse_move(self._normalised(at))
            self._point(at, on_pin=taken)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: let go; a click on another picture chooses it."""
        at, held = event.position(), self._held
        self._held = ""
        if held == "pin" and self._pins is not None:
            self._pins.mouse_release(self._normalised(at))
        elif held == "pan" and (at - self._pressed_at).manhattanLength() < CLICK_PX and self._panes:
            place = self._pane_at(at)
            if place != self._current:
                self.chosen.emit(self._panes[place].key)
        self._point(at, on_pin=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: back and forth between all of it and 100 %."""
        self.toggle_actual(event.position())

    # What is where

    def _seen(self) -> range:
        """The places of the panes that are painted."""
        if self._look is Look.BESIDE:
            return range(len(self._panes))
        return range(self._current, self._current + 1)

    def _room(self, place: int) -> Room:
        area = QRectF(self.rect())
        if self._look is Look.BESIDE:
            sizes = [pane.size for pane in self._panes]
            area = rooms(area, sizes, mirrored=self.isRightToLeft())[place]
        return Room(area=area, density=self.devicePixelRatioF())

    def _place(self, place: int) -> QRectF:
        return self._zoom.place(self._panes[place].size, self._room(place))

    def _pane_at(self, at: QPointF) -> int:
        found = [place for place in self._seen() if self._room(place).area.contains(at)]
        return found[0] if found else self._current

    def _normalised(self, at: QPointF) -> QPointF:
        place = self.picture_place()
        if place.isEmpty():
            return QPointF(-1, -1)
        return QPointF(
            (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()
        )

    def _pointed(self, at: QPointF | None) -> Zoom:
        """The same zoom with a point of the view in the middle."""
        if at is None or not self._panes:
            return self._zoom
        place = self._place(self._pane_at(at))
        x, y = (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()
        return replace(self._zoom, middle=QPointF(min(1, max(0, x)), min(1, max(0, y))))

    def _is_knob(self, at: QPointF) -> bool:
        if self._look not in (Look.SPLIT, Look.ONION) or self._before is None:
            return False
        return abs(at.x() - self._share * self.width()) < KNOB_REACH_PX

    def _places_pin(self) -> bool:
        return self._pins is not None and self._pins.is_placing

    def _point(self, at: QPointF, *, on_pin: bool) -> None:
        if self._places_pin():
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif on_pin:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        elif self._is_knob(at):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _set_share(self, share: float) -> None:
        self._share = min(1.0, max(0.0, share))
        self.update()

    def _see(self, zoom: Zoom) -> None:
        self._zoom = zoom
        self.update()
        self.viewChanged.emit()

    # What is painted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the pictures, what they are compared with, guides, pins and names."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        self._paints.ground(painter, self.rect())
        for place in self._seen() if self._panes else ():
            room = self._room(place).area
            painter.save()
            painter.setClipRect(room)
            self._paint_pane(painter, place)
            painter.restore()
            is_current = self._look is Look.BESIDE and place == self._current
            self._paints.names(
                painter, self._panes[place], room, before=self._told_before(), marked=is_current
            )
        pane = self.pane
        self._painted = pane.key if pane is not None and pane.shown is not None else None
        painter.end()

    def _told_before(self) -> str:
        """The name of what is compared with, where it is seen."""
        return self._before.label if self._look.compares and self._before is not None else ""

    def _paint_pane(self, painter: QPainter, place: int) -> None:
        pane, where = self._panes[place], self._place(place)
        if pane.image is None:
            self._paints.missing(painter, pane, where, self._room(place).area)
            return
        if self._look.compares:
            self._paint_compared(painter, pane, where)
        else:
            self._paints.picture(painter, pane.image, where)
        self._paints.guide(painter, self._guide, where)
        if self._pins is not None and place == self._current:
            self._pins.paint(painter, where)

    def _paint_compared(self, painter: QPainter, pane: Pane, where: QRectF) -> None:
        before, image = self._before, pane.image
        if image is None:
            return
        if before is None or before.image is None:
            self._paints.picture(painter, image, where)
            self._paints.word(
                painter, before.note if before else "", self._room(self._current).area
            )
            return
        room = self._room(self._current)
        beside = place_beside(before.size, pane.size, self._zoom, room)
        match self._look:
            case Look.DIFFERENCE if not are_alike(before.size, pane.size):
                self._paints.picture(painter, image, where)
                self._paints.word(painter, self.tr("The shapes differ"), room.area)
            case Look.DIFFERENCE:
                self._paints.picture(painter, self._differing(before.image, image), where)
            case Look.ONION:
                self._paints.onion(painter, (image, where), (before.image, beside), self._share)
                self._paints.track(painter, self._share, room.area)
            case _:
                self._paints.split(painter, (image, where), (before.image, beside), self._share)

    def _differing(self, before: QImage, after: QImage) -> QImage:
        """Made once for two pictures; zoom and pan paint it again."""
        keys = before.cacheKey(), after.cacheKey()
        if self._difference is None or self._difference[:2] != keys:
            self._difference = (*keys, difference_of(before, after))
        return self._difference[2]
