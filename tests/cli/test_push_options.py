"""The further options of `push`: policies, and files that Cloudinary fetches by itself."""

import cloudinary.api

from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT

HERO = "spring/hero.jpg"


def test_context_access_and_names_travel_along(with_account: CommandLine, sandbox: Sandbox) -> None:
    with_account("approve", HERO)
    answer = with_account(
        *("push", HERO, "--wait", "--context", "campaign=spring", "--access", "token"),
        *("--id-from", "random", "--shown-as", "file_name"),
    )
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    assert answer.status == 0
    assert stored.context["campaign"] == "spring"
    assert stored.display_name == "hero"
    assert len(stored.public_id) == 20


def test_context_without_a_name_is_a_mistake_of_usage(with_account: CommandLine) -> None:
    assert with_account("push", HERO, "--context", "spring").status == 2


def test_structured_metadata_is_said_as_people_read_it(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
    cloudinary.api.add_metadata_field(
        {
            "external_id": "brand",
            "label": "Brand",
            "type": "enum",
            "datasource": {"values": [{"external_id": "a", "value": "Acme"}]},
        },
        **Credentials(account=new.record(), secret=new.secret).options(),
    )
    with_account("approve", HERO)
    wrong = with_account("push", HERO, "--wait", "--metadata", "Brand=Nobody")
    assert (wrong.status, "Nobody" in wrong.err) == (2, True)
    said = ("--metadata", "Brand=acme", "--moderation", "manual")
    assert with_account("push", HERO, "--wait", *said).status == 0
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    assert stored.metadata == {"brand": "a"}
    assert [one["status"] for one in stored.moderation] == ["pending"]


def test_renditions_are_made_with_the_push_and_counted_before(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", HERO)
    told = with_account("push", HERO, "--dry-run", "--eager", "thumbnail", "--eager", "hero")
    assert "2 new derived assets" in told.out
    assert with_account("push", HERO, "--wait", "--eager", "thumbnail").status == 0
    (stored,) = sandbox.stored(ACCOUNT.cloud_name)
    new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
    options = Credentials(account=new.record(), secret=new.secret).options()
    there = cloudinary.api.resource_by_asset_id(stored.asset_id, **options)
    assert len(there["derived"]) == 1


def test_renditions_of_no_preset_are_a_mistake_of_usage(with_account: CommandLine) -> None:
    answer = with_account("push", HERO, "--eager", "nothing_like_it")
    assert (answer.status, "nothing_like_it" in answer.err) == (2, True)


def test_a_file_is_fetched_by_url_and_never_over_another_one_unasked(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    with_account("approve", HERO)
    with_account("push", HERO, "--wait")
    (there,) = sandbox.stored(ACCOUNT.cloud_name)
    url = with_account.asset(HERO)["cloud"]["url"]
    wish = ("push", "--url", url, "--public-id", "copy", "--type", "private", "--json")
    first = with_account(*wish)
    assert first.status == 0
    assert first.lines[0]["public_id"] == "copy"
    again = with_account(*wish)
    assert again.status == 1
    assert "nothing was changed" in again.err
    assert with_account(*wish, "--on-conflict", "new_version").status == 0
    assert {stored.sha256 for stored in sandbox.stored(ACCOUNT.cloud_name)} == {there.sha256}


def test_a_file_by_url_that_nobody_approved_is_not_published(
    with_account: CommandLine, sandbox: Sandbox
) -> None:
    refused = with_account("push", "--url", "https://example.com/a.jpg", "--public-id", "copy")
    assert refused.status == 3
    assert "--type private" in refused.err
    assert sandbox.stored(ACCOUNT.cloud_name) == []


def test_a_url_needs_a_public_id_and_no_assets(with_account: CommandLine) -> None:
    assert with_account("push", "--url", "https://example.com/a.jpg").status == 2
    wish = ("push", HERO, "--url", "https://example.com/a.jpg", "--public-id", "a")
    assert with_account(*wish).status == 2
