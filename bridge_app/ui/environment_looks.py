"""How product environments look and are called: their colours, and their stages in words.

The colours are hues of people's own choice, so they are made here, by scheme, and stand beside
words always: a colour alone tells nothing.
"""

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.permissions import TITLES, Capability, Permission
from bridge_app.domain.environments import Hue, Stage
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.theme import Tokens

STAGES: Mapping[Stage, str] = {
    Stage.NONE: QT_TRANSLATE_NOOP("stage", "No label"),
    Stage.PRODUCTION: QT_TRANSLATE_NOOP("stage", "Production"),
    Stage.STAGING: QT_TRANSLATE_NOOP("stage", "Staging"),
    Stage.DEVELOPMENT: QT_TRANSLATE_NOOP("stage", "Development"),
}
STAGE_BADGES: Mapping[Stage, str] = {
    Stage.NONE: "neutral",
    Stage.PRODUCTION: "negative",
    Stage.STAGING: "warning",
    Stage.DEVELOPMENT: "info",
}
"""The state's colours in `Tokens` for each stage."""
HUES: Mapping[Hue, str] = {
    Hue.NONE: QT_TRANSLATE_NOOP("hue", "No colour"),
    Hue.RED: QT_TRANSLATE_NOOP("hue", "Red"),
    Hue.ORANGE: QT_TRANSLATE_NOOP("hue", "Orange"),
    Hue.GREEN: QT_TRANSLATE_NOOP("hue", "Green"),
    Hue.TEAL: QT_TRANSLATE_NOOP("hue", "Teal"),
    Hue.BLUE: QT_TRANSLATE_NOOP("hue", "Blue"),
    Hue.VIOLET: QT_TRANSLATE_NOOP("hue", "Violet"),
    Hue.PINK: QT_TRANSLATE_NOOP("hue", "Pink"),
}
SATURATION = 190
DEGREES: Mapping[Hue, tuple[int, int, int]] = {
    Hue.RED: (2, 147, 165),
    Hue.ORANGE: (28, 110, 140),
    Hue.GREEN: (135, 84, 115),
    Hue.TEAL: (178, 81, 115),
    Hue.BLUE: (212, 134, 155),
    Hue.VIOLET: (268, 149, 178),
    Hue.PINK: (325, 142, 165),
}
"""On the colour circle, and the lightness (0 to 255) in light and dark that keeps 3 : 1."""
SWATCH_PX = 12
DENSITIES = (1.0, 2.0, 3.0)


def stage_text(stage: Stage) -> str:
    """A stage: "Production"."""
    return QCoreApplication.translate("stage", STAGES[stage])


def hue_text(hue: Hue) -> str:
    """A colour: "Teal"."""
    return QCoreApplication.translate("hue", HUES[hue])


def capability_text(capability: Capability) -> str:
    """Something a key may do: "Change upload presets"."""
    return QCoreApplication.translate("capability", TITLES[capability])


def denial_text(permission: Permission) -> str:
    """Why something is switched off, for a tool tip; "" where it is not known to be denied."""
    if not permission.is_denied:
        return ""
    text = QCoreApplication.translate(
        "permission", "The key of this account may not do this: {reason}"
    )
    return text.format(reason=isolated(one_line(permission.reason)))


def account_title(account: Account) -> str:
    """What an environment is called, on one line."""
    return one_line(account.label or account.environment)


def hue_colour(hue: Hue, tokens: Tokens) -> QColor:
    """A hue on the surfaces of a scheme; the border's colour for none. At least 3 : 1 there."""
    if hue is Hue.NONE:
        return tokens.border_strong
    degrees, light, dark = DEGREES[hue]
    return QColor.fromHsl(degrees, SATURATION, dark if tokens.dark else light)


def swatch(hue: Hue, tokens: Tokens, *, ticked: bool = False) -> QIcon:
    """A disc of a colour, for menus and lists; `ticked` marks the one in use."""
    icon = QIcon()
    for dpr in DENSITIES:
        pixmap = _disc(hue, tokens, dpr, ticked=ticked)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            for state in (QIcon.State.Off, QIcon.State.On):
                icon.addPixmap(pixmap, mode, state)
    return icon


def _disc(hue: Hue, tokens: Tokens, dpr: float, *, ticked: bool) -> QPixmap:
    edge = ceil((SWATCH_PX + 4) * dpr)
    pixmap = QPixmap(edge, edge)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = hue_colour(hue, tokens)
    disc = QRectF(2, 2, SWATCH_PX, SWATCH_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(disc.adjusted(-2, -2, 2, 2) if ticked else disc)
    if ticked:
        painter.setPen(QPen(tokens.panel, 2.0))
        middle = disc.center()
        painter.drawPolyline(
            [middle + QPointF(-3.5, 0), middle + QPointF(-1, 2.5), middle + QPointF(3.5, -2.5)]
        )
    painter.end()
    return pixmap
