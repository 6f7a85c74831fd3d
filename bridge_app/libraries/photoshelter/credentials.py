"""What signs us in at a service, as one secret of the key store."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.libraries.photoshelter.errors import SignInAgainError
from bridge_app.storage.secrets import Secret

SECRETS = ("api_key", "token", "password", "refresh", "client_secret")
TEXTS = (
    *("account", "service", "base_url", "email", "organization", "organization_id", "user_id"),
    *("client_id", "redirect_uri"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterCredentials:
    """Who we are at one service, and in which organisation.

    `account` names our account: the same for the same organisation of the same service, whoever
    signs in. `service` is the host as people know it. `password` None: the session cannot be
    renewed by password (two-factor codes, or it was not to be kept). With `refresh` the session
    came from the browser: `client_id`, `client_secret` and `redirect_uri` renew it from
    `renew_at` (UTC) on. `by_cookie`: the service gives no tokens, and `token` holds the cookies
    that were the newest when it was kept. `organization_id` "" is a person's own library.
    """

    account: str
    base_url: str
    api_key: Secret
    token: Secret
    email: str = ""
    password: Secret | None = None
    service: str = ""
    organization: str = ""
    organization_id: str = ""
    user_id: str = ""
    refresh: Secret | None = None
    renew_at: datetime | None = None
    client_id: str = ""
    client_secret: Secret | None = None
    redirect_uri: str = ""
    by_cookie: bool = False

    @property
    def scope(self) -> dict[str, str]:
        """Whose media a search is about: without that, the service searches nothing.

        Source: reference/photoshelter.md, 7.1.
        """
        if self.organization_id:
            return {"org_id": self.organization_id}
        return {"user_id": self.user_id}

    def sealed(self) -> Secret:
        """All of it as one text for the key store."""
        kept: dict[str, str | bool | None] = {name: getattr(self, name) for name in TEXTS}
        for name in SECRETS:
            secret = getattr(self, name)
            kept[name] = None if secret is None else secret.reveal()
        kept["renew_at"] = self.renew_at.isoformat() if self.renew_at else None
        kept["by_cookie"] = self.by_cookie
        return Secret(json.dumps(kept))

    @classmethod
    def opened(cls, sealed: Secret) -> "ShelterCredentials":
        """Read what `sealed` wrote. Raises SignInAgainError if it is something else."""
        try:
            kept = json.loads(sealed.reveal())
            found: dict[str, Any] = {name: str(kept[name]) for name in TEXTS}
            for name in SECRETS:
                found[name] = None if kept[name] is None else Secret(kept[name])
            renewed = kept["renew_at"]
            found["by_cookie"] = kept.get("by_cookie") is True
            return cls(**found, renew_at=datetime.fromisoformat(renewed) if renewed else None)
        except (ValueError, KeyError, TypeError):
            # What it quotes is secret.
            raise SignInAgainError(
                service="PhotoShelter",
                detail=QT_TRANSLATE_NOOP("facts", "what was kept of it is damaged"),
            ) from None


class KeptCredentials(Protocol):
    """Where the credentials of one account are kept. Methods block and raise BridgeError."""

    def load(self) -> ShelterCredentials | None:
        """What is kept, which another process may have renewed; None after signing out."""

    def save(self, credentials: ShelterCredentials) -> None:
        """Keep renewed credentials in the place of the earlier ones."""

    def exclusive(self) -> AbstractContextManager[object]:
        """A lock that all processes of the profile share, held while a session is renewed."""
