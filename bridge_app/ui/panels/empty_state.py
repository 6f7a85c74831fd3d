"""What stands where there is nothing yet: why, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.sign import Sign
from bridge_app.ui.parts.whole_label import WholeLabel
from bridge_app.ui.theme import Theme

SIGN_PX = 64
TEXT_PX = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyWords:
    """A sign, a short title and one or two sentences."""

    icon: str
    title: str
    text: str


class EmptyState(QWidget):
    """Sign, title, sentence and buttons, in the middle of its place.

    Args:
        words: What it says.
        actions: What can be done; the first one is the primary button.
    """

    def __init__(
        self,
        icons: Icons,
        theme: Theme,
        words: EmptyWords,
        actions: Sequence[QAction] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sign = Sign(theme, icons, words.icon, edge_px=SIGN_PX)
        self._title = _label("title")
        self._text = _label("muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for number, action in enumerate(actions):
            buttons.addWidget(_button(action, primary=number == 0))
        buttons.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(TEXT_PX)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 16, 16, 16)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(2)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(16)
        layout.addWidget(self._title)
        layout.addSpacing(6)
        layout.addWidget(self._text)
        layout.addSpacing(20)
        layout.addLayout(buttons)
        layout.addStretch(3)
        self.set_words(words)

    @property
    def title(self) -> str:
        """The title as shown."""
        return self._title.text()

    @property
    def text(self) -> str:
        """The sentence as shown."""
        return self._text.text()

    def set_words(self, words: EmptyWords) -> None:
        """Say something else."""
        self._sign.set_icon(words.icon)
        self._title.setText(words.title)
        self._text.setText(words.text)


def _label(tone: str) -> QLabel:
    label = WholeLabel()
    label.setProperty("tone", tone)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label


def _button(action: QAction, *, primary: bool) -> QPushButton:
    button = QPushButton(action.text(), autoDefault=False)
    if primary:
        button.setProperty("kind", "primary")
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setText(action.text())
        button.setEnabled(action.isEnabled())
        button.setVisible(action.isVisible())
        button.setToolTip(action.toolTip() if action.toolTip() != action.text() else "")

    action.changed.connect(follow)
    follow()
    return button
