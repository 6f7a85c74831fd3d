"""Collections and galleries as replies show them, with what a call wants to have along.

Source: reference/photoshelter.md 6 and 7.4.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from bridge_app.sandbox.photoshelter.calls import ShelterCall
from bridge_app.sandbox.photoshelter.envelope import container_time, resource
from bridge_app.sandbox.photoshelter.records import AccessRight, Container, Holds, Media

PLURALS = {Holds.COLLECTION: "collections", Holds.GALLERY: "galleries"}
MEDIA_KINDS = ("image", "video", "audio", "document")
TERMS: dict[str, Any] = {
    "max_downloads": None,
    "download_image_filetype": "original",
    "download_image_size": None,
    "download_image_embed": True,
    "download_video_filetype": None,
    "download_video_format": None,
    "download_audio_filetype": None,
    "download_doc_filetype": "original",
}
"""What a right allows where nobody said otherwise."""


def path_of(container: Container) -> str:
    """Where a container is found below the interface's address."""
    return f"/{PLURALS[container.kind]}/{quote(container.id, safe='.')}"


def shown(call: ShelterCall, container: Container) -> dict[str, Any]:
    """A container as an item of `data`, with what the call includes."""
    includes = {
        name: make(call, container) for name, make in INCLUDES.items() if name in call.include
    }
    attributes = attributes_of(call, container)
    return resource(
        call,
        container.kind.value,
        container.id,
        attributes,
        path=path_of(container),
        includes=includes,
    )


def attributes_of(call: ShelterCall, container: Container) -> dict[str, Any]:
    """Everything but how it lies among others."""
    through = call.caller.through
    return {
        "name": container.name,
        "name_url": _in_address(container.name),
        "description": container.description,
        "display_order": container.display_order,
        "org_id": container.organization,
        "access_id": container.access_id,
        "access_inherit": container.inherits,
        "is_listed": container.is_listed,
        "mode": container.mode.value,
        "effective_mode": call.may.mode(container, through).value,
        "key_image_id": container.key_image_id,
        "created_at": container_time(container.created_at),
        "modified_at": container_time(container.modified_at),
    }


def parents_of(call: ShelterCall, container: Container) -> list[Container]:
    """The collections it lies in, as far as the caller may see them; those named come first."""
    found = [up for name in container.parents if (up := call.store.container(name))]
    found.sort(key=lambda one: one.id not in call.caller.through)
    return [one for one in found if call.may.sees(call.caller, one)]


def path_up(call: ShelterCall, container: Container) -> list[Container]:
    """The container, its parent, and so on up to the root; a circle is gone round once."""
    found = [container]
    while True:
        above = [one for one in parents_of(call, found[-1]) if one not in found]
        if not above:
            return found
        found.append(above[0])


def child_count(call: ShelterCall, container: Container) -> dict[str, int]:
    """How much lies in it that the caller may see, by kind."""
    if container.kind is Holds.COLLECTION:
        kinds = Counter(one.kind for one in visible_children(call, container.id))
        return {
            "total": kinds.total(),
            "galleries": kinds[Holds.GALLERY],
            "collections": kinds[Holds.COLLECTION],
        }
    media = Counter(one.kind for one in call.store.members(container.id))
    return {"total": media.total(), **{kind: media[kind] for kind in MEDIA_KINDS}}


def visible_children(call: ShelterCall, place: str) -> list[Container]:
    """What lies in a collection or a root, as far as the caller may see it."""
    return [one for one in call.store.children(place) if call.may.sees(call.caller, one)]


def key_image(call: ShelterCall, container: Container) -> dict[str, Any] | None:
    """The picture that stands for a container: the chosen one, or the first one in it."""
    chosen = call.store.media(container.key_image_id or "")
    image = chosen or next(_images(call, container, {container.id}), None)
    if image is None:
        return None
    attributes = {
        "image_id": image.id,
        "gallery_id": image.galleries[0] if image.galleries else None,
        "custom": chosen is not None,
        "public": image.searchable,
        "image_url": None,
    }
    return resource(call, "keyImage", image.id, attributes)


def _images(call: ShelterCall, container: Container, seen: set[str]) -> Iterator[Media]:
    """The pictures in a container, in the order of what lies in it."""
    yield from (one for one in call.store.members(container.id) if one.kind == "image")
    for child in call.store.children(container.id):
        if child.id not in seen:
            seen.add(child.id)
            yield from _images(call, child, seen)


def link(call: ShelterCall, container: Container) -> dict[str, Any]:
    """Where people see it in a browser."""
    name = _in_address(container.name)
    address = f"{call.service.url}/{container.kind.value}/{name}/{container.id}"
    return resource(call, "link", container.id, {"link": address, "base": call.service.url})


def _in_address(name: str) -> str:
    """A name as addresses hold it."""
    return quote(name.replace(" ", "-"), safe="", errors="replace")


def permissions(call: ShelterCall, container: Container) -> dict[str, Any]:
    """Its mode and the rights on it; members alone see what words open it."""
    rights = call.may.rights(container)
    native = [right for where, right in rights if where.id == container.id]
    inherited = [
        {**_right(call, right), "collection_id": where.id}
        for where, right in rights
        if where.id != container.id
    ]
    attributes = {
        "mode": call.may.mode(container, call.caller.through).value,
        "native_mode": container.mode.value,
        "native": [_right(call, one) for one in native],
        "inherited": inherited,
    }
    return resource(call, "permissions", container.id, attributes)


def _right(call: ShelterCall, right: AccessRight) -> dict[str, Any]:
    """One right."""
    named = f"{right.kind}_id" if right.kind in {"contact", "group"} else right.kind
    secret = named in {"password", "token"} and not call.caller.organization
    attributes = {
        "expires": container_time(right.expires) if right.expires else None,
        **TERMS,
        **right.terms,
        **dict.fromkeys(("group_id", "contact_id", "access_level", "password", "token")),
        named: None if secret else right.value,
    }
    return {"id": right.id, "type": right.kind, "attributes": attributes}


def _parents(call: ShelterCall, container: Container) -> list[dict[str, Any]]:
    return [
        resource(call, one.kind.value, one.id, {"name": one.name}, path=path_of(one))
        for one in parents_of(call, container)
    ]


INCLUDES: dict[str, Callable[[ShelterCall, Container], Any]] = {
    "permissions": permissions,
    "parent": lambda call, container: next(iter(_parents(call, container)), None),
    "parents": _parents,
    "key-image": key_image,
    "link": link,
    "child-count": child_count,
}
"""What `include` may name; `parents` is our contract."""
