"""100,000 assets: a keystroke to the first 200 rows, against the same SQL by hand."""

import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.query import Query, fold
from bridge_app.storage.catalog import Catalog, SeenFile, asset_id
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.search import CatalogReader

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

ASSETS = 100_000
SMALL = 100
ROWS = 200
AT_MOST = 2.0
ROUNDS = 5
NOW = datetime(2026, 11, 21, tzinfo=UTC)
WORDS = ("hero", "dune", "fjord", "aurora", "Événement", "Straße", "backpack", "東京の夜", "flask")
TYPED = (
    "h",
    "he",
    "her",
    "hero",
    "hero_",
    "_02",
    "ver1.1",
    "evenement",
    "strasse",
    "京の",
    "dune 77",
)
BY_HAND = """
    SELECT a.*, coalesce(r.approval, 'draft') FROM asset AS a
    LEFT JOIN ledger.review AS r ON r.sha256 = a.sha256
    WHERE {where} ORDER BY a.name_key, a.id LIMIT 200
"""
COUNT_BY_HAND = "SELECT count(*) FROM asset AS a WHERE {where}"


def filled(folder: Path, size: int) -> Catalog:
    """A catalog of so many assets, a third of them reviewed."""
    folder.mkdir()
    ledger = open_ledger(folder / "ledger.db")
    catalog = Catalog.open(folder / "catalog.db", ledger=folder / "ledger.db")
    rng = random.Random(7)  # noqa: S311 - the same catalog each time
    assets = [made(number, rng) for number in range(size)]
    for start in range(0, size, 1000):
        catalog.put(
            [
                SeenFile(asset=asset, modified_ns=start, file_key=asset.id)
                for asset in assets[start : start + 1000]
            ]
        )
    Decisions(ledger).add(assets[::3], Approval.APPROVED, comment="", who="bench", at=NOW)
    ledger.close()
    return catalog


def made(number: int, rng: random.Random) -> Asset:
    word, other = rng.choice(WORDS), rng.choice(WORDS)
    name = f"{word}_{number % 100:02}_ver{number % 7}.{number % 3}.jpg"
    return Asset(
        id=AssetId(asset_id(LibraryId("bench"), f"{number}/{name}")),
        library=LibraryId("bench"),
        path=f"{number}/{name}",
        name=name,
        folder=str(number),
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=number,
        modified_at=NOW.isoformat(),
        sha256=f"{number:064}",
        title=f"{word} at {other} {number}",
        caption=f"A quiet picture of a {word}, seen from the {other}.",
        keywords=(word, other, "campaign"),
        creator="Studio North",
        rating=number % 6,
    )


def by_hand(connection: sqlite3.Connection, typed: str) -> None:
    """What somebody would write who wants just these rows."""
    clauses, values = [], []
    for term in fold(typed).split():
        if len(term) < 3:
            clauses.append("a.rowid IN (SELECT rowid FROM found_by WHERE instr(folded, ?))")
            values.append(term)
        else:
            clauses.append("a.rowid IN (SELECT rowid FROM asset_text WHERE asset_text MATCH ?)")
            values.append(f'"{term}"')
    where = " AND ".join(clauses)
    connection.execute(COUNT_BY_HAND.format(where=where), values).fetchall()
    connection.execute(BY_HAND.format(where=where), values).fetchall()


def ours(reader: CatalogReader, typed: str) -> None:
    reader.count(Query(text=typed), now=NOW)
    reader.page(Query(text=typed), offset=0, limit=ROWS, now=NOW)


def p95_ms(work: Callable[[str], None]) -> float:
    took = []
    for _ in range(ROUNDS):
        for typed in TYPED:
            began = time.perf_counter()
            work(typed)
            took.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(took, n=20)[-1]


def test_a_keystroke_costs_little_more_than_its_sql(tmp_path: Path) -> None:
    large = filled(tmp_path / "large", ASSETS)
    small = filled(tmp_path / "small", SMALL)
    reader, few = large.reader(), small.reader()
    connection = sqlite3.connect(tmp_path / "large" / "catalog.db")
    connection.execute("ATTACH DATABASE ? AS ledger", (str(tmp_path / "large" / "ledger.db"),))
    pairs = [
        (
            p95_ms(lambda typed: ours(reader, typed)),
            p95_ms(lambda typed: by_hand(connection, typed)),
        )
        for _ in range(3)
    ]
    ratio = statistics.median(mine / floor for mine, floor in pairs)
    figures = {
        "assets": ASSETS,
        "ours_p95_ms": [round(mine, 1) for mine, _ in pairs],
        "by_hand_p95_ms": [round(floor, 1) for _, floor in pairs],
        "ratio": round(ratio, 2),
        "ours_p95_ms_on_100_assets": round(p95_ms(lambda typed: ours(few, typed)), 2),
    }
    sys.stdout.write("\n" + json.dumps(figures) + "\n")
    for closing in (reader, few, connection, large, small):
        closing.close()
    assert ratio <= AT_MOST
