"""The accounts of PhotoShelter-style services: records, credentials, and who is asked for what."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    InvalidInputError,
    NotFoundError,
)
from bridge_app.domain.shelter import kind_of
from bridge_app.libraries.photoshelter.credentials import ShelterCredentials
from bridge_app.libraries.photoshelter.errors import SignInAgainError, StoppedError
from bridge_app.libraries.third_parties import account_of, maker
from bridge_app.storage.secrets import SecretStore
from bridge_app.storage.shelters import ShelterRecord, Shelters, WriteBackMode
from bridge_app.work.shelter_secrets import KeptForThisRun, KeptInStore, SealedInStore

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary
    from bridge_app.libraries.third_parties import SignedIn

LENT = "lent-"
"""How accounts begin whose credentials are good for this run only, and are kept nowhere."""
LONGEST_NAME = 80


class ShelterAccounts:
    """Thread-safe. Methods that open the key store or ask the service block.

    Args:
        secrets: The key store; it raises NoKeyringError where there is none.
        locks: A folder for locks that all processes of the profile share.
    """

    def __init__(
        self,
        shelters: Shelters,
        *,
        secrets: Callable[[], SecretStore],
        locks: Path,
        now: Callable[[], datetime],
    ) -> None:
        self._shelters = shelters
        self._secrets = secrets
        self._locks = locks
        self._now = now
        self._lock = threading.RLock()
        self._is_closed = False
        self._services: dict[str, RemoteLibrary] = {}
        self._lent: dict[str, KeptForThisRun] = {}
        self._records = shelters.records()
        lent = {one.account for one in self._records if one.account.startswith(LENT)}
        self._signed_out: set[str] = lent

    def records(self) -> tuple[ShelterRecord, ...]:
        """All accounts, from memory."""
        return self._records

    def record(self, account: str) -> ShelterRecord:
        """One account, from memory. Raises NotFoundError."""
        for record in self._records:
            if record.account == account:
                return record
        raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "This library"))

    def is_known(self, account: str) -> bool:
        """Is there such an account?"""
        return any(record.account == account for record in self._records)

    def is_signed_in(self, account: str) -> bool:
        """Are there credentials of it, as far as is known? From memory."""
        return self.is_known(account) and account not in self._signed_out

    def reload(self) -> frozenset[str]:
        """Read the records anew; returns the accounts that came or went."""
        before = {record.account for record in self._records}
        self._records = self._shelters.records()
        there = {record.account for record in self._records}
        for account in before - there:
            self._close(account)
        return frozenset(before ^ there)

    def add(self, credentials: ShelterCredentials, name: str) -> LibraryRecord:
        """Keep credentials and remember their account; a known one gets the new ones.

        Those of an account that begins with `LENT` stay in memory.
        """
        account = credentials.account
        known = next((one for one in self._records if one.account == account), None)
        own = credentials.organization or credentials.email or credentials.service
        record = ShelterRecord(
            account=account,
            name=(name.strip() or (known.name if known else own))[:LONGEST_NAME],
            base_url=credentials.base_url,
            organization=credentials.organization,
            organization_id=credentials.organization_id,
            email=credentials.email,
        )
        with self._lock:
            self._kept(account).save(credentials)
            self._remember(record)
        return record.library

    def adopt(self, kind: str, signed: "SignedIn", name: str, *, only: str = "") -> LibraryRecord:
        """The same for a library that another package brings; `only` for this one, if one is said.

        Raises InvalidInputError for a sign-in that names no account, or another one.
        """
        account = account_of(kind, signed)
        if only:
            self._check_same(self.record(only), account, signed.name)
        known = next((one for one in self._records if one.account == account), None)
        record = ShelterRecord(
            account=account,
            name=(name.strip() or (known.name if known else signed.name))[:LONGEST_NAME],
            base_url=signed.address,
            organization="",
            organization_id="",
            email=signed.email,
        )
        with self._lock:
            self._sealed(account).save(signed.kept)
            self._remember(record)
        return record.library

    def renew(self, account: str, credentials: ShelterCredentials) -> None:
        """Keep new credentials of a known account. Raises InvalidInputError, NotFoundError."""
        record = self.record(account)
        self._check_same(record, credentials.account, credentials.organization)
        self.add(credentials, record.name)

    def sign_out(self, account: str) -> None:
        """End the session at the service as far as that can be done, and forget it here."""
        self.record(account)
        # Whatever hinders it there, here nothing is kept.
        with suppress(BridgeError):
            self.service(account).sign_out()
        self._forget(account)

    def remove(self, account: str) -> None:
        """Forget an account and its credentials."""
        self._forget(account)
        self._shelters.remove(account)
        self.reload()

    def rename(self, account: str, name: str) -> None:
        """Call a library so. Raises InvalidInputError for an empty name."""
        if not name.strip():
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The name"),
                detail=QT_TRANSLATE_NOOP("facts", "it is empty"),
            )
        self._shelters.rename(account, name.strip()[:LONGEST_NAME])
        self.reload()

    def set_write_back(self, account: str, mode: WriteBackMode) -> None:
        """How published renditions are recorded at its masters."""
        self._shelters.set_write_back(account, mode)
        self.reload()

    def service(self, account: str) -> "RemoteLibrary":
        """Ready for calls.

        Raises NotFoundError, SignInAgainError, NoKeyringError, NotInstalledError, or StoppedError
        after `close`.
        """
        record = self.record(account)
        with self._lock:
            if self._is_closed:
                raise StoppedError
            if account not in self._services:
                if self._keeper(account).load() is None:
                    self._signed_out.add(account)
                    raise SignInAgainError(
                        service=record.name, detail=QT_TRANSLATE_NOOP("facts", "you signed out")
                    )
                self._services[account] = self._opened(account)
            return self._services[account]

    def close(self) -> None:
        """End all connections, for good."""
        with self._lock:
            self._is_closed = True
            for account in list(self._services):
                self._close(account)

    @staticmethod
    def _check_same(wanted: ShelterRecord, account: str, name: str) -> None:
        if account != wanted.account:
            detail = f"it is for {name or 'another library'}"
            raise InvalidInputError(what=f"The sign-in for {wanted.name}", detail=detail)

    def _forget(self, account: str) -> None:
        with self._lock:
            self._close(account)
            self._keeper(account).remove()
            self._signed_out.add(account)

    def _close(self, account: str) -> None:
        service = self._services.pop(account, None)
        if service is not None:
            service.close()

    def _remember(self, record: ShelterRecord) -> None:
        """Its credentials are kept; called with the lock held."""
        self._shelters.put(record, at=self._now())
        self._signed_out.discard(record.account)
        self.reload()
        self._close(record.account)

    def _opened(self, account: str) -> "RemoteLibrary":
        kind = kind_of(account)
        if kind:
            return maker(kind).open(account, self._sealed(account), now=self._now)
        # httpx takes 0.2 s to load, which a start must not wait for.
        from bridge_app.libraries.photoshelter.service import ShelterService  # noqa: PLC0415

        return ShelterService(account, self._kept(account), now=self._now)

    def _keeper(self, account: str) -> KeptInStore | KeptForThisRun | SealedInStore:
        return self._sealed(account) if kind_of(account) else self._kept(account)

    def _sealed(self, account: str) -> SealedInStore:
        return SealedInStore(account, self._secrets, self._locks)

    def _kept(self, account: str) -> KeptInStore | KeptForThisRun:
        if account.startswith(LENT):
            return self._lent.setdefault(account, KeptForThisRun())
        return KeptInStore(account, self._secrets, self._locks)
