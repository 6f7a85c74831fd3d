"""Fills the demo's PhotoShelter library: a second brand that does not exist, its pictures drawn.

What is drawn lies in a folder until all of it is at the service; so a crash costs a second try.
"""

import shutil
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bridge_app.sandbox.campaign import make_campaign
from bridge_app.sandbox.campaign_recipe import Brand
from bridge_app.sandbox.photoshelter.sample import APPROVAL, STATES
from bridge_app.sandbox.photoshelter.seeding import DAY, PASSWORD
from bridge_app.sandbox.photoshelter.showcase_recipe import (
    Master,
    Place,
    Showcase,
    read_showcase,
)
from bridge_app.sandbox.photoshelter.state import ShelterState

EDITOR = "editor@{brand}.example"
UPLOADED_AFTER = timedelta(hours=5)
FILM = ".mp4"


def editor_of(brand: str) -> str:
    """The e-mail address of the one who works in this brand's library; see `seeding.PASSWORD`."""
    return EDITOR.format(brand=brand.lower())


def is_filled(state: ShelterState, drawings: Path) -> bool:
    """Was the library put in to its end? The service has to be open."""
    return bool(state.store.organizations()) and not drawings.exists()


def fill_showcase(
    state: ShelterState,
    *,
    recipe: Path,
    drawings: Path,
    now: datetime,
    report: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> dict[str, str]:
    """Draw the library and put it into the service, in the place of all that it holds. Blocks.

    Gives the identifiers of collections and galleries by their names.

    Args:
        state: Of the service, open; it may be running.
        recipe: `resources/demo/cold-water.toml`.
        drawings: A folder for the files meanwhile; it is gone afterwards.
        now: Aware; the days of the recipe count from here.
        report: Told how many files of how many are drawn, in the calling thread.
        cancelled: Asked ten times a second, in the calling thread.

    Raises:
        CampaignCancelledError: `cancelled` said yes; the service is as it was.
    """
    make_campaign(drawings, recipe=recipe, now=now, report=report, cancelled=cancelled)
    state.reset()
    places = _put_in(state, read_showcase(recipe, now=now), drawings, now)
    shutil.rmtree(drawings)
    return places


def _put_in(state: ShelterState, page: Showcase, drawings: Path, now: datetime) -> dict[str, str]:
    brand = page.brand.name
    organization = state.add_organization(brand)
    state.add_user(editor_of(brand), PASSWORD, organizations=(organization,))
    state.add_custom_field(organization, APPROVAL, STATES)
    places: dict[str, str] = {}
    for place in page.collections:
        places[place.name] = state.add_collection(place.name, **_laid(place, places, organization))
    for place in page.galleries:
        places[place.name] = state.add_gallery(place.name, **_laid(place, places, organization))
    for master in page.masters:
        state.add_media(
            master.piece.path.name,
            galleries=[places[master.gallery]],
            data=(drawings / master.piece.path).read_bytes(),
            **_facts(master, page.brand, now),
        )
    return places


def _laid(place: Place, places: Mapping[str, str], organization: str) -> dict[str, Any]:
    parents = [places[name] for name in place.parents]
    return {"organization": organization, "parents": parents, "mode": place.mode}


def _facts(master: Master, brand: Brand, now: datetime) -> dict[str, Any]:
    piece = master.piece
    width, height = piece.size
    uploaded = piece.taken + UPLOADED_AFTER
    ends = None if master.license_days is None else now + timedelta(days=master.license_days)
    return {
        "width": width,
        "height": height,
        "duration_s": piece.seconds if piece.suffix == FILM else None,
        "iptc": _iptc(master, brand, now),
        "custom": {APPROVAL: master.state} if master.state else {},
        "rating": piece.rating or None,
        "model_released": master.model_released,
        "property_released": master.property_released,
        "license_expires_at": ends,
        "created_at": uploaded,
        "modified_at": uploaded,
    }


def _iptc(master: Master, brand: Brand, now: datetime) -> dict[str, Any]:
    """The IPTC record, with the rights block in its instructions (photoshelter.md 10)."""
    piece = master.piece
    block = DAY.sub(lambda found: f"{now + timedelta(days=int(found[1])):%Y-%m-%d}", master.block)
    return {
        "title": piece.title or None,
        "headline": brand.campaign if piece.title else None,
        "caption": piece.caption or None,
        "keywords": list(piece.keywords),
        "author": brand.creator,
        "credit": brand.credit,
        "copyright": brand.rights,
        "rights": brand.usage,
        "instructions": f"No crop above the water line. [[rights {block}]]" if block else None,
        "date_taken": piece.taken.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
