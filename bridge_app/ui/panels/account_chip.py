"""The foot of the sidebar: the environment in use, its colour and stage, and if it is reached."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStyle, QToolButton, QWidget

from bridge_app.delivery.accounts import Account
from bridge_app.domain.environments import Hue, Stage
from bridge_app.ui.environment_looks import STAGE_BADGES, account_title, hue_colour, stage_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import native
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Badge, Theme
from bridge_app.work.events import Connectivity

HEIGHT_PX = 44
ICON_PX = 22
DOT_PX = 8
BAR_PX = 4
PILL_PX = 16
SWITCH = "Ctrl+Shift+E"
"""Opens the menu of environments from anywhere in the window."""


class AccountChip(QWidget):
    """A button with the environment's name and state that opens its menu, and one for settings."""

    def __init__(self, theme: Theme, icons: Icons, *, account: QMenu, settings: QMenu) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._chip = _Chip(theme, icons)
        self._chip.setMenu(account)
        self._chip.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        QShortcut(QKeySequence(SWITCH), self).activated.connect(self._chip.showMenu)
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

    def show_state(self, account: Account | None, connectivity: Connectivity) -> None:
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
        if account is None:
            self._chip.show_nothing(self.tr("No account"), self.tr("Browsing only"))
            self._chip.setToolTip(self.tr("Add an account to push approved assets."))
            return
        self._chip.show_account(account, words[connectivity], connectivity)
        telling = self.tr("Switch to another account with {keys}.")
        switch = telling.format(keys=native(SWITCH))
        self._chip.setToolTip(f"{_names(account)}\n{hints[connectivity]}\n{switch}")

    def _dress(self) -> None:
        self._settings.setIcon(self._icons.icon("settings", size_px=18))


class _Chip(QToolButton):
    """A bar of the environment's colour, its name, its stage, and a dot in the state's colour."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._name = ""
        self._state = ""
        self._hue = Hue.NONE
        self._stage = Stage.NONE
        self._connectivity: Connectivity | None = None
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_nothing(self, name: str, state: str) -> None:
        """There is no environment."""
        self._hue, self._stage = Hue.NONE, Stage.NONE
        self._show(name, state, None)
        self.setAccessibleName(self.tr("Account: {name}, {state}").format(name=name, state=state))

    def show_account(self, account: Account, state: str, connectivity: Connectivity) -> None:
        """This one is in use."""
        self._hue, self._stage = account.hue, account.stage
        self._show(account_title(account), state, connectivity)
        self.setAccessibleName(
            self.tr("Account: {name}, {state}").format(name=_names(account), state=state)
        )

    def _show(self, name: str, state: str, connectivity: Connectivity | None) -> None:
        self._name, self._state, self._connectivity = name, state, connectivity
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        self._draw_bar(painter)
        name = "cloud" if self._connectivity is Connectivity.ONLINE else "cloud-off"
        icon = self._icons.pixmap(name, tokens.text_muted, ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(self._place(10, (HEIGHT_PX - ICON_PX) // 2, ICON_PX, ICON_PX), icon)
        x = ICON_PX + 20
        width = self.width() - x - 8
        painter.setPen(tokens.text)
        painter.setFont(self._theme.font(tokens.font_px.body, QFont.Weight.Medium))
        self._line(painter, self._place(x, 4, width, 18), self._name)
        taken = self._draw_stage(painter, x, width)
        self._draw_state(painter, x + taken, width - taken)
        painter.end()

    def _draw_bar(self, painter: QPainter) -> None:
        """The colour by which people know whose it is."""
        if self._hue is Hue.NONE:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hue_colour(self._hue, self._theme.tokens))
        bar = QRectF(self._place(2, 5, BAR_PX, HEIGHT_PX - 10))
        painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)

    def _draw_stage(self, painter: QPainter, x: int, width: int) -> int:
        """The stage as a pill; returns the width it takes."""
        if self._stage is Stage.NONE:
            return 0
        tokens = self._theme.tokens
        badge: Badge = getattr(tokens, STAGE_BADGES[self._stage])
        painter.setFont(self._theme.font(tokens.font_px.caption, QFont.Weight.DemiBold))
        words = stage_text(self._stage)
        taken = min(painter.fontMetrics().horizontalAdvance(words) + 14, width)
        pill = self._place(x, 23, taken, PILL_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.soft)
        painter.drawRoundedRect(QRectF(pill), PILL_PX / 2, PILL_PX / 2)
        painter.setPen(badge.soft_ink)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)
        return taken + 8

    def _draw_state(self, painter: QPainter, x: int, width: int) -> None:
        tokens = self._theme.tokens
        dots = {
            Connectivity.ONLINE: tokens.positive.fill,
            Connectivity.OFFLINE: tokens.warning.fill,
            Connectivity.WORK_OFFLINE: tokens.neutral.fill,
        }
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dots.get(self._connectivity or Connectivity.WORK_OFFLINE))
        painter.drawEllipse(self._place(x, 28, DOT_PX - 1, DOT_PX - 1))
        painter.setPen(tokens.text_muted)
        painter.setFont(self._theme.font(tokens.font_px.caption))
        cut = painter.fontMetrics().horizontalAdvance(self._state) > width - 12
        if cut and self._connectivity is not None:
            return  # Half a word says less than cloud and dot; the tool tip has it whole.
        self._line(painter, self._place(x + 12, 23, width - 12, PILL_PX), self._state)

    def _line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags), shown)

    def _place(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))


def _names(account: Account) -> str:
    """All that it is called by, and its stage."""
    stage = stage_text(account.stage) if account.stage is not Stage.NONE else ""
    called = (account_title(account), one_line(account.environment), one_line(account.owner), stage)
    return ", ".join(dict.fromkeys(part for part in called if part))
