"""All that is asked about product environments beyond pushing to the one in use.

A part of the worker's door of its own: names and stages, usage, permissions, logins, and the
accounts that list environments.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.oauth import LoginWish
from bridge_app.delivery.permissions import Capability, Permission
from bridge_app.delivery.provisioning import AccountKeys, ProductEnvironment, product_environments
from bridge_app.delivery.usage import survey
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.environments import Naming, Stage, Usage
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    NoKeyringError,
    NotFoundError,
    WrongPassphraseError,
)
from bridge_app.storage.environment_facts import Organisation
from bridge_app.storage.secrets import SealedError
from bridge_app.work.crew import Stock
from bridge_app.work.environments import Environments
from bridge_app.work.rights_look import RightsLook

logger = logging.getLogger(__name__)

ACCOUNT_KEY = "account:{account_id}"
"""The name of a provisioning secret in the key store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedOut:
    """What a log-out did: whether the service was told (a key needs no telling)."""

    environment: str
    service_told: bool


class EnvironmentDesk:
    """Every method may be called from any thread; those marked *blocking* only off the GUI's.

    Args:
        leave: Ends, with the service, what this desktop asked of it; raises BridgeError.
        changed: Is called when the accounts, or what is known of them, are different.
    """

    def __init__(
        self,
        environments: Environments,
        rights: RightsLook,
        stock: Stock,
        *,
        leave: Callable[[str], None],
        changed: Callable[[ChangeSet], None],
        now: Callable[[], datetime],
    ) -> None:
        self._environments = environments
        self._leave = leave
        self._lessons = rights.lessons
        self._rights = rights
        self._places = stock.places
        self._catalog = stock.catalog
        self._changed = changed
        self._now = now
        self._confirmed: set[str] = set()

    # What people call them

    def name(self, environment: str, naming: Naming) -> Account:
        """Call an environment so. Blocking. Raises NotFoundError."""
        account = self._environments.name(environment, naming)
        if naming.stage is Stage.PRODUCTION:
            self._confirmed.discard(environment)
        self._changed(ChangeSet(accounts=True))
        return account

    def must_confirm(self, environment: str) -> bool:
        """Has a person to say once in this session that it really is production they mean?"""
        known = (one for one in self._environments.accounts() if one.environment == environment)
        account = next(known, None)
        is_production = account is not None and account.stage is Stage.PRODUCTION
        return is_production and environment not in self._confirmed

    def confirm(self, environment: str) -> None:
        """A person said so; it holds until the program ends."""
        self._confirmed.add(environment)

    # What the service tells of them

    def survey(self, environment: str) -> Account:
        """Ask for folder mode, limits and usage, and keep what is told. Blocking; three calls.

        Raises NotFoundError, CredentialsError, OfflineError, RateLimitedError,
        ServiceTroubleError and NoKeyringError; what was known stays known then.
        """
        told = survey(self._environments.credentials(environment), at=self._now())
        account = self._environments.take_survey(environment, told)
        self._changed(ChangeSet(accounts=True))
        return account

    def usage(self, environment: str) -> Usage | None:
        """What was told last, from the ledger; None if nothing ever was. Blocking."""
        return self._places.facts.usage(environment)

    def permission(self, capability: Capability, environment: str | None = None) -> Permission:
        """Whether the key may do something, in the environment in use by default; from memory."""
        current = self._environments.current()
        chosen = environment or (current.environment if current else "")
        return self._lessons.permission(chosen, capability)

    def permissions(self, environment: str) -> tuple[Permission, ...]:
        """What is known of each capability; from memory."""
        return self._lessons.permissions(environment)

    def find_out(self, environment: str) -> None:
        """Ask what the key may do, if that was not asked today. Blocking.

        It changes nothing at the service; trouble means another time.
        """
        if self._rights.is_due(environment):
            self._rights.look(environment)

    def try_again(self, environment: str) -> None:
        """Forget what was refused, and ask anew what the key may do. Blocking.

        Where there is no answer, all of it can be tried.
        """
        self._lessons.forget(environment)
        self._changed(ChangeSet(accounts=True))
        self._rights.look(environment)

    # Coming and going

    def log_in(
        self,
        wish: LoginWish,
        naming: Naming | None = None,
        *,
        show: Callable[[str], None],
        cancelled: threading.Event,
    ) -> Account:
        """Have a person log in with a browser; the environment is in use then. Blocking.

        `show` gets the address for the browser, on this thread. Raises LoginRefusedError,
        LoginTimedOutError, LoginCancelledError and what `survey` raises.
        """
        account = self._environments.log_in(wish, naming, show=show, cancelled=cancelled)
        self._changed(ChangeSet(accounts=True, listing=True))
        return account

    def log_out(self, environment: str, *, with_cache: bool = False) -> LoggedOut:
        """Forget an environment, its secrets and, if wanted, what is catalogued of it. Blocking.

        What was delivered and decided stays recorded. A service that is not reached does not
        keep anybody from leaving.
        """
        try:
            self._leave(environment)
        except BridgeError as error:
            logger.warning("%s still fills this desktop's channel: %s", environment, error)
        told = self._environments.remove(environment)
        self._confirmed.discard(environment)
        if with_cache:
            self._catalog.remove_library(cloud_library(environment))
        self._changed(ChangeSet(accounts=True, listing=True, libraries=with_cache))
        return LoggedOut(environment=environment, service_told=told)

    def is_key_store_closed(self) -> bool:
        """Does the encrypted file wait for the passphrase that opens it? Blocking."""
        try:
            self._environments.secrets()
        except (SealedError, WrongPassphraseError):
            return True
        except NoKeyringError:
            return False
        return False

    # Accounts that list environments

    def organisations(self) -> tuple[Organisation, ...]:
        """Those whose keys are kept here. Blocking."""
        return self._places.facts.organisations()

    def product_environments(
        self, keys: AccountKeys, *, keep: bool
    ) -> tuple[ProductEnvironment, ...]:
        """List an account's environments, and keep its keys if they are good. Blocking.

        Raises CredentialsError, OfflineError, RateLimitedError, ServiceTroubleError, and
        NoKeyringError where they cannot be kept.
        """
        found = product_environments(keys)
        if keep:
            name = ACCOUNT_KEY.format(account_id=keys.account_id)
            self._environments.secrets().put(name, keys.secret)
            self._places.facts.put_organisation(keys.organisation(), at=self._now())
        return found

    def account_keys(self, account_id: str) -> AccountKeys:
        """The keys kept of an account. Blocking. Raises NotFoundError, CredentialsError."""
        for one in self.organisations():
            if one.account_id == account_id:
                break
        else:
            raise NotFoundError(what=f"The account {account_id}")
        secret = self._environments.secrets().get(ACCOUNT_KEY.format(account_id=account_id))
        if secret is None:
            raise CredentialsError(
                service=account_id,
                detail=QT_TRANSLATE_NOOP("facts", "its secret is not in the key store"),
            )
        return AccountKeys(
            account_id=account_id,
            api_key=one.api_key,
            secret=secret,
            upload_prefix=one.upload_prefix,
            name=one.name,
        )

    def forget_organisation(self, account_id: str) -> None:
        """Forget an account's keys; the environments that were added stay. Blocking."""
        self._environments.secrets().remove(ACCOUNT_KEY.format(account_id=account_id))
        self._places.facts.remove_organisation(account_id)
