"""The routes of the service, and what every call goes through before it is answered.

Source: reference/photoshelter.md 3, 5 and 16.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from inspect import isawaitable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from bridge_app.sandbox.files import Incoming
from bridge_app.sandbox.photoshelter.auth import (
    AUTH_CALLS,
    COOKIE,
    LOGOUT,
    VERIFY,
    second_factor_is_missing,
    token_of,
)
from bridge_app.sandbox.photoshelter.calls import Call, Reply, Service, ShelterCall
from bridge_app.sandbox.photoshelter.container_calls import CONTAINER_CALLS
from bridge_app.sandbox.photoshelter.envelope import refused, replied
from bridge_app.sandbox.photoshelter.errors import (
    ShelterError,
    not_found,
    not_signed_in,
    wrong_key,
)
from bridge_app.sandbox.photoshelter.fields import Fields, read_fields
from bridge_app.sandbox.photoshelter.media_routes import FILE_CALLS, MEDIA_CALLS, V3_CALLS
from bridge_app.sandbox.photoshelter.oauth import OAUTH_CALLS
from bridge_app.sandbox.photoshelter.permissions import Caller
from bridge_app.sandbox.photoshelter.rates import Rates
from bridge_app.sandbox.photoshelter.service_calls import SERVICE_CALLS
from bridge_app.sandbox.photoshelter.sessions import Session
from bridge_app.sandbox.photoshelter.v3_envelope import v3_refused, v3_replied

V4 = re.compile(r"/psapi/v4(?:\.0)?(?=/)")
V3 = re.compile(r"/psapi/v3(?:\.0)?(?=/)")
OURS = ("/psapi/", "/img/", "/dl/", "/__emu/")
"""What the paths of the service begin with, on the host that it shares."""
ALIASES = {
    "key_image": "key-image",
    "keyimage": "key-image",
    "children/count": "child-count",
    "count": "child-count",
    "permission": "permissions",
    "custom_metadata": "custom-metadata",
}
"""Spellings of others, at the end of a path."""
PENDING_MAY = frozenset({VERIFY, LOGOUT})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def shelter_app(service: Service, rates: Rates, *, new_name: Callable[[], str]) -> ASGIApp:
    """The application that serves everything behind `OURS` but `/__emu/`.

    Args:
        service: What answers are made of.
        rates: Counts the calls.
        new_name: Makes names for files that come in.
    """
    return _Application(service, rates, new_name)


class _Application:
    """Chooses the version, and makes a call of a request."""

    def __init__(self, service: Service, rates: Rates, new_name: Callable[[], str]) -> None:
        self._service = service
        self._rates = rates
        self._new_name = new_name
        v4 = (*AUTH_CALLS, *OAUTH_CALLS, *SERVICE_CALLS, *CONTAINER_CALLS, *MEDIA_CALLS)
        self._v4 = self._router(v4, self._v4_endpoint)
        self._v3 = self._router(V3_CALLS, self._v3_endpoint)
        self._files = self._router(FILE_CALLS, self._file_endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        path = scope["path"]
        for pattern, router in ((V4, self._v4), (V3, self._v3)):
            version = pattern.match(path)
            if version is not None:
                inner = {**scope, "path": _usual(path[version.end() :])}
                await router(inner, receive, send)
                return
        await self._files(scope, receive, send)

    def _router(self, calls: Iterable[Call], endpoint: Callable[[Call], "_Endpoint"]) -> Router:
        """The routes of some calls, and at their end an answer for what is none."""
        has = self._service.state.settings.capabilities
        there = [one for one in calls if not one.capability or one.capability in has]
        nothing = Call(method="", path="/{rest:path}", answer=_nothing)
        return Router(
            [
                *(Route(one.path, endpoint(one), methods=[one.method]) for one in there),
                Route(nothing.path, endpoint(nothing), methods=METHODS),
            ],
            redirect_slashes=False,
        )

    def _v4_endpoint(self, call: Call) -> "_Endpoint":
        key = self._service.state.settings.api_key

        async def endpoint(request: Request) -> Response:
            try:
                self._check_key(request, key)
                reply = await self._reply(call, request)
                response = self._enveloped(reply, key)
            except ShelterError as error:
                response = await _refusal(request, refused(error, about=self._service.url))
            except ClientDisconnect:
                return Response(status_code=499)
            return self._with_cookie(request, response)

        return endpoint

    def _v3_endpoint(self, call: Call) -> "_Endpoint":
        key = self._service.state.settings.v3_api_key

        async def endpoint(request: Request) -> Response:
            try:
                self._check_key(request, key)
                reply = await self._reply(call, request)
                return reply if isinstance(reply, Response) else v3_replied(reply)
            except ShelterError as error:
                return await _refusal(request, v3_refused(error))
            except ClientDisconnect:
                return Response(status_code=499)

        return endpoint

    def _file_endpoint(self, call: Call) -> "_Endpoint":
        async def endpoint(request: Request) -> Response:
            try:
                reply = await self._answered(call, request, Caller(), Fields(texts=_query(request)))
                return self._enveloped(reply, "")
            except ShelterError as error:
                return refused(error, about=self._service.url)

        return endpoint

    def _check_key(self, request: Request, key: str) -> None:
        """The key is right, and was not used too often."""
        given = request.headers.get("x-ps-api-key") or request.query_params.get("api_key")
        if given != key:
            raise wrong_key()
        self._rates.count(key)

    async def _reply(self, call: Call, request: Request) -> Reply | Response:
        """Read a request, find out who asks, and answer."""
        with Incoming(self._service.state.incoming / self._new_name()) as incoming:
            fields = await read_fields(request, incoming)
            caller = self._caller(call, request, fields)
            if call.signed_in and caller.person is None:
                raise not_signed_in()
            return await self._answered(call, request, caller, fields)

    async def _answered(
        self, call: Call, request: Request, caller: Caller, fields: Fields
    ) -> Reply | Response:
        reply = call.answer(
            ShelterCall(
                request=request,
                service=self._service,
                caller=caller,
                ids=request.path_params,
                fields=fields,
            )
        )
        return await reply if isawaitable(reply) else reply

    def _caller(self, call: Call, request: Request, fields: Fields) -> Caller:
        """Who asks, by the token that came along."""
        through = tuple(
            fields.text(name) for name in ("collection_id", "gallery_id") if name in fields
        )
        word = fields.text("password") or fields.text("token")
        token = token_of(request)
        if not token:
            return Caller(word=word, through=through)
        session = self._service.sessions.find(token)
        if session.pending and call.path not in PENDING_MAY:
            raise second_factor_is_missing()
        request.state.session = session
        person = self._service.sessions.person_of(session)
        return Caller(person=person, organization=session.organization, word=word, through=through)

    def _enveloped(self, reply: Reply | Response, key: str) -> Response:
        if isinstance(reply, Response):
            return reply
        year = self._service.state.clock.now().year
        return replied(reply, rate=self._rates.said(key), year=year)

    def _with_cookie(self, request: Request, response: Response) -> Response:
        """In cookie mode each answer brings the next cookie, and the last one ends."""
        session: Session | None = getattr(request.state, "session", None)
        if session is not None and session.cookie:
            renewed = self._service.sessions.renewed(session)
            if renewed is not None:
                response.set_cookie(COOKIE, renewed.token, path="/psapi", httponly=True)
        return response


_Endpoint = Callable[[Request], Awaitable[Response]]


def _nothing(_call: ShelterCall) -> Reply:
    raise not_found()


def _usual(path: str) -> str:
    """A path in the spelling of the routes."""
    path = path.rstrip("/") or "/"
    for spelling, usual in ALIASES.items():
        if path.endswith("/" + spelling):
            return path.removesuffix(spelling) + usual
    return path


def _query(request: Request) -> dict[str, str]:
    return dict(request.query_params)


async def _refusal(request: Request, response: Response) -> Response:
    """Read what is left of a body: a client that is still sending would miss the answer."""
    try:
        async for _ in request.stream():
            pass
    except (RuntimeError, ClientDisconnect):
        return response
    return response
