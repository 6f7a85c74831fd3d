"""Moderation by people: asked for, decided, listed; and what becomes of a rejected asset."""

import re
from pathlib import Path
from typing import Any

import pytest
from cloudinary import api, uploader
from cloudinary.exceptions import BadRequest, RateLimited
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.moderation import current, decided, is_rejected, requested
from bridge_app.sandbox.records import StoredAsset
from tests.plain_http import plain

AT = "2026-11-20T09:00:00Z"
BARE = StoredAsset(
    asset_id="a" * 32,
    public_id="pic",
    resource_type="image",
    type="upload",
    format="jpg",
    version=1,
    version_id="v" * 32,
    created_at=AT,
    bytes=1,
    etag="e",
    serial=1,
)


@pytest.fixture
def waiting(sdk: Any, jpeg: Path) -> Any:
    return uploader.upload(str(jpeg), public_id="pic", moderation="manual")


def test_an_upload_waits_for_somebody_to_look_at_it(waiting: Any) -> None:
    assert waiting["moderation"] == [{"kind": "manual", "status": "pending"}]
    assert plain.get(waiting["url"]).status_code == 200
    (one,) = api.resources_by_moderation("manual", "pending")["resources"]
    assert (one["moderation_kind"], one["moderation_status"]) == ("manual", "pending")
    assert api.resources_by_moderation("manual", "approved")["resources"] == []


def test_an_approval_is_shown_and_can_be_taken_back(waiting: Any) -> None:
    (moderation,) = api.update("pic", moderation_status="approved")["moderation"]
    assert (moderation["kind"], moderation["status"]) == ("manual", "approved")
    assert moderation["updated_at"]
    assert api.resources_by_moderation("manual", "approved")["resources"][0]["public_id"] == "pic"
    assert api.update("pic", moderation_status="rejected")["moderation"][0]["status"] == "rejected"


def test_a_rejected_asset_is_not_delivered_until_it_is_approved(waiting: Any) -> None:
    api.update("pic", moderation_status="rejected")
    refused = plain.get(waiting["url"])
    assert (refused.status_code, refused.content) == (404, b"")
    api.update("pic", moderation_status="approved")
    assert plain.get(waiting["url"]).status_code == 200


@pytest.mark.usefixtures("sdk")
def test_other_kinds_are_refused_each_in_its_own_way(jpeg: Path) -> None:
    with pytest.raises(BadRequest, match="Moderation magic moderation is not valid"):
        uploader.upload(str(jpeg), moderation="magic")
    with pytest.raises(RateLimited, match="active subscription for aws_rek"):
        uploader.upload(str(jpeg), moderation="aws_rek|manual")
    with pytest.raises(BadRequest, match="Invalid value for status"):
        api.resources_by_moderation("manual", "maybe")


def test_only_a_decision_is_a_decision(waiting: Any) -> None:
    with pytest.raises(BadRequest, match="Illegal value"):
        api.update("pic", moderation_status="perhaps")


@given(decisions=st.lists(st.sampled_from(["approved", "rejected"]), max_size=4))
def test_several_moderations_come_one_after_the_other(decisions: list[str]) -> None:
    asset = StoredAsset(**{**BARE.row(), "moderation": requested("manual|manual|manual")})
    for decision in decisions:
        asset = decided(asset, decision, at=AT)
    letters = "".join(one["status"][0] for one in asset.moderation)
    # Approved ones, then the one under way with those in the queue, or a rejection that ends it.
    assert re.fullmatch("a{3}|a*pq*|a{0,2}ra*", letters)
    assert is_rejected(asset) == ("r" in letters)
    shown = current(asset)
    assert shown is not None
    assert shown in asset.moderation
