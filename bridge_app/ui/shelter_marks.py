"""How the places of PhotoShelter's libraries are marked in the sidebar, read off the GUI thread."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.shelter import shelter_of
from bridge_app.ui.messages import error_text, moment_text, number_text
from bridge_app.ui.models.branches import Mark, PlaceMarks
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.work.shelter_desk import ShelterDesk, ShelterSyncState


def shelter_marks(
    worker: Worker, libraries: Sequence[LibraryRecord]
) -> dict[LibraryId, PlaceMarks]:
    """The marks of those of these that are of that kind. Blocking."""
    found = {}
    for library in libraries:
        account = shelter_of(library.id)
        if account is not None:
            found[library.id] = _marks(worker.shelters, account)
    return found


def _marks(desk: "ShelterDesk", account: str) -> PlaceMarks:
    state = desk.state(account)
    if not desk.is_signed_in(account):
        note = QCoreApplication.translate("shelter", "Signed out: shown as it was last seen")
        mark = Mark.TROUBLE
    else:
        mark, note = _mark(state), _note(state)
    return PlaceMarks(
        unsynced=desk.unsynced(account),
        kept=desk.kept_folders(account),
        library=mark,
        note=note,
    )


def _mark(state: "ShelterSyncState") -> Mark:
    if state.is_running:
        return Mark.BUSY
    if state.trouble is not None:
        return Mark.TROUBLE
    return Mark.NONE if state.complete else Mark.UNSYNCED


def _note(state: "ShelterSyncState") -> str:
    """How far the sync is, in a sentence."""
    if state.trouble is not None and not state.is_running:
        return error_text(state.trouble)
    if not state.complete:
        text = QCoreApplication.translate("shelter", "{done} of {total} galleries synced")
        return text.format(
            done=number_text(state.galleries_done), total=number_text(state.galleries)
        )
    if not state.finished_at:
        return ""
    text = QCoreApplication.translate("shelter", "Synced {moment}")
    return text.format(moment=moment_text(state.finished_at))
