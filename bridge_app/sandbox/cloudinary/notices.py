"""Who is told what has happened: by signed webhooks, and in channels that are polled.

Source: reference/cloudinary.md 2.5 and 18.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bridge_app.sandbox.cloudinary.auth import sign
from bridge_app.sandbox.cloudinary.key_ring import KeyRing
from bridge_app.sandbox.journal import Row

TRIGGERS = "trigger"
ALL = "all"
EVENT_TYPES = frozenset(
    {
        "access_control_changed",
        "all",
        "bulk_refresh_auto_fetch",
        "create_folder",
        "delete",
        "delete_by_token",
        "delete_folder",
        "eager",
        "error",
        "explode",
        "generate_archive",
        "info",
        "invalidate_custom_cdn",
        "moderation",
        "moderation_summary",
        "move",
        "move_or_rename_asset_folder",
        "multi",
        "proof_status_changed",
        "publish",
        "related_assets",
        "rename",
        "report",
        "resource_context_changed",
        "resource_display_name_changed",
        "resource_metadata_changed",
        "resource_tags_changed",
        "restore_asset_version",
        "sprite",
        "upload",
    }
)
POLL = "poll://"
ANYBODY = "poll://*"
"""Messages for it are asked for by their batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. `payload` is what is told besides what every notice says."""

    type: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The request it happened in.

    `url` is where this one wants to be told, instead of the webhooks for all; `batch_id` names
    the batch that somebody may poll for.
    """

    request_id: str = ""
    api_key: str = ""
    url: str = ""
    batch_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedNotice:
    """The very bytes that are told, and what proves where they come from."""

    body: bytes
    timestamp: str
    signature: str
    payload: Mapping[str, Any] = field(repr=False)

    def message(self) -> dict[str, Any]:
        """As it stands in a polled channel."""
        return {
            "payload": dict(self.payload),
            "signed_payload": base64.urlsafe_b64encode(self.body).decode().rstrip("="),
            "timestamp": self.timestamp,
            "signature": self.signature,
        }


class TriggerRows(Protocol):
    """Where the triggers are kept."""

    def rows(self, table: str) -> dict[str, Row]:
        """A table's rows by key."""


class Postbox(Protocol):
    """Where messages wait to be polled."""

    def put(self, address: str, message: dict[str, Any]) -> None:
        """Keep a message under a channel's or a batch's address."""


class Notices:
    """Tells the webhooks and the channels of one cloud. Used on the event loop.

    Args:
        rows: The triggers.
        keys: Whose secret signs.
        post: Sends a notice to a URL; returns at once.
        postbox: Takes what is polled for.
        now: The clock.
    """

    def __init__(
        self,
        *,
        rows: TriggerRows,
        keys: KeyRing,
        post: Callable[[str, SignedNotice], None],
        postbox: Postbox,
        now: Callable[[], datetime],
    ) -> None:
        self._rows = rows
        self._keys = keys
        self._post = post
        self._postbox = postbox
        self._now = now

    def anybody_listens(self) -> bool:
        """Whether there is a trigger at all."""
        return bool(self._rows.rows(TRIGGERS))

    def tell(self, event: Event, occasion: Occasion) -> None:
        """Tell everybody who wants to know; nobody is waited for."""
        uris = list(self._uris(event.type, occasion.url))
        if not uris:
            return
        notice = self._signed(event, occasion)
        for uri in uris:
            if uri == ANYBODY:
                batch = str(notice.payload.get("batch_id", ""))
                if batch:
                    message = {"batch_id": batch, **notice.message()}
                    self._postbox.put(batch_address(batch), message)
            elif uri.startswith(POLL):
                self._postbox.put(channel_address(uri.removeprefix(POLL)), notice.message())
            else:
                self._post(uri, notice)

    def _uris(self, event_type: str, own: str) -> Iterable[str]:
        """Where to tell: a URL of the call's own replaces the webhooks for all."""
        if own:
            yield from filter(None, (uri.strip() for uri in own.split("\n")))
        for row in self._rows.rows(TRIGGERS).values():
            if row["event_type"] not in {event_type, ALL} or row["uri_type"] == "flow":
                continue
            if not (own and row["uri_type"] == "webhook"):
                yield row["uri"]

    def _signed(self, event: Event, occasion: Occasion) -> SignedNotice:
        api_key, secret = self._keys.for_webhooks()
        at = self._now()
        timestamp = str(int(at.timestamp()))
        told = at.isoformat(timespec="microseconds")
        triggered_by = {"source": "api", "id": occasion.api_key or api_key}
        payload = {
            "notification_type": event.type,
            "timestamp": at.isoformat(timespec="seconds"),
            "request_id": occasion.request_id,
            **event.payload,
            **({"batch_id": occasion.batch_id} if occasion.batch_id else {}),
            "notification_context": {"triggered_at": told, "triggered_by": triggered_by},
            "signature_key": api_key,
        }
        body = json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()
        return SignedNotice(
            body=body,
            timestamp=timestamp,
            signature=sign(body.decode() + timestamp, secret),
            payload=payload,
        )


def channel_address(name: str) -> str:
    """Under what a channel's messages are kept."""
    return f"channel {name}"


def batch_address(batch_id: str) -> str:
    """Under what a batch's messages are kept."""
    return f"batch {batch_id}"
