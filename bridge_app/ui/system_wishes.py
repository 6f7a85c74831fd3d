"""What the system asks of all programs: dark or light, contrast, less movement, larger letters.

Qt tells some of it on some systems. Where a desktop portal answers on the session bus (Linux), it
tells the rest; nothing waits for it.
"""

import os
import sys

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

from bridge_app.ui.text_size import in_percent

APPEARANCE = "org.freedesktop.appearance"
GNOME, KDE = "org.gnome.desktop.interface", "org.kde.kdeglobals.KDE"
DARK, STILL = (APPEARANCE, "color-scheme"), (APPEARANCE, "reduced-motion")
CONTRAST = (APPEARANCE, "contrast")
ANIMATIONS, FACTOR = (GNOME, "enable-animations"), (KDE, "AnimationDurationFactor")
LETTERS = (GNOME, "text-scaling-factor")
ASKED = (DARK, CONTRAST, STILL, ANIMATIONS, FACTOR, LETTERS)
PREFERS_DARK = 1
TELLS_EFFECTS = ("win32", "darwin")
"""Where Qt knows whether controls may move; elsewhere it says no for want of knowledge."""


class SystemWishes(QObject):
    """Build it in the GUI thread, after the QApplication; `changed` tells that a wish is new."""

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._told: dict[tuple[str, str], object] = {}
        # Both are gone when nothing holds them.
        self._hints = app.styleHints()
        # Qt tells of contrast since 6.10.
        self._contrast = getattr(self._hints, "accessibility", lambda: None)()
        self._hints.colorSchemeChanged.connect(self.changed)
        if self._contrast is not None:
            self._contrast.contrastPreferenceChanged.connect(self.changed)

    @property
    def dark(self) -> bool:
        """Light text on dark ground? Light ground where nobody says."""
        scheme = self._hints.colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return self._told.get(DARK) == PREFERS_DARK
        return scheme is Qt.ColorScheme.Dark

    @property
    def contrast(self) -> bool:
        """More of it than usual?"""
        if self._told.get(CONTRAST) == 1:
            return True
        told = self._contrast is not None and self._contrast.contrastPreference()
        return bool(told) and told is Qt.ContrastPreference.HighContrast

    @property
    def still(self) -> bool:
        """As little movement as possible?"""
        told = self._told
        if told.get(STILL) == 1 or told.get(ANIMATIONS) is False:
            return True
        factor = told.get(FACTOR)
        if isinstance(factor, str | float | int) and str(factor) in {"0", "0.0"}:
            return True
        moves = QStyle.StyleHint.SH_Widget_Animation_Duration
        return sys.platform in TELLS_EFFECTS and self._app.style().styleHint(moves) == 0

    @property
    def text_size(self) -> int | None:
        """How large letters are to be, in percent; None where nobody says.

        On X11 Qt follows this by itself: it is a part of the screen's resolution there.
        """
        told = self._told.get(LETTERS)
        if told is None or "wayland" not in QGuiApplication.platformName():
            return None
        return in_percent(told)

    def ask_portal(self) -> None:
        """Have the desktop asked, and hear it from now on."""
        # Without an address, the bus would be looked for by starting one.
        if "DBUS_SESSION_BUS_ADDRESS" in os.environ:
            # Loaded when a window is there.
            from bridge_app.ui.desktop_portal import DesktopPortal  # noqa: PLC0415

            portal = DesktopPortal(ASKED, self)
            portal.told.connect(self._note)

    def _note(self, wish: tuple[str, str], value: object) -> None:
        if self._told.get(wish) != value:
            self._told[wish] = value
            self.changed.emit()
