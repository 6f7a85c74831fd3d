"""What a person searches for, as a value; and how text is folded so that it is found."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Kind, LibraryId
from bridge_app.domain.folding import bare
from bridge_app.domain.rights import RightsState

MOST_WORDS = 100
"""In one search; who pastes a whole text is helped with the first of it."""


class Orientation(StrEnum):
    """The shape a picture has as shown."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    SQUARE = "square"


class Sort(StrEnum):
    """What a listing is ordered by."""

    NAME = "name"
    MODIFIED = "modified"
    TAKEN = "taken"
    BYTES = "bytes"
    RATING = "rating"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to the catalog; an empty one asks for everything.

    `folder` is a library-relative path and includes what lies below it ("" is the whole
    library). Sets are alternatives; different fields must all hold. `taken_from` and
    `taken_until` are ISO dates, both inclusive, compared with the capture date or, where a
    file has none, its date of change. `pushed` asks for assets with (True) or without (False)
    a delivered copy; `environment` is the product environment whose copies count and are shown.
    `keywords` must all be there, whole, in any case; `inside` names a folder that the asset lies
    in, however deep; `ends_within_days` asks for rights that end from now on within so many days.
    """

    text: str = ""
    library: LibraryId | None = None
    folder: str = ""
    kinds: frozenset[Kind] = frozenset()
    approvals: frozenset[Approval] = frozenset()
    rights: frozenset[RightsState] = frozenset()
    orientations: frozenset[Orientation] = frozenset()
    min_rating: int = 0
    taken_from: str | None = None
    taken_until: str | None = None
    pushed: bool | None = None
    unreadable: bool = False
    keywords: frozenset[str] = frozenset()
    inside: str = ""
    ends_within_days: int = 0
    environment: str | None = None
    sort: Sort = Sort.NAME
    descending: bool = False

    def terms(self) -> tuple[str, ...]:
        """The folded words of the text, as many as are looked for; all of them must be found."""
        text = fold(self.text.replace("\0", " ").encode("utf-8", "replace").decode())
        return tuple(text.split()[:MOST_WORDS])


def fold(text: str) -> str:
    """Text as it is compared: no case, no accents, no compatibility forms, no line breaks.

    é folds to e, ß to ss, full-width to plain; scripts without case stay as they are.
    """
    return " ".join(unicodedata.normalize("NFKC", bare(text)).casefold().split())
