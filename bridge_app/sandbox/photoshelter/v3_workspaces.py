"""Workspaces by version 3 of the interface: the only known way to their reviews.

Source: reference/photoshelter.md 10 and 14; the words of a review are our contract.
"""

from bridge_app.sandbox.photoshelter.calls import Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.errors import bad_request
from bridge_app.sandbox.photoshelter.records import Media
from bridge_app.sandbox.photoshelter.v3_media import image_record, iptc_record, link_record
from bridge_app.sandbox.photoshelter.v3_records import Record, Wanted, a_page, wanted
from bridge_app.sandbox.photoshelter.workspace_calls import (
    CAPABILITY,
    VOTES,
    may_see,
    media_in,
    member,
    workspace_of,
)
from bridge_app.sandbox.photoshelter.workspaces import Workspace, review, vote, workspaces


def _query(call: ShelterCall) -> Reply:
    """The workspaces that the caller may see."""
    page, paging = a_page(call, [one for one in workspaces(call.store) if may_see(call, one)])
    asked = wanted(call)
    records = [
        asked.of({"workspace_id": one.id, "name": one.name, "media_count": len(one.media)})
        for one in page
    ]
    return Reply(data={"Workspace": records, **paging})


def _media(call: ShelterCall) -> Reply:
    """What lies in one."""
    workspace, asked = workspace_of(call), wanted(call)
    page, paging = a_page(call, media_in(call, workspace))
    records = [_record(call, workspace, one, asked) for one in page]
    return Reply(data={"WorkspaceMedia": records, **paging})


def _record(call: ShelterCall, workspace: Workspace, media: Media, asked: Wanted) -> Record:
    own = {"media_id": media.id, "workspace_id": workspace.id}
    known = {"WorkspaceImage": lambda joined: _image(call, workspace, media, joined)}
    return {**asked.of(own), **asked.joined(known)}


def _image(call: ShelterCall, workspace: Workspace, media: Media, asked: Wanted) -> Record:
    """What can be joined to a media item in a workspace."""
    count = review(call.store, workspace, media.id).comment_count
    return asked.joined(
        {
            "Media": lambda joined: image_record(call, media, joined),
            "Iptc": lambda joined: iptc_record(media, joined),
            "Link": lambda joined: link_record(call, media, joined),
            "Group": lambda _: None,
            "CommentCount": lambda _: count,
        }
    )


def _review(call: ShelterCall) -> Reply:
    workspace = workspace_of(call)
    media = member(call, workspace)
    shown = review(call.store, workspace, media.id).shape()["attributes"]
    return Reply(data={"Review": {"media_id": media.id, **shown}})


def _vote(call: ShelterCall) -> Reply:
    workspace = workspace_of(call)
    media = member(call, workspace)
    given = call.fields.text("vote")
    if given not in VOTES:
        raise bad_request("vote is up or down, or empty")
    vote(call.state, workspace.id, media.id, user=call.person.id, given=VOTES[given])
    return _review(call)


REVIEW = "/workspace/{workspace_id}/media/{media_id}/review"
V3_WORKSPACE_CALLS = tuple(
    Call(method=method, path=path, answer=answer, signed_in=True, capability=CAPABILITY)
    for method, path, answer in (
        ("GET", "/workspace/query", _query),
        ("GET", "/workspace/{workspace_id}/media", _media),
        ("GET", REVIEW, _review),
        ("POST", REVIEW, _vote),
    )
)
