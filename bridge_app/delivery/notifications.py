"""Who is told of changes in an environment, and the channel that a desktop polls for them.

A desktop behind a router cannot be called, but it can ask and wait. Source:
reference/cloudinary.md 18.
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cloudinary.api

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.asset_answers import items, misunderstood, object_of, text_in
from bridge_app.delivery.errors import cloudinary_errors

POLL = "poll"
POLL_URI = "poll://"
EVERYTHING = "all"
WAIT_S = 50
"""How long the service holds a question open."""
UNSEEN_S = 120
"""A message that was not acknowledged by then is told again."""
MOST = 100
SLACK_S = 15.0
Call = Callable[..., Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Who is told of what: `uri` is a web address, or `poll://CHANNEL`."""

    id: str
    uri: str
    event_type: str
    uri_type: str = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One notice in a channel: its very bytes, what proves them, and how to acknowledge it."""

    handle: str
    body: bytes
    timestamp: str
    signature: str


class Notifications:
    """One environment's triggers and channels. Blocking; any thread; raises BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def triggers(self) -> tuple[Trigger, ...]:
        """Everybody who is told."""
        reply = self._ask(cloudinary.api.triggers)
        return tuple(_trigger(one) for one in items(reply, "triggers"))

    def add(self, uri: str, event_type: str = EVERYTHING) -> Trigger:
        """Have somebody told from now on; one that is there already stays as it is."""
        for known in self.triggers():
            if (known.uri, known.event_type) == (uri, event_type):
                return known
        uri_type = POLL if uri.startswith(POLL_URI) else "webhook"
        reply = self._ask(cloudinary.api.create_trigger, uri, event_type, uri_type=uri_type)
        nested = reply.get("triggers")
        told: object = reply
        if "id" not in reply and isinstance(nested, list | Mapping):
            told = nested[0] if isinstance(nested, list) and nested else nested
        return _trigger(told)

    def remove(self, trigger_id: str) -> None:
        """Have somebody told no more; nobody is missed."""
        with cloudinary_errors():
            try:
                self._call(cloudinary.api.delete_trigger, trigger_id)
            except cloudinary.api.NotFound:
                return

    def messages(self, channel: str, *, wait_s: int = WAIT_S) -> tuple[Message, ...]:
        """The next messages of a channel; waits up to `wait_s` seconds for the first."""
        reply = self._ask(
            cloudinary.api.notifications,
            channel=channel,
            max_messages=MOST,
            wait_seconds=wait_s,
            visibility_timeout=UNSEEN_S,
            timeout=wait_s + SLACK_S,
        )
        found = items(reply, "messages") if reply.get("messages") is not None else ()
        return tuple(_message(one) for one in found)

    def acknowledge(self, handles: Sequence[str]) -> None:
        """These were acted upon; they are not told again."""
        if handles:
            self._ask(cloudinary.api.ack_notifications, list(handles))

    def _ask(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        with cloudinary_errors():
            return self._call(call, *values, **options)

    def _call(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        return object_of(lambda: call(*values, **{**self._credentials.options(), **options}))


def _trigger(told: object) -> Trigger:
    identity = text_in(told, "id")
    if not identity:
        raise misunderstood("a trigger has no ID")
    return Trigger(
        id=identity,
        uri=text_in(told, "uri"),
        event_type=text_in(told, "event_type"),
        uri_type=text_in(told, "uri_type") or "webhook",
    )


def _message(told: object) -> Message:
    """A message as it came; what cannot be decoded is no genuine one, and proves nothing."""
    payload = text_in(told, "signed_payload")
    try:
        body = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    except (binascii.Error, ValueError):
        body = b""
    stamp = told.get("timestamp") if isinstance(told, Mapping) else ""
    return Message(
        handle=text_in(told, "receipt_handle"),
        body=body,
        timestamp=str(stamp if stamp is not None else ""),
        signature=text_in(told, "signature"),
    )
