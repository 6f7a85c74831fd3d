"""Plans, hourly budgets and keys that may not do everything."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest, NotAllowed, RateLimited
from PIL import Image

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.accounts import SandboxAccount
from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.permissions import Action, action_of
from bridge_app.sandbox.cloudinary.plans import MIB, PLANS, Plan
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox, utc_now
from tests.plain_http import plain

MakeSandbox = Callable[..., Sandbox]
Connect = Callable[[Sandbox], None]
TINY = Plan(
    name="Tiny",
    image_bytes=4_000,
    video_bytes=8_000,
    raw_bytes=100,
    image_px=2_000,
    total_px=3_000,
    credits=1,
    calls_per_hour=3,
    single_request=7_000,
)


@pytest.fixture
def tiny(make_sandbox: MakeSandbox, connect: Connect) -> Sandbox:
    now = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
    clock = [now]
    sandbox = make_sandbox(settings=Settings(plan=TINY), now=lambda: clock[0])
    sandbox.start()
    connect(sandbox)
    return sandbox


def test_a_file_above_the_plan_is_refused_in_the_services_words(
    make_sandbox: MakeSandbox, connect: Connect, tmp_path: Path
) -> None:
    sandbox = make_sandbox(settings=Settings(plan=PLANS["free"]))
    sandbox.start()
    connect(sandbox)
    big = tmp_path / "big.bin"
    big.write_bytes(bytes(10 * MIB + 1))
    said = (
        "File size too large. Got 10485761. Maximum is 10485760. Upgrade your plan to enjoy "
        "higher limits https://www.cloudinary.com/pricing/upgrades/file-limit"
    )
    with pytest.raises(BadRequest) as refusal:
        uploader.upload(str(big), resource_type="raw")
    assert str(refusal.value) == said
    with pytest.raises(BadRequest, match="Got 10485761"):
        uploader.upload_large(str(big), chunk_size=6 * MIB)
    big.write_bytes(bytes(10 * MIB))
    assert uploader.upload(str(big), resource_type="raw")["bytes"] == 10 * MIB
    usage = api.usage()
    assert (usage["plan"], usage["media_limits"]["raw_max_size_bytes"]) == ("Free", 10 * MIB)
    assert usage.rate_limit_allowed == 500


def test_a_picture_with_too_many_pixels_is_refused(tiny: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    Image.new("L", (50, 50)).save(path)
    with pytest.raises(BadRequest, match=r"Maximum image size is 0\.002 Megapixels"):
        uploader.upload(str(path))
    with pytest.raises(CloudinaryError, match="all frames"):
        TINY.check_pixels(40, 40, 2)
    with pytest.raises(CloudinaryError, match="too large") as refusal:
        TINY.check_request(7_001)
    assert refusal.value.status == 413


def test_the_budget_of_an_hour_ends_and_says_when_it_begins_again(tiny: Sandbox) -> None:
    left = [api.ping().rate_limit_remaining for _ in range(3)]
    assert left == [2, 1, 0]
    with pytest.raises(RateLimited, match="Try again on 2026-11-21 11:00:00 UTC"):
        api.ping()
    reply = plain.get(f"{tiny.url}/v1_1/demo/ping", auth=("1234", "s3cr3t"))
    assert reply.status_code == 420
    assert reply.headers["x-featureratelimit-reset"] == "Sat, 21 Nov 2026 11:00:00 GMT"


def test_uploads_cost_no_call(tiny: Sandbox, jpeg: Path) -> None:
    for _ in range(5):
        uploader.upload(str(jpeg))
    assert api.ping().rate_limit_remaining == 2


def test_asking_for_versions_costs_eleven_calls(
    make_sandbox: MakeSandbox, connect: Connect, jpeg: Path
) -> None:
    sandbox = make_sandbox(calls_per_hour=100)
    sandbox.start()
    connect(sandbox)
    uploader.upload(str(jpeg), public_id="pic")
    assert api.resource("pic", versions=True).rate_limit_remaining == 89


def test_a_new_hour_has_a_new_budget(make_sandbox: MakeSandbox, connect: Connect) -> None:
    clock = [datetime(2026, 11, 21, 10, 59, tzinfo=UTC)]
    sandbox = make_sandbox(calls_per_hour=1, now=lambda: clock[0])
    sandbox.start()
    connect(sandbox)
    api.ping()
    with pytest.raises(RateLimited):
        api.ping()
    clock[0] += timedelta(minutes=1)
    assert api.ping()["status"] == "ok"


READING = SandboxAccount.parse("cloudinary://r:secret@demo?allow=read")
SENDING = SandboxAccount.parse("cloudinary://s:secret@demo?allow=upload,read")


def test_a_key_does_only_what_it_may(
    make_sandbox: MakeSandbox, connect: Connect, account: SandboxAccount, jpeg: Path
) -> None:
    sandbox = make_sandbox(accounts=[account, READING, SENDING])
    sandbox.start()
    connect(sandbox)
    reading = {"api_key": "r", "api_secret": "secret"}
    sending = {"api_key": "s", "api_secret": "secret"}
    assert uploader.upload(str(jpeg), public_id="pic", **sending)["public_id"] == "pic"
    with pytest.raises(NotAllowed, match="missing permissions"):
        uploader.upload(str(jpeg), public_id="other", **reading)
    for call in (uploader.destroy, api.update):
        with pytest.raises(NotAllowed):
            call("pic", **sending)
    for mine in (reading, sending):
        assert len(api.resources(**mine)["resources"]) == 1
        with pytest.raises(NotAllowed):
            api.delete_resources(["pic"], **mine)
        with pytest.raises(NotAllowed):
            api.create_upload_preset(name="p", **mine)
    assert [asset.public_id for asset in sandbox.stored("demo")] == ["pic"]


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("GET", "ping", None),
        ("GET", "config", None),
        ("GET", "usage", Action.READ),
        ("POST", "resources/search", Action.READ),
        ("POST", "image/upload", Action.UPLOAD),
        ("POST", "upload", Action.UPLOAD),
        ("POST", "image/explicit", Action.UPDATE),
        ("POST", "resources/image/upload/pic", Action.UPDATE),
        ("POST", "image/destroy", Action.DELETE),
        ("DELETE", "folders/a", Action.DELETE),
        ("DELETE", "triggers/a", Action.SETTINGS),
        ("POST", "metadata_fields", Action.SETTINGS),
    ],
)
def test_every_call_is_of_one_kind(method: str, path: str, action: Action | None) -> None:
    assert action_of(method, path) == action


def test_what_an_account_may_do_must_be_known() -> None:
    with pytest.raises(InvalidInputError):
        SandboxAccount.parse("cloudinary://k:s@demo?allow=fly")


def test_what_was_delivered_is_told(sdk: Sandbox, jpeg: Path) -> None:
    reply = uploader.upload(str(jpeg), public_id="pic")
    before = api.usage()
    assert (before["bandwidth"]["usage"], before["requests"]) == (0, 0)
    plain.get(reply["url"])
    plain.get(reply["url"])
    after = api.usage()
    assert (after["bandwidth"]["usage"], after["requests"]) == (2 * reply["bytes"], 2)
    day = api.usage(date=utc_now())
    assert day["bandwidth"] == {"usage": 2 * reply["bytes"], "credits_usage": 0.0}
    assert api.usage(date="2026-01-31")["requests"] == 0
    with pytest.raises(BadRequest, match="date"):
        api.usage(date="yesterday")
