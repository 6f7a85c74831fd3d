"""`asset-bridge retractions`: what would be taken back, what was, and doing it."""

from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT
from tests.plain_http import plain

HERO = "spring/hero.jpg"


def test_what_may_not_be_delivered_any_more_is_shown_then_taken_back_then_on_record(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", HERO)
    with_account("push", HERO, "--wait")
    url = with_account.asset(HERO)["cloud"]["url"]
    assert with_account("retractions", "--json").lines == []
    with_account("reject", HERO)
    shown = with_account("retractions", "--dry-run", "--json")
    (step,) = shown.lines
    assert (shown.status, step["action"], step["reasons"]) == (0, "retract", ["rejected"])
    assert step["url"] == url
    assert plain.get(url).status_code == 200
    assert "(it was rejected)" in with_account("retractions", "--dry-run").out
    done = with_account("retractions")
    assert (done.status, done.err) == (0, "")
    assert plain.get(url).status_code == 401
    (record,) = with_account("retractions", "--record", "--json").lines
    assert (record["state"], record["name"]) == ("retracted", "hero.jpg")
    with_account("approve", HERO)
    assert with_account("retractions").status == 0
    assert plain.get(url).status_code == 200
    assert "restored" in with_account("retractions", "--record").out
    assert len(sandbox.stored(ACCOUNT.cloud_name)) == 1


def test_without_an_account_there_is_nothing_to_take_back(command: CommandLine) -> None:
    answer = command("retractions", "--dry-run")
    assert answer.status == 1
    assert "account" in answer.err
