"""The port of channels that are told: who takes our signed messages, and what is answered.

Endpoints of the web are such channels; packages of others bring more, by an entry point in the
group of `channel.GROUP` whose object fits `ReceiverMaker`: an address that begins with
`queue://` goes to the kind `queue`. See docs/authors.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bridge_app.channels.channel import ChannelNotInstalledError, installed, maker
from bridge_app.domain.errors import CredentialsError, TransientError
from bridge_app.domain.webhooks import Endpoint

__all__ = [
    "ChannelNotInstalledError",
    "CredentialsError",
    "Endpoint",
    "Receiver",
    "ReceiverMaker",
    "Sealed",
    "Taken",
    "TransientError",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A message as it leaves. `id` is the same however often it is sent: who has it, has it.

    `headers` sign `body` by Standard Webhooks; they are made anew for each try.
    """

    id: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the receiver said. Not taken: `detail` says why, `retry_after` when (as in HTTP).

    `is_gone` says that it wants no message any more, for ever.
    """

    is_taken: bool
    is_gone: bool = False
    detail: str = ""
    retry_after: str = ""


class Receiver(Protocol):
    """Hands messages over. Thread-safe; methods block and raise BridgeError only."""

    def take(self, endpoint: Endpoint, message: Sealed) -> Taken:
        """Hand a message to `endpoint.url`, once; a redirect is not followed.

        Raises TransientError where nobody answers. What was answered is said, not raised.
        """


class ReceiverMaker(Protocol):
    """One kind of channel that is told."""

    @property
    def title(self) -> str:
        """What people call it."""

    def receiver(self) -> Receiver:
        """Who takes messages; made once, and nothing is asked of anybody yet."""


def kind_of(address: str) -> str:
    """What an address begins with, in small letters."""
    return address.partition("://")[0].casefold()


def is_installed(kind: str) -> bool:
    """Does a package bring it? Nothing of it is loaded."""
    return kind in installed()


def receiver_of(kind: str) -> Receiver:
    """Load who takes messages of a kind. Raises ChannelNotInstalledError."""
    made = maker(kind)
    if not hasattr(made, "receiver"):
        raise ChannelNotInstalledError(kind=kind, detail="cannot be loaded (it takes no messages)")
    found: Receiver = made.receiver()
    return found
