"""The library of a second brand that does not exist: Morrowtide, makers of things for cold water.

Every case that a library has to bring is among its masters (photoshelter.md 16). Days are counted
from the day on which the library is made, so that it never grows old.
"""

from dataclasses import dataclass, field

BRAND = "Morrowtide"
AGENCY = "Studio Sandbar"
CAMPAIGN = "Cold Water · Spring"
REGIONAL = "Regional / Régional 🌊"
PRESS = "Press Room"
APPROVAL = "Approval Status"
STATES = ("Draft", "In review", "Changes requested", "Approved", "Rejected", "Archived")
CHANNELS = ("web", "social", "email", "print")
PLACES = (
    ("Svolvær", "Nordland", "Norway", "NOR"),
    ("Kiel", "Schleswig-Holstein", "Germany", "DEU"),
    ("Falmouth", "Cornwall", "United Kingdom", "GBR"),
    ("Brest", "Bretagne", "France", "FRA"),
    ("Porto", "Porto", "Portugal", "PRT"),
)
SHOTS = (
    "First light on the slipway",
    "Swimmers past the breakwater",
    "Steam over the tidal pool",
    "Boots on wet shingle",
    "The ladder at low water",
    "Robe, towel, thermos",
    "Grey seal, grey morning",
    "Counting strokes to the buoy",
    "Harbour wall in the fog",
    "The last one in",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is said of some masters of a gallery, besides the usual."""

    file_name: str = ""
    """Instead of the usual one."""
    state: str = "Approved"
    """An option of the custom field; "" for none."""
    rights: str = ""
    """The rights block's words; `{-30}` is a day, that many from today."""
    keywords: tuple[str, ...] = ()
    license_days: int | None = None
    model_released: bool | None = True
    property_released: bool | None = True
    flags: tuple[str, ...] = field(default=())
    """`no-title`, `searchable`, `flagged`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """A gallery: its name, where it lies, and what is in it.

    `ending` is its masters' usual kind; the first masters are its `cases`, the rest as usual.
    """

    name: str
    parents: tuple[str, ...]
    count: int
    ending: str = "jpg"
    stem: str = "morrowtide"
    inherits: bool = False
    is_listed: bool = False
    cases: tuple[Case, ...] = ()


USUAL = Case(rights="expires={200} regions=WORLD channels=web,social,email")
GALLERIES = (
    Gallery(
        name="Heroes",
        parents=(CAMPAIGN,),
        count=20,
        ending="tif",
        stem="cold-water_hero",
        cases=(
            Case(rights="starts={-20} expires={120} regions=NO,SE,DE,GB channels=web,social"),
            Case(rights="expires={-3} regions=EMEA channels=web,social"),
            Case(rights="embargo={12} expires={180} channels=web"),
            Case(rights="expires=someday channels=web"),
            Case(rights="expires={90}", model_released=None),
            Case(rights="expires={90}", model_released=False, property_released=None),
            Case(rights="expires={365} channels=print", license_days=14),
            Case(state="In review"),
            Case(state="Changes requested"),
            Case(state="Rejected"),
            Case(state="Approved", keywords=("approval:rejected",)),
            Case(file_name="cold-water_raw_0001.nef"),
            Case(file_name="cold-water_raw_0002.dng"),
            Case(file_name="cold-water_layout.psd", state="Draft"),
            Case(file_name="cold-water_phone.heic"),
        ),
    ),
    Gallery(
        name="Lifestyle",
        parents=(CAMPAIGN,),
        count=24,
        stem="cold-water_life",
        cases=(
            Case(state="", keywords=("approval:approved",), rights="expires={60}"),
            Case(state="", keywords=("approval:in_review",)),
            Case(state="Draft", flags=("no-title",)),
            Case(rights="expires={45} max_px=2400 credit=required ai=no"),
        ),
    ),
    Gallery(
        name="Nordics",
        parents=(REGIONAL,),
        count=14,
        stem="cold-water_nordics",
        cases=(
            Case(rights="expires={150} regions=NO,SE,DK,FI channels=web,social,ooh"),
            Case(file_name="same-name.jpg"),
            Case(file_name="same-name.jpg", state="In review"),
        ),
    ),
    Gallery(
        name="DACH",
        parents=(REGIONAL,),
        count=14,
        stem="cold-water_dach",
        cases=(
            Case(rights="expires={150} regions=DE,AT,CH channels=web,print"),
            Case(file_name="same-name.jpg"),
            Case(file_name="Größe · 100 % <finál>.jpg"),
        ),
    ),
    Gallery(
        name="Product Stills",
        parents=(CAMPAIGN, PRESS),
        count=22,
        ending="png",
        stem="robe",
        inherits=True,
        is_listed=True,
        cases=(
            Case(keywords=("product:Shore Robe", "sku:MT-1001"), flags=("searchable",)),
            Case(keywords=("product:Tide Flask", "sku:MT-2040"), flags=("searchable", "flagged")),
        ),
    ),
    Gallery(
        name="Films and Sound",
        parents=(CAMPAIGN,),
        count=8,
        ending="mp4",
        stem="cold-water_film",
        cases=(
            Case(file_name="waves.wav"),
            Case(file_name="interview.mp3", state="In review"),
            Case(rights="expires={30} channels=broadcast,social"),
        ),
    ),
    Gallery(
        name="Contributions",
        parents=(),
        count=14,
        stem="IMG",
        cases=tuple(Case(state="", model_released=None, property_released=None) for _ in range(14)),
    ),
    Gallery(
        name="Contracts",
        parents=(CAMPAIGN,),
        count=3,
        ending="pdf",
        stem="JOB-47",
        cases=tuple(Case(state="", rights="") for _ in range(3)),
    ),
)
MADE_UP_SIZES = {
    "tif": 9_000_000,
    "png": 5_000_000,
    "jpg": 2_600_000,
    "heic": 1_900_000,
    "nef": 24_000_000,
    "dng": 21_000_000,
    "psd": 38_000_000,
    "mp4": 31_000_000,
    "mp3": 3_100_000,
    "wav": 11_000_000,
    "pdf": 140_000,
}
"""Bytes, and some more for each one."""
SIZES_PX = ((1600, 1067), (1067, 1600), (1600, 900), (1280, 1280))
TRICKY_IDS = {
    "Lifestyle": ("I0000Tide.wave_0", "I0000tide.Wave_0", "I0000ends.in.do."),
}
"""Two that differ in their capitals alone, and one that ends with a period."""
