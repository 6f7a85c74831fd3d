"""What was delivered for products alone is taken back with the last product that allows it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bridge_app.delivery.links import AddressWish
from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.localised import Variant
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushAction, PushTarget
from bridge_app.domain.reasons import Reason
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.retractions import RetractionState
from bridge_app.domain.webhooks import Endpoint
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, Entry
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.contentstack_asking import PublishWish
from tests.desk import ACCOUNT, Desk, picture
from tests.receivers import Receiver
from tests.stacks import connect, is_public, stack_sandbox, stacks
from tests.work.test_product_feeds import finished, kept, mirror

CLOUD = ACCOUNT.cloud_name
NAME = "SKU-1.jpg"
BANNER = RenditionPreset(
    name="banner",
    title="",
    transformation="c_fill,h_100,w_400/l_text:Inter_40:$(headline)/fl_layer_apply",
    format="jpg",
)
TABLE = tuple(Variant(market=one, values=(("headline", one),)) for one in ("DE", "US"))
ENDED, PROLONGED = ',"rights_expires":"2026-01-01"', ',"rights_expires":"2036-01-01"'


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    with stack_sandbox(decoder) as made:
        yield made


def row(day: int, more: str = "", *, sku: str = "SKU-1", market: str = "DE", op: str = "") -> str:
    told = f'"sku":"{sku}","market":"{market}","updated_at":"2026-11-{day}T08:00:00Z"'
    if op:
        return f'{{"op":"{op}",{told}}}'
    media = f'"media":[{{"slot":"hero","position":0,"media_ref":"file:{NAME}"}}]'
    return f'{{"op":"upsert","product_name":"Jacket",{told},{media}{more}}}'


def read(desk: Desk, feed: str, *rows: str) -> None:
    folder = desk.home / "feeds"
    folder.mkdir(exist_ok=True)
    (folder / "products.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    desk.parts.worker.feeds.read(feed)


def delivered(desk: Desk, *rows: str) -> str:
    """An image that only products brought to delivery; their feed."""
    picture(desk.folder / NAME)
    desk.library()
    desk.approve()
    (desk.home / "feeds").mkdir(exist_ok=True)
    feed = kept(desk).id
    read(desk, feed, *rows)
    finished(desk, desk.parts.worker.feeds.follow(feed).batch)
    return feed


def state(desk: Desk) -> RetractionState | None:
    copy = desk.asset(NAME).cloud
    assert copy is not None
    found = desk.parts.worker.retractions.retraction(copy)
    return None if found is None else found.state


def looked(desk: Desk, wanted: RetractionState | None) -> None:
    desk.parts.worker.retractions.look()
    desk.until(lambda: state(desk) is wanted, what=f"the copy to be {wanted}")


def test_it_goes_with_its_product_and_comes_back_with_it(desk: Desk, receiver: Receiver) -> None:
    feed = delivered(desk, row(20))
    desk.parts.worker.webhooks.add(
        Endpoint(
            id="",
            name="Shop",
            url=receiver.url,
            events=frozenset({EventType.UNPUBLISHED, EventType.EXPIRED}),
            private_allowed=True,
        )
    )
    looked(desk, None)
    read(desk, feed, row(21, ENDED))
    looked(desk, RetractionState.RETRACTED)
    copy = desk.asset(NAME).cloud
    assert copy is not None
    known = desk.parts.worker.retractions.retraction(copy)
    assert known is not None
    assert known.reasons == (Reason.PRODUCTS,)
    with pytest.raises(GateRefusalError, match="its products do not allow it now"):
        desk.parts.worker.original_url(desk.asset(NAME).id)
    desk.until(lambda: bool(receiver.received), what="the endpoint to be told")
    assert receiver.received[0].told["data"]["reasons"] == ["product_denied"]
    read(desk, feed, row(22, PROLONGED))
    looked(desk, RetractionState.RESTORED)
    assert desk.parts.worker.original_url(desk.asset(NAME).id)


def test_time_alone_takes_it_back(desk: Desk) -> None:
    day = (desk.clock() + timedelta(days=3)).date()
    delivered(desk, row(20, f',"rights_expires":"{day}"'))
    looked(desk, None)
    desk.clock.forward(timedelta(days=5))
    looked(desk, RetractionState.RETRACTED)


def test_no_address_outlives_the_product_that_it_is_known_for(desk: Desk) -> None:
    ends = (desk.clock() + timedelta(days=3)).replace(hour=0, minute=0, second=0, microsecond=0)
    day = (ends - timedelta(days=1)).date()
    feed = delivered(desk, row(20, f',"rights_expires":"{day}"'))
    mirror(desk, NAME)
    (copy,) = [one for one in desk.assets() if one.library.startswith("cloud:")]
    late = int((ends + timedelta(days=9)).timestamp())
    wish = AddressWish(token_key=Secret("00112233FF99"), expires=late)
    desk_there = desk.parts.worker.cloud_desk
    found = re.search(r"exp=(\d+)", desk_there.address(copy.id, wish))
    assert found is not None
    assert abs(int(found[1]) - int(ends.timestamp())) <= 1
    read(desk, feed, row(21, ENDED))
    with pytest.raises(GateRefusalError, match="its products do not allow it now"):
        desk_there.address(copy.id, wish)


def test_another_product_that_shows_it_keeps_it(desk: Desk) -> None:
    feed = delivered(desk, row(20), row(20, sku="SKU-2"))
    read(desk, feed, row(21, ENDED))
    looked(desk, None)
    desk.parts.worker.feeds.follow(feed)
    read(desk, feed, row(22, ENDED), row(22, ENDED, sku="SKU-2"))
    looked(desk, RetractionState.RETRACTED)


def test_a_product_that_is_taken_back_ends_nothing_and_opens_nothing(desk: Desk) -> None:
    feed = delivered(desk, row(20))
    read(desk, feed, row(21, op="delete"))
    looked(desk, None)
    read(desk, feed, row(22, ENDED))
    looked(desk, RetractionState.RETRACTED)
    read(desk, feed, row(23, op="delete"))
    looked(desk, RetractionState.RETRACTED)
    desk.parts.worker.feeds.remove(feed)
    looked(desk, RetractionState.RETRACTED)


@pytest.mark.parametrize("first", [True, False])
def test_what_a_person_pushed_stays(desk: Desk, first: bool) -> None:
    if first:
        picture(desk.folder / NAME)
        desk.library()
        desk.approve()
        desk.push()
        (desk.home / "feeds").mkdir()
        feed = kept(desk).id
        read(desk, feed, row(20))
        desk.parts.worker.feeds.follow(feed)
    else:
        feed = delivered(desk, row(20))
        plan = desk.parts.worker.plan_push([desk.asset(NAME).id], PushTarget())
        assert [step.action for step in plan.steps] == [PushAction.SAME_CONTENT]
        desk.parts.worker.push(plan)
    read(desk, feed, row(21, ENDED))
    looked(desk, None)


def published(desk: Desk) -> dict[str, Entry]:
    """For each market an entry that shows its own rendition."""
    assert desk.sandbox is not None
    connect(desk)
    wish = RenditionWish(presets=(BANNER,), table=TABLE)
    renditions = desk.parts.worker.renditions
    desk.finished(renditions.carry_out(renditions.plan([desk.asset(NAME).id], wish)))
    articles = [
        one
        for one in desk.sandbox.stack.branches["main"].entries.values()
        if one.content_type == "article"
    ]
    entries = dict(zip(("DE", "US"), articles, strict=False))
    for market, one in entries.items():
        batch = stacks(desk).publish(
            "Site",
            [
                (
                    desk.asset(NAME),
                    PublishWish(
                        content_type="article",
                        entry=one.uid,
                        field="hero_image",
                        preset="banner",
                        market=market,
                        locale=MASTER,
                    ),
                )
            ],
        )
        desk.finished(batch)
        assert is_public(one)
    return entries


def test_entries_that_carry_it_let_it_go(desk: Desk) -> None:
    feed = delivered(desk, row(20), row(20, sku="SKU-2", market="US"))
    entries = published(desk)
    read(desk, feed, row(21, ENDED), row(21, ENDED, sku="SKU-2", market="US"))
    looked(desk, RetractionState.RETRACTED)
    desk.until(
        lambda: not any(is_public(one) for one in entries.values()), what="the entries to follow"
    )


def test_of_several_markets_the_one_whose_product_has_ended_loses_its_entry(desk: Desk) -> None:
    feed = delivered(desk, row(20), row(20, sku="SKU-2", market="US"))
    entries = published(desk)
    read(desk, feed, row(21, ENDED), row(20, sku="SKU-2", market="US"))
    mirror(desk, NAME)
    assert desk.parts.worker.feeds.follow(feed).ended == 1
    desk.until(lambda: not is_public(entries["DE"]), what="the entry to follow")
    looked(desk, None)
    assert is_public(entries["US"])


def test_a_stack_knows_when_the_products_end_and_that_they_are_prolonged(desk: Desk) -> None:
    first, later = (desk.clock().date() + timedelta(days=days) for days in (5, 40))
    feed = delivered(
        desk, row(20, f',"rights_expires":"{first}"'), row(20, sku="SKU-2", market="US")
    )
    entries = published(desk)
    place = ("production", MASTER)
    assert entries["DE"].ends[place][:10] == f"{first + timedelta(days=1)}"
    assert entries["US"].ends == {}
    read(desk, feed, row(21, f',"rights_expires":"{later}"'))
    desk.until(
        lambda: entries["DE"].ends.get(place, "")[:10] == f"{later + timedelta(days=1)}",
        what="the new end",
    )
    assert is_public(entries["DE"])
    read(desk, feed, row(22))
    desk.until(lambda: entries["DE"].ends == {}, what="the end to be lifted")
    assert is_public(entries["DE"])


def test_a_clock_that_is_set_back_brings_nothing_back(desk: Desk) -> None:
    day = (desk.clock() + timedelta(days=3)).date()
    feed = delivered(desk, row(20, f',"rights_expires":"{day}"'))
    desk.clock.forward(timedelta(days=5))
    looked(desk, RetractionState.RETRACTED)
    desk.clock.forward(-timedelta(days=5))
    worker = desk.parts.worker
    assert worker.retractions.plan(CLOUD).steps == ()
    with pytest.raises(GateRefusalError, match="its products do not allow it now"):
        worker.original_url(desk.asset(NAME).id)
    with desk.parts.stock.readers.lent() as reader:
        master = reader.standing(desk.asset(NAME).id)
    assert master is not None
    products = [("SKU-1", "DE", "en")]
    answer = desk.parts.stock.products.answer(master, CLOUD, feed, products)
    assert answer.against == (Reason.RIGHTS_ENDED,)
