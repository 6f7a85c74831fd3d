"""The Provisioning API: its routes, who may call it, and product environments with their keys.

Source: reference/cloudinary.md 13.
"""

import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bridge_app.sandbox.cloudinary.account import Account, Json
from bridge_app.sandbox.cloudinary.auth import basic_caller
from bridge_app.sandbox.cloudinary.bodies import read_body
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request, unauthorized
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.key_ring import WEBHOOKS, AccessKey, new_access_key
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys

BASE = "/v1_1/provisioning/accounts/{account}"
Path = Mapping[str, str]
Answer = Callable[[Account, Path, Params], Json]
Answered = Callable[[Request, Callable[[], Awaitable[Response]]], Awaitable[Response]]
"""Turns what is raised into a reply."""
SORTABLE = ("name", "api_key", "created_at", "updated_at", "enabled")
DEFAULT_PAGE = 50
PAIRS = re.compile(r"\s*\{")


@dataclass(frozen=True, slots=True)
class ProvisioningCall:
    """`path` follows the account ID."""

    method: str
    path: str
    answer: Answer


def required(params: Params, name: str) -> str:
    """A parameter that must be given."""
    if name not in params:
        raise bad_request(f"Missing required parameter - {name}")
    return params.text(name)


def provisioning_routes(
    account: Account,
    keys: ProvisioningKeys,
    calls: tuple[ProvisioningCall, ...],
    answered: Answered,
) -> list[Route]:
    """The routes of the calls, each for the holder of `keys` alone."""

    def route(call: ProvisioningCall) -> Route:
        async def endpoint(request: Request) -> Response:
            async def work() -> Response:
                body = await read_body(request)
                _check(request, keys)
                return JSONResponse(call.answer(account, request.path_params, body.params))

            return await answered(request, work)

        return Route(BASE + call.path, endpoint, methods=[call.method])

    return [route(call) for call in calls]


def _check(request: Request, keys: ProvisioningKeys) -> None:
    """Raise unless the caller owns the account."""
    caller = basic_caller(request.headers.get("authorization", ""), {keys.api_key: keys.api_secret})
    named = request.path_params["account"]
    if not (caller.signed and hmac.compare_digest(named.encode(), keys.account_id.encode())):
        raise unauthorized(f"Invalid account id {named}")


# Product environments


def _sub_accounts(account: Account, _path: Path, params: Params) -> Json:
    found = account.sub_accounts()
    ids = params.csv("ids")
    if ids:
        found = [one for one in found if one["id"] in ids]
    if "enabled" in params:
        found = [one for one in found if one["enabled"] == params.flag("enabled")]
    prefix = params.text("prefix").lower()
    return {"sub_accounts": [one for one in found if one["name"].lower().startswith(prefix)]}


def _sub_account(account: Account, path: Path, _params: Params) -> Json:
    return account.shape(account.sub_account_row(path["id"]))


def _sub_account_created(account: Account, _path: Path, params: Params) -> Json:
    name = required(params, "name")
    fields = {"custom_attributes": {}, **_fields(params)}
    fields.pop("name", None)
    cloud_name = str(fields.pop("cloud_name", ""))
    return account.shape(account.create_sub_account(name, cloud_name, fields))


def _sub_account_updated(account: Account, path: Path, params: Params) -> Json:
    return account.shape(account.update_sub_account(path["id"], _fields(params)))


def _sub_account_deleted(account: Account, path: Path, _params: Params) -> Json:
    account.delete_sub_account(path["id"])
    return {"message": "ok"}


def _fields(params: Params) -> dict[str, Any]:
    """What a request says of a product environment, as it is kept."""
    fields: dict[str, Any] = {
        name: params.text(name) for name in ("name", "cloud_name") if name in params
    }
    if "enabled" in params:
        fields["enabled"] = params.flag("enabled")
    attributes = params.text("custom_attributes")
    if attributes:
        fields["custom_attributes"] = _attributes(attributes)
    return fields


def _attributes(text: str) -> Any:
    if not PAIRS.match(text):
        raise bad_request("custom_attributes must be an object")
    try:
        return parsed_json(text)
    except ValueError as error:
        raise bad_request("custom_attributes must be an object") from error


# Their keys


def _cloud(account: Account, path: Path) -> Cloud:
    return account.clouds[account.sub_account_row(path["id"])["cloud_name"]]


def _key_shape(key: AccessKey) -> Json:
    return {
        "name": key.name,
        "api_key": key.api_key,
        "api_secret": key.api_secret,
        "created_at": key.created_at,
        "updated_at": key.updated_at,
        "enabled": key.enabled,
        **({"dedicated_for": list(key.dedicated_for)} if key.dedicated_for else {}),
        "root": key.root,
    }


def _keys(account: Account, path: Path, params: Params) -> Json:
    shapes = [_key_shape(key) for key in _cloud(account, path).keys.all().values()]
    sort_by = params.text("sort_by", "created_at")
    if sort_by not in SORTABLE:
        raise bad_request(f"Invalid sort_by {sort_by}")
    descending = params.text("sort_order") == "desc"
    shapes.sort(key=lambda shape: str(shape[sort_by]), reverse=descending)
    size = params.number("page_size", DEFAULT_PAGE, least=1)
    number = params.number("page", 1, least=1)
    return {
        "access_keys": shapes[(number - 1) * size : number * size],
        "total": len(shapes),
    }


def _key_generated(account: Account, path: Path, params: Params) -> Json:
    cloud = _cloud(account, path)
    at = account.at()
    name = params.text("name") or f"Key {at}"
    if any(key.name == name for key in cloud.keys.all().values()):
        raise CloudinaryError(409, f"Access key with name {name} already exists")
    key = new_access_key(name, at, enabled=params.flag("enabled", default=True))
    cloud.keys.put(key)
    return _key_shape(key)


def _key_updated(account: Account, path: Path, params: Params) -> Json:
    """Rename, enable or disable a key, or dedicate it to webhooks, which one key can be."""
    cloud = _cloud(account, path)
    key = account.key(cloud, api_key=path["key"])
    dedicated = key.dedicated_for
    if "dedicated_for" in params.values:
        dedicated = params.csv("dedicated_for")
        if set(dedicated) - {WEBHOOKS, "none"}:
            raise bad_request(f"Invalid dedicated_for {params.text('dedicated_for')}")
        dedicated = tuple(one for one in dedicated if one != "none")
    if WEBHOOKS in dedicated:
        for other in cloud.keys.all().values():
            if WEBHOOKS in other.dedicated_for and other.api_key != key.api_key:
                cloud.keys.put(replace(other, dedicated_for=()))
    changed = replace(
        key,
        name=params.text("name", key.name),
        enabled=params.flag("enabled", default=key.enabled),
        dedicated_for=dedicated,
        updated_at=account.at(),
    )
    cloud.keys.put(changed)
    return _key_shape(changed)


def _key_deleted(account: Account, path: Path, params: Params) -> Json:
    cloud = _cloud(account, path)
    api_key = path.get("key", "")
    name = "" if api_key else required(params, "name")
    cloud.keys.delete(account.key(cloud, api_key=api_key, name=name))
    return {"message": "ok"}


SUB_ACCOUNT_CALLS = (
    ProvisioningCall("GET", "/sub_accounts", _sub_accounts),
    ProvisioningCall("POST", "/sub_accounts", _sub_account_created),
    ProvisioningCall("GET", "/sub_accounts/{id}", _sub_account),
    ProvisioningCall("PUT", "/sub_accounts/{id}", _sub_account_updated),
    ProvisioningCall("DELETE", "/sub_accounts/{id}", _sub_account_deleted),
    ProvisioningCall("GET", "/sub_accounts/{id}/access_keys", _keys),
    ProvisioningCall("POST", "/sub_accounts/{id}/access_keys", _key_generated),
    ProvisioningCall("PUT", "/sub_accounts/{id}/access_keys/{key}", _key_updated),
    ProvisioningCall("DELETE", "/sub_accounts/{id}/access_keys/{key}", _key_deleted),
    ProvisioningCall("DELETE", "/sub_accounts/{id}/access_keys", _key_deleted),
)
