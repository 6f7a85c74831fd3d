"""A filter as a chip: a button whose menu offers choices, and whose text says what is chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme

ICON_PX = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a chip's menu: its value, its words, and shorter ones for the chip."""

    value: object
    text: str
    short: str = ""


class StayingMenu(QMenu):
    """A menu that stays open while boxes are ticked, so that several can be."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a tick does not close it."""
        if not self._ticked(self.activeAction()):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: space ticks, Enter ticks and closes."""
        if event.key() != Qt.Key.Key_Space or not self._ticked(self.activeAction()):
            super().keyPressEvent(event)

    def _ticked(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


class FilterChip(QToolButton):
    """Shows the filter's name, or what is chosen; `picked` tells a person's choice as values.

    Args:
        title: What is filtered by.
        choices: What can be chosen.
        several: Whether more than one can be; else choosing another one, or none, replaces it.
    """

    picked = Signal(object)  # frozenset of values; empty means any

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        title: str,
        choices: Sequence[Choice],
        *,
        several: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._title = title
        self._choices = choices
        self._menu = StayingMenu(self) if several else QMenu(self)
        self._actions = [self._menu.addAction(choice.text) for choice in choices]
        self._group = QActionGroup(self)
        policy = QActionGroup.ExclusionPolicy
        self._group.setExclusionPolicy(policy.None_ if several else policy.ExclusiveOptional)
        for action in self._actions:
            action.setCheckable(True)
            self._group.addAction(action)
        self._menu.addSeparator()
        self._any = self._menu.addAction(QCoreApplication.translate("filter", "Any"))
        self._group.triggered.connect(self._tell)
        self._any.triggered.connect(self._clear)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setProperty("chip", True)  # noqa: FBT003 - Qt's property
        self.setCheckable(True)
        # A button's icon leads; the arrow that announces a menu belongs behind the words.
        leads = QGuiApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight
        around = Qt.LayoutDirection.RightToLeft if leads else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(around)
        theme.changed.connect(self._dress)
        self.show_values(())

    @property
    def filter_menu(self) -> QMenu:
        """Its menu, to which more can be added."""
        return self._menu

    def show_values(self, values: Collection[object], *, text: str = "") -> None:
        """These are chosen now (or something that `text` describes); nothing is emitted."""
        chosen = []
        for action, choice in zip(self._actions, self._choices, strict=True):
            action.setChecked(choice.value in values)
            if choice.value in values:
                chosen.append(choice.short or choice.text)
        words = text or QLocale().createSeparatedList(chosen)
        self._any.setEnabled(bool(words))
        self.setChecked(bool(words))
        self.setText(words or self._title)
        name = QCoreApplication.translate("filter", "{filter}: {choice}").format(
            filter=self._title, choice=words or self._any.text()
        )
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._dress()

    def _values(self) -> frozenset[object]:
        pairs = zip(self._actions, self._choices, strict=True)
        return frozenset(choice.value for action, choice in pairs if action.isChecked())

    def _tell(self) -> None:
        self.picked.emit(self._values())

    def _clear(self) -> None:
        self.picked.emit(frozenset())

    def nextCheckState(self) -> None:
        """Qt: a click opens the menu; what is checked follows from the filter alone."""

    def _dress(self) -> None:
        tokens = self._theme.tokens
        ink = tokens.link if self.isChecked() else tokens.text_muted
        self.setIcon(self._icons.icon("chevron-down", colour=ink, size_px=ICON_PX))
