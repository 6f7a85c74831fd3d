"""Assets at Cloudinary on the command line: named, planned, changed, and heard of."""

import json
from pathlib import Path

import cloudinary.uploader
import pytest

from bridge_app.cli.session import wait_until, working
from bridge_app.delivery.accounts import Credentials, NewAccount
from bridge_app.domain.policies_json import KIND, VERSION
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox, SandboxAccount
from tests.cli.conftest import CommandLine, in_a_process
from tests.desk import ACCOUNT, picture
from tests.plain_http import plain

STUDIO = ACCOUNT.cloud_name


class Cloud:
    """Somebody elsewhere who uploads to the same environment."""

    def __init__(self, sandbox: Sandbox, home: Path) -> None:
        new = NewAccount.from_url(sandbox.cloudinary_url(ACCOUNT))
        self.options = Credentials(account=new.record(), secret=new.secret).options()
        self.home = home

    def upload(self, public_id: str, seed: int = 0, **options: object) -> str:
        path = picture(self.home / "elsewhere" / f"{seed}.jpg", seed)
        reply = cloudinary.uploader.upload(
            str(path), public_id=public_id, **{"backup": True, **options}, **self.options
        )
        return str(reply["secure_url"] or reply["url"])

    def sync(self) -> None:
        with working() as (parts, _):
            parts.worker.cloud.sync(STUDIO)
            wait_until(parts.worker.cloud.is_idle)


@pytest.fixture
def cloud(with_account: CommandLine, sandbox: Sandbox, tmp_path: Path) -> Cloud:
    return Cloud(sandbox, tmp_path)


def test_an_address_finds_its_asset_in_search_and_show(
    with_account: CommandLine, cloud: Cloud
) -> None:
    url = cloud.upload("summer/hero", 1)
    cloud.upload("summer/other", 2)
    cloud.sync()
    for words in (url, f'<img src="{url}?_a=BAMAABDW0">'):
        (found,) = with_account("search", words, "--json").lines
        assert found["cloud"]["public_id"] == "summer/hero"
    (shown,) = with_account("show", url, "--json").lines
    assert shown["cloud"]["public_id"] == "summer/hero"


def test_what_a_search_prints_names_the_asset_in_every_command(
    with_account: CommandLine, cloud: Cloud
) -> None:
    url = cloud.upload("summer/hero", 1)
    cloud.upload("winter/hero", 2)
    cloud.sync()
    printed = with_account("search", url).out.split()[0]
    for command in (("versions",), ("related",), ("url",), ("delete", "--dry-run")):
        assert with_account(command[0], printed, *command[1:]).status == 0
    assert with_account("versions", printed[:3]).status != 0


@pytest.mark.parametrize(
    ("status", "told", "ends"),
    [
        (503, "HTTP 503", "Try again later."),
        (420, "is used up", "Try again when the next hour begins; uploads are not counted."),
    ],
)
def test_what_ended_in_trouble_promises_nothing(
    with_account: CommandLine, cloud: Cloud, sandbox: Sandbox, status: int, told: str, ends: str
) -> None:
    sandbox.faults.answer(status=status, times=9, path_contains="/triggers")
    answer = with_account("triggers", "list")
    assert answer.status == 1
    assert told in answer.err
    assert answer.err.strip().endswith(ends)


def test_addresses_are_printed_in_every_form(
    with_account: CommandLine, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.upload("summer/light", 1)
    cloud.upload("plan", 2, type="authenticated")
    cloud.sync()

    def url(*words: str) -> str:
        answer = with_account("url", "summer/light", *words)
        assert answer.status == 0, answer.err
        return answer.out.strip()

    own = url()
    assert own.endswith("/summer/light.jpg")
    assert plain.get(own).status_code == 200
    assert "/image/upload/c_fill,w_9/" in url("--transformation", "c_fill,w_9")
    assert url("--suffix", "at-sea", "--format", "webp").endswith("/summer/light/at-sea.webp")
    assert "/image/" not in url("--root-path")
    assert "/s--" in url("--sign", "long")
    assert url("--analytics", "BAMAABDW0").endswith("?_a=BAMAABDW0")
    guarded = with_account("url", "plan").out.strip()
    assert "/image/authenticated/s--" in guarded
    assert plain.get(guarded).status_code == 200
    assert with_account("url", "plan", "--expires", "60").status == 2
    monkeypatch.setenv("ASSET_BRIDGE_TOKEN_KEY", "00112233FF99")
    assert "__cld_token__=exp=" in url("--expires", "60")
    assert with_account("url", "plan", "--suffix", "words").status == 2
    (found,) = with_account("search", url("--suffix", "at-sea"), "--json").lines
    assert found["cloud"]["public_id"] == "summer/light"


def test_addresses_of_what_is_fetched_and_of_lists_are_printed(
    with_account: CommandLine, cloud: Cloud
) -> None:
    remote = "https://example.com/a b.jpg?x=1&y=2"
    plain_one = with_account("url", "--fetch", remote).out.strip()
    assert plain_one.endswith("/image/fetch/https://example.com/a%20b.jpg%3Fx%3D1%26y%3D2")
    wished = with_account(
        "url", "--fetch", remote, "--transformation", "w_9", "--format", "webp", "--sign", "long"
    ).out
    assert "/f_webp,w_9/https://" in wished
    assert "/image/fetch/s--" in wished
    cloud.upload("summer/light", 1, tags=["spring sale"])
    listed = with_account("url", "--tag-list", "spring sale").out.strip()
    assert listed.endswith("/image/list/spring%20sale.json")
    assert [one["public_id"] for one in plain.get(listed).json()["resources"]] == ["summer/light"]
    refused = with_account("url", "--fetch", "ftp://example.com/a.jpg")
    assert (refused.status, "https://" in refused.err) == (2, True)
    assert with_account("url").status == 2


def test_an_asset_at_cloudinary_is_shown_by_its_public_id(
    with_account: CommandLine, cloud: Cloud
) -> None:
    cloud.upload("summer/light", 1, display_name="Lighthouse")
    cloud.sync()
    shown = with_account("show", "summer/light", "--json")
    assert shown.status == 0
    assert shown.lines[0]["cloud"]["public_id"] == "summer/light"


def test_a_rename_is_planned_first_and_then_done(with_account: CommandLine, cloud: Cloud) -> None:
    url = cloud.upload("summer/hero", 1)
    cloud.sync()
    plan = with_account("rename", url, "Star", "--dry-run", "--json")
    (step,) = plan.lines
    assert (step["action"], step["to"], step["changes_url"]) == ("title", "Star", False)
    done = with_account("rename", "summer/hero", "winter/hero", "--public-id", "--wait")
    assert done.status == 0
    assert "1 delivered addresses change or end" in done.out
    assert with_account("search", url, "--json").lines == []
    again = with_account("rename", "winter/hero", "winter/hero", "--public-id", "--json")
    assert again.lines[0]["objection"] == "nothing_to_do"


def test_a_deletion_asks_and_can_be_undone(with_account: CommandLine, cloud: Cloud) -> None:
    cloud.upload("lighthouse", 1)
    cloud.sync()
    assert with_account("delete", "lighthouse", "--wait").status == 2
    assert with_account("show", "lighthouse.jpg").status == 0
    assert with_account("delete", "lighthouse", "--yes", "--wait").status == 0
    assert with_account("delete", "lighthouse", "--dry-run").status == 1
    back = with_account("restore", "lighthouse", "--wait", "--json")
    assert back.status == 0
    assert [line.get("state") for line in back.lines] == [None, "done"]
    assert with_account("move", "lighthouse", "--to", "campaign", "--wait").status == 0
    assert with_account("show", "lighthouse.jpg").status == 0


def test_what_was_deleted_is_named_by_the_id_that_a_search_printed(
    with_account: CommandLine, cloud: Cloud
) -> None:
    cloud.upload("lighthouse", 1)
    cloud.sync()
    (found,) = with_account("search", "lighthouse", "--json").lines
    short = found["id"][:8]
    assert with_account("delete", short, "--yes", "--wait").status == 0
    assert with_account("restore", short, "--wait").status == 0
    assert with_account("show", short, "--json").lines[0]["id"] == found["id"]


def test_what_was_deleted_elsewhere_is_not_brought_back_from_here(
    with_account: CommandLine,
    cloud: Cloud,
    decoder: DecoderPool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cloud.upload("lighthouse", 1)
    cloud.sync()
    assert with_account("delete", "lighthouse", "--yes", "--wait").status == 0
    account = SandboxAccount.parse("cloudinary://k:s@elsewhere")
    other = Sandbox(accounts=(account,), decoder=decoder)
    other.start()
    try:
        monkeypatch.setenv("CLOUDINARY_URL", other.cloudinary_url(account))
        assert with_account("account", "add").status == 0
        assert with_account("restore", "lighthouse", "--wait").status == 1
        assert with_account("account", "use", STUDIO).status == 0
        assert with_account("restore", "lighthouse", "--wait").status == 0
    finally:
        other.stop()


def test_versions_are_listed_and_downloaded(
    with_account: CommandLine, cloud: Cloud, tmp_path: Path
) -> None:
    cloud.upload("hero", 1)
    cloud.sync()
    (version,) = with_account("versions", "hero", "--json").lines
    target = tmp_path / "old.jpg"
    words = ("versions", "hero", "--download", version["version_id"])
    assert with_account(*words).status == 2
    assert with_account(*words, "-o", str(target)).status == 0
    assert target.read_bytes() == (tmp_path / "elsewhere" / "1.jpg").read_bytes()
    # As whatever leaves as a file it is on record, and a policy keeps it there.
    (place,) = with_account("places", "hero.jpg", "--json").lines
    assert place["kind"] == "download"
    policies = tmp_path / "policies.json"
    told = {"kind": KIND, "version": VERSION, "policies": [{"name": "all", "files": True}]}
    policies.write_text(json.dumps(told), encoding="utf-8")
    assert with_account("policy", "set", str(policies)).status == 0
    later = with_account(*words, "-o", str(tmp_path / "again.jpg"))
    assert later.status == 3
    assert "keeps the file of hero.jpg here" in later.err
    assert not (tmp_path / "again.jpg").exists()


def test_relations_access_moderation_and_refresh_are_queued(
    with_account: CommandLine, cloud: Cloud
) -> None:
    cloud.upload("one", 1, moderation="manual")
    cloud.upload("two", 2)
    cloud.sync()
    assert with_account("related", "one", "--add", "two", "--wait").status == 0
    (other,) = with_account("related", "one", "--json").lines
    assert other["public_id"] == "two"
    for words in (
        ("access", "one", "--from", "2026-01-01", "--until", "2027-01-01T12:00+02:00"),
        ("access", "one"),
        ("moderate", "approved", "one"),
        ("refresh", "one", "--eager", "c_fill,h_20,w_20"),
        ("related", "one", "--remove", "two"),
    ):
        answer = with_account(*words, "--wait")
        assert answer.status == 0, answer.err
    assert with_account("access", "one", "--from", "soon").status == 2
    assert with_account("delete", "nothing").status == 1


def test_triggers_are_added_listed_and_removed(with_account: CommandLine) -> None:
    identity = with_account("triggers", "add", "https://hooks.example.com/x").out.strip()
    (trigger,) = with_account("triggers", "list", "--json").lines
    assert (trigger["id"], trigger["event_type"]) == (identity, "all")
    assert with_account("triggers", "remove", identity).status == 0
    assert with_account("triggers", "remove", identity).status == 1
    assert with_account("triggers", "list").out == ""


@pytest.mark.usefixtures("a_real_passphrase")
def test_listening_tells_what_was_heard_until_it_is_ended(
    with_account: CommandLine, cloud: Cloud
) -> None:
    process = in_a_process("listen", "--json")
    try:
        assert process.stderr is not None
        assert process.stdout is not None
        assert "until you interrupt" in process.stderr.readline()
        cloud.upload("hero", 1)
        heard = json.loads(process.stdout.readline())
        assert (heard["type"], len(heard["asset_ids"])) == ("upload", 1)
        process.terminate()
        assert process.wait(20) == 130
    finally:
        process.kill()
        process.communicate()
    assert with_account("triggers", "list").out == ""
