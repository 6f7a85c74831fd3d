"""How far each large upload has come, so that another run goes on where the last one ended."""

from dataclasses import dataclass
from datetime import datetime

from bridge_app.storage.database import Writer

FIND = """
    SELECT upload_id, part_bytes, sent FROM upload WHERE environment = ? AND identity = ?
"""
PUT = """
    INSERT INTO upload (environment, identity, upload_id, sha256, part_bytes, sent, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (environment, identity) DO UPDATE SET upload_id = excluded.upload_id,
        part_bytes = excluded.part_bytes, sent = excluded.sent, updated_at = excluded.updated_at
"""
FORGET = "DELETE FROM upload WHERE environment = ? AND identity = ?"
FORGET_CONTENT = "DELETE FROM upload WHERE environment = ? AND sha256 = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadKey:
    """Which upload: the product environment, a digest of all it says and carries, its content."""

    environment: str
    identity: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadState:
    """How the service knows an upload, and how many bytes of it were acknowledged."""

    upload_id: str
    part_bytes: int
    sent: int = 0


class UnfinishedUploads:
    """The upload table; thread-safe. Every change is on disk when the call returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def find(self, key: UploadKey) -> UploadState | None:
        """How far this upload has come; None if it was never begun."""
        with self._writer.reading() as connection:
            row = connection.execute(FIND, (key.environment, key.identity)).fetchone()
        return (
            None if row is None else UploadState(upload_id=row[0], part_bytes=row[1], sent=row[2])
        )

    def put(self, key: UploadKey, state: UploadState, *, at: datetime) -> None:
        """The service has acknowledged this much."""
        values = (
            key.environment,
            key.identity,
            state.upload_id,
            key.sha256,
            state.part_bytes,
            state.sent,
            at.isoformat(),
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT, values)

    def forget(self, key: UploadKey) -> None:
        """It has to begin anew."""
        with self._writer.atomic() as connection:
            connection.execute(FORGET, (key.environment, key.identity))
