"""What arrives in a collection that takes in other people's work waits for a review, once.

Event photography and user-generated content: nobody of ours has looked at it yet.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An asset in a library that has intake collections.

    `folders` are those it lies in; `decided` says that something was said of exactly this content
    before, by whomever; `content` is None where it is not known yet.
    """

    asset: AssetId
    content: str | None
    folders: tuple[str, ...]
    approval: Approval
    decided: bool


def lies_in(folders: Iterable[str], intake: Collection[str]) -> str | None:
    """The intake folder that some of these folders are or lie below, or None.

    Paths are those of the library, with `/` between names.
    """
    for folder in folders:
        for taken in intake:
            if folder == taken or folder.startswith(f"{taken}/"):
                return taken
    return None


def to_review(arrivals: Iterable[Arrival], intake: Collection[str]) -> tuple[AssetId, ...]:
    """Those that join the review queue now: undecided content in an intake folder.

    A later version of a file is other content, and is looked at again.
    """
    return tuple(
        one.asset
        for one in arrivals
        if one.content is not None
        and not one.decided
        and one.approval is Approval.DRAFT
        and lies_in(one.folders, intake) is not None
    )
