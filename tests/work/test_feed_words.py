"""What images are told of several products, of what waited before, and of what was taken back."""

import pytest

from bridge_app.domain.channel_settings import ChannelSettings, PluginFolderError
from bridge_app.domain.edits import TAGS, FieldPath, Subject
from tests.desk import ACCOUNT, Desk, picture
from tests.work.test_product_feeds import finished, kept, mirror, write

JACKET = "upsert,SKU-{n},{name},DE,,hero,0,file:a.jpg,,2026-11-2{day}T08:00:00Z"
SKU, NAME = FieldPath(Subject.CONTEXT, "sku"), FieldPath(Subject.CONTEXT, "product_name")


def said(desk: Desk, public_id: str, path: FieldPath) -> object:
    with desk.parts.stock.readers.lent() as reader:
        (chosen,) = reader.cloud_named(ACCOUNT.cloud_name, public_id)
    (one,) = desk.parts.worker.editing.said([chosen])
    return one.record().get(path)


def stocked(desk: Desk) -> Desk:
    picture(desk.folder / "a.jpg", seed=1)
    desk.library()
    desk.approve()
    return desk


def test_one_product_that_has_changed_does_not_push_the_others_out(desk: Desk) -> None:
    feeds = stocked(desk).parts.worker.feeds
    jackets = [JACKET.format(n=n, name=f"Jacket {n}", day=0) for n in (1, 2)]
    write(desk, *jackets)
    feed = kept(desk)
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    public_id = mirror(desk, "a.jpg")
    assert said(desk, public_id, SKU) == "SKU-1;SKU-2"
    write(desk, jackets[0], JACKET.format(n=2, name="Parka", day=1))
    feeds.read(feed.id)
    feeds.follow(feed.id)
    assert (said(desk, public_id, SKU), said(desk, public_id, NAME)) == ("SKU-1;SKU-2", "Jacket 1")
    assert feeds.follow(feed.id).steps == []


def test_an_image_that_a_person_has_queued_is_told_of_its_product_afterwards(desk: Desk) -> None:
    worker = stocked(desk).parts.worker
    write(desk, JACKET.format(n=1, name="Jacket", day=0))
    feed = kept(desk)
    worker.feeds.read(feed.id)
    worker.pause()
    batch = worker.push(desk.plan())
    assert worker.feeds.follow(feed.id).sent == 0
    worker.resume()
    desk.finished(batch)
    public_id = mirror(desk, "a.jpg")
    assert worker.feeds.follow(feed.id).told == 1
    assert "sku:SKU-1" in str(said(desk, public_id, TAGS))


def test_what_was_taken_back_before_its_image_was_mirrored_is_told_then(desk: Desk) -> None:
    feeds = stocked(desk).parts.worker.feeds
    write(desk, JACKET.format(n=1, name="Jacket", day=0))
    feed = kept(desk)
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    write(desk, "delete,SKU-1,,DE,,,,,,2026-11-21T08:00:00Z")
    feeds.read(feed.id)
    early = feeds.follow(feed.id)
    assert (early.ended, early.unseen) == (0, 1)
    public_id = mirror(desk, "a.jpg")
    assert "sku:SKU-1" in str(said(desk, public_id, TAGS))
    assert [feeds.follow(feed.id, dry_run=dry).ended for dry in (True, True, False)] == [1, 1, 1]
    assert "sku:SKU-1" not in str(said(desk, public_id, TAGS))
    assert feeds.follow(feed.id).ended == 0


def test_a_feed_stays_out_of_the_folder_of_a_plug_in(desk: Desk) -> None:
    worker = stocked(desk).parts.worker
    write(desk, JACKET.format(n=1, name="Jacket", day=0))
    feed = kept(desk, folder="wp/{campaign}")
    worker.feeds.read(feed.id)
    worker.kits.save_channel(ChannelSettings(channel="shop", plugin_folders=("wp",)))
    with pytest.raises(PluginFolderError):
        worker.feeds.follow(feed.id)
    worker.kits.remove_channel("shop")
    assert worker.feeds.follow(feed.id).sent == 1
