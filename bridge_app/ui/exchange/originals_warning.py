"""What the gate says of originals that are about to be copied, downloaded or dragged out."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.ui.latest import Latest
from bridge_app.ui.mirror_errands import is_away
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.drag_out import MOST
from bridge_app.ui.panels.grid import GridPanel
from bridge_app.ui.parts.forewarning import Forewarning
from bridge_app.ui.window_core import Core
from bridge_app.work.exchange.leaving import Handing


class OriginalsWarning(QObject):
    """Says it in the menus of assets; where a policy asks, drags ask the gate as they begin."""

    def __init__(self, core: Core, selection: AssetSelection, grid: GridPanel) -> None:
        super().__init__(grid)
        actions, copy = core.actions, core.actions.exchange.copy
        self._worker = core.worker
        self._selection = selection
        self._grid = grid
        self._actions = actions
        self._asking = Latest(core.asker, self)
        for menu in copy.associatedObjects():
            if isinstance(menu, QMenu):
                located = (actions.copy_path, actions.reveal)
                self._warn_in(menu, Forewarning(core.asker, copy, menu, also=located), self._ids)
                opened = Forewarning(
                    core.asker, actions.open_original, menu, also=[actions.exchange.open_with]
                )
                self._warn_in(menu, opened, self._ids, Handing.OPENED)
        for menu in actions.download.associatedObjects():
            if isinstance(menu, QMenu):
                fetched = Forewarning(core.asker, actions.download, menu)
                self._warn_in(menu, fetched, self._away)
        core.bridge.changed.connect(self._take_changes)
        self._ask()

    def _warn_in(
        self,
        menu: QMenu,
        warning: Forewarning,
        chosen: Callable[[], Sequence[AssetId]],
        how: Handing | None = None,
    ) -> None:
        menu.aboutToShow.connect(lambda: self._forewarn(warning, chosen(), how))
        menu.aboutToHide.connect(warning.clear)
        menu.aboutToHide.connect(self._allow)

    def _ids(self) -> Sequence[AssetId]:
        return self._selection.ids

    def _away(self) -> Sequence[AssetId]:
        return [one.id for one in self._selection.assets() if is_away(one)]

    def _forewarn(
        self, warning: Forewarning, chosen: Sequence[AssetId], how: Handing | None
    ) -> None:
        warning.clear()
        self._allow()
        leaving = self._worker.leaving
        if self._selection.is_complete and 0 < len(chosen) <= MOST:
            told = warning.foresee if how is None else warning.ask
            told(lambda: leaving.foresee(chosen, how))

    def _allow(self) -> None:
        """The keys of an action that is off do nothing, and could not say why."""
        count, actions = self._selection.count, self._actions
        actions.exchange.copy.setEnabled(count > 0)
        actions.download.setEnabled(count > 0)
        actions.copy_path.setEnabled(count > 0 and self._selection.is_complete)
        for action in (actions.reveal, actions.open_original, actions.exchange.open_with):
            action.setEnabled(count == 1)

    def _take_changes(self, changes: ChangeSet) -> None:
        if (changes.listing or changes.accounts) and not self._asking.waiting:
            self._ask()

    def _ask(self) -> None:
        """Without an account there are no policies."""
        desk, tell = self._worker.policies, self._grid.ask_before_drag
        self._asking.ask(
            lambda: any(one.files for one in desk.policies()), tell, lambda _: tell(on=False)
        )
