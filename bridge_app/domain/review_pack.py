"""A review pack: what is handed to somebody without an account, what comes back, what counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.comments import Place
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

MOST_ITEMS = 5_000
LONGEST_TITLE = 200
LONGEST_NAME = 100
"""Characters of a reviewer's name."""
SIGNED = "{name} (review pack)"
"""How what came back is signed."""
VERDICTS = (Approval.APPROVED, Approval.CHANGES_REQUESTED, Approval.REJECTED)
"""What a reviewer may say of an item."""


class ReviewPackError(InvalidInputError):
    """A pack that cannot be made as it is asked for."""

    text = QT_TRANSLATE_NOOP("errors", "No review pack was made: {detail}.")


class VerdictFileError(InvalidInputError):
    """A file that came back and is not what it should be, with the place in it."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The verdicts were not imported: {place}: {detail}. Nothing was recorded."
    )

    def __init__(self, *, place: str, detail: str) -> None:
        super().__init__(place=place, detail=detail, what=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """One picture of a pack: some content through a canonical transformation ("" the master).

    `key` names it inside the pack; `picture` is its file there, of `bytes` bytes with this
    `sha256`. `width` × `height` are the pixels of what it stands for, which may be more than the
    picture has. `fidelity` is that of the local rendering. `film` is a film's own file in the pack,
    "" where only a picture of it is there; `why_still` then says why, for whoever reads the page.
    """

    key: str
    asset: AssetId
    name: str
    content: str
    transformation: str
    picture: str
    sha256: str
    bytes: int
    width: int
    height: int
    title: str = ""
    caption: str = ""
    preset: str = ""
    preset_title: str = ""
    channel: str = ""
    kind: str = "image"
    fidelity: str = "exact"
    film: str = ""
    why_still: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What was handed out. `id` is unguessable; `stage` is what its verdicts decide, "" for all.

    `made_at` and `due` are aware.
    """

    id: str
    title: str
    made_by: str
    made_at: datetime
    items: tuple[PackItem, ...]
    note: str = ""
    due: datetime | None = None
    stage: str = ""

    def item(self, key: str) -> PackItem | None:
        """The item of this key."""
        return next((one for one in self.items if one.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackComment:
    """One comment of a reviewer; `id` is the browser's, `place` where on the picture, or when."""

    id: str
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVerdict:
    """What was said of one item, beside what the page says that it showed.

    `given_at` counts milliseconds by the reviewer's clock: of two verdicts of one browser the
    later one holds. `approval` is None where there are comments alone.
    """

    key: str
    content: str
    transformation: str
    picture: str
    approval: Approval | None = None
    note: str = ""
    given_at: int = 0
    comments: tuple[PackComment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictFile:
    """A file that came back: of which pack, from which browser (`session`), and by whom."""

    pack: str
    session: str
    reviewer: str
    verdicts: tuple[PackVerdict, ...]

    @property
    def signature(self) -> str:
        """Who its decisions and comments are recorded as."""
        return SIGNED.format(name=self.reviewer)


class Hindrance(StrEnum):
    """Why what was said of an item is not recorded."""

    UNKNOWN_ITEM = "unknown_item"
    OTHER_CONTENT = "other_content"
    OTHER_TRANSFORMATION = "other_transformation"
    MASTER_GONE = "master_gone"
    MASTER_CHANGED = "master_changed"
    PRESET_CHANGED = "preset_changed"
    OLDER = "older"


HINDRANCES = {
    Hindrance.UNKNOWN_ITEM: QT_TRANSLATE_NOOP("review_pack", "the pack holds no such picture"),
    Hindrance.OTHER_CONTENT: QT_TRANSLATE_NOOP(
        "review_pack", "it is about other bytes than the pack held"
    ),
    Hindrance.OTHER_TRANSFORMATION: QT_TRANSLATE_NOOP(
        "review_pack", "it is about another transformation than the pack held"
    ),
    Hindrance.MASTER_GONE: QT_TRANSLATE_NOOP(
        "review_pack", "its master is not in the catalog any more"
    ),
    Hindrance.MASTER_CHANGED: QT_TRANSLATE_NOOP(
        "review_pack", "its master has changed since the pack was made"
    ),
    Hindrance.PRESET_CHANGED: QT_TRANSLATE_NOOP(
        "review_pack", "its preset has changed since the pack was made"
    ),
    Hindrance.OLDER: QT_TRANSLATE_NOOP(
        "review_pack", "a later verdict of the same reviewer is on record"
    ),
}
"""Each in words, to be translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What of a pack and a browser is on record: verdicts as (item, time), and comments' IDs."""

    verdicts: frozenset[tuple[str, int]] = frozenset()
    comments: frozenset[str] = frozenset()

    def newest(self, item: str) -> int:
        """When the latest verdict on an item was given; -1 where there is none."""
        return max((at for key, at in self.verdicts if key == item), default=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """How things stand when a file comes back.

    `contents` are those of the assets that are there (None: not read), `transformations` the
    canonical ones of the presets that are there, by name.
    """

    contents: Mapping[AssetId, str | None]
    transformations: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """One item of what came back. What is on record already is in neither of the last two."""

    verdict: PackVerdict
    item: PackItem | None = None
    hindrance: Hindrance | None = None
    approval: Approval | None = None
    comments: tuple[PackComment, ...] = ()

    @property
    def is_new(self) -> bool:
        """Is there something to record of it?"""
        return self.hindrance is None and (self.approval is not None or bool(self.comments))


def returned_lines(
    pack: Pack, verdicts: Iterable[PackVerdict], *, recorded: Recorded, now: Now
) -> tuple[ReturnedLine, ...]:
    """What is to be made of each line: recorded, recorded already, or held back and why.

    A line holds only for the bytes and the transformation that the pack was made with, and only
    as long as both are what the asset and its preset are now.
    """
    return tuple(_line(pack.item(one.key), one, recorded, now) for one in verdicts)


def _line(
    item: PackItem | None, verdict: PackVerdict, recorded: Recorded, now: Now
) -> ReturnedLine:
    hindrance = _hindrance(item, verdict, now)
    if hindrance is not None:
        return ReturnedLine(verdict=verdict, item=item, hindrance=hindrance)
    comments = tuple(one for one in verdict.comments if one.id not in recorded.comments)
    is_known = (verdict.key, verdict.given_at) in recorded.verdicts
    approval = None if is_known else verdict.approval
    if approval is not None and verdict.given_at < recorded.newest(verdict.key):
        older = None if comments else Hindrance.OLDER
        return ReturnedLine(verdict=verdict, item=item, hindrance=older, comments=comments)
    return ReturnedLine(verdict=verdict, item=item, approval=approval, comments=comments)


def _hindrance(item: PackItem | None, verdict: PackVerdict, now: Now) -> Hindrance | None:
    if item is None:
        return Hindrance.UNKNOWN_ITEM
    if (verdict.content, verdict.picture) != (item.content, item.sha256):
        return Hindrance.OTHER_CONTENT
    if verdict.transformation != item.transformation:
        return Hindrance.OTHER_TRANSFORMATION
    return _moved_on(item, now)


def _moved_on(item: PackItem, now: Now) -> Hindrance | None:
    if item.asset not in now.contents:
        return Hindrance.MASTER_GONE
    if now.contents[item.asset] != item.content:
        return Hindrance.MASTER_CHANGED
    if item.preset and now.transformations.get(item.preset) != item.transformation:
        return Hindrance.PRESET_CHANGED
    return None
