"""Switches off what the key of the environment in use may not do, and says why."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from bridge_app.delivery.permissions import Capability, Permission
from bridge_app.domain.changes import ChangeSet
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.environment_looks import denial_text
from bridge_app.ui.source_names import TIP
from bridge_app.work.worker import Worker


class Permitting(QObject):
    """Stands between the window, which knows when an action makes sense, and its action.

    What was refused is switched off with the service's reason as its tool tip, and comes back by
    itself when that is not known any more.
    """

    def __init__(
        self, worker: Worker, bridge: WorkerBridge, needs: Mapping[QAction, Capability]
    ) -> None:
        super().__init__(bridge)
        self._worker = worker
        self._needs = dict(needs)
        self._wanted = {action: action.isEnabled() for action in needs}
        for action in needs:
            action.setProperty(TIP, action.toolTip())
        bridge.changed.connect(self._take_changes)
        self._apply()

    def enable(self, action: QAction, *, on: bool) -> None:
        """The window would have it on or off."""
        if action in self._needs:
            self._wanted[action] = on
            self._apply_to(action)
        else:
            action.setEnabled(on)

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.accounts:
            self._apply()

    def _apply(self) -> None:
        for action in self._needs:
            self._apply_to(action)

    def _apply_to(self, action: QAction) -> None:
        why_not = denial_text(self._worker.environments.permission(self._needs[action]))
        action.setEnabled(self._wanted[action] and not why_not)
        action.setToolTip(why_not or str(action.property(TIP)))
        if why_not:
            _show_tips_of_menus(action)


def hold_back(buttons: Mapping[QPushButton, bool], *needed: Permission) -> str:
    """Switch buttons on where they make sense, unless the key may not; the reason, or "".

    Args:
        buttons: Each with whether it makes sense now.
        needed: What is known of all that it takes: who changes a setting has to see it first.
    """
    why_not = next(filter(None, map(denial_text, needed)), "")
    for button, is_wanted in buttons.items():
        button.setEnabled(is_wanted and not why_not)
        button.setToolTip(why_not)
    return why_not


def _show_tips_of_menus(action: QAction) -> None:
    """Menus keep tool tips to themselves unless they are told."""
    for place in action.associatedObjects():
        if isinstance(place, QMenu):
            place.setToolTipsVisible(True)
