"""The Admin API, by the official SDK."""

import io
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import AuthorizationRequired, BadRequest, NotFound, RateLimited

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")


@pytest.fixture
def five(sdk: Sandbox, png: bytes) -> list[Any]:
    """Five assets `a/0` … `a/4`, the even ones tagged."""
    return [
        uploader.upload(
            io.BytesIO(png),
            public_id=f"a/{number}",
            tags=["even"] if number % 2 == 0 else [],
            context={"n": str(number)} if number < 2 else None,
            asset_folder="red" if number > 2 else "",
        )
        for number in range(5)
    ]


def ids(listing: Any) -> list[str]:
    return [one["public_id"] for one in listing["resources"]]


@pytest.mark.parametrize("call", [api.ping, api.root_folders, api.resources, api.resource_types])
def test_every_reply_tells_the_limits_and_its_id(call: Any) -> None:
    reply = call()
    assert reply.rate_limit_allowed == 5000
    assert 0 < reply.rate_limit_remaining < 5000
    assert reply.rate_limit_reset_at is not None
    assert len(reply.request_id) == 32


def test_errors_tell_the_limits_too(sandbox: Sandbox) -> None:
    reply = plain.get(f"{sandbox.url}/v1_1/demo/resources/image/upload/no", auth=("1234", "s3cr3t"))
    assert reply.status_code == 404
    assert reply.json() == {"error": {"message": "Resource not found - no"}}
    assert int(reply.headers["x-featureratelimit-remaining"]) > 0
    assert parsedate_to_datetime(reply.headers["x-featureratelimit-reset"]).minute == 0
    assert reply.headers["x-request-id"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"api_key": "9"}, "Error 401 - unknown api_key"),
        ({"api_secret": "no"}, "Error 401 - api_secret mismatch"),
        ({"cloud_name": "nobody"}, "Error 401 - Invalid cloud_name nobody"),
        ({"cloud_name": "nobody", "api_key": "9"}, "Error 401 - unknown api_key"),
    ],
)
def test_wrong_credentials_are_told_apart(settings: dict[str, str], message: str) -> None:
    cloudinary.config(**settings)
    with pytest.raises(AuthorizationRequired, match=message):
        api.ping()


def test_too_many_calls_an_hour_are_refused_until_the_next(make_sandbox: Any, connect: Any) -> None:
    sandbox = make_sandbox(calls_per_hour=2)
    sandbox.start()
    connect(sandbox)
    assert [api.ping().rate_limit_remaining for _ in range(2)] == [1, 0]
    with pytest.raises(RateLimited, match=r"Limit of 2 api operations .* Try again on \S+ \S+ UTC"):
        api.ping()


def test_the_settings_are_told_to_those_who_ask(fixed: Sandbox, connect: Any) -> None:
    assert "settings" not in api.config()
    assert api.config(settings=True)["settings"] == {"folder_mode": "dynamic"}
    connect(fixed)
    assert api.config(settings=True)["settings"] == {"folder_mode": "fixed"}


def test_usage_counts_what_is_stored(five: list[Any]) -> None:
    usage = api.usage()
    assert usage["resources"] == 5
    assert usage["storage"]["usage"] == sum(one["bytes"] for one in five)
    assert usage["media_limits"]["image_max_size_bytes"] > 0
    assert {"plan", "last_updated", "objects", "bandwidth", "requests"} <= set(usage)
    assert "limit" not in api.usage(date="20-11-2026")["bandwidth"]


def test_a_listing_is_newest_first_and_ten_at_most(png: bytes) -> None:
    for number in range(12):
        uploader.upload(io.BytesIO(png), public_id=str(number))
    assert ids(api.resources()) == [str(number) for number in range(11, 1, -1)]
    assert ids(api.resources(direction="asc", max_results=2)) == ["0", "1"]


@pytest.mark.parametrize("options", [{}, {"prefix": "a/"}, {"direction": "asc"}])
@pytest.mark.usefixtures("five")
def test_pages_show_everything_once(options: dict[str, str]) -> None:
    whole = ids(api.resources(type="upload", max_results=500, **options))
    seen: list[str] = []
    cursor = None
    while True:
        page = api.resources(type="upload", max_results=2, next_cursor=cursor, **options)
        seen += ids(page)
        cursor = page.get("next_cursor")
        if cursor is None:
            break
    assert seen == whole
    assert len(seen) == 5


@pytest.mark.usefixtures("five")
def test_a_deletion_between_two_pages_shifts_nothing() -> None:
    first = api.resources(max_results=2)
    uploader.destroy(ids(first)[0])
    second = api.resources(max_results=2, next_cursor=first["next_cursor"])
    assert ids(second) == ["a/2", "a/1"]


def test_listings_by_prefix_are_ordered_by_public_id(png: bytes) -> None:
    for name in ("b/2", "a", "b/1", "bc"):
        uploader.upload(io.BytesIO(png), public_id=name)
    assert ids(api.resources(type="upload", prefix="b")) == ["b/1", "b/2", "bc"]
    assert ids(api.resources(type="private", prefix="b")) == []
    assert ids(api.resources(resource_type="raw")) == []


@pytest.mark.usefixtures("five")
def test_listings_by_ids_tag_context_and_folder(five: list[Any]) -> None:
    assert ids(api.resources_by_ids(["a/1", "no", "a/3"])) == ["a/1", "a/3"]
    assert ids(api.resources_by_asset_ids([five[2]["asset_id"]])) == ["a/2"]
    assert ids(api.resources_by_tag("even")) == ["a/4", "a/2", "a/0"]
    assert ids(api.resources_by_context("n")) == ["a/1", "a/0"]
    assert ids(api.resources_by_context("n", "1")) == ["a/1"]
    assert ids(api.resources_by_asset_folder("red")) == ["a/4", "a/3"]
    assert api.resources_by_asset_folder("red", max_results=1)["total_count"] == 2


@pytest.mark.usefixtures("five")
def test_tags_and_context_are_listed_on_demand() -> None:
    plain, full = (
        api.resources_by_ids(["a/0"], tags=flag, context=flag)["resources"][0]
        for flag in (False, True)
    )
    assert not {"tags", "context"} & set(plain)
    assert (full["tags"], full["context"]) == (["even"], {"custom": {"n": "0"}})


@pytest.mark.usefixtures("five")
def test_fields_choose_what_is_listed() -> None:
    (one,) = api.resources(max_results=1, fields="bytes,tags")["resources"]
    assert set(one) == {"public_id", "asset_id", "asset_folder", "bytes", "tags"}


@pytest.mark.parametrize("options", [{"max_results": "many"}, {"next_cursor": "!"}])
def test_a_wrong_page_is_a_bad_request(options: dict[str, str]) -> None:
    with pytest.raises(BadRequest, match="Invalid value for"):
        api.resources(**options)


def test_details_are_found_by_both_ids(five: list[Any]) -> None:
    by_name, by_id = api.resource("a/0"), api.resource_by_asset_id(five[0]["asset_id"])
    assert by_name == by_id
    assert by_name["etag"] == five[0]["etag"]
    assert by_name["derived"] == []
    assert by_name["tags"] == ["even"]
    with pytest.raises(NotFound, match="Resource not found - a/9"):
        api.resource("a/9")


def test_updating_changes_what_is_said_and_nothing_else(five: list[Any]) -> None:
    reply = api.update(
        "a/0", tags=["x"], context={"k": "a|b"}, display_name="Hero", asset_folder="blue/dark"
    )
    assert (reply["tags"], reply["context"]) == (["x"], {"custom": {"k": "a|b"}})
    assert (reply["display_name"], reply["asset_folder"]) == ("Hero", "blue/dark")
    assert (reply["version"], reply["etag"]) == (five[0]["version"], five[0]["etag"])
    assert api.resource("a/0") == reply
    assert {"tags_updated_at", "context_updated_at"} <= set(reply["last_updated"])


def test_a_display_name_with_a_slash_is_refused(five: list[Any]) -> None:
    with pytest.raises(BadRequest, match="display_name"):
        api.update("a/0", tags=["x"], display_name="a/b")
    assert api.resource("a/0")["tags"] == ["even"]


@pytest.mark.usefixtures("five")
def test_assets_are_deleted_by_ids_prefix_tag_and_all(sdk: Sandbox, five: list[Any]) -> None:
    reply = api.delete_resources(["a/0", "no"])
    assert reply["deleted"] == {"a/0": "deleted", "no": "not_found"}
    assert reply["deleted_counts"]["a/0"] == {"original": 1, "derived": 0}
    assert reply["partial"] is False
    assert api.delete_resources_by_tag("even")["deleted"] == {"a/2": "deleted", "a/4": "deleted"}
    by_id = api.delete_resources_by_asset_ids([five[1]["asset_id"]])
    assert list(by_id["deleted"].values()) == ["deleted"]
    assert api.delete_resources_by_prefix("a/")["deleted"] == {"a/3": "deleted"}
    assert sdk.stored("demo") == []
    assert api.delete_all_resources()["deleted"] == {}


def test_a_call_takes_a_hundred_ids(five: list[Any]) -> None:
    many = [five[0]["public_id"], *map(str, range(100))]
    for refused in (
        lambda: api.delete_resources(many),
        lambda: api.delete_resources_by_asset_ids(many),
        lambda: api.delete_derived_resources(many),
        lambda: api.resources_by_ids(many),
    ):
        with pytest.raises(BadRequest, match="maximum is 100"):
            refused()
    assert api.resource(five[0]["public_id"])["bytes"]


def test_only_what_was_derived_can_be_deleted(jpeg: Path) -> None:
    eager = [{"width": width, "crop": "scale"} for width in (5, 6, 7)]
    uploader.upload(str(jpeg), public_id="pic", eager=eager)
    first = api.resource("pic")["derived"][0]
    assert api.delete_derived_resources([first["id"]])["deleted"] == {first["id"]: "deleted"}
    api.delete_derived_by_transformation("pic", {"width": 6, "crop": "scale"})
    assert [one["transformation"] for one in api.resource("pic")["derived"]] == ["c_scale,w_7"]
    api.delete_all_resources(keep_original=True)
    assert api.resource("pic")["derived"] == []


def test_deleting_nothing_in_particular_is_refused(sandbox: Sandbox, five: list[Any]) -> None:
    reply = plain.request(
        "DELETE", f"{sandbox.url}/v1_1/demo/resources/image/upload", auth=("1234", "s3cr3t")
    )
    assert reply.status_code == 400
    assert len(sandbox.stored("demo")) == 5


@pytest.mark.usefixtures("five")
def test_tags_in_use_are_listed() -> None:
    uploader.add_tag("odd,evening", ["a/1"])
    assert api.tags()["tags"] == ["even", "evening", "odd"]
    assert api.tags(prefix="even")["tags"] == ["even", "evening"]
    assert api.tags(resource_type="raw")["tags"] == []


@pytest.mark.usefixtures("five")
def test_resource_types_are_those_in_use(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    uploader.upload(str(tmp_path / "x.txt"), resource_type="raw")
    assert api.resource_types()["resource_types"] == ["image", "raw"]


def test_form_bodies_and_escaped_slashes_are_understood(sandbox: Sandbox, five: list[Any]) -> None:
    # As the Node SDK sends them.
    base = f"{sandbox.url}/v1_1/demo"
    auth = ("1234", "s3cr3t")
    updated = plain.post(f"{base}/resources/image/upload/a%2F0", auth=auth, data={"tags": "n"})
    assert updated.json()["tags"] == ["n"]
    deleted = plain.request(
        "DELETE", f"{base}/resources%2Fimage/upload", auth=auth, data={"public_ids[]": "a/0"}
    )
    assert deleted.json()["deleted"] == {"a/0": "deleted"}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_an_unknown_call_is_not_found(sandbox: Sandbox, method: str) -> None:
    reply = plain.request(method, f"{sandbox.url}/v1_1/demo/no/such/call")
    assert reply.status_code == 404
    assert "error" in reply.json()


def test_an_add_on_that_nobody_has_is_refused_so_that_the_sdk_understands() -> None:
    with pytest.raises(NotFound, match="Unknown API endpoint"):
        api.analyze("uri", "captioning", uri="http://127.0.0.1/a.jpg")
