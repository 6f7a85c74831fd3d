"""Who may see an asset at a URL: signatures, tokens, windows of time, strict transformations.

Source: reference/cloudinary.md 2.6, 2.7 and 12.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bridge_app.sandbox.cloudinary.auth import delivery_is_signed
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.delivery_tokens import opens
from bridge_app.sandbox.cloudinary.errors import unauthorized
from bridge_app.sandbox.cloudinary.transformation_calls import is_allowed_when_strict
from bridge_app.sandbox.records import StoredAsset
from bridge_app.transform.delivery_url import DeliveryPath

DENIED = "ACL deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Who asks, and how. `url_path` is as it came, `segments` what follows the delivery type."""

    path: DeliveryPath
    segments: tuple[str, ...]
    url_path: str
    token: str
    address: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a visit brought that is good."""

    signed: bool
    token: bool

    @property
    def any(self) -> bool:
        """Whether it brought anything at all."""
        return self.signed or self.token


def credentials(cloud: Cloud, visit: Visit) -> Credentials:
    """What is good of what a visit brought.

    Raises:
        CloudinaryError: 401, it is signed, and wrongly.
    """
    key = cloud.settings.auth_token_key
    token = bool(visit.token) and opens(
        visit.token, key, path=visit.url_path, address=visit.address, now=cloud.now()
    )
    return Credentials(signed=_is_signed(cloud, visit), token=token)


def _is_signed(cloud: Cloud, visit: Visit) -> bool:
    path = visit.path
    if not path.signature:
        return False
    given = [part for part in visit.segments[1:] if part != f"v{path.version}"]
    # The text as it came, and as the official SDKs escape it: proxies may change the escapes.
    texts = ("/".join(given), path.to_sign)
    if not any(delivery_is_signed(path.signature, text, cloud.keys) for text in texts):
        raise unauthorized("Invalid signature")
    return True


def check(
    cloud: Cloud, asset: StoredAsset, brought: Credentials, *, transformation: str, extension: str
) -> None:
    """Let a visit see an asset as it is, or through a transformation.

    Raises:
        CloudinaryError: 401, it may not.
    """
    is_derived = bool(transformation or extension not in {"", asset.format})
    held_back = asset.type == "authenticated" or asset.access_mode == "authenticated"
    if asset.type == "private":
        held_back = not is_derived
    if held_back and not brought.any:
        raise unauthorized(DENIED)
    if asset.access_control and not brought.token and not _is_open(asset, cloud.now()):
        raise unauthorized(DENIED)
    if is_derived and cloud.settings.strict_transformations and not brought.any:
        _check_strict(cloud, asset, transformation, extension)


def _is_open(asset: StoredAsset, now: datetime) -> bool:
    """Whether everybody may see it now, by one of its rules."""
    return any(
        rule["access_type"] == "anonymous" and _is_within(rule, now)
        for rule in asset.access_control
    )


def _is_within(rule: Mapping[str, str], now: datetime) -> bool:
    start, end = rule.get("start"), rule.get("end")
    begun = not start or datetime.fromisoformat(start) <= now
    return begun and not (end and datetime.fromisoformat(end) <= now)


def _check_strict(cloud: Cloud, asset: StoredAsset, transformation: str, extension: str) -> None:
    """Raise unless the very same was made before, or is allowed for everybody."""
    # What is derived in its master's own format is kept without an extension.
    kept = "" if extension == asset.format else extension
    known = any(
        (one.transformation, one.extension) == (transformation, kept)
        for one in cloud.environment.derived_of(asset.asset_id)
    )
    if not known and not is_allowed_when_strict(cloud, transformation, extension):
        raise unauthorized(f"Transformation not allowed: {transformation}")


def check_restricted(cloud: Cloud, delivery_type: str, brought: Credentials) -> None:
    """Let a visit use a delivery type that may be for signed URLs alone.

    Raises:
        CloudinaryError: 401, it is, and the URL is not signed.
    """
    if delivery_type in cloud.settings.restricted_types and not brought.any:
        raise unauthorized(f"Restricted delivery type {delivery_type}")
