"""What a product's own word ends after delivery: its images are taken off it at the next run."""

from datetime import timedelta

import pytest

from tests.desk import Desk, picture
from tests.work.test_product_feeds import finished, kept, mirror

ROW = '{"op":"upsert","sku":"SKU-1","product_name":"Jacket","market":"DE"'


def write(desk: Desk, more: str, *, day: int) -> None:
    folder = desk.home / "feeds"
    folder.mkdir(exist_ok=True)
    told = f'{ROW},"updated_at":"2026-11-{day}T08:00:00Z"{more}}}\n'
    (folder / "products.jsonl").write_text(told, encoding="utf-8")


def delivered(desk: Desk, more: str) -> str:
    """A product with its delivered image; its feed."""
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    write(desk, more, day=20)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    mirror(desk, "SKU-1.jpg")
    return feed.id


def test_a_product_whose_rights_have_ended_loses_its_images_and_gets_them_back(
    desk: Desk,
) -> None:
    feed, feeds = delivered(desk, ""), desk.parts.worker.feeds
    assert feeds.follow(feed).ended == 0
    write(desk, ',"rights_expires":"2026-01-01"', day=21)
    feeds.read(feed)
    assert feeds.follow(feed, dry_run=True).ended == 1
    assert (feeds.follow(feed).ended, feeds.follow(feed).ended) == (1, 0)
    assert desk.asset("SKU-1.jpg").cloud is not None
    write(desk, ',"rights_expires":"2036-01-01"', day=22)
    feeds.read(feed)
    assert feeds.follow(feed).told == 1
    assert feeds.follow(feed).ended == 0


def test_time_alone_ends_them(desk: Desk) -> None:
    day = (desk.clock() + timedelta(days=3)).date()
    feed, feeds = delivered(desk, f',"rights_expires":"{day}"'), desk.parts.worker.feeds
    assert feeds.follow(feed).ended == 0
    desk.clock.forward(timedelta(days=5))
    assert feeds.follow(feed).ended == 1


@pytest.mark.parametrize("word", ['"usage_rights":["print"]', '"embargo_until":"2036-01-01"'])
def test_a_channel_that_was_lost_and_an_embargo_end_them_too(desk: Desk, word: str) -> None:
    feed, feeds = delivered(desk, ',"usage_rights":["ecommerce"]'), desk.parts.worker.feeds
    assert feeds.follow(feed).ended == 0
    write(desk, f",{word}", day=21)
    feeds.read(feed)
    assert feeds.follow(feed).ended == 1
