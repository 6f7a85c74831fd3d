"""How the application is there on the desktop beside its window: its door for other starts."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bridge_app.app.hand_over import Door, Note, note_for
from bridge_app.ui.main_window import MainWindow


class Presence:
    """From the first window to the end; `window` is the one that is open now.

    GUI thread only.
    """

    def __init__(self, home: Path, window: Callable[[], MainWindow]) -> None:
        self._window = window
        self._door = Door(home)
        self._door.called.connect(self._show)

    def open(self, words: Sequence[str]) -> None:
        """Show the links and files that the program was started with."""
        if words:
            self._show(note_for(words))

    def close(self) -> None:
        """Listen no more."""
        self._door.close()

    def _show(self, note: Note) -> None:
        self._window().exchange.open(note.words, token=note.token)
