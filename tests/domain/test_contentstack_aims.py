"""What has to be done for a publication, by what was written and what the gate says."""

from itertools import product

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.contentstack import Aim, Publication, PublicationState, aim
from tests.domain.test_contentstack_fields import URL, place

FACTS = ("is_withheld", "has_rendition", "is_outdated", "is_allowed")


def publication(state: PublicationState, url: str = URL, *, wanted: bool = True) -> Publication:
    return Publication(
        destination="site",
        asset=AssetId("a"),
        name="hero.jpg",
        environment="studio",
        preset="banner",
        market="",
        language="",
        place=place(),
        wanted=wanted,
        url=url,
        state=state,
    )


def aims(one: Publication) -> dict[tuple[bool, ...], Aim]:
    """The aim for all that may be true of it."""
    every = product((False, True), repeat=len(FACTS))
    return {facts: aim(one, **dict(zip(FACTS, facts, strict=True))) for facts in every}


@pytest.mark.parametrize("state", [PublicationState.PENDING, PublicationState.PUBLISHED])
def test_only_what_the_gate_allows_of_the_delivered_version_is_written(
    state: PublicationState,
) -> None:
    for url in ("", URL):
        found = aims(publication(state, url))
        assert [facts for facts, one in found.items() if one is Aim.WRITE] == [
            (False, True, False, True)
        ]


def test_what_was_taken_back_is_not_refused_by_work_that_comes_late() -> None:
    """Two runs may be queued for one end of rights; the second finds nothing left to do."""
    found = aims(publication(PublicationState.WITHDRAWN))
    assert set(found.values()) == {Aim.LEAVE, Aim.WRITE}


def test_what_nobody_wants_any_more_goes() -> None:
    found = aims(publication(PublicationState.PUBLISHED, wanted=False))
    assert set(found.values()) == {Aim.WITHDRAW}
