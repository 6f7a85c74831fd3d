"""The product environments a person has added, opened with their secrets or their logins."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.delivery.accounts import Account, Credentials, NewAccount, record_of
from bridge_app.delivery.connections import SERVICE, USER_PLATFORM, certificate_trouble
from bridge_app.delivery.permissions import Capability
from bridge_app.delivery.uploads import CloudinaryEnvironment
from bridge_app.delivery.usage import Survey, survey
from bridge_app.domain.environments import Login, Naming
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    NoAccountError,
    RateLimitedError,
    ServiceTroubleError,
)
from bridge_app.domain.proxies import ProxyRefusedError, UnreadableProxyError, UnspokenProxyError
from bridge_app.storage.accounts import Places
from bridge_app.storage.secrets import Secret, SecretStore
from bridge_app.work.lessons import Lessons

# Most have keys: what logs in is loaded for those who do.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.delivery.oauth import LoginWish, TokenSet
    from bridge_app.delivery.oauth_session import LoginSession

API = "https://api.cloudinary.com"
REACH_TIMEOUT_S = 5.0
LOGIN_KEY = "login:{environment}"
"""The name of a login's tokens in the key store; no cloud name has a colon."""
OpenStore = Callable[[Secret | None], SecretStore]
Heard = tuple[Capability, int, str]
"""A capability that a call needed, and the status and the message of its answer."""


class NoUsableAnswerError(BridgeError):
    """Whoever answers at the address of a new account does not answer as Cloudinary does."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} gave no answer that can be used ({detail}). Nothing was kept: check the API's "
        "address, and whether this network wants you to log in first; then try again.",
    )


class NotNowError(BridgeError):
    """The service has too much to do to answer for a new account."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{service} asks us to slow down, and could not be asked about this account. Nothing was "
        "kept: try again in a while.",
    )


class Environments:
    """Accounts from the ledger and secrets from the key store; thread-safe.

    Args:
        open_store: Chooses the key store by passphrase; it raises NoKeyringError where there is no
            keyring service and no passphrase was given.
        lessons: Is told what the service's answers teach.
        locks: A folder for locks that all processes of the profile share.
    """

    def __init__(
        self,
        places: Places,
        *,
        open_store: OpenStore,
        lessons: Lessons,
        locks: Path,
        now: Callable[[], datetime],
    ) -> None:
        self._places = places
        self._open_store = open_store
        self._lessons = lessons
        self._locks = locks
        self._now = now
        self._lock = threading.RLock()
        self._store: SecretStore | None = None
        self._opened: dict[str, CloudinaryEnvironment] = {}
        self._lent: dict[str, Secret] = {}
        self._sessions: dict[str, LoginSession] = {}
        self._first_looks: dict[str, list[Heard]] = {}
        self._accounts = places.accounts()

    def accounts(self) -> tuple[Account, ...]:
        """All environments; from memory."""
        return self._accounts

    def current(self) -> Account | None:
        """The environment in use."""
        return next((account for account in self._accounts if account.in_use), None)

    def reload(self) -> None:
        """Read the accounts anew: another process may have changed them."""
        self._accounts = self._places.accounts()
        known = {account.environment: account for account in self._accounts}
        with self._lock:
            for environment in list(self._opened):
                if not _opens_alike(self._opened[environment].account, known.get(environment)):
                    del self._opened[environment]
            for environment in self._sessions.keys() - known.keys():
                del self._sessions[environment]

    def account(self, environment: str) -> Account:
        """The account of an environment. Raises NoAccountError."""
        for account in self._accounts:
            if account.environment == environment:
                return account
        raise NoAccountError(what=f"The account {environment}")

    def opened(self, environment: str) -> CloudinaryEnvironment:
        """Ready for calls. Raises NoAccountError, CredentialsError or NoKeyringError."""
        with self._lock:
            if environment not in self._opened:
                made = CloudinaryEnvironment(self._credentials(self.account(environment)))
                self._opened[environment] = made
            return self._opened[environment]

    def credentials(self, environment: str) -> Credentials:
        """What every call of the SDK needs. Raises as `opened` does."""
        with self._lock:
            return self._credentials(self.account(environment))

    def add(self, new: NewAccount) -> Account:
        """Look at the environment with the new key, then keep it and use it.

        Nothing is kept if the key is not accepted.
        """
        told, heard = self._first_look(Credentials(account=new.record(), secret=new.secret))
        self.keep(new)
        for lesson in heard:
            self._lessons.heard(new.cloud_name, *lesson)
        return self.take_survey(new.cloud_name, told)

    def keep(self, new: NewAccount) -> Account:
        """Keep a key without asking the service."""
        with self._lock:
            self._secrets().put(new.cloud_name, new.secret)
            self._secrets().remove(LOGIN_KEY.format(environment=new.cloud_name))
            return self._put(new.record(), new.naming)

    def lend(self, new: NewAccount) -> Account:
        """Use a key that is good for this run only, and is kept nowhere."""
        with self._lock:
            account = self._put(new.record(), new.naming)
            self._lent[new.cloud_name] = new.secret
        return account

    def log_in(
        self,
        wish: "LoginWish",
        naming: Naming | None,
        *,
        show: Callable[[str], None],
        cancelled: threading.Event,
    ) -> Account:
        """Have a person log in with a browser, then keep the tokens, and use the environment.

        Blocks until they did; see `delivery.oauth.log_in`. Nothing is kept unless the service
        accepts the tokens.
        """
        from bridge_app.delivery.oauth import log_in

        tokens = log_in(wish, show=show, cancelled=cancelled, now=self._now)
        record = record_of(
            tokens.cloud_name,
            upload_prefix=wish.upload_prefix,
            naming=naming,
            client_id=wish.client_id,
        )
        if not tokens.cloud_name or any(c.isspace() or c in "/@:?" for c in tokens.cloud_name):
            raise CredentialsError(
                service=SERVICE,
                detail=QT_TRANSLATE_NOOP("facts", "the login names no product environment"),
            )
        opened = Credentials(account=record, secret=Secret(""), token=lambda: tokens.access)
        told, heard = self._first_look(opened)
        with self._lock:
            name = LOGIN_KEY.format(environment=tokens.cloud_name)
            self._secrets().put(name, tokens.sealed())
            self._secrets().remove(tokens.cloud_name)
            self._put(record, naming)
        for lesson in heard:
            self._lessons.heard(tokens.cloud_name, *lesson)
        self._lessons.scopes(tokens.cloud_name, tokens.scopes)
        return self.take_survey(tokens.cloud_name, told)

    def take_survey(self, environment: str, told: Survey) -> Account:
        """Keep what an environment told of itself; what it did not tell stays as it was."""
        before = self.account(environment)
        if told.folder_mode is not None and told.folder_mode is not before.folder_mode:
            self._places.put_folder_mode(environment, told.folder_mode)
        if told.media_limits is not None and told.media_limits != before.media_limits:
            self._places.put_media_limits(environment, told.media_limits)
        if told.usage is not None:
            self._places.facts.put_usage(environment, told.usage)
        self.reload()
        return self.account(environment)

    def name(self, environment: str, naming: Naming) -> Account:
        """Call an environment so. Raises NotFoundError."""
        self._places.name_account(self.account(environment).environment, naming)
        self.reload()
        return self.account(environment)

    def use(self, environment: str) -> None:
        """Switch to an environment."""
        self._places.use_account(self.account(environment).environment)
        self._accounts = self._places.accounts()

    def remove(self, environment: str) -> bool:
        """Forget an environment and its secrets; what was delivered stays recorded.

        A login is ended at the service too; returns False if it could not be told.
        """
        account = next((one for one in self._accounts if one.environment == environment), None)
        told = account is None or self._log_out(account)
        with self._lock:
            if environment not in self._lent:
                self._secrets().remove(environment)
                self._secrets().remove(LOGIN_KEY.format(environment=environment))
            self._places.remove_account(environment)
            for known in (self._opened, self._lent, self._sessions):
                known.pop(environment, None)
        self._accounts = self._places.accounts()
        self._lessons.reload()
        return told

    def open_key_store(self, passphrase: Secret) -> None:
        """Use the encrypted file. Raises WrongPassphraseError."""
        with self._lock:
            self._store = self._open_store(passphrase)

    def secrets(self) -> SecretStore:
        """The key store. Raises NoKeyringError."""
        with self._lock:
            return self._secrets()

    def heard(self, environment: str, capability: Capability, status: int, message: str) -> None:
        """See `delivery.learning.Listener`."""
        first = self._first_looks.get(environment)
        if first is not None:
            first.append((capability, status, message))
        elif any(account.environment == environment for account in self._accounts):
            self._lessons.heard(environment, capability, status, message)

    def renewed(self, rejected: str) -> str | None:
        """See `delivery.learning.Listener`."""
        with self._lock:
            sessions = tuple(self._sessions.values())
        for session in sessions:
            token = session.replacement(rejected)
            if token is not None:
                return token.reveal()
        return None

    def is_reachable(self) -> bool:
        """Does the API of the environment in use answer at all? Blocks for a few seconds."""
        # As in Pictures: loaded when it is needed.
        import httpx

        from bridge_app.delivery.routes import Routed

        account = self.current()
        address = account.upload_prefix if account and account.upload_prefix else API
        try:
            with httpx.Client(transport=Routed(), timeout=REACH_TIMEOUT_S) as client:
                client.head(address, headers={"User-Agent": USER_PLATFORM})
        except (ProxyRefusedError, UnreadableProxyError, UnspokenProxyError):
            # What is tried now says why nothing gets through; waiting would say nothing.
            return True
        except httpx.HTTPError as error:
            # Who has no good certificate is there; that is said by what is tried, too.
            return certificate_trouble(error) is not None
        return True

    def _first_look(self, credentials: Credentials) -> tuple[Survey, list[Heard]]:
        """What an environment tells a new key, and what its answers teach about that key."""
        environment = credentials.account.environment
        heard: list[Heard] = []
        self._first_looks[environment] = heard
        try:
            return survey(credentials, at=self._now()), heard
        except RateLimitedError as error:
            raise NotNowError(**error.facts) from error
        except ServiceTroubleError as error:
            raise NoUsableAnswerError(**error.facts) from error
        finally:
            self._first_looks.pop(environment, None)

    def _put(self, record: Account, naming: Naming | None) -> Account:
        environment = record.environment
        before = next((one for one in self._accounts if one.environment == environment), None)
        self._places.put_account(record, at=self._now())
        if naming is not None:
            self._places.name_account(environment, record.naming)
        for known in (self._opened, self._lent, self._sessions):
            known.pop(environment, None)
        self._accounts = self._places.accounts()
        if before is not None and (before.api_key, before.login) != (record.api_key, record.login):
            self._lessons.forget(environment)
        return self.account(environment)

    def _credentials(self, account: Account) -> Credentials:
        environment = account.environment
        if account.login is Login.OAUTH:
            session = self._session(account)
            return Credentials(account=account, secret=Secret(""), token=session.token)
        secret = self._lent.get(environment) or self._secrets().get(environment)
        if secret is None:
            raise CredentialsError(
                service=environment,
                detail=QT_TRANSLATE_NOOP("facts", "its secret is not in the key store"),
            )
        return Credentials(account=account, secret=secret)

    def _session(self, account: Account) -> "LoginSession":
        from filelock import FileLock

        from bridge_app.delivery.oauth import LOG_IN_AGAIN
        from bridge_app.delivery.oauth_session import LoginSession

        environment = account.environment
        if environment not in self._sessions:
            name = LOGIN_KEY.format(environment=environment)
            store = self._secrets()
            if store.get(name) is None:
                raise CredentialsError(service=environment, detail=LOG_IN_AGAIN)
            self._sessions[environment] = LoginSession(
                _wish(account),
                load=lambda: _tokens(store, name),
                save=lambda tokens: store.put(name, tokens.sealed()),
                exclusive=lambda: FileLock(self._locks / f"login-{environment}.lock"),
                now=self._now,
            )
        return self._sessions[environment]

    def _log_out(self, account: Account) -> bool:
        """End a login at the service, if there is one; False if it could not be told."""
        if account.login is not Login.OAUTH:
            return True
        from bridge_app.delivery.oauth import revoke

        tokens = _tokens(self.secrets(), LOGIN_KEY.format(environment=account.environment))
        if tokens is None:
            return True
        try:
            revoke(tokens, _wish(account))
        except BridgeError:
            # The tokens are forgotten here all the same; the person is told by what is returned.
            return False
        return True

    def _secrets(self) -> SecretStore:
        if self._store is None:
            self._store = self._open_store(None)
        return self._store


def _opens_alike(before: Account, after: Account | None) -> bool:
    """Would it be opened in the same way now? Names and the switch are of no importance."""
    return after is not None and before == replace(
        after,
        in_use=before.in_use,
        label=before.label,
        owner=before.owner,
        hue=before.hue,
        stage=before.stage,
    )


def _wish(account: Account) -> "LoginWish":
    from bridge_app.delivery.oauth import CLIENT_ID, LoginWish

    return LoginWish(upload_prefix=account.upload_prefix, client_id=account.client_id or CLIENT_ID)


def _tokens(store: SecretStore, name: str) -> "TokenSet | None":
    from bridge_app.delivery.oauth import TokenSet

    sealed = store.get(name)
    return None if sealed is None else TokenSet.opened(sealed)
