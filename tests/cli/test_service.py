"""The commands that stand alone: local rendering, the doctor, the sandbox, and no display."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bridge_app.cli.opening import has_display
from bridge_app.storage.ledger import backups
from tests.cli.conftest import CommandLine, in_a_process
from tests.plain_http import plain

RENDERED = ["output", "width", "height", "format", "bytes", "fidelity", "reasons"]
PING = "import cloudinary.api; print(cloudinary.api.ping()['status'])"


def test_a_file_is_rendered_here_and_its_fidelity_is_told(
    command: CommandLine, tmp_path: Path
) -> None:
    source, target = command.masters / "tall_02.jpg", tmp_path / "out.png"
    answer = command("transform", str(source), "c_fill,w_40,h_30", "-o", str(target), "--json")
    [facts] = answer.lines

    assert answer.status == 0
    assert list(facts) == RENDERED
    assert (facts["output"], facts["bytes"]) == (str(target), target.stat().st_size)
    assert (facts["width"], facts["height"], facts["format"]) == (40, 30, "png")
    assert (facts["fidelity"], facts["reasons"]) == ("exact", [])
    with Image.open(target) as made:
        assert (made.size, made.format) == ((40, 30), "PNG")


def test_what_cannot_be_exact_says_why(command: CommandLine, tmp_path: Path) -> None:
    source, target = command.masters / "tall_02.jpg", tmp_path / "out.jpg"
    [facts] = command(
        "transform", str(source), "c_fill,g_auto,w_40,h_30", "-o", str(target), "--json"
    ).lines

    assert facts["fidelity"] != "exact"
    assert facts["reasons"]
    spoken = command("transform", str(source), "c_fill,g_auto,w_40,h_30", "-o", str(target)).out
    assert all(reason in spoken for reason in facts["reasons"])


@pytest.mark.parametrize(
    ("file", "wanted"), [("tall_02.jpg", "c_fill,w_many"), ("none.jpg", "w_10")]
)
def test_what_cannot_be_rendered_is_said_and_nothing_is_written(
    command: CommandLine, tmp_path: Path, file: str, wanted: str
) -> None:
    target = tmp_path / "out.jpg"
    answer = command("transform", str(command.masters / file), wanted, "-o", str(target))

    assert answer.status in (1, 2)
    assert answer.err
    assert not target.exists()


def test_the_transformation_of_a_delivery_address_is_taken(
    command: CommandLine, tmp_path: Path
) -> None:
    source, target = command.masters / "tall_02.jpg", tmp_path / "out.png"
    url = "https://res.cloudinary.com/demo/image/upload/c_fill,w_40,h_30/v1/spring/hero.jpg"
    [facts] = command("transform", str(source), url, "-o", str(target), "--json").lines

    assert (facts["width"], facts["height"]) == (40, 30)


def test_a_word_that_may_be_misspelt_is_named_and_rendered_without(
    command: CommandLine, tmp_path: Path
) -> None:
    source, target = command.masters / "tall_02.jpg", tmp_path / "out.png"
    answer = command("transform", str(source), "w_40/e_seepia", "-o", str(target))

    assert answer.status == 0
    assert "character 8: “seepia” is not known here; near it: sepia" in answer.err
    assert target.exists()


def test_a_place_that_cannot_be_written_to_is_said(command: CommandLine, tmp_path: Path) -> None:
    source = command.masters / "tall_02.jpg"
    answer = command("transform", str(source), "w_10", "-o", str(tmp_path / "none" / "out.jpg"))

    assert answer.status == 1
    assert "out.jpg" in answer.err


def test_the_doctor_finds_a_sound_profile_sound(command: CommandLine) -> None:
    command("approve", "tall_02.jpg")
    answer = command("doctor")

    assert answer.status == 0, answer.out
    assert "TROUBLE" not in answer.out
    assert "The ledger is sound; 1 backups." in answer.out
    assert str(command.profile) in answer.out


def test_the_doctor_speaks_json(command: CommandLine) -> None:
    profile, *checks = command("doctor", "--json").lines
    assert profile["profile"] == str(command.profile)
    assert len(checks) == 4
    assert all(check["ok"] and check["text"] for check in checks[:2])


def test_the_doctor_has_nothing_to_say_of_a_new_profile(empty: CommandLine) -> None:
    answer = empty("doctor")

    assert answer.status == 0, answer.out
    assert "nothing was said yet" in answer.out


def test_a_bundle_takes_no_files_place_unasked(empty: CommandLine, tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_text("mine")
    answer = empty("doctor", "--bundle", str(there))
    assert answer.status == 2
    assert "there already" in answer.err
    assert there.read_text() == "mine"
    assert empty("doctor", "--bundle", str(there), "--replace").status == 0
    assert there.read_bytes()[:2] == b"PK"


def test_the_doctor_says_where_no_secret_can_be_kept(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASSET_BRIDGE_PASSPHRASE")
    answer = command("doctor")

    assert answer.status == 1
    assert "TROUBLE There is no keyring service here" in answer.out


def test_the_doctor_sees_that_a_decision_was_rewritten(command: CommandLine) -> None:
    for verdict in ("reject", "approve", "reject"):
        command(verdict, "tall_02.jpg")
    with closing(sqlite3.connect(command.profile / "ledger.db")) as ledger:
        ledger.execute("DROP TRIGGER decision_is_final")
        ledger.execute("UPDATE decision SET approval = 'approved' WHERE seq = 3")
        ledger.commit()
    answer = command("doctor")

    assert answer.status == 1
    assert "tampered with at entry 3." in answer.out


def damaged(ledger: Path) -> bytes:
    """Write over all that comes after the file's first page; returns what is there now."""
    content = ledger.read_bytes()
    ledger.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    return ledger.read_bytes()


def test_a_damaged_ledger_is_left_alone_until_its_backup_is_asked_for(
    command: CommandLine,
) -> None:
    ledger = command.profile / "ledger.db"
    command("approve", "tall_02.jpg")
    for backup in backups(ledger):
        backup.unlink()
    command("library", "list")
    rubbish = damaged(ledger)

    told = command("doctor")
    assert told.status == 1
    assert "damaged" in told.out
    assert "--restore-ledger" in told.out
    assert command("search", "--json").status == 1
    assert ledger.read_bytes() == rubbish

    assert command("doctor", "--restore-ledger").status == 0
    assert command.asset("tall_02.jpg")["approval"] == "approved"
    [aside] = command.profile.glob("ledger-damaged-*.db")
    assert aside.read_bytes() == rubbish
    assert command("doctor").status == 0


def test_a_sound_ledger_is_not_replaced(command: CommandLine) -> None:
    command("approve", "tall_02.jpg")
    answer = command("doctor", "--restore-ledger")

    assert (answer.status, answer.out) == (
        0,
        "The ledger is sound: there is nothing to restore.\n",
    )
    assert command.asset("tall_02.jpg")["approval"] == "approved"


def test_a_damaged_ledger_without_a_backup_is_said(command: CommandLine) -> None:
    ledger = command.profile / "ledger.db"
    for backup in backups(ledger):
        backup.unlink()
    rubbish = damaged(ledger)
    answer = command("doctor", "--restore-ledger")

    assert answer.status == 1
    assert "A backup of the ledger was not found" in answer.err
    assert ledger.read_bytes() == rubbish


def test_the_sandbox_serves_the_official_sdk_until_it_is_ended(tmp_path: Path) -> None:
    process = in_a_process("sandbox", ASSET_BRIDGE_HOME=str(tmp_path / "profile"))
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline()]
        while "CLOUDINARY_SECURE" not in lines[-1] and lines[-1]:
            lines.append(process.stdout.readline())
        address = lines[0].split()[1]
        [setting] = [line for line in lines if "CLOUDINARY_URL=" in line]
        pinged = subprocess.run(
            [sys.executable, "-c", PING],
            env={**os.environ, "CLOUDINARY_URL": setting.split("'")[1]},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert pinged.stdout == "ok\n", pinged.stderr
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
    finally:
        process.kill()
        process.communicate()

    assert (process.returncode, err) == (0, "")
    with pytest.raises(httpx.ConnectError):
        plain.get(address)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
@pytest.mark.parametrize(
    ("variables", "there"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_a_window_needs_a_display(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], there: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert has_display() is there
    said = "A display is there." if there else "There is no display"
    assert said in command("doctor").out
