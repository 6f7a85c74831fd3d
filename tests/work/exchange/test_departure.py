"""What leaves by drag or clipboard: whole files under names of their own, and allowed addresses."""

import os
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import FileTroubleError, GateRefusalError
from bridge_app.domain.places import PlaceKind
from bridge_app.domain.presets import READY_PRESETS
from bridge_app.work.exchange.departure import (
    DeliveredWish,
    Departure,
    OriginalWish,
    RenderedWish,
)
from bridge_app.work.exchange.out_tray import KEPT_FOR, OutTray
from tests.desk import Clock, Desk, picture

PRESET = READY_PRESETS[0]


@pytest.fixture
def story(desk: Desk) -> Desk:
    """Two masters of one name; one of them is delivered."""
    picture(desk.folder / "coast" / "hero.jpg", 1)
    picture(desk.folder / "hills" / "hero.jpg", 2)
    desk.library()
    desk.approve()
    first = next(one for one in desk.assets() if one.folder == "coast")
    desk.push([first.id])
    return desk


def carried_out(desk: Desk, *wishes: OriginalWish | DeliveredWish | RenderedWish) -> Departure:
    return desk.parts.worker.leaving.departure(wishes).carry_out()


def left(desk: Desk) -> list[Path]:
    return [one for one in (desk.home / "profile" / "out").rglob("*") if one.is_file()]


def test_what_is_handed_over_are_whole_files_with_names_of_their_own(story: Desk) -> None:
    coast, hills = sorted(story.assets(), key=lambda one: one.folder)
    departure = carried_out(story, OriginalWish(asset=coast), OriginalWish(asset=hills))
    assert departure.trouble is None
    assert [one.path.name for one in departure.ready] == ["hero.jpg", "hero (2).jpg"]
    assert departure.expected(0) == tuple(one.path for one in departure.ready)
    originals = [story.folder / one.path for one in (coast, hills)]
    assert [one.path.read_bytes() for one in departure.ready] == [
        one.read_bytes() for one in originals
    ]
    rendered = carried_out(story, RenderedWish(asset=hills, transformation="w_50", title="small"))
    assert [one.path.name for one in rendered.ready] == ["hero-small.jpg"]
    assert rendered.links == ()  # it is not delivered, so it has no address
    long = RenderedWish(
        asset=replace(hills, name=f"{'海' * 80}.jpg"), transformation="w_50", title="夏" * 80
    )
    departure = carried_out(story, long)
    assert departure.trouble is None  # cut to what a disk takes, between two characters
    assert departure.ready[0].path.name == f"{'海' * 36}-{'夏' * 36}.jpg"


def test_a_rendition_is_what_delivery_serves_with_its_address(story: Desk) -> None:
    coast = next(one for one in story.assets() if one.folder == "coast")
    worker = story.parts.worker
    departure = carried_out(story, DeliveredWish(asset=coast, preset=PRESET))
    assert departure.trouble is None
    (ready,) = departure.ready
    assert ready.link == worker.link(coast, PRESET)
    assert ready.path.stat().st_size == worker.rendition(coast.id, PRESET).bytes
    worker.leaving.taken(departure.ready)
    (place,) = [one.place for one in worker.places.of([coast.id]) if one.place.kind in _TAKEN]
    assert (place.kind, place.place) == (PlaceKind.COPY, worker.link(coast, PRESET).url)


_TAKEN = (PlaceKind.COPY, PlaceKind.DRAG_OUT)


def test_nothing_is_handed_over_of_what_may_not_be_delivered(story: Desk) -> None:
    coast = next(one for one in story.assets() if one.folder == "coast")
    story.parts.worker.decide([coast.id], Approval.REJECTED)
    (refused,) = [one for one in story.assets() if one.id == coast.id]
    departure = carried_out(story, DeliveredWish(asset=refused, preset=PRESET))
    assert isinstance(departure.trouble, GateRefusalError)
    assert (departure.ready, departure.links, left(story)) == ((), (), [])
    # The master itself is the person's own file.
    assert carried_out(story, OriginalWish(asset=refused)).trouble is None


def test_one_that_cannot_be_had_keeps_all_back(story: Desk) -> None:
    coast, hills = sorted(story.assets(), key=lambda one: one.folder)
    (story.folder / hills.path).unlink()
    departure = carried_out(story, OriginalWish(asset=coast), OriginalWish(asset=hills))
    assert isinstance(departure.trouble, FileTroubleError)
    assert (departure.ready, left(story)) == ((), [])
    stopped = story.parts.worker.leaving.departure([OriginalWish(asset=coast)])
    stopped.stop()
    assert stopped.carry_out().ready == ()
    assert left(story) == []


def test_who_waits_is_told_when_it_ends(story: Desk) -> None:
    departure = story.parts.worker.leaving.departure([OriginalWish(asset=story.assets()[0])])
    assert (departure.wait(0), departure.expected(0)) == (False, ())
    thread = threading.Thread(target=departure.carry_out)
    thread.start()
    departure.wait_for_end()
    assert departure.has_ended
    assert departure.total_bytes == departure.done_bytes == story.assets()[0].bytes
    thread.join()


def test_the_tray_keeps_what_is_new_and_not_too_much(tmp_path: Path) -> None:
    clock, tray = Clock(), OutTray(tmp_path / "out", most_bytes=10)
    tray.tidy(clock())  # there is none yet
    old, large, new = (tray.new() for _ in range(3))
    for age_s, place in enumerate((new, large, old)):
        (place / "file").write_bytes(b"123456")
        moment = (clock() - age_s * timedelta(seconds=9)).timestamp()
        os.utime(place, (moment, moment))
    tray.tidy(clock())
    assert [place.exists() for place in (old, large, new)] == [False, False, True]
    clock.forward(KEPT_FOR + timedelta(minutes=1))
    tray.tidy(clock(), needed=[new / "file"])  # a transfer that waits has yet to read it
    assert new.exists()
    tray.tidy(clock())
    assert not new.exists()


def test_two_drags_that_tidy_at_once_do_not_trip_over_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, tray = Clock(), OutTray(tmp_path / "out")
    gone, stays = tray.new(), tray.new()
    found = [gone, stays]
    tray.discard(gone)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(found))  # read before the other went
    tray.tidy(clock())
    assert stays.is_dir()


def test_what_was_pasted_stays_until_the_transfer_that_waits_has_read_it(story: Desk) -> None:
    worker, leaving = story.parts.worker, story.parts.worker.leaving
    library = worker.libraries()[0].id
    worker.pause()
    pasted, other = (leaving.keep(f"{name}.png", b"png") for name in ("Pasted", "Other"))
    worker.take_in([pasted], library, "")
    moment = (story.clock() - KEPT_FOR - timedelta(hours=1)).timestamp()
    for one in (pasted, other):
        os.utime(one.parent, (moment, moment))
    leaving.tidy()
    assert pasted.exists()
    assert not other.exists()
