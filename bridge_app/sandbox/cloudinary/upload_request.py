"""Who asks the Upload API for what, where a signature is always needed.

Source: reference/cloudinary.md 2.2 and 2.8.
"""

from starlette.requests import Request

from bridge_app.sandbox.cloudinary.auth import Caller, download_caller, upload_caller
from bridge_app.sandbox.cloudinary.bodies import read_body
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.records import Key


async def signed_request(
    request: Request, cloud: Cloud, *, unsigned_names: bool = False
) -> tuple[Params, Caller]:
    """The parameters of a request and who sent it.

    Raises:
        CloudinaryError: 400 or 401, it is not signed, or wrongly.
    """
    body = await read_body(request)
    return body.params, signer(request, cloud, body.params, unsigned_names=unsigned_names)


def signer(
    request: Request, cloud: Cloud, params: Params, *, unsigned_names: bool = False
) -> Caller:
    """Who signed the parameters of a request.

    Raises:
        CloudinaryError: 400 or 401, nobody did, or wrongly.
    """
    caller = upload_caller(
        params,
        request.headers.get("authorization", ""),
        cloud.keys,
        now=cloud.now(),
        unsigned_names=unsigned_names,
    )
    if caller is None:
        raise bad_request("Missing required parameter - signature")
    return caller


async def signed_link(request: Request, cloud: Cloud) -> tuple[Params, Caller]:
    """The same for an address that downloads something: it may say itself until when it is good.

    Raises:
        CloudinaryError: 400 or 401, it is not signed, wrongly, or it is over.
    """
    params = (await read_body(request)).params
    if "authorization" in request.headers:
        return params, signer(request, cloud, params)
    return params, download_caller(params, cloud.keys, now=cloud.now())


def required(params: Params, name: str) -> str:
    """A parameter that must be given.

    Raises:
        CloudinaryError: 400, it is not.
    """
    if name not in params:
        raise bad_request(f"Missing required parameter - {name}")
    return params.text(name)


def named_key(request: Request, params: Params, public_id: str) -> Key:
    """What a request on one asset is about."""
    return request.path_params["kind"], params.text("type", "upload"), public_id
