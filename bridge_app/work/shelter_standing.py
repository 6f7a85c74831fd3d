"""What the desk for PhotoShelter-style libraries works on, and how it says how far a sync is."""

from collections.abc import Callable
from dataclasses import dataclass

from bridge_app.domain.jobs import Trouble
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.search import Readers
from bridge_app.storage.shelter_containers import ShelterContainers
from bridge_app.storage.shelter_mirror import ShelterMirror
from bridge_app.storage.shelters import Shelters
from bridge_app.work.events import Event
from bridge_app.work.shelter_keep import ShelterStores


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterSyncState:
    """How far the sync of an account is.

    `complete` says that everything was read once; `galleries_done` of `galleries` were.
    `finished_at` is when the last sync ended (ISO 8601, UTC) or "", `trouble` what ended it
    early, if a person has to know.
    """

    complete: bool
    assets: int
    galleries: int
    galleries_done: int
    finished_at: str
    trouble: Trouble | None
    is_running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskStores:
    """What the desk reads and writes, and who hears of it."""

    mirror: ShelterMirror
    containers: ShelterContainers
    shelters: Shelters
    decisions: Decisions
    readers: Readers
    emit: Callable[[Event], None]

    @property
    def sync(self) -> ShelterStores:
        """As much of it as a sync writes to."""
        return ShelterStores(
            mirror=self.mirror,
            containers=self.containers,
            decisions=self.decisions,
            emit=self.emit,
        )
