"""The window's commands as a whole: their keys, and the palette that finds all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from bridge_app.domain.query import Query
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.ui.commands.command import Command, Sort
from bridge_app.ui.commands.keymap import Keymap
from bridge_app.ui.commands.keys import as_text, from_text
from bridge_app.ui.commands.matching import Findable
from bridge_app.ui.commands.menu_commands import commands_of, entries
from bridge_app.ui.commands.place_finder import PlaceFinder
from bridge_app.ui.commands.reasons import Reasons
from bridge_app.ui.kept_errands import KeptErrands
from bridge_app.ui.messages import one_line, preset_title
from bridge_app.ui.models.folder_tree import COLLECTIONS
from bridge_app.ui.panels.type_ahead import TypeAhead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.presets.wording import set_title
from bridge_app.ui.sidebar_drops import SidebarDrops
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_parts import Frame, Middle, Sides
from bridge_app.ui.window_ways import WindowWays

if TYPE_CHECKING:
    from bridge_app.ui.commands.palette import Palette

# ruff: noqa: PLC0415 - palette and dialog are loaded when somebody first opens them
MOST_REMEMBERED = 40


class WindowCommands(QObject):
    """Made once the menus are filled; GUI thread only."""

    def __init__(
        self, window: QMainWindow, core: Core, middle: Middle, sides: Sides, frame: Frame
    ) -> None:
        super().__init__(window)
        self._window = window
        self._core = core
        self._middle = middle
        self._sides = sides
        self._palette: Palette | None = None
        actions = core.actions
        self.keymap = Keymap(self)
        self.keymap.learn(
            (entry.action for entry in entries(window.menuBar())),
            {key.action: key.letter for key in actions.letters},
        )
        self.keymap.act_in(middle.browser.grid, frame.look)
        self.keymap.take(from_text(core.remembering.settings.shortcuts))
        self._carriers: dict[QAction, list[QAction]] = {}
        core.looks.keys.take(self.keymap.own)
        self.keymap.changed.connect(self._keep_keys)
        core.remembering.changed.connect(self._take_keys)
        self._reasons = Reasons(
            actions,
            shelter=middle.shelters.actions.findChildren(QAction),
            cloud=middle.cloud.actions.findChildren(QAction),
        )
        middle.errands.ruled.connect(sides.inspector.undo.note_decision)
        sides.inspector.undo.undecided.connect(middle.browser.messages.show_error)
        self.ways = WindowWays(window, core, middle, sides)
        self.kept = KeptErrands(window, core, middle, sides)
        self.drops = SidebarDrops(core, middle, sides)
        self.type_ahead = TypeAhead(middle.browser, middle.selection, core.asker, core.looks.now)
        self._places = PlaceFinder(self._go)
        sides.folders.loaded.connect(self._note_places)
        actions.palette.triggered.connect(lambda: self.open_palette())  # noqa: PLW0108
        actions.shortcuts.triggered.connect(lambda: self.show_shortcuts())  # noqa: PLW0108
        actions.guide.triggered.connect(lambda: self.show_guide())  # noqa: PLW0108
        actions.about.triggered.connect(lambda: self.show_about())  # noqa: PLW0108

    def press(self, letter: str) -> None:
        """Do what a letter does among the assets, or look for the name that it begins."""
        action = self.keymap.lettered(letter)
        if action is not None:
            action.trigger()
        else:
            self.type_ahead.go_on(letter)

    def open_palette(self) -> None:
        """Show everything that can be done now."""
        palette = self._palette or self._make_palette()
        if palette.isVisible():
            palette.close_palette()
            return
        self._sides.account_menu.aboutToShow.emit()
        commands = commands_of(
            self._window.menuBar(), keys=self.keymap.shown, why_not=self._reasons.why_not
        )
        palette.open_with([*commands, *self._collections()], self._recent(), self._places.find)
        self._core.asker.ask(
            self._core.worker.rendition_presets.library,
            self._offer_presets,
            self._middle.browser.messages.show_error,
        )

    def show_shortcuts(self) -> None:
        """Show which keys do what, to be changed."""
        from bridge_app.ui.commands.shortcuts_dialog import ShortcutsDialog

        ways = [(entry.action, entry.way) for entry in entries(self._window.menuBar())]
        ways += self._elsewhere(dict(ways))
        open_dialog(ShortcutsDialog(self.keymap, self._core.looks, ways, self._window))

    def show_guide(self) -> None:
        """Show which keys there are, as a page to be read."""
        from bridge_app.ui.dialogs.guide import GuideDialog

        looks, bar = self._core.looks, self._window.menuBar()
        shown = GuideDialog(looks.theme, looks.icons, bar, self.keymap.shown, self._window)
        open_dialog(shown)

    def show_about(self) -> None:
        """Show which version this is, and of whom."""
        from bridge_app.ui.dialogs.guide import AboutDialog

        open_dialog(AboutDialog(self._core.looks.theme, self._core.looks.icons, self._window))

    def _elsewhere(
        self, ways: Mapping[QAction, tuple[str, ...]]
    ) -> list[tuple[QAction, tuple[str, ...]]]:
        """What other windows do by keys, below the action that opens each."""
        from bridge_app.ui.commands import other_keys

        actions, looks = self._core.actions, self._core.looks
        if not self._carriers:
            self._carriers = {
                actions.studio: other_keys.studio_keys(self),
                actions.review_mode: other_keys.review_keys(self),
                actions.metadata_grid: other_keys.grid_keys(looks, self),
            }
            for carriers in self._carriers.values():
                self.keymap.learn(carriers, {})
            self.keymap.take(self.keymap.own)
        return [
            (carrier, (*ways[opener], self.keymap.name(opener)))
            for opener, carriers in self._carriers.items()
            for carrier in carriers
        ]

    def _make_palette(self) -> "Palette":
        from bridge_app.ui.commands.palette import Palette

        looks = self._core.looks
        made = Palette(looks.theme, looks.icons, self._core.asker, self._window)
        made.ran.connect(self._note)
        made.searchWanted.connect(self._search)
        made.failed.connect(self._middle.browser.messages.show_error)
        self._palette = made
        return made

    # What can be found beside the menus

    def _collections(self) -> list[Command]:
        tree, around = self._sides.folders.tree, self.tr("Go to")
        places = {"everything": Query(), **COLLECTIONS}
        made = [
            self._place(f"collection:{name}", str(tree.index_for(query).data()), around, query)
            for name, query in places.items()
        ]
        smart, kept = self.tr("Smart folder"), self.kept.kept
        made += [self._place(f"smart:{o.name}", o.name, smart, o.query) for o in kept.smart]
        starred = self.tr("Favourite")
        return made + [
            self._place(f"favourite:{one.title}", one.title, starred, one.place)
            for one in kept.favourites
            if one.place is not None
        ]

    def _place(self, name: str, title: str, around: str, query: Query) -> Command:
        return Command(
            name=name,
            found_by=Findable(name=one_line(title), around=around),
            sort=Sort.SEARCH,
            icon="arrow-right",
            run=partial(self._go, query),
        )

    def _offer_presets(self, library: PresetLibrary) -> None:
        if self._palette is not None:
            chosen = self._middle.selection.count
            why_not = "" if chosen else self.tr("Choose assets first.")
            titles = [
                *((one.name, preset_title(one), "image") for one in library.presets.values()),
                *((one.name, set_title(one), "images") for one in library.sets.values()),
            ]
            starring = [self._starring(*one) for one in titles]
            self._palette.add([*(self._preset(*one, why_not) for one in titles), *starring])

    def _preset(self, name: str, title: str, icon: str, why_not: str) -> Command:
        return Command(
            name=f"preset:{icon}:{name}",
            found_by=Findable(
                name=one_line(title), also=(name,), around=self.tr("Make renditions")
            ),
            sort=Sort.PRESET,
            icon=icon,
            why_not=why_not,
            run=partial(self._make, name),
        )

    def _starring(self, name: str, title: str, icon: str) -> Command:
        shown = self.tr("Favourite {preset}").format(preset=one_line(title))
        return Command(
            name=f"favour:{icon}:{name}",
            found_by=Findable(name=shown, also=(name,), around=self.tr("To the sidebar")),
            sort=Sort.PRESET,
            icon="star",
            run=partial(self.kept.favourite_preset, name, one_line(title)),
        )

    # What is done

    def _go(self, place: Query) -> None:
        self._sides.folders.chosen.emit(place)

    def _make(self, name: str) -> None:
        self._middle.presets.make(self._middle.selection.ids, of=name)

    def _search(self, text: str) -> None:
        self._middle.browser.search_bar.searched.emit(text)

    def _note_places(self) -> None:
        folders = self._sides.folders
        self._places.take(folders.libraries, folders.branches)

    # What is remembered

    def _recent(self) -> Sequence[str]:
        return self._core.remembering.settings.recent_commands.splitlines()

    def _note(self, command: Command) -> None:
        kept = self._core.remembering.settings
        names = dict.fromkeys((command.name, *self._recent()))
        recent = "\n".join(list(names)[:MOST_REMEMBERED])
        self._core.remembering.keep(replace(kept, recent_commands=recent))

    def _take_keys(self) -> None:
        """Keys may have been changed in another window."""
        own = from_text(self._core.remembering.settings.shortcuts)
        if own != self.keymap.own:
            self.keymap.take(own)

    def _keep_keys(self) -> None:
        self._core.looks.keys.take(self.keymap.own)
        kept = self._core.remembering.settings
        self._core.remembering.keep(replace(kept, shortcuts=as_text(self.keymap.own)))
