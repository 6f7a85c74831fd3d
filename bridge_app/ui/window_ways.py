"""How one moves through the window: back, forward, up, and along the way to where one is."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMainWindow

from bridge_app.domain.query import Query
from bridge_app.ui.commands.trail import Trail, Visit
from bridge_app.ui.commands.visit_wording import visit_text
from bridge_app.ui.models.folder_tree import FolderRole, Place
from bridge_app.ui.panels.breadcrumbs import Breadcrumbs
from bridge_app.ui.panels.browser import in_environment
from bridge_app.ui.panels.grid import Seat
from bridge_app.ui.panels.place_bar import PlaceBar
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_parts import Middle, Sides


class WindowWays(QObject):
    """Hears what the browser shows, and leads it back to what it showed. GUI thread only."""

    def __init__(self, window: QMainWindow, core: Core, middle: Middle, sides: Sides) -> None:
        super().__init__(window)
        self._core = core
        self._browser = middle.browser
        self._folders = sides.folders
        self._is_led = False
        self.trail: Trail[Seat] = Trail()
        actions, looks = core.actions, core.looks
        self.crumbs = Breadcrumbs(sides.folders.tree, looks.theme, looks.icons)
        self.bar = PlaceBar(
            self.crumbs, looks.theme, looks.icons, back=actions.back, forward=actions.forward
        )
        self._browser.set_head(self.bar)
        grid = self._browser.grid
        self.bar.come_before(self._browser.search_bar.field)
        for place in (window, grid.grid.viewport(), grid.table.viewport(), sides.folders.viewport):
            place.installEventFilter(self)
        self._browser.leaving.connect(self._leave)
        self._browser.queried.connect(self._arrive)
        self._folders.loaded.connect(self._renew)
        self.bar.wanted.connect(self.go)
        self.crumbs.chosen.connect(self._folders.chosen)
        actions.back.triggered.connect(lambda: self.go(-1))
        actions.forward.triggered.connect(lambda: self.go(1))
        actions.up.triggered.connect(self._go_up)
        self._tell()

    def go(self, steps: int) -> None:
        """Show again what was shown so many visits ago, as it was left."""
        self._leave()
        visit = self.trail.go(steps)
        if visit is None:
            return
        self._is_led = True
        environment = self._browser.query.environment
        self._browser.ask(in_environment(visit.query, environment))
        self._is_led = False
        if visit.seat is not None:
            self._browser.grid.sit(visit.seat)
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the side buttons of a mouse, wherever nobody else wants them."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            steps = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}
            if event.button() in steps:
                self.go(steps[event.button()])
                return True
        return super().eventFilter(watched, event)

    def name_of(self, visit: Visit[Seat]) -> str:
        """What a visit showed, in a few words."""
        index = self._folders.tree.index_for(visit.query)
        is_collection = index.data(FolderRole.PLACE) is Place.COLLECTION
        return visit_text(visit.query, str(index.data()), is_collection=is_collection)

    def _leave(self) -> None:
        if not self._is_led:
            self.trail.leave(self._browser.grid.seat())

    def _arrive(self, query: Query) -> None:
        if not self._is_led:
            self.trail.visit(query)
        self._tell()

    def _renew(self) -> None:
        """Libraries may have come or gone."""
        known = {library.id for library in self._folders.libraries}
        self.trail.drop(lambda query: query.library is not None and query.library not in known)
        self._tell()

    def _go_up(self) -> None:
        if len(self.crumbs.way) > 1:
            self._folders.chosen.emit(self.crumbs.way[-2].query)

    def _tell(self) -> None:
        actions, trail = self._core.actions, self.trail
        self.crumbs.show_query(self._browser.query)
        actions.back.setEnabled(bool(trail.behind))
        actions.forward.setEnabled(bool(trail.ahead))
        actions.up.setEnabled(len(self.crumbs.way) > 1)
        self.bar.show_ways(
            [self.name_of(visit) for visit in trail.behind],
            [self.name_of(visit) for visit in trail.ahead],
        )
