"""What files say of their approval: as the catalog read it last, and what nobody has answered."""

import json
import sqlite3
from collections.abc import Collection, Mapping
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
KNOWN = "SELECT asset, said, answered FROM file_approval"
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


def saying_something(connection: sqlite3.Connection) -> dict[AssetId, tuple[Record, Approval]]:
    """Asked of a `CatalogReader`: the records of local masters that may speak of an approval.

    With the state of their review.
    """
    rows = connection.execute(SAYING, (json.dumps(LABELS),))
    return {AssetId(row[0]): (standard_record(_record(row[1])), Approval(row[2])) for row in rows}


def _record(text: str) -> dict[str, FieldValue]:
    said: dict[str, Any] = json.loads(text)
    return {key: tuple(one) if isinstance(one, list) else one for key, one in said.items()}


class FileApprovals:
    """What was read of files, and when; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def speaking(self) -> list[AssetId]:
        """The masters that said a state when they were read last."""
        with self._writer.reading() as connection:
            return [AssetId(row[0]) for row in connection.execute(KNOWN) if row[1]]

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
        here: Collection[AssetId],
        at: datetime,
    ) -> None:
        """These are all files that say a state; what is new counts as said after all decisions.

        Of those that `agreed` the same is decided: that is an answer. Those that said a state and
        are `here` without one say none any more; of others nobody knows.
        """
        told = {asset: state.value for asset, state in said.items()}
        with self._writer.reading() as connection:
            rows = connection.execute(KNOWN).fetchall()
        known = {AssetId(asset): str(words) for asset, words, _ in rows}
        answered = {AssetId(asset) for asset, _, is_answered in rows if is_answered}
        silent = {asset: "" for asset in here if known.get(asset) and asset not in told}
        news = [
            (asset, words, False, at.isoformat())
            for asset, words in (told | silent).items()
            if known.get(asset) != words
        ]
        fresh = {asset for asset, *_ in news}
        settled = [asset for asset in agreed if asset in fresh or asset not in answered]
        if news or settled:
            with self._writer.atomic() as connection:
                connection.executemany(PUT, news)
                connection.execute(ANSWERED, (json.dumps(settled),))

    def unanswered(self) -> dict[AssetId, Approval]:
        """What files say, and nobody has decided about the master since."""
        with self._writer.reading() as connection:
            rows = connection.execute(UNANSWERED).fetchall()
        return {AssetId(row[0]): Approval(row[1]) for row in rows}
