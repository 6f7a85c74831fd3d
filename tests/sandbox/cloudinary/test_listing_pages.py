"""Pages of listings: every asset once, whatever the order and the size of a page."""

from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest

pytestmark = pytest.mark.usefixtures("sdk")
NAMES = [f"p{number}" for number in range(7)]


@pytest.fixture
def seven(sdk: Any, jpeg: Path) -> None:
    """Seven assets; the even ones have a tag and a context."""
    for number, name in enumerate(NAMES):
        more = {"tags": ["even"], "context": {"k": "v"}} if number % 2 == 0 else {}
        uploader.upload(str(jpeg), public_id=name, **more)


def all_pages(listing: Any, **options: Any) -> list[str]:
    """The public IDs of every page."""
    found: list[str] = []
    cursor = None
    while True:
        page = listing(next_cursor=cursor, **options)
        found += [one["public_id"] for one in page["resources"]]
        cursor = page.get("next_cursor")
        if cursor is None:
            return found


@pytest.mark.usefixtures("seven")
@pytest.mark.parametrize("size", [1, 3, 7, 500])
def test_every_asset_is_listed_once(size: int) -> None:
    assert all_pages(api.resources, max_results=size) == NAMES[::-1]
    assert all_pages(api.resources, max_results=size, direction="asc") == NAMES
    assert all_pages(api.resources, max_results=size, prefix="p", type="upload") == NAMES
    even = NAMES[::2]

    def tagged(**options: Any) -> Any:
        return api.resources_by_tag("even", **options)

    def with_context(**options: Any) -> Any:
        return api.resources_by_context("k", "v", **options)

    assert all_pages(tagged, max_results=size, direction="asc") == even
    assert all_pages(with_context, max_results=size) == even[::-1]


@pytest.mark.usefixtures("seven")
def test_a_prefix_wants_a_delivery_type() -> None:
    with pytest.raises(BadRequest, match="Missing required parameter - type"):
        api.resources(prefix="p")


@pytest.mark.usefixtures("seven")
def test_what_is_deleted_between_two_pages_shifts_nothing() -> None:
    first = api.resources(max_results=3)
    uploader.destroy("p6")
    uploader.destroy("p3")
    rest = api.resources(max_results=500, next_cursor=first["next_cursor"])
    assert [one["public_id"] for one in rest["resources"]] == ["p2", "p1", "p0"]


@pytest.mark.usefixtures("seven")
def test_a_cursor_of_another_listing_is_refused() -> None:
    by_name = api.resources(prefix="p", type="upload", max_results=1)["next_cursor"]
    with pytest.raises(BadRequest, match="next_cursor"):
        api.resources(next_cursor=by_name)


def test_derived_files_come_in_pages(jpeg: Path) -> None:
    eager = [{"width": width, "crop": "scale"} for width in (5, 6, 7)]
    uploader.upload(str(jpeg), public_id="pic", eager=eager)
    first = api.resource("pic", max_results=2)
    rest = api.resource("pic", derived_next_cursor=first["derived_next_cursor"])
    names = [one["transformation"] for one in first["derived"] + rest["derived"]]
    assert names == ["c_scale,w_5", "c_scale,w_6", "c_scale,w_7"]
    assert len(api.resource("pic", derived_next_cursor="unknown")["derived"]) == 3


@pytest.mark.usefixtures("seven")
def test_a_deletion_with_a_wrong_cursor_deletes_nothing() -> None:
    with pytest.raises(BadRequest, match="next_cursor"):
        api.delete_all_resources(next_cursor="elsewhere")
    assert len(api.resources()["resources"]) == 7
    assert len(api.delete_all_resources()["deleted"]) == 7
