"""`asset-bridge sandbox`: the loopback services for anybody's client, until interrupted."""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.cloudinary.naming import FolderMode
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.contentstack.app import PREFIX
from bridge_app.sandbox.contentstack.sample import fill
from bridge_app.sandbox.contentstack.stack import StackSettings
from bridge_app.sandbox.decoder import Decoder
from bridge_app.sandbox.options import account_url
from bridge_app.sandbox.photoshelter.calls import API
from bridge_app.sandbox.photoshelter.seeding import (
    PASSWORD,
    TWO_FACTOR_CODE,
    address_of,
    seed_sample,
)
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.port import Tls
from bridge_app.sandbox.server import Sandbox

DEMO_ACCOUNT = "cloudinary://demo-key:demo-secret@demo"
ENDING = (signal.SIGINT, signal.SIGTERM)


def serve(  # noqa: PLR0913 - the options of the command, one by one
    *,
    decoder: Decoder,
    accounts: Sequence[str] = (),
    port: int = 0,
    state: Path | None = None,
    folder_mode: FolderMode = "dynamic",
    delivery_base: str | None = None,
    calls_per_hour: int | None = None,
    latency_s: float = 0.0,
    settings: Settings | None = None,
    tls: Tls | None = None,
    shelter: ShelterSettings | None = None,
    sample: bool = False,
    tell: Callable[[str], None],
    ended: threading.Event | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM; on the main thread.

    Args:
        decoder: Probes and renders media.
        accounts: `cloudinary://KEY:SECRET@CLOUD` each; a demo account when there is none.
        port: 0 takes a free one.
        state: Where everything is kept; without it nothing outlives the command.
        folder_mode: `dynamic` or `fixed`.
        delivery_base: What delivery URLs begin with, before the cloud name.
        calls_per_hour: How many Admin calls each cloud may make; the plan's number by default.
        latency_s: How much longer every request takes.
        settings: What the real service has in its console.
        tls: What to serve `https` with.
        shelter: How the PhotoShelter-style service is set up; None: it is not served.
        sample: Whether that service begins with the sample library.
        tell: Prints a line for the person at the terminal.
        ended: Set by somebody else to end it.

    Raises:
        InvalidInputError: An account is none.
        OSError: The port is taken, or the state cannot be read.
    """
    settings = settings or Settings()
    parsed = [SandboxAccount.parse(url) for url in accounts or [DEMO_ACCOUNT]]
    sandbox = Sandbox(
        accounts=parsed,
        decoder=decoder,
        state=state,
        port=port,
        folder_mode=folder_mode,
        delivery_base=delivery_base,
        calls_per_hour=calls_per_hour,
        settings=settings,
        tls=tls,
        shelter=shelter,
        stack=StackSettings(),
    )
    fill(sandbox.stack)
    if shelter is not None and sample:
        sandbox.shelter.seed(seed_sample)
    sandbox.faults.latency_s = latency_s
    with _ending_on_signals(ended or threading.Event()) as over:
        sandbox.start()
        try:
            for line in (*how_to_connect(sandbox, parsed), *_for_the_account(sandbox, settings)):
                tell(line)
            for line in _for_the_shelter(sandbox) if shelter is not None else ():
                tell(line)
            for line in _for_the_stack(sandbox):
                tell(line)
            over.wait()
        finally:
            sandbox.stop()


def how_to_connect(sandbox: Sandbox, accounts: Sequence[SandboxAccount]) -> Iterator[str]:
    """What to set so that an official SDK or `cld` talks to the sandbox, line by line."""
    yield f"Sandbox: {sandbox.url} (end it with Ctrl+C)"
    for account in accounts:
        yield ""
        yield f"For the SDKs, cloud {account.cloud_name}:"
        yield f"  export CLOUDINARY_URL='{sandbox.cloudinary_url(account)}'"
        yield "For the cld command line:"
        yield f"  export CLOUDINARY_CLOUD_NAME='{account.cloud_name}'"
        yield f"  export CLOUDINARY_API_KEY='{account.api_key}'"
        yield f"  export CLOUDINARY_API_SECRET='{account.api_secret}'"
        yield f"  export CLOUDINARY_UPLOAD_PREFIX='{sandbox.url}'"
        yield f"  export CLOUDINARY_CNAME='{urlsplit(sandbox.url).netloc}'"
        if sandbox.url.startswith("http:"):
            yield "  export CLOUDINARY_SECURE=false"


def _for_the_account(sandbox: Sandbox, settings: Settings) -> Iterator[str]:
    """What opens the account that owns all clouds, and where programs log in."""
    yield ""
    yield "For the Provisioning API:"
    yield f"  export CLOUDINARY_ACCOUNT_URL='{account_url(settings.provisioning)}'"
    yield f"OAuth: {sandbox.url}/.well-known/oauth-authorization-server"


def _for_the_shelter(sandbox: Sandbox) -> Iterator[str]:
    """What to tell a program that talks to a PhotoShelter-style service."""
    settings = sandbox.shelter.settings
    yield ""
    yield "For a PhotoShelter-style library:"
    yield f"  Address: {sandbox.url}{API}"
    yield f"  API key: {settings.api_key} (version 3: {settings.v3_api_key})"
    if sandbox.shelter.store.people():
        people = ", ".join(one.email for one in sandbox.shelter.store.people())
        yield f"  Accounts: {people}"
        yield f"  Password: {PASSWORD} (code of {address_of('twofactor')}: {TWO_FACTOR_CODE})"


def _for_the_stack(sandbox: Sandbox) -> Iterator[str]:
    """What to tell a program that talks to a Contentstack-style stack."""
    settings = sandbox.stack.settings
    yield ""
    yield "For a Contentstack-style stack (branches main and dev, with the sample on main):"
    yield f"  Address: {sandbox.url}{PREFIX}"
    yield f"  API key: {settings.api_key}"
    yield f"  Management token: {settings.management_token}"


@contextmanager
def _ending_on_signals(over: threading.Event) -> Iterator[threading.Event]:
    """`over` is set by the signals that end a program; the handlers before are put back."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    before = {number: signal.signal(number, end) for number in ENDING}
    try:
        yield over
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
