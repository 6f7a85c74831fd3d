"""OAuth tokens: access tokens that anybody can read and only we can make, refresh tokens used once.

Source: reference/cloudinary.md 1.7; RFC 7519, RFC 6749, RFC 7009.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bridge_app.sandbox.cloudinary.errors import unauthorized
from bridge_app.sandbox.cloudinary.permissions import EVERYTHING, Action
from bridge_app.sandbox.tables import Tables

REFRESH, SECRET, REVOKED = "oauth_refresh", "oauth_secret", "oauth_revoked"
"""Tables: refresh tokens by token, what signs, and families that ended."""
SCOPES: Mapping[str, frozenset[Action]] = {
    "upload": frozenset({Action.UPLOAD}),
    "asset_management": EVERYTHING - {Action.UPLOAD},
}
"""What a scope allows; others say something about the login only."""
OFFLINE = "offline_access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a person allowed: one client, for one cloud, with some scopes.

    `family` is common to all tokens that come from one login.
    """

    family: str
    client_id: str
    cloud_name: str
    scopes: tuple[str, ...]


class Tokens:
    """Makes, reads and ends tokens.

    Args:
        tables: Where refresh tokens outlive a restart.
        issuer: Who we are, as a URL.
        now: The clock.
        new_id: Makes unguessable texts.
        seconds: How long an access token is good for.
    """

    def __init__(
        self,
        tables: Tables,
        *,
        issuer: str,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        seconds: int,
    ) -> None:
        self._tables = tables
        self._issuer = issuer
        self._now = now
        self._new_id = new_id
        self._seconds = seconds

    def issue(self, grant: Grant) -> dict[str, Any]:
        """The reply to a client: an access token, and a refresh token for offline access."""
        at = int(self._now().timestamp())
        claims = {
            "iss": self._issuer,
            "sub": grant.client_id,
            "client_id": grant.client_id,
            "iat": at,
            "nbf": at,
            "exp": at + self._seconds,
            "jti": self._new_id(),
            "scp": list(grant.scopes),
            "ext": {"cloud_name": grant.cloud_name},
            "fam": grant.family,
        }
        reply = {
            "access_token": self._encoded(claims),
            "token_type": "bearer",
            "expires_in": self._seconds,
            "scope": " ".join(grant.scopes),
        }
        if "openid" in grant.scopes:
            identity = {name: claims[name] for name in ("iss", "sub", "iat", "exp")}
            reply["id_token"] = self._encoded({**identity, "aud": [grant.client_id]})
        if OFFLINE in grant.scopes:
            refresh = f"ory_rt_{self._new_id()}"
            self._tables.put_row(REFRESH, refresh, {**asdict(grant), "used": False})
            reply["refresh_token"] = refresh
        return reply

    def refreshed(self, refresh_token: str, client_id: str) -> dict[str, Any] | None:
        """New tokens for a refresh token, which ends with that; None when it is no good.

        One that comes a second time was stolen from somebody: all its family ends.
        """
        row = self._tables.rows(REFRESH).get(refresh_token)
        if row is None or row["client_id"] != client_id or self._is_over(row["family"]):
            return None
        if row["used"]:
            self.end(row["family"])
            return None
        self._tables.put_row(REFRESH, refresh_token, {**row, "used": True})
        return self.issue(_grant(row))

    def revoke(self, token: str) -> None:
        """End a login by one of its tokens; a token that is none ends nothing."""
        row = self._tables.rows(REFRESH).get(token)
        claims = {"fam": row["family"]} if row is not None else self._claims(token)
        if claims is not None:
            self.end(str(claims["fam"]))

    def end(self, family: str) -> None:
        """None of a login's tokens is good any more."""
        self._tables.put_row(REVOKED, family, {"at": int(self._now().timestamp())})
        for token, row in self._tables.rows(REFRESH).items():
            if row["family"] == family:
                self._tables.delete_row(REFRESH, token)

    def allowed(self, token: str, cloud_name: str) -> frozenset[Action]:
        """What an access token allows in a cloud.

        Raises:
            CloudinaryError: 401, it is forged, over, revoked, or for another cloud.
        """
        claims = self._claims(token)
        if claims is None or claims.get("ext", {}).get("cloud_name") != cloud_name:
            raise unauthorized("Invalid token")
        if claims["exp"] <= self._now().timestamp():
            raise unauthorized("Invalid token: it has expired")
        if self._is_over(str(claims.get("fam", ""))):
            raise unauthorized("Invalid token: it has been revoked")
        found = (SCOPES.get(scope, frozenset()) for scope in claims["scp"])
        return frozenset().union(*found)

    def _is_over(self, family: str) -> bool:
        return family in self._tables.rows(REVOKED)

    def _secret(self) -> bytes:
        row = self._tables.rows(SECRET).get("hs256")
        if row is None:
            row = {"key": self._new_id() + self._new_id()}
            self._tables.put_row(SECRET, "hs256", row)
        return bytes.fromhex(row["key"])

    def _encoded(self, claims: Mapping[str, Any]) -> str:
        """As a JWT."""
        text = ".".join(_base64(json.dumps(part).encode()) for part in (HEADER, claims))
        return f"{text}.{_base64(hmac.digest(self._secret(), text.encode(), 'sha256'))}"

    def _claims(self, token: str) -> dict[str, Any] | None:
        """What a token says, if we said it."""
        text, _, signature = token.rpartition(".")
        right = _base64(hmac.digest(self._secret(), text.encode(), "sha256"))
        if not hmac.compare_digest(right.encode(), signature.encode()):
            return None
        try:
            claims = json.loads(_bytes(text.partition(".")[2]))
        except (ValueError, binascii.Error):
            return None
        return claims if isinstance(claims, dict) and "scp" in claims else None


HEADER = {"alg": "HS256", "typ": "JWT"}


def challenge_of(verifier: str) -> str:
    """What a client shows beforehand of a verifier it keeps (PKCE, S256)."""
    return _base64(hashlib.sha256(verifier.encode()).digest())


def _grant(row: Mapping[str, Any]) -> Grant:
    return Grant(
        family=row["family"],
        client_id=row["client_id"],
        cloud_name=row["cloud_name"],
        scopes=tuple(row["scopes"]),
    )


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
