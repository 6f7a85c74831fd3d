"""When products keep back an image that was delivered for them alone."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bridge_app.domain.product_holds import ShownFor, holds_back

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ENDED = {"rights_expires": "2026-01-01T00:00:00.000000+00:00"}


def product(
    market: str = "WW", told: Mapping[str, object] | None = None, channel: str = "web"
) -> ShownFor:
    return ShownFor(market=market, channel=channel, told=told)


OVER, OPEN, GONE = product(told=ENDED), product(told={}), product(told=None)


@pytest.mark.parametrize(
    ("products", "is_held", "answer"),
    [
        ((), True, False),
        ((OPEN,), True, False),
        ((OVER,), False, True),
        ((OVER, OPEN), True, False),
        ((OVER, GONE), False, True),
        # A product that was taken back ends nothing, and opens nothing either.
        ((GONE,), False, False),
        ((GONE,), True, True),
    ],
)
def test_the_last_product_that_allows_an_image_decides(
    products: tuple[ShownFor, ...], is_held: bool, answer: bool
) -> None:
    assert holds_back(products, at=NOW, is_held=is_held) is answer


def test_a_market_asks_the_products_that_are_sold_there_if_there_are_any() -> None:
    germany, europe, america = product("DE", ENDED), product("EU", {}), product("US", {})
    assert holds_back((germany, america), at=NOW, market="DE")
    assert not holds_back((germany, america), at=NOW, market="US")
    assert not holds_back((germany, america), at=NOW, market="JP")
    assert not holds_back((germany, europe), at=NOW, market="DE")
    assert not holds_back((germany, product("WW", {})), at=NOW, market="DE")
    assert not holds_back((germany, america), at=NOW)


@pytest.mark.parametrize(
    "told",
    [
        {"rights_starts": "2026-12-01T00:00:00.000000+00:00"},
        {"embargo_until": "2026-12-01T00:00:00.000000+00:00"},
        {"usage_rights": ["print"]},
    ],
)
def test_an_embargo_and_a_channel_that_was_lost_hold_back_too(told: dict[str, object]) -> None:
    assert holds_back((product(told=told),), at=NOW)
