"""What can be copied: the transformation, and the code of the rendition in every dialect."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QGuiApplication,
)
from PySide6.QtWidgets import QMenu, QPushButton

from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, GateRefusalError
from bridge_app.transform.code import Code
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.parts.rule import with_gap

TITLES = {
    Code.URL: QT_TRANSLATE_NOOP("studio", "URL"),
    Code.HTML: QT_TRANSLATE_NOOP("studio", "HTML: <img> with srcset"),
    Code.PICTURE: QT_TRANSLATE_NOOP("studio", "HTML: <picture>"),
    Code.MARKDOWN: QT_TRANSLATE_NOOP("studio", "Markdown"),
    Code.CSS: QT_TRANSLATE_NOOP("studio", "CSS background"),
    Code.VIDEO_PLAYER: QT_TRANSLATE_NOOP("studio", "Video player"),
    Code.GALLERY: QT_TRANSLATE_NOOP("studio", "Product gallery"),
    Code.PYTHON: QT_TRANSLATE_NOOP("studio", "Python"),
    Code.JAVASCRIPT: QT_TRANSLATE_NOOP("studio", "JavaScript"),
    Code.NODE: QT_TRANSLATE_NOOP("studio", "Node.js"),
}
COPIED_MS = 1800


class CopyButton(QPushButton):
    """A menu of codes. `wanted` asks for one; the answer goes on the clipboard with `take`."""

    wanted = Signal(object)  # Code
    transformationWanted = Signal()
    widthsWanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._copied = QTimer(self, interval=COPIED_MS, singleShot=True)
        self._copied.timeout.connect(self._rest)
        self._menu = QMenu(self)
        self._codes: dict[Code, QAction] = {}
        plain = self._menu.addAction(self.tr("Transformation"))
        plain.triggered.connect(self.transformationWanted)
        self._menu.addSeparator()
        for code, words in TITLES.items():
            action = self._menu.addAction(QCoreApplication.translate("studio", words))
            action.triggered.connect(partial(self._want, code))
            self._codes[code] = action
        self._menu.addSeparator()
        self._channels = self._menu.addMenu(self.tr("For Channel"))
        self._channels.menuAction().setVisible(False)
        self._chosen = QActionGroup(self)
        self._settings: dict[str, ChannelSettings] = {}
        self.widths = self._menu.addAction(self.tr("Responsive widths…"))
        self.widths.triggered.connect(self.widthsWanted)
        self._why = self._menu.addAction("")
        self._why.setEnabled(False)
        self._why.setVisible(False)
        self.setMenu(self._menu)
        self._rest()

    @property
    def codes(self) -> QMenu:
        """The menu."""
        return self._menu

    @property
    def channel(self) -> ChannelSettings | None:
        """The channel whose settings the code follows; None: it is as the rendition says."""
        on = (str(one.data()) for one in self._chosen.actions() if one.isChecked())
        return self._settings.get(next(on, ""))

    def offer_channels(self, found: Sequence[ChannelSettings]) -> None:
        """Let code follow the settings of one of these."""
        self._settings = {one.channel: one for one in found}
        self._channels.clear()
        self._chosen = QActionGroup(self)
        for name in ("", *self._settings):
            words = one_line(name) or self.tr("As the Rendition Says")
            action = self._channels.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setData(name)
            action.setChecked(not name)
            self._chosen.addAction(action)
        self._channels.menuAction().setVisible(bool(self._settings))

    def action(self, code: Code) -> QAction:
        """The entry of a kind of code."""
        return self._codes[code]

    def allow(self, is_delivered: bool, *, is_film: bool) -> None:  # noqa: FBT001 - a statement
        """Whether there is an address at all, and of what."""
        for code, action in self._codes.items():
            action.setEnabled(is_delivered)
            pictures = (Code.HTML, Code.PICTURE, Code.MARKDOWN, Code.CSS)
            action.setVisible(code not in pictures if is_film else code is not Code.VIDEO_PLAYER)
        self.widths.setVisible(not is_film)
        self._why.setVisible(not is_delivered)
        self._why.setText(self.tr("There is code once the asset is pushed."))

    def take(self, text: str) -> None:
        """Put this on the clipboard, and say so for a moment."""
        QGuiApplication.clipboard().setText(text)
        self.setText(with_gap(self.tr("Copied")))
        self._copied.start()
        announce(self, self.tr("Copied"))

    def refuse(self, error: BridgeError) -> None:
        """Why there is no code: at the foot of the menu."""
        self._why.setText(error_text(error))
        self._why.setVisible(True)

    def forbid(self, error: GateRefusalError) -> None:
        """The gate lets nobody have any of it now."""
        for action in self._codes.values():
            action.setEnabled(False)
        self.refuse(error)

    def _want(self, code: Code) -> None:
        self.wanted.emit(code)

    def _rest(self) -> None:
        self.setText(with_gap(self.tr("Copy")))
