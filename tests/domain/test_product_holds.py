"""When products keep back an image that was delivered for them alone."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bridge_app.domain.product_holds import ShownFor, allowed_until, holds_back

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


def until(day: int) -> Mapping[str, object]:
    return {"rights_expires": f"2026-12-{day:02}T00:00:00.000000+00:00"}


@pytest.mark.parametrize(
    ("products", "day"),
    [
        ((), None),
        ((GONE,), None),
        ((product(told=until(3)), OVER, GONE), 3),
        ((product(told=until(3)), product(told=until(9))), 9),
        ((product(told=until(3)), OPEN), None),
        # Of several markets those that are sold there.
        ((product("DE", told=until(3)), product("US", told=until(9))), 3),
    ],
)
def test_an_image_is_allowed_as_long_as_its_last_product(
    products: tuple[ShownFor, ...], day: int | None
) -> None:
    ends = None if day is None else datetime(2026, 12, day, tzinfo=UTC)
    assert allowed_until(products, at=NOW, market="DE") == ends
