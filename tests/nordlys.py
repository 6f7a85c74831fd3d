"""A brand whose masters live at a PhotoShelter-style service, for stories at the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.shelter import shelter_of
from bridge_app.libraries.photoshelter.sign_in import SignIn
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from tests.desk import ACCOUNT, Desk

KEY = ShelterSettings().api_key
EMAIL, PASSWORD, CODE = "mara@nordlys.example", "a pass word", "246810"
TWO_STEPS, TWO_HOMES = "ida@nordlys.example", "tove@nordlys.example"
SPRING, HERO, RAW, EVENTS = "Spring 2027", "Hero", "Raw selects", "Events"


@dataclass(frozen=True, slots=True)
class Nordlys:
    """What was put into the service, by its identifiers."""

    organization: str
    spring: str
    hero: str
    raw: str
    events: str
    media: dict[str, str]


def photograph(seed: int, size: tuple[int, int] = (900, 600)) -> bytes:
    """A JPEG of hills, whose colours depend on `seed`."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    tint = Image.new("RGB", size, ((seed * 67) % 256, (seed * 151) % 256, (seed * 29 + 80) % 256))
    written = BytesIO()
    Image.blend(image, tint, 0.55).save(written, "JPEG", quality=85)
    return written.getvalue()


def fill(
    shelter: ShelterState, *, rights_until: datetime | None = None, regions: str = "NO,SE"
) -> Nordlys:
    """Two organisations, three people, four containers and seven masters.

    Two of them are licensed, in these regions.
    """
    own, press = shelter.add_organization("Nordlys"), shelter.add_organization("Nordlys Press")
    shelter.add_user(EMAIL, PASSWORD, organizations=(own,))
    shelter.add_user(TWO_STEPS, PASSWORD, organizations=(own,), two_factor_code=CODE)
    shelter.add_user(TWO_HOMES, PASSWORD, organizations=(own, press))
    states = ("Draft", "In review", "Changes requested", "Approved", "Rejected", "Archived")
    shelter.add_custom_field(own, "Approval Status", states)
    spring = shelter.add_collection(SPRING, organization=own)
    hero = shelter.add_gallery(HERO, organization=own, parents=(spring,), mode="permission")
    raw = shelter.add_gallery(RAW, organization=own, parents=(spring,))
    events = shelter.add_gallery(EVENTS, organization=own)
    expires = f" expires={rights_until:%Y-%m-%dT%H:%MZ}" if rights_until else ""
    approved = {"Approval Status": "Approved"}
    made: dict[str, str] = {}
    masters: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
        ("ridge.jpg", (hero, events), {"custom": approved, "model_released": True}),
        ("lake.jpg", (hero,), {"custom": approved}),
        ("summit.jpg", (hero,), {"custom": {"Approval Status": "In review"}}),
        ("crowd.jpg", (events,), {"model_released": False}),
        ("stage.jpg", (events,), {}),
        ("raw-1.jpg", (raw,), {}),
        ("raw-2.jpg", (raw,), {}),
    )
    for number, (name, galleries, facts) in enumerate(masters):
        block = f"[[rights{expires} regions={regions} channels=web,social]]"
        limits = block if number < 2 else ""
        made[name] = shelter.add_media(
            name,
            galleries=galleries,
            data=photograph(number),
            iptc={"title": name.title(), "keywords": ("running",), "instructions": limits},
            **facts,
        )
    return Nordlys(own, spring, hero, raw, events, made)


def sign_in(url: str, email: str = EMAIL) -> SignIn:
    """What a person of theirs enters."""
    return SignIn(
        base_url=f"{url}/psapi/v4.0", api_key=Secret(KEY), email=email, password=Secret(PASSWORD)
    )


def connected(desk: Desk) -> LibraryRecord:
    """The service as a library of the desk, synced."""
    assert desk.sandbox is not None
    shelters = desk.parts.worker.shelters
    library = shelters.add(shelters.begin_sign_in(sign_in(desk.sandbox.url)))
    account = shelter_of(library.id) or ""
    desk.until(lambda: shelters.state(account).complete and shelters.is_idle(), what="the sync")
    return library


@contextmanager
def nordlys_desk(
    home: Path,
    decoder: DecoderPool,
    *,
    rights_until: datetime | None = None,
    regions: str = "NO,SE",
) -> Iterator[tuple[Desk, Nordlys]]:
    """An open application beside a sandbox that has both services."""
    sandbox = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, state=home / "sandbox", shelter=ShelterSettings()
    )
    sandbox.start()
    made = fill(sandbox.shelter, rights_until=rights_until, regions=regions)
    desk = Desk(home, sandbox=sandbox, decoder=decoder)
    desk.open()
    try:
        yield desk, made
    finally:
        desk.close()
        sandbox.stop()
