"""Makes those who deal with feeds of products out of the other parts."""

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.app.workbench import STOP_S, Workbench
from bridge_app.channels.feed_receiver import Received
from bridge_app.domain.assets import AssetId
from bridge_app.domain.presets import RenditionPreset
from bridge_app.storage.feeds import FeedRun
from bridge_app.storage.jobs import NewJob
from bridge_app.work.feed_listening import FeedListening
from bridge_app.work.feed_out import FeedOut, OutMeans
from bridge_app.work.feed_pushes import FeedPushes, FeedStores, PushMeans
from bridge_app.work.feed_reading import FeedReading, ReadingMeans
from bridge_app.work.product_feeds import FeedDesk, FeedMeans

if TYPE_CHECKING:
    from bridge_app.work.editing import Editing


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHearers:
    """Who hears which images show a product no more, and of a feed with other products."""

    over: Callable[[Collection[AssetId]], None]
    anew: Callable[[str], None]


def feed_desk(
    shop: Workbench,
    *,
    editing: "Callable[[], Editing]",
    is_allowed_out: Callable[[], bool],
    presets: Callable[[], Sequence[RenditionPreset]],
    queue: Callable[[Sequence[NewJob]], list[int]],
    hearers: FeedHearers,
) -> FeedDesk:
    """Their desk; it ends before those who send."""
    stock, closing = shop.stock, threading.Event()
    stores = FeedStores(
        catalog=stock.catalog.writer.path,
        ledger=stock.feeds.path,
        told=stock.feeds.told,
        jobs=stock.jobs,
        deliveries=stock.deliveries,
        readers=stock.readers,
    )
    pushes = FeedPushes(
        stores,
        PushMeans(
            gate=stock.gate,
            products=stock.products,
            editing=editing,
            check_target=stock.check_outside_plugins,
            accounts=shop.environments.accounts,
            queue=queue,
            over=hearers.over,
            now=shop.now,
        ),
    )
    made: list[FeedDesk] = []
    means = FeedMeans(
        reading=_reading(shop, closing),
        pushes=pushes,
        out=FeedOut(_out_means(shop, presets)),
        secrets=shop.environments.secrets,
        is_allowed_out=is_allowed_out,
        who=shop.who,
        now=shop.now,
        tell=shop.announcer.tell,
        listening=FeedListening(lambda feed: received_by(made[0], feed, shop.now)),
        anew=hearers.anew,
    )
    desk = FeedDesk(stock.feeds, means, closing)
    made.append(desk)
    shop.at_desks.callback(desk.close, STOP_S)
    return desk


def received_by(
    desk: FeedDesk,
    feed: str,
    now: Callable[[], datetime],
    told: Callable[[FeedRun], None] = lambda _: None,
) -> Received:
    """What posts of a feed are asked; `told` hears what became of each that was taken."""

    def take(path: Path) -> dict[str, object]:
        run = desk.take_in(feed, path)
        told(run)
        return run.result.told(feed)

    return Received(key=lambda: desk.receiving_key(feed), take=take, now=lambda: now().timestamp())


def _reading(shop: Workbench, closing: threading.Event) -> Callable[[], FeedReading]:
    """Who reads; made when something is read."""
    made: list[FeedReading] = []

    def reading() -> FeedReading:
        if not made:
            # With the first address: it takes a while to load.
            from bridge_app.channels.guarded_http import GuardedHttp  # noqa: PLC0415

            http = GuardedHttp()
            shop.senders.callback(http.close)
            means = ReadingMeans(
                http=lambda: http,
                secrets=shop.environments.secrets,
                who=shop.who,
                now=shop.now,
                is_closing=closing.is_set,
            )
            made.append(FeedReading(shop.stock.feeds, means))
        return made[0]

    return reading


def _out_means(shop: Workbench, presets: Callable[[], Sequence[RenditionPreset]]) -> OutMeans:
    stock = shop.stock
    return OutMeans(
        readers=stock.readers,
        gate=stock.gate,
        presets=presets,
        accounts=shop.environments.accounts,
        current=shop.environments.current,
        credentials=shop.environments.credentials,
        is_withheld=stock.is_withheld,
        now=shop.now,
        latest=stock.audit.latest,
    )
