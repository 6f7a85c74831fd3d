"""The window on a few pictures, and its metadata page as a person uses it."""

from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.edits import EditState, FieldPath
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panels.metadata_panel import MetadataPanel
from bridge_app.ui.panels.metadata_tags import Chip
from bridge_app.ui.panels.standard_page import StandardPage
from tests.desk import Desk
from tests.ui.windows import choose

PATIENCE_S = 30
KEYWORDS = path_of("keywords")


class Page:
    """The window on five pictures, and its metadata page as a person uses it."""

    def __init__(self, qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.window = window

    @property
    def panel(self) -> MetadataPanel:
        inspector = self.window.sides.inspector
        return inspector.metadata if inspector.asset else inspector.metadata_of_several

    @property
    def page(self) -> StandardPage:
        return self.panel.masters

    def choose(self, *names: str) -> None:
        choose(self.qtbot, self.window, *names)
        self.shows(*names)

    def open(self) -> None:
        """Bring the page of metadata to the front."""
        tabs = self.window.sides.inspector.findChild(QTabBar)
        assert tabs is not None
        tabs.setCurrentIndex(1)
        self.until(self.panel.isVisible)

    def shows(self, *names: str) -> None:
        self.until(lambda: {one.asset.name for one in self.page.sheet.masters} == set(names))

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=30_000)

    def editor(self, path: FieldPath) -> QWidget:
        return self.page.form.row(path).editor

    def line(self, path: FieldPath) -> QLineEdit:
        """The editor of a text, with the keyboard in it."""
        field = self.editor(path)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        return field

    def write(self, path: FieldPath, text: str, *, end: Qt.Key = Qt.Key.Key_Return) -> QLineEdit:
        field = self.editor(path)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, text)
        self.qtbot.keyClick(field, end)
        return field

    def keywords(self) -> list[tuple[str, bool]]:
        chips = [one for one in self.editor(KEYWORDS).findChildren(Chip) if not one.isHidden()]
        return [(chip.text(), bool(chip.property("partly"))) for chip in chips]

    def again(self, field: QLineEdit) -> bool:
        """Type the last letter again: the vocabulary may be read by now."""
        last = field.text()[-1:]
        self.qtbot.keyClick(field, Qt.Key.Key_Backspace)
        self.qtbot.keyClicks(field, last)
        return False

    def state(self, path: FieldPath) -> EditState | None:
        return self.page.sheet.field(path).state

    def value(self, path: FieldPath) -> object:
        return self.page.sheet.field(path).value

    def said(self, name: str, path: FieldPath) -> object:
        """What the ledger and the file say of it together."""
        (said,) = self.desk.parts.worker.masters.said([self.asset(name).id])
        return said.record().get(path)

    def asset(self, name: str) -> Asset:
        return self.desk.asset(name)


class SlowReading:
    """What masters say is read late, where a test wants so."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._read = page.desk.parts.worker.masters.said
        self._held: AssetId | None = None
        self._asked, self._go = Event(), Event()
        self._fails = False

    def said(self, ids: Sequence[AssetId]) -> tuple[SaidMaster, ...]:
        """See `masters.said`."""
        if self._held in ids:
            self._asked.set()
            assert self._go.wait(PATIENCE_S)
            self._held = None
            if self._fails:
                raise NotFoundError(what="What cannot be read")
        return tuple(self._read(ids))

    def holds(self, name: str) -> None:
        """The next reading of this asset waits."""
        self._held = self._page.asset(name).id

    def is_asked(self) -> None:
        """It has begun."""
        self._page.until(self._asked.is_set)

    def go_on(self) -> None:
        self._go.set()

    def fail(self) -> None:
        self._fails = True
        self._go.set()
