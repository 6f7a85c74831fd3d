"""`asset-bridge contentstack`: renditions in entries, from the shell."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.cli.output import FAILED, USAGE
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.app import PREFIX
from bridge_app.sandbox.contentstack.sample import fill
from bridge_app.sandbox.contentstack.stack import API_KEY, MASTER, TOKEN, Entry, StackSettings
from bridge_app.sandbox.server import Sandbox
from tests.cli.conftest import CommandLine
from tests.desk import ACCOUNT


@pytest.fixture
def site(decoder: DecoderPool) -> Iterator[Sandbox]:
    made = Sandbox(accounts=(ACCOUNT,), decoder=decoder, stack=StackSettings(calls_per_s=None))
    fill(made.stack)
    made.start()
    yield made
    made.stop()


def add(
    command: CommandLine, site: Sandbox, monkeypatch: pytest.MonkeyPatch, token: str = TOKEN
) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
    words = ("add", "Site", API_KEY, "production", "--region", site.url + PREFIX)
    return command("contentstack", *words, "--locale", "de=de-de").status


def test_a_stack_is_added_looked_at_and_removed(
    with_account: CommandLine, site: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert add(with_account, site, monkeypatch) == 0
    (listed,) = with_account("contentstack", "list", "--json").lines
    assert (listed["name"], listed["branch"], listed["locales"]) == (
        "Site",
        "main",
        {"de": "de-de"},
    )
    (found,) = with_account("contentstack", "test", "Site", "--json").lines
    assert found["environments"] == ["production", "staging"]
    assert found["content_types"] == ["article", "picture"]
    entries = with_account("contentstack", "entries", "Site", "article", "--json").lines
    assert [one["title"] for one in entries] == ["Spring", "Summer"]
    assert with_account("contentstack", "status", "Site").out == ""
    assert with_account("contentstack", "remove", "Site").status == 0
    assert with_account("contentstack", "list").out == ""
    assert with_account("contentstack", "test", "Site").status == FAILED


def test_a_wrong_token_and_an_unknown_region_are_refused(
    with_account: CommandLine, site: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert add(with_account, site, monkeypatch, token="wrong") == FAILED
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{TOKEN}\n"))
    words = ("add", "Site", API_KEY, "production", "--region", "http://example.com")
    assert with_account("contentstack", *words).status == USAGE
    assert with_account("contentstack", "list").out == ""


def test_what_was_not_delivered_is_not_published(
    with_account: CommandLine, site: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(with_account, site, monkeypatch)
    entry = with_account("contentstack", "entries", "Site", "article", "--json").lines[0]["uid"]
    words = ("Site", "tall_02.jpg", "square", "article", entry, "hero_image")
    assert with_account("contentstack", "publish", *words).status == FAILED
    assert with_account("contentstack", "status", "Site", "--json").lines == []


def test_a_rendition_is_published_told_and_taken_back(
    with_account: CommandLine, site: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(with_account, site, monkeypatch)
    assert with_account("approve", "tall_02.jpg").status == 0
    assert with_account("push", "tall_02.jpg", "--wait").status == 0
    made = with_account("publish", "tall_02.jpg", "--set", "thumbnail", "--wait")
    assert made.status == 0, made.err
    (summer,) = (one for one in site.stack.branches["main"].entries.values() if is_summer(one))
    words = ("Site", "tall_02.jpg", "thumbnail", "article", summer.uid, "image_url")
    planned = with_account("contentstack", "publish", *words, "--dry-run", "--json")
    (step,) = planned.lines
    assert (planned.status, step["title"], step["locale"]) == (0, "Summer", MASTER)
    missing = with_account("contentstack", "publish", *words, "--language", "de")
    assert (missing.status, "thumbnail (de)" in missing.err) == (FAILED, True)
    assert (summer.published, with_account("contentstack", "status", "Site").out) == ({}, "")
    assert with_account("contentstack", "publish", *words).status == 0
    (told,) = with_account("contentstack", "status", "Site", "--json").lines
    assert (told["state"], told["locale"], told["preset"]) == ("published", MASTER, "thumbnail")
    assert summer.versions[MASTER][-1]["image_url"] == told["url"]
    assert ("production", MASTER) in summer.published
    places = with_account("places", "tall_02.jpg", "--json").lines
    assert [one["place"] for one in places if one["kind"] == "entry"] == [told["url"]]
    planned = with_account("contentstack", "unpublish", "Site", "tall_02.jpg", "--dry-run")
    assert "Summer  image_url" in planned.out
    assert ("production", MASTER) in summer.published
    assert with_account("contentstack", "unpublish", "Site", "tall_02.jpg").status == 0
    assert not summer.published
    (told,) = with_account("contentstack", "status", "Site", "--json").lines
    assert told["state"] == "withdrawn"


def test_a_table_publishes_into_many_entries_or_into_none(
    with_account: CommandLine, site: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add(with_account, site, monkeypatch)
    with_account("approve", "tall_02.jpg")
    with_account("push", "tall_02.jpg", "--wait")
    assert with_account("publish", "tall_02.jpg", "--set", "thumbnail", "--wait").status == 0
    entries = list(site.stack.branches["main"].entries.values())
    table = tmp_path / "table.csv"
    rows = [f"tall_02.jpg,thumbnail,article,{one.uid},image_url,de-de" for one in entries]
    head = "asset,preset,content_type,entry,field,locale"
    table.write_text("\n".join([head, *rows, "tall_02.jpg,thumbnail,article,none,image_url,"]))
    assert with_account("contentstack", "publish-many", "Site", str(table)).status == FAILED
    assert not any(one.published for one in entries)
    table.write_text("\n".join([head, *rows]), "utf-8-sig")
    planned = with_account("contentstack", "publish-many", "Site", str(table), "--dry-run")
    assert (planned.status, len(planned.out.splitlines())) == (0, 2)
    assert not any(one.published for one in entries)
    assert with_account("contentstack", "publish-many", "Site", str(table)).status == 0
    assert [list(one.published) for one in entries] == [[("production", "de-de")]] * 2
    table.write_text("asset,preset\n")
    assert with_account("contentstack", "publish-many", "Site", str(table)).status == USAGE


def is_summer(one: Entry) -> bool:
    return bool(one.versions[MASTER][-1]["title"] == "Summer")
