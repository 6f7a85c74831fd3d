"""Images that were delivered for products alone: they go with the last product that allows them.

What a person pushed as well is theirs, and stays whatever becomes of products.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.product_feed_use import EU_MEMBERS, EUROPE, WORLD, held_back


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFor:
    """A product that an image was delivered for, and the channel of its feed.

    `told` is what its feed says of it now; None if it took the product back, or is gone itself:
    that neither allows anything nor ends it. `recorded` is the newest moment on record.
    """

    market: str
    channel: str
    told: Mapping[str, object] | None
    recorded: datetime | None = None

    def covers(self, market: str) -> bool:
        """Is it sold there?"""
        is_there = self.market in (WORLD, market)
        return is_there or (self.market == EUROPE and market in EU_MEMBERS)

    def holds_back(self, at: datetime) -> bool | None:
        """Does it keep its images back at `at` (UTC)? None: it says nothing."""
        if self.told is None:
            return None
        told, recorded = self.told, self.recorded
        return bool(held_back(told, channel=self.channel, at=at, recorded=recorded))


def holds_back(
    products: Sequence[ShownFor], *, at: datetime, market: str = "", is_held: bool = False
) -> bool:
    """Do its products keep an image back at `at` (UTC), those that a market has if any has it?

    None of them allows it, and one is against it; or none says anything, and it `is_held` back for
    their sake: nothing opens because a product was forgotten.
    """
    answers = [one.holds_back(at) for one in _asked(products, market)]
    if any(answer is False for answer in answers):
        return False
    return any(answers) or (is_held and bool(answers))


def allowed_until(
    products: Sequence[ShownFor], *, at: datetime, market: str = ""
) -> datetime | None:
    """When the last product that allows an image at `at` ends; None if one never does, or none."""
    allowing = [one.told or {} for one in _asked(products, market) if one.holds_back(at) is False]
    ends = [told.get("rights_expires") for told in allowing]
    if not ends or None in ends:
        return None
    return max(datetime.fromisoformat(str(end)) for end in ends)


def _asked(products: Sequence[ShownFor], market: str) -> Sequence[ShownFor]:
    """Those that a market has; all where it has none, or none is named."""
    return [one for one in products if market and one.covers(market)] or products
