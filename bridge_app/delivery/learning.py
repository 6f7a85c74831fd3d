"""Connections that notice what every answer teaches, and renew a login's token that is over."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from bridge_app.delivery.connections import SERVICE, Connections, refusal_message
from bridge_app.delivery.limits import Budgets
from bridge_app.delivery.permissions import Capability, call_of
from bridge_app.delivery.sender import Reply
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, ServiceTroubleError

REFUSED = (401, 403)
BEARER = "Bearer "
LONGEST_REPLY = 1 << 16
"""Bytes of a refusal that are looked at."""


class Listener(Protocol):
    """Who is told; called on whatever thread a call is made from."""

    def heard(self, environment: str, capability: Capability, status: int, message: str) -> None:
        """A call that needs this capability was answered so."""

    def renewed(self, rejected: str) -> str | None:
        """An access token in the place of one the service rejects; None if there is none."""


class LearningConnections(Connections):
    """As `Connections`; set `listener` once it exists."""

    def __init__(self, *, now: Callable[[], datetime], budgets: Budgets | None = None) -> None:
        super().__init__(now=now, budgets=budgets)
        self.listener: Listener | None = None

    def request(self, method: str, url: str, **options: Any) -> Reply:
        """Send one request, and once more if it came with a token that is over.

        Raises what `Connections.request` raises; ServiceTroubleError, which is tried again, where
        the token is new but what was sent is not there any more.
        """
        reply = super().request(method, url, **options)
        if reply.status == 401:
            token = self._new_token(options.get("headers") or {})
            if token is not None:
                reply = super().request(method, url, **_again(options, token))
        self._teach(method, url, reply)
        return reply

    def clear(self) -> None:
        """Close the connections that are not in use; from now on nobody is told."""
        self.listener = None
        super().clear()

    def _new_token(self, headers: Mapping[str, str]) -> str | None:
        given = next((value for name, value in headers.items() if name.lower() == AUTH), "")
        if self.listener is None or not given.startswith(BEARER):
            return None
        return self.listener.renewed(given.removeprefix(BEARER))

    def _teach(self, method: str, url: str, reply: Reply) -> None:
        call, listener = call_of(method, url), self.listener
        if listener is None or call is None:
            return
        refused = reply.status in REFUSED
        message = refusal_message(reply.data[:LONGEST_REPLY]) if refused else None
        listener.heard(*call, reply.status, message or "")


AUTH = "authorization"


def _again(options: Mapping[str, Any], token: str) -> dict[str, Any]:
    """The same request with another token. Raises ServiceTroubleError if it cannot be made."""
    for _, value in options.get("fields") or ():
        content = value[1] if isinstance(value, tuple) else b""
        if not isinstance(content, bytes):
            raise ServiceTroubleError(
                service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "the login had to be renewed")
            )
    headers = {
        name: f"{BEARER}{token}" if name.lower() == AUTH else value
        for name, value in options["headers"].items()
    }
    return {**options, "headers": headers}
