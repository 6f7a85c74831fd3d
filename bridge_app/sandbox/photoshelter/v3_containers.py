"""The tree by version 3 of the interface.

Source: reference/photoshelter.md 14.
"""

from collections.abc import Callable, Iterable

from bridge_app.sandbox.photoshelter.calls import Answer, Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.container_shapes import parents_of, visible_children
from bridge_app.sandbox.photoshelter.errors import bad_request
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.records import Container, Holds, Mode
from bridge_app.sandbox.photoshelter.v3_media import image_record
from bridge_app.sandbox.photoshelter.v3_records import Record, Wanted, a_page, flag, time_of, wanted

ROOT = "root"
NAMES = {Holds.COLLECTION: "Collection", Holds.GALLERY: "Gallery"}
LONGEST_NAME = 100


def container_record(call: ShelterCall, container: Container, asked: Wanted) -> Record:
    """A collection or a gallery."""
    return asked.of(
        {
            f"{container.kind.value}_id": container.id,
            "name": container.name,
            "description": container.description,
            "f_list": flag(container.is_listed),
            "mode": container.mode.value,
            "effective_mode": call.may.mode(container, call.caller.through).value,
            "created_at": time_of(container.created_at),
            "modified_at": time_of(container.modified_at),
        }
    )


def _found(call: ShelterCall, kind: Holds) -> Container:
    return call.may.container(call.caller, call.ids["container_id"], kind=kind)


def _one(kind: Holds) -> Answer:
    def answer(call: ShelterCall) -> Reply:
        return Reply(data={NAMES[kind]: container_record(call, _found(call, kind), wanted(call))})

    return answer


def _children(call: ShelterCall) -> Reply:
    """Each child under the name of its kind; `extend` says which fields of it are wanted."""
    if call.ids["container_id"] == ROOT:
        place = call.caller.organization
    else:
        place = _found(call, Holds.COLLECTION).id
    asked = wanted(call)
    within = asked.joins.get("Children", asked)
    page, paging = a_page(call, visible_children(call, place) if place else [])
    children = [_child(call, one, within) for one in page]
    return Reply(data={"Children": children, **paging})


def _child(call: ShelterCall, container: Container, asked: Wanted) -> Record:
    name = NAMES[container.kind]
    return {name: container_record(call, container, asked.joins.get(name, Wanted()))}


def _parents(kind: Holds) -> Answer:
    def answer(call: ShelterCall) -> Reply:
        asked = wanted(call)
        above = parents_of(call, _found(call, kind))
        return Reply(data={"Collection": [container_record(call, one, asked) for one in above]})

    return answer


def _query(kind: Holds, *, everywhere: bool) -> Answer:
    """Those below `parent`, or in the root; `everywhere` without one: all of the organization."""

    def answer(call: ShelterCall) -> Reply:
        organization, parent = call.caller.organization, call.fields.text("parent")
        there: Iterable[Container]
        if everywhere and not parent:
            there = (one for one in call.store.containers() if one.organization == organization)
        else:
            there = call.store.children(parent or organization)
        name = call.fields.text("name").casefold()
        kept = [one for one in there if _fits(call, one, kind, name)]
        page, paging = a_page(call, kept)
        asked = wanted(call)
        records = [container_record(call, one, asked) for one in page]
        return Reply(data={NAMES[kind]: records, **paging})

    return answer


def _fits(call: ShelterCall, container: Container, kind: Holds, name: str) -> bool:
    named = name in container.name.casefold()
    return container.kind is kind and named and call.may.sees(call.caller, container)


def _images(call: ShelterCall) -> Reply:
    """What lies in a gallery, in its order."""
    gallery = _found(call, Holds.GALLERY)
    asked = wanted(call)
    members = [
        one
        for one in call.store.members(gallery.id)
        if call.may.may_see_in(call.caller, one, gallery)
    ]
    page, paging = a_page(call, members)
    records = [
        {
            **asked.of({"image_id": one.id, "gallery_id": gallery.id, "f_visible": "t"}),
            **asked.joined({"Image": _image(call, one.id)}),
        }
        for one in page
    ]
    return Reply(data={"GalleryImage": records, **paging})


def _image(call: ShelterCall, media_id: str) -> Callable[[Wanted], Record]:
    return lambda joined: image_record(call, call.state.media(media_id), joined)


def _insert(call: ShelterCall) -> Reply:
    """Make a gallery: by GET, as it is there."""
    organization, name = call.caller.organization, call.fields.text("name").strip()
    call.may.in_organization(call.caller, organization, Deed.ARRANGE)
    if not 0 < len(name) <= LONGEST_NAME:
        raise bad_request(f"name has 1 to {LONGEST_NAME} characters")
    parents = [parent] if (parent := call.fields.text("parent")) else []
    for one in parents:
        call.may.container(call.caller, one, kind=Holds.COLLECTION, deed=Deed.ARRANGE)
    made = call.state.add_gallery(
        name, organization=organization, parents=parents, is_listed=call.fields.flag("f_list")
    )
    record = container_record(call, call.state.container(made), wanted(call))
    return Reply(data={"Gallery": record})


def _show_to(call: ShelterCall) -> Reply:
    collection = call.may.container(
        call.caller, call.ids["container_id"], kind=Holds.COLLECTION, deed=Deed.ARRANGE
    )
    mode = call.fields.text("visibility")
    if mode not in list(Mode):
        raise bad_request(f"visibility is one of {', '.join(Mode)}")
    changed = call.state.update_container(collection.id, mode=mode)
    return Reply(data={"Collection": container_record(call, changed, wanted(call))})


COLLECTION, GALLERY = "/mem/collection/{container_id}", "/mem/gallery/{container_id}"
V3_CONTAINER_CALLS = tuple(
    Call(method=method, path=path, answer=answer, signed_in=True)
    for method, path, answer in (
        ("GET", "/mem/collection", _query(Holds.COLLECTION, everywhere=True)),
        ("GET", "/mem/collection/query", _query(Holds.COLLECTION, everywhere=False)),
        ("GET", COLLECTION, _one(Holds.COLLECTION)),
        ("GET", COLLECTION + "/children", _children),
        ("GET", COLLECTION + "/parent", _parents(Holds.COLLECTION)),
        ("POST", COLLECTION + "/visibility/update", _show_to),
        ("GET", "/mem/gallery/query", _query(Holds.GALLERY, everywhere=True)),
        ("GET", "/mem/gallery/insert", _insert),
        ("GET", GALLERY, _one(Holds.GALLERY)),
        ("GET", GALLERY + "/images", _images),
        ("GET", GALLERY + "/children", _images),
        ("GET", GALLERY + "/parent", _parents(Holds.GALLERY)),
    )
)
