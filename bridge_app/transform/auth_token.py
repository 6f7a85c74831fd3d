"""Tokens that open delivery for a while: `__cld_token__`, as Cloudinary's edge checks them."""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

NAME = "__cld_token__"
_UNSAFE = re.compile(rb"[ \"#%&'/:;<=>?@\[\\\]^`{|}~]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRules:
    """Whom a token lets in, to what and until when. Times are seconds since 1970, UTC.

    `paths` are patterns such as `/image/*`; with none the token is for one address alone.
    """

    expires: int
    starts: int | None = None
    paths: tuple[str, ...] = ()
    ip: str | None = None

    def __post_init__(self) -> None:
        if self.starts is not None and self.expires <= self.starts:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The token"),
                detail=QT_TRANSLATE_NOOP("facts", "it ends before it begins"),
            )


def auth_token(rules: TokenRules, *, key: str, path: str = "") -> str:
    """The token as it stands in a query or a cookie, its name included.

    Args:
        rules: Whom it lets in.
        key: The hexadecimal key of the environment's token authentication; a secret.
        path: The address's path, where the rules name no patterns.

    Source: reference/cloudinary.md, 2.7. Raises InvalidInputError for a key that is not
    hexadecimal, or if nothing says what the token is for.
    """
    if not rules.paths and not path:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The token"),
            detail=QT_TRANSLATE_NOOP("facts", "it opens neither a path nor a pattern"),
        )
    parts = [
        *([f"ip={rules.ip}"] if rules.ip else []),
        *([f"st={rules.starts}"] if rules.starts is not None else []),
        f"exp={rules.expires}",
        *([f"acl={'!'.join(_escaped(pattern) for pattern in rules.paths)}"] if rules.paths else []),
    ]
    signed = parts if rules.paths else [*parts, f"url={_escaped(path)}"]
    digest = hmac.new(_key(key), "~".join(signed).encode(), sha256).hexdigest()
    return f"{NAME}={'~'.join([*parts, f'hmac={digest}'])}"


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        # Told without this cause, whose text repeats a part of the key.
        key = b""
    if not key:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The token's key"),
            detail=QT_TRANSLATE_NOOP("facts", "it is not hexadecimal"),
        )
    return key


def _escaped(text: str) -> str:
    return _UNSAFE.sub(lambda mark: b"%%%02x" % mark[0][0], text.encode()).decode()
