"""Accounts of PhotoShelter-style services as the ledger remembers them, without their secrets.

Besides: which of their containers are kept for offline, and which are marked as intake.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bridge_app.domain.assets import LibraryKind, LibraryRecord
from bridge_app.domain.shelter import shelter_library
from bridge_app.storage.database import Writer

RECORDS = """
    SELECT account, name, base_url, organization, organization_id, email, write_back
    FROM shelter ORDER BY added_at, account
"""
PUT = """
    INSERT INTO shelter (account, name, base_url, organization, organization_id, email,
        write_back, added_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account) DO UPDATE SET name = excluded.name, base_url = excluded.base_url,
        organization = excluded.organization, organization_id = excluded.organization_id,
        email = excluded.email
"""
NAME = "UPDATE shelter SET name = ? WHERE account = ?"
SET_WRITE_BACK = "UPDATE shelter SET write_back = ? WHERE account = ?"
REMOVE = (
    "DELETE FROM shelter WHERE account = ?",
    "DELETE FROM shelter_kept WHERE account = ?",
    "DELETE FROM shelter_intake WHERE account = ?",
)
KEPT = "SELECT container, originals FROM shelter_kept WHERE account = ? ORDER BY at, container"
KEEP = """
    INSERT INTO shelter_kept (account, container, originals, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (account, container) DO UPDATE SET originals = excluded.originals
"""
LET_GO = "DELETE FROM shelter_kept WHERE account = ? AND container = ?"
INTAKES = "SELECT container FROM shelter_intake WHERE account = ?"
ADD_INTAKE = "INSERT OR IGNORE INTO shelter_intake (account, container, at) VALUES (?, ?, ?)"
REMOVE_INTAKE = "DELETE FROM shelter_intake WHERE account = ? AND container = ?"


class WriteBackMode(StrEnum):
    """How published renditions are recorded at the service. Source: photoshelter.md, 11."""

    MANIFEST = "manifest"
    FILE = "file"
    LINK = "link"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterRecord:
    """One account: its library is `photoshelter:<account>`; its credentials are elsewhere."""

    account: str
    name: str
    base_url: str
    organization: str
    organization_id: str
    email: str
    write_back: WriteBackMode = WriteBackMode.MANIFEST

    @property
    def library(self) -> LibraryRecord:
        """The same as one of the libraries."""
        return LibraryRecord(
            id=shelter_library(self.account),
            name=self.name,
            location=self.base_url,
            kind=LibraryKind.PHOTOSHELTER,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptContainer:
    """A container whose pictures are fetched ahead; "" is the whole library."""

    container: str
    originals: bool


class Shelters:
    """Thread-safe; what is changed is on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def records(self) -> tuple[ShelterRecord, ...]:
        """All accounts, in the order they were added."""
        with self._writer.reading() as connection:
            rows = connection.execute(RECORDS).fetchall()
        return tuple(
            ShelterRecord(
                account=row[0],
                name=row[1],
                base_url=row[2],
                organization=row[3],
                organization_id=row[4],
                email=row[5],
                write_back=WriteBackMode(row[6]),
            )
            for row in rows
        )

    def put(self, record: ShelterRecord, *, at: datetime) -> None:
        """Remember an account; one that is known keeps its place and its way of writing back."""
        values = (
            record.account,
            record.name,
            record.base_url,
            record.organization,
            record.organization_id,
            record.email,
            record.write_back.value,
            at.isoformat(),
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT, values)

    def rename(self, account: str, name: str) -> None:
        """Call a library so."""
        with self._writer.atomic() as connection:
            connection.execute(NAME, (name, account))

    def set_write_back(self, account: str, mode: WriteBackMode) -> None:
        """Record published renditions in this way from now on."""
        with self._writer.atomic() as connection:
            connection.execute(SET_WRITE_BACK, (mode.value, account))

    def remove(self, account: str) -> None:
        """Forget an account; decisions about its assets stay."""
        with self._writer.atomic() as connection:
            for statement in REMOVE:
                connection.execute(statement, (account,))

    def kept(self, account: str) -> tuple[KeptContainer, ...]:
        """What is kept for offline, in the order it was asked for."""
        with self._writer.reading() as connection:
            rows = connection.execute(KEPT, (account,)).fetchall()
        return tuple(KeptContainer(container=row[0], originals=bool(row[1])) for row in rows)

    def keep(self, account: str, kept: KeptContainer, *, at: datetime) -> None:
        """Keep a container for offline from now on."""
        values = (account, kept.container, int(kept.originals), at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(KEEP, values)

    def let_go(self, account: str, container: str) -> None:
        """Keep it no longer."""
        with self._writer.atomic() as connection:
            connection.execute(LET_GO, (account, container))

    def intakes(self, account: str) -> frozenset[str]:
        """The containers whose new items go to the review queue."""
        with self._writer.reading() as connection:
            rows = connection.execute(INTAKES, (account,)).fetchall()
        return frozenset(row[0] for row in rows)

    def set_intake(self, account: str, container: str, *, on: bool, at: datetime) -> None:
        """Mark a container as intake, or take the mark away."""
        with self._writer.atomic() as connection:
            if on:
                connection.execute(ADD_INTAKE, (account, container, at.isoformat()))
            else:
                connection.execute(REMOVE_INTAKE, (account, container))
