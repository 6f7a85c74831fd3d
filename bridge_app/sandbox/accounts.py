"""Who may call the sandbox: a cloud with a key and its secret, or several of them."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.cloudinary.permissions import parse_actions

CLOUD_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAccount:
    """One API key of one product environment. Several keys may share a `cloud_name`.

    `allow` names the kinds of call it may make: read, upload, update, delete, settings; None: all.
    """

    cloud_name: str
    api_key: str
    api_secret: str = field(repr=False)
    allow: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        named = CLOUD_NAME.fullmatch(self.cloud_name)
        if not (named and self.api_key and self.api_secret):
            raise InvalidInputError(
                what="The account", detail="it needs a cloud name, a key and a secret"
            )
        parse_actions(",".join(self.allow or ()))

    @classmethod
    def parse(cls, url: str) -> "SandboxAccount":
        """Read `cloudinary://KEY:SECRET@CLOUD`, which `?allow=read,upload` may restrict.

        What else follows the cloud name is ignored.

        Raises:
            InvalidInputError: The text is no such URL. The text itself is not repeated.
        """
        parts = urlsplit(url)
        if parts.scheme.lower() != "cloudinary":
            raise InvalidInputError(
                what="The account", detail="it must look like cloudinary://KEY:SECRET@CLOUD"
            )
        # `hostname` would lower-case the cloud name, which is case-sensitive.
        cloud_name = parts.netloc.rpartition("@")[2]
        allow = dict(parse_qsl(parts.query)).get("allow")
        return cls(
            cloud_name=unquote(cloud_name),
            api_key=unquote(parts.username or ""),
            api_secret=unquote(parts.password or ""),
            allow=None if allow is None else tuple(sorted(parse_actions(allow))),
        )

    def url(self, server: str) -> str:
        """The CLOUDINARY_URL that makes an official SDK talk to `server` (http://HOST:PORT)."""
        host = urlsplit(server).netloc
        return (
            f"cloudinary://{quote(self.api_key, safe='')}:{quote(self.api_secret, safe='')}"
            f"@{quote(self.cloud_name, safe='')}?upload_prefix={server}&cname={host}"
        )
