"""A whole delivery URL as a value, written exactly as the official SDK writes it."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha1, sha256
from urllib.parse import urlencode, urlsplit

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.transform.auth_token import TokenRules, auth_token
from bridge_app.transform.delivery_host import DeliveryHost
from bridge_app.transform.delivery_url import DeliveryPath
from bridge_app.transform.model import Transformation
from bridge_app.transform.parse import parse

IMAGE_UPLOAD = ("image", "upload")
SUFFIXED = {IMAGE_UPLOAD: "images", ("raw", "upload"): "files"}
"""What stands for resource and delivery type where a URL ends in words for people."""
SHORT = "iu"
ANALYTICS = "_a"


class UrlSignature(StrEnum):
    """How a delivery URL is signed. Source: reference/cloudinary.md, 2.6."""

    SHA1 = "sha1"
    SHA256 = "sha256"
    LONG = "sha256, 32 characters"


def signature(path: DeliveryPath, secret: str, kind: UrlSignature = UrlSignature.SHA1) -> str:
    """What stands between `s--` and `--`, for an environment's API secret."""
    text = (path.to_sign + secret).encode()
    if kind is UrlSignature.SHA1:
        digest = sha1(text, usedforsecurity=False).digest()
    else:
        digest = sha256(text).digest()
    return urlsafe_b64encode(digest)[: 32 if kind is UrlSignature.LONG else 8].decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryUrl:
    """One delivered asset's address; `str()` writes it.

    `suffix` is a few words for people and search engines at the end. `root_path` leaves out
    `image/upload`, `short` writes `iu` for it. `token` is a whole `__cld_token__=…`,
    `analytics` the value of `_a`. Sources: reference/cloudinary.md, 1.3, 2.6, 2.7 and 8.

    Raises InvalidInputError for a form that this resource or delivery type does not have.
    """

    host: DeliveryHost
    path: DeliveryPath
    suffix: str = ""
    root_path: bool = False
    short: bool = False
    token: str = ""
    analytics: str = ""

    def __post_init__(self) -> None:
        kind = (self.path.resource_type, self.path.delivery_type)
        if self.suffix and kind not in SUFFIXED:
            raise _wrong("only uploaded images and raw files can have a suffix")
        if "." in self.suffix or "/" in self.suffix:
            raise _wrong("its suffix holds a dot or a slash")
        if (self.root_path or self.short) and kind != IMAGE_UPLOAD:
            raise _wrong("only uploaded images have a short address")

    def __str__(self) -> str:
        """The URL as the SDK builds and escapes it."""
        query = [self.token] if self.token else []
        if self.analytics:
            query.append(urlencode({ANALYTICS: self.analytics}))
        return "?".join(filter(None, (self._bare(), "&".join(query))))

    def signed(self, secret: str, kind: UrlSignature = UrlSignature.SHA1) -> "DeliveryUrl":
        """The same address with the signature of the API secret."""
        return replace(self, path=replace(self.path, signature=signature(self.path, secret, kind)))

    def with_token(self, rules: TokenRules, key: str) -> "DeliveryUrl":
        """The same address with a token; where the rules name no paths, for it alone."""
        token = auth_token(rules, key=key, path=urlsplit(self._bare()).path)
        return replace(self, token=token)

    def _bare(self) -> str:
        path = self.path
        name = path.written_name_before(self.suffix)
        parts = (
            self.host.prefix(name),
            *self._kind(),
            f"s--{path.signature}--" if path.signature else "",
            path.written_transformation,
            path.written_version,
            name,
        )
        return "/".join(filter(None, parts))

    def _kind(self) -> tuple[str, ...]:
        kind = (self.path.resource_type, self.path.delivery_type)
        if self.root_path:
            return ()
        if self.suffix:
            return (SUFFIXED[kind],)
        return (SHORT,) if self.short else kind


def fetched(remote: str, transformation: Transformation, extension: str = "") -> DeliveryPath:
    """The path of somebody's URL through a transformation; its format is a parameter there."""
    wanted = ",".join(filter(None, (f"f_{extension}" if extension else "", str(transformation))))
    return DeliveryPath(public_id=remote, delivery_type="fetch", transformation=parse(wanted))


def _wrong(detail: str) -> InvalidInputError:
    return InvalidInputError(what=QT_TRANSLATE_NOOP("facts", "The delivery address"), detail=detail)
