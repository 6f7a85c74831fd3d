"""Copies of renditions in a stack, entries as places of assets, and that a stack stays in place."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bridge_app.domain.contentstack import PublicationState, StillPublishedError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.places import PlaceKind
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, Entry, Stack
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.contentstack_asking import PublishWish
from tests.desk import ACCOUNT, Desk, picture, states
from tests.stacks import connect, entry, field, stack_sandbox, stacks, versions
from tests.work.test_product_feeds import mirror

SQUARE = RenditionPreset(name="square", title="", transformation="c_fill,h_60,w_60", format="jpg")
WIDE = RenditionPreset(name="wide", title="", transformation="c_fill,h_60,w_90", format="jpg")
LOCALES = (MASTER, "de-de")


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


@pytest.fixture
def stack(sandbox: Sandbox) -> Stack:
    return sandbox.stack


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A hero that is approved, delivered and rendered, and a site to publish to."""
    picture(desk.folder / "hero.jpg", 1)
    desk.library()
    desk.approve()
    desk.push()
    make(desk)
    connect(desk)
    return desk


def make(desk: Desk, preset: RenditionPreset = SQUARE) -> None:
    renditions = desk.parts.worker.renditions
    plan = renditions.plan([desk.asset("hero.jpg").id], RenditionWish(presets=(preset,)))
    assert states(desk.finished(renditions.carry_out(plan))) == {JobState.DONE}


def publish(
    desk: Desk,
    one: Entry,
    name: str,
    locales: tuple[str, ...] = (MASTER,),
    preset: str = SQUARE.name,
) -> None:
    wishes = [
        PublishWish(content_type="article", entry=one.uid, field=name, preset=preset, locale=locale)
        for locale in locales
    ]
    hero = desk.asset("hero.jpg")
    desk.finished(stacks(desk).publish("Site", [(hero, wish) for wish in wishes]))


def copies(stack: Stack) -> list[dict[str, Any]]:
    return [one for one in stack.branches["main"].assets.values() if not one["is_dir"]]


def shown_in(copy: dict[str, Any]) -> dict[str, int]:
    """The published version of a copy, by locale."""
    return {one["locale"]: one["version"] for one in copy["publish_details"]}


def test_a_copy_is_replaced_under_its_identifier_and_taken_back_with_its_last_entry(
    ready: Desk, stack: Stack
) -> None:
    summer = entry(stack, "Summer")
    publish(ready, summer, "attachment", LOCALES)
    publish(ready, summer, "gallery")
    (copy,) = copies(stack)
    (folder,) = (one for one in stack.branches["main"].assets.values() if one["is_dir"])
    assert (folder["name"], copy["parent_uid"]) == ("Asset Bridge", folder["uid"])
    assert copy["title"] == "hero.jpg"
    assert "r:square" in copy["tags"]
    assert copy["content_type"] == "image/jpeg"
    assert [field(summer, "attachment", locale) for locale in LOCALES] == [copy["uid"]] * 2
    assert field(summer, "gallery") == [copy["uid"]]
    assert shown_in(copy) == dict.fromkeys(LOCALES, 1)
    before, name = versions(summer), copy["filename"]

    picture(ready.folder / "hero.jpg", 2)
    content = ready.asset("hero.jpg").content
    ready.until(lambda: ready.asset("hero.jpg").content != content, what="the new version")
    ready.approve()
    ready.push()
    make(ready)
    ready.until(lambda: shown_in(copies(stack)[0]) == dict.fromkeys(LOCALES, 2), what="the copy")
    (copy,) = copies(stack)
    assert copy["filename"] != name
    assert versions(summer) == before

    gallery, *others = sorted(
        stacks(ready).publications("Site"), key=lambda one: one.place.field != "gallery"
    )
    ready.finished(stacks(ready).unpublish([gallery]))
    assert set(shown_in(copies(stack)[0])) == set(LOCALES)
    ready.finished(stacks(ready).unpublish(others))
    assert shown_in(copies(stack)[0]) == {}


def test_a_copy_that_another_rendition_replaces_is_taken_back(ready: Desk, stack: Stack) -> None:
    summer = entry(stack, "Summer")
    publish(ready, summer, "attachment")
    make(ready, WIDE)
    publish(ready, summer, "attachment", preset=WIDE.name)
    square, wide = (
        next(one for one in copies(stack) if f"r:{preset.name}" in one["tags"])
        for preset in (SQUARE, WIDE)
    )
    assert field(summer, "attachment") == wide["uid"]
    assert (shown_in(square), shown_in(wide)) == ({}, {MASTER: 1})


def test_a_copy_for_an_entry_that_an_editor_changed_is_not_left_public(
    ready: Desk, stack: Stack
) -> None:
    summer, worker = entry(stack, "Summer"), ready.parts.worker
    worker.set_work_offline(on=True)
    wish = PublishWish(
        content_type="article", entry=summer.uid, field="attachment", preset=SQUARE.name
    )
    batch = stacks(ready).publish("Site", [(ready.asset("hero.jpg"), wish)])
    stack.change_entry(summer, {"attachment": "blt00"}, MASTER)
    worker.set_work_offline(on=False)
    ready.finished(batch)
    (kept,) = stacks(ready).publications("Site")
    assert kept.state is PublicationState.CONFLICT
    assert [shown_in(one) for one in copies(stack)] == [{}]


def test_a_copy_is_taken_back_though_its_entry_was_deleted(ready: Desk, stack: Stack) -> None:
    summer = entry(stack, "Summer")
    publish(ready, summer, "attachment")
    assert shown_in(copies(stack)[0])
    del stack.branches["main"].entries[summer.uid]
    ready.finished(stacks(ready).unpublish(stacks(ready).publications("Site")))
    assert shown_in(copies(stack)[0]) == {}
    (kept,) = stacks(ready).publications("Site")
    assert kept.state is PublicationState.WITHDRAWN


@pytest.mark.parametrize("path", ["/assets", "/publish"])
def test_an_answer_that_is_lost_makes_one_copy(
    ready: Desk, stack: Stack, sandbox: Sandbox, path: str
) -> None:
    sandbox.faults.lose_reply(times=1, path_contains=path, method="POST")
    publish(ready, entry(stack, "Summer"), "attachment")
    assert not sandbox.faults.pending
    (copy,) = copies(stack)
    assert (copy["_version"], shown_in(copy)) == (1, {MASTER: 1})


def test_what_is_too_large_is_refused_before_a_byte_is_sent(ready: Desk, stack: Stack) -> None:
    made = ready.parts.stock.made
    (one,) = made.of_master(ready.asset("hero.jpg").id)
    made.record([replace(one, bytes=101_000_000)])
    publish(ready, entry(stack, "Summer"), "attachment")
    (kept,) = stacks(ready).publications("Site")
    assert kept.state is PublicationState.REFUSED
    assert "101 MB" in kept.reason
    assert not [path for method, path, _ in stack.calls if method != "GET"]


def test_an_entry_is_a_place_of_its_asset_until_it_is_taken_back(ready: Desk, stack: Stack) -> None:
    publish(ready, entry(stack, "Summer"), "image_url")
    desk, hero = ready.parts.worker.places, ready.asset("hero.jpg")

    def told() -> list[tuple[str, str, bool, bool]]:
        return [
            (
                one.place.detail["stack"],
                one.place.detail["entry"],
                one.is_stale,
                bool(one.place.gone_at),
            )
            for one in desk.of([hero.id])
            if one.place.kind is PlaceKind.ENTRY
        ]

    assert told() == [("Site", "Summer", False, False)]
    ready.finished(stacks(ready).unpublish(stacks(ready).publications("Site")))
    assert told() == [("Site", "Summer", False, True)]


def test_a_stack_stays_where_it_is_as_long_as_something_is_public_there(
    ready: Desk, stack: Stack
) -> None:
    desk = stacks(ready)
    publish(ready, entry(stack, "Summer"), "image_url")
    site = desk.one("Site")
    with pytest.raises(StillPublishedError):
        desk.change(replace(site, environment="staging"), None)
    desk.change(replace(site, name="Shop"), None)
    ready.finished(desk.unpublish(desk.publications("Shop")))
    desk.change(replace(site, environment="staging"), None)
    assert desk.one("Site").environment == "staging"


@pytest.mark.parametrize("state", [PublicationState.CONFLICT, PublicationState.LEFT])
def test_what_is_to_be_taken_back_is_known_after_a_crash(
    ready: Desk, stack: Stack, state: PublicationState
) -> None:
    publish(ready, entry(stack, "Summer"), "image_url")
    (kept,) = stacks(ready).publications("Site")
    records = ready.parts.stock.stacks
    for wanted in (True, False):
        # The wish is on disk, and the program may end before its job is.
        records.put([replace(kept, state=state, wanted=wanted)], at=ready.clock())
        assert bool(records.begun()) is not wanted


def test_of_a_copy_at_the_service_the_renditions_of_its_master_are_offered(ready: Desk) -> None:
    master = ready.asset("hero.jpg").id
    mirror(ready, "hero.jpg")
    (copy,) = [one for one in ready.assets() if one.library.startswith("cloud:")]
    found = stacks(ready).offers([copy.id], ACCOUNT.cloud_name)
    assert [(one.asset.id, one.error) for one in found] == [(master, None)]
    assert stacks(ready).offers([copy.id, master], ACCOUNT.cloud_name) == found
