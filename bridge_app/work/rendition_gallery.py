"""Where at the service lies what we write back: a gallery beside the master's own.

Source: reference/photoshelter.md, 11.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.shelter import (
    RENDITIONS_SUFFIX,
    ContainerKind,
    ShelterAsset,
    ShelterContainer,
)
from bridge_app.domain.write_back import Found, read_manifest
from bridge_app.libraries.photoshelter.errors import NotThereError
from bridge_app.libraries.photoshelter.values import MediaWindow

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary

LONGEST_NAME = 100
"""Characters of a container's name. Source: reference/photoshelter.md, 6."""
LARGEST_MANIFEST = 4_000_000
"""Bytes; what is larger was not written by us."""


class NoPlaceError(BridgeError):
    """Every name that the document could have belongs to somebody else's file."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "What is published of {name} was not recorded at the service: other files have the names "
        "that its record could have. They were left as they are.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A name that a master's document may have, and what it says there already."""

    name: str
    found: Found | None


class Siblings:
    """Finds the gallery beside a master's, or makes it; remembers where it was."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def beside(self, service: "RemoteLibrary", account: str, gallery: ShelterContainer) -> str:
        """The gallery for what is written back from `gallery`; its ID. Made if it is not there."""
        key = (account, gallery.id)
        if key not in self._known:
            name = sibling_name(gallery.name)
            there = _named(service, gallery.parents, name)
            self._known[key] = there or service.create_gallery(name, gallery.parents)
        return self._known[key]

    def forget(self, gallery: str) -> None:
        """That gallery is not there any more."""
        self._known = {key: one for key, one in self._known.items() if one != gallery}


def sibling_name(gallery: str) -> str:
    """The name of the gallery beside one, within the service's length."""
    room = LONGEST_NAME - len(RENDITIONS_SUFFIX)
    return gallery[:room].rstrip(". ") + RENDITIONS_SUFFIX


def place_for(
    service: "RemoteLibrary",
    gallery: str,
    names: Iterable[str],
    *,
    media_id: str,
    is_taken: Callable[[str], bool],
) -> Place | None:
    """The first of these names that no other master's document has; None if all are taken.

    What lies there is read before anything takes its place: a file that is no manifest, or that
    of another master, stays.
    """
    for name in names:
        if is_taken(name):
            continue
        there = document_named(service, gallery, name)
        if there is None:
            return Place(name=name, found=None)
        found = read_manifest(read_bounded(service, there.media_id))
        if found is not None and found.media_id == media_id:
            return Place(name=name, found=found)
    return None


def document_named(service: "RemoteLibrary", gallery: str, name: str) -> ShelterAsset | None:
    """The file of exactly this name in a gallery."""
    page = service.media_page(MediaWindow(galleries=(gallery,), file_name=name), 1)
    return next((one for one in page.assets if one.file_name == name), None)


def read_bounded(service: "RemoteLibrary", media_id: str) -> bytes:
    """A small file's bytes; b"" for one that is too large to be ours."""
    read = bytearray()
    with service.stream(media_id) as parts:
        for part in parts:
            read += part
            if len(read) > LARGEST_MANIFEST:
                return b""
    return bytes(read)


def is_there(service: "RemoteLibrary", gallery: str) -> bool:
    """Does the service still have this gallery?"""
    try:
        service.gallery_counts(gallery)
    except NotThereError:
        return False
    return True


def _named(service: "RemoteLibrary", parents: tuple[str, ...], name: str) -> str | None:
    parent = parents[0] if parents else None
    for page in service.containers(parent):
        for one in page:
            if one.kind is ContainerKind.GALLERY and one.name == name:
                return one.id
    return None
