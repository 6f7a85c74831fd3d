"""The tour and the hints of the window: what they say, what they point at, when they help."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bridge_app.domain.jobs import TransferSummary
from bridge_app.ui.commands.keys import from_text
from bridge_app.ui.helping.hints import Hints, HintStrip
from bridge_app.ui.helping.tour import Tour, TourStep
from bridge_app.ui.window_core import Core
from bridge_app.ui.window_parts import Middle, Sides

LOOKED_AT = 12
"""So many assets were chosen one after the other: then it is time for the palette."""


class Walk(QObject):
    """Keeps in the settings where somebody is.

    Args:
        keys: The key of an action now, as people read it.
    """

    def __init__(
        self,
        window: QWidget,
        core: Core,
        middle: Middle,
        sides: Sides,
        *,
        is_welcoming: Callable[[], bool],
        keys: Callable[[QAction], str],
    ) -> None:
        super().__init__(window)
        self._core = core
        self._middle = middle
        self._sides = sides
        self._is_welcoming = is_welcoming
        self._keys = keys
        self._chosen = 0
        self.tour = Tour(core.looks.theme, self._steps(), window)
        strip = HintStrip(core.looks.theme, core.looks.icons)
        middle.browser.stand_below(strip)
        QWidget.setTabOrder(middle.browser.grid.table, strip.got_it)
        self.hints = Hints(
            strip,
            self._texts(),
            may_show=self._is_quiet,
            dismissed=core.remembering.settings.hints,
        )
        self._listen()

    def begin(self) -> None:
        """Begin the tour, or go on where it was left."""
        self.tour.begin(self._core.remembering.settings.tour)

    def _listen(self) -> None:
        actions, hints = self._core.actions.helping, self.hints
        actions.tour.triggered.connect(self.begin)
        actions.hints.triggered.connect(hints.again)
        self.tour.moved.connect(self._keep_step)
        hints.changed.connect(self._keep_hints)
        self._middle.selection.chosen.connect(self._note_choice)
        self._middle.errands.decided.connect(lambda: hints.helps("several"))
        self._core.bridge.summary.connect(self._note_summary)

    def _is_quiet(self) -> bool:
        return not self._is_welcoming() and self.tour.isHidden()

    def _note_choice(self) -> None:
        if self._middle.selection.count != 1:
            return
        self._chosen += 1
        actions = self._core.actions
        if self._chosen >= LOOKED_AT:
            self._help_with_keys("palette", actions.palette)
        else:
            self._help_with_keys(
                "letters", actions.approve, actions.request_changes, actions.reject
            )

    def _help_with_keys(self, hint: str, *actions: QAction) -> None:
        """A hint names the usual keys: whoever gave others to these actions knows better."""
        own = from_text(self._core.remembering.settings.shortcuts)
        if not any(action.objectName() in own for action in actions):
            self.hints.helps(hint)

    def _note_summary(self, summary: TransferSummary) -> None:
        if summary.done and not summary.active:
            self.hints.helps("drag")

    def _keep_step(self, step: int) -> None:
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, tour=step))

    def _keep_hints(self, dismissed: str) -> None:
        remembering = self._core.remembering
        remembering.keep(replace(remembering.settings, hints=dismissed))

    def _texts(self) -> dict[str, str]:
        return {
            "letters": self.tr(
                "A approves what is chosen, C asks for changes, X rejects. Space shows it large."
            ),
            "several": self.tr(
                "Ctrl or Shift with a click chooses several; then one letter decides on all "
                "of them."
            ),
            "drag": self.tr(
                "It is delivered. Under Renditions are its sizes: copy an address, or drag a "
                "picture into another program."
            ),
            "palette": self.tr("Ctrl+K finds every command by its name."),
        }

    def _steps(self) -> tuple[TourStep, ...]:
        sides, browser = self._sides, self._middle.browser
        actions, keys = self._core.actions, self._keys
        return (
            TourStep(
                title=self.tr("Where masters live"),
                text=lambda: self.tr(
                    "Folders, PhotoShelter and Cloudinary stand side by side. Masters stay where "
                    "they are; a click shows what is there."
                ),
                part=lambda: sides.folders,
            ),
            TourStep(
                title=self.tr("Find them"),
                text=lambda: self.tr(
                    "Type names, titles, keywords or people. The filters below narrow it down, "
                    "and what you find can be kept."
                ),
                part=lambda: browser.search_bar,
            ),
            TourStep(
                title=self.tr("Choose and decide"),
                text=lambda: self.tr(
                    "Choose a picture and press {approve} to approve it, {change} to ask for "
                    "changes, {reject} to reject. Space shows it large. {undo} takes it back."
                ).format(
                    approve=keys(actions.approve),
                    change=keys(actions.request_changes),
                    reject=keys(actions.reject),
                    undo=keys(actions.undo),
                ),
                part=lambda: browser.grid,
            ),
            TourStep(
                title=self.tr("All about one asset"),
                text=lambda: self.tr(
                    "Its state, its rights and its metadata. Under Renditions are the sizes that "
                    "Cloudinary delivers; drag one into another program."
                ),
                part=lambda: sides.inspector,
            ),
            TourStep(
                title=self.tr("Push what is approved"),
                text=lambda: self.tr(
                    "{push} shows the plan first. What is not approved, or whose rights have "
                    "ended, stays here, with the reason."
                ).format(push=keys(actions.push)),
                part=lambda: browser.search_bar,
            ),
            TourStep(
                title=self.tr("See what goes on"),
                text=lambda: self.tr(
                    "The account and the connection, and all that takes longer ({activity}). Help "
                    "brings this tour back, and {help} explains what you are at."
                ).format(
                    activity=keys(actions.helping.activity), help=keys(actions.helping.contents)
                ),
                part=lambda: sides.account,
            ),
        )
