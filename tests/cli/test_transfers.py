"""Accounts, pushes and jobs on the command line, against the sandbox over HTTP."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine, in_a_process
from tests.desk import ACCOUNT

JOB_FIELDS = ["id", "kind", "asset", "state", "attempts", "progress", "waiting_for", "error"]
STEP_FIELDS = [
    "asset",
    "name",
    "action",
    "bytes",
    "public_id",
    "like",
    "by_reference",
    "reasons",
    "fields",
    "limits",
    "eager",
]
WRONG = replace(ACCOUNT, api_secret="rotated-away")


def test_an_account_is_added_from_the_environment_and_listed_without_its_secret(
    with_account: CommandLine,
) -> None:
    answer = with_account("account", "list", "--json")

    (listed,) = answer.lines
    assert (listed["environment"], listed["api_key"]) == (ACCOUNT.cloud_name, ACCOUNT.api_key)
    assert listed["in_use"]
    assert ACCOUNT.api_secret not in answer.out + with_account("account", "list").out


def test_a_url_as_an_argument_is_refused_and_not_repeated(
    empty: CommandLine, sandbox: Sandbox
) -> None:
    answer = empty("account", "add", sandbox.cloudinary_url(ACCOUNT))

    assert answer.status == 2
    assert "CLOUDINARY_URL" in answer.err
    assert ACCOUNT.api_secret not in answer.out + answer.err
    assert empty("account", "list", "--json").out == ""


def test_a_key_that_the_service_refuses_is_not_kept(
    empty: CommandLine, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUDINARY_URL", sandbox.cloudinary_url(WRONG))
    answer = empty("account", "add")

    assert answer.status == 1
    assert "does not accept the key" in answer.err
    assert WRONG.api_secret not in answer.out + answer.err
    assert empty("account", "list", "--json").out == ""
    assert not (empty.profile / "secrets.sealed").exists()


def test_a_url_that_is_none_ends_with_2_and_is_not_repeated(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUDINARY_URL", "https://key:very-secret-text@studio")
    answer = empty("account", "add")

    assert answer.status == 2
    assert "cloudinary://API_KEY:API_SECRET@CLOUD_NAME" in answer.err
    assert "very-secret-text" not in answer.err


def test_without_a_place_for_the_secret_nothing_is_kept(
    empty: CommandLine, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUDINARY_URL", sandbox.cloudinary_url(ACCOUNT))
    monkeypatch.delenv("ASSET_BRIDGE_PASSPHRASE")
    answer = empty("account", "add")

    assert answer.status == 1
    assert "There is no keyring service here" in answer.err
    assert empty("account", "list", "--json").out == ""


def test_an_account_is_removed_with_its_secret(with_account: CommandLine) -> None:
    assert with_account("account", "use", "nobody").status == 1
    assert with_account("account", "use", ACCOUNT.cloud_name).status == 0
    assert with_account("account", "remove", ACCOUNT.cloud_name).status == 0
    assert with_account("account", "list", "--json").out == ""
    with_account("approve", "tall_02.jpg")
    assert with_account("push", "tall_02.jpg", "--wait").status == 1


def test_without_an_account_a_push_says_how_to_add_one(command: CommandLine) -> None:
    answer = command("push", "tall_02.jpg")

    assert answer.status == 1
    assert "asset-bridge account add" in answer.err


def test_a_dry_run_prints_the_plan_and_sends_nothing(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "spring/hero.jpg")
    answer = with_account(
        "push", "spring/hero.jpg", "--dry-run", "--wait", "--json", "--folder", "print"
    )
    [step] = answer.lines

    assert answer.status == 0
    assert list(step) == STEP_FIELDS
    assert (step["action"], step["reasons"], step["like"]) == ("new", [], None)
    assert step["asset"] == with_account.asset("spring/hero.jpg")["id"]
    assert sandbox.stored(ACCOUNT.cloud_name) == []
    assert with_account("jobs", "--json").out == ""


def test_a_dry_run_with_something_refused_ends_with_3(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "tall_02.jpg", "lapsed.jpg")
    answer = with_account(
        "push", "tall_02.jpg", "lapsed.jpg", "spring/hero.jpg", "--dry-run", "--json"
    )
    actions = {step["name"]: (step["action"], bool(step["reasons"])) for step in answer.lines}

    assert answer.status == 3
    assert actions == {
        "tall_02.jpg": ("new", False),
        "lapsed.jpg": ("refused", True),
        "hero.jpg": ("refused", True),
    }
    assert sandbox.stored(ACCOUNT.cloud_name) == []


def test_people_read_the_plan_with_its_totals(with_account: CommandLine) -> None:
    with_account("approve", "tall_02.jpg")
    size = with_account.asset("tall_02.jpg")["bytes"]
    answer = with_account("push", "tall_02.jpg", "lapsed.jpg", "--dry-run")

    assert answer.status == 3
    total = answer.out.splitlines()[-1]
    assert total.startswith(f"1 of 2 would be sent to {ACCOUNT.cloud_name}: {size} bytes")


def test_a_push_that_waits_delivers_and_is_told_of(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "spring/hero.jpg", "autumn/hero.jpg")
    answer = with_account(
        "push", "--approved", "--wait", "--json", "--folder", "print", "--tag", "summer"
    )
    jobs = answer.lines[2:]

    assert answer.status == 0
    assert [list(job) for job in jobs] == [JOB_FIELDS, JOB_FIELDS]
    assert {(job["kind"], job["state"], job["error"]) for job in jobs} == {("push", "done", None)}
    assert all(job["progress"]["done"] == job["progress"]["total"] > 0 for job in jobs)
    stored = sandbox.stored(ACCOUNT.cloud_name)
    wanted = [with_account.asset(f"{season}/hero.jpg") for season in ("spring", "autumn")]
    assert {one.sha256 for one in stored} == {asset["sha256"] for asset in wanted}
    assert {one.public_id for one in stored} == {asset["cloud"]["public_id"] for asset in wanted}
    for asset in wanted:
        assert list(asset["cloud"]) == ["public_id", "version", "url", "environment"]
        assert asset["cloud"]["environment"] == ACCOUNT.cloud_name
        assert asset["cloud"]["url"].startswith("http")


def test_what_is_there_already_is_not_sent_again(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "tall_02.jpg")
    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    again = with_account("push", "tall_02.jpg", "--wait", "--json")

    assert again.status == 0
    assert [line["action"] for line in again.lines if "action" in line] == ["same_content"]
    assert [one.uploads for one in sandbox.stored(ACCOUNT.cloud_name)] == [1]


def test_the_rest_is_sent_when_the_gate_refuses_some_and_the_status_says_so(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "tall_02.jpg", "lapsed.jpg")
    answer = with_account("push", "tall_02.jpg", "lapsed.jpg", "--wait")

    assert answer.status == 3
    [stored] = sandbox.stored(ACCOUNT.cloud_name)
    assert stored.sha256 == with_account.asset("tall_02.jpg")["sha256"]


def test_a_push_whose_key_is_refused_waits_for_the_account_and_goes_out_afterwards(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "tall_02.jpg")
    sandbox.faults.answer(status=401, times=1, path_contains="/upload")
    failed = with_account("push", "tall_02.jpg", "--wait")

    assert failed.status == 1
    assert ACCOUNT.api_secret not in failed.out + failed.err
    [job] = with_account("jobs", "--json").lines
    assert (job["state"], job["waiting_for"]) == ("waiting", "account")
    assert "waiting for account" in failed.out
    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    assert len(sandbox.stored(ACCOUNT.cloud_name)) == 1


def test_a_push_is_waited_for_though_another_waits_for_an_account_that_was_left(
    with_account: CommandLine,
    decoder: DecoderPool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with_account("approve", "tall_02.jpg")
    assert with_account("push", "tall_02.jpg").status == 0
    assert with_account("account", "remove", ACCOUNT.cloud_name).status == 0
    other = replace(ACCOUNT, cloud_name="other")
    there = Sandbox(accounts=(other,), decoder=decoder, state=tmp_path / "other")
    there.start()
    monkeypatch.setenv("CLOUDINARY_URL", there.cloudinary_url(other))
    assert with_account("account", "add").status == 0
    there.faults.answer(status=503, times=1, path_contains="/upload")
    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    assert len(there.stored("other")) == 1
    there.stop()


def test_a_queued_push_can_be_cancelled_and_queued_again(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "tall_02.jpg")
    queued = with_account("push", "tall_02.jpg")
    assert queued.status == 0
    assert "Queued." in queued.err
    [job] = with_account("jobs", "--json").lines
    assert list(job) == JOB_FIELDS
    assert list(job["progress"]) == ["done", "total"]
    assert (job["state"], job["attempts"], job["kind"]) == ("queued", 0, "push")
    assert job["asset"] == with_account.asset("tall_02.jpg")["id"]

    assert with_account("cancel", str(job["id"])).status == 0
    assert with_account("jobs", "--json").lines[0]["state"] == "cancelled"
    again = with_account("retry", str(job["id"]))
    assert (again.status, again.out.split()[1]) == (0, "queued")
    assert sandbox.stored(ACCOUNT.cloud_name) == []

    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    assert with_account("cancel", str(job["id"])).status == 1
    assert with_account("jobs", "--json").lines[0]["state"] == "done"
    assert len(sandbox.stored(ACCOUNT.cloud_name)) == 1


@pytest.mark.parametrize("verb", ["retry", "cancel"])
def test_a_job_that_is_not_there_ends_with_1(command: CommandLine, verb: str) -> None:
    answer = command(verb, "4711")

    assert (answer.status, answer.err) == (1, "The job 4711 was not found.\n")


@pytest.mark.usefixtures("a_real_passphrase")
def test_a_process_of_its_own_carries_out_what_another_queued(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", "tall_02.jpg")
    with_account("push", "tall_02.jpg")
    process = in_a_process("push", "--approved", "--wait", "--json")
    out, err = process.communicate(timeout=60)

    assert process.returncode == 0, (out, err)
    # It may have been sent already when the process plans.
    assert json.loads(out.splitlines()[0])["action"] in ("already_queued", "same_content")
    assert len(sandbox.stored(ACCOUNT.cloud_name)) == 1
