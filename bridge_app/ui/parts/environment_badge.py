"""Which product environment something goes to: its colour, its name, whose it is, its stage."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bridge_app.delivery.accounts import Account
from bridge_app.domain.environments import Stage
from bridge_app.ui.environment_looks import STAGE_BADGES, account_title, stage_text, swatch
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.theme import Theme

SWATCH_PX = 16


class EnvironmentBadge(QWidget):
    """One line; hidden while there is no environment."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._account: Account | None = None
        self._swatch = QLabel()
        self._name = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._name.setProperty("tone", "heading")
        self._stage = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._stage.setProperty("badge", "neutral")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._swatch)
        layout.addWidget(self._name)
        layout.addWidget(self._stage, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        theme.changed.connect(self._dress)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says, for those who cannot see it."""
        parts = (self._name.text(), self._stage.text())
        return ", ".join(part for part in parts if part)

    def show_account(self, account: Account | None) -> None:
        """Show this environment; None: none."""
        self._account = account
        self.setVisible(account is not None)
        if account is None:
            return
        names = [account_title(account)]
        if account.label != account.environment:
            names.append(one_line(account.environment))
        if account.owner:
            names.append(one_line(account.owner))
        self._name.setText("  ·  ".join(isolated(name) for name in names))
        labelled = account.stage is not Stage.NONE
        self._stage.setText(stage_text(account.stage) if labelled else "")
        self._stage.setVisible(labelled)
        self.setAccessibleName(self.text)
        self._dress()

    def _dress(self) -> None:
        if self._account is None:
            return
        icon = swatch(self._account.hue, self._theme.tokens)
        self._swatch.setPixmap(icon.pixmap(SWATCH_PX, SWATCH_PX))
        self._stage.setProperty("badge", STAGE_BADGES[self._account.stage])
        self._stage.style().unpolish(self._stage)
        self._stage.style().polish(self._stage)
