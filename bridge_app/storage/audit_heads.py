"""How far the audit trail goes, kept beside it: in a table of its own, and in a file.

Whoever cuts the trail's end off has to change both as well.
"""

import json
import logging
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.approvals import NO_PREVIOUS
from bridge_app.domain.audit import Head
from bridge_app.domain.errors import BridgeError
from bridge_app.storage.database import storage_errors

if TYPE_CHECKING:
    from bridge_app.domain.audit_check import Heads

logger = logging.getLogger(__name__)

NAME = "audit-head.json"
HEAD = "SELECT count, digest FROM audit_head"
FILED = "SELECT filed FROM audit_head"
SET_FILED = "UPDATE audit_head SET filed = 1"
AT = "SELECT digest FROM audit WHERE seq = ?"


class HeadFile:
    """The file beside the ledger. It follows the trail after every transaction.

    Where it does not fit the trail it is left alone, for it shows what is missing.
    """

    def __init__(self, ledger: Path) -> None:
        self.path = ledger.with_name(NAME)
        self._written: Head | None = None

    def follow(self, connection: sqlite3.Connection) -> None:
        """Keep the head as it is now. Trouble is logged: the next transaction tries again."""
        try:
            head = table_head(connection)
            if head is not None and head != self._written and self._fits(connection, head):
                self._write(head)
        except (BridgeError, sqlite3.DatabaseError) as error:
            # What was to be done is done. That a table is gone, the check tells.
            logger.warning("the head of the audit trail was not kept: %s", error)

    def begin_again(self, connection: sqlite3.Connection) -> None:
        """Keep the head as it is now, whatever was kept before. Raises BridgeError."""
        head = table_head(connection)
        if head is not None:
            self._write(head)
            connection.execute(SET_FILED)

    def is_new(self, connection: sqlite3.Connection) -> bool:
        """Is it there, and was never expected to be?"""
        try:
            return not is_filed(connection) and self.read() is not None
        except sqlite3.DatabaseError:
            return False

    def expect(self, connection: sqlite3.Connection) -> None:
        """From now on the file has to be there."""
        connection.execute(SET_FILED)

    def read(self) -> Head | None:
        """What is kept; None if there is nothing that could be read."""
        try:
            told = json.loads(self.path.read_bytes())
            head = Head(count=int(told["entries"]), digest=str(told["digest"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return head

    def heads(
        self, connection: sqlite3.Connection, file: Head | None, elsewhere: Head | None
    ) -> "Heads":
        """All that says how far the trail has to go."""
        # As in `AuditTrail.check`.
        from bridge_app.domain.audit_check import Heads  # noqa: PLC0415

        return Heads(
            table=table_head(connection),
            file=file,
            file_expected=is_filed(connection),
            elsewhere=elsewhere,
        )

    def _fits(self, connection: sqlite3.Connection, head: Head) -> bool:
        kept = self.read()
        if kept is None:
            return not is_filed(connection)
        if kept.count == 0:
            return kept.digest == NO_PREVIOUS
        row = connection.execute(AT, (kept.count,)).fetchone()
        return kept.count <= head.count and row is not None and row[0] == kept.digest

    def _write(self, head: Head) -> None:
        with storage_errors(self.path):
            # Others may be writing too: each has a draft of its own.
            fresh = self.path.with_suffix(f".{os.getpid()}-{id(self):x}.part")
            with fresh.open("w", encoding="utf-8") as file:
                json.dump({"entries": head.count, "digest": head.digest}, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        self._written = head


def table_head(connection: sqlite3.Connection) -> Head | None:
    """What the ledger itself keeps; None if it is lost, or nothing that could be a head."""
    row = connection.execute(HEAD).fetchone()
    if row is None or not isinstance(row[0], int):
        return None
    return Head(count=row[0], digest=str(row[1]))


def is_filed(connection: sqlite3.Connection) -> bool:
    """Was there a file once?"""
    row = connection.execute(FILED).fetchone()
    return row is not None and bool(row[0])
