"""Brings one window into every state worth looking at, and opens whatever can be opened from it.

What opens is not listed here: every action of the window is triggered, and what then stands before
the person is a view, page by page. So a new dialog is on the tour as soon as it has an action.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QListView,
    QMenu,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from bridge_app.domain.assets import LibraryKind
from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.query import Query
from bridge_app.ui.commands.palette import Palette
from bridge_app.ui.insights.question_list import QuestionList
from bridge_app.ui.main_window import MainWindow
from tests.views.still import pause, wait_until

TABS = ("details", "metadata", "renditions", "history")
NO_VIEW = frozenset(
    {
        "quit",
        "back",
        "forward",
        "up",
        "at_cloudinary",
        "at_shelter",
        "cloud-_opens",
        "shelter-_opens",
        "cloud-copy_address",
        "shelter-let_go",
        "download",
        "help-hints",
        "rescan",
        "open_original",
        "reveal",
        "undo",
        "redo",
        "copy_path",
        "new_window",
        "add_folder",
        "select_all",
        "select_none",
        "search",
        "clear_filters",
        "larger",
        "smaller",
        "look",
        "approve",
        "put_in_review",
        "copy_metadata",
        "help-demo",
        "help-tour",
    }
)
"""Actions that show nothing of ours, or end it all."""
OF_LIBRARY = {"skipped": "local", "remove_library": "local"}
"""What asks for a library to be chosen; of others the name's beginning says which."""
WITHIN = frozenset({"palette", "help-welcome"})
"""What shows itself inside the window."""
OF_SEVERAL = frozenset({"contact_sheet", "make_renditions", "metadata_grid", "review_mode"})
OPEN_MS, TURN_MS = 3_000, 40
SEVERAL = 4
STUDIO = ("crop", "size", "adjust", "overlay", "delivery")


class View(NamedTuple):
    """Something to look at, while the tour stands still there."""

    name: str
    widget: QWidget


class Tour:
    """GUI thread; nothing else may happen to the window meanwhile.

    Args:
        window: On the demo, shown.
        only: Names of views begin with one of these; all if there are none.
        open_ms: So long a window may take to open.

    Attributes:
        barren: Names of actions that could be triggered and showed nothing so far.
    """

    def __init__(
        self, window: MainWindow, only: Sequence[str] = (), *, open_ms: int = OPEN_MS
    ) -> None:
        self._window = window
        self._open_ms = open_ms
        self._only = tuple(only)
        self._everything = window.middle.browser.query
        self.barren: list[str] = []

    def views(self) -> Iterator[View]:
        """Every view, one after the other; it goes away when the next is asked for."""
        for view in self._all():
            if view.name.startswith(self._only or ("",)):
                yield view

    def _all(self) -> Iterator[View]:
        yield from self._main()
        yield from self._menus()
        for name, action in sorted(self._openers().items()):
            if name.startswith(self._only or ("",)) or any(o.startswith(name) for o in self._only):
                yield from self._opened(name, action)

    # The main window

    def _main(self) -> Iterator[View]:
        window, actions = self._window, self._window.core.actions
        if self._only and not any("main".startswith(o) or o.startswith("main") for o in self._only):
            return
        self._choose(0)
        tabs = window.sides.inspector.findChildren(QTabBar)[0]
        for number, name in enumerate(TABS):
            if number < tabs.count():
                tabs.setCurrentIndex(number)
                yield View(f"main-{name}", window)
        tabs.setCurrentIndex(0)
        self._choose_several()
        yield View("main-several", window)
        actions.list.trigger()
        self._choose(1)
        yield View("main-list", window)
        actions.grid.trigger()
        actions.transfers.trigger()
        yield View("main-transfers", window)
        actions.transfers.trigger()
        actions.look.trigger()
        yield View("main-look", window)
        window.frame.look.close()
        yield from self._places()

    def _places(self) -> Iterator[View]:
        """The libraries, an empty answer, and the window made small."""
        window, browser = self._window, self._window.middle.browser
        before = browser.query
        for name, place in self._libraries().items():
            if name == "local":
                continue  # looks like all of them
            self._go(place)
            self._choose(0)
            yield View(f"main-{name}", window)
        browser.ask(Query(text="nothing is called this"))
        wait_until(lambda: not window.middle.model.is_waiting, "an answer")
        yield View("main-empty", window)
        browser.ask(before)
        wait_until(lambda: not window.middle.model.is_waiting, "an answer")
        size = window.size()
        window.resize(1024, 640)
        self._choose(0)
        yield View("main-small", window)
        window.resize(size)

    def _libraries(self) -> dict[str, Query]:
        worker = self._window.core.worker
        account = worker.current_account()
        shelters = [Query(library=one.id) for one in worker.shelters.libraries()]
        clouds = [Query(library=cloud_library(account.environment))] if account else []
        folders = [
            Query(library=one.id) for one in worker.libraries() if one.kind is LibraryKind.LOCAL
        ]
        kinds = (("shelter", shelters), ("cloud", clouds), ("local", folders))
        return {kind: found[0] for kind, found in kinds if found}

    def _go(self, place: Query) -> None:
        self._window.sides.folders.chosen.emit(place)
        wait_until(lambda: not self._window.middle.model.is_waiting, "a library")

    def _menus(self) -> Iterator[View]:
        for number, action in enumerate(self._window.menuBar().actions()):
            menu = action.menu()
            if isinstance(menu, QMenu) and f"menu-{number}".startswith(self._only or ("",)):
                menu.popup(self._window.mapToGlobal(QPoint(40, 40)))
                yield View(f"menu-{number}", menu)
                menu.close()

    # What opens

    def _openers(self) -> dict[str, QAction]:
        middle = self._window.middle
        found: dict[str, QAction] = {}
        for prefix, owner in (
            ("", self._window.core.actions),
            ("help-", self._window.core.actions.helping),
            ("cloud-", middle.cloud.actions),
            ("shelter-", middle.shelters.actions),
        ):
            for name, action in vars(owner).items():
                if isinstance(action, QAction) and not action.isCheckable():
                    found[f"{prefix}{name}"] = action
        return {name: action for name, action in found.items() if name not in NO_VIEW}

    def _opened(self, name: str, action: QAction) -> Iterator[View]:
        self._prepare(name)
        before = set(_fronts())
        if not action.isEnabled():
            return
        action.trigger()
        if name in WITHIN:
            yield View(name, self._window)
            for palette in self._window.findChildren(Palette):
                palette.close_palette()
            return
        try:
            wait_until(lambda: bool(set(_fronts()) - before), name, self._patience(action))
        except TimeoutError:
            self.barren.append(name)
        for front in [one for one in _fronts() if one not in before]:
            if not isinstance(front, QFileDialog):
                yield from self._inside(name, front)
            _end(front)

    def _prepare(self, name: str) -> None:
        """Choose what the action is for."""
        wanted = self._libraries().get(OF_LIBRARY.get(name, name.partition("-")[0]))
        if self._window.middle.browser.query != (wanted or self._everything):
            self._window.middle.browser.ask(wanted or self._everything)
            wait_until(lambda: not self._window.middle.model.is_waiting, "what it is for")
        if name in OF_SEVERAL:
            self._choose_several()
        else:
            self._choose(0)
        if name == "paste_metadata":
            self._window.core.actions.copy_metadata.trigger()
            pause(TURN_MS * 10)

    def _patience(self, action: QAction) -> int:
        opens = action.text().rstrip(")").endswith("…") or not action.icon().isNull()
        return self._open_ms if opens else TURN_MS * 10

    def _inside(self, name: str, front: QWidget) -> Iterator[View]:
        """The view itself, then its pages."""
        yield View(name, front)
        if hasattr(front, "open_page") and hasattr(front, "canvas"):
            for page in STUDIO[1:]:
                front.open_page(page)
                yield View(f"{name}-{page}", front)
            return
        for questions in front.findChildren(QuestionList):
            rows = [questions.model().index(n, 0) for n in range(questions.model().rowCount())]
            asked = [row for row in rows if row.flags() & Qt.ItemFlag.ItemIsSelectable]
            for number, row in enumerate(asked[1:], 1):
                questions.setCurrentIndex(row)
                yield View(f"{name}-{number:02}", front)
            return
        yield from self._pages(name, front)

    def _pages(self, name: str, front: QWidget) -> Iterator[View]:
        for book in front.findChildren(QTabWidget):
            for number in range(1, book.count()):
                book.setCurrentIndex(number)
                yield View(f"{name}-tab{number}", front)
        for rows in _lists(front):
            if rows.model().rowCount() and not rows.currentIndex().isValid():
                rows.setCurrentIndex(rows.model().index(0, 0))
                yield View(f"{name}-chosen", front)
        stacks = [one for one in front.findChildren(QStackedWidget) if one.isVisible()]
        for place, stack in enumerate(stacks):
            if isinstance(stack.parent(), QTabWidget) or not stack.isVisible():
                continue
            first = stack.currentIndex()
            for number in range(stack.count()):
                if number != first:
                    stack.setCurrentIndex(number)
                    yield View(f"{name}-page{place}{number}", front)
            stack.setCurrentIndex(first)

    # What is chosen

    def _choose(self, row: int) -> None:
        window = self._window
        model, view = window.middle.model, window.middle.browser.grid.view
        wait_until(lambda: model.rowCount() == 0 or model.asset(row) is not None, "an asset")
        if model.rowCount():
            view.setCurrentIndex(model.index(row, 0))
            wait_until(lambda: window.middle.selection.count == 1, "the choice")

    def _choose_several(self) -> None:
        model, selection = self._window.middle.model, self._window.middle.selection
        self._choose(0)
        for row in range(SEVERAL):
            selection.select(model.index(row, 0), QItemSelectionModel.SelectionFlag.Select)
        with suppress(TimeoutError):  # what opens for fewer is looked at, too
            wait_until(lambda: selection.is_complete and bool(selection.count), "them", OPEN_MS)
        pause(TURN_MS)


def _lists(front: QWidget) -> list[QAbstractItemView]:
    found = front.findChildren(QAbstractItemView)
    return [one for one in found if isinstance(one, QListView | QTreeView) and _is_filled(one)]


def _is_filled(view: QAbstractItemView) -> bool:
    model: QAbstractItemModel | None = view.model()
    return view.isVisible() and model is not None


def _fronts() -> list[QWidget]:
    """Windows and dialogs that stand on the screen."""
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and not isinstance(one, QMenu) and one.windowTitle() is not None
    ]


def _end(front: QWidget) -> None:
    """Have it closed, and what it asks first."""
    for _ in range(3):
        if not isValid(front) or not front.isVisible():
            break
        if isinstance(front, QDialog):
            front.reject()
        else:
            front.close()
        pause(TURN_MS)
        for asking in QApplication.topLevelWidgets():
            if isinstance(asking, QDialog) and asking.isVisible() and asking is not front:
                asking.accept()
                pause(TURN_MS)
