"""How true the preview is: a badge, and its reasons when it is pressed."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QVBoxLayout, QWidget

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.ui.icons import Icons
from bridge_app.ui.studio.fidelity_wording import reason_text
from bridge_app.ui.theme import Badge, Theme

WORDS = {
    "exact": QT_TRANSLATE_NOOP("studio", "Exact"),
    "approximate": QT_TRANSLATE_NOOP("studio", "Approximate"),
    "cloud only": QT_TRANSLATE_NOOP("studio", "Cloud only"),
}
TONES = {"exact": "positive", "approximate": "warning", "cloud only": "info"}
ICONS = {"exact": "badge-check", "approximate": "circle-alert", "cloud only": "cloud"}
MEANINGS = {
    "exact": QT_TRANSLATE_NOOP(
        "studio", "Delivery makes the same pixels, but for how they are scaled and encoded."
    ),
    "approximate": QT_TRANSLATE_NOOP("studio", "Delivery may look a little different:"),
    "cloud only": QT_TRANSLATE_NOOP(
        "studio", "A part of it is made at delivery only, and is not shown here:"
    ),
}
WIDTH_PX = 340


class FidelityBadge(QToolButton):
    """Says exact, approximate or cloud only; a click shows why."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._fidelity = "exact"
        self._reasons: tuple[str, ...] = ()
        self._popover = Popover(self)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("chip", "true")
        self.clicked.connect(self.show_reasons)
        theme.changed.connect(self._dress)
        self.show_truth("exact", ())

    @property
    def fidelity(self) -> str:
        """What it says, untranslated."""
        return self._fidelity

    @property
    def popover(self) -> "Popover":
        """What tells the reasons."""
        return self._popover

    @property
    def widest_px(self) -> int:
        """Room for whatever it may say."""
        shown = self.text()
        widths = []
        for words in WORDS.values():
            self.setText(QCoreApplication.translate("studio", words))
            widths.append(self.sizeHint().width())
        self.setText(shown)
        return max(widths)

    def show_truth(self, fidelity: str, reasons: Sequence[str]) -> None:
        """Another verdict."""
        self._fidelity, self._reasons = fidelity, tuple(reasons)
        words = QCoreApplication.translate("studio", WORDS[fidelity])
        self.setText(words)
        self.setAccessibleName(self.tr("Fidelity: {word}").format(word=words))
        self.setToolTip(self._meaning())
        self._dress()
        if self._popover.isVisible():
            self._popover.show_reasons(self._meaning(), self._reasons)

    def show_reasons(self) -> None:
        """Open the popover above the badge."""
        self._popover.show_reasons(self._meaning(), self._reasons)
        self._popover.adjustSize()
        corner = self.mapToGlobal(QPoint(0, 0))
        self._popover.move(corner.x(), corner.y() - self._popover.height() - 6)
        self._popover.show()

    def _meaning(self) -> str:
        return QCoreApplication.translate("studio", MEANINGS[self._fidelity])

    def _dress(self) -> None:
        badge: Badge = getattr(self._theme.tokens, TONES[self._fidelity])
        self.setIcon(self._icons.icon(ICONS[self._fidelity], colour=badge.soft_ink, size_px=16))


class Popover(QFrame):
    """A sentence and a list of reasons; goes when something else is clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "card")
        self._meaning = QLabel(wordWrap=True)
        self._reasons = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._reasons.setProperty("tone", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self._meaning)
        layout.addWidget(self._reasons)
        self.setFixedWidth(WIDTH_PX)

    @property
    def text(self) -> str:
        """The reasons, one in each line."""
        return self._reasons.text()

    def show_reasons(self, meaning: str, reasons: Sequence[str]) -> None:
        """Fill it."""
        self._meaning.setText(meaning)
        self._reasons.setText("\n".join(f"•  {reason_text(reason)}" for reason in reasons))
        self._reasons.setVisible(bool(reasons))
