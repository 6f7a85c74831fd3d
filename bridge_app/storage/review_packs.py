"""Review packs in the ledger: what was handed out, and what of it came back and was recorded."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.audit import AuditEntry, AuditKind, Told
from bridge_app.domain.review_pack import Pack, Recorded, ReturnedLine, VerdictFile
from bridge_app.domain.review_pack_json import pack_from, pack_json
from bridge_app.storage import audit
from bridge_app.storage.database import Writer

ADD = "INSERT INTO review_pack (pack, told, who, at) VALUES (?, ?, ?, ?)"
ONE = "SELECT told FROM review_pack WHERE pack = ?"
VERDICTS = "SELECT item, given_at FROM review_pack_verdict WHERE pack = ? AND session = ?"
COMMENTS = "SELECT comment FROM review_pack_comment WHERE pack = ? AND session = ?"
CAME_BACK = "SELECT at FROM review_pack_return WHERE digest = ?"
ADD_RETURN = """
    INSERT INTO review_pack_return (digest, pack, reviewer, document, who, at)
    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING
"""
ADD_VERDICT = """
    INSERT INTO review_pack_verdict (pack, session, item, given_at, approval)
    VALUES (?, ?, ?, ?, ?)
"""
ADD_COMMENT = "INSERT INTO review_pack_comment (pack, session, comment) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A verdict file as it came: `digest` is the SHA-256 of its bytes in hex."""

    file: VerdictFile
    digest: str
    document: str


class ReviewPacks:
    """The record of packs; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(self, pack: Pack, *, at: datetime) -> None:
        """Remember a pack that is handed out."""
        told = json.dumps(pack_json(pack), separators=(",", ":"))
        with self._writer.atomic() as connection:
            connection.execute(ADD, (pack.id, told, pack.made_by, at.isoformat()))

    def one(self, pack: str) -> Pack | None:
        """The pack of this ID, if it was made here."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE, (pack,)).fetchone()
        return pack_from(json.loads(row[0])) if row else None

    def recorded(self, pack: str, session: str) -> Recorded:
        """What came back of a pack from one browser and is on record."""
        with self._writer.reading() as connection:
            verdicts = connection.execute(VERDICTS, (pack, session)).fetchall()
            comments = connection.execute(COMMENTS, (pack, session)).fetchall()
        return Recorded(
            verdicts=frozenset((item, at) for item, at in verdicts),
            comments=frozenset(row[0] for row in comments),
        )

    def came_back_at(self, digest: str) -> datetime | None:
        """When exactly this file was imported for the first time."""
        with self._writer.reading() as connection:
            row = connection.execute(CAME_BACK, (digest,)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    @contextmanager
    def recording(self, back: CameBack, *, who: str, at: datetime) -> Iterator["Recording"]:
        """One transaction: what is decided and said inside it is on disk with it, or not at all."""
        with self._writer.atomic() as connection:
            recording = Recording(back.file)
            yield recording
            told = (back.digest, back.file.pack, back.file.reviewer, back.document)
            connection.execute(ADD_RETURN, (*told, who, at.isoformat()))
            connection.executemany(ADD_VERDICT, recording.verdicts)
            connection.executemany(ADD_COMMENT, recording.comments)
            detail: dict[str, Told] = {
                "pack": back.file.pack,
                "file": back.digest,
                "reviewer": back.file.reviewer,
                "verdicts": len(recording.verdicts),
                "comments": len(recording.comments),
            }
            entry = AuditEntry(
                at=at.isoformat(), kind=AuditKind.PACK_IMPORTED, who=who, detail=detail
            )
            audit.entry(connection, entry)


class Recording:
    """Collects what is being recorded of a file."""

    def __init__(self, file: VerdictFile) -> None:
        self._names = (file.pack, file.session)
        self.verdicts: list[tuple[str, str, str, int, str]] = []
        self.comments: list[tuple[str, str, str]] = []

    def add(self, line: ReturnedLine) -> None:
        """Everything that is new in a line is being recorded."""
        said = line.verdict
        if line.approval is not None:
            self.verdicts.append((*self._names, said.key, said.given_at, line.approval.value))
        self.comments += [(*self._names, one.id) for one in line.comments]
