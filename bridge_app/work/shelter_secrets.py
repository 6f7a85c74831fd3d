"""Where the secrets of libraries at services are: in the key store, or in memory for one run."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from filelock import FileLock

from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.storage.secrets import Secret, SecretStore

KEY = "photoshelter:{account}"
"""The name of an account's credentials in the key store."""


class SealedInStore:
    """One secret text of an account in the key store; see `third_parties.KeptSecret`."""

    def __init__(self, account: str, secrets: Callable[[], SecretStore], locks: Path) -> None:
        self._name = KEY.format(account=account)
        self._secrets = secrets
        self._lock = locks / f"shelter-{account}.lock"

    def load(self) -> Secret | None:
        """See the port."""
        return self._secrets().get(self._name)

    def save(self, secret: Secret) -> None:
        """See the port."""
        self._secrets().put(self._name, secret)

    def remove(self) -> None:
        """Forget it."""
        self._secrets().remove(self._name)

    def exclusive(self) -> AbstractContextManager[object]:
        """See the port."""
        return FileLock(self._lock)


class KeptInStore:
    """The credentials of one account in the key store; see `KeptCredentials`."""

    def __init__(self, account: str, secrets: Callable[[], SecretStore], locks: Path) -> None:
        self._sealed = SealedInStore(account, secrets, locks)

    def load(self) -> ShelterCredentials | None:
        """See the port."""
        sealed = self._sealed.load()
        return ShelterCredentials.opened(sealed) if sealed is not None else None

    def save(self, credentials: ShelterCredentials) -> None:
        """See the port."""
        self._sealed.save(credentials.sealed())

    def remove(self) -> None:
        """Forget them."""
        self._sealed.remove()

    def exclusive(self) -> AbstractContextManager[object]:
        """See the port."""
        return self._sealed.exclusive()


class KeptForThisRun:
    """The credentials of one account in memory; see `KeptCredentials`."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._credentials: ShelterCredentials | None = None

    def load(self) -> ShelterCredentials | None:
        """See the port."""
        return self._credentials

    def save(self, credentials: ShelterCredentials) -> None:
        """See the port."""
        self._credentials = credentials

    def remove(self) -> None:
        """Forget them."""
        self._credentials = None

    def exclusive(self) -> AbstractContextManager[object]:
        """See the port."""
        return self._lock
