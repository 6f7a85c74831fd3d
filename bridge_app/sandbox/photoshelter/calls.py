"""What a route is: a method, a path, and a function from a call to a reply.

`app` joins the tables of routes; those of media are in `media_routes`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, ParamSpec, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from bridge_app.sandbox.decoder import Decoder
from bridge_app.sandbox.photoshelter.errors import not_signed_in
from bridge_app.sandbox.photoshelter.fields import Fields
from bridge_app.sandbox.photoshelter.links import Links
from bridge_app.sandbox.photoshelter.media_finder import MediaFinder
from bridge_app.sandbox.photoshelter.permissions import Caller, Permissions
from bridge_app.sandbox.photoshelter.records import Person
from bridge_app.sandbox.photoshelter.sessions import Sessions
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.store import ShelterStore

API = "/psapi/v4.0"
NO_DATA: Any = object()
"""A reply without `data`."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: `data`, what `meta` says besides, and what stands beside both, as `token` does.

    Its status of 204 has no body at all.
    """

    data: Any = NO_DATA
    meta: Mapping[str, Any] = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """All that answers are made of. `url` is where the server is reached, without a path."""

    state: ShelterState
    permissions: Permissions
    sessions: Sessions
    finder: MediaFinder
    links: Links
    decoder: Decoder
    executor: Executor
    url: str

    async def in_thread(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What a slow function returns, while others are served."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, partial(work, *arguments, **named))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterCall:
    """One request: who asks, for what, and with which words. `ids` are the path's parameters."""

    request: Request
    service: Service
    caller: Caller
    ids: Mapping[str, str]
    fields: Fields

    @property
    def state(self) -> ShelterState:
        """What the service holds, and its clock."""
        return self.service.state

    @property
    def store(self) -> ShelterStore:
        """What the service holds, by identifier."""
        return self.service.state.store

    @property
    def may(self) -> Permissions:
        """What the caller may do."""
        return self.service.permissions

    @property
    def now(self) -> datetime:
        """The service's time."""
        return self.service.state.clock.now()

    @property
    def person(self) -> Person:
        """Who is signed in.

        Raises:
            ShelterError: 401, nobody is.
        """
        if self.caller.person is None:
            raise not_signed_in()
        return self.caller.person

    @property
    def include(self) -> frozenset[str]:
        """What the caller wants to have along with each item."""
        return frozenset(self.fields.words("include"))

    def url(self, path: str) -> str:
        """The address of a path of the interface (`/media/…`)."""
        return f"{self.service.url}{API}{path}"


Answer = Callable[[ShelterCall], Reply | Response | Awaitable[Reply | Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A route: its path stands behind `/psapi/v4.0`, with parameters as `{media_id}`.

    Args:
        signed_in: A session is needed; else everybody with the key may ask.
        capability: Without it in the settings there is no such route.
    """

    method: str
    path: str
    answer: Answer
    signed_in: bool = False
    capability: str = ""
