"""A profile with 100,000 masters on the disk, catalogued, and an account that answers."""

import os
import random
from dataclasses import replace
from pathlib import Path

from bridge_app.app.build import build, utc_now
from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryRecord
from bridge_app.libraries.trail import file_key
from bridge_app.storage.catalog import SeenFile, asset_id
from bridge_app.storage.secrets import Secret, choose_store
from tests.benchmarks.test_catalog_speed import made
from tests.desk import ACCOUNT

PASSPHRASE = "bench"
IN_A_FOLDER = 1_000
BATCH = 1_000


def large_profile(home: Path, masters: Path, url: str, size: int) -> None:
    """Fill `home` and `masters`; the account is the sandbox's at `url`."""
    home.mkdir(parents=True)
    store = choose_store(profile=home, passphrase=Secret(PASSPHRASE))
    with build(home, open_store=lambda _: store) as parts:
        library = LibraryRecord(id=LIBRARY, name="masters", location=str(masters))
        parts.stock.places.add_library(library, at=utc_now())
        rng = random.Random(7)  # noqa: S311 - the same catalog each time
        seen = [_seen(masters, number, rng) for number in range(size)]
        for start in range(0, size, BATCH):
            parts.stock.catalog.put(seen[start : start + BATCH])
        approved = [one.asset for one in seen[::3]]
        parts.stock.decisions.add(
            approved, Approval.APPROVED, comment="", who="bench", at=utc_now()
        )
        parts.environments.keep(
            NewAccount(
                cloud_name=ACCOUNT.cloud_name,
                api_key=ACCOUNT.api_key,
                secret=Secret(ACCOUNT.api_secret),
                upload_prefix=url,
                cname=url.removeprefix("http://"),
            )
        )


LIBRARY = made(0, random.Random(7)).library  # noqa: S311 - a name


def _seen(masters: Path, number: int, rng: random.Random) -> SeenFile:
    """A file that takes no room on the disk, and what a scan would have said of it."""
    folder = f"{number // IN_A_FOLDER:03}"
    asset = made(number, rng)
    path = f"{folder}/{number}-{asset.name}"
    place = masters / path
    if number % IN_A_FOLDER == 0:
        place.parent.mkdir(parents=True)
    place.touch()
    os.truncate(place, asset.bytes)
    status = place.stat()
    return SeenFile(
        asset=replace(
            asset,
            id=type(asset.id)(asset_id(LIBRARY, path)),
            path=path,
            folder=folder,
        ),
        modified_ns=status.st_mtime_ns,
        file_key=file_key(status),
    )
