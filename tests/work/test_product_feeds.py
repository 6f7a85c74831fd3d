"""A feed's products bring their approved images to delivery, once, with their words."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.domain.channel_events import EventType
from bridge_app.domain.edits import FieldPath, Subject
from bridge_app.domain.errors import InvalidInputError, OfflineError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.product_feed import Feed, FeedState, MatchBy
from bridge_app.domain.product_feed_out import OutForm
from bridge_app.domain.reasons import Reason
from bridge_app.domain.webhooks import Endpoint
from bridge_app.work.feed_out import OutWish
from bridge_app.work.feed_reading import RESULT
from bridge_app.work.rendition_files import FileTakenError
from tests.desk import ACCOUNT, Desk, picture
from tests.receivers import Receiver

HEADER = "op,sku,product_name,market,campaign,slot,position,media_ref,rights_expires,updated_at\n"


def write(desk: Desk, *rows: str, name: str = "products.csv") -> Path:
    folder = desk.home / "feeds"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def kept(desk: Desk, **facts: object) -> Feed:
    told = {
        "id": "",
        "name": "pim",
        "source": str(desk.home / "feeds"),
        "pushes": True,
        "environment": ACCOUNT.cloud_name,
        "folder": "{campaign}",
    }
    return desk.parts.worker.feeds.add(Feed(**(told | facts)))  # type: ignore[arg-type]


def finished(desk: Desk, batch: str) -> None:
    desk.until(
        lambda: all(job.state.is_finished for job in desk.parts.worker.batch(batch)),
        what="the pushes",
    )


def mirror(desk: Desk, name: str) -> str:
    """Take the delivered image's record into the catalog; its public ID."""
    copy = desk.asset(name).cloud
    assert copy is not None
    desk.parts.worker.cloud.sync(ACCOUNT.cloud_name)

    def is_there() -> bool:
        with desk.parts.stock.readers.lent() as reader:
            return bool(reader.cloud_named(ACCOUNT.cloud_name, copy.public_id))

    desk.until(is_there, what="the mirror")
    return copy.public_id


JACKET = "upsert,SKU-1,Jacket,DE,sp27,,,,,2026-11-20T08:00:00Z"


def test_approved_images_of_products_are_pushed_once_with_their_words(desk: Desk) -> None:
    picture(desk.folder / "SKU-1_hero.jpg", seed=1)
    picture(desk.folder / "SKU-1_2.jpg", seed=2)
    picture(desk.folder / "other.jpg", seed=3)
    desk.library()
    write(desk, JACKET)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    (run,) = feeds.read(feed.id)
    assert (run.result.upserted, run.result.bad_rows) == (1, 0)
    told = json.loads((desk.home / "feeds" / f"products.csv{RESULT}").read_text())
    assert (told["received"], told["rejected"]) == (1, [])
    # Nobody has approved anything: nothing is due, nothing leaves.
    assert feeds.follow(feed.id).sent == 0
    desk.approve("SKU-1_hero.jpg")
    planned = feeds.follow(feed.id, dry_run=True)
    assert (planned.sent, desk.parts.worker.batch(planned.batch)) == (1, [])
    done = feeds.follow(feed.id)
    finished(desk, done.batch)
    copy = desk.asset("SKU-1_hero.jpg").cloud
    assert copy is not None
    assert copy.public_id.startswith("sp27/")
    (job,) = desk.parts.worker.batch(done.batch)
    assert job.params["tags"] == ["sku:SKU-1", "sp27"]
    assert ["product_name", "Jacket"] in list(job.params["context"])  # type: ignore[call-overload]
    assert feeds.follow(feed.id).steps == []
    # The same bytes are answered with what became of them.
    (again,) = feeds.read(feed.id)
    assert again.is_again
    counts = feeds.preview(feed.id).counts
    assert (counts.images, counts.unused, counts.bare) == (2, 1, 0)


def test_a_product_holds_back_what_its_market_or_its_rights_do_not_allow(desk: Desk) -> None:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    write(desk, JACKET.replace(",,,,,", ",,,,2026-01-01,"))
    feed = kept(desk)
    desk.parts.worker.feeds.read(feed.id)
    done = desk.parts.worker.feeds.follow(feed.id)
    assert (done.sent, done.refused) == (0, {Reason.RIGHTS_ENDED: 1})


def test_a_product_that_ends_while_its_image_waits_holds_it_back_as_it_leaves(desk: Desk) -> None:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    write(desk, JACKET)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    feeds.read(feed.id)
    desk.parts.worker.pause()
    done = feeds.follow(feed.id)
    assert done.sent == 1
    ended = JACKET.replace(",,,,,", ",,,,2026-01-01,").replace("11-20", "11-21")
    write(desk, ended)
    feeds.read(feed.id)
    desk.parts.worker.resume()
    finished(desk, done.batch)
    (job,) = desk.parts.worker.batch(done.batch)
    assert (job.state, job.error and job.error.kind) == (JobState.FAILED, "GateRefusalError")
    assert desk.asset("SKU-1.jpg").cloud is None
    # Its rights were prolonged: nothing was told, so it is due again, and goes.
    write(desk, ended.replace("2026-01-01", "2036-01-01").replace("11-21", "11-22"))
    feeds.read(feed.id)
    again = feeds.follow(feed.id)
    finished(desk, again.batch)
    assert (again.sent, desk.asset("SKU-1.jpg").cloud is not None) == (1, True)
    assert feeds.follow(feed.id).steps == []


def test_an_image_is_told_once_it_is_delivered_and_one_that_failed_comes_again_in_a_day(
    desk: Desk, receiver: Receiver
) -> None:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    write(desk, JACKET)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    desk.parts.worker.webhooks.add(
        Endpoint(
            id="",
            name="Shop",
            url=receiver.url,
            events=frozenset({EventType.MEDIA_LINKED, EventType.MEDIA_UNLINKED}),
            private_allowed=True,
        )
    )
    feeds.read(feed.id)
    assert desk.sandbox is not None
    desk.sandbox.faults.answer(status=400, times=1, path_contains="upload")
    done = feeds.follow(feed.id)
    finished(desk, done.batch)
    assert [job.state for job in desk.parts.worker.batch(done.batch)] == [JobState.FAILED]
    assert receiver.received == []
    feeds.change(replace(feeds.one(feed.id), every_min=5))
    assert feeds.look() == 1
    assert desk.parts.stock.jobs.queued_pushes(ACCOUNT.cloud_name) == frozenset()
    desk.clock.forward(timedelta(days=1, minutes=1))
    assert feeds.look() == 1
    desk.until(lambda: desk.asset("SKU-1.jpg").cloud is not None, what="the push")
    assert feeds.follow(feed.id).steps == []
    desk.until(lambda: bool(receiver.received), what="the message")
    assert [one.told["type"] for one in receiver.received] == ["product.media_linked"]


def test_what_a_feed_takes_back_ends_its_links_and_no_image(desk: Desk) -> None:
    picture(desk.folder / "a.jpg", seed=1)
    desk.library()
    desk.approve()
    row = "upsert,SKU-1,Jacket,DE,,hero,0,file:A.JPG,,{at}"
    write(desk, row.format(at="2026-11-20T08:00:00Z"))
    feed, feeds = kept(desk), desk.parts.worker.feeds
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    write(desk, "delete,SKU-1,,DE,,,,,,2026-11-21T08:00:00Z")
    (run,) = feeds.read(feed.id)
    assert run.result.deleted == 1
    mirror(desk, "a.jpg")
    assert feeds.follow(feed.id).ended == 1
    assert desk.asset("a.jpg").cloud is not None
    # An older word brings nothing back.
    write(desk, row.format(at="2026-11-19T08:00:00Z"))
    (old,) = feeds.read(feed.id)
    assert (old.result.stale, feeds.products(feed.id)) == (1, 0)


def test_a_rejected_row_takes_no_image_away(desk: Desk) -> None:
    desk.library()
    good = "upsert,SKU-1,Jacket,DE,,{slot},0,{ref},,2026-11-2{day}T08:00:00Z"
    write(
        desk,
        good.format(slot="hero", ref="file:a.jpg", day=0),
        good.format(slot="alt", ref="file:b.jpg", day=0),
    )
    feed, feeds = kept(desk, pushes=False), desk.parts.worker.feeds
    feeds.read(feed.id)
    write(
        desk,
        good.format(slot="hero", ref="file:c.jpg", day=1),
        good.format(slot="wrong", ref="file:b.jpg", day=1),
    )
    (run,) = feeds.read(feed.id)
    assert run.result.bad_rows == 1
    missing = [one.ref for one in feeds.preview(feed.id).missing]
    assert sorted(missing) == ["file:b.jpg", "file:c.jpg"]


def test_variants_and_same_files_and_unclear_ones(desk: Desk) -> None:
    picture(desk.folder / "SKU-1.jpg", seed=1)
    picture(desk.folder / "copy" / "SKU-1.jpg", seed=1)
    picture(desk.folder / "SKU-2.jpg", seed=2)
    picture(desk.folder / "new" / "SKU-2.jpg", seed=3)
    desk.library()
    folder = desk.home / "feeds"
    folder.mkdir()
    products = [
        {"sku": sku, "product_name": sku, "updated_at": "2026-11-20", "variant_of": of}
        for sku, of in (("SKU-1", ""), ("SKU-1-red", "SKU-1"), ("SKU-2", ""))
    ]
    (folder / "p.json").write_text(json.dumps({"products": products}))
    feed, feeds = kept(desk, pushes=False), desk.parts.worker.feeds
    feeds.read(feed.id)
    found = feeds.preview(feed.id)
    assert [(one.product.sku, one.how) for one in found.matched] == [
        ("SKU-1", "sku"),
        ("SKU-1-red", "variant"),
    ]
    assert [(one.product.sku, one.hits) for one in found.unclear] == [("SKU-2", 2)]


def test_keywords_find_images_too(desk: Desk) -> None:
    picture(desk.folder / "a.jpg", seed=1)
    desk.library()
    write(desk, JACKET)
    feed, feeds = kept(desk, pushes=False, match_by=MatchBy.KEYWORD), desk.parts.worker.feeds
    feeds.read(feed.id)
    assert feeds.preview(feed.id).counts.bare == 1


def test_a_mostly_bad_file_pauses_its_feed_and_its_good_rows_go_on(desk: Desk) -> None:
    write(desk, JACKET, "upsert,,x,,,,,,,2026-11-20T08:00:00Z")
    feed, feeds = kept(desk, every_min=5), desk.parts.worker.feeds
    (run,) = feeds.read(feed.id)
    assert (run.result.upserted, run.result.bad_rows) == (1, 1)
    assert feeds.one("pim").state is FeedState.PAUSED
    assert feeds.look() == 0
    feeds.switch("pim", on=True)
    assert feeds.one("pim").state is FeedState.ON


def test_a_feed_is_looked_at_when_it_is_time(desk: Desk) -> None:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    write(desk, JACKET)
    feed, feeds = kept(desk, every_min=5), desk.parts.worker.feeds
    desk.clock.forward(timedelta(minutes=1))
    feeds.start()
    desk.until(lambda: desk.asset("SKU-1.jpg").cloud is not None, what="the push")
    assert len(feeds.runs(feed.id)) == 1
    assert feeds.look() == 0
    desk.clock.forward(timedelta(minutes=6))
    assert feeds.look() <= 1
    assert len(feeds.runs(feed.id)) == 1


def test_the_feed_that_goes_out_has_what_the_gate_lets_be_known(desk: Desk) -> None:
    picture(desk.folder / "SKU-1.jpg", seed=1)
    picture(desk.folder / "SKU-2.jpg", seed=2)
    desk.library()
    desk.approve("SKU-1.jpg")
    second = JACKET.replace("SKU-1", "SKU-2").replace("Jacket", "=cmd()")
    write(desk, JACKET.replace("Jacket", "=cmd()"), second)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    out = desk.home / "out.csv"
    done = feeds.write_out(feed.id, OutWish(path=out, presets=("hero",)))
    assert (done.written, done.not_delivered) == (1, 1)
    (line,) = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert (line["sku"], line["product_name"]) == ("SKU-1", "'=cmd()")
    assert line["url"].startswith("http")
    raw = desk.home / "out.csv.raw"
    feeds.write_out(feed.id, OutWish(path=raw, presets=("hero",), for_spreadsheets=False))
    assert ",=cmd()," in raw.read_text()
    assert [path.name for path in desk.home.glob(".*.part")] == []


@pytest.mark.parametrize("form", OutForm)
def test_a_feed_takes_the_place_of_an_earlier_one_and_of_no_other_file(
    desk: Desk, form: OutForm
) -> None:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    write(desk, JACKET)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    out = desk.home / "out"
    wish = OutWish(path=out, presets=("hero",), form=form)
    out.write_text("sku,price\nSKU-1,99\n")
    with pytest.raises(FileTakenError):
        feeds.write_out(feed.id, wish)
    assert out.read_text() == "sku,price\nSKU-1,99\n"
    feeds.write_out(feed.id, replace(wish, replaces=True))
    first = out.read_bytes()
    feeds.write_out(feed.id, wish)
    assert (out.read_bytes() == first, b"SKU-1" in first) == (True, True)


def test_a_feed_needs_a_name_of_its_own_and_a_place(desk: Desk) -> None:
    write(desk)
    kept(desk)
    with pytest.raises(InvalidInputError):
        kept(desk)
    with pytest.raises(InvalidInputError):
        kept(desk, name="erp", source=str(desk.home / "nowhere"))


def test_endpoints_are_told_of_feeds_and_of_the_images_of_products(
    desk: Desk, receiver: Receiver
) -> None:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    events = frozenset({EventType.FEED_COMPLETED, EventType.MEDIA_LINKED})
    desk.parts.worker.webhooks.add(
        Endpoint(id="", name="Shop", url=receiver.url, events=events, private_allowed=True)
    )
    write(desk, JACKET)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    desk.until(lambda: len(receiver.received) == 2, what="the messages")
    completed = receiver.of_type("feed.completed")[0].told["data"]
    assert (completed["feed"], completed["file"], completed["upserted"]) == (
        "pim",
        "products.csv",
        1,
    )
    linked = receiver.of_type("product.media_linked")[0].told["data"]
    assert (linked["sku"], linked["market"], linked["slot"]) == ("SKU-1", "DE", "hero")
    assert linked["name"] == "SKU-1.jpg"


def test_a_product_that_has_changed_is_told_to_its_delivered_images(desk: Desk) -> None:
    picture(desk.folder / "SKU-1.jpg")
    desk.library()
    desk.approve()
    write(desk, JACKET)
    feed, feeds = kept(desk), desk.parts.worker.feeds
    feeds.read(feed.id)
    finished(desk, feeds.follow(feed.id).batch)
    public_id = mirror(desk, "SKU-1.jpg")
    write(desk, JACKET.replace("Jacket", "Parka").replace("20T", "21T"))
    feeds.read(feed.id)
    done = feeds.follow(feed.id)
    assert (done.sent, done.told) == (0, 1)
    assert feeds.follow(feed.id).told == 0
    with desk.parts.stock.readers.lent() as reader:
        (chosen,) = reader.cloud_named(ACCOUNT.cloud_name, public_id)
    (said,) = desk.parts.worker.editing.said([chosen])
    assert said.record()[FieldPath(Subject.CONTEXT, "product_name")] == "Parka"


def test_a_reading_that_is_stopped_changes_nothing(desk: Desk) -> None:
    path = write(desk, *(JACKET.replace("SKU-1", f"SKU-{number}") for number in range(2_500)))
    feed, feeds = kept(desk), desk.parts.worker.feeds
    heard: list[int] = []

    def told(rows: int) -> None:
        heard.append(rows)
        if rows == 2_000:
            raise OfflineError(service="here")

    with pytest.raises(OfflineError):
        feeds.read(feed.id, path, told=told)
    assert heard == [1_000, 2_000]
    assert not feeds.runs(feed.id, limit=1)
    assert feeds.read(feed.id, path)[0].result.upserted == 2_500
