"""A running service with one brand in it, and people who call it."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from tests.sandbox.conftest import MakeSandbox

PASSWORD = "lighthouse"

People = Callable[..., "Person"]
MakeShelter = Callable[..., Sandbox]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody at the other end of the interface, with a key and perhaps a token."""

    client: httpx.Client
    api: str

    def get(self, path: str, **query: Any) -> httpx.Response:
        """Ask for something below the interface's address."""
        return self.client.get(self.api + path, params=query)

    def send(self, method: str, path: str, **body: Any) -> httpx.Response:
        """Send something there; `json`, `data`, `files`, `headers`."""
        return self.client.request(method, self.api + path, **body)

    def data(self, path: str, **query: Any) -> Any:
        """What an answer holds."""
        reply = self.get(path, **query)
        assert reply.status_code == 200, reply.text
        return reply.json()["data"]

    def sign_in(self, email: str, *, organization: str = "", password: str = PASSWORD) -> "Person":
        """From now on with a token, in an organization where one is named."""
        said = {"email": email, "password": password, "mode": "token", "org_id": organization}
        reply = self.send("POST", "/authenticate", data=said)
        assert reply.status_code == 200, reply.text
        self.client.headers["X-PS-Auth-Token"] = reply.json()["token"]
        return self


def plain_client(headers: dict[str, str] | None = None) -> httpx.Client:
    """A client for plain HTTP: reading all certificates of the system takes a while."""
    return httpx.Client(headers=headers, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    """Somebody without a key."""
    with plain_client() as client:
        yield client


@pytest.fixture
def make_shelter(make_sandbox: MakeSandbox) -> MakeShelter:
    """Makes running sandboxes with a service of any settings."""

    def make(*, settings: ShelterSettings | None = None, **options: Any) -> Sandbox:
        sandbox = make_sandbox(shelter=settings or ShelterSettings(rate_limit=None), **options)
        sandbox.start()
        return sandbox

    return make


@pytest.fixture
def served(make_shelter: MakeShelter) -> Sandbox:
    """A running sandbox with an empty service."""
    return make_shelter()


@pytest.fixture
def shelter(served: Sandbox) -> ShelterState:
    """What the service holds."""
    return served.shelter


@pytest.fixture
def people() -> Iterator[People]:
    """Makes callers with the key of version 4, or another one."""
    clients: list[httpx.Client] = []

    def make(sandbox: Sandbox, *, key: str | None = None, version: str = "v4.0") -> Person:
        key = sandbox.shelter.settings.api_key if key is None else key
        clients.append(plain_client(headers={"X-PS-Api-Key": key}))
        return Person(client=clients[-1], api=f"{sandbox.url}/psapi/{version}")

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def stranger(served: Sandbox, people: People) -> Person:
    """Somebody with the key, and nothing else."""
    return people(served)


@pytest.fixture
def brand(shelter: ShelterState) -> str:
    """An organization."""
    return shelter.add_organization("Morrowtide")


@pytest.fixture
def editor(served: Sandbox, shelter: ShelterState, brand: str, people: People) -> Person:
    """An editor of the brand, signed in and in the organization."""
    shelter.add_user("editor@example.com", PASSWORD, organizations=[brand])
    return people(served).sign_in("editor@example.com", organization=brand)
