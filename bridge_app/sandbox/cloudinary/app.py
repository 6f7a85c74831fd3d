"""The routes: which path is which call, and what every reply carries."""

import secrets
import string
from collections.abc import Awaitable, Callable, Mapping

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from bridge_app.sandbox.cloudinary.admin import ADMIN_CALLS
from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.auth import basic_caller
from bridge_app.sandbox.cloudinary.bodies import read_body
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.delivery import Delivery
from bridge_app.sandbox.cloudinary.derivations import Derivations
from bridge_app.sandbox.cloudinary.eager import Eager
from bridge_app.sandbox.cloudinary.edits import UPLOAD_API_EDITS, Edit
from bridge_app.sandbox.cloudinary.errors import (
    CloudinaryError,
    api_error,
    delivery_error,
    unauthorized,
)
from bridge_app.sandbox.cloudinary.limits import RateLimit
from bridge_app.sandbox.cloudinary.uploads import Uploads

Endpoint = Callable[[Request], Awaitable[Response]]
LETTERS = string.ascii_lowercase + string.digits
API = "/v1_1/{cloud}"


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


class _AssetId(_Whole):
    """An immutable asset ID."""

    regex = "[0-9a-f]{32}"


register_url_convertor("whole", _Whole())
register_url_convertor("kind", _Kind())
register_url_convertor("asset_id", _AssetId())


def cloudinary_app(clouds: Mapping[str, Cloud], *, calls_per_hour: int) -> Router:
    """The application that serves these clouds, API and delivery on one host."""
    return Router(_Service(clouds, calls_per_hour).routes(), redirect_slashes=False)


class _Service:
    """All clouds behind one host."""

    def __init__(self, clouds: Mapping[str, Cloud], calls_per_hour: int) -> None:
        self._clouds = clouds
        self._limits = {name: RateLimit(calls_per_hour, c.now) for name, c in clouds.items()}
        derivations = Derivations()
        eager = Eager(derivations)
        self._uploads = Uploads(eager, _random_text)
        self._delivery = Delivery(derivations)
        self._eager = eager

    def routes(self) -> list[Route]:
        """What is served; the first that fits wins."""
        return [
            Route(API + "/{kind:kind}/upload", self._upload, methods=["POST"]),
            Route(API + "/upload", self._upload, methods=["POST"]),
            *(
                Route(API + "/{kind:kind}/" + name, self._edit(edit), methods=["POST"])
                for name, edit in UPLOAD_API_EDITS.items()
            ),
            *(
                Route(API + call.path, self._admin(call), methods=[call.method])
                for call in ADMIN_CALLS
            ),
            Route(API + "/{rest:whole}", self._nothing, methods=["GET", "POST", "PUT", "DELETE"]),
            Route("/{cloud}/{kind:kind}/{type}/{rest:whole}", self._deliver, methods=["GET"]),
        ]

    def _cloud(self, request: Request) -> Cloud:
        """The cloud a path names."""
        name = request.path_params["cloud"]
        if name not in self._clouds:
            raise unauthorized(f"Invalid cloud_name {name}")
        return self._clouds[name]

    async def _upload(self, request: Request) -> Response:
        kind = request.path_params.get("kind", "auto")

        async def work(cloud: Cloud) -> Response:
            return await self._uploads.upload(request, cloud, kind)

        return await self._answered(request, work)

    def _edit(self, edit: Edit) -> Endpoint:
        """An endpoint of the Upload API that changes what is stored."""

        async def endpoint(request: Request) -> Response:
            async def work(cloud: Cloud) -> Response:
                return JSONResponse(await edit(request, cloud, self._eager))

            return await self._answered(request, work)

        return endpoint

    def _admin(self, call: AdminCall) -> Endpoint:
        """An endpoint of the Admin API: its caller, its limit, its headers."""

        async def endpoint(request: Request) -> Response:
            async def work(cloud: Cloud) -> Response:
                body = await read_body(request)
                basic_caller(request.headers.get("authorization", ""), cloud.keys)
                self._limits[cloud.name].count()
                return JSONResponse(call.answer(cloud, request.path_params, body.params))

            response = await self._answered(request, work)
            limit = self._limits.get(request.path_params["cloud"])
            if limit is not None:
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
        """The reply of an API call, refusals included."""
        try:
            response = await work(self._cloud(request))
        except CloudinaryError as error:
            await _drain(request)
            response = api_error(error)
        except ClientDisconnect:
            response = Response(status_code=499)
        response.headers["X-Request-Id"] = secrets.token_hex(16)
        return response

    async def _deliver(self, request: Request) -> Response:
        """A delivery URL; nothing is said in the body when there is nothing to show."""
        params = request.path_params
        try:
            cloud = self._cloud(request)
            response = await self._delivery.deliver(request, cloud, params["kind"], params["type"])
        except CloudinaryError as error:
            response = delivery_error(error)
        response.headers["X-Request-Id"] = secrets.token_hex(16)
        return response


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
