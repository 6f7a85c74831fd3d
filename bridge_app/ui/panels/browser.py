"""The middle of the window: what is asked for, and what is found."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from bridge_app.domain.query import Query, Sort
from bridge_app.domain.query_tokens import read_query
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.empty_state import EmptyState, EmptyWords
from bridge_app.ui.panels.filter_bar import FilterBar, has_filters, without_filters
from bridge_app.ui.panels.grid import GridPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.search_bar import SearchBar
from bridge_app.ui.parts.banner import Tone

if TYPE_CHECKING:
    from bridge_app.domain.changes import ChangeSet

LEAST_PX = 480
HEAD_ICON_PX = 16
HEAD_MARGINS_PX = (12, 6, 16, 0)
"""Of the line above the search."""


class Situation(NamedTuple):
    """What an empty listing may be due to."""

    has_libraries: bool
    is_reading: bool
    is_preparing: bool = False


def in_environment(query: Query, environment: str | None) -> Query:
    """The same place while this product environment is in use; of what another one holds, all."""
    if query.library:
        # Loaded when a library is looked at: a first window shows all of them.
        from bridge_app.domain.cloud import cloud_library, environment_of  # noqa: PLC0415

        if environment_of(query.library) not in (None, environment):
            library = cloud_library(environment) if environment else None
            query = replace(query, library=library, folder="")
    return replace(query, environment=environment)


class BrowserPanel(QFrame):
    """Holds the query; search bar, filters, grid and empty states follow from it.

    Args:
        push: The action behind the primary button.
        views: The checkable actions for grid and list.
        welcome: Makes what stands here as long as there is no library.
    """

    queried = Signal(object)  # Query, the one that is shown now
    leaving = Signal()  # another one is about to be shown

    def __init__(
        self,
        model: AssetList,
        selection: AssetSelection,
        looks: Looks,
        *,
        push: QAction,
        views: tuple[QAction, QAction],
        welcome: Callable[[], QWidget],
    ) -> None:
        super().__init__()
        self._model = model
        self._selection = selection
        self._query = model.query
        self._looks = looks
        self._now = looks.now
        self._situation: Situation | None = None  # not known yet
        self._make_welcome = welcome
        self._welcome: QWidget | None = None
        self._explain: Callable[[Query], EmptyWords | None] = lambda _: None
        self.filters = FilterBar(looks.theme, looks.icons, now=looks.now)
        self.search_bar = SearchBar(
            looks.theme, looks.icons, filters=self.filters, push=push, views=views
        )
        self.messages = MessageBar(looks.theme, looks.icons)
        self.grid = GridPanel(
            model,
            selection,
            theme=looks.theme,
            icons=looks.icons,
            pixels=looks.pixels,
            now=looks.now,
        )
        self._clear = QAction(self.tr("Clear filters"), self)
        self._clear.triggered.connect(self.clear_all)
        # Until it is known why there is nothing; what comes has the keyboard then.
        self._blank = QWidget(focusPolicy=Qt.FocusPolicy.ClickFocus)
        self._blank.setAccessibleName(self.grid.grid.accessibleName())
        self._above = QVBoxLayout()
        self._head: QWidget = _HeadRoom()
        self._build()
        self._connect()
        self.grid.show_instead(self._blank)

    @property
    def query(self) -> Query:
        """What is shown."""
        return self._query

    def ask(self, query: Query) -> None:
        """Show what this query finds; everything on the screen follows."""
        self.leaving.emit()
        self._query = query
        self.filters.show_query(query)
        self.search_bar.show_text(query.text)
        self.search_bar.show_sort(query.sort, descending=query.descending)
        self.grid.search(query)
        self.queried.emit(query)

    def go_to(self, place: Query, *, filters_too: bool) -> None:
        """Show another place; the order stays, text and filters unless they are its own."""
        before = self._query
        base = place if filters_too else replace(before, library=place.library, folder=place.folder)
        self.ask(
            replace(
                base,
                text=place.text or before.text,
                environment=before.environment,
                sort=before.sort,
                descending=before.descending,
            )
        )

    def set_environment(self, environment: str | None) -> None:
        """Copies of this product environment count and are shown; another one's assets go."""
        query = in_environment(self._query, environment)
        if query != self._query:
            self.ask(query)

    def set_situation(self, situation: Situation) -> None:
        """What an empty listing would be due to now."""
        if situation != self._situation:
            self._situation = situation
            self._show_count()

    def explain_with(self, explain: Callable[[Query], EmptyWords | None]) -> None:
        """Ask this first why a place is empty; it knows places that are at a service."""
        self._explain = explain

    def stand_above(self, strip: QWidget) -> None:
        """Put one more part between what is asked for and what is found."""
        self._above.addWidget(strip)

    def stand_below(self, strip: QWidget) -> None:
        """Put one more part below what is found, which moves nothing of it."""
        self._stack.addWidget(strip)

    def look_again(self) -> None:
        """Why a place is empty may be another reason now."""
        if not self._model.rowCount():
            self._show_count()

    def set_head(self, head: QWidget) -> None:
        """What stands above the search, where room for it has been kept."""
        self._stack.insertWidget(0, head)
        self._stack.removeWidget(self._head)
        self._head.hide()
        self._head.deleteLater()
        self._head = head

    def set_list(self, *, on: bool) -> None:
        """Show the list, or else the grid."""
        self.grid.set_list(on=on)
        self.search_bar.enable_size(on=not on)

    def set_picture_width(self, width_px: int) -> None:
        """Show pictures at least this wide."""
        self.search_bar.show_width(width_px)
        self.grid.set_picture_width(width_px)

    def take_changes(self, changes: "ChangeSet") -> None:
        """Show what is different now."""
        self.grid.take_changes(changes)

    def clear_all(self) -> None:
        """Take text and filters away; the place stays."""
        self.ask(replace(without_filters(self._query), text=""))

    def escape(self) -> None:
        """One step back out of a search: first the text, then the selection."""
        if self._query.text:
            self.search_bar.clear_search()
        else:
            self._selection.choose(())

    def _build(self) -> None:
        self.setProperty("surface", "window")
        self._above.setContentsMargins(16, 0, 16, 0)
        layout = self._stack = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.search_bar)
        layout.addLayout(self._above)
        layout.addWidget(self.messages)
        layout.addWidget(self.grid, 1)
        self.setMinimumWidth(LEAST_PX)

    def _connect(self) -> None:
        bar = self.search_bar
        bar.searched.connect(self._search)
        bar.left.connect(self.grid.focus_view)
        bar.sortChosen.connect(self._sort)
        bar.widthChosen.connect(self.grid.set_picture_width)
        self.grid.widthChosen.connect(bar.show_width)
        self.grid.sortChosen.connect(self._sort)
        self.grid.dragRefused.connect(self._tell_drag)
        self.filters.changed.connect(self._filter)
        self._model.counted.connect(self._show_count)
        self._model.failed.connect(self.messages.show_error)
        self._selection.chosen.connect(self._show_numbers)
        self._selection.failed.connect(self.messages.show_error)

    def _search(self, text: str) -> None:
        today = self._now().astimezone().date()
        reading = read_query(text, self._query, today=today)
        if text != self._query.text:
            self.ask(reading.query)
        self.search_bar.tokens.mark(reading.wrong)

    def _sort(self, sort: Sort, descending: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.ask(replace(self._query, sort=sort, descending=descending))

    def _filter(self, query: Query) -> None:
        # The bar knows the filters alone: text and place are what they are here.
        self.ask(
            replace(
                query,
                text=self._query.text,
                library=self._query.library,
                folder=self._query.folder,
            )
        )

    def _show_count(self) -> None:
        self.grid.show_instead(self._instead())
        self._show_numbers()

    def _show_numbers(self) -> None:
        self.filters.show_count(self._model.rowCount(), self._selection.count)

    def _instead(self) -> QWidget | None:
        """What to show where nothing is found; None if something is."""
        situation = self._situation
        if situation is not None and not situation.has_libraries:
            return self._beginning(situation)
        if self._model.rowCount() or (situation is not None and self._model.is_waiting):
            return None
        if situation is None:
            return self._blank
        # Most starts find something.
        from bridge_app.ui.panels.collection_emptiness import collection_words  # noqa: PLC0415

        collection = collection_words(self._query)
        if collection is not None:
            self._bare.set_words(collection)
            return self._bare
        if has_filters(self._query) or self._query.text:
            self._nothing.set_words(self._found_nothing())
            return self._nothing
        usual = self._is_reading() if situation.is_reading else self._is_bare()
        if situation.is_preparing and self._query.library is None:
            usual = self._is_preparing()
        self._bare.set_words(self._explain(self._query) or usual)
        return self._bare

    def _beginning(self, situation: Situation) -> QWidget:
        """What to show where there is no library."""
        if situation.is_reading or situation.is_preparing:
            self._bare.set_words(self._is_preparing())
            return self._bare
        self._welcome = self._welcome or self._make_welcome()
        return self._welcome

    # Made when nothing is found, which is seldom at a start.

    @cached_property
    def _nothing(self) -> EmptyState:
        looks = self._looks
        return EmptyState(looks.icons, looks.theme, self._found_nothing(), [self._clear])

    @cached_property
    def _bare(self) -> EmptyState:
        return EmptyState(self._looks.icons, self._looks.theme, self._is_bare(), ())

    def _found_nothing(self) -> EmptyWords:
        return EmptyWords(
            icon="search-x",
            title=self.tr("Nothing found"),
            text=self.tr("Try fewer letters, or take the filters away."),
        )

    def _is_bare(self) -> EmptyWords:
        from bridge_app.domain.cloud import environment_of  # noqa: PLC0415 - as above

        return EmptyWords(
            icon="folder-open",
            title=self.tr("Nothing here yet"),
            text=self.tr("What this environment holds appears here by itself.")
            if self._query.library and environment_of(self._query.library)
            else self.tr("Files that are put into this folder appear by themselves."),
        )

    def _is_preparing(self) -> EmptyWords:
        return EmptyWords(
            icon="sparkles",
            title=self.tr("Preparing the sample campaign"),
            text=self.tr(
                "Pictures of a brand that does not exist, with rights and reviews, to try "
                "everything on. It takes a moment, only this once."
            ),
        )

    def _is_reading(self) -> EmptyWords:
        return EmptyWords(
            icon="hourglass",
            title=self.tr("Reading the library"),
            text=self.tr("Assets appear as they are found. You can stop it at any time."),
        )

    def _tell_drag(self) -> None:
        self.messages.say(
            Tone.INFO, self.tr("That is too much to drag at once. Choose fewer assets.")
        )


class _HeadRoom(QFrame):
    """As high as the line of `PlaceBar`, so that nothing moves when that comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "bar")
        button = QToolButton()
        button.setIconSize(QSize(HEAD_ICON_PX, HEAD_ICON_PX))
        room = button.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        button.setSizePolicy(room)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(*HEAD_MARGINS_PX)
        row.addWidget(button)
        button.hide()
