"""What products say against an image, asked as it leaves: their rights, their market, the channel.

A product may end, or lose its channel, while the push of its image waits for the network.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.gate import Verdict
from bridge_app.domain.policies import Policy
from bridge_app.domain.product_feed import Feed, ProductKey
from bridge_app.domain.product_feed_use import held_back, uses_of
from bridge_app.storage.feeds import Feeds
from bridge_app.work.gatekeeper import Gatekeeper, Leaving

YES = Verdict(())


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductGate:
    """Thread-safe; reads the ledger. A product that its feed took back says nothing.

    `latest` is the newest moment on record.
    """

    feeds: Feeds
    gate: Gatekeeper
    now: Callable[[], datetime]
    latest: Callable[[], datetime | None]

    def answer(
        self,
        master: Leaving,
        environment: str,
        feed: str,
        products: Iterable[tuple[str, str, str]],
        policies: Sequence[Policy] | None = None,
    ) -> Verdict:
        """May it be shown for all of these products now? The first no."""
        known = next((one for one in self.feeds.all() if one.id == feed), None)
        if known is None:
            return YES
        for key in map(ProductKey._make, dict.fromkeys(products)):
            told = self.feeds.products.told(feed, key)
            if told is not None:
                found = self.of(master, environment, known, key, told, policies)
                if not found.allows:
                    return found
        return YES

    def of(
        self,
        master: Leaving,
        environment: str,
        feed: Feed,
        key: ProductKey,
        told: dict[str, object],
        policies: Sequence[Policy] | None = None,
    ) -> Verdict:
        """May it be shown for one product, of which so much is told?"""
        at, recorded = self.now(), self.latest()
        reasons = held_back(told, channel=feed.channel, at=at, recorded=recorded)
        if reasons:
            return Verdict(reasons)
        for use in uses_of(key.market, feed.channel):
            found = self.gate.answer(master, environment, use=use, policies=policies)
            if not found.allows:
                return found
        return YES
