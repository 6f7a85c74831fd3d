"""A part of the standard fields under a head that folds it away."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.theme import Theme

ICON_PX = 16


class StandardGroup(QWidget):
    """Head and body; the body is made when it is opened for the first time.

    Args:
        title: The head's words.
        make: Makes what lies below the head.
    """

    toggled = Signal(bool)
    opened = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, *, title: str, make: Callable[[QVBoxLayout], None]
    ) -> None:
        super().__init__()
        self._icons = icons
        self._make = make
        self._title = title
        self._body: QWidget | None = None
        self._inside: QVBoxLayout | None = None
        self._head = GroupHead(title)
        self._count = QLabel()
        self._told = 0, 0
        self._build()
        self._head.toggled.connect(self._fold)
        self._head.clicked.connect(self.toggled)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def is_open(self) -> bool:
        """Is what lies below the head shown?"""
        return self._head.isChecked()

    @property
    def body(self) -> QVBoxLayout | None:
        """What lies below the head; None while it was never opened."""
        return self._inside

    @property
    def head(self) -> QToolButton:
        """What opens and closes it."""
        return self._head

    def set_open(self, *, on: bool) -> None:
        """Show or hide what lies below."""
        self._head.setChecked(on)

    def show_count(self, filled: int, lacking: int = 0) -> None:
        """How many of its fields say something, and how many have to and do not."""
        if (filled, lacking) == self._told:
            return
        self._told = filled, lacking
        needed = self.tr("%Ln needed", "", lacking) if lacking else ""
        said = self.tr("%Ln filled in", "", filled) if filled else ""
        shown = [number_text(filled)] if filled else []
        self._count.setText(" · ".join([*([needed] if needed else []), *shown]))
        self._count.setVisible(bool(filled or lacking))
        self._count.setToolTip("\n".join(one for one in (needed, said) if one))
        self._head.setAccessibleDescription(", ".join(one for one in (needed, said) if one))

    def _build(self) -> None:
        self._count.setProperty("tone", "caption")
        self._count.setVisible(False)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._head, 1)
        head.addWidget(self._count)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addLayout(head)

    def _fold(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        if on and self._body is None:
            self._body = QWidget()
            self._inside = QVBoxLayout(self._body)
            self._inside.setContentsMargins(0, 0, 0, 10)
            self._inside.setSpacing(12)
            self._make(self._inside)
            self._layout.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(on)
        self._dress()
        if on:
            self.opened.emit()

    def _dress(self) -> None:
        self._head.dress(self._icons)


class GroupHead(QToolButton):
    """Opens and closes with a click, Space, Enter, and the arrow keys of a tree."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("head", "true")
        self.setText(title)
        self.setCheckable(True)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def dress(self, icons: Icons) -> None:
        """Show which way it is turned, in the looks that are in force."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        closed = "chevron-left" if mirrored else "chevron-right"
        name = "chevron-down" if self.isChecked() else closed
        self.setIcon(icons.icon(name, size_px=ICON_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the keys of a tree."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        right, left = Qt.Key.Key_Right, Qt.Key.Key_Left
        opens, closes = (left, right) if mirrored else (right, left)
        if event.key() in (opens, closes):
            if self.isChecked() is not (event.key() == opens):
                self.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
