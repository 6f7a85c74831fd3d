"""Fills an empty service with the sample library. The same each time, but for its dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bridge_app.sandbox.photoshelter.records import AccessRight
from bridge_app.sandbox.photoshelter.sample import (
    AGENCY,
    APPROVAL,
    BRAND,
    CAMPAIGN,
    CHANNELS,
    GALLERIES,
    MADE_UP_SIZES,
    PLACES,
    PRESS,
    REGIONAL,
    SHOTS,
    SIZES_PX,
    STATES,
    TRICKY_IDS,
    USUAL,
    Case,
    Gallery,
)
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.workspaces import DOWN, UP, add_workspace, vote

PASSWORD = "sandbox"  # noqa: S105 - it opens nothing but the sandbox, and is printed
TWO_FACTOR_CODE = "123456"
PEOPLE = ("admin", "editor", "tagger", "contributor", "invited")
DAY = re.compile(r"\{(-?\d+)\}")
DURATIONS_S = {"mp4": 12.5, "wav": 62.0, "mp3": 181.0}
PLAIN = frozenset({"pdf", "mp3", "wav"})
"""What has no size in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """What was put in: identifiers by what people call it."""

    organization: str
    agency: str
    people: dict[str, str]
    containers: dict[str, str]
    media: dict[str, list[str]]


def address_of(name: str) -> str:
    """The e-mail address of one of `PEOPLE`, or of `twofactor`."""
    return f"{name}@{BRAND.lower()}.example"


def seed_sample(state: ShelterState) -> Seeded:
    """Put the sample library in.

    Everybody's password is `sandbox`; `twofactor` has a second factor, whose code is 123456.
    """
    brand, agency = state.add_organization(BRAND), state.add_organization(AGENCY)
    people = dict(_people(state, brand, agency))
    state.add_custom_field(brand, APPROVAL, STATES)
    state.add_custom_field(brand, "Campaign", ("Cold Water", "Evergreen"))
    containers = _collections(state, brand)
    media: dict[str, list[str]] = {}
    for gallery in GALLERIES:
        containers[gallery.name] = state.add_gallery(
            gallery.name,
            organization=brand,
            parents=[containers[parent] for parent in gallery.parents],
            inherits=gallery.inherits,
            is_listed=gallery.is_listed,
        )
        media[gallery.name] = list(_masters(state, gallery, containers[gallery.name]))
    _share(state, containers["Nordics"], people["invited"])
    _lay_before(state, brand, media["Contributions"], people["editor"])
    return Seeded(
        organization=brand, agency=agency, people=people, containers=containers, media=media
    )


def _people(state: ShelterState, brand: str, agency: str) -> Iterator[tuple[str, str]]:
    """Somebody of each role, and somebody with a second factor."""
    for role in PEOPLE:
        places = () if role == "invited" else (brand, agency) if role == "editor" else (brand,)
        yield role, state.add_user(address_of(role), PASSWORD, role=role, organizations=places)
    yield (
        "twofactor",
        state.add_user(
            address_of("twofactor"),
            PASSWORD,
            organizations=(brand,),
            two_factor_code=TWO_FACTOR_CODE,
        ),
    )


def _collections(state: ShelterState, brand: str) -> dict[str, str]:
    campaign = state.add_collection(CAMPAIGN, organization=brand)
    regional = state.add_collection(REGIONAL, organization=brand, parents=[campaign])
    press = state.add_collection(PRESS, organization=brand, mode="everyone", is_listed=True)
    return {CAMPAIGN: campaign, REGIONAL: regional, PRESS: press}


def _masters(state: ShelterState, gallery: Gallery, gallery_id: str) -> Iterator[str]:
    """The masters of one gallery; their days lie one after the other before today."""
    tricky = TRICKY_IDS.get(gallery.name, ())
    usual = Case(state="Approved", rights=USUAL.rights)
    for number in range(gallery.count):
        case = gallery.cases[number] if number < len(gallery.cases) else usual
        facts = _facts(state.clock.now(), gallery, case, number)
        if number < len(tricky):
            facts["id"] = tricky[number]
        name = case.file_name or f"{gallery.stem}_{number + 1:04}.{gallery.ending}"
        yield state.add_media(name, galleries=[gallery_id], **facts)


def _facts(now: datetime, gallery: Gallery, case: Case, number: int) -> dict[str, Any]:
    """All that is said of one master but its name."""
    ending = (case.file_name or gallery.ending).rpartition(".")[2]
    made = now - timedelta(days=40 + number, minutes=7 * number)
    size_px = (None, None) if ending in PLAIN else SIZES_PX[number % len(SIZES_PX)]
    ends = None if case.license_days is None else now + timedelta(days=case.license_days)
    return {
        "size": MADE_UP_SIZES[ending] + 1_013 * number,
        "width": size_px[0],
        "height": size_px[1],
        "duration_s": DURATIONS_S.get(ending),
        "iptc": _iptc(now, case, gallery, number),
        "custom": {APPROVAL: case.state} if case.state else {},
        "rating": (number * 3) % 6 or None,
        "flagged": "flagged" in case.flags,
        "searchable": "searchable" in case.flags,
        "model_released": case.model_released,
        "property_released": case.property_released,
        "license_expires_at": ends,
        "created_at": made,
        "modified_at": made + timedelta(days=number % 5, hours=3),
    }


def _iptc(now: datetime, case: Case, gallery: Gallery, number: int) -> dict[str, Any]:
    """The IPTC record, with the rights block in its instructions."""
    shot, place = SHOTS[number % len(SHOTS)], PLACES[number % len(PLACES)]
    city, region, country, country_iso = place
    block = DAY.sub(lambda found: _day(now, int(found[1])), case.rights)
    words = ("cold water", "campaign:cold-water", gallery.name.lower(), *case.keywords)
    taken = now - timedelta(days=60 + number)
    return {
        "title": None if "no-title" in case.flags else f"{shot}, {number + 1}",
        "headline": shot,
        "caption": f"{shot}. {city}, {country}.",
        "keywords": list(words),
        "author": AGENCY,
        "credit": f"{AGENCY} for {BRAND}",
        "copyright": f"© {now.year} {BRAND} (a brand that does not exist)",
        "rights": f"Owned media of {BRAND}: {', '.join(CHANNELS[: 1 + number % 4])}",
        "instructions": f"No crop above the water line. [[rights {block}]]" if block else None,
        "trans_ref": f"JOB-47_{number % 3 + 1:04}.pdf" if gallery.ending != "pdf" else None,
        "city": city,
        "state": region,
        "country": country,
        "country_iso": country_iso,
        "date_taken": taken.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _day(now: datetime, days: int) -> str:
    return (now + timedelta(days=days)).strftime("%Y-%m-%d")


def _share(state: ShelterState, gallery: str, guest: str) -> None:
    """Somebody from outside may see a gallery for a while."""
    right = AccessRight(
        id=state.new_id("AR000"),
        kind="contact",
        value=guest,
        expires=state.clock.now() + timedelta(days=30),
        terms={"download_image_filetype": "jpeg", "download_image_size": 2400},
    )
    state.update_container(gallery, mode="permission", rights=(right,))


def _lay_before(state: ShelterState, brand: str, media: list[str], editor: str) -> None:
    """What came from outside is voted on in a workspace."""
    made = add_workspace(state, "Contributions: first look", organization=brand, media=media)
    for media_id in media[:4]:
        vote(state, made, media_id, user=editor, given=UP)
    vote(state, made, media[4], user=editor, given=DOWN)
