"""Why a place at a service shows nothing: it was not read yet, or nothing is there."""

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.query import Query
from bridge_app.domain.shelter import service_name, shelter_of
from bridge_app.ui.messages import isolated
from bridge_app.ui.models.branches import Mark
from bridge_app.ui.models.folder_tree import FolderRole, FolderTree
from bridge_app.ui.panels.empty_state import EmptyWords


def empty_words(tree: FolderTree, query: Query) -> EmptyWords | None:
    """Why nothing is shown at a place of such a library; None for any other place."""
    account = shelter_of(query.library) if query.library else None
    if account is None:
        return None
    service = isolated(service_name(account))
    mark = tree.index_for(query).data(FolderRole.MARK)
    if mark is Mark.BUSY:
        return None
    if mark is Mark.UNSYNCED:
        return EmptyWords(
            icon="hourglass",
            title=QCoreApplication.translate("shelter", "Not synced yet"),
            text=QCoreApplication.translate(
                "shelter",
                "What lies here has not been read yet; it comes by itself. A search of all of "
                "{service} finds it already.",
            ).format(service=service),
        )
    return EmptyWords(
        icon="library",
        title=QCoreApplication.translate("shelter", "Nothing here yet"),
        text=QCoreApplication.translate(
            "shelter", "What is put into this place at {service} appears with the next sync."
        ).format(service=service),
    )
