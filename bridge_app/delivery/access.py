"""Who may see a delivered asset: set together with what drops copies on the way, and proven.

Source: reference/cloudinary.md 3.5 (`explicit`) and 12. The Upload API sets rules and invalidates
in one call, which does not count in the hourly limit of the Admin API.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

import cloudinary.uploader

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE, SLOW_DOWN
from bridge_app.delivery.asset_answers import object_of
from bridge_app.delivery.connections import USER_PLATFORM
from bridge_app.delivery.delivered import Placed
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.cloud import AccessRule
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    RateLimitedError,
    ServiceTroubleError,
    TransientError,
)

DENIED = frozenset({401, 403, 404, 410})
STILL_GENERATING = 423
PROOF_TIMEOUT_S = 20.0


class StillDeliveredError(TransientError):
    """The rules are there, and the address still gives the file."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} is withdrawn at {service}, but copies on the way still deliver it. Its address is "
        "asked again by itself until it says no.",
    )


class DeliveryAccess:
    """Access rules of one environment's assets. Blocks, on any thread; raises BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self.environment = credentials.account.environment

    def put(self, asset: Placed, rules: Sequence[AccessRule]) -> None:
        """Give an asset these rules, none for everybody, and drop its copies on the CDN."""
        with cloudinary_errors():
            object_of(
                lambda: cloudinary.uploader.explicit(
                    asset.public_id,
                    resource_type=asset.resource_type,
                    type=asset.delivery_type,
                    # The SDK leaves out an empty list, and passes its text on.
                    access_control=rules_json(rules) or "[]",
                    invalidate=True,
                    **self._credentials.options(),
                )
            )

    def is_delivered(self, url: str) -> bool:
        """Does anybody who asks for this address get it? One request without any credential."""
        # httpx takes 0.2 s to load, which a start must not wait for.
        import httpx  # noqa: PLC0415

        from bridge_app.delivery.routes import Routed  # noqa: PLC0415

        try:
            with httpx.Client(transport=Routed(), timeout=PROOF_TIMEOUT_S) as client:
                reply = client.head(url, headers={"User-Agent": USER_PLATFORM})
        except httpx.HTTPError as error:
            # Not offline: the API may well be reached while this host of one's own is not.
            detail = "the delivery host does not answer"
            raise ServiceTroubleError(service=SERVICE, detail=detail) from error
        if reply.status_code in SLOW_DOWN:
            raise RateLimitedError(service=SERVICE, retry_after_s=None)
        if reply.status_code >= 500 or reply.status_code == STILL_GENERATING:
            raise ServiceTroubleError(service=SERVICE, detail=f"HTTP {reply.status_code}")
        return reply.status_code not in DENIED


def address_now(given: str, stated: str) -> str:
    """Where to ask whether a copy is delivered: at the address that people were given.

    Where the service names another host by now (a domain of one's own that was given up), what it
    names (`stated`) is asked: nobody answers at the old one.
    """
    if given and stated and urlsplit(given).netloc != urlsplit(stated).netloc:
        return stated
    return given or stated


def rules_json(rules: Sequence[AccessRule]) -> list[dict[str, str]]:
    """Rules as the service reads them."""
    return [
        {"access_type": rule.access_type}
        | ({"start": rule.start} if rule.start else {})
        | ({"end": rule.end} if rule.end else {})
        for rule in rules
    ]
