"""Streaming profiles and upload mappings, by the official SDK."""

from pathlib import Path

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import AlreadyExists, BadRequest, NotFound
from cloudinary.utils import cloudinary_url

from bridge_app.sandbox.server import Sandbox
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")

PREDEFINED = {"4k", "full_hd", "hd", "sd", "full_hd_wifi", "full_hd_lean", "hd_lean"}


def names() -> set[str]:
    return {one["name"] for one in api.list_streaming_profiles()["data"]}


def test_a_streaming_profile_is_created_changed_and_deleted() -> None:
    rung = {"bit_rate": "5m", "height": 1200, "width": 1200, "crop": "limit"}
    made = api.create_streaming_profile("mine", representations=[{"transformation": rung}])
    assert made["data"]["representations"] == [{"transformation": [rung]}]
    assert names() == {*PREDEFINED, "mine"}
    api.update_streaming_profile("mine", display_name="Mine")
    profile = api.get_streaming_profile("mine")["data"]
    assert (profile["display_name"], profile["predefined"]) == ("Mine", False)
    with pytest.raises(AlreadyExists):
        api.create_streaming_profile("mine", representations=[{"transformation": rung}])
    api.delete_streaming_profile("mine")
    with pytest.raises(NotFound):
        api.get_streaming_profile("mine")


def test_deleting_a_predefined_profile_makes_it_what_it_was() -> None:
    before = api.get_streaming_profile("hd")["data"]
    api.update_streaming_profile("hd", representations=[{"transformation": {"width": 1}}])
    assert api.get_streaming_profile("hd")["data"] != before
    api.delete_streaming_profile("hd")
    assert api.get_streaming_profile("hd")["data"] == before


def test_a_profile_needs_representations() -> None:
    with pytest.raises(BadRequest, match="representations"):
        api.create_streaming_profile("empty")


def test_a_mapped_folder_is_filled_from_elsewhere_when_asked(sdk: Sandbox, jpeg: Path) -> None:
    source = uploader.upload(str(jpeg), public_id="far/away")["url"]
    template = source.removesuffix("away.jpg")
    api.create_upload_mapping("near", template=template)
    with pytest.raises(AlreadyExists):
        api.create_upload_mapping("near", template=template)
    url, _ = cloudinary_url("near/away.jpg")
    assert plain.get(url).content == jpeg.read_bytes()
    assert api.resource("near/away")["bytes"] == jpeg.stat().st_size
    assert plain.get(cloudinary_url("near/nothing.jpg")[0]).status_code == 404
    api.delete_upload_mapping("near")
    assert api.upload_mappings()["mappings"] == []
    assert plain.get(url).status_code == 200


def test_mappings_are_paged() -> None:
    for folder in ("a", "b", "c"):
        api.create_upload_mapping(folder, template="http://127.0.0.1/")
    first = api.upload_mappings(max_results=2)
    rest = api.upload_mappings(max_results=2, next_cursor=first["next_cursor"])
    found = [one["folder"] for page in (first, rest) for one in page["mappings"]]
    assert found == ["a", "b", "c"]
    with pytest.raises(NotFound):
        api.upload_mapping("d")
