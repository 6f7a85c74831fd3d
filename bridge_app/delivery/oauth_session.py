"""A login while it is used: its tokens, renewed before they end and kept before they are used."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from bridge_app.delivery.connections import SERVICE
from bridge_app.delivery.oauth import LOG_IN_AGAIN, LoginWish, TokenSet, renew
from bridge_app.domain.errors import CredentialsError
from bridge_app.storage.secrets import Secret

MOST_USED = 8
"""Earlier access tokens that are remembered: requests that came with one are still on their way."""


class LoginSession:
    """The tokens of one environment; thread-safe, and safe between processes.

    A refresh token is good once: who presents a used one ends the login. So before renewing, the
    session takes `exclusive`, which other processes of this profile take as well, and looks
    whether one of them has renewed meanwhile.

    Args:
        load: Reads the tokens kept; None if there are none.
        save: Keeps new tokens. Both raise BridgeError.
        exclusive: Makes a lock that all processes of the profile share.
    """

    def __init__(
        self,
        wish: LoginWish,
        *,
        load: Callable[[], TokenSet | None],
        save: Callable[[TokenSet], None],
        exclusive: Callable[[], AbstractContextManager[object]],
        now: Callable[[], datetime],
    ) -> None:
        self._wish = wish
        self._load = load
        self._save = save
        self._exclusive = exclusive
        self._now = now
        self._lock = threading.Lock()
        self._tokens: TokenSet | None = None
        self._unsaved = False
        self._used: list[Secret] = []

    def token(self) -> Secret:
        """An access token that is good now. Blocks if it has to be renewed.

        Raises CredentialsError if one has to log in again; OfflineError, ServiceTroubleError and
        what the key store raises.
        """
        with self._lock:
            tokens = self._known()
            if tokens.is_over(self._now()):
                tokens = self._renewed(tokens)
            elif self._unsaved:
                self._keep(tokens)
            return tokens.access

    def replacement(self, rejected: str) -> Secret | None:
        """An access token in the place of one that the service rejects.

        None if that token is none of this login. Raises as `token` does.
        """
        with self._lock:
            tokens, old = self._tokens, Secret(rejected)
            if tokens is None:
                return None
            if tokens.access == old:
                return self._renewed(tokens).access
            return tokens.access if old in self._used else None

    def _known(self) -> TokenSet:
        if self._tokens is None:
            self._tokens = self._load()
        if self._tokens is None:
            raise CredentialsError(service=SERVICE, detail=LOG_IN_AGAIN)
        return self._tokens

    def _renewed(self, tokens: TokenSet) -> TokenSet:
        with self._exclusive():
            # Where ours could not be kept, what is kept is older, and was used to get them.
            kept = None if self._unsaved else self._load()
            if kept is not None and kept != tokens and not kept.is_over(self._now()):
                self._take(kept, unsaved=False)
            else:
                fresh = renew(kept or tokens, self._wish, at=self._now())
                # Held before it is kept: where that fails, the old ones are good no more.
                self._take(fresh, unsaved=True)
                self._keep(fresh)
        return self._known()

    def _take(self, tokens: TokenSet, *, unsaved: bool) -> None:
        if self._tokens is not None:
            self._used = [*self._used[1 - MOST_USED :], self._tokens.access]
        self._tokens, self._unsaved = tokens, unsaved

    def _keep(self, tokens: TokenSet) -> None:
        self._save(tokens)
        self._unsaved = False
