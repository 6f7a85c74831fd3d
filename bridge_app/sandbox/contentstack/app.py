"""The application: who may call, how often, and which call is whose."""

import json
from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from bridge_app.sandbox.contentstack import assets, entries
from bridge_app.sandbox.contentstack.answers import RefusedError, answer, page
from bridge_app.sandbox.contentstack.publishing import publish_many
from bridge_app.sandbox.contentstack.rates import Rates
from bridge_app.sandbox.contentstack.requested import Requested, of_form
from bridge_app.sandbox.contentstack.stack import Row, Stack

PREFIX = "/contentstack"
"""Beside the other services of a host; what follows it is as at the real one."""
Call = Callable[[Requested], Response]


class StackHosting:
    """ASGI application: what begins with `PREFIX` is the stack's, all else is `beside`'s."""

    def __init__(self, stack: Stack, *, beside: ASGIApp, elapsed: Callable[[], float]) -> None:
        self._beside = beside
        self._app = stack_app(stack, Rates(stack.settings.calls_per_s, elapsed=elapsed))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or hand it on."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX + "/"):
            await self._app(scope, receive, send)
        else:
            await self._beside(scope, receive, send)


def stack_app(stack: Stack, rates: Rates) -> Router:
    """The calls that there are."""
    reads, writes = ["GET"], ["POST"]
    kinds: list[tuple[str, Call, list[str]]] = [
        ("content_types", entries.content_types, [*reads, *writes]),
        ("content_types/{ct}", entries.content_type, reads),
        ("content_types/{ct}/entries", entries.entries, [*reads, *writes]),
        ("content_types/{ct}/entries/{uid}", entries.entry, ["GET", "PUT", "DELETE"]),
        ("content_types/{ct}/entries/{uid}/locales", entries.entry_locales, reads),
        ("content_types/{ct}/entries/{uid}/unlocalize", entries.unlocalize, writes),
        ("content_types/{ct}/entries/{uid}/publish", entries.publish, writes),
        ("content_types/{ct}/entries/{uid}/unpublish", entries.publish, writes),
        ("assets", assets.assets, [*reads, *writes]),
        ("assets/folders", assets.folders, writes),
        ("assets/folders/{uid}", assets.folder, ["GET", "PUT", "DELETE"]),
        ("assets/{uid}", assets.asset, ["GET", "PUT", "DELETE"]),
        ("assets/{uid}/references", assets.references, reads),
        ("assets/{uid}/publish", assets.publish, writes),
        ("assets/{uid}/unpublish", assets.publish, writes),
        ("locales", _locales, reads),
        ("environments", _environments, reads),
        ("bulk/publish", partial(_bulk, out=True), writes),
        ("bulk/unpublish", partial(_bulk, out=False), writes),
    ]
    return Router(
        [
            Route(f"{PREFIX}/v3/{path}", _endpoint(stack, rates, call), methods=methods)
            for path, call, methods in kinds
        ]
    )


def _endpoint(stack: Stack, rates: Rates, call: Call) -> Callable[[Request], object]:
    async def answered(request: Request) -> Response:
        try:
            response = await _called(stack, rates, call, request)
        except RefusedError as error:
            response = answer(error.body, error.status)
        response.headers.update(rates.headers(request.method))
        path = request.url.path.removeprefix(f"{PREFIX}/v3/")
        stack.calls.append((request.method, path, response.status_code))
        return response

    return answered


async def _called(stack: Stack, rates: Rates, call: Call, request: Request) -> Response:
    stack.take_off()
    is_bulk = "/bulk/" in request.url.path
    if not rates.take(request.method, is_bulk=is_bulk):
        raise RefusedError(429, 429, "Rate limit exceeded. Please wait before trying again.")
    if request.headers.get("api_key") != stack.settings.api_key:
        raise RefusedError(412, 109, "We can't find that Stack. Please try again.")
    if request.headers.get("authorization") != stack.settings.management_token:
        raise RefusedError(401, 103, "You're not allowed in here unless you're logged in.")
    branch = stack.branches.get(request.headers.get("branch", "main"))
    if branch is None:
        raise RefusedError(403, 901, "You do not have permission to this branch.")
    body: Row = {}
    file = None
    if request.headers.get("content-type", "").startswith("multipart/"):
        async with request.form(max_part_size=1 << 20) as form:
            body, file = await of_form(form)
    elif data := await request.body():
        try:
            body = json.loads(data)
        except ValueError as error:
            raise RefusedError(400, 141, "The body is no JSON.") from error
    return call(
        Requested(
            method=request.method,
            path=request.url.path,
            stack=stack,
            branch=branch,
            names=request.path_params,
            query=dict(request.query_params),
            body=body,
            file=file,
        )
    )


def _locales(call: Requested) -> Response:
    return page(list(call.stack.locales.values()), "locales", call.query)


def _environments(call: Requested) -> Response:
    rows = [{"name": name, "uid": uid} for name, uid in call.stack.environments.items()]
    return page(rows, "environments", call.query)


def _bulk(call: Requested, *, out: bool) -> Response:
    publish_many(call.stack, call.branch, call.body, out=out)
    return answer({"notice": "Your bulk publish request is in progress."}, 201)
