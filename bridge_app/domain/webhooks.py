"""Signed messages to other systems' endpoints: who wants what, how it is signed, when again.

Source: Standard Webhooks 1.0.0; reference/destinations.md, 2.5.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.domain.jobs import Trouble

SECRET_PREFIX = "whsec_"  # noqa: S105 - what secrets begin with
SECRET_BYTES = 32
SHORTEST_SECRET, LONGEST_SECRET = 24, 64
"""Bytes of a key behind the prefix."""
SCHEDULE_S = (
    *(5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600),
    *(14 * 3600, 20 * 3600, 24 * 3600),
)
"""Pauses after the first try, the second one, and so on; after the last one a person is told."""
SPREAD = 0.1
"""Pauses differ by so much of themselves, so that what failed together does not come together."""
LONGEST_PAUSE_S = 24 * 3600.0
ROTATION_H = 24
"""Both secrets sign for so long after a change."""
GONE = 410
WEB = frozenset({"https", "http"})
ADDRESS = re.compile(r"[a-z][a-z0-9-]{0,30}://.")
"""Of the web, or of a kind that a package brings."""
LONGEST_NAME = 100


class EndpointState(StrEnum):
    """Is an endpoint told?"""

    ON = "on"
    OFF = "off"
    """A person switched it off."""
    DISABLED = "disabled"
    """It was given up: it said that it is gone, or could not be reached for too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Who is told. `events` are what it wants; empty asks for all.

    `trouble` says why it was given up. `private_allowed` lets its host be one of this network or
    this computer. `rotated_at` is when the secret was changed, ISO 8601 in UTC, or "".
    """

    id: str
    name: str
    url: str
    events: frozenset[EventType] = frozenset()
    private_allowed: bool = False
    state: EndpointState = EndpointState.ON
    trouble: Trouble | None = None
    rotated_at: str = ""

    @property
    def reason(self) -> str:
        """Why it was given up, in English; "" where it was not."""
        return self.trouble.sentence() if self.trouble else ""

    def wants(self, event: EventType) -> bool:
        """Is it told of such an event?"""
        return event is EventType.TEST or not self.events or event in self.events


class EndpointGoneError(BridgeError):
    """The endpoint said that it wants no more messages."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{endpoint} said that it is gone (410). It was switched off; what was not delivered is "
        "kept and can be sent again.",
    )


class NotDeliveredError(BridgeError):
    """All tries are used up."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{endpoint} did not take the message in {tries} tries over days ({detail}). It is kept "
        "and can be sent again.",
    )


class EndpointNameError(InvalidInputError):
    """It has none, or one that is too long."""

    text = QT_TRANSLATE_NOOP("errors", "The endpoint needs a name of at most {most} letters.")


class EndpointNameTakenError(InvalidInputError):
    """Two of one name could not be told apart."""

    text = QT_TRANSLATE_NOOP("errors", "There is an endpoint called {name} already.")


class EndpointAddressError(InvalidInputError):
    """It is no address of the web."""

    text = QT_TRANSLATE_NOOP(
        "errors", "“{url}” is no address to tell: it has to begin with https://."
    )


class PlainAddressError(InvalidInputError):
    """It is not encrypted."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{url} is not encrypted. Only an address of this computer or network, where that is "
        "allowed, may begin with http://.",
    )


class WebhookSecretError(InvalidInputError):
    """It is no secret of the standard; it is not shown."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The secret has to be {prefix} and {least} to {most} bytes in base64."
    )


def check_endpoint(endpoint: Endpoint) -> None:
    """Raises InvalidInputError for what is no endpoint."""
    if not 0 < len(endpoint.name.strip()) <= LONGEST_NAME:
        raise EndpointNameError(most=LONGEST_NAME)
    if not ADDRESS.match(endpoint.url):
        raise EndpointAddressError(url=endpoint.url)
    if endpoint.url.startswith("http://") and not endpoint.private_allowed:
        raise PlainAddressError(url=endpoint.url)


def secret_text(key: bytes) -> str:
    """A key of `SECRET_BYTES` random bytes as people hand it to a receiver."""
    return SECRET_PREFIX + base64.b64encode(key).decode("ascii")


def secret_key(text: str) -> bytes:
    """The key in a secret's text. Raises WebhookSecretError."""
    try:
        key = base64.b64decode(text.strip().removeprefix(SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not SHORTEST_SECRET <= len(key) <= LONGEST_SECRET:
        raise WebhookSecretError(prefix=SECRET_PREFIX, least=SHORTEST_SECRET, most=LONGEST_SECRET)
    return key


def signature(key: bytes, message: str, timestamp: int, body: bytes) -> str:
    """One entry of `webhook-signature`; `timestamp` in seconds since 1970, of this try."""
    signed = f"{message}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode("ascii")


def signed_headers(
    keys: Sequence[bytes], message: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """The three headers; after a change of the secret there are two keys, and any may match."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, message, timestamp, body) for key in keys),
    }


def message_body(event: EventType, at: str, data: Mapping[str, object]) -> str:
    """What is sent; the same text at each try. `at` is ISO 8601, when it happened."""
    told = {"type": event.value, "timestamp": at, "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def next_try(
    tries: int, *, now: datetime, retry_after_s: float | None, spread: float
) -> datetime | None:
    """When to try again after so many tries; None: never by itself.

    `retry_after_s` is what the receiver asked for; `spread`, from -1 to 1, is drawn by lot.
    """
    if not 0 < tries <= len(SCHEDULE_S):
        return None
    pause = SCHEDULE_S[tries - 1] * (1.0 + SPREAD * spread)
    asked = min(retry_after_s or 0.0, LONGEST_PAUSE_S)
    return now + timedelta(seconds=max(pause, asked))
