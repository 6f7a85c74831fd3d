"""ASGI middleware that lets trouble strike before the service sees a request."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bridge_app.sandbox.faults import RESET
from bridge_app.sandbox.photoshelter.auth import token_of
from bridge_app.sandbox.photoshelter.envelope import refused
from bridge_app.sandbox.photoshelter.errors import ShelterError, too_many
from bridge_app.sandbox.photoshelter.trouble import HEADER, Trouble, Troubles

TITLES = {500: "Internal server error", 502: "Bad gateway", 503: "Service unavailable"}
PAGE = "<!doctype html><html><body><h1>404 Not Found</h1></body></html>"


class Troubled:
    """Serves `app`, well or badly.

    Args:
        app: The service.
        troubles: What goes wrong.
        end_session: Makes a token good for nothing.
    """

    def __init__(
        self, app: ASGIApp, *, troubles: Troubles, end_session: Callable[[str], object]
    ) -> None:
        self._app = app
        self._troubles = troubles
        self._end_session = end_session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        try:
            trouble = self._troubles.strike(scope["path"], request.headers.get(HEADER, ""))
        except ShelterError as error:
            await _answer(refused(error, about=""), request, send)
            return
        match trouble:
            case None:
                await self._app(scope, receive, send)
            case Trouble(kind="slow", ms=ms):
                await asyncio.sleep(ms / 1000)
                await self._app(scope, receive, send)
            case Trouble(kind="expire-token"):
                self._end_session(token_of(request))
                await self._app(scope, receive, send)
            case Trouble(kind="drop"):
                await _drop(scope, receive)
            case _:
                await _answer(_response(trouble), request, send)


def _response(trouble: Trouble) -> Response:
    """What a request is answered with instead."""
    if trouble.kind == "html404":
        return HTMLResponse(PAGE, 404)
    response = refused(_error(trouble), about="")
    said = json.loads(bytes(response.body))["errors"]
    bare: Mapping[str, Mapping[str, object]] = {
        "bare-errors-object": {"errors": said[0]},
        "top-level-error": {"error": said[0]},
    }
    if trouble.kind in bare:
        return JSONResponse(bare[trouble.kind], trouble.status)
    return response


def _error(trouble: Trouble) -> ShelterError:
    if trouble.status == 429:
        return too_many(trouble.retry_s)
    title = TITLES.get(trouble.status, "Injected fault")
    return ShelterError(trouble.status, "InjectedFaultException", title)


async def _answer(response: Response, request: Request, send: Send) -> None:
    """Read the request to its end, as clients need it, and refuse."""
    async for _ in request.stream():
        pass
    await response(request.scope, request.receive, send)


async def _drop(scope: Scope, receive: Callable[[], Awaitable[Mapping[str, object]]]) -> None:
    """Cut the connection, and wait until the server has noticed."""
    scope["extensions"][RESET]()
    while (await receive())["type"] != "http.disconnect":
        pass
