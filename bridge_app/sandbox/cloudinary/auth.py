"""Who is calling: signatures of uploads, HTTP Basic of the Admin API, signed delivery URLs.

Source of every rule: reference/cloudinary.md section 2.
"""

import base64
import hashlib
import hmac
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bridge_app.sandbox.cloudinary.errors import bad_request, unauthorized
from bridge_app.sandbox.cloudinary.params import WHOLE, Params

UNSIGNED_NAMES = frozenset({"file", "cloud_name", "resource_type", "api_key", "signature"})
ALSO_UNSIGNED = frozenset({"notification_url", "batch_id"})
"""Left out as well where tags, context and metadata are set; SDKs before 1.46 did sign them."""
TOLERANCE_S = 3600
SHA256_HEX = 64
SHORT, LONG = 8, 32
"""Characters of a delivery signature."""

Keys = Mapping[str, str]
"""API key -> its secret."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asked. `signed` is False for an unsigned upload, which may do less."""

    api_key: str
    api_secret: str
    signed: bool = True


class KeyBook(Mapping[str, str]):
    """Keys that know more than their secrets: what each may do, and whom a token stands for."""

    @abstractmethod
    def permit(self, api_key: str) -> None:
        """Let the key make the call under way.

        Raises:
            CloudinaryError: 403, it may not.
        """

    @abstractmethod
    def holder(self, token: str) -> Caller:
        """Who brings this OAuth access token.

        Raises:
            CloudinaryError: 401, it is no good; 403, it may not make the call under way.
        """


def string_to_sign(params: Params, *, version: int) -> str:
    """The text that is hashed with the secret: version 2 escapes `&`, version 1 does not."""
    named = [
        f"{name}={params.text(name)}"
        for name in params.values
        if name in params and name not in UNSIGNED_NAMES
    ]
    if version >= 2:
        named = [part.replace("&", "%26") for part in named]
    return "&".join(sorted(named))


def sign(text: str, secret: str, *, sha256: bool = False) -> str:
    """Hex hash of the text and the secret."""
    digest = hashlib.sha256 if sha256 else hashlib.sha1
    return digest((text + secret).encode()).hexdigest()


def response_signature(public_id: str, version: int, secret: str) -> str:
    """What lets a client check that a reply is ours; always the version-1 encoding."""
    return sign(f"public_id={public_id}&version={version}", secret)


def upload_caller(
    params: Params, authorization: str, keys: Keys, *, now: datetime, unsigned_names: bool = False
) -> Caller | None:
    """Who sends an Upload API request; None when it is not signed at all.

    `unsigned_names` also accepts signatures without `ALSO_UNSIGNED`.

    Raises:
        CloudinaryError: The key is unknown, the signature is wrong, or the request is stale.
    """
    if authorization:
        return basic_caller(authorization, keys)
    if "signature" not in params:
        return None
    if "api_key" not in params:
        raise bad_request("Missing required parameter - api_key")
    api_key = params.text("api_key")
    secret = keys.get(api_key)
    if secret is None:
        raise unauthorized(f"Unknown API key {api_key}")
    accepted = [params, params.without(ALSO_UNSIGNED)] if unsigned_names else [params]
    _check_signature(accepted, secret)
    _check_age(params, now)
    return _permitted(Caller(api_key, secret), keys)


def _permitted(caller: Caller, keys: Keys) -> Caller:
    """The caller, when it may make this call."""
    if isinstance(keys, KeyBook):
        keys.permit(caller.api_key)
    return caller


def _check_signature(accepted: list[Params], secret: str) -> None:
    """Raise unless the signature fits one of the ways a client may sign."""
    given = accepted[0].text("signature")
    for params in accepted:
        for version in (2, 1):
            text = string_to_sign(params, version=version)
            right = sign(text, secret, sha256=len(given) == SHA256_HEX)
            if hmac.compare_digest(right.encode(), given.encode()):
                return
    said = string_to_sign(accepted[0], version=2)
    raise unauthorized(f"Invalid Signature {given}. String to sign - '{said}'.")


def _check_age(params: Params, now: datetime) -> None:
    """Raise when the request was signed too long ago."""
    given = params.text("timestamp")
    if not given:
        raise bad_request("Missing required parameter - timestamp")
    try:
        at = datetime.fromtimestamp(int(given), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise bad_request(f"Invalid timestamp {given}") from error
    if (now - at).total_seconds() > TOLERANCE_S:
        said = at.strftime("%Y-%m-%d %H:%M:%S +0000")
        raise bad_request(f"Stale request - reported time is {said} which is more than 1 hour ago")


def basic_caller(authorization: str, keys: Keys) -> Caller:
    """Who sends an Admin API request.

    Raises:
        CloudinaryError: 401, with what is wrong.
    """
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() == "bearer":
        if isinstance(keys, KeyBook):
            return keys.holder(encoded.strip())
        raise unauthorized("Invalid token")
    try:
        api_key, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError as error:
        raise unauthorized("Must supply api_key") from error
    if not api_key:
        raise unauthorized("Must supply api_key")
    right = keys.get(api_key)
    if right is None:
        raise unauthorized("unknown api_key")
    if not hmac.compare_digest(right.encode(), secret.encode()):
        raise unauthorized("api_secret mismatch")
    return _permitted(Caller(api_key, right), keys)


def basic_name(authorization: str) -> str:
    """The user name of HTTP Basic, whether it is right or not; empty for anything else."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded, validate=True).decode().partition(":")[0]
    except ValueError:
        return ""


def download_caller(params: Params, keys: Keys, *, now: datetime) -> Caller:
    """Who made a signed download URL; `expires_at` counts where it is given, else an hour.

    Source: reference/cloudinary.md 2.8.

    Raises:
        CloudinaryError: It is not signed, not rightly, or no longer.
    """
    given = params.text("expires_at")
    if given:
        # Clients that divide milliseconds send a fraction of a second.
        seconds = given.partition(".")[0]
        if WHOLE.fullmatch(seconds) is None:
            raise bad_request(f"Invalid expires_at {given}")
        if int(seconds) < now.timestamp():
            raise unauthorized("Download URL has expired")
    for name in ("api_key", "signature"):
        if name not in params:
            raise unauthorized(f"Missing required parameter - {name}")
    api_key = params.text("api_key")
    secret = keys.get(api_key)
    if secret is None:
        raise unauthorized(f"Unknown API key {api_key}")
    _check_signature([params], secret)
    if not given:
        _check_age(params, now)
    return _permitted(Caller(api_key, secret), keys)


def delivery_is_signed(given: str, to_sign: str, keys: Keys) -> bool:
    """Whether `given` (between `s--` and `--`) is a signature of `to_sign` by one of the keys.

    `to_sign` is transformation and public ID with extension, escaped as in the URL.
    """
    return any(
        hmac.compare_digest(given.encode(), right.encode())
        for secret in keys.values()
        for right in _delivery_signatures(to_sign, secret)
    )


def delivery_signature(to_sign: str, secret: str) -> str:
    """The usual signature of a delivery URL, as it stands between `s--` and `--`."""
    return _delivery_signatures(to_sign, secret)[0]


def _delivery_signatures(to_sign: str, secret: str) -> list[str]:
    """The three signatures that count: short SHA-1, short SHA-256, long SHA-256."""
    text = (to_sign + secret).encode()
    sha1 = base64.urlsafe_b64encode(hashlib.sha1(text).digest()).decode()  # noqa: S324 - theirs
    sha256 = base64.urlsafe_b64encode(hashlib.sha256(text).digest()).decode()
    return [sha1[:SHORT], sha256[:SHORT], sha256[:LONG]]
