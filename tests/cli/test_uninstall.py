"""`doctor --uninstall-plan` shows what leaving means, `--uninstall` does it."""

from pathlib import Path

import pytest

from bridge_app.app.profile import sole_worker
from tests.cli.conftest import CommandLine


@pytest.fixture(autouse=True)
def _a_desktop_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_the_plan_says_what_goes_and_what_stays(command: CommandLine) -> None:
    command("library", "list")
    before = sorted(command.profile.rglob("*"))
    answer = command("doctor", "--uninstall-plan")
    goes, stays = answer.out.split("What stays:\n")

    assert answer.status == 0
    assert f"{command.profile}/catalog.db (" in goes
    assert "ledger.db" not in goes
    assert f"{command.profile}/ledger.db: it is what people said" in stays
    assert f"{command.masters}: a library" in stays
    assert sorted(command.profile.rglob("*")) == before

    [ledger] = [
        line
        for line in command("doctor", "--uninstall-plan", "--with-profile", "--json").lines
        if line["name"] == f"{command.profile}/ledger.db"
    ]
    assert (ledger["fate"], ledger["what"]) == ("goes", "profile")
    assert ledger["bytes"] == (command.profile / "ledger.db").stat().st_size


def test_uninstalling_asks_first_refuses_beside_a_window_and_then_does_it(
    command: CommandLine,
) -> None:
    masters = {path: path.read_bytes() for path in command.masters.rglob("*.jpg")}
    unasked = command("doctor", "--uninstall", "--with-profile")
    assert (unasked.status, "Nothing was removed" in unasked.err) == (1, True)
    with sole_worker(command.profile):
        assert command("doctor", "--uninstall", "--yes").status == 1
    assert (command.profile / "catalog.db").exists()

    assert command("doctor", "--uninstall", "--with-profile", "--yes").status == 0
    assert not command.profile.exists()
    assert {path: path.read_bytes() for path in command.masters.rglob("*.jpg")} == masters
