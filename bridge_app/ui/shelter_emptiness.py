"""Why a place at a service shows nothing: it was not read yet, or nothing is there."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_of
from bridge_app.ui.models.branches import Mark
from bridge_app.ui.models.folder_tree import FolderRole, FolderTree
from bridge_app.ui.panels.empty_state import EmptyWords


def empty_words(tree: FolderTree, query: Query) -> EmptyWords | None:
    """Why nothing is shown at a place of such a library; None for any other place."""
    if query.library is None or shelter_of(query.library) is None:
        return None
    mark = tree.index_for(query).data(FolderRole.MARK)
    if mark is Mark.BUSY:
        return None
    if mark is Mark.UNSYNCED:
        return EmptyWords(
            icon="hourglass",
            title=QCoreApplication.translate("shelter", "Not synced yet"),
            text=QCoreApplication.translate(
                "shelter",
                "What lies here has not been read yet; it comes by itself. “Search All of "
                "PhotoShelter” finds it already.",
            ),
        )
    return EmptyWords(
        icon="library",
        title=QCoreApplication.translate("shelter", "Nothing here yet"),
        text=QCoreApplication.translate(
            "shelter", "What is put into this place at PhotoShelter appears with the next sync."
        ),
    )
