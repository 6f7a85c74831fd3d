"""Accounts on the command line: names, usage offline, logins, and lists; never a secret."""

import io
import threading
from collections.abc import Iterator

import httpx
import pytest

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine

STUDIO = SandboxAccount(cloud_name="studio", api_key="123456789", api_secret="not-so-secret")
ARCHIVE = SandboxAccount(cloud_name="archive-dev", api_key="987654321", api_secret="other-secret")
KEYS = ProvisioningKeys()
ACCOUNT_URL = f"account://{KEYS.api_key}:{KEYS.api_secret}@{KEYS.account_id}"


@pytest.fixture
def both(decoder: DecoderPool) -> Iterator[Sandbox]:
    made = Sandbox(accounts=(STUDIO, ARCHIVE), decoder=decoder)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def line(empty: CommandLine, both: Sandbox, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line with two accounts."""
    for account, words in (
        (STUDIO, ("--stage", "production", "--owner", "Northlight", "--colour", "teal")),
        (ARCHIVE, ()),
    ):
        monkeypatch.setenv("CLOUDINARY_URL", both.cloudinary_url(account))
        assert empty("account", "add", *words).status == 0
    monkeypatch.delenv("CLOUDINARY_URL")
    return empty


def test_accounts_are_listed_with_names_stage_and_what_was_told(line: CommandLine) -> None:
    studio, archive = line("account", "list", "--json").lines
    assert studio["environment"] == "studio"
    assert (studio["owner"], studio["colour"], studio["stage"]) == (
        "Northlight",
        "teal",
        "production",
    )
    assert (studio["login"], studio["folder_mode"], studio["in_use"]) == ("key", "dynamic", False)
    assert studio["media_limits"]["image_bytes"] == 1024**3
    assert (archive["stage"], archive["in_use"]) == (None, True)
    assert "Northlight, production" in line("account", "list").out


def test_one_switches_and_is_told_that_it_is_production(line: CommandLine) -> None:
    answer = line("account", "use", "studio")
    assert (answer.status, answer.out) == (0, "")
    assert "It is production." in answer.err
    (used,) = line("account", "use", "archive-dev", "--json").lines
    assert (used["environment"], used["in_use"]) == ("archive-dev", True)
    assert line("account", "use", "nowhere").status == 1


def test_a_label_changes_what_is_said_and_leaves_the_rest(line: CommandLine) -> None:
    (named,) = line("account", "label", "studio", "--name", "Web shop", "--json").lines
    assert (named["name"], named["stage"], named["colour"]) == ("Web shop", "production", "teal")
    (named,) = line(
        "account", "label", "studio", "--stage", "none", "--colour", "none", "--json"
    ).lines
    assert (named["name"], named["stage"], named["colour"]) == ("Web shop", None, None)
    assert line("account", "label", "studio", "--stage", "somewhere").status == 2


def test_usage_is_told_offline_from_the_last_answer(line: CommandLine, both: Sandbox) -> None:
    (fresh,) = line("account", "usage", "studio", "--refresh", "--json").lines
    both.stop()
    (told,) = line("account", "usage", "studio", "--json").lines

    assert told["usage"] == fresh["usage"]
    assert told["usage"]["plan"] == "Sandbox"
    assert told["usage"]["meters"]["credits"]["limit"] == 25
    assert fresh["hourly_budget"]["limit"] == 5000
    assert told["hourly_budget"] is None
    assert told["permissions"]["usage"] == "allowed"
    assert told["denied"] == {}
    shown = line("account", "usage").out
    assert "plan Sandbox" in shown
    assert "0 of 26843545600" in shown
    failed = line("account", "usage", "studio", "--refresh")
    assert failed.status == 1
    assert "cannot be reached" in failed.err


def test_an_account_that_is_not_known_cannot_be_logged_out_of(line: CommandLine) -> None:
    answer = line("account", "remove", "studoi")
    assert answer.status == 1
    assert "The account studoi was not found." in answer.err
    assert len(line("account", "list").out.splitlines()) == 2


def test_who_logs_out_is_told_what_is_kept(line: CommandLine) -> None:
    answer = line("account", "remove", "studio")
    assert "decisions and the history of deliveries stay here" in answer.err
    (out,) = line("account", "remove", "archive-dev", "--forget-cache", "--json").lines
    assert out == {"environment": "archive-dev", "service_told": True, "cache_forgotten": True}
    assert line("account", "list", "--json").lines == []


def test_one_logs_in_with_a_browser(
    empty: CommandLine, both: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def opened(url: str) -> bool:
        address = f"{url}&prompt=none&cloud_name=archive-dev"
        threads.append(
            threading.Thread(target=httpx.get, args=(address,), kwargs={"follow_redirects": True})
        )
        threads[-1].start()
        return True

    monkeypatch.setattr("webbrowser.open", opened)
    answer = empty("account", "login", "--upload-prefix", both.url, "--stage", "staging", "--json")
    for thread in threads:
        thread.join()

    (account,) = answer.lines
    assert (account["environment"], account["login"]) == ("archive-dev", "oauth")
    assert (account["stage"], account["api_key"]) == ("staging", None)
    (told,) = empty("account", "usage", "--refresh", "--json").lines
    assert told["usage"]["plan"] == "Sandbox"


def test_nobody_who_comes_back_in_time_is_a_failure(empty: CommandLine, both: Sandbox) -> None:
    words = ("--upload-prefix", both.url, "--timeout", "1", "--no-browser")
    answer = empty("account", "login", *words)
    assert answer.status == 1
    assert "/oauth2/auth?" in answer.err
    assert "Nobody logged in" in answer.err


def test_an_account_lists_its_environments_and_keeps_its_keys_only_if_wanted(
    line: CommandLine, both: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{ACCOUNT_URL}\n"))
    words = ("account", "environments", "--upload-prefix", both.url)
    found = line(*words, "--json").lines
    assert [(one["environment"], one["added"]) for one in found] == [
        ("archive-dev", True),
        ("studio", True),
    ]
    assert line("account", "environments", KEYS.account_id).status == 1
    monkeypatch.setenv("CLOUDINARY_ACCOUNT_URL", ACCOUNT_URL)
    assert line(*words, "--keep").status == 0
    monkeypatch.delenv("CLOUDINARY_ACCOUNT_URL")
    answer = line("account", "environments", KEYS.account_id)
    assert "* studio" in answer.out
    everything = "".join(
        file.read_bytes().decode("latin-1") for file in line.profile.rglob("*") if file.is_file()
    )
    assert KEYS.api_secret not in everything
    assert KEYS.api_secret not in answer.out + answer.err


def test_without_account_keys_one_is_told_how_to_give_them(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLOUDINARY_ACCOUNT_URL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    answer = empty("account", "environments")
    assert answer.status == 2
    assert "CLOUDINARY_ACCOUNT_URL" in answer.err
