"""Requests that make no sense are refused, and harm nothing that is stored."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.json_text import MAX_DEPTH, parsed_json
from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

AUTH = ("1234", "s3cr3t")
HALF_A_LETTER = '"\\ud800"'
LONG_NUMBER = "9" * 5_000
LISTINGS = [
    "/resources/image",
    "/resources/image/upload?prefix=p",
    "/resources/search",
    "/folders",
    "/folders/search",
    "/tags/image",
    "/transformations",
    "/upload_mappings",
    "/upload_presets",
]


def asked(sandbox: Sandbox, method: str, path: str, body: str | None = None) -> tuple[int, Any]:
    """The status and the JSON that answer a request with a JSON body."""
    url = f"{sandbox.url}/v1_1/demo{path}"
    said = {"Content-Type": "application/json"}
    reply = plain.request(method, url, content=body, headers=said, auth=AUTH)
    return reply.status_code, reply.json()


@pytest.mark.parametrize("path", LISTINGS)
@pytest.mark.parametrize(
    "holds", ["5", "null", '{"a":1}', "[[1]]", "[null]", "[1.5,2]", "[" * 5_000, "no JSON"]
)
def test_a_cursor_that_no_listing_gave_is_refused(
    sdk: Sandbox, jpeg: Path, path: str, holds: str
) -> None:
    uploader.upload(str(jpeg), public_id="pic", tags="t", asset_folder="f")
    api.create_upload_mapping("f", template="http://127.0.0.1/")
    api.create_upload_preset(name="p")
    api.create_transformation("t", {"width": 5})
    cursor = base64.urlsafe_b64encode(holds.encode()).decode()
    sign = "&" if "?" in path else "?"
    status, reply = asked(sdk, "GET", f"{path}{sign}next_cursor={cursor}")
    assert (status, reply["error"]["message"]) == (400, "Invalid value for next_cursor")


def test_a_cursor_of_a_listing_with_another_order_is_refused(sdk: Sandbox, jpeg: Path) -> None:
    for name in ("a", "b"):
        uploader.upload(str(jpeg), public_id=name, tags=name)
    cursor = api.resources(max_results=1)["next_cursor"]
    with pytest.raises(BadRequest, match="next_cursor"):
        api.tags(next_cursor=cursor)


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity", HALF_A_LETTER, "[" * 100_000])
def test_what_could_not_be_told_again_is_not_kept(sandbox: Sandbox, number: str) -> None:
    body = f'{{"external_id": "f", "type": "string", "label": {number}}}'
    status, reply = asked(sandbox, "POST", "/metadata_fields", body)
    assert (status, reply["error"]["message"]) == (400, "Invalid JSON in request body")
    assert asked(sandbox, "GET", "/metadata_fields") == (200, {"metadata_fields": []})


def test_half_a_letter_does_not_spoil_an_asset(sdk: Sandbox, jpeg: Path) -> None:
    uploader.upload(str(jpeg), public_id="pic", tags="before")
    status, _ = asked(sdk, "POST", "/resources/image/upload/pic", f'{{"tags": {HALF_A_LETTER}}}')
    assert status == 400
    assert api.resource("pic")["tags"] == ["before"]


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        ("custom_coordinates", "Infinity,0,1,1"),
        ("face_coordinates", "nan,0,1,1"),
        ("regions", '{"a":[[1e999,1],[1,2]]}'),
        ("access_control", "[" * 5_000),
        ("responsive_breakpoints", '[{"create_derived":true,"max_width":Infinity}]'),
    ],
)
def test_a_number_without_end_is_refused(
    sandbox: Sandbox, png: bytes, parameter: str, text: str
) -> None:
    reply = plain.post(
        f"{sandbox.url}/v1_1/demo/image/upload",
        data={"public_id": "pic", parameter: text},
        files={"file": png},
        auth=AUTH,
    )
    assert (reply.status_code, parameter in reply.json()["error"]["message"]) == (400, True)
    assert sandbox.stored("demo") == []


def test_what_is_named_twice_is_deleted_once(sdk: Sandbox, jpeg: Path) -> None:
    eager = [{"width": width, "crop": "scale"} for width in (5, 6)]
    uploader.upload(str(jpeg), public_id="a", eager=eager)
    told = uploader.upload(str(jpeg), public_id="b", eager=eager)
    derived = api.resource("b")["derived"][0]["id"]
    assert api.delete_derived_resources([derived] * 2)["deleted"] == {derived: "deleted"}
    reply = api.delete_resources(["a", "a", "nothing", "nothing"])
    assert reply["deleted"] == {"a": "deleted", "nothing": "not_found"}
    assert reply["deleted_counts"]["a"] == {"original": 1, "derived": 2}
    twice = api.delete_resources_by_asset_ids([told["asset_id"]] * 2)
    assert twice["deleted"] == {told["asset_id"]: "deleted"}
    sdk.stop()
    sdk.start()
    assert sdk.stored("demo") == []


@pytest.mark.parametrize(
    "path",
    [
        f"/resources/image?max_results={LONG_NUMBER}",
        f"/resources/search?max_results={LONG_NUMBER}",
    ],
)
def test_a_number_of_thousands_of_digits_is_refused(sandbox: Sandbox, path: str) -> None:
    status, reply = asked(sandbox, "GET", path)
    assert (status, "Invalid" in reply["error"]["message"]) == (400, True)


def test_a_link_of_thousands_of_digits_opens_nothing(sandbox: Sandbox) -> None:
    link = f"{sandbox.url}/v1_1/demo/image/download?public_id=pic&expires_at={LONG_NUMBER}"
    assert plain.get(link).status_code == 400


def test_a_part_at_a_place_of_thousands_of_digits_is_refused(sandbox: Sandbox) -> None:
    place = f"bytes {LONG_NUMBER}-{LONG_NUMBER}/{LONG_NUMBER}"
    reply = plain.post(
        f"{sandbox.url}/v1_1/demo/raw/upload",
        files={"file": b"1"},
        headers={"X-Unique-Upload-Id": "u", "Content-Range": place},
        auth=AUTH,
    )
    assert reply.status_code == 400


def test_a_long_reason_does_not_burst_the_header(sandbox: Sandbox) -> None:
    # Node reads no more than 16 KB of headers, Python no more than 64 KB a line.
    reply = plain.post(
        f"{sandbox.url}/v1_1/demo/image/explicit",
        data={"public_id": "ü" * 70_000, "type": "upload"},
        auth=AUTH,
    )
    assert reply.status_code == 404
    assert len(reply.json()["error"]["message"]) > 70_000
    (told,) = (value for name, value in reply.headers.raw if name == b"x-cld-error")
    assert len(told) <= 1_024
    assert told.decode().startswith("Resource not found - üü")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON | st.text())
def test_json_is_read_as_it_was_meant(value: object) -> None:
    assert parsed_json(json.dumps(value)) == value


def test_nesting_has_an_end() -> None:
    assert parsed_json("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    with pytest.raises(ValueError, match="nested"):
        parsed_json("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
