"""One product environment with everything a request handler needs to serve it."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar
from urllib.parse import quote

from bridge_app.sandbox.backups import Backups
from bridge_app.sandbox.cloudinary.auth import Caller
from bridge_app.sandbox.cloudinary.key_ring import KeyRing
from bridge_app.sandbox.cloudinary.naming import FolderMode
from bridge_app.sandbox.cloudinary.notices import Notices
from bridge_app.sandbox.cloudinary.postbox import MessageStore
from bridge_app.sandbox.cloudinary.search_index import SearchIndex
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.cloudinary.traffic import Traffic
from bridge_app.sandbox.decoder import Decoder
from bridge_app.sandbox.files import Incoming
from bridge_app.sandbox.records import Folder, StoredAsset
from bridge_app.sandbox.state import Environment

P = ParamSpec("P")
T = TypeVar("T")

AS_IN_URLS = "/:"
"""What the official SDKs leave unescaped besides letters, digits and `_.-`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """What one cloud name holds, and how it is reached and named.

    `delivery_base` is the start of every delivery URL, before the cloud name; `url` is where the
    sandbox itself is; `now` is aware of its zone; `new_id` makes 32 hexadecimal digits; `executor`
    runs what blocks. `notices` tells others what has happened, also through `postbox`; `index` is
    what searches see.
    """

    name: str
    keys: KeyRing
    environment: Environment
    folder_mode: FolderMode
    delivery_base: str
    url: str
    decoder: Decoder
    executor: Executor
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    settings: Settings
    notices: Notices
    postbox: MessageStore
    traffic: Traffic
    index: SearchIndex

    @property
    def anybody(self) -> Caller:
        """Who stands for callers that do not say who they are: the oldest key, unsigned."""
        api_key, api_secret = next(iter(self.keys.items()), ("", ""))
        return Caller(api_key, api_secret, signed=False)

    @property
    def backups(self) -> Backups:
        """The kept versions of this cloud's assets."""
        return Backups(self.environment)

    def secured(self, url: str) -> str:
        """A delivery URL of ours as `secure_url` says it."""
        base = self.settings.secure_delivery_base.rstrip("/")
        return base + url.removeprefix(self.delivery_base) if base else url

    def reachable(self, url: str) -> str:
        """Where the sandbox itself serves a delivery URL of ours; any other as it is.

        What stands in front of it may be out of its reach.
        """
        for base in (self.delivery_base, self.settings.secure_delivery_base.rstrip("/")):
            if base and url.startswith(f"{base}/{self.name}/"):
                return self.url + url.removeprefix(base)
        return url

    async def in_thread(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what blocks, without blocking other requests."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, lambda: work(*args, **kwargs))

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        """A file to receive into; removed at the end unless it was stored."""
        with Incoming(self.environment.incoming / self.new_id()) as incoming:
            yield incoming

    def timestamp(self) -> str:
        """Now, as the API writes times."""
        return iso(self.now())

    def new_folders(self, path: str) -> list[Folder]:
        """The folders from the root to `path` that do not exist yet."""
        steps = path.split("/") if path else []
        paths = ["/".join(steps[: depth + 1]) for depth in range(len(steps))]
        return [
            Folder(path=step, external_id=f"c8{self.new_id()}", created_at=self.timestamp())
            for step in paths
            if self.environment.folder(step) is None
        ]

    def content(self, asset: StoredAsset) -> Path:
        """The file with the asset's bytes."""
        return self.environment.content(asset)


def iso(at: datetime) -> str:
    """As the Admin and Upload APIs write times."""
    # Several times as fast as strftime.
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def escaped(public_id: str) -> str:
    """A public ID as it stands in a delivery URL."""
    return quote(public_id, safe=AS_IN_URLS).replace("~", "%7E")
