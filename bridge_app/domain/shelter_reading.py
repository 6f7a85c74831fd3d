"""What an asset of a PhotoShelter-style service means to us: metadata, rights and approval.

Source: reference/photoshelter.md, 9, 10 and 15.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rights import (
    EmptyRightsWindowError,
    Restrictions,
    RightsWindow,
    narrowest,
    rights_from_metadata,
)
from bridge_app.domain.rights_block import RightsBlock, UnreadableRightsBlockError, read_block
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.domain.shelter_approval import ApprovalReading, keywords_of, read_approval

MOST_LETTERS = 20_000
"""Of one text; IPTC's own limit for the longest one is 2,000."""
MOST_KEYWORDS = 2_000
RATINGS = range(-1, 6)
"""Source: reference/photoshelter.md, 7."""


class ReadingWarning(StrEnum):
    """What a person should know of the facts at the service."""

    SOURCES_DISAGREE = "sources_disagree"
    UNKNOWN_STATE = "unknown_state"
    TEXT_CUT = "text_cut"
    SIZE_LIMIT = "size_limit"
    CREDIT_REQUIRED = "credit_required"
    NO_AI = "no_ai"


WARNINGS = {
    ReadingWarning.SOURCES_DISAGREE: QT_TRANSLATE_NOOP(
        "shelter", "the sources of its approval disagree"
    ),
    ReadingWarning.UNKNOWN_STATE: QT_TRANSLATE_NOOP(
        "shelter", "its approval is written in a way that means nothing here"
    ),
    ReadingWarning.TEXT_CUT: QT_TRANSLATE_NOOP("shelter", "a very long text was cut"),
    ReadingWarning.SIZE_LIMIT: QT_TRANSLATE_NOOP(
        "shelter", "its rights limit the size in which it may be shown"
    ),
    ReadingWarning.CREDIT_REQUIRED: QT_TRANSLATE_NOOP("shelter", "its credit has to be shown"),
    ReadingWarning.NO_AI: QT_TRANSLATE_NOOP("shelter", "it may not be used with generative tools"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterReading:
    """An asset of the service in our words. `taken_at` is ISO 8601 or None.

    `block` is what its rights block says, None where there is none or it cannot be read; then
    `rights` says that they cannot be.
    """

    rights: RightsWindow = field(default_factory=RightsWindow)
    restrictions: Restrictions = field(default_factory=Restrictions)
    approval: ApprovalReading = field(default_factory=ApprovalReading)
    block: RightsBlock | None = None
    title: str = ""
    headline: str = ""
    caption: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    usage_terms: str = ""
    rating: int | None = None
    taken_at: str | None = None
    warnings: tuple[ReadingWarning, ...] = ()


def read(asset: ShelterAsset, ancestors: tuple[tuple[str, ...], ...]) -> ShelterReading:
    """Read an asset; never fails: what cannot be understood holds the asset back.

    `ancestors` has, for each gallery the asset lies in, the names of that gallery and of what
    is above it, nearest first.
    """
    texts = _Texts(asset)
    approval = read_approval(asset, ancestors)
    rights, block = _rights(asset, texts)
    keywords = tuple(dict.fromkeys(filter(None, map(texts.clean, keywords_of(asset)))))
    return ShelterReading(
        rights=rights,
        restrictions=_restrictions(asset, block, archived=approval.archived),
        approval=approval,
        block=block,
        title=texts.of("title"),
        headline=texts.of("headline"),
        caption=texts.of("caption"),
        keywords=keywords[:MOST_KEYWORDS],
        creator=texts.of("author"),
        credit=texts.of("credit"),
        copyright=texts.of("copyright"),
        usage_terms=texts.of("rights"),
        rating=asset.rating if asset.rating in RATINGS else None,
        taken_at=_moment(texts.of("date_taken")),
        warnings=_warnings(approval, block, cut=texts.cut or len(keywords) > MOST_KEYWORDS),
    )


class _Texts:
    """The texts of an IPTC record, fit for us; `cut` says that one was too long."""

    def __init__(self, asset: ShelterAsset) -> None:
        self._iptc = asset.iptc
        self.cut = False

    def of(self, name: str) -> str:
        """A text; several are joined."""
        found = self._iptc.get(name, "")
        return self.clean(found if isinstance(found, str) else ", ".join(found))

    def clean(self, text: str) -> str:
        """Without what no database takes, and not endless."""
        self.cut = self.cut or len(text) > MOST_LETTERS
        kept = text[:MOST_LETTERS].replace("\0", "")
        return kept.encode("utf-8", "replace").decode().strip()


def _rights(asset: ShelterAsset, texts: _Texts) -> tuple[RightsWindow, RightsBlock | None]:
    """The licence's date and the block; the narrower one holds."""
    licence = rights_from_metadata(None, asset.license_expires_at)
    given = asset.iptc.get("instructions", "")
    try:
        block = read_block(given if isinstance(given, str) else " ".join(given))
        if block is None:
            return licence, None
        windows = [
            RightsWindow(starts=block.embargo),
            RightsWindow(starts=block.starts, ends=block.expires),
        ]
    except (UnreadableRightsBlockError, EmptyRightsWindowError) as error:
        return RightsWindow(unreadable=texts.clean(str(error))), None
    return narrowest(licence, *windows), block


def _restrictions(
    asset: ShelterAsset, block: RightsBlock | None, *, archived: bool
) -> Restrictions:
    return Restrictions(
        territories=block.regions if block else frozenset(),
        channels=block.channels if block else frozenset(),
        model_released=asset.model_released,
        property_released=asset.property_released,
        archived=archived,
        max_px=block.max_px if block else None,
    )


def _moment(text: str) -> str | None:
    """ISO 8601 in UTC where a zone is told, as it is where none is; None if it is no date."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return text if moment.tzinfo is None else moment.astimezone(UTC).isoformat()


def _warnings(
    approval: ApprovalReading, block: RightsBlock | None, *, cut: bool
) -> tuple[ReadingWarning, ...]:
    said = {
        ReadingWarning.SOURCES_DISAGREE: not approval.agrees,
        ReadingWarning.UNKNOWN_STATE: not all(one.known for one in approval.all_sources),
        ReadingWarning.TEXT_CUT: cut,
        ReadingWarning.SIZE_LIMIT: block is not None and block.max_px is not None,
        ReadingWarning.CREDIT_REQUIRED: block is not None and block.credit_required,
        ReadingWarning.NO_AI: block is not None and block.no_ai,
    }
    return tuple(warning for warning, holds in said.items() if holds)
