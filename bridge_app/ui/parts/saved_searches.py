"""A button with the searches that were given a name, and what can be done with them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMenu, QToolButton, QWidget

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.database import storage_errors
from bridge_app.storage.saved_searches import SavedSearch, as_text, from_text
from bridge_app.ui.asker import Asker
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import one_line
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.search_shelf import LONGEST_NAME, SearchShelf

A_DAY_S = 24 * 60 * 60


class SavedSearchesButton(QToolButton):
    """Offers the saved searches of one environment.

    `picked` gives an expression, `told` a sentence about what was done, `troubled` a BridgeError.
    """

    picked = Signal(str)
    told = Signal(str)
    troubled = Signal(object)  # BridgeError

    def __init__(
        self,
        shelf: SearchShelf,
        asker: Asker,
        environment: str,
        *,
        current: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._environment = environment
        self._current = current
        self._asking = Latest(asker, self)
        self._saved: tuple[SavedSearch, ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setText(self.tr("Saved"))
        self.setToolTip(self.tr("Searches that have a name"))
        self.setAccessibleName(self.tr("Saved searches"))
        self._ask(partial(shelf.saved, environment))

    def _fill(self) -> None:
        """The menu as it is now."""
        self._menu.clear()
        for one in self._saved:
            entry = self._menu.addAction(_menu_text(one.name))
            entry.setToolTip(one_line(one.expression))
            entry.triggered.connect(partial(self.picked.emit, one.expression))
        if not self._saved:
            self._menu.addAction(self.tr("No search has a name yet")).setEnabled(False)
        self._menu.addSeparator()
        has_text = bool(self._current())
        save = self._menu.addAction(self.tr("Save this search…"), self._name_it)
        link = self._menu.addAction(self.tr("Copy a link, good for a day"), self._copy_link)
        save.setEnabled(has_text)
        link.setEnabled(has_text)
        self._menu.addSeparator()
        removing = self._menu.addMenu(self.tr("Remove"))
        for one in self._saved:
            removing.addAction(_menu_text(one.name), partial(self._remove, one.name))
        writing = self._menu.addAction(self.tr("Write to a file…"), self._write)
        self._menu.addAction(self.tr("Take from a file…"), self._take_from)
        removing.setEnabled(bool(self._saved))
        writing.setEnabled(bool(self._saved))

    def _name_it(self) -> None:
        """Ask for a name, and keep the search under it."""
        expression = self._current()
        asking = QInputDialog(self)
        asking.setWindowTitle(self.tr("Save search"))
        asking.setLabelText(self.tr("A name for this search; one of the same name is replaced."))
        field = asking.findChild(QLineEdit)
        if field is not None:
            field.setMaxLength(LONGEST_NAME)
        asking.textValueSelected.connect(
            lambda name: self._save([SavedSearch(name=name.strip(), expression=expression)])
        )
        open_dialog(asking)

    def _save(self, searches: Sequence[SavedSearch]) -> None:
        names = ", ".join(one.name for one in searches)
        text = self.tr("Saved: {names}.").format(names=one_line(names))
        self._ask(partial(self._shelf.save, self._environment, searches), text)

    def _remove(self, name: str) -> None:
        text = self.tr("Removed: {names}.").format(names=one_line(name))
        self._ask(partial(self._shelf.remove, self._environment, name), text)

    def _copy_link(self) -> None:
        expression = self._current()
        self._asking.ask(
            lambda: self._shelf.link(self._environment, expression, seconds=A_DAY_S),
            self._copied,
            self.troubled.emit,
        )

    def _copied(self, link: str) -> None:
        QGuiApplication.clipboard().setText(link)
        self.told.emit(
            self.tr("The link is in the clipboard. Whoever has it sees what is found, for a day.")
        )

    def _write(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write searches"), "searches.txt", self.tr("Text (*.txt)")
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        """Write all searches to a file for others."""
        searches = self._saved

        def write() -> tuple[SavedSearch, ...]:
            with storage_errors(path):
                path.write_text(as_text(searches), encoding="utf-8")
            return searches

        self._ask(write, self.tr("Written: {names}.").format(names=one_line(path.name)))

    def _take_from(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take searches"), "", self.tr("Text (*.txt)")
        )
        if name:
            self.take_from(Path(name))

    def take_from(self, path: Path) -> None:
        """Keep the searches of a file that somebody wrote."""

        def take() -> tuple[SavedSearch, ...]:
            with storage_errors(path):
                text = path.read_text(encoding="utf-8", errors="replace")
            return self._shelf.save(self._environment, from_text(text))

        self._ask(take, self.tr("Taken from {names}.").format(names=one_line(path.name)))

    def _ask(self, work: Callable[[], tuple[SavedSearch, ...]], text: str = "") -> None:
        def done(saved: tuple[SavedSearch, ...]) -> None:
            self._saved = saved
            if text:
                self.told.emit(text)

        self._asking.ask(work, done, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self.troubled.emit(error)


def _menu_text(name: str) -> str:
    """A name in a menu, where `&` means a key."""
    return one_line(name).replace("&", "&&")
