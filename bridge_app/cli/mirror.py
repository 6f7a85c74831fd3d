"""Commands that fetch from Cloudinary: searches of the whole environment, and downloads."""

import argparse
import threading
from collections.abc import Iterator
from pathlib import Path

from bridge_app.app.build import Parts
from bridge_app.cli.output import DONE, FAILED, NO_ACCOUNT, note, say, say_json
from bridge_app.cli.session import chosen_assets, working
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import CloudAsset, environment_of
from bridge_app.domain.errors import BridgeError, NotFoundError, ServiceTroubleError
from bridge_app.domain.shelter import shelter_of
from bridge_app.libraries.errors import shown
from bridge_app.work.exchange.departure import OriginalWish

PAUSES_S = (0.5, 2.0)
"""Before a download is tried again."""


def search_cloud(arguments: argparse.Namespace) -> int:
    """Have Cloudinary search the environment in use."""
    with working() as (parts, _):
        for asset in _found(parts, " ".join(arguments.query), arguments.most):
            if arguments.json:
                say_json(_json(asset))
            else:
                say(f"{asset.id[:12]}  {asset.delivery_type}  {asset.asset_folder}/{asset.name}")
    return DONE


def pull(arguments: argparse.Namespace) -> int:
    """Download assets into a folder; each appears whole or not at all."""
    failed = 0
    folder = Path(arguments.to).expanduser().absolute()
    with working() as (parts, _):
        for asset in chosen_assets(parts, arguments.assets):
            is_shelter = shelter_of(asset.library) is not None
            if environment_of(asset.library) is None and not is_shelter:
                note(f"{asset.name} is in a folder here already: {shown(asset.path)}")
                continue
            try:
                parts.worker.leaving.check([OriginalWish(asset=asset)])
                if is_shelter:
                    path, is_new = parts.worker.shelters.original(asset, folder), True
                else:
                    path, is_new = _downloaded(parts, asset, folder)
            except ServiceTroubleError as error:
                failed += 1
                trouble = error.facts.get("detail")
                note(f"{asset.name} was not downloaded: {trouble}. Try again later.")
                continue
            except BridgeError as error:
                failed += 1
                note(str(error))
                continue
            for reasons in parts.worker.places.downloaded([(asset, path)]).values():
                note(f"{asset.name} may not be published: {reasons}.")
            say(f"{shown(str(path))}{'' if is_new else ' (was there already)'}")
    return FAILED if failed else DONE


def _downloaded(parts: Parts, asset: Asset, folder: Path) -> tuple[Path, bool]:
    """Download it, and again after trouble, unless other content is there now."""
    for pause_s in PAUSES_S:
        try:
            return parts.worker.pull(asset.id, folder)
        except ServiceTroubleError:
            there = parts.worker.cloud_desk.kept(asset.id).asset
            if (there.bytes, there.etag) != (asset.bytes, asset.md5 or ""):
                detail = "its content was changed there, `library sync` reads it anew"
                raise ServiceTroubleError(service="Cloudinary", detail=detail) from None
            threading.Event().wait(pause_s)
    return parts.worker.pull(asset.id, folder)


def _found(parts: Parts, expression: str, most: int) -> Iterator[CloudAsset]:
    account = parts.worker.current_account()
    if account is None:
        raise NotFoundError(what=NO_ACCOUNT)
    cursor: str | None = None
    left = most
    while left > 0:
        page = parts.worker.cloud.search(account.environment, expression, cursor)
        yield from page.assets[:left]
        left -= len(page.assets)
        cursor = page.cursor
        if cursor is None:
            return


def _json(asset: CloudAsset) -> dict[str, object]:
    """What a search tells of an asset that need not be in the catalog."""
    return {
        "id": asset.id,
        "environment": asset.environment,
        "asset_id": asset.asset_id,
        "public_id": asset.public_id,
        "resource_type": asset.resource_type,
        "type": asset.delivery_type,
        "name": asset.name,
        "folder": asset.asset_folder,
        "format": asset.format,
        "bytes": asset.bytes,
        "width": asset.width,
        "height": asset.height,
        "etag": asset.etag,
        "tags": list(asset.tags),
        "created_at": asset.created_at,
        "updated_at": asset.updated_at,
        "url": asset.url,
    }
