"""Cards are drawn when they look different, and only then."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QPixmap

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.rights import RightsState
from bridge_app.ui.delegates.card_cache import KEPT_BYTES, CardCache, Look
from bridge_app.ui.theme import Scheme, Theme

pytestmark = pytest.mark.usefixtures("qapp")


class Drawer:
    """Counts the cards it was asked for."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, card: QPixmap) -> None:
        assert not card.isNull()
        self.drawn += 1


def look(number: int = 1, *, side: int = 100) -> Look:
    asset = Asset(
        id=AssetId(f"{number:032}"),
        library=LibraryId("l"),
        path="a.jpg",
        name="a.jpg",
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1,
        modified_at="2026-06-15T12:00:00+00:00",
    )
    return Look(
        asset=asset,
        rights=RightsState.OPEN,
        picture=7,
        tokens=Theme(Scheme.LIGHT).tokens,
        size=(side, side),
        dpr=1.0,
        selected=False,
        hovered=False,
        focused=False,
        mirrored=False,
    )


def test_a_card_that_looks_the_same_is_drawn_once() -> None:
    cache, drawer = CardCache(), Drawer()
    first = cache.card(look(), drawer)
    again = cache.card(look(), drawer)
    assert drawer.drawn == 1
    assert again.cacheKey() == first.cacheKey()


@pytest.mark.parametrize(
    "changed",
    [
        {"rights": RightsState.ENDED},
        {"picture": 8},
        {"size": (120, 100)},
        {"dpr": 2.0},
        {"selected": True},
        {"hovered": True},
        {"focused": True},
        {"mirrored": True},
        {"tokens": Theme(Scheme.DARK).tokens},
        {"asset": replace(look().asset, approval=Approval.APPROVED)},
        {"asset": replace(look().asset, rating=3)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_changes_its_looks_draws_it_again(changed: dict[str, object]) -> None:
    cache, drawer = CardCache(), Drawer()
    cache.card(look(), drawer)
    cache.card(replace(look(), **changed), drawer)  # type: ignore[arg-type]
    assert drawer.drawn == 2


def test_a_card_has_the_pixels_of_its_screen() -> None:
    card = CardCache().card(replace(look(), dpr=2.0), Drawer())
    assert (card.width(), card.devicePixelRatio()) == (200, 2.0)


def test_cards_that_were_not_shown_for_long_go_first() -> None:
    cache, drawer = CardCache(), Drawer()
    side = 1000
    fit = KEPT_BYTES // (side * side * 4)
    for number in range(fit + 1):
        cache.card(look(number, side=side), drawer)
        cache.card(look(0, side=side), drawer)
    assert drawer.drawn == fit + 1
    cache.card(look(1, side=side), drawer)
    assert drawer.drawn == fit + 2
