"""The routes: which path is which call, and what every reply carries."""

import secrets
import string
from collections.abc import Awaitable, Callable
from inspect import isawaitable

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from bridge_app.sandbox.cloudinary.account_plane import AccountPlane
from bridge_app.sandbox.cloudinary.admin import ADMIN_CALLS
from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.announcer import announcing
from bridge_app.sandbox.cloudinary.archive_calls import ARCHIVE_CALLS
from bridge_app.sandbox.cloudinary.auth import basic_caller, basic_name
from bridge_app.sandbox.cloudinary.bodies import read_body
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.clouds import Clouds
from bridge_app.sandbox.cloudinary.composite_calls import COMPOSITE_CALLS
from bridge_app.sandbox.cloudinary.delete_tokens import TOKEN_CALLS
from bridge_app.sandbox.cloudinary.delivery import Delivery, raw_path
from bridge_app.sandbox.cloudinary.delivery_address import Address, address_of
from bridge_app.sandbox.cloudinary.derivations import Derivations
from bridge_app.sandbox.cloudinary.downloads import download, download_backup
from bridge_app.sandbox.cloudinary.eager import Eager
from bridge_app.sandbox.cloudinary.edits import UPLOAD_API_EDITS, Edit, destroy
from bridge_app.sandbox.cloudinary.errors import (
    CloudinaryError,
    api_error,
    delivery_error,
    unauthorized,
)
from bridge_app.sandbox.cloudinary.permissions import action_of
from bridge_app.sandbox.cloudinary.search_calls import search_by_url
from bridge_app.sandbox.cloudinary.uploads import Uploads

Endpoint = Callable[[Request], Awaitable[Response]]
LETTERS = string.ascii_lowercase + string.digits
API = "/v1_1/{cloud}"
SEARCH_SEGMENTS = 3
"""Signature, life and query: a search on a host of a cloud's own, behind no cloud name."""
VERSIONS_COST = 11
"""What a call costs that asks for the versions of an asset."""


class _Whole(Convertor[str]):
    """The rest of a path. Unlike Starlette's own `path` it may hold line breaks."""

    regex = r"[\s\S]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Kind(_Whole):
    """A resource type."""

    regex = "image|video|raw|auto"


class _AnyKind(_Whole):
    """A resource type, or all of them."""

    regex = "image|video|raw|auto|all"


class _AssetId(_Whole):
    """An immutable asset ID."""

    regex = "[0-9a-f]{32}"


register_url_convertor("whole", _Whole())
register_url_convertor("kind", _Kind())
register_url_convertor("any_kind", _AnyKind())
register_url_convertor("asset_id", _AssetId())


def cloudinary_app(clouds: Clouds, plane: AccountPlane) -> Router:
    """The application that serves these clouds, API and delivery on one host."""
    return Router(_Service(clouds, plane).routes(), redirect_slashes=False)


class _Service:
    """All clouds behind one host."""

    def __init__(self, clouds: Clouds, plane: AccountPlane) -> None:
        self._clouds = clouds
        self._plane = plane
        derivations = Derivations()
        self._derivations = derivations
        eager = Eager(derivations)
        self._uploads = Uploads(eager, _random_text)
        self._delivery = Delivery(derivations)
        self._eager = eager

    def routes(self) -> list[Route]:
        """What is served; the first that fits wins."""
        return [
            Route(API + "/{kind:kind}/upload", self._upload, methods=["POST"]),
            *self._plane.routes(self._served),
            Route(API + "/upload", self._upload, methods=["POST"]),
            Route(API + "/{kind:kind}/upload_chunked", self._upload, methods=["POST"]),
            *(
                Route(API + "/{kind:kind}/" + name, self._edit(edit), methods=["POST"])
                for name, edit in UPLOAD_API_EDITS.items()
            ),
            Route(API + "/asset/destroy", self._edit(destroy), methods=["POST"]),
            *(
                Route(API + path, self._edit(edit), methods=["GET", "POST"])
                for path, edit in {**ARCHIVE_CALLS, **COMPOSITE_CALLS, **TOKEN_CALLS}.items()
            ),
            *(
                Route(API + call.path, self._admin(call), methods=[call.method])
                for call in ADMIN_CALLS
            ),
            Route(API + "/{kind:kind}/download", self._download, methods=["GET"]),
            Route(API + "/download_backup", self._download, methods=["GET"]),
            Route(API + "/{rest:whole}", self._nothing, methods=["GET", "POST", "PUT", "DELETE"]),
            Route("/v2/{cloud}/analysis/{rest:whole}", self._nothing, methods=["POST"]),
            Route("/{cloud}/search/{query:whole}", self._search_by_url, methods=["GET"]),
            Route("/{rest:whole}", self._deliver, methods=["GET"]),
        ]

    async def _upload(self, request: Request) -> Response:
        kind = request.path_params.get("kind", "auto")

        async def work(cloud: Cloud) -> Response:
            return await self._uploads.upload(request, cloud, kind)

        return await self._answered(request, work)

    def _edit(self, edit: Edit) -> Endpoint:
        """An endpoint of the Upload API that changes what is stored."""

        async def endpoint(request: Request) -> Response:
            async def work(cloud: Cloud) -> Response:
                reply = await edit(request, cloud, self._eager)
                return reply if isinstance(reply, Response) else JSONResponse(reply)

            return await self._answered(request, work)

        return endpoint

    def _admin(self, call: AdminCall) -> Endpoint:
        """An endpoint of the Admin API: its caller, its limit, its headers."""

        async def endpoint(request: Request) -> Response:
            async def work(cloud: Cloud) -> Response:
                body = await read_body(request)
                basic_caller(request.headers.get("authorization", ""), cloud.keys)
                cost = VERSIONS_COST if body.params.flag("versions") else 1
                self._clouds.limit(cloud.name).count(cost)
                reply = call.answer(cloud, request.path_params, body.params)
                return JSONResponse(await reply if isawaitable(reply) else reply)

            async def nobody() -> Response:
                raise unauthorized("unknown api_key")

            # As the service does: who is not known anywhere is not told which clouds there are.
            who = basic_name(request.headers.get("authorization", ""))
            if request.path_params["cloud"] not in self._clouds and not self._clouds.knows(who):
                return await self._served(request, nobody)
            response = await self._answered(request, work)
            if request.path_params["cloud"] in self._clouds:
                limit = self._clouds.limit(request.path_params["cloud"])
                response.headers.update(limit.headers())
            return response

        return endpoint

    async def _nothing(self, request: Request) -> Response:
        async def work(_cloud: Cloud) -> Response:
            await read_body(request)
            raise CloudinaryError(404, f"Unknown API endpoint {request.method} {request.url.path}")

        return await self._answered(request, work)

    async def _answered(
        self, request: Request, work: Callable[[Cloud], Awaitable[Response]]
    ) -> Response:
        """The reply of an API call, of which others are told; refusals included."""

        async def told() -> Response:
            name = request.path_params["cloud"]
            path = request.scope["path"].removeprefix(f"/v1_1/{name}/")
            cloud = self._clouds.acting(name, action_of(request.method, path))
            with announcing(request, cloud) as replied:
                response = await work(cloud)
                replied(response)
            return response

        return await self._served(request, told)

    async def _served(self, request: Request, work: Callable[[], Awaitable[Response]]) -> Response:
        """A reply, refusals included."""
        request.state.request_id = secrets.token_hex(16)
        try:
            response = await work()
        except CloudinaryError as error:
            await _drain(request)
            response = api_error(error)
        except ClientDisconnect:
            response = Response(status_code=499)
        response.headers["X-Request-Id"] = request.state.request_id
        return response

    async def _search_by_url(self, request: Request) -> Response:
        """A signed search URL, which any browser may ask for."""

        async def work() -> Response:
            cloud = self._clouds.serving(request.path_params["cloud"])
            found, ttl = await search_by_url(cloud, request.path_params["query"])
            return JSONResponse(found, headers={"Cache-Control": f"public, max-age={ttl}"})

        return await self._served(request, work)

    async def _download(self, request: Request) -> Response:
        """A file for whoever has a signed link to it."""
        kind = request.path_params.get("kind")

        async def work(cloud: Cloud) -> Response:
            if kind is None:
                return await download_backup(request, cloud)
            return await download(request, cloud, kind, self._derivations)

        return await self._answered(request, work)

    async def _deliver(self, request: Request) -> Response:
        """A delivery URL; nothing is said in the body when there is nothing to show."""
        try:
            cloud, address = self._addressed(request)
            first, *rest = address.segments
            if first == "search" and len(rest) >= SEARCH_SEGMENTS:
                request.scope["path_params"] = {"cloud": cloud.name, "query": "/".join(rest)}
                return await self._search_by_url(request)
            response = await self._delivery.deliver(request, cloud, address)
        except CloudinaryError as error:
            response = delivery_error(error)
        response.headers["X-Request-Id"] = secrets.token_hex(16)
        return response

    def _addressed(self, request: Request) -> tuple[Cloud, Address]:
        """Which cloud is asked, and for what."""
        hosts = next(iter(self._clouds.values())).settings.hosts
        host = request.headers.get("host", "")
        address = address_of(raw_path(request), host, hosts, self._clouds)
        if address is None:
            raise CloudinaryError(404, "")
        return self._clouds.serving(address.cloud_name), address


async def _drain(request: Request) -> None:
    """Read what is left of a body: a client that is still sending would miss the answer."""
    try:
        async for _ in request.stream():
            pass
    except (RuntimeError, ClientDisconnect):
        return


def _random_text(length: int) -> str:
    """Letters and digits, as in public IDs that nobody chose."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
