"""A brand at the sandbox, its account here, and a server that means no good."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.libraries.photoshelter.service import ShelterService
from bridge_app.libraries.photoshelter.sign_in import SignIn, Step, begin
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from tests.desk import ACCOUNT
from tests.libraries.photoshelter.hostile import OK, Hostile

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EMAIL, PASSWORD = "editor@example.com", "lighthouse-keeper"
CAPABLE = {"version": "4.0", "capabilities": {"listing_includes": True, "download_links": True}}


def now() -> datetime:
    return NOW


@dataclass
class Kept:
    """A key store for one account, in memory."""

    held: ShelterCredentials | None = None
    saved: list[ShelterCredentials] = field(default_factory=list)

    def load(self) -> ShelterCredentials | None:
        return self.held

    def save(self, credentials: ShelterCredentials) -> None:
        self.held = credentials
        self.saved.append(credentials)

    def exclusive(self) -> AbstractContextManager[object]:
        return nullcontext()


class Patience:
    """Counts the waits instead of waiting."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def pacing(self) -> Pacing:
        return Pacing(per_s=10_000, wait=self._wait)

    def _wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return False


class Brand:
    """One brand at the sandbox with an editor, and our account of it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.state: ShelterState = sandbox.shelter
        self.id = self.state.add_organization("Morrowtide")
        self.state.add_user(EMAIL, PASSWORD, organizations=[self.id])
        self.kept = Kept()
        self.patience = Patience()
        self._services: list[ShelterService] = []

    def entered(self, **changes: Any) -> SignIn:
        """What the editor enters."""
        usual = SignIn(
            base_url=f"{self.sandbox.url}/psapi/v4.0",
            api_key=Secret(self.state.settings.api_key),
            email=EMAIL,
            password=Secret(PASSWORD),
        )
        return replace(usual, **changes)

    def signed_in(self, **changes: Any) -> Step:
        return begin(self.entered(**changes), now)

    def service(self) -> ShelterService:
        """Our account, signed in."""
        if self.kept.held is None:
            self.kept.held = self.signed_in().credentials
        made = ShelterService("brand", self.kept, now=now, pacing=self.patience.pacing())
        self._services.append(made)
        return made

    def gallery(self, name: str = "Hero – finals", **facts: Any) -> str:
        return self.state.add_gallery(name, organization=self.id, **facts)

    def media(self, name: str, gallery: str, **facts: Any) -> str:
        return self.state.add_media(name, galleries=[gallery], **facts)

    def calls(self) -> list[str]:
        """What was asked of the service since its log was cleared."""
        return [f"{one.method} {one.path.removeprefix('/psapi/v4.0')}" for one in self.state.log()]

    def close(self) -> None:
        for service in self._services:
            service.close()


MakeBrand = Callable[..., Brand]


@pytest.fixture
def make_brand(decoder: DecoderPool) -> Iterator[MakeBrand]:
    """Makes brands at sandboxes of any settings."""
    made: list[tuple[Sandbox, Brand]] = []

    def make(**settings: Any) -> Brand:
        shelter = ShelterSettings(**{"rate_limit": None, **settings})
        sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder, shelter=shelter)
        sandbox.start()
        brand = Brand(sandbox)
        made.append((sandbox, brand))
        return brand

    yield make
    for sandbox, brand in made:
        brand.close()
        sandbox.stop()


@pytest.fixture
def brand(make_brand: MakeBrand) -> Brand:
    return make_brand()


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    """A service that signs anybody in and says nothing else."""
    made = Hostile()
    made.on("/version", OK)
    made.on("/user/session", OK)
    yield made
    made.close()


@pytest.fixture
def other() -> Iterator[Hostile]:
    """Another host."""
    made = Hostile()
    yield made
    made.close()


def credentials(url: str, **changes: Any) -> ShelterCredentials:
    """An account at an address."""
    usual = ShelterCredentials(
        account="brand",
        base_url=url,
        api_key=Secret("the-api-key"),
        token=Secret("the-session-token"),
        email=EMAIL,
        password=Secret(PASSWORD),
        service="example.com",
        organization="Morrowtide",
        organization_id="O0000abcdefghijk",
        user_id="U0000abcdefghijk",
    )
    return replace(usual, **changes)


@dataclass
class Victim:
    """Our account at the server that means no good."""

    service: ShelterService
    kept: Kept
    patience: Patience


@pytest.fixture
def victim(hostile: Hostile) -> Iterator[Victim]:
    kept, patience = Kept(credentials(hostile.url)), Patience()
    service = ShelterService(
        "brand", kept, now=now, service="example.com", pacing=patience.pacing()
    )
    yield Victim(service, kept, patience)
    service.close()
