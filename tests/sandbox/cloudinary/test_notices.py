"""Notices: by webhooks that really are called, and in channels that are polled."""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, provisioning, uploader, utils
from cloudinary.exceptions import AlreadyExists, BadRequest, NotFound

from bridge_app.sandbox.cloudinary.settings import ProvisioningKeys, Settings
from bridge_app.sandbox.options import account_url
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

WAIT_S = 10

MakeSandbox = Callable[..., Sandbox]
Connect = Callable[[Sandbox], None]


class Receiver:
    """A webhook on this machine, and what it was told."""

    def __init__(self) -> None:
        self.calls: queue.Queue[tuple[dict[str, str], bytes]] = queue.Queue()
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                receiver.calls.put((dict(self.headers.items()), body))

            def log_message(self, *_: object) -> None:
                """Nothing is written."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next(self) -> dict[str, Any]:
        """The next notice, whose signature must be right."""
        headers, body = self.calls.get(timeout=WAIT_S)
        lower = {name.lower(): value for name, value in headers.items()}
        assert utils.verify_notification_signature(
            body.decode(), int(lower["x-cld-timestamp"]), lower["x-cld-signature"]
        )
        told: dict[str, Any] = json.loads(body)
        return told


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture(autouse=True)
def impatient(make_sandbox: MakeSandbox, connect: Connect) -> Sandbox:
    """A sandbox that sends again at once."""
    sandbox = make_sandbox(settings=Settings(webhook_retry_delays_s=(0.0, 0.0, 0.0)))
    sandbox.start()
    connect(sandbox)
    return sandbox


def polled(channel: str, **options: Any) -> list[dict[str, Any]]:
    found = api.notifications(channel=channel, wait_seconds=0, **options)
    messages: list[dict[str, Any]] = found.get("messages", [])
    return messages


def test_what_is_done_in_the_background_is_told_when_it_is_done(
    receiver: Receiver, jpeg: Path
) -> None:
    later: dict[str, Any] = {"async": True, "notification_url": receiver.url}
    reply = uploader.upload(str(jpeg), public_id="pic", eager={"width": 5}, **later)
    told = receiver.next()
    assert told["notification_type"] == "upload"
    assert (told["public_id"], told["bytes"]) == ("pic", jpeg.stat().st_size)
    assert told["batch_id"] == reply["batch_id"]
    assert told["eager"][0]["width"] == 5
    explicit = uploader.explicit("pic", type="upload", tags="new", **later)
    assert explicit["status"] == "pending"
    told = receiver.next()
    while told["notification_type"] != "explicit":
        told = receiver.next()
    assert told["tags"] == ["new"]


def test_a_call_tells_its_own_webhook(receiver: Receiver, jpeg: Path) -> None:
    reply = uploader.upload(str(jpeg), public_id="pic", notification_url=receiver.url)
    told = receiver.next()
    assert told["notification_type"] == "upload"
    assert (told["public_id"], told["asset_id"]) == ("pic", reply["asset_id"])
    assert told["request_id"] == reply["request_id"]
    assert told["notification_context"]["triggered_by"] == {"source": "api", "id": "1234"}
    assert told["signature_key"] == "1234"


def test_triggers_are_told_of_their_event_only(receiver: Receiver, jpeg: Path) -> None:
    api.create_trigger(receiver.url, "delete")
    uploader.upload(str(jpeg), public_id="pic")
    uploader.destroy("pic")
    told = receiver.next()
    assert told["notification_type"] == "delete"
    assert [one["public_id"] for one in told["resources"]] == ["pic"]
    assert receiver.calls.empty()


def test_a_url_of_the_call_replaces_the_webhooks_of_all(receiver: Receiver, jpeg: Path) -> None:
    api.create_trigger(receiver.url, "upload")
    api.create_trigger("poll://all", "upload", uri_type="poll")
    own = f"{receiver.url}?own"
    uploader.upload(str(jpeg), public_id="pic", notification_url=own)
    receiver.next()
    assert receiver.calls.empty()
    assert len(polled("all")) == 1


def test_what_is_not_taken_is_sent_again_three_times(receiver: Receiver, jpeg: Path) -> None:
    receiver.answers = [500, 404, 302, 200]
    uploader.upload(str(jpeg), notification_url=receiver.url)
    assert {receiver.next()["notification_type"] for _ in range(4)} == {"upload"}
    receiver.answers = [500] * 4
    uploader.upload(str(jpeg), notification_url=receiver.url)
    for _ in range(4):
        receiver.next()
    uploader.upload(str(jpeg), public_id="last", notification_url=receiver.url)
    assert receiver.next()["public_id"] == "last"


@pytest.mark.parametrize("url", ["http://", "no url", "http://[", "ftp://127.0.0.1/x", "\x00"])
def test_a_webhook_that_is_none_harms_nothing(jpeg: Path, url: str) -> None:
    assert uploader.upload(str(jpeg), public_id="pic", notification_url=url)["public_id"] == "pic"


def test_a_preset_names_the_webhook(receiver: Receiver, jpeg: Path) -> None:
    api.create_upload_preset(name="told", unsigned=True, notification_url=receiver.url)
    uploader.unsigned_upload(str(jpeg), "told")
    assert receiver.next()["notification_type"] == "upload"


def test_pictures_made_later_are_told_when_they_are_there(receiver: Receiver, jpeg: Path) -> None:
    reply = uploader.upload(
        str(jpeg),
        eager=[{"width": 5, "crop": "scale"}],
        eager_async=True,
        eager_notification_url=receiver.url,
    )
    told = receiver.next()
    assert told["notification_type"] == "eager"
    assert told["batch_id"] == reply["eager"][0]["batch_id"]
    assert [one["width"] for one in told["eager"]] == [5]


def test_the_key_dedicated_to_webhooks_signs(
    receiver: Receiver, jpeg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOUDINARY_ACCOUNT_URL", account_url(ProvisioningKeys()))
    provisioning.reset_config()
    (demo,) = provisioning.sub_accounts()["sub_accounts"]
    key = provisioning.generate_access_key(demo["id"], name="hooks")
    provisioning.update_access_key(demo["id"], key["api_key"], dedicated_for="webhooks")
    uploader.upload(str(jpeg), notification_url=receiver.url)
    headers, body = receiver.calls.get(timeout=WAIT_S)
    lower = {name.lower(): value for name, value in headers.items()}
    signed = body.decode() + lower["x-cld-timestamp"] + key["api_secret"]
    assert utils.compute_hex_hash(signed) == lower["x-cld-signature"]
    assert json.loads(body)["signature_key"] == key["api_key"]


def test_every_change_has_its_event(jpeg: Path) -> None:
    api.create_trigger("poll://c", "all", uri_type="poll")
    uploader.upload(str(jpeg), public_id="pic", tags="a", context="k=v")
    uploader.add_tag("b", ["pic"])
    uploader.add_context({"k": "w", "l": "x"}, ["pic"])
    api.update("pic", display_name="Picture", asset_folder="in")
    uploader.rename("pic", "other")
    api.create_folder("f")
    api.rename_folder("f", "g")
    api.delete_folder("g")
    api.delete_resources(["other"])
    told = [one["payload"] for one in polled("c", max_messages=100)]
    assert [one["notification_type"] for one in told] == [
        "upload",
        "resource_tags_changed",
        "resource_context_changed",
        "move",
        "resource_display_name_changed",
        "rename",
        "create_folder",
        "move_or_rename_asset_folder",
        "delete_folder",
        "delete",
    ]
    assert told[1]["resources"]["pic"]["added"] == ["b"]
    assert told[2]["resources"]["pic"]["updated"] == [
        {"name": "k", "previous_value": "v", "new_value": "w"}
    ]
    assert (told[5]["from_public_id"], told[5]["to_public_id"]) == ("pic", "other")


def test_what_moderators_decide_is_told_flat(jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", moderation="manual|manual")
    api.create_trigger("poll://c", "all", uri_type="poll")
    for _ in range(2):
        api.update("pic", moderation_status="approved")
    told = [one["payload"] for one in polled("c", max_messages=100)]
    assert [
        (one["notification_type"], one["public_id"], one["moderation_status"]) for one in told
    ] == [
        ("moderation", "pic", "approved"),
        ("moderation", "pic", "approved"),
        ("moderation_summary", "pic", "approved"),
    ]
    assert told[0]["moderation_kind"] == "manual"


def test_polled_messages_are_signed_claimed_and_acknowledged(jpeg: Path) -> None:
    api.create_trigger("poll://c", "upload", uri_type="poll")
    uploader.upload(str(jpeg), public_id="pic")
    (message,) = polled("c")
    assert utils.verify_notification(message)
    assert polled("c") == []
    done = api.ack_notifications([message["receipt_handle"], "nothing"])["results"]
    assert [one["status"] for one in done] == ["acked", "not_found"]


def test_a_message_nobody_acknowledged_comes_again_after_a_restart(
    impatient: Sandbox, jpeg: Path
) -> None:
    api.create_trigger("poll://c", "upload", uri_type="poll")
    uploader.upload(str(jpeg), public_id="pic")
    (first,) = polled("c", visibility_timeout=600)
    impatient.stop()
    impatient.start()
    (again,) = polled("c")
    assert again["receipt_handle"] == first["receipt_handle"]


def test_a_poll_waits_for_the_next_message(jpeg: Path) -> None:
    api.create_trigger("poll://c", "upload", uri_type="poll")
    sending = threading.Timer(0.3, uploader.upload, [str(jpeg)], {"public_id": "late"})
    sending.start()
    (message,) = api.notifications(channel="c", wait_seconds=WAIT_S)["messages"]
    sending.join()
    assert message["payload"]["public_id"] == "late"


def test_messages_for_anybody_are_asked_for_by_their_batch(jpeg: Path) -> None:
    api.create_trigger("poll://*", "upload", uri_type="poll")
    uploader.upload(str(jpeg), public_id="pic", batch_id="mine")
    uploader.upload(str(jpeg), public_id="lost")
    (message,) = api.notifications(batch_id="mine", wait_seconds=0)["messages"]
    assert (message["batch_id"], message["payload"]["public_id"]) == ("mine", "pic")


def test_exactly_one_address_is_polled(impatient: Sandbox) -> None:
    url = f"{impatient.url}/v2/notifications/demo/messages"
    for query in ("", "?channel=a&batch_id=b", "?channel=a&wait_seconds=61"):
        assert plain.get(url + query, auth=("1234", "s3cr3t")).status_code == 400
    assert plain.get(url + "?channel=a", auth=("1234", "wrong")).status_code == 401


def test_triggers_are_checked(receiver: Receiver) -> None:
    made = api.create_trigger(receiver.url, "upload")
    with pytest.raises(AlreadyExists):
        api.create_trigger(receiver.url, "upload")
    with pytest.raises(BadRequest, match="event_type"):
        api.create_trigger(receiver.url, "sunrise")
    with pytest.raises(BadRequest, match="uri"):
        api.create_trigger(receiver.url, "delete", uri_type="poll")
    assert api.triggers(event_type="delete")["triggers"] == []
    assert api.test_trigger(made["id"])["filter_result"] is True
    api.delete_trigger(made["id"])
    with pytest.raises(NotFound):
        api.delete_trigger(made["id"])


def test_nothing_is_told_of_what_was_refused(jpeg: Path) -> None:
    api.create_trigger("poll://c", "all", uri_type="poll")
    with pytest.raises(NotFound):
        uploader.rename("nothing", "other")
    with pytest.raises(BadRequest):
        uploader.upload(str(jpeg), eager="c_scale,w_wide")
    assert polled("c") == []
