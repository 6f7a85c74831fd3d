"""A filter as a chip: a button whose menu offers choices, and whose text says what is chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QCoreApplication, QLocale, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QStyle, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme

ICON_PX = 13
PAD_PX = 11
HEIGHT_PX = 27
MOST_PX = 220


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
        self._several = several
        self._chosen: Collection[object] = ()
        self._actions: list[QAction] = []
        self._menu = StayingMenu(self) if several else QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCheckable(True)
        theme.changed.connect(self.update)
        self.show_values(())

    @property
    def filter_menu(self) -> QMenu:
        """Its menu, to which more can be added."""
        self._fill()
        return self._menu

    def show_values(self, values: Collection[object], *, text: str = "") -> None:
        """These are chosen now (or something that `text` describes); nothing is emitted."""
        self._chosen = values
        chosen = [choice.short or choice.text for choice in self._choices if choice.value in values]
        words = text or QLocale().createSeparatedList(chosen)
        self._tick(is_any=not words)
        self.setChecked(bool(words))
        self.setText(words or self._title)
        name = QCoreApplication.translate("filter", "{filter}: {choice}").format(
            filter=self._title, choice=words or self._any_text()
        )
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()

    def _fill(self) -> None:
        """Make the menu's entries, when somebody first looks at it."""
        if self._actions:
            return
        self._actions = [self._menu.addAction(choice.text) for choice in self._choices]
        group, policy = QActionGroup(self), QActionGroup.ExclusionPolicy
        group.setExclusionPolicy(policy.None_ if self._several else policy.ExclusiveOptional)
        for action in self._actions:
            action.setCheckable(True)
            group.addAction(action)
        group.triggered.connect(self._tell)
        self._menu.addSeparator()
        self._any = self._menu.addAction(self._any_text())
        self._any.triggered.connect(self._clear)
        self._tick(is_any=not self.isChecked())

    def _tick(self, *, is_any: bool) -> None:
        for action, choice in zip(self._actions, self._choices, strict=False):
            action.setChecked(choice.value in self._chosen)
        if self._actions:
            self._any.setEnabled(not is_any)

    def _any_text(self) -> str:
        return QCoreApplication.translate("filter", "Any")

    def _values(self) -> frozenset[object]:
        pairs = zip(self._actions, self._choices, strict=True)
        return frozenset(choice.value for action, choice in pairs if action.isChecked())

    def _tell(self) -> None:
        self.picked.emit(self._values())

    def _clear(self) -> None:
        self.picked.emit(frozenset())

    def nextCheckState(self) -> None:
        """Qt: a click opens the menu; what is checked follows from the filter alone."""

    def sizeHint(self) -> QSize:
        """Qt: the words, the arrow and a little air."""
        # Rounded up: with one pixel less the words would be shortened.
        width = ceil(QFontMetricsF(self._font()).horizontalAdvance(self.text())) + 1
        return QSize(min(width, MOST_PX) + 2 * PAD_PX + ICON_PX + 2, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a pill with the words and an arrow that announces the menu."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        self._draw_ground(painter)
        tokens, direction = self._theme.tokens, self.layoutDirection()
        font = self._font()
        words = QRect(PAD_PX, 0, self.width() - 2 * PAD_PX - ICON_PX - 2, self.height())
        top = (self.height() - ICON_PX) // 2
        arrow = QRect(self.width() - PAD_PX - ICON_PX + 3, top, ICON_PX, ICON_PX)
        painter.setFont(font)
        painter.setPen(tokens.text)
        shown = QFontMetrics(font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QStyle.visualRect(direction, self.rect(), words), int(flags), shown)
        ink = tokens.link if self.isChecked() else tokens.text_muted
        pixmap = self._icons.pixmap("chevron-down", ink, ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(QStyle.visualRect(direction, self.rect(), arrow), pixmap)
        painter.end()

    def _draw_ground(self, painter: QPainter) -> None:
        tokens, on = self._theme.tokens, self.isChecked()
        edge = tokens.selection_border if on else tokens.border_button
        ground = tokens.selection if on else tokens.panel
        if not on and (self.underMouse() or self.isDown()):
            ground = tokens.pressed if self.isDown() else tokens.hover
        width = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(tokens.focus if self.hasFocus() else edge, width))
        painter.setBrush(ground)
        frame = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)

    def _font(self) -> QFont:
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium
        return self._theme.font(self._theme.tokens.font_px.small, weight)
