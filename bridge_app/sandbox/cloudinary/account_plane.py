"""Everything beside the product environments: provisioning, logins, and notices that are polled."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bridge_app.sandbox.cloudinary.account import Account, Json
from bridge_app.sandbox.cloudinary.auth import basic_caller
from bridge_app.sandbox.cloudinary.bodies import read_body
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.clouds import Clouds
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.notices import batch_address, channel_address
from bridge_app.sandbox.cloudinary.oauth import AuthorizationServer
from bridge_app.sandbox.cloudinary.oauth_tokens import Tokens
from bridge_app.sandbox.cloudinary.params import WHOLE, Params
from bridge_app.sandbox.cloudinary.permissions import Action
from bridge_app.sandbox.cloudinary.provisioning import (
    SUB_ACCOUNT_CALLS,
    Answered,
    provisioning_routes,
)
from bridge_app.sandbox.cloudinary.provisioning_people import PEOPLE_CALLS
from bridge_app.sandbox.cloudinary.public_provisioning import create_account, create_cloud
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.tables import Tables

MESSAGES = "/v2/notifications/{cloud}/messages"
MAX_HANDLES = 100
MAX_MESSAGES, MAX_WAIT_S, MAX_VISIBILITY_S = 100, 60, 600
Public = Callable[[Account, Params, str], Json]


class AccountPlane:
    """The account, its authorization server, and polling.

    Args:
        clouds: The product environments.
        tables: Where the account is kept.
        tokens: Makes OAuth tokens.
        url: Where we are reached.
        settings: How the sandbox is set up.
        now: The clock.
        new_id: Makes 32 hexadecimal digits.
    """

    def __init__(  # noqa: PLR0913 - the parts, one by one
        self,
        *,
        clouds: Clouds,
        tables: Tables,
        tokens: Tokens,
        url: str,
        settings: Settings,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._clouds = clouds
        self._url = url
        self._keys = settings.provisioning
        self._account = Account(tables, clouds, now=now, new_id=new_id)
        self._oauth = AuthorizationServer(
            tokens, clouds=clouds.usable, issuer=url, now=now, new_id=new_id
        )

    def routes(self, answered: Answered) -> list[Route]:
        """What is served. `answered` turns what is raised into a reply."""
        public = "/v1_1/provisioning"
        return [
            Route(f"{public}/agents/accounts", self._made(create_account, answered), methods=POST),
            Route(f"{public}/clouds", self._made(create_cloud, answered), methods=POST),
            *provisioning_routes(
                self._account, self._keys, SUB_ACCOUNT_CALLS + PEOPLE_CALLS, answered
            ),
            Route(MESSAGES, self._polled(self._messages, answered), methods=["GET"]),
            Route(f"{MESSAGES}/ack", self._polled(_acknowledged, answered), methods=POST),
            *self._oauth.routes(),
        ]

    def _made(self, make: Public, answered: Answered) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint that needs no key."""

        async def endpoint(request: Request) -> Response:
            async def work() -> Response:
                params = (await read_body(request)).params
                return JSONResponse(make(self._account, params, self._url))

            return await answered(request, work)

        return endpoint

    def _polled(
        self, answer: Callable[[Cloud, Params], Awaitable[Json]], answered: Answered
    ) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint of the polled channels, for a key that may read."""

        async def endpoint(request: Request) -> Response:
            async def work() -> Response:
                cloud = self._clouds.serving(request.path_params["cloud"])
                params = (await read_body(request)).params
                authorization = request.headers.get("authorization", "")
                basic_caller(authorization, cloud.keys.for_call(Action.READ))
                return JSONResponse(await answer(cloud, params))

            return await answered(request, work)

        return endpoint

    async def _messages(self, cloud: Cloud, params: Params) -> Json:
        """The next messages of a channel or a batch; no key when there are none."""
        if ("channel" in params) == ("batch_id" in params):
            raise bad_request("Exactly one of channel or batch_id is required")
        address = (
            channel_address(params.text("channel"))
            if "channel" in params
            else batch_address(params.text("batch_id"))
        )
        messages = await cloud.postbox.claim(
            address,
            most=_between(params, "max_messages", 1, 10, MAX_MESSAGES),
            wait_s=_between(params, "wait_seconds", 0, 20, MAX_WAIT_S),
            visibility_s=_between(params, "visibility_timeout", 1, 30, MAX_VISIBILITY_S),
        )
        return {"messages": messages} if messages else {}


POST = ["POST"]


async def _acknowledged(cloud: Cloud, params: Params) -> Json:
    """Messages that need not be shown again."""
    handles = params.array("receipt_handles")
    if not 1 <= len(handles) <= MAX_HANDLES:
        raise bad_request(f"receipt_handles must hold 1 to {MAX_HANDLES} handles")
    results = [
        {
            "receipt_handle": handle,
            "status": "acked" if cloud.postbox.acknowledge(handle) else "not_found",
        }
        for handle in handles
    ]
    return {"results": results}


def _between(params: Params, name: str, least: int, default: int, most: int) -> int:
    """A whole number within bounds.

    Raises:
        CloudinaryError: 400, it is something else.
    """
    given = params.text(name, str(default))
    if WHOLE.fullmatch(given) is None or not least <= int(given) <= most:
        raise CloudinaryError(400, f"{name} must be between {least} and {most}")
    return int(given)
