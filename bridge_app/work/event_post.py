"""Makes messages of what happened: each event once for each endpoint that wants it.

What happened is in the ledger by the transaction that did it; messages are queued, and what they
tell is marked as told, in one transaction too. So no crash loses an event or makes two of it.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bridge_app.domain.assets import Asset, AssetId, CloudCopy
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.channel_events import (
    EDITED,
    EVENT_VERSION,
    EventType,
    Happening,
    event_of,
    facts_of,
)
from bridge_app.domain.webhooks import Endpoint, EndpointState, message_body
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.search import Readers
from bridge_app.storage.webhooks import Webhooks
from bridge_app.work.events import Event
from bridge_app.work.lookout import Lookout
from bridge_app.work.webhook_jobs import Message

AT_ONCE = 200
SETTLE_S = 0.3
"""Several changes are looked at together."""
TROUBLED_S = 5.0


class EventPost:
    """One thread; `hear` returns at once, any thread. `post` may be called by itself.

    Args:
        copies: Where a master is delivered, the newest first.
        media_id: The ID of a master at its service, or "".
        wake: There are messages to send.
    """

    def __init__(
        self,
        webhooks: Webhooks,
        readers: Readers,
        *,
        copies: Callable[[AssetId], tuple[CloudCopy, ...]],
        media_id: Callable[[AssetId], str],
        wake: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self._webhooks = webhooks
        self._readers = readers
        self._copies = copies
        self._media_id = media_id
        self._wake = wake
        self._now = now
        self._lookout = Lookout(
            "events",
            self.post,
            trouble="messages to endpoints could not be queued",
            settle_s=SETTLE_S,
            again_s=TROUBLED_S,
        )

    def start(self) -> None:
        """From now on look by itself."""
        self._lookout.start()

    def close(self, timeout_s: float) -> None:
        """End."""
        self._lookout.close(timeout_s)

    def hear(self, event: Event) -> None:
        """Take note that something changed."""
        if isinstance(event, ChangeSet):
            self._lookout.wake()

    def post(self) -> int:
        """Make messages of all that happened; how many. Raises BridgeError."""
        made = 0
        while happened := self._webhooks.pending(AT_ONCE):
            listening = [one for one in self._webhooks.endpoints() if one.state is EndpointState.ON]
            messages = [(seqs, self._messages(one, listening)) for seqs, one in _gathered(happened)]
            made += self._webhooks.turn_into(messages, at=self._now())
        if made:
            self._wake()
        return made

    def _messages(self, one: Happening, listening: Sequence[Endpoint]) -> list[NewJob]:
        event = event_of(one)
        wanting = [to for to in listening if event is not None and to.wants(event)]
        if event is None or not wanting:
            return []
        data = self._data(one, event)
        body = message_body(event, one.at, data)
        name = str(data["name"] or one.detail.get("feed") or one.detail.get("campaign") or "")
        told = (
            Message(endpoint=to.id, id=f"msg_{one.id}", event=event.value, body=body)
            for to in wanting
        )
        return [
            message.new_job(
                uuid.uuid4().hex, name=name, asset=one.asset, environment=one.environment
            )
            for message in told
        ]

    def _data(self, one: Happening, event: EventType) -> Mapping[str, object]:
        """What every event tells of its asset, and what is particular to this one."""
        asset = self._asset(AssetId(one.asset))
        copies = self._copies(AssetId(one.asset)) if one.asset else ()
        copy = next((found for found in copies if one.environment in ("", found.environment)), None)
        cloud, _, _ = (copy.environment if copy else one.environment).partition("/")
        told: dict[str, object] = {
            "event_version": EVENT_VERSION,
            "revision": one.seq,
            "source_media_id": self._media_id(asset.id) if asset else "",
            "name": asset.name if asset else one.name,
            "cloud_name": cloud,
            "asset_id": copy.asset_id if copy else "",
            "public_id": copy.public_id if copy else "",
            "resource_type": copy.resource_type if copy else "",
            "delivery_type": copy.delivery_type if copy else "",
            "actor": {"kind": "user" if one.who else "system", "id": one.who},
            "correlation_id": one.id,
        }
        if asset is not None:
            rights = asset.rights
            told["rights"] = {"starts": _iso(rights.starts), "expires": _iso(rights.ends)}
        return told | facts_of(one, event)

    def _asset(self, asset: AssetId) -> Asset | None:
        if not asset:
            return None
        with self._readers.lent() as reader:
            return next(iter(reader.assets([asset])), None)


def _gathered(happened: Iterable[Happening]) -> list[tuple[list[int], Happening]]:
    """Each with its numbers; edits of one asset that were said together are one event."""
    found: dict[object, tuple[list[int], Happening]] = {}
    for one in happened:
        if one.kind != EDITED:
            found[one.seq] = ([one.seq], one)
            continue
        key = (one.asset, one.detail.get("batch"))
        seqs, first = found.get(key, ([], one))
        fields = dict.fromkeys((*_fields(first), *_fields(one)))
        told = dict(first.detail) | {"fields": list(fields)}
        found[key] = ([*seqs, one.seq], replace(first, detail=told))
    return list(found.values())


def _fields(one: Happening) -> list[str]:
    fields = one.detail.get("fields")
    return fields if isinstance(fields, list) else []


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
