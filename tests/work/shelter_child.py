"""A process that does nothing but sync one account, so that it can be killed at any moment.

It reads the sealed credentials from its input, and says a line for each page that it stored.
"""

import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.secrets import Secret
from bridge_app.storage.shelter_containers import ShelterContainers
from bridge_app.storage.shelter_mirror import ShelterMirror
from bridge_app.work.events import Event, ScanProgress
from bridge_app.work.shelter_keep import ShelterStores
from bridge_app.work.shelter_run import RunMemory, ShelterRun

ACCOUNT = "brand"


class Kept:
    """The credentials of one account, in memory."""

    def __init__(self, held: ShelterCredentials) -> None:
        self.held = held

    def load(self) -> ShelterCredentials | None:
        """See the port."""
        return self.held

    def save(self, credentials: ShelterCredentials) -> None:
        """See the port."""
        self.held = credentials

    def exclusive(self) -> AbstractContextManager[object]:
        """See the port."""
        return nullcontext()


def impatient(credentials: ShelterCredentials) -> ShelterService:
    """A service that is asked as fast as it answers, and without a wait before another try."""
    pacing = Pacing(per_s=1_000_000, wait=lambda _seconds: False)
    return ShelterService(ACCOUNT, Kept(credentials), now=now, pacing=pacing)


def now() -> datetime:
    """The child's clock."""
    return datetime.now(UTC)  # noqa: TID251 - a process of its own


def sync(home: Path, service: ShelterService, *, tell: bool) -> None:
    """One sync into the profile in `home`."""
    ledger = open_ledger(home / "ledger.db")
    catalog = Catalog.open(home / "catalog.db", ledger=home / "ledger.db")

    def emit(event: Event) -> None:
        if tell and isinstance(event, ScanProgress):
            print(event.read, flush=True)  # noqa: T201 - it is what the parent waits for

    stores = ShelterStores(
        mirror=ShelterMirror(catalog.writer),
        containers=ShelterContainers(catalog.writer),
        decisions=Decisions(ledger),
        emit=emit,
    )
    run = ShelterRun(service, ACCOUNT, stores, cancelled=lambda: False, now=now, memory=RunMemory())
    try:
        run.sync(sweep=False)
    finally:
        catalog.close()
        ledger.close()


if __name__ == "__main__":
    sync(
        Path(sys.argv[1]),
        impatient(ShelterCredentials.opened(Secret(sys.stdin.readline().strip()))),
        tell=True,
    )
