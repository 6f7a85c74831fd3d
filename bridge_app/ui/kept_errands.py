"""Smart folders and favourites: kept, named, moved and let go of, in the sidebar."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMainWindow, QMenu

from bridge_app.domain.kept_places import (
    LONGEST_NAME,
    Favourite,
    KeptPlaces,
    SmartFolder,
    as_text,
    from_text,
    place_of,
)
from bridge_app.domain.query import Query
from bridge_app.ui.messages import one_line
from bridge_app.ui.panels.filter_bar import has_filters
from bridge_app.ui.panels.kept_dragging import KeptDragging
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_parts import Middle, Sides


class KeptErrands(QObject):
    """GUI thread only; what is kept is in the settings at once."""

    def __init__(self, window: QMainWindow, core: Core, middle: Middle, sides: Sides) -> None:
        super().__init__(window)
        self._window = window
        self._core = core
        self._browser = middle.browser
        self._folders = sides.folders
        self._middle = middle
        self._menu = QMenu(window)
        self.kept = from_text(core.remembering.settings.kept_places)
        actions = core.actions
        actions.save_search.triggered.connect(lambda: self.ask_name())  # noqa: PLW0108
        actions.favourite.triggered.connect(self._toggle)
        self._folders.keptMenuWanted.connect(self._show_menu)
        self._folders.placeMenuWanted.connect(self._show_place_menu)
        self._folders.presetWanted.connect(self._make)
        self._dragging = KeptDragging(self._folders)
        self._dragging.moved.connect(self._move)
        self._browser.queried.connect(self._follow)
        self._folders.show_kept(self.kept)
        self._follow(self._browser.query)
        core.remembering.changed.connect(self._take)

    def _take(self) -> None:
        """Another window may keep others now."""
        kept = from_text(self._core.remembering.settings.kept_places)
        if kept != self.kept:
            self.kept = kept
            self._folders.show_kept(kept)
            self._follow(self._browser.query)

    def keep(self, kept: KeptPlaces) -> None:
        """These are kept from now on."""
        self.kept = kept
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, kept_places=as_text(kept)))
        remembering.save()
        self._folders.show_kept(kept)
        self._follow(self._browser.query)

    def ask_name(self) -> None:
        """Ask what the search that is shown is to be called."""
        query = place_of(self._browser.query)
        asking = self._asking(self.tr("Save as smart folder"), one_line(query.text))
        asking.setLabelText(self.tr("A name for this search; one of the same name is replaced."))
        asking.textValueSelected.connect(partial(self._save, query))
        open_dialog(asking)

    def favourite_preset(self, name: str, title: str) -> None:
        """Let a preset or a set stand among the favourites."""
        self.keep(self.kept.with_favourite(Favourite(title=title, preset=name)))

    def _save(self, query: Query, name: str) -> None:
        if name.strip():
            self.keep(self.kept.with_smart(SmartFolder(name=one_line(name.strip()), query=query)))
            text = self.tr("“{name}” stands at the left, and holds what the search finds.")
            self._browser.messages.say(Tone.POSITIVE, text.format(name=one_line(name.strip())))

    def _rename(self, folder: SmartFolder) -> None:
        asking = self._asking(self.tr("Rename smart folder"), folder.name)
        asking.setLabelText(self.tr("Another name"))
        asking.textValueSelected.connect(partial(self._call, folder))
        open_dialog(asking)

    def _call(self, folder: SmartFolder, name: str) -> None:
        name = one_line(name.strip())
        if name != folder.name and any(one.name == name for one in self.kept.smart):
            text = self.tr("There is a smart folder “{name}” already. Nothing was renamed.")
            self._browser.messages.say(Tone.WARNING, text.format(name=name))
        else:
            self.keep(self.kept.renamed(folder.name, name or folder.name))

    def _asking(self, title: str, text: str) -> QInputDialog:
        asking = QInputDialog(self._window)
        asking.setWindowTitle(title)
        asking.setTextValue(text)
        field = asking.findChild(QLineEdit)
        if field is not None:
            field.setMaxLength(LONGEST_NAME)
        return asking

    def _toggle(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        place = place_of(self._browser.query)
        known = self.kept.favourite_at(place)
        if known is not None:
            self.keep(self.kept.without_favourite(known))
        elif on:
            index = self._folders.tree.index_for(place)
            title = str(index.data()) if not place.text else place.text
            self.keep(self.kept.with_favourite(Favourite(title=title, place=place)))

    def _make(self, preset: str) -> None:
        if self._middle.selection.count:
            self._middle.presets.make(self._middle.selection.ids, of=preset)
        else:
            self._browser.messages.say(Tone.INFO, self.tr("Choose assets first."))

    def _follow(self, query: Query) -> None:
        actions, place = self._core.actions, place_of(query)
        actions.favourite.setChecked(self.kept.favourite_at(place) is not None)
        actions.save_search.setEnabled(bool(place.text) or has_filters(place))

    # Menus

    def _show_place_menu(self, place: Query, where: QPoint) -> None:
        self._folders.chosen.emit(place)
        self._menu.clear()
        self._menu.addAction(self._core.actions.favourite)
        self._menu.popup(where)

    def _show_menu(self, kept: SmartFolder | Favourite, where: QPoint) -> None:
        self._menu.clear()
        self._menu.addActions(self.entries(kept, self._menu))
        self._menu.popup(where)

    def entries(self, kept: SmartFolder | Favourite, parent: QObject) -> list[QAction]:
        """What can be done with one of them."""
        if isinstance(kept, SmartFolder):
            return self._smart_entries(kept, parent)
        number = self.kept.favourites.index(kept)
        last = len(self.kept.favourites) - 1
        up, down = (self.kept.moved_favourite(number, by) for by in (-1, 1))
        return [
            *self._moves(parent, up, down, is_first=number == 0, is_last=number == last),
            self._entry(
                parent, self.tr("Remove from Favourites"), self.kept.without_favourite(kept)
            ),
        ]

    def _smart_entries(self, kept: SmartFolder, parent: QObject) -> list[QAction]:
        number, last = self.kept.smart.index(kept), len(self.kept.smart) - 1
        up, down = (self.kept.moved_smart(number, by) for by in (-1, 1))
        known = self.kept.favourite_at(kept.query)
        starred = Favourite(title=kept.name, place=kept.query)
        rename = QAction(self.tr("Rename…"), parent)
        rename.triggered.connect(partial(self._rename_one, kept))
        now = replace(kept, query=place_of(self._browser.query))
        return [
            rename,
            self._entry(parent, self.tr("Replace by What Is Shown"), self.kept.with_smart(now)),
            self._entry(parent, self.tr("Add to Favourites"), self.kept.with_favourite(starred))
            if known is None
            else self._entry(
                parent, self.tr("Remove from Favourites"), self.kept.without_favourite(known)
            ),
            *self._moves(parent, up, down, is_first=number == 0, is_last=number == last),
            self._entry(parent, self.tr("Remove"), self.kept.without_smart(kept.name)),
        ]

    def _moves(
        self, parent: QObject, up: KeptPlaces, down: KeptPlaces, *, is_first: bool, is_last: bool
    ) -> list[QAction]:
        moves = [
            self._entry(parent, self.tr("Move Up"), up),
            self._entry(parent, self.tr("Move Down"), down),
        ]
        moves[0].setEnabled(not is_first)
        moves[1].setEnabled(not is_last)
        return moves

    def _move(self, kept: SmartFolder | Favourite, by: int) -> None:
        if isinstance(kept, SmartFolder):
            self.keep(self.kept.moved_smart(self.kept.smart.index(kept), by))
        else:
            self.keep(self.kept.moved_favourite(self.kept.favourites.index(kept), by))

    def _entry(self, parent: QObject, text: str, kept: KeptPlaces) -> QAction:
        made = QAction(text, parent)
        made.triggered.connect(partial(self._keep_one, kept))
        return made

    def _keep_one(self, kept: KeptPlaces, *_: bool) -> None:
        self.keep(kept)

    def _rename_one(self, folder: SmartFolder, *_: bool) -> None:
        self._rename(folder)
