"""The inspector's list of places that an asset went to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QListView, QMenu, QVBoxLayout, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.places import FOLLOWING, IN_FILES, KnownPlace, Place
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.two_line import ROW_PX, show_lines
from bridge_app.ui.dropping import file_url
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import LineList, LineRole
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.forewarning import Forewarning
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.place_wording import place_line
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

AGAIN_MS = 250
"""What changes many times a second is read so often."""
ROWS = 4
"""So many are seen at once; the others are reached by scrolling."""


class PlacesPanel(QWidget):
    """Hidden while the asset went nowhere; read while it can be seen."""

    def __init__(self, worker: Worker, asker: Asker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._icons = icons
        self._asker = asker
        self._latest = Latest(asker, self)
        self._copying = Latest(asker, self)
        self._asset: Asset | None = None
        self._known: tuple[KnownPlace, ...] = ()
        self._title = QLabel()
        self._trouble = Banner(theme, icons)
        self._timer = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._timer.timeout.connect(self._read)
        self.lines = LineList(self)
        self.view = QListView()
        show_lines(self.view, self.lines, theme, icons, self.tr("Where it went"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self._title.setProperty("tone", "heading")
        self._title.setAlignment(leading())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(6)
        for part in (self._title, self._trouble, self.view):
            layout.addWidget(part)
        theme.changed.connect(self.view.viewport().update)
        self._show(())

    def show_asset(self, asset: Asset | None) -> None:
        """Tell of this one."""
        is_new = asset is None or self._asset is None or asset.id != self._asset.id
        self._asset = asset
        if is_new:
            self._latest.forget()
            self._show(())
        self._read()

    def look(self) -> None:
        """The panel that it stands in is looked at now."""
        self._read()

    def take_changes(self, changes: ChangeSet) -> None:
        """It may have gone elsewhere, or be another version now."""
        if changes.channels or changes.jobs or changes.presets or changes.retractions:
            self._timer.start()

    def menu_at(self, place: QPoint) -> QMenu | None:
        """What can be done with the place in a row of the view; None beside them."""
        index = self.view.indexAt(place)
        if not index.isValid():
            return None
        known = self._known[int(index.data(LineRole.KEY))].place
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self._icons.icon("copy"), self.tr("Copy Address"))
        copy.setEnabled(known.kind in FOLLOWING or known.kind in IN_FILES)
        copy.triggered.connect(lambda: self._copy(known))
        show = menu.addAction(self._icons.icon("folder-open"), self.tr("Show in File Manager"))
        show.setEnabled(known.kind in IN_FILES)
        show.triggered.connect(lambda: self._reveal(Path(known.detail["path"])))
        if known.kind in FOLLOWING:
            desk = self._worker.places
            Forewarning(self._asker, copy, menu).ask(lambda: desk.address(known))
        return menu

    def _read(self) -> None:
        asset, worker = self._asset, self._worker
        if asset is not None and self._is_looked_at():
            self._latest.ask(lambda: worker.places.of([asset.id]), self._show, self._fail)

    def _is_looked_at(self) -> bool:
        around = self.parentWidget()
        return around is not None and around.isVisible()

    def _show(self, known: Sequence[KnownPlace]) -> None:
        self._known = tuple(known)
        self._trouble.hush()
        self.lines.take([place_line(one, str(row)) for row, one in enumerate(self._known)])
        stale = sum(one.is_stale for one in self._known)
        title = self.tr("Where it went")
        if stale:
            outdated = self.tr("%Ln outdated", "", stale)
            title = f"{title}  ·  {outdated}"
        self._title.setText(title)
        self.view.setFixedHeight(ROW_PX * min(len(known), ROWS) + 4)
        self.setVisible(bool(known))

    def _copy(self, known: Place) -> None:
        """Of what is delivered the gate is asked at this moment."""
        desk = self._worker.places
        self._copying.ask(
            lambda: desk.address(known), QGuiApplication.clipboard().setText, self._fail
        )

    def _reveal(self, path: Path) -> None:
        folder = path.parent
        if not QDesktopServices.openUrl(file_url(folder)):
            text = self.tr("The system has no program to open {path} with.")
            self._trouble.say(Tone.WARNING, text.format(path=one_line(str(folder))))

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu_at(place)
        if menu is not None:
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _fail(self, error: BridgeError) -> None:
        self.setVisible(True)
        self._trouble.say(Tone.NEGATIVE, error_text(error))
