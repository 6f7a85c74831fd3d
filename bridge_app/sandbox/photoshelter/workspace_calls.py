"""The routes of workspaces: which there are, what they hold, and voting.

Source: reference/photoshelter.md 10 and 16.
"""

from collections.abc import Iterator

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.envelope import resource
from bridge_app.sandbox.photoshelter.errors import bad_request, no_permission, not_found
from bridge_app.sandbox.photoshelter.media_finder import sees_all_of_its_own
from bridge_app.sandbox.photoshelter.media_includes import shapes
from bridge_app.sandbox.photoshelter.media_shapes import Shape
from bridge_app.sandbox.photoshelter.paging import paged
from bridge_app.sandbox.photoshelter.records import Media
from bridge_app.sandbox.photoshelter.workspaces import (
    APPROVED,
    DOWN,
    PENDING,
    REJECTED,
    UP,
    Workspace,
    find_workspace,
    review,
    vote,
    workspaces,
)

CAPABILITY = "workspaces"
REVIEW_PATH = "/workspaces/{workspace_id}/media/{media_id}/review"
VOTES = {UP: UP, DOWN: DOWN, APPROVED: UP, REJECTED: DOWN, PENDING: "", "": ""}
"""What is taken as a vote; a state is as good as the vote that brings it about."""


def may_see(call: ShelterCall, workspace: Workspace) -> bool:
    """Reviewers may, and those who see all of the organization."""
    if call.caller.user_id in workspace.reviewers:
        return True
    return call.caller.organization == workspace.organization and sees_all_of_its_own(call.caller)


def workspace_of(call: ShelterCall) -> Workspace:
    """The workspace of the path.

    Raises:
        ShelterError: 404, there is none; 401, the caller may not see it.
    """
    found = find_workspace(call.store, call.ids["workspace_id"])
    if found is None:
        raise not_found("Workspace")
    if not may_see(call, found):
        raise no_permission("Workspace")
    return found


def media_in(call: ShelterCall, workspace: Workspace) -> list[Media]:
    """What is laid before people, in its order; without what is in the trash."""
    found = (call.store.media(one) for one in workspace.media)
    return [one for one in found if one is not None and one.trashed_at is None]


def member(call: ShelterCall, workspace: Workspace) -> Media:
    """The media item of the path, which lies in the workspace.

    Raises:
        ShelterError: 404, it does not.
    """
    for media in media_in(call, workspace):
        if media.id == call.ids["media_id"]:
            return media
    raise not_found("Media")


def _list(call: ShelterCall) -> Reply:
    there = [one for one in workspaces(call.store) if may_see(call, one)]
    page, meta = paged(call, there)
    return Reply(data=[_shape(call, one) for one in page], meta=meta)


def _shape(call: ShelterCall, workspace: Workspace) -> Shape:
    attributes = {
        "name": workspace.name,
        "organization_id": workspace.organization,
        "media_count": len(media_in(call, workspace)),
    }
    return resource(call, "workspace", workspace.id, attributes)


def _media(call: ShelterCall) -> Reply:
    """Each with the votes in this workspace."""
    workspace = workspace_of(call)
    page, meta = paged(call, media_in(call, workspace))
    return Reply(data=list(_reviewed(call, workspace, list(page))), meta=meta)


def _reviewed(call: ShelterCall, workspace: Workspace, page: list[Media]) -> Iterator[Shape]:
    for media, shown in zip(page, shapes(call, page), strict=True):
        votes = review(call.store, workspace, media.id).shape()
        yield {**shown, "includes": {**shown.get("includes", {}), "review": {"data": votes}}}


def _review(call: ShelterCall) -> Reply:
    workspace = workspace_of(call)
    media = member(call, workspace)
    return Reply(data=review(call.store, workspace, media.id).shape())


def _vote(call: ShelterCall) -> Reply:
    """The caller's vote, or its withdrawal."""
    workspace = workspace_of(call)
    media = member(call, workspace)
    said = call.fields.attributes()
    given = said.get("vote", said.get("state"))
    if given is not None and given not in VOTES:
        raise bad_request("vote is up, down or null")
    vote(call.state, workspace.id, media.id, user=call.person.id, given=VOTES[given or ""])
    return _review(call)


WORKSPACE_CALLS = tuple(
    Call(method=method, path=path, answer=answer, signed_in=True, capability=CAPABILITY)
    for method, path, answer in (
        ("GET", "/workspaces", _list),
        ("GET", "/workspaces/{workspace_id}/media", _media),
        ("GET", REVIEW_PATH, _review),
        ("PUT", REVIEW_PATH, _vote),
    )
)
