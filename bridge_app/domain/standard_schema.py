"""What a standard field is: its meaning, the form of its values, and where it lives.

The rows are in `standard_table`, what a value may be is in `standard_values`, and what the rest of
the program asks is in `standard_fields`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from bridge_app.domain.errors import QT_TRANSLATE_NOOP


class Shape(StrEnum):
    """What values a field has; each is a `FieldValue`."""

    TEXT = "text"
    """One line."""
    PROSE = "prose"
    """Text with line breaks (`\\n`) and tabs."""
    NAMES = "names"
    """Several people in their order, as one text: `Ana Example; Bo Example`."""
    BAG = "bag"
    """A set of words: sorted, none twice."""
    MOMENT = "moment"
    """ISO 8601, as precise as it was said: `2026`, `2026-12`, … `2026-12-01T09:00:00.5+02:00`."""
    WHOLE = "whole"
    """A whole number."""
    CHOICE = "choice"
    """One of the field's choices, as the standard has it written into files."""
    COORDINATE = "coordinate"
    """Decimal degrees, latitude and longitude: `48.85837,2.29448`."""
    LINK = "link"
    """An address of a page: no blanks."""


class Group(StrEnum):
    """What belongs together on a form, in the order of the form."""

    DESCRIPTION = "description"
    TERM = "term"
    GENRE = "genre"
    PEOPLE = "people"
    PERSON = "person"
    CREATOR = "creator"
    IMAGE_CREATOR = "image_creator"
    CONTRIBUTOR = "contributor"
    RIGHTS = "rights"
    RELEASES = "releases"
    OWNER = "owner"
    LICENSOR = "licensor"
    REGISTRY = "registry"
    EXPRESSION = "expression"
    LINKED_EXPRESSION = "linked_expression"
    PLACE = "place"
    PLACE_CREATED = "place_created"
    PLACE_SHOWN = "place_shown"
    ARTWORK = "artwork"
    PRODUCT = "product"
    REGION = "region"
    DATES = "dates"
    REVIEW = "review"
    CAMERA = "camera"


GROUP_LABELS = MappingProxyType(
    {
        Group.DESCRIPTION: QT_TRANSLATE_NOOP("standard", "Description"),
        Group.TERM: QT_TRANSLATE_NOOP("standard", "Term of a vocabulary"),
        Group.GENRE: QT_TRANSLATE_NOOP("standard", "Genre of a vocabulary"),
        Group.PEOPLE: QT_TRANSLATE_NOOP("standard", "People and events"),
        Group.PERSON: QT_TRANSLATE_NOOP("standard", "Person in detail"),
        Group.CREATOR: QT_TRANSLATE_NOOP("standard", "Creator"),
        Group.IMAGE_CREATOR: QT_TRANSLATE_NOOP("standard", "Image creator"),
        Group.CONTRIBUTOR: QT_TRANSLATE_NOOP("standard", "Contributor"),
        Group.RIGHTS: QT_TRANSLATE_NOOP("standard", "Rights"),
        Group.RELEASES: QT_TRANSLATE_NOOP("standard", "Releases"),
        Group.OWNER: QT_TRANSLATE_NOOP("standard", "Copyright owner"),
        Group.LICENSOR: QT_TRANSLATE_NOOP("standard", "Licensor"),
        Group.REGISTRY: QT_TRANSLATE_NOOP("standard", "Registry entry"),
        Group.EXPRESSION: QT_TRANSLATE_NOOP("standard", "Rights expression"),
        Group.LINKED_EXPRESSION: QT_TRANSLATE_NOOP("standard", "Linked rights expression"),
        Group.PLACE: QT_TRANSLATE_NOOP("standard", "Place"),
        Group.PLACE_CREATED: QT_TRANSLATE_NOOP("standard", "Where it was taken"),
        Group.PLACE_SHOWN: QT_TRANSLATE_NOOP("standard", "What place it shows"),
        Group.ARTWORK: QT_TRANSLATE_NOOP("standard", "Artwork it shows"),
        Group.PRODUCT: QT_TRANSLATE_NOOP("standard", "Product it shows"),
        Group.REGION: QT_TRANSLATE_NOOP("standard", "Image region"),
        Group.DATES: QT_TRANSLATE_NOOP("standard", "Dates"),
        Group.REVIEW: QT_TRANSLATE_NOOP("standard", "Rating and workflow"),
        Group.CAMERA: QT_TRANSLATE_NOOP("standard", "Camera"),
    }
)
"""What people call a group; the window translates it in the context `standard`."""

MOST_LETTERS = MappingProxyType(
    {
        Shape.TEXT: 2_000,
        Shape.PROSE: 1 << 20,
        Shape.NAMES: 2_000,
        Shape.BAG: 255,
        Shape.LINK: 2_048,
    }
)
"""The most characters we write of a text, or of each word of a bag, where the field says no less.

XMP has no limit of its own. What a kind of file, IIM or a service takes can be less: the writer
says so then."""
MOST_WORDS = 2_000
"""The most words of a bag."""
MOST_ENTRIES = 50
"""The most structures of a list that are read; what a file has beyond is kept."""
LISTED = frozenset(
    {
        *(Group.TERM, Group.GENRE, Group.PERSON, Group.IMAGE_CREATOR, Group.CONTRIBUTOR),
        *(Group.OWNER, Group.LICENSOR, Group.REGISTRY, Group.EXPRESSION, Group.LINKED_EXPRESSION),
        *(Group.PLACE_SHOWN, Group.ARTWORK, Group.PRODUCT, Group.REGION),
    }
)
"""Groups that a file can have several of: each is a structure of a list."""

IIM_BYTES = MappingProxyType(
    {
        "2:05": 64,
        "2:10": 1,
        "2:15": 3,
        "2:20": 32,
        "2:25": 64,
        "2:30+2:35": 19,
        "2:37+2:38": 19,
        "2:40": 256,
        "2:55+2:60": 19,
        "2:62+2:63": 19,
        "2:80": 32,
        "2:85": 32,
        "2:90": 32,
        "2:92": 32,
        "2:95": 32,
        "2:100": 3,
        "2:101": 64,
        "2:103": 32,
        "2:105": 256,
        "2:110": 32,
        "2:115": 32,
        "2:116": 128,
        "2:120": 2_000,
        "2:122": 32,
    }
)
"""The bytes that a dataset of IIM takes (IPTC-NAA IIM 4.2, chapter 6), for each if it repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardField:
    """One field of the standards.

    Attributes:
        id: What the field is called in the program; a source of the field mapping has its name.
        label: What people call it; the window translates it in the context `standard`.
        meaning: What it is for, in a sentence; translated as the label is.
        group: What it belongs to.
        shape: The form of its values.
        by_language: It has alternatives (an `rdf:Alt`); each language is a path of its own.
        most: The most characters where they are fewer than `MOST_LETTERS` says.
        least: The smallest number of a whole number; `greatest` the largest.
        greatest: See `least`.
        choices: Pairs of value and label; the window translates the labels as above.
        xmp: Its property, with the prefixes of the standards. `a/b` is a member of a structure,
            `a[1]/b` a member of the first structure of a list (`nth` has the others), `a+b` two
            properties together.
        iim: Its dataset, `2:05`; day and time are `2:55+2:60`.
        exif: Its tag with ExifTool's name of the directory and EXIF's of the tag,
            `IFD0:Artist`; the tags of a coordinate together are `GPS`.
        shelter: Its attribute in PhotoShelter's IPTC record (`contact_info.email` a member), or
            `media.rating`: an attribute of the media itself.
        cloud: Where it goes at Cloudinary by the field mapping as it comes, which each environment
            may change: `context.alt`, `tags`, `metadata.creator:string`; several with blanks.
        mapping: The source of the field mapping (`mapping_sources`) that it is.
        editable: People may change it; else it is a fact.
    """

    id: str
    xmp: str
    label: str = ""
    meaning: str = ""
    group: Group = Group.DESCRIPTION
    shape: Shape = Shape.TEXT
    by_language: bool = False
    most: int | None = None
    least: int | None = None
    greatest: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    iim: str = ""
    exif: str = ""
    shelter: str = ""
    cloud: str = ""
    mapping: str = ""
    editable: bool = True

    @property
    def limit(self) -> int | None:
        """The most characters of its text, or of each of its words; None has none."""
        return self.most or MOST_LETTERS.get(self.shape)

    @property
    def iim_bytes(self) -> int | None:
        """The bytes that its dataset takes; None where it has none."""
        return IIM_BYTES.get(self.iim)

    @property
    def base(self) -> str:
        """The identity of the same field of a list's first structure; else its own."""
        return self.id.partition("#")[0]

    @property
    def number(self) -> int:
        """Which structure of a list it is a member of; 1 where there is no list."""
        return int(self.id.partition("#")[2] or 1)

    def nth(self, number: int) -> "StandardField":
        """The same member of another structure of its list: `licensor_name#2`."""
        if number == 1:
            return self
        return replace(
            self,
            id=f"{self.id}#{number}",
            label=f"{self.label} {number}",
            xmp="+".join(one.replace("[1]", f"[{number}]", 1) for one in self.xmp.split("+")),
            mapping="",
        )

    def label_of(self, value: str) -> str:
        """What people read for one of its choices; another value is shown as it is."""
        return dict(self.choices).get(value, value)
