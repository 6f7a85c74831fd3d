"""What is asked about endpoints, and how they change.

A part of the worker's door of its own. Everything blocks; the window asks off its own thread.
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bridge_app.channels.receiver import is_installed, kind_of
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.channel_events import EVENT_VERSION, EventType
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.webhooks import (
    ROTATION_H,
    SECRET_BYTES,
    WEB,
    Endpoint,
    EndpointAddressError,
    EndpointNameTakenError,
    EndpointState,
    check_endpoint,
    message_body,
    secret_key,
    secret_text,
)
from bridge_app.storage.secrets import Secret, SecretStore
from bridge_app.storage.webhooks import Webhooks
from bridge_app.work.events import Event
from bridge_app.work.webhook_jobs import Message

KEY, KEYS_BEFORE = "webhook:{endpoint}", "webhook:{endpoint}:before"
"""The names of an endpoint's secrets in the key store: the one that holds, and earlier ones.

Earlier ones are lines of a secret and the moment it ends, ISO 8601 in UTC.
"""
MOST_MESSAGES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookMeans:
    """What the desk is lent: keys, the time, who sits here, and who hears of changes."""

    secrets: Callable[[], SecretStore]
    who: Callable[[], str]
    now: Callable[[], datetime]
    tell: Callable[[Event], None]
    wake: Callable[[], None]


class WebhookDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(self, webhooks: Webhooks, means: WebhookMeans) -> None:
        self._webhooks = webhooks
        self._means = means

    def endpoints(self) -> tuple[Endpoint, ...]:
        """All of them, by name."""
        return self._webhooks.endpoints()

    def one(self, identity: str) -> Endpoint:
        """By its ID or its name. Raises NotFoundError."""
        found = [one for one in self.endpoints() if identity in (one.id, one.name)]
        if not found:
            raise NotFoundError(what=f"The endpoint {identity}")
        return found[0]

    def add(self, endpoint: Endpoint, secret: Secret | None = None) -> tuple[Endpoint, Secret]:
        """Tell an endpoint what happens from now on; its secret is made where none is given.

        The ID is given here. Raises InvalidInputError, and NoKeyringError before anything is
        changed.
        """
        new = replace(endpoint, id=uuid.uuid4().hex[:12], name=endpoint.name.strip())
        self._check(new)
        kept = secret or _new_secret()
        secret_key(kept.reveal())
        self._means.secrets().put(KEY.format(endpoint=new.id), kept)
        self._put(new)
        return new, kept

    def change(self, endpoint: Endpoint) -> Endpoint:
        """Its name, address, events, or whether it is told. Raises InvalidInputError."""
        before = self.one(endpoint.id)
        self._check(endpoint)
        trouble = None if endpoint.state is EndpointState.ON else endpoint.trouble
        changed = replace(endpoint, trouble=trouble, rotated_at=before.rotated_at)
        self._put(changed)
        return changed

    def remove(self, identity: str) -> None:
        """Tell it nothing more; its secrets go, and so does what waits for it.

        Raises NoKeyringError before anything is changed.
        """
        endpoint, store = self.one(identity), self._means.secrets()
        for name in (KEY, KEYS_BEFORE):
            store.remove(name.format(endpoint=endpoint.id))
        self._webhooks.remove(endpoint.id, at=self._means.now())
        self._changed()

    def rotate(self, identity: str) -> Secret:
        """Give it a new secret; each one before signs too for a day from its own end."""
        endpoint, store, now = self.one(identity), self._means.secrets(), self._means.now()
        name, earlier = KEY.format(endpoint=endpoint.id), self._earlier(store, endpoint.id, now)
        before, new = store.get(name), _new_secret()
        if before is not None:
            ends = now + timedelta(hours=ROTATION_H)
            earlier = [f"{before.reveal()} {ends.isoformat()}", *earlier]
            store.put(KEYS_BEFORE.format(endpoint=endpoint.id), Secret("\n".join(earlier)))
        store.put(name, new)
        self._put(replace(endpoint, rotated_at=now.isoformat()))
        return new

    def keys(self, endpoint: Endpoint, now: datetime) -> list[bytes]:
        """What messages to it are signed with, the newest first. Raises NoKeyringError."""
        store = self._means.secrets()
        found = store.get(KEY.format(endpoint=endpoint.id))
        texts = [found.reveal()] if found is not None else []
        if endpoint.rotated_at:
            earlier = self._earlier(store, endpoint.id, now)
            texts += [line.partition(" ")[0] for line in earlier]
        return [secret_key(text) for text in texts]

    def _earlier(self, store: SecretStore, endpoint: str, now: datetime) -> list[str]:
        kept = store.get(KEYS_BEFORE.format(endpoint=endpoint))
        lines = kept.reveal().splitlines() if kept is not None else []
        return [line for line in lines if now < datetime.fromisoformat(line.partition(" ")[2])]

    def test(self, identity: str) -> str:
        """Send a message that says nothing; returns its batch."""
        endpoint, batch = self.one(identity), uuid.uuid4().hex
        at, data = self._means.now(), {"event_version": EVENT_VERSION, "endpoint": endpoint.name}
        told = Message(
            endpoint=endpoint.id,
            id=f"msg_{uuid.uuid4().hex}",
            event=EventType.TEST.value,
            body=message_body(EventType.TEST, at.isoformat(), data),
        )
        self._webhooks.queue([told.new_job(batch, name=endpoint.name)], at=at)
        self._means.wake()
        return batch

    def messages(self, identity: str | None = None) -> list[JobRecord]:
        """The messages to one endpoint or to all: those that nobody took, then the newest."""
        endpoint = self.one(identity).id if identity else None
        return self._webhooks.messages(endpoint, limit=MOST_MESSAGES)

    def _check(self, endpoint: Endpoint) -> None:
        check_endpoint(endpoint)
        kind = kind_of(endpoint.url)
        if kind not in WEB and not is_installed(kind):
            raise EndpointAddressError(url=endpoint.url)
        if any(one.name == endpoint.name and one.id != endpoint.id for one in self.endpoints()):
            raise EndpointNameTakenError(name=endpoint.name)

    def _put(self, endpoint: Endpoint) -> None:
        self._webhooks.put(endpoint, who=self._means.who(), at=self._means.now())
        self._changed()

    def _changed(self) -> None:
        self._means.tell(ChangeSet(channels=True))


def _new_secret() -> Secret:
    return Secret(secret_text(secrets.token_bytes(SECRET_BYTES)))
