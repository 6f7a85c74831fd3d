"""What a window is called: what it shows, and which of several it is."""

from PySide6.QtWidgets import QMainWindow

from bridge_app.ui.messages import number_text, one_line


class Entitling:
    """The system puts the program's name to the title, each in its own form."""

    def __init__(self, window: QMainWindow, usual: str) -> None:
        self._window = window
        self._usual = usual
        self._words = ""
        self.number = 1

    def show(self, *parts: str) -> None:
        """It shows this: what is searched for, and where."""
        self._words = " – ".join(one_line(part) for part in parts if part)
        self._entitle()

    def count(self, number: int) -> None:
        """Windows that show the same are told apart by their numbers."""
        self.number = number
        self._entitle()

    def _entitle(self) -> None:
        # Qt takes [*] for the place of a sign that something is not saved.
        words = self._words.replace("[*]", "[*][*]") or self._usual
        self._window.setWindowTitle(
            f"{words} ({number_text(self.number)})" if self.number > 1 else words
        )
