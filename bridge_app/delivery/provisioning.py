"""The product environments of an account, listed by the Provisioning API.

Source: reference/cloudinary.md 13.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from cloudinary import provisioning
from cloudinary.api_client import call_account_api, call_api

from bridge_app.delivery.accounts import NewAccount
from bridge_app.delivery.connections import SERVICE
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.environments import Naming
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    ServiceTroubleError,
)
from bridge_app.storage.environment_facts import Organisation
from bridge_app.storage.secrets import Secret

SCHEME = "account"
TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKeys:
    """What opens the Provisioning API of one account: not the keys of an environment."""

    account_id: str
    api_key: str
    secret: Secret
    upload_prefix: str | None = None
    name: str = ""

    def __post_init__(self) -> None:
        for what, text in (("The account ID", self.account_id), ("The account key", self.api_key)):
            if not text.strip() or any(c.isspace() or c in "/@:?" for c in text.strip()):
                raise InvalidInputError(
                    what=what, detail=QT_TRANSLATE_NOOP("facts", "it is empty or not one word")
                )

    @classmethod
    def from_url(cls, text: str, *, upload_prefix: str | None = None) -> "AccountKeys":
        """Read `account://KEY:SECRET@ACCOUNT_ID`, as CLOUDINARY_ACCOUNT_URL has it.

        Raises InvalidInputError, which never repeats the text: it holds the secret.
        """
        try:
            parts = urlsplit(text.strip())
        except ValueError:
            parts = urlsplit("")
        if parts.scheme.lower() != SCHEME or not (parts.username and parts.password):
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The account URL"),
                detail=QT_TRANSLATE_NOOP(
                    "facts", "it has to look like account://KEY:SECRET@ACCOUNT_ID"
                ),
            )
        return cls(
            account_id=parts.netloc.rpartition("@")[2],
            api_key=unquote(parts.username),
            secret=Secret(unquote(parts.password)),
            upload_prefix=upload_prefix,
        )

    def organisation(self) -> Organisation:
        """What may be written down of it."""
        return Organisation(
            account_id=self.account_id,
            name=self.name or self.account_id,
            api_key=self.api_key,
            upload_prefix=self.upload_prefix,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductEnvironment:
    """One entry of an account's list. `api_key` and `secret` are None where none were told."""

    id: str
    cloud_name: str
    name: str
    enabled: bool = True
    api_key: str | None = None
    secret: Secret | None = None

    def account(self, naming: Naming, *, upload_prefix: str | None) -> NewAccount | None:
        """It as something to add; None if its key has to be entered by hand."""
        if self.api_key is None or self.secret is None:
            return None
        return NewAccount(
            cloud_name=self.cloud_name,
            api_key=self.api_key,
            secret=self.secret,
            upload_prefix=upload_prefix,
            naming=naming,
        )


def product_environments(keys: AccountKeys) -> tuple[ProductEnvironment, ...]:
    """All environments of an account, by name. Blocking.

    Raises CredentialsError, OfflineError, RateLimitedError, ServiceTroubleError.
    """
    # The SDK has a pool of its own for these: it follows redirects, and knows no proxy of ours.
    call_account_api._http = call_api._http
    options = {"upload_prefix": keys.upload_prefix} if keys.upload_prefix else {}
    try:
        with cloudinary_errors():
            reply = provisioning.sub_accounts(
                account_id=keys.account_id,
                provisioning_api_key=keys.api_key,
                provisioning_api_secret=keys.secret.reveal(),
                timeout=TIMEOUT_S,
                **options,
            )
    except BridgeError as error:
        # The SDK's exception hangs behind it, and some of those quote the whole reply.
        raise error from None
    told = reply.get("sub_accounts") if isinstance(reply, Mapping) else None
    if not isinstance(told, list):
        raise ServiceTroubleError(
            service=SERVICE, detail=QT_TRANSLATE_NOOP("facts", "its answer lists no environments")
        )
    return tuple(sorted(_environments(told), key=lambda one: one.name.casefold()))


def _environments(told: list[Any]) -> Iterator[ProductEnvironment]:
    for entry in told:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("cloud_name"), str):
            continue
        key = _first_key(entry.get("api_access_keys"))
        yield ProductEnvironment(
            id=str(entry.get("id") or ""),
            cloud_name=entry["cloud_name"],
            name=str(entry.get("name") or entry["cloud_name"]),
            enabled=entry.get("enabled") is not False,
            api_key=None if key is None else key[0],
            secret=None if key is None else key[1],
        )


def _first_key(keys: Any) -> tuple[str, Secret] | None:
    """The first key that is in force."""
    for key in keys if isinstance(keys, list) else []:
        if not isinstance(key, Mapping) or key.get("enabled") is False:
            continue
        if isinstance(key.get("key"), str) and isinstance(key.get("secret"), str):
            return key["key"], Secret(key["secret"])
    return None
