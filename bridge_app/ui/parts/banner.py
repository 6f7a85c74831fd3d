"""A sentence in a soft colour, within the dialog or panel it is about."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.parts.whole_label import WholeLabel
from bridge_app.ui.theme import Badge, Theme

ICON_PX = 18


class Tone(StrEnum):
    """How urgent it is; the values are the badges of `Tokens`."""

    INFO = "info"
    WARNING = "warning"
    NEGATIVE = "negative"
    POSITIVE = "positive"


ICONS = {
    Tone.INFO: "info",
    Tone.WARNING: "triangle-alert",
    Tone.NEGATIVE: "circle-alert",
    Tone.POSITIVE: "circle-check",
}


class Banner(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._tone = Tone.INFO
        self._icon_name = ICONS[Tone.INFO]
        self._icon = QLabel()
        self._text = WholeLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        theme.changed.connect(self._dress)
        self.setProperty("banner", self._tone.value)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says now; "" when it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(self, tone: Tone, text: str, *, icon: str = "") -> None:
        """Show `text`, and tell it to those who cannot see it."""
        told = self._text.text() if not self.isHidden() else ""
        self._tone, self._icon_name = tone, icon or ICONS[tone]
        self._text.setText(text)
        self._dress()
        self.setVisible(True)
        if told != text:
            announce(self, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sign stands at the first line: a single one is in the middle of a taller row."""
        super().resizeEvent(event)
        text = self._text
        several = text.heightForWidth(text.width()) > 1.5 * text.fontMetrics().lineSpacing()
        place = Qt.AlignmentFlag.AlignTop if several else Qt.AlignmentFlag.AlignVCenter
        self._icon.setAlignment(place)

    def hush(self) -> None:
        """Nothing to say any more."""
        self.setVisible(False)

    def _dress(self) -> None:
        if self.property("banner") != self._tone.value:
            self.setProperty("banner", self._tone.value)
            for widget in (self, self._text):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        badge: Badge = getattr(self._theme.tokens, self._tone.value)
        pixmap = self._icons.pixmap(
            self._icon_name, badge.soft_ink, ICON_PX, self.devicePixelRatioF()
        )
        self._icon.setPixmap(pixmap)
