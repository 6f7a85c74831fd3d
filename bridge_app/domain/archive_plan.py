"""What archiving a campaign does, step by step, as a person sees it before anything happens.

Pure. The steps are carried out in their order, each is recorded, and all of them can be undone
until something is purged. Masters are never deleted.
Source: reference/photoshelter.md, 16 (campaign archive).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.many import are_many
from bridge_app.domain.published import PublishedRendition

ARCHIVE = "_Archive"
"""The collection below which archives lie, one collection a year in it."""
EARLIEST, LATEST = 1990, 2200


class CopyFate(StrEnum):
    """What becomes of the copies at Cloudinary."""

    KEEP = "keep"
    RESTRICT = "restrict"
    """Nobody without a token gets them."""
    REMOVE = "remove"
    """They are deleted there; backups, where there are any, stay."""


class ArchiveAction(StrEnum):
    """What one step does, in the order in which steps are carried out."""

    FREEZE = "freeze"
    """The master's state becomes `archived`: nothing of it goes on any more."""
    RENDITION = "rendition"
    """A published rendition is fetched, put into the folder and into the archive's gallery."""
    ORIGINAL = "original"
    """The master's file is put into the folder."""
    DESCRIBE = "describe"
    """Metadata, manifests, and who decided what are written into the folder."""
    SEAL = "seal"
    """Every file of the folder is hashed, read again, and the list goes to the service too."""
    RESTRICT = "restrict"
    REMOVE = "remove"
    MOVE = "move"
    """The campaign's collection goes below `_Archive/<year>`."""
    CLOSE = "close"
    """Its visibility becomes private."""


ACTIONS = {
    ArchiveAction.FREEZE: QT_TRANSLATE_NOOP("archive", "mark as archived"),
    ArchiveAction.RENDITION: QT_TRANSLATE_NOOP("archive", "keep the rendition"),
    ArchiveAction.ORIGINAL: QT_TRANSLATE_NOOP("archive", "keep the original"),
    ArchiveAction.DESCRIBE: QT_TRANSLATE_NOOP("archive", "write metadata and history"),
    ArchiveAction.SEAL: QT_TRANSLATE_NOOP("archive", "hash and check everything kept"),
    ArchiveAction.RESTRICT: QT_TRANSLATE_NOOP("archive", "close the copy at Cloudinary"),
    ArchiveAction.REMOVE: QT_TRANSLATE_NOOP("archive", "delete the copy at Cloudinary"),
    ArchiveAction.MOVE: QT_TRANSLATE_NOOP("archive", "move the collection to the archive"),
    ArchiveAction.CLOSE: QT_TRANSLATE_NOOP("archive", "make the collection private"),
}
"""Each in words, to be translated."""


OF_COPIES = {
    CopyFate.RESTRICT: ArchiveAction.RESTRICT,
    CopyFate.REMOVE: ArchiveAction.REMOVE,
}
"""What is done to a copy whose fate this is; one that stays is left alone."""


class ArchiveObstacle(StrEnum):
    """Why a step is left out."""

    SHARED = "shared"
    """The asset also lies in a gallery of something that goes on."""
    ARCHIVED = "archived"
    """It is so already."""
    UNREACHABLE = "unreachable"
    """The rendition is not delivered any more, so it cannot be fetched."""


OBSTACLES = {
    ArchiveObstacle.SHARED: QT_TRANSLATE_NOOP("archive", "it is also used outside this campaign"),
    ArchiveObstacle.ARCHIVED: QT_TRANSLATE_NOOP("archive", "it is so already"),
    ArchiveObstacle.UNREACHABLE: QT_TRANSLATE_NOOP("archive", "it is not delivered any more"),
}


class ArchiveBlocker(StrEnum):
    """Why the whole cannot begin."""

    EMPTY = "empty"
    NOT_SYNCED = "not_synced"
    UNFINISHED = "unfinished"
    IN_ARCHIVE = "in_archive"


BLOCKERS = {
    ArchiveBlocker.EMPTY: QT_TRANSLATE_NOOP("archive", "there is nothing in it"),
    ArchiveBlocker.NOT_SYNCED: QT_TRANSLATE_NOOP(
        "archive", "some of its galleries have not been synced yet"
    ),
    ArchiveBlocker.UNFINISHED: QT_TRANSLATE_NOOP(
        "archive", "some of it is being pushed or rendered at the moment"
    ),
    ArchiveBlocker.IN_ARCHIVE: QT_TRANSLATE_NOOP("archive", "it lies in the archive already"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveWish:
    """What is wished. `folder` is the absolute path of the folder that is made, `year` its place.

    `originals` asks for the masters' files in it too.
    """

    account: str
    container: str
    year: int
    folder: str
    copies: CopyFate = CopyFate.RESTRICT
    originals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """The container that is archived: a collection, or a gallery by itself.

    `path` is that of its folder in the library; `parents` are the collections it lies in.
    """

    id: str
    name: str
    path: str
    parents: tuple[str, ...]
    is_gallery: bool
    visibility: str
    unsynced: int = 0
    unfinished: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMember:
    """One master of it. `elsewhere` says that it lies in a gallery outside the campaign too.

    `withheld` are (environment, public ID) of its copies that nobody gets at the moment.
    """

    asset: AssetId
    media_id: str
    name: str
    bytes: int
    approval: Approval
    archived: bool = False
    elsewhere: bool = False
    copies: tuple[CloudCopy, ...] = ()
    withheld: frozenset[tuple[str, str]] = frozenset()
    renditions: tuple[PublishedRendition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStep:
    """One step. `subject` is what it is done to; `told` (JSON values) is what it needs.

    `obstacle` None: it is carried out. `bytes` is what it fetches, as far as that is known.
    """

    action: ArchiveAction
    subject: str
    name: str
    bytes: int = 0
    told: Mapping[str, Any] = field(default_factory=dict)
    obstacle: ArchiveObstacle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlan:
    """All of it. `total` is how many copies the environments hold in which some are removed."""

    wish: ArchiveWish
    campaign: Campaign
    steps: tuple[ArchiveStep, ...]
    blockers: tuple[ArchiveBlocker, ...] = ()
    total: int = 0

    @property
    def doing(self) -> tuple[ArchiveStep, ...]:
        """The steps that are carried out."""
        return tuple(one for one in self.steps if one.obstacle is None)

    @property
    def bytes(self) -> int:
        """What is fetched and kept, as far as that is known."""
        return sum(one.bytes for one in self.doing)

    def count(self, action: ArchiveAction) -> int:
        """How many steps of a kind are carried out."""
        return Counter(one.action for one in self.doing)[action]

    @property
    def is_large(self) -> bool:
        """Does it delete so much that a person has to confirm it by the names?"""
        return are_many(self.count(ArchiveAction.REMOVE), self.total)


def plan_archive(
    wish: ArchiveWish, campaign: Campaign, members: Sequence[ArchiveMember], *, total: int
) -> ArchivePlan:
    """Every step that archiving a campaign takes, and those that are left out, with the reason.

    Nothing is taken away before what is kept is sealed and checked.
    """
    ordered = sorted(members, key=lambda one: (one.name, one.media_id))
    steps = (
        *(_frozen(one) for one in ordered),
        *(step for one in ordered for step in _renditions(one)),
        *(_original(one) for one in ordered if wish.originals),
        _whole(ArchiveAction.DESCRIBE, campaign, members=[one.asset for one in ordered]),
        _whole(ArchiveAction.SEAL, campaign),
        *(step for one in ordered for step in _copies(one, wish.copies)),
        _whole(ArchiveAction.MOVE, campaign),
        _whole(ArchiveAction.CLOSE, campaign),
    )
    return ArchivePlan(
        wish=wish,
        campaign=campaign,
        steps=steps,
        blockers=tuple(_blockers(campaign, members)),
        total=total,
    )


def _blockers(campaign: Campaign, members: Sequence[ArchiveMember]) -> Iterator[ArchiveBlocker]:
    if not members:
        yield ArchiveBlocker.EMPTY
    if campaign.unsynced:
        yield ArchiveBlocker.NOT_SYNCED
    if campaign.unfinished:
        yield ArchiveBlocker.UNFINISHED
    if ARCHIVE in campaign.path.split("/")[:1]:
        yield ArchiveBlocker.IN_ARCHIVE


def _frozen(member: ArchiveMember) -> ArchiveStep:
    obstacle = ArchiveObstacle.SHARED if member.elsewhere else None
    if member.archived:
        obstacle = ArchiveObstacle.ARCHIVED
    return ArchiveStep(
        action=ArchiveAction.FREEZE,
        subject=member.media_id,
        name=member.name,
        told={"asset": member.asset, "approval": member.approval.value},
        obstacle=obstacle,
    )


def _renditions(member: ArchiveMember) -> Iterator[ArchiveStep]:
    places = {(one.environment, one.public_id): one.version for one in member.copies}
    there = {place: version for place, version in places.items() if place not in member.withheld}
    for one in member.renditions:
        place = (one.environment, one.public_id)
        delivered = one.version >= there[place] if place in there else False
        yield ArchiveStep(
            action=ArchiveAction.RENDITION,
            subject=f"{member.media_id}/{one.preset}/{one.market}/{one.language}",
            name=" ".join(filter(None, (member.name, one.preset, one.market, one.language))),
            bytes=one.bytes,
            told={"media_id": member.media_id, "master": member.name, "rendition": asdict(one)},
            obstacle=None if delivered else ArchiveObstacle.UNREACHABLE,
        )


def _original(member: ArchiveMember) -> ArchiveStep:
    return ArchiveStep(
        action=ArchiveAction.ORIGINAL,
        subject=member.media_id,
        name=member.name,
        bytes=member.bytes,
        told={"asset": member.asset},
    )


def _copies(member: ArchiveMember, fate: CopyFate) -> Iterator[ArchiveStep]:
    if fate is CopyFate.KEEP:
        return
    action = OF_COPIES[fate]
    for copy in member.copies:
        yield ArchiveStep(
            action=action,
            subject=f"{copy.environment}/{copy.asset_id}",
            name=f"{member.name} → {copy.environment}/{copy.public_id}",
            told={"asset": member.asset, "copy": asdict(copy)},
            obstacle=ArchiveObstacle.SHARED if member.elsewhere else None,
        )


def _whole(action: ArchiveAction, campaign: Campaign, **more: object) -> ArchiveStep:
    return ArchiveStep(
        action=action,
        subject=campaign.id,
        name=campaign.name,
        told={
            "parents": list(campaign.parents),
            "visibility": campaign.visibility,
            "is_gallery": campaign.is_gallery,
            **more,
        },
    )
