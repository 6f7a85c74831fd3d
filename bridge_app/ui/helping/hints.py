"""One sentence at the moment it helps; each is dismissed for good, and one is shown at a time."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.theme import Theme


class HintStrip(QWidget):
    """A hint below the assets, which stay where they are, with a button that dismisses it."""

    dismissed = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self.line = Banner(theme, icons)
        self.got_it = QPushButton(self.tr("Got it"), autoDefault=False)
        self.got_it.setProperty("kind", "quiet")
        self.got_it.clicked.connect(self.dismissed)
        inside = self.line.layout()
        if isinstance(inside, QHBoxLayout):
            inside.addWidget(self.got_it)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.addWidget(self.line)
        self.setVisible(False)

    def say(self, text: str) -> None:
        """Show it."""
        self.setVisible(True)
        self.line.say(Tone.INFO, text, icon="sparkles")


class Hints(QObject):
    """Which hint is shown, and which are not wanted any more.

    Args:
        texts: The hints by their names.
        may_show: Is nothing else just being explained?
        dismissed: The names of those that are not wanted any more.
    """

    changed = Signal(str)  # the names of those that are not wanted any more, with spaces between

    def __init__(
        self,
        strip: HintStrip,
        texts: Mapping[str, str],
        *,
        may_show: Callable[[], bool],
        dismissed: str,
    ) -> None:
        super().__init__(strip)
        self.strip = strip
        self._texts = texts
        self._may_show = may_show
        self._gone = set(dismissed.split())
        self.shown = ""
        strip.dismissed.connect(self._dismiss)

    def helps(self, name: str) -> None:
        """Now is the moment of this hint."""
        if self.shown or name in self._gone or not self._may_show():
            return
        self.shown = name
        self.strip.say(self._texts[name])

    def again(self) -> None:
        """All of them may be shown again."""
        self._gone.clear()
        self.changed.emit("")

    def _dismiss(self) -> None:
        self._gone.add(self.shown)
        self.shown = ""
        self.strip.setVisible(False)
        self.changed.emit(" ".join(sorted(self._gone)))
