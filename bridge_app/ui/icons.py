"""The icons in the theme's colours: drawn from SVG once for each size and density, then dyed."""

from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bridge_app.ui.resources import resource
from bridge_app.ui.theme import Theme

# QIcon picks the pixmap that fits the screen and scales down for those in between.
DENSITIES = (1.0, 2.0)
DENSE = 3.0
"""Drawn as well where a screen is denser than the others."""


class _Key(NamedTuple):
    name: str
    rgba: int
    size_px: int
    dpr: float


class _IconKey(NamedTuple):
    name: str
    rgba: int
    on_rgba: int
    disabled_rgba: int
    size_px: int


class Icons:
    """Icons by their file name in `resources/icons`; GUI thread only.

    Widgets that keep a QIcon ask for it again on `Theme.changed`: by then the old ones are
    forgotten here, since this object connects first when it is built before the widgets.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._files = {path.stem: path for path in resource("icons").glob("*.svg")}
        self._shapes: dict[tuple[str, int, float], QPixmap] = {}
        self._pixmaps: dict[_Key, QPixmap] = {}
        self._icons: dict[_IconKey, QIcon] = {}
        self._sign = QIcon()
        theme.changed.connect(self.forget)

    def names(self) -> frozenset[str]:
        """Every name that can be asked for."""
        return frozenset(self._files)

    def icon(
        self,
        name: str,
        *,
        colour: QColor | None = None,
        on_colour: QColor | None = None,
        size_px: int = 20,
    ) -> QIcon:
        """An icon for widgets, in `colour` (default: muted text), `size_px` logical pixels.

        What is switched on (a checked button, and an expanded row of a tree) is drawn in
        `on_colour`, by default as if it were off. Disabled is the disabled text colour.

        Raises KeyError for a name there is no file of.
        """
        tokens = self._theme.tokens
        off = colour or tokens.text_muted
        on = on_colour or off
        disabled = tokens.text_disabled
        key = _IconKey(name, off.rgba(), on.rgba(), disabled.rgba(), size_px)
        if key not in self._icons:
            self._icons[key] = self._made(name, off=off, on=on, disabled=disabled, size_px=size_px)
        return self._icons[key]

    def pixmap(self, name: str, colour: QColor, size_px: int, dpr: float) -> QPixmap:
        """A pixmap for painters, `size_px` logical pixels at `dpr` device pixels each.

        Raises KeyError for a name there is no file of.
        """
        key = _Key(name, colour.rgba(), size_px, dpr)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn(name, colour, size_px, dpr)
        return self._pixmaps[key]

    def app_icon(self) -> QIcon:
        """Asset Bridge's own sign, in its own colours whatever the theme."""
        if self._sign.isNull():
            svg = QByteArray(resource("asset-bridge.svg").read_bytes())
            for size_px in (16, 24, 32, 48, 64, 128, 256):
                self._sign.addPixmap(_render(svg, size_px, 1.0))
        return self._sign

    def forget(self) -> None:
        """Drop what was drawn, because the theme's colours have changed."""
        self._pixmaps.clear()
        self._icons.clear()

    def _made(self, name: str, *, off: QColor, on: QColor, disabled: QColor, size_px: int) -> QIcon:
        icon = QIcon()
        # Without pixmaps of its own for Selected, Qt would tint them with the highlight.
        looks = [
            (QIcon.Mode.Normal, QIcon.State.Off, off),
            (QIcon.Mode.Selected, QIcon.State.Off, off),
            (QIcon.Mode.Disabled, QIcon.State.Off, disabled),
        ]
        if on != off:
            looks += [
                (QIcon.Mode.Normal, QIcon.State.On, on),
                (QIcon.Mode.Selected, QIcon.State.On, on),
                (QIcon.Mode.Disabled, QIcon.State.On, disabled),
            ]
        densest = max((one.devicePixelRatio() for one in QGuiApplication.screens()), default=1.0)
        densities = (*DENSITIES, DENSE) if densest > DENSITIES[-1] else DENSITIES
        for mode, state, colour in looks:
            for dpr in densities:
                icon.addPixmap(self.pixmap(name, colour, size_px, dpr), mode, state)
        return icon

    def _drawn(self, name: str, colour: QColor, size_px: int, dpr: float) -> QPixmap:
        key = (name, size_px, dpr)
        if key not in self._shapes:
            svg = QByteArray(self._files[name].read_bytes())
            self._shapes[key] = _render(svg, size_px, dpr)
        pixmap = self._shapes[key].copy()
        painter = QPainter(pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), colour)
        painter.end()
        return pixmap


def _render(svg: QByteArray, size_px: int, dpr: float) -> QPixmap:
    edge = round(size_px * dpr)
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap
