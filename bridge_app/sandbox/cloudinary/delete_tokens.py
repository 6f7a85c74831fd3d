"""Tokens that let whoever uploaded an asset delete it again, within ten minutes and unsigned.

Source: reference/cloudinary.md 3.1, `delete_by_token`, and 3.2, `return_delete_token`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from starlette.requests import Request

from bridge_app.sandbox.cloudinary.bodies import read_body
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.eager import Eager
from bridge_app.sandbox.cloudinary.edits import Edit
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.cloudinary.upload_request import required
from bridge_app.sandbox.records import StoredAsset

TOKENS = "delete_token"
GOOD_FOR = timedelta(minutes=10)


def new_token(cloud: Cloud, asset: StoredAsset) -> str:
    """A token for an asset that was uploaded just now."""
    token = cloud.new_id() + cloud.new_id()
    _forget_old(cloud)
    ends = (cloud.now() + GOOD_FOR).isoformat()
    cloud.environment.put_row(TOKENS, token, {"asset_id": asset.asset_id, "ends": ends})
    return token


async def _delete_by_token(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """Delete the asset a token was given for."""
    token = required((await read_body(request)).params, "token")
    _forget_old(cloud)
    row = cloud.environment.row(TOKENS, token)
    asset = cloud.environment.find_id(row["asset_id"]) if row else None
    if row is None or asset is None:
        raise bad_request("Invalid token")
    cloud.environment.delete_row(TOKENS, token)
    cloud.backups.delete(asset)
    return {"result": "ok"}


def _forget_old(cloud: Cloud) -> None:
    """Tokens that are over are of no use."""
    now = cloud.now()
    for token, row in cloud.environment.rows(TOKENS).items():
        if datetime.fromisoformat(row["ends"]) <= now:
            cloud.environment.delete_row(TOKENS, token)


TOKEN_CALLS: Mapping[str, Edit] = {
    "/delete_by_token": _delete_by_token,
    "/{kind:kind}/delete_by_token": _delete_by_token,
}
