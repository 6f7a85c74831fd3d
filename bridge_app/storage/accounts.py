"""Libraries and product environments as the ledger remembers them, without their secrets."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.storage.database import Writer
from bridge_app.storage.paths import from_blob, to_blob

LIBRARIES = "SELECT id, name, location FROM library ORDER BY added_at, id"
ADD_LIBRARY = "INSERT INTO library (id, name, location, added_at) VALUES (?, ?, ?, ?)"
REMOVE_LIBRARY = "DELETE FROM library WHERE id = ?"
ACCOUNTS = """
    SELECT environment, api_key, upload_prefix, cname, label, in_use FROM account
    ORDER BY added_at, environment
"""
PUT_ACCOUNT = """
    INSERT INTO account (environment, api_key, upload_prefix, cname, label, in_use, added_at)
    VALUES (?, ?, ?, ?, ?, 0, ?)
    ON CONFLICT (environment) DO UPDATE SET api_key = excluded.api_key,
        upload_prefix = excluded.upload_prefix, cname = excluded.cname, label = excluded.label
"""
USE_NONE = "UPDATE account SET in_use = 0"
USE = "UPDATE account SET in_use = 1 WHERE environment = ?"
REMOVE_ACCOUNT = "DELETE FROM account WHERE environment = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """One product environment; its secret is in the key store under `environment`.

    `upload_prefix` is the API's address where it is not Cloudinary's own; `cname` the delivery
    host where it is not the shared one.
    """

    environment: str
    api_key: str
    upload_prefix: str | None
    cname: str | None
    label: str
    in_use: bool = False


class Places:
    """Where masters live and where they go; thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def version(self) -> int:
        """A number that changes when another process has written to the ledger."""
        return self._writer.version()

    def libraries(self) -> tuple[LibraryRecord, ...]:
        """All libraries, in the order they were added."""
        with self._writer.reading() as connection:
            rows = connection.execute(LIBRARIES).fetchall()
        return tuple(
            LibraryRecord(id=LibraryId(row[0]), name=row[1], location=from_blob(row[2]))
            for row in rows
        )

    def add_library(self, library: LibraryRecord, *, at: datetime) -> None:
        """Remember a library."""
        values = (library.id, library.name, to_blob(library.location), at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(ADD_LIBRARY, values)

    def remove_library(self, library: LibraryId) -> None:
        """Forget a library; decisions about its assets stay."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_LIBRARY, (library,))

    def accounts(self) -> tuple[AccountRecord, ...]:
        """All product environments, in the order they were added."""
        with self._writer.reading() as connection:
            return tuple(_account(row) for row in connection.execute(ACCOUNTS))

    def put_account(self, account: AccountRecord, *, at: datetime) -> None:
        """Remember an environment or its new key, and use it from now on."""
        values = (
            account.environment,
            account.api_key,
            account.upload_prefix,
            account.cname,
            account.label,
            at.isoformat(),
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT_ACCOUNT, values)
            _use(connection, account.environment)

    def use_account(self, environment: str) -> None:
        """Switch to an environment."""
        with self._writer.atomic() as connection:
            _use(connection, environment)

    def remove_account(self, environment: str) -> None:
        """Forget an environment; what was delivered to it stays recorded."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_ACCOUNT, (environment,))


def _use(connection: sqlite3.Connection, environment: str) -> None:
    connection.execute(USE_NONE)
    connection.execute(USE, (environment,))


def _account(row: tuple[str, str, str | None, str | None, str, int]) -> AccountRecord:
    environment, api_key, upload_prefix, cname, label, in_use = row
    return AccountRecord(
        environment=environment,
        api_key=api_key,
        upload_prefix=upload_prefix,
        cname=cname,
        label=label,
        in_use=bool(in_use),
    )
