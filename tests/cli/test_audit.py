"""The audit trail at the terminal: listed, checked, written, taken note of."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.cli.conftest import CommandLine


def tamper(profile: Path, statement: str) -> None:
    with closing(sqlite3.connect(profile / "ledger.db", isolation_level=None)) as connection:
        for guard in ("audit_stays", "audit_is_final"):
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(statement)


def test_what_was_decided_is_listed_the_newest_first(command: CommandLine) -> None:
    command("approve", "tall_02.jpg", "--comment", "well lit")
    command("reject", "tall_02.jpg")
    told = command("audit", "list", "--json")
    assert [one["detail"]["approval"] for one in told.lines] == ["rejected", "approved"]
    for words, count in (
        (("tall_02.jpg",), 2),
        (("--search", "tall"), 2),
        (("--search", "no such thing"), 0),
        (("--kind", "push"), 0),
        (("--words", "WELL"), 1),
        (("--who", "nobody"), 0),
        (("--until", "2001-01-01"), 0),
        (("--limit", "1"), 1),
    ):
        assert len(command("audit", "list", *words, "--json").lines) == count, words
    assert "well lit" in command("audit", "list").out


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--since", "yesterday"),
        ("list", "--limit", "0"),
        ("export", "-o", "report.doc"),
        ("verify", "--against", "3:abc"),
        ("accept", "--reason", " "),
    ],
)
def test_what_cannot_be_understood_is_said_so(command: CommandLine, words: tuple[str, ...]) -> None:
    assert command("audit", *words).status == 2


def test_a_trail_that_is_whole_is_said_so_and_its_head_can_be_kept(command: CommandLine) -> None:
    command("approve", "tall_02.jpg")
    said = command("audit", "verify")
    assert said.status == 0
    head = said.out.split("Head: ")[1].strip()
    command("reject", "tall_02.jpg")
    assert command("audit", "verify", "--against", head).status == 0
    assert command("audit", "verify", "--against", f"1:{'0' * 64}").status == 1


def test_tampering_is_told_and_can_be_taken_note_of(command: CommandLine) -> None:
    command("approve", "tall_02.jpg")
    command("reject", "tall_02.jpg")
    tamper(command.profile, "UPDATE audit SET who = 'Somebody else' WHERE seq = 1")
    said = command("audit", "verify")
    assert said.status == 1
    assert "Entry 1 was altered" in said.err
    (told,) = command("audit", "verify", "--json").lines
    assert (told["sound"], told["findings"][0]["damage"]) == (False, "altered")
    assert command("doctor").status == 1
    assert command("audit", "accept", "--reason", "Restored from Monday's backup").status == 0
    again = command("audit", "verify")
    assert again.status == 0
    assert "known" in again.err
    assert "Monday" in command("audit", "list", "--kind", "acceptance").out


def test_a_report_is_written_in_three_forms_and_replaces_nothing_unasked(
    command: CommandLine, tmp_path: Path, qapp: QApplication
) -> None:
    command("approve", "tall_02.jpg", "--comment", "well lit")
    for form in ("csv", "json", "pdf"):
        target = tmp_path / f"report.{form}"
        assert command("audit", "export", "-o", str(target)).status == 0
        assert target.stat().st_size > 100
        command("request-changes", "tall_02.jpg")
        assert command("audit", "export", "-o", str(target)).status == 1
        assert command("audit", "export", "-o", str(target), "--replace").status == 0
    told = json.loads((tmp_path / "report.json").read_bytes())
    assert told["entries"][0]["detail"]["comment"] == "well lit"
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
