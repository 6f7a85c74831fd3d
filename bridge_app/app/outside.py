"""Those who deal with other systems, put together when somebody first asks for them."""

from collections.abc import Callable, Collection, Sequence
from random import Random
from typing import TYPE_CHECKING

from bridge_app.app.workbench import STOP_S, Workbench
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.storage.jobs import NewJob
from bridge_app.work.dispatcher import Handler
from bridge_app.work.events import Connectivity
from bridge_app.work.once import OnDemand, once

# Whoever few commands need is loaded when somebody asks for them.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.work.contentstack import ContentstackDesk
    from bridge_app.work.crew_port import Crew
    from bridge_app.work.event_post import EventPost
    from bridge_app.work.exchange.hot_folders import HotFolders
    from bridge_app.work.exchange.leaving import LeavingDesk
    from bridge_app.work.exchange.opening import OpeningDesk
    from bridge_app.work.file_gate import FileGate
    from bridge_app.work.handlers.contentstack import ContentstackHandler
    from bridge_app.work.insights import InsightsDesk
    from bridge_app.work.kits import KitDesk
    from bridge_app.work.places import PlaceDesk
    from bridge_app.work.product_feeds import FeedDesk
    from bridge_app.work.webhooks import WebhookDesk


class Outside(OnDemand):
    """See `work.crew_port.Outside`; `crew` are the others, `wake` has what is queued looked at."""

    def __init__(self, shop: Workbench, crew: "Crew", wake: Callable[[], None]) -> None:
        super().__init__()
        self._shop = shop
        self._crew = crew
        self._wake = wake

    @once
    def webhooks(self) -> "WebhookDesk":
        """Endpoints that are told what happens."""
        from bridge_app.work.webhooks import WebhookDesk, WebhookMeans

        shop = self._shop
        means = WebhookMeans(
            secrets=shop.environments.secrets,
            who=shop.who,
            now=shop.now,
            tell=shop.announcer.tell,
            wake=self._wake,
        )
        return WebhookDesk(shop.stock.webhooks, means)

    @once
    def places(self) -> "PlaceDesk":
        """Where assets went."""
        from bridge_app.work.places import PlaceDesk, PlaceMeans

        shop = self._shop
        means = PlaceMeans(
            gate=shop.stock.gate,
            files=self.files,
            presets=lambda: shop.stock.rendition_presets.library().presets,
            jobs=shop.stock.jobs,
            who=shop.who,
            now=shop.now,
            tell=shop.announcer.tell,
        )
        return PlaceDesk(shop.stock.place_records, shop.stock.readers, means)

    @once
    def files(self) -> "FileGate":
        """Asks the gate of files that people take out."""
        from bridge_app.work.file_gate import FileGate

        stock, environments = self._shop.stock, self._shop.environments

        def environment() -> str:
            account = environments.current()
            return account.environment if account else ""

        return FileGate(stock.gate, stock.readers, self._shop.audit, environment=environment)

    @once
    def insights(self) -> "InsightsDesk":
        """Reports of what is used, and what it costs."""
        from bridge_app.app.insight_parts import insights_desk

        return insights_desk(self._shop)

    @once
    def post(self) -> "EventPost":
        """Makes messages of what happened."""
        from bridge_app.work.event_post import EventPost

        shop = self._shop
        post = EventPost(
            shop.stock.webhooks,
            shop.stock.readers,
            copies=shop.stock.write_backs.copies,
            media_id=self._media_id,
            wake=self._wake,
            now=shop.now,
        )
        shop.at_desks.callback(post.close, STOP_S)
        shop.announcer.listen(post.hear)
        return post

    @once
    def kits(self) -> "KitDesk":
        """Kits for channels, and how channels show things."""
        from bridge_app.app.kit_parts import kit_desk

        return kit_desk(self._shop, self._crew, queue=self._queue)

    @once
    def leaving(self) -> "LeavingDesk":
        """Files that other programs take."""
        from bridge_app.app.exchange_parts import leaving_desk

        return leaving_desk(self._shop, self._crew, online=self._is_allowed_out)

    @once
    def opening(self) -> "OpeningDesk":
        """Assets in other programs."""
        from bridge_app.app.exchange_parts import opening_desk

        return opening_desk(self._shop, self._crew, queue=self._queue)

    @once
    def hot_folders(self) -> "HotFolders":
        """Folders whose files are copied into libraries."""
        from bridge_app.app.exchange_parts import hot_folders

        return hot_folders(self._shop, queue=self._queue)

    @property
    def contentstack(self) -> "ContentstackDesk":
        """Stacks of Contentstack that are published to."""
        return self.stack_parts[0]

    @once
    def stack_parts(self) -> "tuple[ContentstackDesk, ContentstackHandler]":
        """Who is asked about stacks, and who carries that out."""
        from bridge_app.app.contentstack_parts import contentstack_parts

        return contentstack_parts(self._shop, queue=self._queue)

    @once
    def feeds(self) -> "FeedDesk":
        """Feeds of products."""
        from bridge_app.app.feed_parts import FeedHearers, feed_desk

        crew = self._crew
        return feed_desk(
            self._shop,
            editing=lambda: crew.editing,
            is_allowed_out=self._is_allowed_out,
            presets=lambda: tuple(crew.rendition_presets.library().presets.values()),
            queue=self._queue,
            hearers=FeedHearers(over=self.follow, anew=self._follow_feed),
        )

    def follow(self, assets: Collection[AssetId]) -> None:
        """Something was said of these: what shows them elsewhere follows."""
        if not self._shop.stock.stacks.is_empty():
            self.contentstack.follow(assets)

    def _follow_feed(self, feed: str) -> None:
        if not self._shop.stock.stacks.is_empty():
            self.contentstack.follow_feed(feed)

    def start(self) -> None:
        """From now on those who look by themselves do; feeds and hot folders if there are any."""
        self.post.start()
        if not self._shop.stock.feeds.is_empty():
            self.feeds.start()
        if (self._shop.stock.places.folder / "hot_folders.json").exists():
            self.hot_folders.start()

    def _queue(self, jobs: Sequence[NewJob]) -> list[int]:
        added = self._shop.stock.jobs.add(jobs, at=self._shop.now())
        self._wake()
        return added

    def _is_allowed_out(self) -> bool:
        """May the network be used at all?"""
        return self._crew.transfers.connectivity.state is not Connectivity.WORK_OFFLINE

    def _media_id(self, asset: AssetId) -> str:
        with self._shop.stock.readers.lent() as reader:
            found = reader.shelter_assets([asset]).get(asset)
        return found.media_id if found is not None else ""


def webhook_handler(shop: Workbench, outside: Outside) -> Handler:
    """Who hands messages to endpoints."""
    from bridge_app.channels.guarded_http import GuardedHttp
    from bridge_app.channels.receiver import Receiver, receiver_of
    from bridge_app.channels.web_receiver import WebReceiver
    from bridge_app.work.handlers.send_webhook import SendWebhookHandler

    http, rng = GuardedHttp(), Random()  # noqa: S311 - spreads tries
    shop.connections.callback(http.close)
    web = WebReceiver(http)
    made: dict[str, Receiver] = {"https": web, "http": web}

    def receiver(kind: str) -> Receiver:
        if kind not in made:
            made[kind] = receiver_of(kind)
        return made[kind]

    return SendWebhookHandler(
        webhooks=shop.stock.webhooks,
        receivers=receiver,
        keys=outside.webhooks.keys,
        gate=shop.stock.gate,
        readers=shop.stock.readers,
        decisions=shop.stock.decisions,
        spread=lambda: rng.uniform(-1.0, 1.0),
        changed=lambda: shop.announcer.tell(ChangeSet(channels=True)),
    )
