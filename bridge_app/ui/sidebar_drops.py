"""What happens to assets that are dragged onto a place of the sidebar; each asks as ever."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QToolTip

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, LibraryKind, LibraryRecord
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.kept_places import Favourite, SmartFolder
from bridge_app.domain.query import Query
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.dropping import Dropped
from bridge_app.ui.models.folder_tree import COLLECTIONS, FolderRole
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_parts import Middle, Sides

KEYWORDS = path_of("keywords")


class Landing(NamedTuple):
    """What letting go would do, in words, and how it is done."""

    words: str
    act: Callable[[], None]


class SidebarDrops(QObject):
    """Takes the assets that are chosen, dragged from the grid or the list; GUI thread only."""

    def __init__(self, core: Core, middle: Middle, sides: Sides) -> None:
        super().__init__(sides.folders)
        self._core = core
        self._middle = middle
        self._folders = sides.folders
        self._undo = sides.inspector.undo
        sides.folders.viewport.setAcceptDrops(True)
        sides.folders.viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: follow what is dragged over the rows."""
        if isinstance(event, QDropEvent):  # entering and moving are kinds of it
            grid = self._middle.browser.grid
            if event.source() not in (grid.grid, grid.table):
                return super().eventFilter(watched, event)
            where = event.position().toPoint()
            index = self._folders.index_at(where)
            landing = self.landing(index)
            if landing is None:
                self._folders.mark_drop(None)
                QToolTip.hideText()
                event.ignore()
                # Rows further on may take it: the view hears of moves if the entering was taken.
                event.setAccepted(isinstance(event, QDragEnterEvent))
                return True
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._follow(event, index, landing)
            return True
        if event.type() is QEvent.Type.DragLeave:
            self._folders.mark_drop(None)
            QToolTip.hideText()
        return super().eventFilter(watched, event)

    def landing(self, index: QModelIndex) -> Landing | None:
        """What a row would do with the assets that are chosen; None if nothing."""
        assets = self._middle.selection.assets()
        if not index.isValid() or not assets:
            return None
        kept = self._folders.kept_at(index)
        if kept is not None:
            return self._on_kept(kept, assets)
        query: Query = index.data(FolderRole.QUERY)
        library = index.data(FolderRole.LIBRARY)
        if isinstance(library, LibraryRecord):
            return self._on_place(library, query, assets)
        return self._on_collection(query, assets)

    def _follow(self, event: QDropEvent, index: QModelIndex, landing: Landing) -> None:
        if isinstance(event, QDragMoveEvent):
            self._folders.mark_drop(QPersistentModelIndex(index))
            place = self._folders.viewport.mapToGlobal(event.position().toPoint())
            QToolTip.showText(place, landing.words, self._folders)
        else:
            self._folders.mark_drop(None)
            QToolTip.hideText()
            # The drag has to end before anything opens.
            QTimer.singleShot(0, self, landing.act)

    def _on_kept(self, kept: SmartFolder | Favourite, assets: Sequence[Asset]) -> Landing | None:
        ids = [asset.id for asset in assets]
        if isinstance(kept, Favourite) and kept.preset:
            words = self.tr("Make “{preset}” of %Ln asset(s)", "", len(ids))
            act = partial(self._middle.presets.make, ids, of=kept.preset)
            return Landing(words.format(preset=kept.title), act)
        query = kept.query if isinstance(kept, SmartFolder) else kept.place
        if query is None:
            return None
        masters = [asset for asset in assets if environment_of(asset.library) is None]
        if query.keywords and masters:
            words = self.tr("Add the keyword {keyword} to %Ln asset(s)", "", len(masters))
            named = ", ".join(in_reading_order(query.keywords))
            return Landing(
                words.format(keyword=named), partial(self._add_keywords, masters, query.keywords)
            )
        records = (one for one in self._folders.libraries if one.id == query.library)
        library = next(records, None)
        is_place = query == Query(library=query.library, folder=query.folder)
        return self._on_place(library, query, assets) if library and is_place else None

    def _on_collection(self, query: Query, assets: Sequence[Asset]) -> Landing | None:
        ids, errands = [asset.id for asset in assets], self._middle.errands
        if query == COLLECTIONS["approved"]:
            words = self.tr("Approve %Ln asset(s)", "", len(ids))
            return Landing(words, partial(errands.decide, ids, Approval.APPROVED))
        if query == COLLECTIONS["review"]:
            words = self.tr("Put %Ln asset(s) in review", "", len(ids))
            return Landing(words, partial(errands.decide, ids, Approval.IN_REVIEW))
        if query == COLLECTIONS["pushed"] and self._core.actions.push.isEnabled():
            words = self.tr("Push %Ln asset(s)…", "", len(ids))
            return Landing(words, partial(errands.push, ids))
        return None

    def _on_place(
        self, library: LibraryRecord, place: Query, assets: Sequence[Asset]
    ) -> Landing | None:
        """Copies go into folders on disks; what is at Cloudinary moves to another folder there."""
        if library.kind is LibraryKind.LOCAL:
            others = [asset for asset in assets if asset.library != library.id]
            if others and all(environment_of(asset.library) is None for asset in others):
                words = self.tr("Copy %Ln file(s) here…", "", len(others))
                return Landing(words, partial(self._copy, others, library, place.folder))
            return None
        environment = environment_of(library.id)
        if environment is not None and place.folder:
            there = [asset.id for asset in assets if asset.library == library.id]
            if len(there) == len(assets):
                words = self.tr("Move %Ln asset(s) to this folder…", "", len(there))
                move = partial(self._middle.cloud.move_to, there, place.folder)
                return Landing(words, move)
        return None

    def _copy(self, assets: Sequence[Asset], library: LibraryRecord, folder: str) -> None:
        try:
            paths = tuple(self._core.worker.file_path(asset) for asset in assets)
        except BridgeError as error:
            self._middle.browser.messages.show_error(error)
            return
        self._middle.errands.drop(Dropped(unknown=paths), library, folder)

    def _add_keywords(self, assets: Sequence[Asset], keywords: frozenset[str]) -> None:
        """To those that have them not; one step to be taken back."""
        changes = {}
        for asset in assets:
            wanted = tuple(dict.fromkeys((*asset.keywords, *sorted(keywords))))
            if wanted != asset.keywords:
                changes[asset.id] = [Change(path=KEYWORDS, value=wanted)]
        masters, messages = self._core.worker.masters, self._middle.browser.messages
        if changes:
            self._undo.keep(lambda: masters.say_each(changes), lambda _: None, messages.show_error)
