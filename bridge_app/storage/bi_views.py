"""How others read the databases together: both have views, and these join them.

A view kept in one file cannot name another one, so these are made for the reader's session.
"""

from pathlib import Path

SCRIPT = """\
-- Open the catalog for reading only:  sqlite3 'file:{catalog}?mode=ro'
ATTACH 'file:{ledger}?mode=ro' AS ledger;
CREATE TEMP VIEW bi_asset_approval AS
    SELECT a.*, coalesce(v.approval, 'draft') AS approval
    FROM main.bi_assets AS a LEFT JOIN ledger.bi_approvals AS v ON v.content = a.content;
CREATE TEMP VIEW bi_asset_delivery AS
    SELECT t.*, c.asset
    FROM ledger.bi_delivery AS t LEFT JOIN (
        SELECT cloud_name, public_id, resource_type, min(asset) AS asset
        FROM ledger.bi_copies GROUP BY cloud_name, public_id, resource_type
    ) AS c ON c.cloud_name = t.cloud_name AND c.public_id = t.public_id
        AND c.resource_type = t.resource_type;
"""
"""Documented in docs/insights.md."""


def script(catalog: Path, ledger: Path) -> str:
    """The statements for these files."""
    return SCRIPT.format(catalog=_quoted(catalog), ledger=_quoted(ledger))


def _quoted(path: Path) -> str:
    """As an address inside quotation marks."""
    return path.absolute().as_uri().removeprefix("file:").replace("'", "''")
