"""What is published of a master is recorded at its service: once, and as it is now."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bridge_app.domain.approvals import Approval
from bridge_app.domain.write_back import MARK
from bridge_app.storage.shelters import WriteBackMode
from tests.desk import ACCOUNT
from tests.work.campaign import SQUARE, WIDE, Campaign, drawn

RENDITIONS = "Finals · renditions"


def document(campaign: Campaign, name: str = "hero__renditions.json") -> dict[str, Any]:
    return campaign.brand.document(RENDITIONS, name)


def test_what_is_published_is_told_beside_the_master(campaign: Campaign) -> None:
    campaign.publish()
    told = document(campaign)
    assert told["schema"] == "rendition-manifest/1"
    assert told["master"]["media_id"] == campaign.brand.media["hero.jpg"]
    assert told["cloudinary"]["cloud_name"] == ACCOUNT.cloud_name
    (one,) = told["renditions"]
    assert (one["name"], one["channels"], one["version"]) == (
        "square",
        ["web"],
        told["cloudinary"]["version"],
    )
    assert one["published_by"]
    assert MARK in campaign.brand.keywords("hero.jpg")
    (gallery,) = campaign.brand.containers(RENDITIONS)
    assert gallery.parents == (campaign.brand.campaign,)
    assert not gallery.is_listed
    # And nothing is told twice.
    campaign.brand.state.clear_log()
    hero = campaign.asset("hero.jpg").id
    write_back = campaign.desk.parts.worker.write_back
    assert campaign.desk.parts.stock.jobs.batch(write_back.queue([hero])) == []
    campaign.make()
    campaign.synced()
    assert campaign.documents() == 0


def test_a_start_follows_up_what_the_last_end_cut_off(campaign: Campaign) -> None:
    campaign.publish()
    parts = campaign.desk.parts
    hero = campaign.asset("hero.jpg").id
    # As if the program had ended after the rendition was made, and before its record was queued.
    parts.stock.made.record(
        [replace(one, preset="late") for one in parts.stock.made.of_master(hero)]
    )
    campaign.desk.reopen()
    campaign.recorded()
    assert [one["name"] for one in document(campaign)["renditions"]] == ["late", "square"]


def test_a_rendition_that_is_made_anew_takes_the_old_ones_place(campaign: Campaign) -> None:
    campaign.publish()
    first = document(campaign)["renditions"][0]
    campaign.brand.state.replace_file(campaign.brand.media["hero.jpg"], drawn(77))
    campaign.synced()
    campaign.publish()
    told = document(campaign)
    (one,) = told["renditions"]
    assert one["version"] > first["version"]
    assert one["version"] == told["cloudinary"]["version"]
    assert one["url"] != first["url"]
    assert not one["outdated"]
    assert told["withdrawn"] == []
    assert list(campaign.brand.files(RENDITIONS)) == ["hero__renditions.json"]


def test_what_is_retracted_is_told_as_withdrawn_and_published_again(campaign: Campaign) -> None:
    campaign.publish()
    hero = campaign.asset("hero.jpg").id
    campaign.desk.parts.worker.decide([hero], Approval.REJECTED)
    campaign.desk.until(lambda: not document(campaign)["renditions"], what="the withdrawal")
    campaign.recorded()
    told = document(campaign)
    assert told["approval"] == "rejected"
    assert told["cloudinary"]["withdrawn"]
    assert [one["name"] for one in told["withdrawn"]] == ["square"]
    assert MARK not in campaign.brand.keywords("hero.jpg")
    campaign.desk.parts.worker.decide([hero], Approval.APPROVED)
    campaign.desk.until(lambda: bool(document(campaign)["renditions"]), what="the return")
    campaign.recorded()
    assert document(campaign)["withdrawn"] == []
    assert MARK in campaign.brand.keywords("hero.jpg")


@pytest.mark.parametrize("about", ["", f"{SQUARE.transformation}/f_{SQUARE.format}"])
def test_what_may_not_be_seen_is_not_told_though_delivery_cannot_be_ended_yet(
    campaign: Campaign, about: str
) -> None:
    campaign.publish()
    campaign.sandbox.faults.answer(status=503, times=1_000, path_contains="v1_1/")
    hero = campaign.asset("hero.jpg").id
    campaign.worker.decide([hero], Approval.REJECTED, transformation=about)
    campaign.recorded()
    told = document(campaign)
    assert [one["name"] for one in told["renditions"]] == []
    assert [one["name"] for one in told["withdrawn"]] == ["square"]
    assert told["cloudinary"]["withdrawn"] == (not about)


def test_a_new_version_whose_approval_lapsed_is_told_by_itself(campaign: Campaign) -> None:
    campaign.publish()
    campaign.brand.state.replace_file(campaign.brand.media["hero.jpg"], drawn(77))
    campaign.synced()
    campaign.desk.until(lambda: document(campaign)["approval"] == "draft", what="the new version")
    campaign.recorded()
    # And a decision on it, although nothing else is published.
    campaign.worker.decide([campaign.asset("hero.jpg").id], Approval.APPROVED)
    campaign.desk.until(lambda: document(campaign)["approval"] == "approved", what="the decision")


def test_what_became_of_a_master_before_the_last_end_is_told_after_the_start(
    campaign: Campaign,
) -> None:
    campaign.publish()
    kept = campaign.desk.parts.stock.write_backs
    hero = campaign.asset("hero.jpg").id
    written = kept.of_asset(hero)
    assert written is not None
    # As if the program had ended when a new version was seen, and before its record was queued.
    kept.record(replace(written, digest="of an earlier state"))
    campaign.brand.state.clear_log()
    campaign.desk.reopen()
    campaign.recorded()
    assert campaign.documents() == 1


def test_masters_of_one_stem_have_documents_of_their_own(campaign: Campaign) -> None:
    campaign.brand.add("hero.jpeg")
    campaign.synced()
    campaign.publish()
    told = {
        name: document(campaign, name)["master"]["media_id"]
        for name in campaign.brand.files(RENDITIONS)
    }
    assert sorted(told.values()) == sorted(campaign.brand.media.values())
    assert "hero__renditions.json" in told


@pytest.mark.soak
def test_a_file_that_is_not_ours_is_never_replaced(campaign: Campaign) -> None:
    gallery = campaign.brand.gallery(RENDITIONS, parents=[campaign.brand.campaign])
    campaign.brand.state.add_media(
        "hero__renditions.json", galleries=[gallery], data=b"somebody's notes"
    )
    campaign.publish()
    files = campaign.brand.files(RENDITIONS)
    assert campaign.brand.bytes_of(files["hero__renditions.json"]) == b"somebody's notes"
    assert document(campaign, "hero.jpg__renditions.json")["renditions"]


@pytest.mark.soak
def test_what_a_colleagues_desktop_told_stays(campaign: Campaign) -> None:
    gallery = campaign.brand.gallery(RENDITIONS, parents=[campaign.brand.campaign])
    theirs = {
        "schema": "rendition-manifest/1",
        "master": {"media_id": campaign.brand.media["hero.jpg"]},
        "renditions": [{"name": "poster", "cloud_name": "elsewhere", "url": "https://x.test"}],
    }
    campaign.brand.state.add_media(
        "hero__renditions.json", galleries=[gallery], data=json.dumps(theirs).encode()
    )
    campaign.publish()
    assert [one["name"] for one in document(campaign)["renditions"]] == ["square", "poster"]


@pytest.mark.soak
def test_a_gallery_that_somebody_deleted_is_made_again(campaign: Campaign) -> None:
    campaign.publish()
    (gallery,) = campaign.brand.containers(RENDITIONS)
    for one in campaign.brand.files(RENDITIONS).values():
        campaign.brand.state.purge(one.id)
    campaign.brand.state.store.delete(gallery)
    campaign.make(presets=[WIDE])
    assert [one["name"] for one in document(campaign)["renditions"]] == ["square", "wide"]


def choose(campaign: Campaign, mode: WriteBackMode, container: str = "") -> None:
    worker = campaign.desk.parts.worker
    if container:
        worker.write_back.set_mode(campaign.account, container, mode)
    else:
        worker.shelters.set_write_back(campaign.account, mode)


def test_reviewers_see_pixels_where_files_are_wished(campaign: Campaign) -> None:
    choose(campaign, WriteBackMode.FILE)
    campaign.publish()
    file = campaign.brand.files(RENDITIONS)["hero__square.jpg"]
    media_id = campaign.brand.media["hero.jpg"]
    assert file.iptc["title"] == "Hero"
    assert file.iptc["trans_ref"] == media_id
    assert set(file.iptc["keywords"]) == {"dawn", f"rendition-of:{media_id}"}
    with Image.open(BytesIO(campaign.brand.bytes_of(file))) as image:
        assert image.size == (60, 60)
    campaign.make(presets=[SQUARE, WIDE])
    assert sorted(campaign.brand.files(RENDITIONS)) == [
        "hero__renditions.json",
        "hero__square.jpg",
        "hero__wide.png",
    ]
    assert campaign.brand.files(RENDITIONS)["hero__square.jpg"].versions == file.versions
    hero = campaign.asset("hero.jpg").id
    campaign.desk.parts.worker.decide([hero], Approval.REJECTED)
    campaign.desk.until(lambda: not document(campaign)["renditions"], what="the withdrawal")
    left = campaign.brand.files(RENDITIONS)["hero__square.jpg"]
    assert "rendition:withdrawn" in left.iptc["keywords"]
    campaign.synced()
    assert [one.name for one in campaign.assets()] == ["hero.jpg"]


def test_one_campaign_lists_them_at_the_master_itself_where_the_service_can(
    campaign: Campaign,
) -> None:
    choose(campaign, WriteBackMode.OFF)
    other = campaign.brand.gallery("Other")
    campaign.brand.add("b.jpg", galleries=[other])
    campaign.synced()
    choose(campaign, WriteBackMode.LINK, campaign.brand.campaign)
    campaign.publish(presets=[SQUARE, WIDE])
    service = campaign.desk.parts.worker.shelters.service(campaign.account)
    listed = service.links(campaign.brand.media["hero.jpg"])
    assert sorted(one.name for one in listed) == ["square", "wide"]
    assert {one.facts["transformation"] for one in listed} == {"c_fill,h_60,w_60", "c_scale,w_80"}
    assert campaign.brand.containers(RENDITIONS) == []
    assert campaign.brand.containers("Other · renditions") == []
    found = campaign.desk.parts.worker.write_back.preview([campaign.asset("b.jpg").id])
    assert [(one.mode, one.is_due) for one in found] == [(WriteBackMode.OFF, False)]


SELDOM = pytest.mark.soak


@pytest.mark.parametrize(
    "lost",
    [
        "/media",
        *(pytest.param(one, marks=SELDOM) for one in ("/galleries", "/iptc", "/children")),
    ],
)
def test_a_reply_that_is_lost_anywhere_ends_in_one_document(campaign: Campaign, lost: str) -> None:
    choose(campaign, WriteBackMode.OFF)
    campaign.publish()
    choose(campaign, WriteBackMode.FILE)
    campaign.sandbox.faults.lose_reply(times=1, path_contains=lost)
    hero = campaign.asset("hero.jpg").id
    campaign.desk.parts.worker.write_back.queue([hero])
    campaign.recorded()
    assert sorted(campaign.brand.files(RENDITIONS)) == ["hero__renditions.json", "hero__square.jpg"]
    assert [one["name"] for one in document(campaign)["renditions"]] == ["square"]
