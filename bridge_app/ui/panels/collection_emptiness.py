"""Why a collection of the sidebar shows nothing, and what would bring something into it."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.query import Query
from bridge_app.ui.models.folder_tree import COLLECTION_ICONS, COLLECTIONS
from bridge_app.ui.panels.empty_state import EmptyWords

translate = QCoreApplication.translate  # a name that lupdate knows


def collection_words(query: Query) -> EmptyWords | None:
    """What stands in a collection of which nothing is found; None for anything else."""
    plain = Query()
    asked = replace(
        query, environment=None, sort=plain.sort, descending=plain.descending, text=plain.text
    )
    name = next((one for one, found in COLLECTIONS.items() if found == asked), "")
    if not name or query.text:
        return None
    title, text = _words()[name]
    return EmptyWords(icon=COLLECTION_ICONS[name], title=title, text=text)


def _words() -> dict[str, tuple[str, str]]:
    return {
        "review": (
            translate("collections", "Nothing waits for a review"),
            translate(
                "collections",
                "Choose assets and press I to put them in review, or ask somebody for one in the "
                "menu Review.",
            ),
        ),
        "approved": (
            translate("collections", "Nothing is approved yet"),
            translate("collections", "Choose assets and press A. What is approved can be pushed."),
        ),
        "pushed": (
            translate("collections", "Nothing is pushed yet"),
            translate(
                "collections",
                "Choose approved assets and press Ctrl+U: the plan is shown first, and then they "
                "are delivered.",
            ),
        ),
        "ended": (
            translate("collections", "No rights have ended"),
            translate(
                "collections",
                "What may not be used any more stands here. The calendar in the menu Review shows "
                "what ends soon.",
            ),
        ),
        "unreadable": (
            translate("collections", "Everything can be read"),
            translate(
                "collections",
                "Files that are damaged, or of a kind that nobody here can read, stand here with "
                "the reason.",
            ),
        ),
    }
