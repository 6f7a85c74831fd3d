"""What can be done by keys in the windows beside the main one, for the list of all keys."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bridge_app.ui.grid_editor.acts import GridActs
from bridge_app.ui.looks import Looks
from bridge_app.ui.review.keys import BINDINGS, name_of, title_of
from bridge_app.ui.studio.keys import STUDIO_KEYS, words_of
from bridge_app.ui.window_keys import carrier


def studio_keys(parent: QObject) -> list[QAction]:
    """Those of the studio."""
    return [carrier(key.name, words_of(key), key.keys, parent) for key in STUDIO_KEYS]


def review_keys(parent: QObject) -> list[QAction]:
    """Those of review mode."""
    return [carrier(name_of(one), title_of(one), one.keys, parent) for one in BINDINGS]


def grid_keys(looks: Looks, parent: QObject) -> list[QAction]:
    """Those of the grid editor, as it makes them."""
    nowhere = QWidget()
    made = [
        carrier(one.objectName(), one.text(), [key.toString() for key in one.shortcuts()], parent)
        for one in GridActs(looks, nowhere).all
    ]
    nowhere.deleteLater()
    return made
