"""The connections to stacks and other channels, each with its token out of the key store."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bridge_app.channels.channel import Channel, maker
from bridge_app.channels.contentstack.assets import StackAssets
from bridge_app.channels.contentstack.entries import Entries
from bridge_app.channels.contentstack.transport import Transport
from bridge_app.domain.contentstack import Destination
from bridge_app.domain.errors import NotFoundError
from bridge_app.storage.secrets import Secret, SecretStore

KEY = "contentstack:{destination}"
"""The name of a destination's token in the key store."""


class StackServices:
    """Thread-safe; a destination's calls keep one pace, whoever makes them."""

    def __init__(self, secrets: Callable[[], SecretStore], *, spread: Callable[[], float]) -> None:
        self._secrets = secrets
        self._spread = spread
        self._lock = threading.Lock()
        self._open: dict[str, Transport] = {}
        self._others: dict[str, Channel] = {}

    def keep(self, destination: Destination, token: Secret) -> None:
        """Keep a token, from now on that of all calls. Raises NoKeyringError."""
        self._secrets().put(KEY.format(destination=destination.id), token)
        self.renew(destination)

    def forget(self, destination: Destination) -> None:
        """Forget its token, and close its connections."""
        self._secrets().remove(KEY.format(destination=destination.id))
        self.renew(destination)

    def renew(self, destination: Destination) -> None:
        """Close its connections: the next call opens them as it is then."""
        with self._lock:
            transport = self._open.pop(destination.id, None)
            self._others.pop(destination.id, None)
        if transport is not None:
            transport.close()

    def entries(self, destination: Destination) -> Channel:
        """Its entries.

        Raises NoKeyringError, NotFoundError where there is no token, ChannelNotInstalledError.
        """
        if destination.kind:
            return self._other(destination)
        return self.stack(destination)

    def stack(self, destination: Destination) -> Entries:
        """The entries of a stack of Contentstack, where some can be made. Raises as `entries`."""
        return Entries(self._transport(destination), destination.environment)

    def assets(self, destination: Destination) -> StackAssets:
        """Its own assets. Raises as `entries`."""
        return StackAssets(self._transport(destination), destination.environment)

    @contextmanager
    def tried(self, destination: Destination, token: Secret | None) -> Iterator[Channel]:
        """The entries as they would be; None is the token that is kept. Raises as `entries`."""
        token = token or self._token(destination)
        if destination.kind:
            yield maker(destination.kind).open(destination, token.reveal())
            return
        transport = Transport(destination, token.reveal(), spread=self._spread)
        try:
            yield Entries(transport, destination.environment)
        finally:
            transport.close()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            transports, self._open = list(self._open.values()), {}
        for one in transports:
            one.close()

    def _token(self, destination: Destination) -> Secret:
        token = self._secrets().get(KEY.format(destination=destination.id))
        if token is None:
            raise NotFoundError(what=f"The token of {destination.name}")
        return token

    def _other(self, destination: Destination) -> Channel:
        with self._lock:
            known = self._others.get(destination.id)
        if known is None:
            token = self._token(destination)
            made = maker(destination.kind).open(destination, token.reveal())
            with self._lock:
                known = self._others.setdefault(destination.id, made)
        return known

    def _transport(self, destination: Destination) -> Transport:
        with self._lock:
            transport = self._open.get(destination.id)
        if transport is None:
            token = self._token(destination)
            made = Transport(destination, token.reveal(), spread=self._spread)
            with self._lock:
                transport = self._open.setdefault(destination.id, made)
        return transport
