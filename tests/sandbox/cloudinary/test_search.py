"""The Search API, by the official SDK: replies, pages, counts, signed URLs, folders, the lag."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import cloudinary
import pytest
from cloudinary import Search, SearchFolders, api, uploader
from cloudinary.exceptions import BadRequest, GeneralError

from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox, utc_now
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")


@pytest.fixture
def three(sdk: Sandbox, png: bytes, jpeg: Path) -> list[Any]:
    """`a` and `b` are PNGs of 7 × 5 pixels, `c` a JPEG of 40 × 30; all are tagged."""
    return [
        uploader.upload(io.BytesIO(png), public_id="a", tags=["t"], context={"stage": "new"}),
        uploader.upload(io.BytesIO(png), public_id="b", tags=["t", "u"], asset_folder="x/y"),
        uploader.upload(str(jpeg), public_id="c", tags=["t"], asset_folder="x"),
    ]


def ids(found: Any) -> list[str]:
    return [one["public_id"] for one in found["resources"]]


@pytest.mark.usefixtures("three")
def test_without_an_expression_everything_is_found_newest_first() -> None:
    found = Search().execute()
    assert ids(found) == ["c", "b", "a"]
    assert found["total_count"] == 3
    assert found["time"] >= 0
    assert "next_cursor" not in found


def test_what_is_found_is_told_in_the_searches_own_shape(three: list[Any]) -> None:
    (one,) = Search().expression("public_id=b").execute()["resources"]
    assert one["asset_id"] == three[1]["asset_id"]
    assert (one["asset_folder"], one["display_name"], one["filename"]) == ("x/y", "b", "b")
    assert (one["width"], one["height"], one["pixels"], one["aspect_ratio"]) == (7, 5, 35, 1.4)
    assert (one["status"], one["access_mode"], one["access_control"]) == ("active", "public", None)
    assert one["etag"] == three[1]["etag"]
    assert one["created_at"].endswith("+00:00")
    assert plain.get(one["secure_url"]).status_code == 200
    assert not {"tags", "context", "metadata", "image_metadata"} & set(one)


@pytest.mark.usefixtures("three")
def test_more_is_told_on_demand_and_context_is_flat() -> None:
    api.add_metadata_field(
        {"external_id": "m", "label": "m", "type": "string", "default_value": "d"}
    )
    search = Search().expression("public_id=a")
    for name in ("context", "tags", "metadata", "image_metadata", "image_analysis"):
        search.with_field(name)
    (one,) = search.execute()["resources"]
    assert (one["context"], one["tags"]) == ({"stage": "new"}, ["t"])
    assert one["metadata"] == {"m": "d"}
    assert one["image_metadata"]["ImageWidth"] == "7"
    assert one["image_analysis"]["face_count"] == 0


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("colors:teal", ["c"]),
        ("colors.teal>=90", ["c"]),
        ("colors:red", []),
        ("transparent:true", ["a", "b"]),
        ("transparent:false AND grayscale=false", ["c"]),
        ("grayscale:true", ["a", "b"]),
        ("quality_analysis.color_score>0", ["a", "b", "c"]),
        ("accessibility_analysis.colorblind_accessibility_score<=1", ["a", "b", "c"]),
        ("illustration_score=0 AND face_count=0", ["a", "b", "c"]),
        ("quality_score>1", []),
    ],
)
def test_what_pictures_look_like_is_searched_for(expression: str, expected: list[str]) -> None:
    uploader.upload(io.BytesIO(b"no picture"), public_id="raw", resource_type="raw")
    assert sorted(ids(Search().expression(expression).execute())) == expected


@pytest.mark.usefixtures("three")
def test_what_pictures_look_like_sorts_and_is_told() -> None:
    found = Search().expression("t").sort_by("quality_score", "asc").with_field("quality_analysis")
    resources = found.with_field("image_analysis").execute()["resources"]
    assert len(resources) == 3
    last = resources[-1]
    assert last["public_id"] == "c"
    assert 0 <= last["quality_analysis"]["color_score"] <= 1
    assert last["image_analysis"]["colors"] == {"teal": 100.0}
    assert last["image_analysis"]["transparent"] is False


@pytest.mark.usefixtures("three")
def test_fields_leave_out_all_but_what_names_an_asset() -> None:
    (one,) = Search().expression("public_id=a").fields("context").execute()["resources"]
    assert set(one) == {
        "public_id",
        "asset_id",
        "asset_folder",
        "created_at",
        "status",
        "type",
        "resource_type",
        "context",
    }


def test_a_fixed_folder_is_told_and_searched_as_folder(
    fixed: Sandbox, connect: Any, png: bytes
) -> None:
    connect(fixed)
    uploader.upload(io.BytesIO(png), public_id="x/y/pic")
    (one,) = Search().expression('folder:"x/*"').execute()["resources"]
    assert (one["folder"], "asset_folder" in one, "display_name" in one) == ("x/y", False, False)


@pytest.mark.usefixtures("three")
def test_results_are_sorted_by_several_fields() -> None:
    search = Search().sort_by("format", "asc").sort_by("public_id", "desc")
    assert ids(search.execute()) == ["c", "b", "a"]
    assert ids(Search().sort_by("bytes", "desc").sort_by("public_id", "asc").execute()) == [
        "c",
        "a",
        "b",
    ]
    assert ids(Search().sort_by("score").execute()) == ["c", "b", "a"]


@pytest.mark.usefixtures("three")
def test_what_has_no_value_is_sorted_last_either_way() -> None:
    api.add_metadata_field({"external_id": "rank", "label": "rank", "type": "integer"})
    uploader.update_metadata({"rank": 2}, ["a"])
    uploader.update_metadata({"rank": 1}, ["b"])
    for direction, expected in (("asc", ["b", "a", "c"]), ("desc", ["a", "b", "c"])):
        assert ids(Search().sort_by("metadata.rank", direction).execute()) == expected


@pytest.mark.usefixtures("three")
def test_pages_show_everything_once_and_count_the_same(png: bytes) -> None:
    seen, cursor = [], ""
    for total in (3, 3, 3):
        search = Search().expression("tags=t").sort_by("public_id", "asc").max_results(1)
        found = search.next_cursor(cursor).execute()
        assert found["total_count"] == total
        seen += ids(found)
        cursor = found.get("next_cursor")
    assert seen == ["a", "b", "c"]
    assert cursor is None


@pytest.mark.usefixtures("three")
def test_a_deletion_between_two_pages_shifts_nothing() -> None:
    first = Search().sort_by("public_id", "asc").max_results(2).execute()
    uploader.destroy("a")
    search = Search().sort_by("public_id", "asc").max_results(2)
    assert ids(search.next_cursor(first["next_cursor"]).execute()) == ["c"]


@pytest.mark.usefixtures("three")
def test_every_write_is_found_at_once() -> None:
    search = Search().expression("tags=new")
    assert ids(search.execute()) == []
    uploader.add_tag("new", ["a"])
    assert ids(search.execute()) == ["a"]
    uploader.destroy("a")
    assert ids(search.execute()) == []


@pytest.mark.usefixtures("three")
def test_results_are_counted_by_values_and_ranges() -> None:
    ranges = [{"key": "small", "to": 100}, {"key": "big", "from": 100}]
    found = (
        Search()
        .aggregate(["format", "resource_type"])
        .aggregate({"type": "image_pixels", "ranges": ranges})
        .max_results(1)
        .execute()
    )
    assert found["aggregations"] == {
        "format": {"jpg": 1, "png": 2},
        "resource_type": {"image": 3},
        "image_pixels": {"small": 2, "big": 1},
    }


@pytest.mark.parametrize(
    ("search", "message"),
    [
        (Search().expression("tags=(a"), "Invalid search expression: unexpected end"),
        (Search().max_results(501), "Invalid value for max_results: 501"),
        (Search().max_results("many"), "Invalid value for max_results: many"),
        (Search().next_cursor("!"), "Invalid value for next_cursor"),
        (Search().sort_by("created_at", "up"), "Invalid value for sort_by"),
        (Search().sort_by("nothing"), "Invalid value for sort_by: nothing"),
        (Search().aggregate("nothing"), "Invalid value for aggregate: nothing"),
        (Search().aggregate({"type": "bytes"}), "Invalid value for aggregate"),
        (Search().aggregate({"type": "bytes", "ranges": [{}]}), "Invalid value for aggregate"),
    ],
)
def test_a_wrong_search_is_a_bad_request(search: Search, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        search.execute()


def test_sorting_by_context_ends_in_a_general_error() -> None:
    with pytest.raises(GeneralError, match="General Error"):
        Search().sort_by("context.caption").execute()


@pytest.mark.usefixtures("three")
def test_a_query_and_a_form_ask_as_well_as_json(sandbox: Sandbox) -> None:
    url, auth = f"{sandbox.url}/v1_1/demo/resources/search", ("1234", "s3cr3t")
    query = {"expression": "tags=t", "max_results": "2", "sort_by": "public_id:asc"}
    by_get = plain.get(url, auth=auth, params=query).json()
    by_form = plain.post(url, auth=auth, data=query).json()
    assert ids(by_get) == ids(by_form) == ["a", "b"]
    escaped = plain.post(url.replace("/search", "%2Fsearch"), auth=auth, json={"max_results": 1})
    assert ids(escaped.json()) == ["c"]


@pytest.mark.usefixtures("three")
def test_deleted_assets_with_a_backup_are_found_by_those_who_ask(png: bytes) -> None:
    uploader.upload(io.BytesIO(png), public_id="kept", backup=True)
    uploader.destroy("kept")
    assert ids(Search().execute()) == ["c", "b", "a"]
    (gone,) = Search().expression("status=deleted").execute()["resources"]
    assert (gone["public_id"], gone["status"]) == ("kept", "deleted")
    assert gone["backup_bytes"] == len(png)
    assert ids(Search().expression("status:(active OR pending)").execute()) == ["c", "b", "a"]


@pytest.mark.usefixtures("three")
def test_a_signed_url_needs_no_key_and_leads_on(sandbox: Sandbox) -> None:
    search = Search().expression("tags=t").sort_by("public_id", "asc").max_results(2)
    first = plain.get(search.to_url(ttl=1000))
    assert first.headers["cache-control"] == "public, max-age=1000"
    assert ids(first.json()) == ["a", "b"]
    second = plain.get(search.to_url(ttl=1000, next_cursor=first.json()["next_cursor"]))
    assert ids(second.json()) == ["c"]


def test_a_search_url_that_was_changed_is_refused() -> None:
    url = Search().expression("tags=t").to_url()
    other = Search().expression("tags=u").to_url()
    forged = "/".join([*url.split("/")[:-1], other.split("/")[-1]])
    reply = plain.get(forged)
    assert (reply.status_code, reply.json()["error"]["message"]) == (401, "Invalid signature")
    assert plain.get(url.replace("/300/", "/1/")).status_code == 401
    assert plain.get(f"{url.partition('/search/')[0]}/search/x").status_code == 400


@pytest.mark.usefixtures("three")
def test_folders_are_found_by_path_name_and_age() -> None:
    api.create_folder("xy")
    assert SearchFolders().max_results(1).execute()["total_count"] == 3

    def paths(expression: str) -> list[str]:
        found = SearchFolders().expression(expression).sort_by("path", "asc").execute()
        return [one["path"] for one in found["folders"]]

    assert paths('path="x"') == ["x"]
    assert paths("path:x/*") == ["x", "x/y"]
    assert paths("path:x*") == ["x", "x/y", "xy"]
    assert paths("name=y") == ["x/y"]
    assert paths("created_at>1h AND NOT name:xy") == ["x", "x/y"]
    (one,) = SearchFolders().expression("path=x/y").execute()["folders"]
    assert set(one) == {"name", "path", "created_at", "external_id"}


def test_the_index_can_lag_behind_what_was_written(
    make_sandbox: Any, connect: Any, png: bytes
) -> None:
    times = [utc_now()]
    sandbox = make_sandbox(now=lambda: times[-1], settings=Settings(search_lag_s=5))
    sandbox.start()
    connect(sandbox)
    uploader.upload(io.BytesIO(png), public_id="a")
    assert ids(Search().execute()) == []
    assert ids(api.resources()) == ["a"]
    times.append(times[-1] + timedelta(seconds=5))
    assert ids(Search().execute()) == ["a"]
    uploader.destroy("a")
    assert ids(Search().execute()) == ["a"]
    times.append(times[-1] + timedelta(seconds=5))
    assert ids(Search().execute()) == []


def test_a_search_needs_a_key(sandbox: Sandbox) -> None:
    cloudinary.config(api_secret="no")
    reply = plain.post(f"{sandbox.url}/v1_1/demo/resources/search", json={})
    assert reply.status_code == 401
