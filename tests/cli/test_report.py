"""`asset-bridge report`: asked, written, kept, and fed with access logs, from the shell."""

import sqlite3
from pathlib import Path

from tests.cli.conftest import CommandLine
from tests.desk import picture


def test_reports_are_printed_as_text_csv_and_lines_of_json(command: CommandLine) -> None:
    told = command("report", "missing-metadata", "--json")
    assert {line["name"] for line in told.lines} == {"hero.jpg", "tall_02.jpg", "lapsed.jpg"}
    assert {line["requests"] for line in told.lines} == {None}
    head, *rows = command("report", "by-format", "--csv").out.splitlines()
    assert head.startswith("format,assets,bytes")
    assert len(rows) == 1
    text = command("report", "missing-metadata", "--limit", "1").out
    assert "tall_02.jpg" in text or "hero.jpg" in text or "lapsed.jpg" in text
    assert "More rows that are in an export only: 3" in text
    listed = command("report", "list", "--json").lines
    assert {"usage", "delivery", "near-duplicates"} <= {line["kind"] for line in listed}


def test_a_report_that_is_written_tells_where(command: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "bi" / "heavy.parquet"
    told = command("report", "heavy-originals", "--heavy", "1", "--parquet", str(target))
    assert (told.status, told.out.strip()) == (0, str(target))
    assert target.exists()
    folder = f"{tmp_path}/out/"
    assert (
        command("report", "duplicates", "--json", folder).out.strip().endswith("duplicates.jsonl")
    )
    assert command("report", "usage", "--parquet").status == 2


def test_a_saved_report_is_run_written_when_due_and_forgotten(
    command: CommandLine, tmp_path: Path
) -> None:
    words = ("report", "save", "Gaps", "missing-metadata")
    assert command(*words, "--every", "day").status == 2, "a schedule needs a folder"
    folder = tmp_path / "weekly"
    assert command(*words, "--every", "week", "--into", str(folder)).status == 0
    assert len(command("report", "run", "Gaps", "--json").lines) == 4
    assert "Gaps: written" in command("report", "write-due").out
    assert (folder / "Gaps.csv").exists()
    assert command("report", "write-due").out == ""
    assert command("report", "forget", "Gaps").status == 0
    assert command("report", "run", "Gaps").status == 1


def test_an_access_log_becomes_delivery_by_asset(with_account: CommandLine, tmp_path: Path) -> None:
    masters = tmp_path / "own"
    picture(masters / "a.jpg", 1)
    assert with_account("library", "add", str(masters)).status == 0
    assert with_account("approve", "a.jpg").status == 0
    assert with_account("push", "a.jpg", "--wait").status == 0
    (place,) = with_account("places", "a.jpg", "--json").lines
    log = tmp_path / "edge.csv"
    lines = ("date,url,bytes", f"2026-11-01,{place['place']},1200", "2026-11-01,/nobody.jpg,7")
    log.write_text("\n".join(lines) + "\n")
    told = with_account("report", "import-log", str(log), "--json").lines[0]
    assert (told["counted"], told["unknown"], told["lines"]) == (1, 1, 2)
    (row,) = with_account("report", "delivery", "--json").lines
    assert (row["usage_date"], row["requests"], row["bytes"]) == ("2026-11-01", 1, 1200)
    assert row["rights_status"] == "ok"
    (used,) = with_account("report", "most-used", "--json").lines
    assert (used["name"], used["requests"]) == ("a.jpg", 1)
    assert with_account("report", "usage", "--refresh", "--json").lines
    assert with_account("report", "trend", "--json").lines
    assert with_account("report", "forget-log", told["digest"]).status == 0
    assert with_account("report", "delivery", "--json").out == ""


def test_others_read_the_databases_by_views(command: CommandLine) -> None:
    script = command("report", "views").out
    catalog = sqlite3.connect(f"file:{command.profile}/catalog.db?mode=ro", uri=True)
    try:
        catalog.executescript(script)
        rows = catalog.execute("SELECT name, approval FROM bi_asset_approval").fetchall()
        assert len(rows) == 4
        assert {approval for _, approval in rows} == {"draft"}
        assert catalog.execute("SELECT count(*) FROM bi_asset_delivery").fetchone() == (0,)
        views = "SELECT name FROM {}.sqlite_master WHERE type = 'view' AND name LIKE 'bi_%'"
        for schema in ("main", "ledger"):
            for (name,) in catalog.execute(views.format(schema)).fetchall():
                every = f"SELECT * FROM {schema}.{name}"  # noqa: S608 - names of our own views
                catalog.execute(every).fetchall()
    finally:
        catalog.close()
