"""Endpoints of the web as a channel that is told: one POST, as Standard Webhooks has it."""

from bridge_app.channels.guarded_http import GuardedHttp
from bridge_app.channels.receiver import Sealed, Taken
from bridge_app.domain.webhooks import GONE, Endpoint

HEADERS = {"Content-Type": "application/json", "User-Agent": "AssetBridge"}


class WebReceiver:
    """Thread-safe. Private hosts are called with the endpoint's leave only."""

    def __init__(self, http: GuardedHttp) -> None:
        self._http = http

    def take(self, endpoint: Endpoint, message: Sealed) -> Taken:
        """Send it. Raises ReceiverTroubleError, NotAllowedHostError or UnusableAddressError."""
        answer = self._http.post(
            endpoint.url,
            HEADERS | dict(message.headers),
            message.body,
            private_allowed=endpoint.private_allowed,
        )
        return Taken(
            is_taken=200 <= answer.status < 300,
            is_gone=answer.status == GONE,
            detail=f"HTTP {answer.status}",
            retry_after=answer.headers.get("retry-after", ""),
        )
