"""What is known of contents: their masters, what was said of them, and what they are laid on."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.reasons import Reason
from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.uses import ANY_USE
from bridge_app.storage.search import CatalogReader, Readers
from bridge_app.work.contents import is_layer_held_back, laid_on, masters_of, said_against
from tests.storage.delivered import NOW, Shelf

LOGO = "brand/logo"
SHA = f"sha of {LOGO}"
PLAYER = "https://player.cloudinary.com/embed/?cloud_name=studio&public_id=brand%2Flogo"
ADDRESS = "https://res.cloudinary.com/studio/image/upload/{through}hero.jpg"
NAMED = {"badge": "c_scale,w_40/l_brand:logo", "framed": "e_sepia/t_badge", "round": "t_round"}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A logo that is approved and delivered, and a picture that is not laid on anything."""
    made = Shelf(tmp_path)
    made.delivered(LOGO)
    made.delivered("hero")
    yield made
    made.close()


@pytest.fixture
def readers(shelf: Shelf) -> Iterator[Readers]:
    made = Readers(shelf.catalog.reader)
    yield made
    made.close()


def named() -> dict[str, str]:
    return NAMED


def hero(through: str) -> str:
    return ADDRESS.format(through=through)


def fetched(address: str) -> str:
    return f"l_fetch:{base64.urlsafe_b64encode(address.encode()).decode()}"


@pytest.mark.parametrize(
    "transformation",
    [
        "l_brand:logo",
        "c_fill,w_80/u_brand:logo.png/fl_layer_apply",
        "$mark_!brand:logo!/l_$mark",
        "l_image:upload:brand%3Alogo,w_20",
        fetched(hero("").replace("hero", LOGO)),
        fetched(hero("l_brand:logo/")),
        fetched(PLAYER),
        "t_badge",
        "c_scale,t_badge,w_40",
        "t_framed",
        "$mark_!brand:logo!/t_unknown",
    ],
)
def test_what_is_laid_on_is_found_however_it_is_named(
    readers: Readers, transformation: str
) -> None:
    found = laid_on(readers, "studio", transformation, named)
    assert SHA in found
    assert laid_on(readers, "elsewhere", transformation, named) == frozenset()


def test_presets_are_read_only_where_one_is_named(readers: Readers) -> None:
    def never() -> dict[str, str]:
        raise AssertionError

    assert laid_on(readers, "studio", "l_brand:logo", never) == {SHA}


@pytest.mark.parametrize(
    "transformation",
    ["c_fill,w_80", "l_text:Inter_40:hero", "t_round", "t_unknown", "l_fetch:bm90aGluZw==", ""],
)
def test_what_lays_nothing_of_ours_on_asks_no_catalog(transformation: str) -> None:
    def none() -> CatalogReader:
        raise AssertionError(transformation)

    assert laid_on(Readers(none), "studio", transformation, named) == frozenset()


def test_a_made_rendition_shows_what_may_be_seen(shelf: Shelf, readers: Readers) -> None:
    def is_held_back(environment: str = "studio") -> bool:
        return is_layer_held_back(readers, shelf.decisions, SHA, environment, ANY_USE, NOW)

    assert not is_held_back()
    shelf.put(LOGO, rights=RightsWindow(ends=NOW - timedelta(days=1)))
    assert is_held_back()
    assert not is_held_back("elsewhere")
    shelf.decide(shelf.put(LOGO), Approval.REJECTED)
    # Nobody knows how it came there.
    assert is_held_back("elsewhere")


def test_one_copy_of_it_that_may_be_seen_is_enough(shelf: Shelf, readers: Readers) -> None:
    ended = RightsWindow(ends=NOW - timedelta(days=1))
    shelf.put(LOGO, rights=ended)
    ask = partial(is_layer_held_back, readers, shelf.decisions, SHA, "studio", ANY_USE, NOW)
    assert ask()
    shelf.put("copy of it", sha256=SHA)
    assert not ask()


def test_every_master_of_a_content_is_known(shelf: Shelf, readers: Readers) -> None:
    other = shelf.put("copy of it", sha256=SHA)
    assert {one.id for one in masters_of(readers, SHA)} == {shelf.put(LOGO).id, other.id}
    assert masters_of(readers, "sha of nothing") == []


def test_a_master_that_goes_while_it_is_asked_for_is_none(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, readers: Readers
) -> None:
    monkeypatch.setattr(CatalogReader, "masters", lambda *_: [AssetId("gone"), shelf.put(LOGO).id])
    assert [one.id for one in masters_of(readers, SHA)] == [shelf.put(LOGO).id]


def test_what_was_said_of_content_stays_said(shelf: Shelf, readers: Readers) -> None:
    def against() -> tuple[Reason, ...]:
        return said_against(readers, shelf.decisions, SHA, "studio", NOW)

    assert against() == ()
    logo = replace(shelf.put(LOGO), sha256=SHA)
    shelf.decide(logo, Approval.REJECTED)
    assert against() == (Reason.REJECTED,)
