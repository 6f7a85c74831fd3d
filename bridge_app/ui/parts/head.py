"""The head that our dialogs share: a sign, a title, and a sentence below it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.parts.sign import Sign
from bridge_app.ui.parts.waiting_bar import WaitingBar
from bridge_app.ui.theme import Theme

ABOVE_BAR_PX = 4


class DialogHead(QWidget):
    """Sign, title and sentence, as the first thing in a dialog."""

    def __init__(
        self, theme: Theme, icons: Icons, icon: str, *, title: str, text: str = ""
    ) -> None:
        super().__init__()
        self._sign = Sign(theme, icons, icon)
        self._title = QLabel(title, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("tone", "title")
        self._text = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setProperty("tone", "muted")
        self._text.setVisible(bool(text))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        # All that is left is for the sentence: with a stretch below, Qt may cut its last lines.
        words.addWidget(self._text, 1)
        for label in (self._title, self._text):
            label.setAlignment(leading() | Qt.AlignmentFlag.AlignTop)
        self._words = words
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def wait_for(self, asked: Latest) -> None:
        """Show a bar while an answer to what is asked takes long."""
        self._words.addSpacing(ABOVE_BAR_PX)
        self._words.addWidget(WaitingBar(asked, self.title))

    @property
    def title(self) -> str:
        """The title as shown."""
        return self._title.text()

    def say_title(self, title: str) -> None:
        """Show another one."""
        self._title.setText(title)

    @property
    def text(self) -> str:
        """The sentence as shown."""
        return self._text.text()

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)

    def set_text(self, text: str) -> None:
        """Another sentence; "" takes its line away."""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def set_icon(self, icon: str, *, badge: str = "") -> None:
        """Another sign; `badge` names a state's colours in `Tokens`."""
        self._sign.set_icon(icon, badge=badge)
