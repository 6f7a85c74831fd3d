"""The service beside another application on one host, watched: its log, its faults, its date."""

import hashlib
import secrets
import time
from concurrent.futures import Executor
from datetime import timedelta
from email.utils import format_datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bridge_app.sandbox.decoder import Decoder
from bridge_app.sandbox.faults import RESET
from bridge_app.sandbox.photoshelter.app import OURS, shelter_app
from bridge_app.sandbox.photoshelter.calls import Service
from bridge_app.sandbox.photoshelter.control import control_app
from bridge_app.sandbox.photoshelter.links import Links
from bridge_app.sandbox.photoshelter.media_finder import MediaFinder
from bridge_app.sandbox.photoshelter.permissions import Permissions
from bridge_app.sandbox.photoshelter.rates import Rates
from bridge_app.sandbox.photoshelter.records import LoggedCall
from bridge_app.sandbox.photoshelter.sessions import Sessions
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.trouble import Troubles
from bridge_app.sandbox.photoshelter.troubled import Troubled

CONTROL = "/__emu/"


class Hosting:
    """ASGI application: what is ours is ours, all other paths are `beside`'s.

    Args:
        state: What the service holds.
        beside: Who serves all other paths.
        decoder: Probes and renders media.
        executor: Where slow work is done.
        url: Where the server is reached.
    """

    def __init__(
        self,
        state: ShelterState,
        *,
        beside: ASGIApp,
        decoder: Decoder,
        executor: Executor,
        url: str,
    ) -> None:
        self._state = state
        self._beside = beside
        settings, troubles = state.settings, Troubles()
        sessions = Sessions(
            state.store,
            state.clock,
            new_token=secrets.token_urlsafe,
            token_seconds=settings.token_seconds,
        )
        permissions = Permissions(state.store, state.clock)
        key = hashlib.sha256(settings.seed.encode()).digest()
        service = Service(
            state=state,
            permissions=permissions,
            sessions=sessions,
            finder=MediaFinder(state.store, permissions),
            links=Links(key, life=timedelta(seconds=settings.link_seconds)),
            decoder=decoder,
            executor=executor,
            url=url,
        )
        rates = Rates(settings.rate_limit, window_s=settings.rate_seconds, elapsed=time.monotonic)
        app = shelter_app(service, rates, new_name=secrets.token_hex)
        self._app = Troubled(app, troubles=troubles, end_session=sessions.end)
        self._control = control_app(state, troubles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or hand it on."""
        if scope["type"] != "http" or not scope["path"].startswith(OURS):
            await self._beside(scope, receive, send)
        elif scope["path"].startswith(CONTROL):
            await self._control(scope, receive, send)
        else:
            await self._watched(scope, receive, send)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the service's clock; note it before the caller can know."""
        note = _Note(self._state, scope)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                note.take(message["status"])
                date = format_datetime(self._state.clock.now(), usegmt=True).encode()
                message = {**message, "headers": [*message.get("headers", ()), (b"date", date)]}
            await send(message)

        def cut() -> None:
            note.take(0)
            scope["extensions"][RESET]()

        extensions = {**scope["extensions"], RESET: cut}
        await self._app({**scope, "extensions": extensions}, receive, noted)


class _Note:
    """A request's line in the log, written once."""

    def __init__(self, state: ShelterState, scope: Scope) -> None:
        self._state = state
        self._scope = scope
        self._taken = False

    def take(self, status: int) -> None:
        """It is answered so."""
        if self._taken:
            return
        self._taken = True
        call = LoggedCall(
            method=self._scope["method"],
            path=self._scope["path"],
            query=self._scope["query_string"].decode("latin-1"),
            status=status,
        )
        self._state.note_call(call)
