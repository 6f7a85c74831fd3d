"""The API keys of one product environment: those given at the start, and those made since.

Source: reference/cloudinary.md 2.5 and 13.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from bridge_app.sandbox.cloudinary.auth import Caller, KeyBook
from bridge_app.sandbox.cloudinary.errors import unauthorized
from bridge_app.sandbox.cloudinary.permissions import EVERYTHING, Action, check
from bridge_app.sandbox.journal import Row

TABLE = "access_key"
WEBHOOKS = "webhooks"
NO_TIME = "2026-01-01T00:00:00Z"
"""When the keys were made that were given at the start."""


class Rows(Protocol):
    """Where the keys are kept."""

    def rows(self, table: str) -> dict[str, Row]:
        """A table's rows by key."""

    def put_row(self, table: str, key: str, row: Row) -> None:
        """Create or replace a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKey:
    """One key.

    `root` is an environment's first; `dedicated_for` may hold `webhooks`; `allow` names what it
    may do, None: all.
    """

    api_key: str
    api_secret: str
    name: str
    created_at: str = NO_TIME
    updated_at: str = NO_TIME
    enabled: bool = True
    deleted: bool = False
    root: bool = False
    dedicated_for: tuple[str, ...] = ()
    allow: tuple[str, ...] | None = None

    def row(self) -> Row:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Row) -> "AccessKey":
        """From JSON."""
        allow = row["allow"]
        return cls(
            **{
                **row,
                "dedicated_for": tuple(row["dedicated_for"]),
                "allow": None if allow is None else tuple(allow),
            }
        )


Granted = Callable[[str], frozenset[Action]]
"""An OAuth access token -> what it allows here. Raises CloudinaryError when it is no good."""


def no_tokens(_token: str) -> frozenset[Action]:
    """Where nobody hands out tokens, none is good."""
    raise unauthorized("Invalid token")


class KeyRing(KeyBook):
    """The keys that work now, oldest first: API key -> its secret.

    Args:
        given: The keys of the start.
        rows: Where later keys and changes are kept.
        granted: What OAuth access tokens allow.
        action: The kind of call under way; None for one that everybody may make.
    """

    def __init__(
        self,
        given: Mapping[str, AccessKey],
        rows: Rows,
        *,
        granted: Granted = no_tokens,
        action: Action | None = None,
    ) -> None:
        self._given = dict(given)
        self._rows = rows
        self._granted = granted
        self._action = action

    def for_call(self, action: Action | None) -> "KeyRing":
        """The same keys, looking after a call of this kind."""
        return KeyRing(self._given, self._rows, granted=self._granted, action=action)

    def permit(self, api_key: str) -> None:
        """Raise unless the key may make the call under way."""
        check(self._action, self.allowed(api_key), f"API key {api_key}")

    def holder(self, token: str) -> Caller:
        """Whoever brings a token acts as the oldest key that works."""
        check(self._action, self._granted(token), "The token")
        api_key, api_secret = next(iter(self.items()), ("", ""))
        return Caller(api_key, api_secret)

    def all(self) -> dict[str, AccessKey]:
        """Every key that was not deleted, disabled ones included."""
        kept = {name: AccessKey.from_row(row) for name, row in self._rows.rows(TABLE).items()}
        everything = {**self._given, **kept}
        return {name: key for name, key in everything.items() if not key.deleted}

    def put(self, key: AccessKey) -> None:
        """Keep a new key, or a changed one."""
        self._rows.put_row(TABLE, key.api_key, key.row())

    def delete(self, key: AccessKey) -> None:
        """From now on nobody knows it."""
        self.put(replace(key, deleted=True, enabled=False))

    def allowed(self, api_key: str) -> frozenset[Action]:
        """What a key may do."""
        key = self.all().get(api_key)
        if key is None or key.allow is None:
            return EVERYTHING
        return frozenset(Action(name) for name in key.allow)

    def for_webhooks(self) -> tuple[str, str]:
        """The key that signs notifications, and its secret: the dedicated one or the oldest."""
        working = [key for key in self.all().values() if key.enabled]
        dedicated = [key for key in working if WEBHOOKS in key.dedicated_for]
        chosen = next(iter(dedicated or working), None)
        return ("", "") if chosen is None else (chosen.api_key, chosen.api_secret)

    def __getitem__(self, api_key: str) -> str:
        return self._working()[api_key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._working())

    def __len__(self) -> int:
        return len(self._working())

    def _working(self) -> dict[str, str]:
        return {name: key.api_secret for name, key in self.all().items() if key.enabled}


def new_access_key(name: str, at: str, *, enabled: bool, root: bool = False) -> AccessKey:
    """A key nobody knows yet: 15 digits, and 27 letters for its secret."""
    return AccessKey(
        api_key="".join(str(secrets.randbelow(10)) for _ in range(15)),
        api_secret=secrets.token_urlsafe(20)[:27],
        name=name,
        created_at=at,
        updated_at=at,
        enabled=enabled,
        root=root,
    )
