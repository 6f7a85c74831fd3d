"""Why an action cannot be used just now, in a sentence that says what to do about it."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from bridge_app.ui.actions import Actions
from bridge_app.ui.source_names import TIP

translate = QCoreApplication.translate  # a name that lupdate knows


class Reasons:
    """Knows what the actions of the window need; `shelter` and `cloud` are those of its menus."""

    def __init__(
        self, actions: Actions, *, shelter: Collection[QAction], cloud: Collection[QAction]
    ) -> None:
        self._needs: Mapping[QAction, Callable[[], str]] = {
            **dict.fromkeys(shelter, _at_shelter),
            **dict.fromkeys(cloud, _at_cloudinary),
            **dict.fromkeys(actions.for_assets, _several),
            **dict.fromkeys(actions.for_one_asset, _one),
            actions.push: _masters,
            actions.undo: _no_undo,
            actions.redo: _no_redo,
            actions.triggers: _no_account,
        }

    def why_not(self, action: QAction) -> str:
        """The reason, the service's own first."""
        tip = action.property(TIP)
        if tip is not None and action.toolTip() != tip:
            return action.toolTip()
        return self._needs.get(action, _elsewhere)()


def _several() -> str:
    return translate("reasons", "Choose assets first.")


def _masters() -> str:
    return translate("reasons", "Choose assets of a library first.")


def _one() -> str:
    return translate("reasons", "Choose exactly one asset first.")


def _no_undo() -> str:
    return translate("reasons", "Nothing was said that could be taken back.")


def _no_redo() -> str:
    return translate("reasons", "Nothing was taken back.")


def _at_shelter() -> str:
    return translate("reasons", "Go to a library of PhotoShelter's kind first.")


def _at_cloudinary() -> str:
    return translate("reasons", "Choose assets at Cloudinary, or a folder there, first.")


def _no_account() -> str:
    return translate("reasons", "Set up an account first.")


def _elsewhere() -> str:
    return translate("reasons", "It cannot be used here.")
