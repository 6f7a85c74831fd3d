"""The first minute, above the sample campaign: a sentence, four ways on, and a way to close it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.sign import Sign
from bridge_app.ui.parts.whole_label import WholeLabel
from bridge_app.ui.theme import Theme

SIGN_PX = 40
ICON_PX = 16
ABOVE_PX, BELOW_PX = 10, 2
LOW_PX, LEAST_PX = 560, 48
"""In a window as low as that it leaves the room to messages and assets, and is scrolled."""


class WelcomeStrip(QWidget):
    """Hidden until `welcome`; in the way of nothing, and gone for good once it is closed.

    Args:
        ways: What one can begin with: an icon and its action each, the first one the best.
        close: Puts it away.
    """

    def __init__(
        self, theme: Theme, icons: Icons, ways: tuple[tuple[str, QAction], ...], close: QAction
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._close = close
        self.buttons = [
            _way(action, is_first=number == 0) for number, (_, action) in enumerate(ways)
        ]
        self._names = [icon for icon, _ in ways]
        self._title = QLabel(self.tr("Welcome to Asset Bridge"))
        self._title.setProperty("tone", "strong")
        self._text = WholeLabel()
        self._text.setText(
            self.tr(
                "This is a sample campaign, and Cloudinary and PhotoShelter are stand-ins inside "
                "this program: try everything, nothing leaves this computer."
            )
        )
        self._text.setProperty("tone", "muted")
        self.close_button = QToolButton()
        self._scroll = SeeingScroll()
        self._build(Sign(theme, icons, "sparkles", edge_px=SIGN_PX))
        theme.changed.connect(self._dress)
        self._dress()
        self.setVisible(False)

    def welcome(self, *, by_hand: bool = False) -> None:
        """Show it; somebody who asked for it has the keyboard on the first way."""
        self.setVisible(True)
        if by_hand:
            self.buttons[0].setFocus()
            announce(self, f"{self._title.text()}. {self._text.text()}")

    def heightForWidth(self, width: int) -> int:
        """Qt: room for everything; what there is less of is scrolled."""
        wanted = self._card.heightForWidth(width) + ABOVE_PX + BELOW_PX
        return min(wanted, LEAST_PX) if self.window().height() < LOW_PX else wanted

    def sizeHint(self) -> QSize:
        """Qt: as wide as it likes to be."""
        wide = self._card.sizeHint().width()
        return QSize(wide, self.heightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the card takes all of it."""
        super().resizeEvent(event)
        self._scroll.setGeometry(self.rect().adjusted(0, ABOVE_PX, 0, -BELOW_PX))

    def _build(self, sign: Sign) -> None:
        card = QFrame()
        card.setProperty("surface", "card")
        self._card = card
        self._scroll.setParent(self)
        self._scroll.setWidget(card)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons are scrolled to
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Without a layout, which would forget how high the words are in so little width.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._text.text())
        self.close_button.setIconSize(QSize(ICON_PX, ICON_PX))
        self.close_button.setAccessibleName(self.tr("Close the welcome"))
        self.close_button.setToolTip(self.tr("Close; it comes back from the Help menu"))
        self.close_button.clicked.connect(self._close.trigger)
        row = QWidget()
        ways = FlowLayout(row, spacing_px=8)
        for button in self.buttons:
            ways.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addSpacing(6)
        words.addWidget(row)
        layout = QHBoxLayout(card)
        layout.setContentsMargins(16, 14, 10, 14)
        layout.setSpacing(14)
        layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _dress(self) -> None:
        self.close_button.setIcon(self._icons.icon("x", size_px=ICON_PX))
        for button, name in zip(self.buttons, self._names, strict=True):
            ink = self._theme.tokens.accent_text if button is self.buttons[0] else None
            button.setIcon(self._icons.icon(name, colour=ink, size_px=ICON_PX))


def _way(action: QAction, *, is_first: bool) -> QPushButton:
    button = QPushButton(with_gap(action.text()), autoDefault=False)
    button.setIconSize(QSize(ICON_PX, ICON_PX))
    if is_first:
        button.setProperty("kind", "primary")
    button.clicked.connect(action.trigger)
    return button
