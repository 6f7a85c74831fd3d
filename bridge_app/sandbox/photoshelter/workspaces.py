"""Workspaces, where people vote on media: what they hold, and what the votes come to.

Source: reference/photoshelter.md 10. A vote does not change `modified_at` of its media item.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridge_app.sandbox.journal import Row
from bridge_app.sandbox.photoshelter.errors import UnknownRecordError
from bridge_app.sandbox.photoshelter.ids import WORKSPACE
from bridge_app.sandbox.photoshelter.moments import written
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.photoshelter.store import ShelterStore

WORKSPACES, REVIEWS = "workspace", "review"
"""The tables of the store. A review's key is the workspace's and the media item's."""
UP, DOWN = "up", "down"
APPROVED, REJECTED, PENDING = "approved", "rejected", "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Media that are laid before somebody; without named reviewers whoever votes is one."""

    id: str
    name: str
    organization: str
    media: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The votes on a media item in a workspace: `up` or `down` by user, with their times."""

    votes: Mapping[str, tuple[str, str]]
    reviewers: tuple[str, ...] = ()
    comment_count: int = 0

    @property
    def state(self) -> str:
        """Rejected by one vote down, approved by all reviewers' votes up, else pending."""
        if any(vote == DOWN for vote, _ in self.votes.values()):
            return REJECTED
        wanted = self.reviewers or tuple(self.votes)
        return APPROVED if wanted and all(one in self.votes for one in wanted) else PENDING

    def shape(self) -> dict[str, Any]:
        """As the interface shows it."""
        reviews = [
            {"user_id": user, "vote": vote, "at": at} for user, (vote, at) in self.votes.items()
        ]
        shown = {"state": self.state, "reviews": reviews, "comment_count": self.comment_count}
        return {"type": "review", "attributes": shown}


def add_workspace(
    state: ShelterState,
    name: str,
    *,
    organization: str,
    media: Sequence[str] = (),
    reviewers: Sequence[str] = (),
) -> str:
    """Make a workspace that holds `media`; its identifier."""
    made = state.new_id(WORKSPACE)
    row = {"name": name, "organization": organization, "media": [*media]}
    state.store.put_row(WORKSPACES, made, {**row, "reviewers": [*reviewers]})
    return made


def vote(state: ShelterState, workspace_id: str, media_id: str, *, user: str, given: str) -> None:
    """Somebody votes `up` or `down`; "" takes their vote back.

    Raises:
        UnknownRecordError: There is no such workspace, or the media item is not in it.
    """
    workspace = find_workspace(state.store, workspace_id)
    if workspace is None or media_id not in workspace.media:
        raise UnknownRecordError(workspace_id)
    key = f"{workspace_id}/{media_id}"
    row = state.store.row(REVIEWS, key) or {}
    votes = {one: cast for one, cast in row.get("votes", {}).items() if one != user}
    if given:
        votes[user] = [given, written(state.clock.now())]
    state.store.put_row(REVIEWS, key, {**row, "votes": votes})


def find_workspace(store: ShelterStore, workspace_id: str) -> Workspace | None:
    """The workspace with this identifier."""
    row = store.row(WORKSPACES, workspace_id)
    return None if row is None else _workspace(workspace_id, row)


def workspaces(store: ShelterStore) -> Iterator[Workspace]:
    """All of them, in order of creation."""
    for key, row in store.rows(WORKSPACES).items():
        yield _workspace(key, row)


def review(store: ShelterStore, workspace: Workspace, media_id: str) -> Review:
    """The votes so far; none where nobody has voted."""
    row = store.row(REVIEWS, f"{workspace.id}/{media_id}") or {}
    return Review(
        votes={user: (vote, at) for user, (vote, at) in row.get("votes", {}).items()},
        reviewers=workspace.reviewers,
        comment_count=row.get("comment_count", 0),
    )


def joint_reviews(store: ShelterStore, media: frozenset[str]) -> dict[str, Review]:
    """The votes on each of these media that lies in any workspace, those of all of them joined.

    A user's vote down in one workspace outweighs one up in another.
    """
    joint: dict[str, Review] = {}
    for workspace in workspaces(store):
        for one in media.intersection(workspace.media):
            here = review(store, workspace, one)
            before = joint.get(one)
            joint[one] = here if before is None else _joined(before, here)
    return joint


def _joined(one: Review, other: Review) -> Review:
    downs = {user: said for user, said in one.votes.items() if said[0] == DOWN}
    return Review(
        votes={**one.votes, **other.votes, **downs},
        reviewers=tuple(dict.fromkeys((*one.reviewers, *other.reviewers))),
        comment_count=one.comment_count + other.comment_count,
    )


def _workspace(key: str, row: Row) -> Workspace:
    return Workspace(
        id=key,
        name=row["name"],
        organization=row["organization"],
        media=tuple(row["media"]),
        reviewers=tuple(row["reviewers"]),
    )
