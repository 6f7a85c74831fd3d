"""What a media item brings along when it is asked to: all facts of a page in one call.

Ours (capability `listing_includes`): `include=iptc,custom-metadata,galleries,review`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bridge_app.sandbox.photoshelter.calls import ShelterCall
from bridge_app.sandbox.photoshelter.custom_metadata import custom_shapes
from bridge_app.sandbox.photoshelter.envelope import container_time, resource
from bridge_app.sandbox.photoshelter.media_shapes import Shape, media_shape
from bridge_app.sandbox.photoshelter.metadata_iptc import iptc_shape
from bridge_app.sandbox.photoshelter.records import Container, Media
from bridge_app.sandbox.photoshelter.workspaces import Review, joint_reviews

CAPABILITY = "listing_includes"
SPELLED = {"custom_metadata": "custom-metadata", "gallery": "galleries", "reviews": "review"}

Joined = Callable[[Media], Any]
"""What is joined to a media item, as the value of its `data`."""


def shapes(call: ShelterCall, media: Iterable[Media]) -> list[Shape]:
    """Media as the call wants them, in their order."""
    page = list(media)
    joins = _joins(call, page)
    return [_shape(call, one, joins) for one in page]


def shape(call: ShelterCall, media: Media) -> Shape:
    """One media item as the call wants it."""
    return shapes(call, [media])[0]


def _shape(call: ShelterCall, media: Media, joins: Mapping[str, Joined]) -> Shape:
    shown = media_shape(media, url=call.url(""), sha1=lambda one: known_sha1(call, one))
    if joins:
        shown["includes"] = {name: {"data": joined(media)} for name, joined in joins.items()}
    return shown


def known_sha1(call: ShelterCall, media: Media) -> str:
    """The SHA-1 of stored bytes; "" of such as are made up: it would have to be made up as well."""
    if media.file.sha1 or not media.file.content:
        return media.file.sha1
    return call.state.contents.digests(media)[1]


def gallery_shape(call: ShelterCall, gallery: Container) -> Shape:
    """A gallery as media name it."""
    attributes = {
        "name": gallery.name,
        "mode": gallery.mode.value,
        "effective_mode": call.may.mode(gallery, call.caller.through).value,
        "is_listed": gallery.is_listed,
        "created_at": container_time(gallery.created_at),
        "modified_at": container_time(gallery.modified_at),
    }
    return resource(call, "gallery", gallery.id, attributes, path=f"/galleries/{gallery.id}")


def visible_galleries(call: ShelterCall, media: Media) -> list[Container]:
    """Where a media item lies, as far as the caller may see it."""
    found = (call.store.container(one) for one in media.galleries)
    return [one for one in found if one and call.may.sees(call.caller, one)]


def _joins(call: ShelterCall, page: list[Media]) -> dict[str, Joined]:
    """What is wanted, each with how it is had; what nobody knows is left out."""
    wanted = {SPELLED.get(name, name) for name in call.include}
    if CAPABILITY not in call.state.settings.capabilities:
        return {}
    known: dict[str, Callable[[], Joined]] = {
        "iptc": lambda: iptc_shape,
        "custom-metadata": lambda: lambda media: custom_shapes(call, media),
        "galleries": lambda: _galleries(call),
        "review": lambda: _reviews(call, page),
    }
    return {name: make() for name, make in known.items() if name in wanted}


def _galleries(call: ShelterCall) -> Joined:
    """A page's media mostly lie in the same galleries: each is looked at once."""
    seen: dict[str, Shape | None] = {}

    def shown(gallery_id: str) -> Shape | None:
        if gallery_id not in seen:
            found = call.store.container(gallery_id)
            visible = found is not None and call.may.sees(call.caller, found)
            seen[gallery_id] = gallery_shape(call, found) if found and visible else None
        return seen[gallery_id]

    return lambda media: [one for name in media.galleries if (one := shown(name))]


def _reviews(call: ShelterCall, page: list[Media]) -> Joined:
    found: dict[str, Review] = joint_reviews(call.store, frozenset(media.id for media in page))
    return lambda media: found[media.id].shape() if media.id in found else None
