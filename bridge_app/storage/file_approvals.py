"""What files say of their approval: as the catalog read it last, and what nobody has answered."""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import Record
from bridge_app.domain.master_sheet import standard_record
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.shelter_approval import APPROVAL_KEYWORD
from bridge_app.storage.database import Writer
from bridge_app.storage.standing import CARRIED_BY

LABELS = tuple(one.value.replace("_", "") for one in Approval)
"""Without what does not count in a label: see `state_named`."""
LABEL = """
    replace(replace(replace(lower(json_extract(r.record, '$.label')), ' ', ''), '_', ''), '-', '')
"""
SAYING = f"""
    SELECT r.asset, r.record, coalesce(v.approval, '{Approval.DRAFT}')
    FROM asset_record AS r JOIN asset AS a ON a.id = r.asset
    LEFT JOIN review AS v ON v.sha256 = a.content AND v.transformation = '' AND v.stage = ''
    WHERE a.library NOT LIKE 'cloud:%' AND a.library NOT LIKE 'shelter:%' AND (
        json_extract(r.record, '$.rating') < 0
        OR lower(r.record) LIKE '%{APPROVAL_KEYWORD.removesuffix(":")}%:%'
        OR {LABEL} IN (SELECT value FROM json_each(?))
    )
"""
KNOWN = "SELECT asset, said, answered, at FROM file_approval"
PUT = """
    INSERT INTO file_approval (asset, said, since, answered, at)
    VALUES (?, ?, (SELECT ifnull(max(seq), 0) FROM decision), ?, ?)
    ON CONFLICT (asset) DO UPDATE SET
        said = excluded.said, since = excluded.since, answered = excluded.answered, at = excluded.at
"""
ANSWERED = """
    UPDATE file_approval SET answered = 1
    WHERE answered = 0 AND asset IN (SELECT value FROM json_each(?))
"""
UNANSWERED = f"""
    SELECT f.asset, f.said FROM file_approval AS f
    WHERE f.said <> '' AND f.answered = 0 AND NOT EXISTS (
        SELECT 1 FROM decision AS d
        WHERE d.asset = f.asset AND d.transformation = '' AND d.seq > f.since
            AND d.who <> '{CARRIED_BY}'
    )
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What a file `said` when it was read last, whether that `is_answered`, and since when."""

    said: str
    is_answered: bool
    at: str


def saying_something(connection: sqlite3.Connection) -> dict[AssetId, tuple[Record, Approval]]:
    """Asked of a `CatalogReader`: the records of local masters that may speak of an approval.

    With the state of their review.
    """
    rows = connection.execute(SAYING, (json.dumps(LABELS),))
    return {AssetId(row[0]): (standard_record(_record(row[1])), Approval(row[2])) for row in rows}


def _record(text: str) -> dict[str, FieldValue]:
    said: dict[str, Any] = json.loads(text)
    return {key: tuple(one) if isinstance(one, list) else one for key, one in said.items()}


def _known(connection: sqlite3.Connection) -> dict[AssetId, Known]:
    rows = connection.execute(KNOWN)
    return {AssetId(asset): Known(said, bool(answered), at) for asset, said, answered, at in rows}


class FileApprovals:
    """What was read of files, and when; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def known(self) -> dict[AssetId, Known]:
        """What masters said when they were read last."""
        with self._writer.reading() as connection:
            return _known(connection)

    def let_say(self, asset: AssetId, approval: Approval, *, at: datetime) -> None:
        """A file is to say what was decided here: that asks for no answer, whoever copies it."""
        said = "" if approval is Approval.DRAFT else approval.value
        with self._writer.atomic() as connection:
            connection.execute(PUT, (asset, said, True, at.isoformat()))

    def take(
        self,
        said: Mapping[AssetId, Approval],
        agreed: Collection[AssetId],
        *,
        known: Mapping[AssetId, Known],
        here: Collection[AssetId],
        at: datetime,
    ) -> None:
        """These are all files that say a state; what is new counts as said after all decisions.

        Of those that `agreed` the same is decided: that is an answer. Those that said a state and
        are `here` without one say none any more; of others nobody knows. What was kept of a file
        after `known` was asked is newer than what it was read to say, and stays.
        """
        told = {asset: state.value for asset, state in said.items()}
        silent = {asset: "" for asset in here if asset in known and asset not in told}
        changed = {
            asset: words
            for asset, words in (told | silent).items()
            if (known[asset].said if asset in known else None) != words
        }
        settled = [one for one in agreed if one in changed or not known[one].is_answered]
        if not changed and not settled:
            return
        with self._writer.atomic() as connection:
            now = _known(connection)
            newer = {one for one in now if now[one] != known.get(one)}
            news = [
                (asset, words, False, at.isoformat())
                for asset, words in changed.items()
                if asset not in newer
            ]
            connection.executemany(PUT, news)
            answers = [one for one in settled if one not in newer]
            connection.execute(ANSWERED, (json.dumps(answers),))

    def unanswered(self) -> dict[AssetId, Approval]:
        """What files say, and nobody has decided about the master since."""
        with self._writer.reading() as connection:
            rows = connection.execute(UNANSWERED).fetchall()
        return {AssetId(row[0]): Approval(row[1]) for row in rows}
