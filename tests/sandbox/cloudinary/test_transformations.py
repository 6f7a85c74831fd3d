"""Transformations on the Admin API, by the official SDK, and names in delivery URLs."""

import io
from pathlib import Path

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import AlreadyExists, BadRequest, NotFound
from cloudinary.utils import cloudinary_url
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bridge_app.sandbox.cloudinary.transformation_text import canonical, expanded, info, names_in
from tests.plain_http import plain

pytestmark = pytest.mark.usefixtures("sdk")

PARAMS = ("c_scale", "w_100", "e_sepia", "l_text:arial_20:hi")


@given(st.permutations(PARAMS), st.sampled_from(["", "/jpg"]))
def test_the_order_within_a_component_makes_no_other_transformation(
    params: list[str], ending: str
) -> None:
    assert canonical(",".join(params) + ending) == canonical(",".join(PARAMS) + ending)


def test_components_keep_their_order() -> None:
    assert canonical("w_1/h_2") != canonical("h_2/w_1")


def test_parts_are_told_by_the_names_of_the_sdks() -> None:
    assert info("c_scale,l_text:arial_20:7,w_100/e_sepia,o_0.5") == [
        {"crop": "scale", "overlay": "text:arial_20:7", "width": 100},
        {"effect": "sepia", "opacity": 0.5},
    ]
    assert info("c_scale,w_102/") == [{"crop": "scale", "width": 102, "extension": "none"}]


def test_names_are_replaced_where_they_stand() -> None:
    known = {"small": "c_scale,w_10", "both": "t_small/e_grayscale"}
    text = expanded("r_5,t_small/t_both.small", known.get)
    assert text == "c_scale,w_10/r_5/c_scale,w_10/e_grayscale/c_scale,w_10"
    assert names_in(expanded("t_unknown", known.get)) == ["unknown"]


def test_a_name_that_means_itself_ends() -> None:
    assert names_in(expanded("t_a", {"a": "t_a/t_a"}.get)) != []


def test_a_named_transformation_is_created_read_redefined_and_deleted() -> None:
    assert api.create_transformation("small", {"crop": "scale", "width": 10})["message"] == (
        "created"
    )
    details = api.transformation("t_small")
    assert (details["name"], details["named"], details["used"]) == ("t_small", True, False)
    assert details["info"] == [{"crop": "scale", "width": 10}]
    api.update_transformation("small", unsafe_update={"crop": "scale", "width": 11})
    assert api.transformation("small")["info"] == [{"crop": "scale", "width": 11}]
    with pytest.raises(AlreadyExists):
        api.create_transformation("small", "w_1")
    api.delete_transformation("small")
    with pytest.raises(NotFound):
        api.transformation("small")


def test_nonsense_cannot_be_named() -> None:
    with pytest.raises(BadRequest):
        api.create_transformation("odd", "c_scale,w_wide")


def test_a_name_is_delivered_and_counts_as_used(jpeg: Path) -> None:
    api.create_transformation("small", {"crop": "scale", "width": 10})
    uploader.upload(str(jpeg), public_id="pic")
    url, _ = cloudinary_url("pic", transformation="small", format="png")
    with Image.open(io.BytesIO(plain.get(url).content)) as image:
        assert image.size == (10, 8)
    details = api.transformation("small")
    assert details["used"]
    assert [one["public_id"] for one in details["derived"]] == ["pic"]
    api.delete_transformation("small")
    assert api.resource("pic")["derived"] == []
    gone = plain.get(url)
    assert (gone.status_code, gone.headers["x-cld-error"]) == (400, "Unknown transformation small")


def test_redefining_a_name_leaves_what_was_derived(jpeg: Path) -> None:
    api.create_transformation("small", "c_scale,w_10")
    uploader.upload(str(jpeg), public_id="pic", eager={"transformation": "small"})
    url, _ = cloudinary_url("pic", transformation="small")
    before = plain.get(url).content
    api.update_transformation("small", unsafe_update="c_scale,w_20")
    assert plain.get(url).content == before


def test_what_was_derived_with_is_listed_behind_the_names(jpeg: Path) -> None:
    api.create_transformation("a", "w_1")
    uploader.upload(str(jpeg), public_id="pic", eager=[{"crop": "scale", "width": 5}])
    listed = api.transformations()["transformations"]
    assert [(one["name"], one["named"], one["used"]) for one in listed] == [
        ("t_a", True, False),
        ("c_scale,w_5", False, True),
    ]
    assert [one["name"] for one in api.transformations(named=True)["transformations"]] == ["t_a"]
    assert api.transformation("w_5,c_scale")["derived"][0]["public_id"] == "pic"
    page = api.transformations(max_results=1)
    rest = api.transformations(max_results=1, next_cursor=page["next_cursor"])
    assert [one["name"] for one in rest["transformations"]] == ["c_scale,w_5"]
    api.update_transformation("c_scale,w_5", allowed_for_strict=True)
    assert api.transformation("c_scale,w_5")["allowed_for_strict"]
    api.delete_transformation("c_scale,w_5")
    assert api.resource("pic")["derived"] == []
