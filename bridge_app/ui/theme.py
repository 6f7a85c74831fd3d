"""The looks, in one place: tokens by role, and the palette and style sheet made from them.

No other module names a colour or sets a style sheet; who paints takes a token.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from bridge_app.ui.contrast_tokens import DARK_CONTRAST, LIGHT_CONTRAST
from bridge_app.ui.resources import resource
from bridge_app.ui.sheet_art import ART, painted_art
from bridge_app.ui.system_wishes import SystemWishes
from bridge_app.ui.tokens import DARK, LIGHT, Badge, Tokens

__all__ = [
    "DARK",
    "LIGHT",
    "TOKENS",
    "Badge",
    "Scheme",
    "Theme",
    "Tokens",
    "palette",
    "stylesheet",
]

FAMILY = "Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
# Where Inter has no glyph (Arabic, CJK, emoji), the system's own fonts step in by themselves.
TABULAR = QFont.Tag("tnum")


class Scheme(StrEnum):
    """What the person chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    LIGHT_CONTRAST = "light-contrast"
    DARK_CONTRAST = "dark-contrast"


QT_SCHEMES = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
    Scheme.LIGHT_CONTRAST: Qt.ColorScheme.Light,
    Scheme.DARK_CONTRAST: Qt.ColorScheme.Dark,
}
TOKENS = {
    Scheme.LIGHT: LIGHT,
    Scheme.DARK: DARK,
    Scheme.LIGHT_CONTRAST: LIGHT_CONTRAST,
    Scheme.DARK_CONTRAST: DARK_CONTRAST,
}
"""Every set of tokens there is, by the scheme that is it."""


def palette(tokens: Tokens) -> QPalette:
    """Every role of QPalette, so that no widget falls back to a colour of the system's."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.panel,
        role.WindowText: tokens.text,
        role.Base: tokens.control,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.negative.soft_ink,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.text_muted,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_text,
        role.Accent: tokens.accent,
        role.Link: tokens.link,
        role.LinkVisited: tokens.link,
        role.Light: tokens.raised,
        role.Midlight: tokens.hover,
        role.Mid: tokens.border,
        role.Dark: tokens.border_strong,
        role.Shadow: tokens.shadow,
    }
    off = {
        role.WindowText: tokens.text_disabled,
        role.Text: tokens.text_disabled,
        role.ButtonText: tokens.text_disabled,
        role.PlaceholderText: tokens.text_disabled,
        role.ToolTipText: tokens.text_disabled,
        role.Highlight: tokens.pressed,
        role.HighlightedText: tokens.text_disabled,
        role.Accent: tokens.pressed,
        role.Link: tokens.text_disabled,
        role.LinkVisited: tokens.text_disabled,
    }
    made = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for which, colour in colours.items():
            made.setColor(group, which, colour)
    for which, colour in (colours | off).items():
        made.setColor(QPalette.ColorGroup.Disabled, which, colour)
    return made


def stylesheet(tokens: Tokens, *, art: Path, rtl: bool = False, compact: bool = False) -> str:
    """`resources/style.qss` with the tokens filled in; `art` is the folder of its pictures.

    Qt mirrors no style sheet, so the tree's arrow and a slider's length depend on `rtl`. What is
    `compact` has `compact.qss` after it.
    """
    names = dict(_flat(tokens)) | {name: (art / f"{name}.svg").as_posix() for name, _, _ in ART}
    names["closed"] = names["closed_rtl"] if rtl else names["closed"]
    names["filled"] = "add-page" if rtl else "sub-page"
    sheets = ("style.qss", "compact.qss") if compact else ("style.qss",)
    text = "\n".join(resource(sheet).read_text("utf-8") for sheet in sheets)
    return Template(text).substitute(names)


def _flat(value: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each leaf as (`positive_soft`, `rgba(…)`) or (`radius_card`, `10`)."""
    if isinstance(value, QColor):
        red, green, blue, alpha = value.red(), value.green(), value.blue(), value.alpha()
        yield prefix, f"rgba({red}, {green}, {blue}, {alpha})"
    elif is_dataclass(value):
        for part in fields(value):
            name = f"{prefix}_{part.name}" if prefix else part.name
            yield from _flat(getattr(value, part.name), name)
    else:
        yield prefix, str(value)


class Theme(QObject):
    """Keeps the application in the scheme chosen; `changed` says when to paint anew.

    Build it after the QApplication, in the GUI thread, and call `apply` once.
    """

    changed = Signal()

    def __init__(self, scheme: Scheme = Scheme.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._app: QApplication | None = None
        self._wishes: SystemWishes | None = None
        self._still = False
        self._compact = False
        self._tokens = TOKENS.get(scheme, LIGHT)

    @property
    def tokens(self) -> Tokens:
        """The tokens in force; take them anew after `changed`."""
        return self._tokens

    @property
    def scheme(self) -> Scheme:
        """What was chosen, which may be to follow the system."""
        return self._scheme

    def apply(self, app: QApplication) -> None:
        """Dress `app`: Fusion, our fonts, the palette and the style sheet; follow the system."""
        self._app = app
        _load_fonts()
        app.setStyle("Fusion")
        app.setFont(self.font(self._tokens.font_px.body))
        self._wishes = SystemWishes(app, self)
        self._wishes.changed.connect(self._follow)
        self.set_scheme(self._scheme)

    def ask_desktop(self) -> None:
        """Have the desktop say what Qt does not know of it; nothing waits for that."""
        if self._wishes is not None:
            self._wishes.ask_portal()

    def set_scheme(self, scheme: Scheme) -> None:
        """Change the looks now; `changed` is emitted when tokens, palette and sheet are new."""
        self._scheme = scheme
        if self._app is not None:
            # For native title bars and file dialogs; everything else takes our palette.
            self._app.styleHints().setColorScheme(QT_SCHEMES[scheme])
        self._dress()

    @property
    def still(self) -> bool:
        """Should nothing move? It was chosen here, or the system asks for it."""
        return self._still or (self._wishes is not None and self._wishes.still)

    @property
    def wishes(self) -> SystemWishes | None:
        """What the system asks for; None before the application is dressed."""
        return self._wishes

    @property
    def compact(self) -> bool:
        """Is everything closer together than usual?"""
        return self._compact

    def set_compact(self, *, on: bool) -> None:
        """Let everything stand closer together, or as usual."""
        if on != self._compact:
            self._compact = on
            self._dress()

    def set_still(self, *, on: bool) -> None:
        """Let nothing move, whatever the system says; off is as the system says."""
        self._still = on

    def font(
        self, size_px: int, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False
    ) -> QFont:
        """Our typeface; `tabular` gives figures of one width, for what is counted or aligned."""
        made = QFont(FAMILY)
        made.setPixelSize(size_px)
        made.setWeight(weight)
        if tabular:
            made.setFeature(TABULAR, 1)
        return made

    def _follow(self) -> None:
        if self._scheme is Scheme.SYSTEM and self._wanted() is not self._tokens:
            self._dress()

    def _wanted(self) -> Tokens:
        """Those that were chosen; those that the system asks for, if that was."""
        if self._scheme is Scheme.SYSTEM and self._wishes is not None:
            dark, contrast = self._wishes.dark, self._wishes.contrast
            if contrast:
                return DARK_CONTRAST if dark else LIGHT_CONTRAST
            return DARK if dark else LIGHT
        return TOKENS.get(self._scheme, LIGHT)

    def _dress(self) -> None:
        self._tokens = self._wanted()
        if self._app is not None:
            rtl = self._app.layoutDirection() is Qt.LayoutDirection.RightToLeft
            self._app.setPalette(palette(self._tokens))
            sheet = stylesheet(
                self._tokens, art=self._painted_art(), rtl=rtl, compact=self._compact
            )
            if sheet != self._app.styleSheet():
                self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _painted_art(self) -> Path:
        def colour(token: str) -> QColor:
            found: QColor = getattr(self._tokens, token)
            return found

        return painted_art(self._tokens.name, colour)


@cache
def _load_fonts() -> None:
    for weight in WEIGHTS:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{FAMILY}-{weight}.ttf")))
