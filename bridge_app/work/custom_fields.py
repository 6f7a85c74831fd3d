"""Which custom fields the organisation of an account has defined: asked for, and remembered.

Where the service cannot be asked, what masters say already is offered: one edits on a train, too.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bridge_app.domain.custom_fields import CustomFields, in_any
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.shelter_approval import is_approval_field
from bridge_app.libraries.photoshelter.values import CustomField
from bridge_app.storage.search import Readers
from bridge_app.storage.shelter_folders import custom_in_use

KEPT = timedelta(minutes=10)
"""How long what was told holds, and how long nobody is asked who could not be."""


class CustomFieldDefinitions:
    """`of` may be called from any thread, and blocks.

    Args:
        accounts: All accounts there are.
        ask: The fields that an account's organisation defined; raises BridgeError.
    """

    def __init__(
        self,
        readers: Readers,
        *,
        accounts: Callable[[], Iterable[str]],
        ask: Callable[[str], Iterable[CustomField]],
        now: Callable[[], datetime],
    ) -> None:
        self._readers = readers
        self._accounts = accounts
        self._ask = ask
        self._now = now
        self._lock = threading.Lock()
        self._known: dict[str, tuple[datetime, CustomFields]] = {}
        self._asked: dict[str, datetime] = {}

    def of(self, account: str) -> CustomFields:
        """The fields of an account but the one for approvals, as they were told last."""
        now = self._now()
        with self._lock:
            asked = self._asked.get(account)
            known = self._known.get(account)
            is_due = asked is None or now - asked >= KEPT
            self._asked[account] = now if is_due or asked is None else asked
        if is_due:
            try:
                told = {one.name: tuple(o.name for o in one.options) for one in self._ask(account)}
            except BridgeError:
                told = None
            if told is not None:
                known = now, told
                with self._lock:
                    self._known[account] = known
        found = known[1] if known is not None else self._in_use(account)
        return {name: options for name, options in found.items() if not is_approval_field(name)}

    def anywhere(self) -> CustomFields:
        """Those of all accounts together."""
        return in_any(self.of(account) for account in self._accounts())

    def _in_use(self, account: str) -> CustomFields:
        with self._readers.lent() as reader:
            return reader.ask(lambda connection: custom_in_use(connection, account))
