"""A brand whose masters live at a PhotoShelter-style service, with an application beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bridge_app.domain.assets import Asset, LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.libraries.photoshelter.sign_in import SignIn
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.shelter_desk import ShelterDesk
from tests.desk import ACCOUNT, Desk
from tests.plain_http import plain

EMAIL, PASSWORD = "editor@example.com", "lighthouse-keeper"


class Brand:
    """One organisation at the sandbox, and a desk that may be signed in to it."""

    def __init__(self, sandbox: Sandbox, desk: Desk) -> None:
        self.sandbox = sandbox
        self.state = sandbox.shelter
        self.desk = desk
        self.organization = self.state.add_organization("Morrowtide")
        self.state.add_user(EMAIL, PASSWORD, organizations=[self.organization])
        self.account = ""

    @property
    def shelters(self) -> ShelterDesk:
        """The worker's part for such libraries."""
        return self.desk.parts.worker.shelters

    @property
    def library(self) -> LibraryRecord:
        """The library that was connected."""
        return self.shelters.record(self.account).library

    def sign_in(self, **changes: Any) -> SignIn:
        """What the editor enters."""
        given: dict[str, Any] = {
            "base_url": f"{self.sandbox.url}/psapi/v4.0",
            "api_key": Secret(self.state.settings.api_key),
            "email": EMAIL,
            "password": Secret(PASSWORD),
        }
        return SignIn(**given | changes)

    def connect(self) -> LibraryRecord:
        """Sign in, add the library, and wait for its first sync."""
        step = self.shelters.begin_sign_in(self.sign_in())
        self.account = step.credentials.account
        record = self.shelters.add(step)
        self.settled()
        return record

    def gallery(self, name: str, **facts: Any) -> str:
        """Make a gallery; its id."""
        return self.state.add_gallery(name, organization=self.organization, **facts)

    def collection(self, name: str, **facts: Any) -> str:
        """Make a collection; its id."""
        return self.state.add_collection(name, organization=self.organization, **facts)

    def sync(self) -> None:
        """Press F5 on the library, and wait."""
        self.desk.parts.worker.scan(self.library.id)
        self.settled()

    def fault(self, fault: str, path_contains: str = "") -> None:
        """Trouble that waits for a request; see the sandbox's `X-Emu-Fault`."""
        said = {"fault": fault, "path_contains": path_contains}
        plain.post(f"{self.sandbox.url}/__emu/faults", json=said).raise_for_status()

    def settled(self) -> None:
        """Wait until nothing is fetched."""
        self.desk.until(self.shelters.is_idle, what="the sync")

    def assets(self, **query: Any) -> list[Asset]:
        """What the catalog shows of the library."""
        return self.desk.assets(Query(library=self.library.id, **query))

    def asset(self, name: str) -> Asset:
        """The master of that name."""
        return next(asset for asset in self.assets() if asset.name == name)

    def names(self, **query: Any) -> list[str]:
        """The names of what the catalog shows."""
        return [asset.name for asset in self.assets(**query)]


@contextmanager
def brand_desk(home: Path, decoder: DecoderPool, **settings: Any) -> Iterator[Brand]:
    """An open application, and a service that it is not signed in to."""
    shelter = ShelterSettings(**{"rate_limit": None, **settings})
    sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder, shelter=shelter)
    sandbox.start()
    desk = Desk(home, sandbox=sandbox, decoder=decoder)
    try:
        desk.open()
        yield Brand(sandbox, desk)
    finally:
        desk.close()
        sandbox.stop()
