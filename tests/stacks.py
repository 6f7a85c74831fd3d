"""A stack of the sandbox as stories need it, and what stands in its entries."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bridge_app.domain.contentstack import Destination, OnExpiry
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.contentstack.app import PREFIX
from bridge_app.sandbox.contentstack.sample import fill
from bridge_app.sandbox.contentstack.stack import MASTER, TOKEN, Entry, Stack, StackSettings
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.contentstack import ContentstackDesk
from tests.desk import ACCOUNT, Desk


@contextmanager
def stack_sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    """All services, with the sample stack beside; no pace is demanded."""
    made = Sandbox(
        accounts=(ACCOUNT,),
        decoder=decoder,
        settings=Settings(strict_transformations=True),
        stack=StackSettings(calls_per_s=None),
    )
    fill(made.stack)
    made.start()
    yield made
    made.stop()


def stacks(desk: Desk) -> ContentstackDesk:
    return desk.parts.worker.contentstack


def site(sandbox: Sandbox, on_expiry: OnExpiry = OnExpiry.UNPUBLISH) -> Destination:
    """The production environment of the sample stack."""
    return Destination(
        id="",
        name="Site",
        region=sandbox.url + PREFIX,
        api_key=StackSettings().api_key,
        environment="production",
        on_expiry=on_expiry,
    )


def connect(desk: Desk, on_expiry: OnExpiry = OnExpiry.UNPUBLISH) -> Destination:
    """Have the desk publish to it."""
    assert desk.sandbox is not None
    return stacks(desk).add(site(desk.sandbox, on_expiry), Secret(TOKEN))


def entry(stack: Stack, title: str) -> Entry:
    for one in stack.branches["main"].entries.values():
        if one.versions[MASTER][-1]["title"] == title:
            return one
    raise AssertionError(title)


def field(one: Entry, name: str = "hero_image", locale: str = MASTER) -> Any:
    return one.versions[locale][-1].get(name)


def versions(one: Entry, locale: str = MASTER) -> int:
    return len(one.versions.get(locale, []))


def is_public(one: Entry, locale: str = MASTER) -> bool:
    return ("production", locale) in one.published
