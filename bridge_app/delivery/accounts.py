"""Product environments: what a person enters, and what the SDK needs of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from bridge_app.domain.environments import Login, Naming
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.storage.accounts import AccountRecord
from bridge_app.storage.secrets import Secret

SCHEME = "cloudinary"
SETTING = re.compile(r"\A(export\s+)?CLOUDINARY_URL\s*=\s*")
"""What stands before the address as Cloudinary's console copies it, and in a shell's profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A product environment as entered, with its secret, before it is checked.

    `naming` None leaves it as it is called already, or calls it by its cloud name.
    """

    cloud_name: str
    api_key: str
    secret: Secret
    upload_prefix: str | None = None
    cname: str | None = None
    naming: Naming | None = None

    def __post_init__(self) -> None:
        for what, text in (("The cloud name", self.cloud_name), ("The API key", self.api_key)):
            if not text.strip() or any(c.isspace() or c in "/@:?" for c in text.strip()):
                raise InvalidInputError(
                    what=what, detail=QT_TRANSLATE_NOOP("facts", "it is empty or not one word")
                )

    @classmethod
    def from_url(cls, text: str) -> "NewAccount":
        """Read `cloudinary://KEY:SECRET@CLOUD?upload_prefix=…&cname=…`, alone or as a setting.

        Raises InvalidInputError, which never repeats the text: it holds the secret.
        """
        try:
            parts = urlsplit(SETTING.sub("", text.strip()).strip("'\""))
        except ValueError:
            parts = urlsplit("")
        if parts.scheme.lower() != SCHEME or not (parts.username and parts.password):
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The Cloudinary URL"),
                detail=QT_TRANSLATE_NOOP(
                    "facts", "it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME"
                ),
            )
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return cls(
            cloud_name=_host(parts.netloc),
            api_key=unquote(parts.username),
            secret=Secret(unquote(parts.password)),
            upload_prefix=options.get("upload_prefix"),
            cname=_own_host(_host(parts.netloc), options),
        )

    def record(self) -> AccountRecord:
        """What may be written down of it."""
        return record_of(
            self.cloud_name,
            api_key=self.api_key,
            upload_prefix=self.upload_prefix,
            cname=self.cname,
            naming=self.naming,
        )


def record_of(
    cloud_name: str,
    *,
    api_key: str = "",
    upload_prefix: str | None = None,
    cname: str | None = None,
    naming: Naming | None = None,
    client_id: str | None = None,
) -> AccountRecord:
    """An environment as it is written down; with a `client_id` it is one that is logged in to."""
    called = naming or Naming(label=cloud_name)
    return AccountRecord(
        environment=cloud_name,
        api_key=api_key,
        upload_prefix=upload_prefix,
        cname=cname,
        label=called.label or cloud_name,
        owner=called.owner,
        hue=called.hue,
        stage=called.stage,
        login=Login.OAUTH if client_id else Login.KEY,
        client_id=client_id,
    )


def _host(netloc: str) -> str:
    """The cloud name with its capitals, which `urlsplit().hostname` would lower."""
    return netloc.rpartition("@")[2].partition(":")[0]


def _own_host(cloud: str, options: Mapping[str, str]) -> str | None:
    """The delivery host that is not shared, if there is one. Source: reference 1.3."""
    named = options.get("secure_distribution") or options.get("cname")
    is_private = options.get("private_cdn", "").lower() in ("true", "1")
    return named or (f"{cloud}-res.cloudinary.com" if is_private else None)


Account = AccountRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """One environment with its secret, as the options every SDK call takes.

    With `token` the environment was logged in to: every call brings the access token that it
    gives, and `secret` is empty, so that nothing can be signed here.
    """

    account: Account
    secret: Secret
    timeout_s: float = field(default=60.0)
    token: Callable[[], Secret] | None = field(default=None, repr=False, compare=False)

    @property
    def can_sign(self) -> bool:
        """Is there a secret that addresses and requests can be signed with?"""
        return self.token is None

    def options(self) -> dict[str, object]:
        """Options for one call of the SDK; the secret is revealed here and nowhere else.

        May renew the access token first, and so blocks and raises BridgeError. Ask anew for
        every call. Source: reference/cloudinary.md 1.7.
        """
        found: dict[str, object] = {"cloud_name": self.account.environment}
        if self.token is not None:
            found["oauth_token"] = self.token().reveal()
        else:
            found["api_key"] = self.account.api_key
            found["api_secret"] = self.secret.reveal()
        found["timeout"] = self.timeout_s
        if self.account.upload_prefix:
            found["upload_prefix"] = self.account.upload_prefix
        return found
