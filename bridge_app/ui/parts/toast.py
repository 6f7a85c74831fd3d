"""A short word about what was done, with a way to take it back; in the way of nothing."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.theme import Theme

STAY_MS = 8000
MARGIN_PX = 24
ICON_PX = 18
CLOSE_PX = 14


class Toast(QFrame):
    """Lies over the lower edge of `below` and goes by itself.

    It stays while the pointer is over it or the keyboard in it, and one takes the place of another.
    Nothing is lost with it: what it offers is in the menu as well.
    """

    def __init__(self, theme: Theme, icons: Icons, below: QWidget) -> None:
        super().__init__(below)
        self._below = below
        self._theme = theme
        self._icons = icons
        self._action: QAction | None = None
        self._icon = QLabel()
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.act = QPushButton(autoDefault=False)
        self.close_button = QToolButton()
        self.timer = QTimer(self, interval=STAY_MS, singleShot=True)
        self.timer.timeout.connect(self.hush)
        self._build()
        theme.changed.connect(self._dress)
        below.installEventFilter(self)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says; "" while it is not there."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, action: QAction, words: str) -> None:
        """Show `text` and a button with `words` for `action`."""
        self._action = action
        self._text.setText(text)
        self.setAccessibleName(text)
        self.act.setText(words)
        keys = action.shortcut().toString()
        self.act.setToolTip(keys)
        self._dress()
        self.adjustSize()
        self._place()
        self.setVisible(True)
        self.raise_()
        self.timer.start()
        plain = text.removesuffix(".")
        announce(self, f"{plain}. {words} ({keys})" if keys else text)

    def hush(self) -> None:
        """It goes; later, while somebody is at it."""
        if self.underMouse() or self.act.hasFocus() or self.close_button.hasFocus():
            self.timer.start()
            return
        self._leave()

    def withdraw(self) -> None:
        """It goes at once: what it offers would do something else by now."""
        self._leave()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt: somebody reads it."""
        super().enterEvent(event)
        self.timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: read."""
        super().leaveEvent(event)
        self.timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay at the lower edge, and while the keyboard is in it."""
        kinds = QEvent.Type
        if watched is self._below and event.type() is kinds.Resize and self.isVisible():
            self._place()
        elif watched in (self.act, self.close_button):
            if event.type() is kinds.FocusIn:
                self.timer.stop()
            elif event.type() is kinds.FocusOut and self.isVisible():
                self.timer.start()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self.act.setProperty("kind", "quiet")
        self.act.clicked.connect(self._do)
        self.close_button.setIconSize(QSize(CLOSE_PX, CLOSE_PX))
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.clicked.connect(self._leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.setSpacing(10)
        for part in (self._icon, self._text, self.act, self.close_button):
            layout.addWidget(part)
        for part in (self.act, self.close_button):
            part.installEventFilter(self)

    def _place(self) -> None:
        room = self._below.rect()
        self.move(
            QPoint(
                max(MARGIN_PX, (room.width() - self.width()) // 2),
                room.height() - self.height() - MARGIN_PX,
            )
        )

    def _do(self) -> None:
        action = self._action
        self._leave()
        if action is not None:
            action.trigger()

    def _leave(self) -> None:
        self.timer.stop()
        had_keyboard = self.act.hasFocus() or self.close_button.hasFocus()
        self.setVisible(False)
        if had_keyboard:
            self._below.setFocus()

    def _dress(self) -> None:
        ink = self._theme.tokens.positive.soft_ink
        dpr = self.devicePixelRatioF()
        self._icon.setPixmap(self._icons.pixmap("circle-check", ink, ICON_PX, dpr))
        self.close_button.setIcon(self._icons.icon("x", size_px=CLOSE_PX))
