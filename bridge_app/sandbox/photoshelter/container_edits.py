"""The routes that change the tree: making, changing, moving and deleting containers.

Source: reference/photoshelter.md 6, 12 and 16; their bodies are our contract.
"""

from collections.abc import Mapping
from typing import Any

from bridge_app.sandbox.photoshelter.calls import Answer, Call, Reply, ShelterCall
from bridge_app.sandbox.photoshelter.container_shapes import PLURALS, shown
from bridge_app.sandbox.photoshelter.errors import bad_request, not_found, unprocessable
from bridge_app.sandbox.photoshelter.permissions import Deed
from bridge_app.sandbox.photoshelter.records import Container, Holds, Mode

LONGEST_NAME = 100
PARAMETERS = {Holds.COLLECTION: "collection_id", Holds.GALLERY: "gallery_id"}
FLAGS = {"is_listed": "is_listed", "access_inherit": "inherits"}
NO = frozenset({"", "false", "0", "f", "no"})


def _create(kind: Holds) -> Answer:
    """Make a container in collections, or in the root."""

    def answer(call: ShelterCall) -> Reply:
        organization = call.caller.organization
        call.may.in_organization(call.caller, organization, Deed.ARRANGE)
        said = call.fields.attributes()
        if not said.get("name"):
            raise unprocessable("name is missing")
        add = call.state.add_gallery if kind is Holds.GALLERY else call.state.add_collection
        facts = {"parents": (), **_facts(call, said)}
        made = add(organization=organization, **facts)
        return Reply(data=shown(call, call.state.container(made)), status=201)

    return answer


def _change(kind: Holds) -> Answer:
    """Change what the body names; the rest stays."""

    def answer(call: ShelterCall) -> Reply:
        container = _arranged(call, kind)
        facts = _facts(call, call.fields.attributes())
        if any(_lies_in(call, one, container.id) for one in facts.get("parents", ())):
            raise unprocessable("A collection cannot lie in itself")
        changed = call.state.update_container(container.id, **facts)
        return Reply(data=shown(call, changed))

    return answer


def _delete(kind: Holds) -> Answer:
    """Delete a container with all that lies nowhere else; media go into the trash."""

    def answer(call: ShelterCall) -> Reply:
        _remove(call, _arranged(call, kind))
        return Reply(status=204)

    return answer


def _remove(call: ShelterCall, container: Container) -> None:
    for media in call.store.members(container.id):
        leave(call, media.id, container.id)
    # Gone before what is in it: the tree may be a circle.
    call.store.delete(container)
    for child in call.store.children(container.id):
        left = tuple(one for one in child.parents if one != container.id)
        if left:
            call.state.update_container(child.id, parents=left)
        elif call.store.container(child.id):
            _remove(call, child)


def leave(call: ShelterCall, media_id: str, gallery: str) -> None:
    """Take a media item out of a gallery; out of its last one it goes into the trash."""
    media = call.state.media(media_id)
    left = tuple(one for one in media.galleries if one != gallery)
    if left:
        call.state.move(media_id, to=left)
    else:
        call.state.trash(media_id)


def _add_members(call: ShelterCall) -> Reply:
    """Lay media of the organization into a gallery as well."""
    gallery = _arranged(call, Holds.GALLERY)
    for media_id in _named(call, "media_id", "media_ids"):
        media = call.may.media(call.caller, media_id, deed=Deed.ARRANGE)
        if gallery.id not in media.galleries:
            call.state.move(media_id, to=(*media.galleries, gallery.id))
    return Reply(data=shown(call, call.state.container(gallery.id)), status=201)


def _remove_member(call: ShelterCall) -> Reply:
    gallery = _arranged(call, Holds.GALLERY)
    media = call.may.media(call.caller, call.ids["media_id"], deed=Deed.ARRANGE)
    if gallery.id not in media.galleries:
        raise not_found("Media")
    leave(call, media.id, gallery.id)
    return Reply(status=204)


def _add_parents(call: ShelterCall) -> Reply:
    """Lay a gallery into further collections."""
    gallery = _arranged(call, Holds.GALLERY)
    more = _collections(call, _named(call, "collection_id", "collection_ids"))
    parents = dict.fromkeys((*gallery.parents, *more))
    changed = call.state.update_container(gallery.id, parents=tuple(parents))
    return Reply(data=shown(call, changed), status=201)


def _remove_parent(call: ShelterCall) -> Reply:
    """Take a gallery out of a collection; out of its last one it comes into the root."""
    gallery = _arranged(call, Holds.GALLERY)
    if call.ids["collection_id"] not in gallery.parents:
        raise not_found("Collection")
    left = tuple(one for one in gallery.parents if one != call.ids["collection_id"])
    call.state.update_container(gallery.id, parents=left)
    return Reply(status=204)


def _choose_key_image(call: ShelterCall) -> Reply:
    gallery = _arranged(call, Holds.GALLERY)
    said = call.fields.attributes()
    media = call.may.media(call.caller, str(said.get("image_id") or ""))
    changed = call.state.update_container(gallery.id, key_image_id=media.id)
    return Reply(data=shown(call, changed))


def _arranged(call: ShelterCall, kind: Holds) -> Container:
    """The container that the path names, and that the caller may change."""
    container_id = call.ids[PARAMETERS[kind]]
    return call.may.container(call.caller, container_id, kind=kind, deed=Deed.ARRANGE)


def _facts(call: ShelterCall, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a body says of a container, checked; names that mean nothing are passed over.

    Raises:
        ShelterError: 422, or 404 for a parent that is none.
    """
    facts: dict[str, Any] = {}
    if "name" in said:
        facts["name"] = str(said["name"] or "").strip()
        if not 0 < len(facts["name"]) <= LONGEST_NAME:
            raise unprocessable(f"name has to have 1 to {LONGEST_NAME} characters")
    if "description" in said:
        facts["description"] = None if said["description"] is None else str(said["description"])
    if "mode" in said:
        if said["mode"] not in list(Mode):
            raise unprocessable(f"mode must be one of {', '.join(Mode)}")
        facts["mode"] = said["mode"]
    for name, field in FLAGS.items():
        if name in said:
            facts[field] = str(said[name]).lower() not in NO
    if "parent" in said or "parents" in said:
        facts["parents"] = _collections(call, _texts(said.get("parents", said.get("parent"))))
    return facts


def _collections(call: ShelterCall, identifiers: tuple[str, ...]) -> tuple[str, ...]:
    """Collections that the caller may lay something into."""
    for one in identifiers:
        call.may.container(call.caller, one, kind=Holds.COLLECTION, deed=Deed.ARRANGE)
    return identifiers


def _lies_in(call: ShelterCall, inner: str, outer: str) -> bool:
    """Whether a container is another one, or lies in it at any depth."""
    waiting, seen = [inner], set[str]()
    while waiting:
        one = waiting.pop()
        if one == outer:
            return True
        container = call.store.container(one)
        if container is not None and one not in seen:
            seen.add(one)
            waiting += container.parents
    return False


def _named(call: ShelterCall, one: str, several: str) -> tuple[str, ...]:
    """What a body names: `one`, `several`, or a list of resources.

    Raises:
        ShelterError: 400, nothing.
    """
    body = call.fields.body
    listed = body.get("data") if isinstance(body, dict) else None
    if isinstance(listed, list):
        named = tuple(str(item.get("id")) for item in listed if isinstance(item, dict))
    else:
        said = call.fields.attributes()
        named = _texts(said.get(several, said.get(one)))
    if not named:
        raise bad_request(f"{one} is missing")
    return named


def _texts(value: Any) -> tuple[str, ...]:
    """One text, several with commas between them, or a list of them; null is none."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(text for one in parts if (text := str(one).strip()))


def _edits(kind: Holds) -> tuple[Call, ...]:
    plural = f"/{PLURALS[kind]}"
    one = f"{plural}/{{{PARAMETERS[kind]}}}"
    return (
        Call(method="POST", path=plural, answer=_create(kind), signed_in=True),
        Call(method="PATCH", path=one, answer=_change(kind), signed_in=True),
        Call(method="DELETE", path=one, answer=_delete(kind), signed_in=True),
    )


GALLERY = "/galleries/{gallery_id}"
CONTAINER_EDITS: tuple[Call, ...] = (
    *_edits(Holds.COLLECTION),
    *_edits(Holds.GALLERY),
    Call(method="POST", path=GALLERY + "/children", answer=_add_members, signed_in=True),
    Call(
        method="DELETE",
        path=GALLERY + "/children/{media_id}",
        answer=_remove_member,
        signed_in=True,
    ),
    Call(method="POST", path=GALLERY + "/parents", answer=_add_parents, signed_in=True),
    Call(
        method="DELETE",
        path=GALLERY + "/parents/{collection_id}",
        answer=_remove_parent,
        signed_in=True,
    ),
    Call(method="PATCH", path=GALLERY + "/key-image", answer=_choose_key_image, signed_in=True),
)
