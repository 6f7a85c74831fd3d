"""What uploads and updates say of an asset: access, boxes, regions, headers; and add-ons."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest, RateLimited
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.access_rules import access_rules
from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.server import Sandbox

SDK = pytest.mark.usefixtures("sdk")


@SDK
def test_access_rules_come_back_with_their_times_in_utc(sdk: Sandbox, jpeg: Path) -> None:
    window = {"access_type": "anonymous", "start": "2026-01-01 02:00 +0200", "end": "2030-01-01"}
    reply = uploader.upload(
        str(jpeg), public_id="pic", access_control=[{"access_type": "token"}, window]
    )
    rules = [
        {"access_type": "token"},
        {
            "access_type": "anonymous",
            "start": "2026-01-01T00:00:00Z",
            "end": "2030-01-01T00:00:00Z",
        },
    ]
    assert reply["access_control"] == rules
    assert api.resource("pic")["access_control"] == rules
    assert "access_control_updated_at" in api.update("pic", access_control=[])["last_updated"]
    assert sdk.stored("demo")[0].access_control == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not valid JSON"),
        ('[{"access_type":"friends"}]', "access_type must be"),
        ('["anonymous"]', "access_type must be"),
        ('[{"access_type":"anonymous"},{"access_type":"anonymous"}]', "only one anonymous"),
        ('[{"access_type":"anonymous","start":"soon"}]', "soon is not a time"),
        ('[{"access_type":"anonymous","start":"2026-02-01","end":"2026-01-01"}]', "after start"),
    ],
)
def test_wrong_access_rules_are_refused(text: str, reason: str) -> None:
    with pytest.raises(CloudinaryError, match=reason):
        access_rules(text)


moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


@given(at=moments)
def test_times_stay_the_same_moment_in_every_spelling(at: datetime) -> None:
    moment = at.replace(microsecond=0, tzinfo=UTC)
    spellings = [
        moment.isoformat(),
        moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        moment.strftime("%Y-%m-%d %H:%M:%S +0000"),
    ]
    for spelling in spellings:
        (rule,) = access_rules(json.dumps({"access_type": "anonymous", "start": spelling}))
        assert datetime.fromisoformat(rule["start"]) == moment


@SDK
def test_uploads_cut_boxes_to_the_picture_and_explicit_takes_them_as_they_are(jpeg: Path) -> None:
    boxes = [[1, 2, 100, 5], [3, 4, 5, 100]]
    reply = uploader.upload(str(jpeg), public_id="pic", face_coordinates=boxes, faces=True)
    assert reply["faces"] == [[1, 2, 40, 5], [3, 4, 5, 30]]
    uploader.explicit("pic", type="upload", face_coordinates=boxes, custom_coordinates=[1, 2, 3, 4])
    info = api.resource("pic", faces=True, coordinates=True)
    assert info["faces"] == boxes
    assert info["coordinates"] == {"faces": boxes, "custom": [[1, 2, 3, 4]]}


@SDK
@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"face_coordinates": "1,2,3"}, "face_coordinates"),
        ({"custom_coordinates": "a,b,c,d"}, "custom_coordinates"),
        ({"regions": {"box": [[1, 2]]}}, "at least two points"),
        ({"regions": {"box": "no"}}, "regions"),
    ],
)
def test_wrong_boxes_and_regions_are_refused(
    sdk: Sandbox, jpeg: Path, asked: Any, reason: str
) -> None:
    with pytest.raises(BadRequest, match=reason):
        uploader.upload(str(jpeg), **asked)
    assert sdk.stored("demo") == []


@SDK
def test_regions_and_headers_are_kept(sdk: Sandbox, jpeg: Path) -> None:
    headers = {"X-Robots-Tag": "noindex", "Set-Cookie": "a=b"}
    uploader.upload(str(jpeg), regions={"box": [[1, 2], [3, 4]]}, headers=headers)
    (asset,) = sdk.stored("demo")
    assert asset.regions == {"box": [[1, 2], [3, 4]]}
    assert asset.headers == {"X-Robots-Tag": "noindex"}


@SDK
@pytest.mark.parametrize(
    ("parameter", "words"),
    [
        ("raw_convert", "Raw convert is invalid"),
        ("categorization", "Categorization item illegal is not valid"),
        ("detection", "Detection invalid model 'illegal'"),
        ("background_removal", "Background removal illegal is invalid"),
        ("ocr", "Ocr illegal is invalid"),
    ],
)
def test_add_ons_that_do_not_exist_are_refused_in_the_words_of_each_call(
    sdk: Sandbox, jpeg: Path, parameter: str, words: str
) -> None:
    with pytest.raises(BadRequest, match=words):
        uploader.upload(str(jpeg), **{parameter: "illegal"})
    assert sdk.stored("demo") == []
    uploader.upload(str(jpeg), public_id="pic")
    with pytest.raises(BadRequest, match="Illegal value illegal"):
        api.update("pic", **{parameter: "illegal"})


@SDK
@pytest.mark.parametrize(
    "call",
    [
        lambda path: uploader.upload(path, categorization="google_tagging", auto_tagging=0.5),
        lambda path: uploader.upload(path, detection="coco_v2"),
        lambda path: uploader.upload(path, ocr="adv_ocr"),
        lambda _: api.visual_search(text="a red shoe"),
    ],
)
def test_add_ons_that_exist_are_refused_for_want_of_a_subscription(
    jpeg: Path, call: Callable[[str], Any]
) -> None:
    with pytest.raises(RateLimited, match="active subscription"):
        call(str(jpeg))


@SDK
def test_a_display_name_can_be_made_unique_in_its_folder(jpeg: Path) -> None:
    first = uploader.upload(str(jpeg), display_name="Hero", asset_folder="a")
    again = uploader.upload(
        str(jpeg), display_name="Hero", asset_folder="a", unique_display_name=True
    )
    elsewhere = uploader.upload(
        str(jpeg), display_name="Hero", asset_folder="b", unique_display_name=True
    )
    assert (first["display_name"], elsewhere["display_name"]) == ("Hero", "Hero")
    assert again["display_name"].startswith("Hero_")
    renamed = api.update(
        elsewhere["public_id"], asset_folder="a", display_name="Hero", unique_display_name=True
    )
    assert renamed["display_name"] not in {"Hero", again["display_name"]}
