"""The routes of the tree: the root, collections, galleries, and what lies in them.

Source: reference/photoshelter.md 6.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bridge_app.sandbox.photoshelter.calls import Answer, Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.container_edits import CONTAINER_EDITS
from bridge_app.sandbox.photoshelter.container_shapes import (
    child_count,
    key_image,
    link,
    parents_of,
    path_up,
    permissions,
    shown,
    visible_children,
)
from bridge_app.sandbox.photoshelter.envelope import container_time, resource
from bridge_app.sandbox.photoshelter.errors import no_permission, not_found
from bridge_app.sandbox.photoshelter.paging import ordered, paged
from bridge_app.sandbox.photoshelter.records import Container, Holds, Media, Mode
from bridge_app.sandbox.photoshelter.store import added_at

COVER = 4
"""How many items a gallery's cover shows."""
ORDERS: Mapping[str, Callable[[Container], Any]] = {
    "creation_time": lambda one: one.created_at,
    "modification_time": lambda one: one.modified_at,
    "name": lambda one: one.name.casefold(),
    "display_order": lambda one: one.display_order,
}


def collection_of(call: ShelterCall) -> Container:
    """The collection that the path names. Raises as `Permissions.container` does."""
    return call.may.container(call.caller, call.ids["collection_id"], kind=Holds.COLLECTION)


def gallery_of(call: ShelterCall) -> Container:
    """The gallery that the path names. Raises as `Permissions.container` does."""
    return call.may.container(call.caller, call.ids["gallery_id"], kind=Holds.GALLERY)


def _library(call: ShelterCall) -> Reply:
    """The root of the session's organization; outside of one a library is empty."""
    organization = call.caller.organization
    found = visible_children(call, organization) if organization else []
    return _listed(call, _by_listing(call, found))


def _portal(call: ShelterCall) -> Reply:
    """What an organization shows to everybody."""
    organizations = [call.fields.text("org_id")]
    if not organizations[0]:
        organizations = [one.id for one in call.store.organizations()]
    found = [
        one
        for organization in organizations
        for one in call.store.children(organization)
        if one.is_listed and call.may.mode(one) is Mode.EVERYONE
    ]
    return _listed(call, found)


def _containers(kind: Holds, *, partly: bool) -> Answer:
    """The collections or the galleries of the session's organization.

    `partly` says whether a part of a name will do where `match` does not tell.
    """

    def answer(call: ShelterCall) -> Reply:
        organization = call.fields.text("org_id") or call.caller.organization
        if not organization or organization != call.caller.organization:
            raise no_permission("Organization")
        if "parent" in call.fields:
            found = visible_children(call, call.fields.text("parent") or organization)
        else:
            found = call.store.containers()
        found = [
            one
            for one in found
            if one.kind is kind
            and one.organization == organization
            and _is_named(call, one.name, partly=partly)
            and call.may.sees(call.caller, one)
        ]
        if call.fields.flag("recently_updated"):
            found.sort(key=ORDERS["modification_time"], reverse=True)
        return _listed(call, _by_listing(call, found))

    return answer


def _is_named(call: ShelterCall, name: str, *, partly: bool) -> bool:
    """Whether a name is what `name` asks for; exactly, or a part of it whatever its case."""
    asked = call.fields.text("name")
    if not asked:
        return True
    if call.fields.flag("match", default=not partly):
        return name == asked
    return asked.casefold() in name.casefold()


def _by_listing(call: ShelterCall, found: Sequence[Container]) -> list[Container]:
    """Only those that are listed, or those that are not, if the call says so."""
    if "is_listed" not in call.fields:
        return list(found)
    return [one for one in found if one.is_listed is call.fields.flag("is_listed")]


def _listed(call: ShelterCall, found: Sequence[Container]) -> Reply:
    """A page of containers in the order that the call wants."""
    page, meta = paged(call, ordered(call, found, ORDERS))
    return Reply(data=[shown(call, one) for one in page], meta=meta)


def _of(
    find: Callable[[ShelterCall], Container],
    make: Callable[[ShelterCall, Container], Any],
) -> Answer:
    """A call that shows something about one container; what is not there is a 404."""

    def answer(call: ShelterCall) -> Reply:
        made = make(call, find(call))
        if made is None:
            raise not_found()
        return Reply(data=made)

    return answer


def _counted(find: Callable[[ShelterCall], Container]) -> Answer:
    """A call that tells in `meta` how much lies in a container."""

    def answer(call: ShelterCall) -> Reply:
        container = find(call)
        return Reply(data=[], meta={"children_count": child_count(call, container)})

    return answer


def _path(call: ShelterCall, container: Container) -> list[dict[str, Any]]:
    return [shown(call, one) for one in path_up(call, container)]


def _parent(call: ShelterCall, container: Container) -> dict[str, Any] | None:
    return next((shown(call, one) for one in parents_of(call, container)), None)


def _parents(call: ShelterCall, container: Container) -> list[dict[str, Any]]:
    return [shown(call, one) for one in parents_of(call, container)]


def _collection_children(call: ShelterCall) -> Reply:
    return _listed(call, visible_children(call, collection_of(call).id))


def _collection_child(call: ShelterCall) -> Reply:
    """One container, as it lies in a collection."""
    children = visible_children(call, collection_of(call).id)
    child = next((one for one in children if one.id == call.ids["child_id"]), None)
    if child is None:
        raise not_found()
    return Reply(data=shown(call, child))


def _members(call: ShelterCall, gallery: Container) -> list[tuple[int, Media]]:
    """What lies in a gallery, with its place; some may see the gallery, but nothing in it."""
    members = list(enumerate(call.store.members(gallery.id), 1))
    return [one for one in members if call.may.may_see_in(call.caller, one[1], gallery)]


def _member(call: ShelterCall, gallery: Container, place: int, media: Media) -> dict[str, Any]:
    """A media item as it lies in a gallery: no more than its kind, its place and its times."""
    attributes = {
        "display_order": place,
        "added_at": container_time(added_at(media, gallery.id)),
        "created_at": container_time(media.created_at),
        "modified_at": container_time(media.modified_at),
    }
    return resource(call, media.kind, media.id, attributes, path=f"/media/{media.id}")


def _gallery_children(call: ShelterCall) -> Reply:
    gallery = gallery_of(call)
    orders: Mapping[str, Callable[[tuple[int, Media]], Any]] = {
        "creation_time": lambda one: one[1].created_at,
        "modification_time": lambda one: one[1].modified_at,
        "name": lambda one: one[1].file_name.casefold(),
        "display_order": lambda one: one[0],
        "added_at": lambda one: added_at(one[1], gallery.id),
        "file_name": lambda one: one[1].file_name.casefold(),
        "date_taken": lambda one: str(one[1].iptc.get("date_taken") or ""),
    }
    page, meta = paged(call, ordered(call, _members(call, gallery), orders))
    return Reply(data=[_member(call, gallery, *one) for one in page], meta=meta)


def _gallery_child(call: ShelterCall) -> Reply:
    gallery = gallery_of(call)
    for place, media in _members(call, gallery):
        if media.id == call.ids["media_id"]:
            return Reply(data=_member(call, gallery, place, media))
    raise not_found("Media")


def _cover(call: ShelterCall, gallery: Container) -> list[dict[str, Any]]:
    """The first items."""
    return [_member(call, gallery, *one) for one in _members(call, gallery)[:COVER]]


def _reads(prefix: str, find: Callable[[ShelterCall], Container]) -> tuple[Call, ...]:
    """What collections and galleries have both."""
    makes: dict[str, Callable[[ShelterCall, Container], Any]] = {
        "": shown,
        "/path": _path,
        "/parent": _parent,
        "/parents": _parents,
        "/key-image": key_image,
        "/link": link,
        "/permissions": permissions,
    }
    found = [
        Call(method="GET", path=prefix + path, answer=_of(find, make))
        for path, make in makes.items()
    ]
    return (*found, Call(method="GET", path=prefix + "/child-count", answer=_counted(find)))


COLLECTION = "/collections/{collection_id}"
GALLERY = "/galleries/{gallery_id}"
CONTAINER_CALLS: tuple[Call, ...] = (
    Call(method="GET", path="/library", answer=_library, signed_in=True),
    Call(method="GET", path="/portal", answer=_portal),
    Call(
        method="GET",
        path="/collections",
        answer=_containers(Holds.COLLECTION, partly=False),
        signed_in=True,
    ),
    Call(
        method="GET",
        path="/galleries",
        answer=_containers(Holds.GALLERY, partly=True),
        signed_in=True,
    ),
    *_reads(COLLECTION, collection_of),
    *_reads(GALLERY, gallery_of),
    Call(method="GET", path=COLLECTION + "/children", answer=_collection_children),
    Call(method="GET", path=COLLECTION + "/children/{child_id}", answer=_collection_child),
    Call(method="GET", path=GALLERY + "/children", answer=_gallery_children),
    Call(method="GET", path=GALLERY + "/children/{media_id}", answer=_gallery_child),
    Call(method="GET", path=GALLERY + "/cover", answer=_of(gallery_of, _cover)),
    *CONTAINER_EDITS,
)
