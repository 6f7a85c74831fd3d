"""The foot of the sidebar: which product environment is in use, whether it is reached, settings."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStyle, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Theme
from bridge_app.work.events import Connectivity

HEIGHT_PX = 44
ICON_PX = 22
DOT_PX = 8


class AccountChip(QWidget):
    """A button with the environment's name and state that opens its menu, and one for settings."""

    def __init__(self, theme: Theme, icons: Icons, *, account: QMenu, settings: QMenu) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._chip = _Chip(theme, icons)
        self._chip.setMenu(account)
        self._chip.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._settings = QToolButton()
        self._settings.setMenu(settings)
        self._settings.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._settings.setIconSize(QSize(18, 18))
        self._settings.setAccessibleName(self.tr("Settings"))
        self._settings.setToolTip(self.tr("Settings"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._chip, 1)
        layout.addWidget(self._settings)
        theme.changed.connect(self._dress)
        self._dress()

    def show_state(self, environment: str | None, connectivity: Connectivity) -> None:
        """Which environment is in use (None: no account yet), and whether it is reached."""
        words = {
            Connectivity.ONLINE: self.tr("Connected"),
            Connectivity.OFFLINE: self.tr("Cannot be reached"),
            Connectivity.WORK_OFFLINE: self.tr("Working offline"),
        }
        hints = {
            Connectivity.ONLINE: self.tr("Pushes go out at once."),
            Connectivity.OFFLINE: self.tr(
                "You can go on working. Pushes wait, and go out by themselves afterwards."
            ),
            Connectivity.WORK_OFFLINE: self.tr(
                "You can go on working. Pushes wait until you go online again."
            ),
        }
        if environment is None:
            self._chip.show_words(
                self.tr("No account"), self.tr("Browsing only"), connectivity=None
            )
            self._chip.setToolTip(self.tr("Add an account to push approved assets."))
            return
        state = words[connectivity]
        self._chip.show_words(one_line(environment), state, connectivity=connectivity)
        self._chip.setToolTip(hints[connectivity])

    def _dress(self) -> None:
        self._settings.setIcon(self._icons.icon("settings", size_px=18))


class _Chip(QToolButton):
    """Cloud, name and state, with a dot in the state's colour."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._name = ""
        self._state = ""
        self._connectivity: Connectivity | None = None
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_words(self, name: str, state: str, *, connectivity: Connectivity | None) -> None:
        self._name, self._state, self._connectivity = name, state, connectivity
        self.setAccessibleName(self.tr("Account: {name}, {state}").format(name=name, state=state))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        name = "cloud" if self._connectivity is Connectivity.ONLINE else "cloud-off"
        icon = self._icons.pixmap(name, tokens.text_muted, ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(self._place(8, (HEIGHT_PX - ICON_PX) // 2, ICON_PX, ICON_PX), icon)
        width = self.width() - ICON_PX - 26
        painter.setPen(tokens.text)
        painter.setFont(self._theme.font(tokens.font_px.body, QFont.Weight.Medium))
        self._line(painter, self._place(ICON_PX + 18, 5, width, 18), self._name)
        dots = {
            Connectivity.ONLINE: tokens.positive.fill,
            Connectivity.OFFLINE: tokens.warning.fill,
            Connectivity.WORK_OFFLINE: tokens.neutral.fill,
        }
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dots.get(self._connectivity or Connectivity.WORK_OFFLINE))
        painter.drawEllipse(self._place(ICON_PX + 18, 28, DOT_PX - 1, DOT_PX - 1))
        painter.setPen(tokens.text_muted)
        painter.setFont(self._theme.font(tokens.font_px.caption))
        self._line(painter, self._place(ICON_PX + 18 + 12, 23, width - 12, 16), self._state)
        painter.end()

    def _line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags), shown)

    def _place(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))
