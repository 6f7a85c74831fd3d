"""What went wrong, or was done, without getting in the way: a few lines that can be closed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError, TransientError
from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.tab_order import TabPlace
from bridge_app.ui.theme import Theme

if TYPE_CHECKING:
    from bridge_app.domain.jobs import Trouble

MOST = 3
SEALED = "SealedError"
WITHOUT_KEYS = frozenset({"NoKeyringError", "KeyringLockedError", SEALED})
"""Trouble that is over when the key store is opened."""
BUTTON_MARGIN_PX = 4
"""Above and below the buttons, which are higher than the words."""


class MessageBar(QWidget):
    """The newest few messages, newest last. The same words are not shown twice.

    Trouble stays until it is closed; a note about something done goes by itself.
    """

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._lines: list[Banner] = []
        self._of_keys: set[str] = set()
        self._about: dict[str, set[str]] = {}
        self._opens_keys: QAction | None = None
        self._place = TabPlace()
        self._place.setParent(self)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(16, 10, 16, 2)
        self._stack.setSpacing(6)
        self.setVisible(False)

    @property
    def texts(self) -> list[str]:
        """What it says now, oldest first."""
        return [line.text for line in self._lines]

    def open_keys_with(self, action: QAction) -> None:
        """What leads from trouble with a closed key store to where it is opened."""
        self._opens_keys = action

    def show_error(
        self, error: "BridgeError | Trouble", *, about: str = "", again_at: str | None = None
    ) -> None:
        """Tell expected trouble: what happened, what was kept, what to do.

        `about` names what it is over with once that `is_well`; with what goes on by itself
        `again_at` a moment, nobody has to do anything.
        """
        waits = again_at is not None or isinstance(error, TransientError)
        text = error_text(error)
        kind = type(error).__name__ if isinstance(error, BridgeError) else error.kind
        action = self._opens_keys if kind == SEALED else None
        self.say(Tone.WARNING if waits else Tone.NEGATIVE, text, action=action, about=about)
        if kind in WITHOUT_KEYS:
            self._of_keys.add(text)

    def is_well(self, about: str) -> None:
        """What was said of that is over."""
        texts = self._about.pop(about, set())
        for line in [one for one in self._lines if one.text in texts]:
            self._close(line)

    def keys_are_there(self) -> None:
        """The key store was opened: what was said of it is over."""
        for line in [one for one in self._lines if one.text in self._of_keys]:
            self._close(line)
        self._of_keys.clear()

    def say(
        self,
        tone: Tone,
        text: str,
        *,
        action: QAction | None = None,
        instead_of: str = "",
        about: str = "",
    ) -> None:
        """Show a sentence, and perhaps one thing that can be done about it.

        `about` is as in `show_error`. A line that still says `instead_of` goes: the new one says
        that as well. So does one with the same words and a button, for what the button stands for
        is another thing now.
        """
        if about:
            self._about.setdefault(about, set()).add(text)
        if text in self.texts:
            if action is None:
                return
            instead_of = text
        for old in [one for one in self._lines if instead_of and one.text == instead_of]:
            self._close(old)
        line = Banner(self._theme, self._icons)
        layout = line.layout()
        if action is not None and layout is not None:
            button = QPushButton(unmarked(action.text()))
            button.setProperty("kind", "quiet")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(action.trigger)
            button.clicked.connect(lambda: self._close(line))
            layout.addWidget(button)
        close = QToolButton()
        close.setIcon(self._icons.icon("x", size_px=14))
        close.setIconSize(QSize(14, 14))
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close"))
        close.clicked.connect(lambda: self._close(line))
        if layout is not None:
            layout.addWidget(close)
            layout.setContentsMargins(12, BUTTON_MARGIN_PX, 8, BUTTON_MARGIN_PX)
        self._lines.append(line)
        self._stack.addWidget(line)
        self._place.lead_to(*(stop for one in self._lines for stop in _buttons(one)))
        line.say(tone, text)
        while len(self._lines) > MOST:
            self._close(self._lines[0])
        if tone in (Tone.INFO, Tone.POSITIVE) and action is None:
            self._close_later(line)
        self.setVisible(True)

    def _close_later(self, line: Banner) -> None:
        """After a while, and not while somebody reads it or the keyboard is in it."""

        def close() -> None:
            buttons = line.findChildren(QAbstractButton)
            is_read = line.underMouse() or any(one.hasFocus() for one in buttons)
            self._close_later(line) if is_read else self._close(line)

        QTimer.singleShot(self._theme.tokens.duration_ms.toast, line, close)

    def _close(self, line: Banner) -> None:
        if line in self._lines:
            self._lines.remove(line)
            self._stack.removeWidget(line)
            line.setVisible(False)
            line.deleteLater()
        self.setVisible(bool(self._lines))


def _buttons(line: Banner) -> list[QAbstractButton]:
    """Its own, in the order in which they stand."""
    return line.findChildren(QAbstractButton)
