"""The sandbox: Cloudinary on this machine, in a thread of its own.

The official SDKs and the `cld` command line work against it by configuration alone.
"""

import secrets
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from starlette.routing import Router
from starlette.types import ASGIApp

from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.backups import Backups
from bridge_app.sandbox.cloudinary.account_plane import AccountPlane
from bridge_app.sandbox.cloudinary.app import cloudinary_app
from bridge_app.sandbox.cloudinary.assembly import Shared, assembled
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.clouds import Clouds
from bridge_app.sandbox.cloudinary.key_ring import AccessKey
from bridge_app.sandbox.cloudinary.naming import FolderMode
from bridge_app.sandbox.cloudinary.oauth_tokens import Tokens
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.cloudinary.webhooks import Webhooks
from bridge_app.sandbox.contentstack.app import StackHosting
from bridge_app.sandbox.contentstack.stack import Stack, StackSettings
from bridge_app.sandbox.decoder import Decoder
from bridge_app.sandbox.faults import Faults, FaultyNetwork
from bridge_app.sandbox.photoshelter.hosting import Hosting
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.port import Port, Tls
from bridge_app.sandbox.records import StoredAsset
from bridge_app.sandbox.state import Environment
from bridge_app.sandbox.tables import Tables
from bridge_app.sandbox.thread import ServerThread

__all__ = ["Sandbox", "SandboxAccount", "StoredAsset"]

DECODING_THREADS = 4
CALLS_PER_HOUR = 5_000
"""Where neither anybody nor the plan says otherwise."""
ACCOUNT_FOLDER = ".account"
SHELTER_FOLDER = ".photoshelter"
"""Both beside the product environments, none of which can be called so."""


def utc_now() -> datetime:
    """The clock of a sandbox that was given none."""
    return datetime.fromtimestamp(time.time(), UTC)


def new_id() -> str:
    """32 hexadecimal digits, as asset IDs have."""
    return secrets.token_hex(16)


class Sandbox:
    """Serves `accounts` at `url` between `start()` and `stop()`; the port stays the same.

    Args:
        accounts: At least one; accounts with one cloud name share its assets.
        decoder: Probes and renders media; its methods are called on threads. Not closed here.
        state: A folder to keep everything in; without one it ends with this object.
        port: 0 takes a free one.
        folder_mode: `dynamic` as new product environments have it, or `fixed`.
        delivery_base: What delivery URLs begin with, before the cloud name; `url` by default.
        now: The clock, with its zone.
        calls_per_hour: The Admin API's limit; the plan's by default.
        settings: What the real service has in its console.
        tls: With it, `https` is served, and nothing else.
        shelter: With it, a PhotoShelter-style service is served beside.
        stack: With it, a Contentstack-style stack is served beside; it ends with this object.
    """

    def __init__(  # noqa: PLR0913 - each is a choice of its own
        self,
        *,
        accounts: Sequence[SandboxAccount],
        decoder: Decoder,
        state: Path | None = None,
        port: int = 0,
        folder_mode: FolderMode = "dynamic",
        delivery_base: str | None = None,
        now: Callable[[], datetime] = utc_now,
        calls_per_hour: int | None = None,
        settings: Settings | None = None,
        tls: Tls | None = None,
        shelter: ShelterSettings | None = None,
        stack: StackSettings | None = None,
    ) -> None:
        self.faults = Faults()
        self._accounts = tuple(accounts)
        self._decoder = decoder
        self._folder_mode = folder_mode
        self._now = now
        self._settings = settings or Settings()
        plan = self._settings.plan.calls_per_hour
        self._calls_per_hour = calls_per_hour or plan or CALLS_PER_HOUR
        self._tls = tls
        self._port = Port(port, scheme="https" if tls else "http")
        self.url = self._port.url
        self._delivery_base = (delivery_base or self.url).rstrip("/")
        self._state = state or self._temporary()
        self._environments = self._make_environments(self._state)
        self._tables = Tables(self._state / ACCOUNT_FOLDER)
        self._shelter = (
            ShelterState(
                self._state / SHELTER_FOLDER, keeps=state is not None, settings=shelter, now=now
            )
            if shelter is not None
            else None
        )
        self._stack = None if stack is None else Stack(stack, now=now)
        self._thread: ServerThread | None = None
        self._executor: ThreadPoolExecutor | None = None

    def _temporary(self) -> Path:
        """A folder that goes when this object goes."""
        folder = Path(tempfile.mkdtemp(prefix="asset-bridge-sandbox-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    def _make_environments(self, state: Path) -> dict[str, Environment]:
        names = dict.fromkeys(account.cloud_name for account in self._accounts)
        return {name: Environment(state / name) for name in names}

    def start(self) -> None:
        """Read the state and serve it; returns when requests are answered.

        Raises:
            OSError: The port is taken, or the state or the certificate cannot be read.
        """
        if self._thread is not None:
            return
        for environment in self._environments.values():
            environment.open()
            Backups(environment).sweep()
        self._tables.open()
        self._executor = ThreadPoolExecutor(DECODING_THREADS, thread_name_prefix="sandbox-media")
        app: ASGIApp = self._app(self._executor)
        if self._shelter is not None:
            self._shelter.open()
            app = Hosting(
                self._shelter,
                beside=app,
                decoder=self._decoder,
                executor=self._executor,
                url=self.url,
            )
        if self._stack is not None:
            app = StackHosting(self._stack, beside=app, elapsed=time.monotonic)
        network = FaultyNetwork(app, faults=self.faults)
        self._thread = ServerThread(network, self._port.listen(), tls=self._tls)

    def stop(self) -> None:
        """Pull the plug: cut every connection and refuse new ones. Nothing is waited for."""
        if self._thread is None or self._executor is None:
            return
        self._thread.stop()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._thread = self._executor = None
        self._tables.close()
        if self._shelter is not None:
            self._shelter.close()
        for environment in self._environments.values():
            environment.close()

    def cloudinary_url(self, account: SandboxAccount) -> str:
        """What to set CLOUDINARY_URL to for an official SDK."""
        return account.url(self.url)

    @property
    def shelter(self) -> ShelterState:
        """What the PhotoShelter-style service holds; also before `start()` and after `stop()`.

        Raises:
            RuntimeError: None is served.
        """
        if self._shelter is None:
            raise RuntimeError("the sandbox was made without a PhotoShelter-style service")
        return self._shelter

    @property
    def stack(self) -> Stack:
        """What the Contentstack-style stack holds; change it while nobody calls.

        Raises:
            RuntimeError: None is served.
        """
        if self._stack is None:
            raise RuntimeError("the sandbox was made without a Contentstack-style stack")
        return self._stack

    def stored(self, cloud_name: str) -> list[StoredAsset]:
        """What a cloud holds, with its SHA-256, oldest first; from any thread, also when stopped.

        Before the first `start()` nothing has been read, so there is nothing.
        """
        return self._environments[cloud_name].assets_with_sha256()

    def _app(self, executor: ThreadPoolExecutor) -> Router:
        """The application, and all that it serves."""
        settings = self._settings
        tokens = Tokens(
            self._tables,
            issuer=self.url,
            now=self._now,
            new_id=new_id,
            seconds=settings.token_seconds,
        )
        shared = Shared(
            folder_mode=self._folder_mode,
            delivery_base=self._delivery_base,
            url=self.url,
            decoder=self._decoder,
            executor=executor,
            now=self._now,
            new_id=new_id,
            settings=settings,
            tokens=tokens,
            webhooks=Webhooks(settings.webhook_retry_delays_s),
        )
        given = {
            name: assembled(name, environment, self._given_keys(name), shared)
            for name, environment in self._environments.items()
        }
        clouds = Clouds(
            given,
            make=partial(self._make_cloud, shared),
            remove=self._remove_cloud,
            calls_per_hour=self._calls_per_hour,
        )
        plane = AccountPlane(
            clouds=clouds,
            tables=self._tables,
            tokens=tokens,
            url=self.url,
            settings=settings,
            now=self._now,
            new_id=new_id,
        )
        return cloudinary_app(clouds, plane)

    def _given_keys(self, cloud_name: str) -> dict[str, AccessKey]:
        """The keys of the start."""
        given = [one for one in self._accounts if one.cloud_name == cloud_name]
        return {
            one.api_key: AccessKey(
                api_key=one.api_key,
                api_secret=one.api_secret,
                name=f"Key {number}" if number else "Root",
                root=not number,
                allow=one.allow,
            )
            for number, one in enumerate(given)
        }

    def _make_cloud(self, shared: Shared, name: str) -> Cloud:
        """Open a product environment that was not there at the start."""
        environment = Environment(self._state / name)
        environment.open()
        Backups(environment).sweep()
        self._environments[name] = environment
        return assembled(name, environment, {}, shared)

    def _remove_cloud(self, name: str) -> None:
        """Close a product environment, and delete all it holds."""
        self._environments.pop(name).close()
        shutil.rmtree(self._state / name)
