"""What was decided of a content, as columns of a query, and as values made of them."""

import json
import sqlite3
from datetime import datetime

from bridge_app.domain.approvals import Approval, Stages
from bridge_app.domain.overrides import Override
from bridge_app.domain.reasons import LIFTABLE, Reason
from bridge_app.storage.recorded import newest_of

OVERALL = "{review}.transformation = '' AND {review}.stage = ''"
"""The row of `review` that says what was decided of a master as a whole."""
STAGES = """
    (SELECT json_group_array(json_array(s.stage, s.approval)) FROM ledger.review AS s
        WHERE s.sha256 = {content} AND s.transformation = '' AND s.stage <> '') AS stages
"""
OVERRIDES = """
    (SELECT json_group_array(json_array(o.asset, o.name, o.content, o.transformation,
            o.environment, o.who, o.role, o.reason, o.lifts, o.until, o.at))
        FROM (SELECT * FROM ledger.override WHERE content = {content} ORDER BY seq) AS o
    ) AS overrides
"""
REVIEWED = f"""
        {STAGES.format(content="a.content")}, {OVERRIDES.format(content="a.content")},
        coalesce(r.approval, 'draft') AS approval,
        (r.approval IS NULL OR r.approval = 'draft') AND EXISTS (
            SELECT 1 FROM ledger.decision AS d
            WHERE d.asset = a.id AND d.approval = 'approved' AND d.sha256 <> a.content
            AND d.transformation = ''
        ) AS lapsed
    FROM asset AS a LEFT JOIN ledger.review AS r
        ON r.sha256 = a.content AND {OVERALL.format(review="r")}
"""
NOTHING = "[]"


def stages_of(row: sqlite3.Row) -> Stages:
    """The newest decision in each stage of the review of a content."""
    told = row["stages"]
    if told == NOTHING:
        return ()
    return tuple((stage, Approval(approval)) for stage, approval in json.loads(told))


def overrides_of(row: sqlite3.Row) -> tuple[Override, ...]:
    """Who let a content pass, oldest first; `RECORDED` is asked for beside it."""
    told = row["overrides"]
    if told == NOTHING:
        return ()
    newest = newest_of(row)
    return tuple(_override(*one).as_recorded(newest) for one in json.loads(told))


def lifts_of(text: str) -> frozenset[Reason]:
    """The reasons that a record keeps in one text; what nobody may lift lifts nothing."""
    said = frozenset(text.split())
    return frozenset(reason for reason in LIFTABLE if reason.value in said)


def _override(*told: str) -> Override:
    asset, name, content, transformation, environment, who, role, reason, lifts, until, at = told
    return Override(
        asset=asset,
        name=name,
        content=content,
        transformation=transformation,
        environment=environment,
        who=who,
        role=role,
        reason=reason,
        lifts=lifts_of(lifts),
        until=datetime.fromisoformat(until) if until else None,
        at=at,
    )
