"""The product environments a person has added, opened with their secrets."""

import threading
from collections.abc import Callable
from datetime import datetime

from bridge_app.delivery.accounts import Account, Credentials, NewAccount
from bridge_app.delivery.connections import USER_PLATFORM
from bridge_app.delivery.uploads import CloudinaryEnvironment
from bridge_app.domain.errors import CredentialsError, NotFoundError
from bridge_app.storage.accounts import Places
from bridge_app.storage.secrets import Secret, SecretStore

API = "https://api.cloudinary.com"
REACH_TIMEOUT_S = 5.0
OpenStore = Callable[[Secret | None], SecretStore]


class Environments:
    """Accounts from the ledger and secrets from the key store; thread-safe.

    `open_store(passphrase)` chooses the key store; it raises NoKeyringError where there is no
    keyring service and no passphrase was given.
    """

    def __init__(
        self, places: Places, *, open_store: OpenStore, now: Callable[[], datetime]
    ) -> None:
        self._places = places
        self._open_store = open_store
        self._now = now
        self._lock = threading.Lock()
        self._store: SecretStore | None = None
        self._opened: dict[str, CloudinaryEnvironment] = {}
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
                if self._opened[environment].account != known.get(environment):
                    del self._opened[environment]

    def account(self, environment: str) -> Account:
        """The account of an environment. Raises NotFoundError."""
        for account in self._accounts:
            if account.environment == environment:
                return account
        raise NotFoundError(what=f"The account {environment}")

    def opened(self, environment: str) -> CloudinaryEnvironment:
        """Ready for calls. Raises NotFoundError, CredentialsError or NoKeyringError."""
        with self._lock:
            if environment not in self._opened:
                secret = self._secrets().get(environment)
                if secret is None:
                    raise CredentialsError(
                        service=environment, detail="its secret is not in the key store"
                    )
                credentials = Credentials(account=self.account(environment), secret=secret)
                self._opened[environment] = CloudinaryEnvironment(credentials)
            return self._opened[environment]

    def add(self, new: NewAccount) -> Account:
        """Ping with the new key, then keep it and use it. Nothing is kept if the ping fails."""
        record = new.record()
        CloudinaryEnvironment(Credentials(account=record, secret=new.secret)).ping()
        return self.keep(new)

    def keep(self, new: NewAccount) -> Account:
        """Keep a key without asking the service."""
        with self._lock:
            self._secrets().put(new.cloud_name, new.secret)
            self._places.put_account(new.record(), at=self._now())
            self._opened.pop(new.cloud_name, None)
        self._accounts = self._places.accounts()
        return self.account(new.cloud_name)

    def lend(self, new: NewAccount) -> Account:
        """Use a key that is good for this run only, and is kept nowhere."""
        with self._lock:
            self._places.put_account(new.record(), at=self._now())
            self._accounts = self._places.accounts()
            account = self.account(new.cloud_name)
            self._opened[new.cloud_name] = CloudinaryEnvironment(
                Credentials(account=account, secret=new.secret)
            )
        return account

    def use(self, environment: str) -> None:
        """Switch to an environment."""
        self._places.use_account(self.account(environment).environment)
        self._accounts = self._places.accounts()

    def remove(self, environment: str) -> None:
        """Forget an environment and its secret; what was delivered stays recorded."""
        with self._lock:
            self._secrets().remove(environment)
            self._places.remove_account(environment)
            self._opened.pop(environment, None)
        self._accounts = self._places.accounts()

    def open_key_store(self, passphrase: Secret) -> None:
        """Use the encrypted file. Raises WrongPassphraseError."""
        with self._lock:
            self._store = self._open_store(passphrase)

    def is_reachable(self) -> bool:
        """Does the API of the environment in use answer at all? Blocks for a few seconds."""
        # As in Pictures: loaded when it is needed.
        import httpx  # noqa: PLC0415

        account = self.current()
        address = account.upload_prefix if account and account.upload_prefix else API
        try:
            httpx.head(address, timeout=REACH_TIMEOUT_S, headers={"User-Agent": USER_PLATFORM})
        except httpx.HTTPError:
            return False
        return True

    def _secrets(self) -> SecretStore:
        if self._store is None:
            self._store = self._open_store(None)
        return self._store
