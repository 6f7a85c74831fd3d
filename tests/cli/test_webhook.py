"""`asset-bridge webhook`: endpoints of other systems, from the shell."""

import pytest

from bridge_app.cli.output import FAILED, USAGE
from tests.cli.conftest import CommandLine
from tests.receivers import Receiver


def test_an_endpoint_is_added_tested_switched_and_removed(
    with_account: CommandLine, receiver: Receiver
) -> None:
    added = with_account("webhook", "add", "Shop", receiver.url, "--private")
    assert added.status == 0
    secret = added.out.strip()
    assert secret.startswith("whsec_")
    assert with_account("webhook", "test", "Shop").status == 0
    assert receiver.received[0].is_signed_with(secret)
    renewed = with_account("webhook", "rotate", "Shop").out.strip()
    assert with_account("webhook", "test", "Shop").status == 0
    assert receiver.received[1].is_signed_with(renewed)
    assert receiver.received[1].is_signed_with(secret)
    assert with_account("webhook", "off", "Shop").status == 0
    assert with_account("webhook", "list", "--json").lines[0]["state"] == "off"
    assert with_account("webhook", "test", "Shop").status == FAILED
    assert with_account("webhook", "remove", "Shop").status == 0
    assert with_account("webhook", "list").out == ""


def test_what_was_decided_is_sent_when_it_is_asked_for(
    with_account: CommandLine, receiver: Receiver
) -> None:
    with_account("webhook", "add", "Shop", receiver.url, "--private")
    asset = with_account("search", "", "--json").lines[0]
    assert with_account("approve", str(asset["id"])).status == 0
    assert with_account("webhook", "send").status == 0
    assert [one.type for one in receiver.received] == ["asset.approved"]
    told = with_account("webhook", "messages", "--json").lines
    assert [(one["event"], one["state"]) for one in told] == [("asset.approved", "done")]


def test_what_nobody_took_is_listed_and_sent_again(
    with_account: CommandLine, receiver: Receiver
) -> None:
    with_account("webhook", "add", "Shop", receiver.url, "--private")
    receiver.answers.append(410)
    assert with_account("webhook", "test", "Shop").status == FAILED
    assert len(with_account("webhook", "messages", "--failed", "--json").lines) == 1
    with_account("webhook", "on", "Shop")
    assert with_account("webhook", "resend").status == 0
    assert with_account("webhook", "send").status == 0
    assert receiver.received[0].id == receiver.received[1].id


@pytest.mark.parametrize(
    "words",
    [("Shop", "http://example.com/"), ("Shop", "https://example.com/", "--event", "nonsense")],
)
def test_what_is_no_endpoint_is_refused(with_account: CommandLine, words: tuple[str, ...]) -> None:
    assert with_account("webhook", "add", *words).status == USAGE
    assert with_account("webhook", "list").out == ""
