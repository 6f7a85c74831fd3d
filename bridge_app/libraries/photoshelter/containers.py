"""Collections and galleries: what lies in them, and changes to the tree.

Source: reference/photoshelter.md, 6 and 7.4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.shelter import ContainerKind, ShelterContainer, Visibility
from bridge_app.libraries.photoshelter.errors import NotThereError, NotUnderstoodError, refused
from bridge_app.libraries.photoshelter.listing import MOST_PER_PAGE, pages
from bridge_app.libraries.photoshelter.reading import (
    as_list,
    as_object,
    attributes,
    identity,
    included,
    is_id,
    name,
    optional_text,
    times,
    whole,
)
from bridge_app.libraries.photoshelter.session import Ask, Session, at_path

PREFIXES = {"C0000": ContainerKind.COLLECTION, "G0000": ContainerKind.GALLERY}
COLLECTIONS, GALLERIES = "collections", "galleries"
PLACES = {ContainerKind.COLLECTION: COLLECTIONS, ContainerKind.GALLERY: GALLERIES}
LONGEST_NAME, LONGEST_DESCRIPTION = 100, 2_000
MOST_MEDIA = 1 << 40


def children(
    session: Session, parent: str | None, *, first_page: int, joins: bool
) -> Iterator[tuple[ShelterContainer, ...]]:
    """See `ShelterService.containers`. `joins`: the service tells all parents if it is asked."""
    path = "/library" if parent is None else at_path(COLLECTIONS, checked_id(parent), "children")
    query = {"sort_by": "display_order", **_ascending(joins=joins)}
    for records in pages(session, path, query, first_page=first_page):
        yield _containers(records, parent)


def everywhere(
    session: Session, kind: ContainerKind, *, joins: bool
) -> Iterator[tuple[ShelterContainer, ...]]:
    """See `ShelterService.all_containers`, and `children`."""
    query = {"sort_by": "creation_time", **_ascending(joins=joins)}
    for records in pages(session, at_path(PLACES[kind]), query, per_page=MOST_PER_PAGE):
        yield _containers(records, None)


def by_id(session: Session, container_id: str, *, joins: bool) -> ShelterContainer | None:
    """See `ShelterService.container`, and `children`."""
    path = at_path(PLACES[kind_of(container_id)], container_id)
    try:
        told = session.asked(Ask(path=path, query={"include": "parents"} if joins else {}))
    except NotThereError:
        return None
    found = container(told.data, parent=None)
    if found is None or found.id != container_id:
        raise refused(NotUnderstoodError, session.service, "it tells of another container")
    return found


def _ascending(*, joins: bool) -> dict[str, str]:
    """No order by the time of a change: it would move records from page to page meanwhile."""
    return {"sort_direction": "ascending", **({"include": "parents"} if joins else {})}


def _containers(records: list[Any], parent: str | None) -> tuple[ShelterContainer, ...]:
    found = (container(record, parent=parent) for record in records)
    return tuple(one for one in found if one is not None)


def container(record: object, *, parent: str | None) -> ShelterContainer | None:
    """A container as the service tells it; None for what is none, or has no identity."""
    found, told = identity(record), attributes(record)
    kind = PREFIXES.get(found[:5])
    if kind is None:
        return None
    created_at, modified_at = times(told)
    return ShelterContainer(
        id=found,
        kind=kind,
        name=name(told.get("name"), found),
        description=optional_text(told.get("description"), longest=LONGEST_DESCRIPTION),
        parents=_parents(record, parent),
        is_listed=told.get("is_listed") is True,
        visibility=visibility(told.get("effective_mode", told.get("mode"))),
        created_at=created_at,
        modified_at=modified_at,
    )


def visibility(told: object) -> Visibility:
    """Who may see it; what is not understood is private."""
    known = {each.value: each for each in Visibility}
    return known.get(told, Visibility.PRIVATE) if isinstance(told, str) else Visibility.PRIVATE


def media_count(session: Session, gallery: str) -> int:
    """How many media a gallery claims to hold; 0 where it claims nothing."""
    told = session.asked(Ask(path=at_path(GALLERIES, checked_id(gallery), "child-count")))
    counts = as_object(told.meta.get("children_count")) or told.meta
    return whole(counts.get("total"), most=MOST_MEDIA) or 0


def created(session: Session, kind: ContainerKind, called: str, parents: tuple[str, ...]) -> str:
    """Make a container, private and unlisted; its id. Raises InvalidInputError."""
    wanted = called.strip()
    if not wanted or len(wanted) > LONGEST_NAME or wanted.endswith("."):
        detail = f"it has 1 to {LONGEST_NAME} characters and does not end with a full stop"
        raise InvalidInputError(what=QT_TRANSLATE_NOOP("facts", "The name"), detail=detail)
    said: dict[str, Any] = {"name": wanted, "is_listed": False, "mode": Visibility.PRIVATE.value}
    if parents:
        said["parents"] = [checked_id(one) for one in parents]
        said["parent"] = parents[0]
    path = at_path(PLACES[kind])
    body = {"data": {"type": kind.value, "attributes": said}}
    data = session.asked(Ask(method="POST", path=path, json=body)).data
    found = identity(data)
    if PREFIXES.get(found[:5]) is not kind:
        raise refused(NotUnderstoodError, session.service, "its answer names no container")
    return found


def changed(session: Session, container_id: str, changes: Mapping[str, Any]) -> None:
    """Change attributes of a container."""
    kind = kind_of(container_id)
    path = at_path(PLACES[kind], container_id)
    body = {"data": {"type": kind.value, "id": container_id, "attributes": dict(changes)}}
    session.asked(Ask(method="PATCH", path=path, json=body))


def kind_of(container_id: str) -> ContainerKind:
    """What an id is the id of. Raises InvalidInputError if it is no container's."""
    kind = PREFIXES.get(checked_id(container_id)[:5])
    if kind is None:
        raise InvalidInputError(
            what=container_id, detail=QT_TRANSLATE_NOOP("facts", "it is the id of no container")
        )
    return kind


def checked_id(given: str) -> str:
    """An id that may stand in a path. Raises InvalidInputError."""
    if not is_id(given):
        raise InvalidInputError(
            what=given[:40] or "An empty id", detail=QT_TRANSLATE_NOOP("facts", "it is no id")
        )
    return given


def _parents(record: object, parent: str | None) -> tuple[str, ...]:
    told = attributes(record).get("parents") or included(record, "parents") or ()
    listed = told if isinstance(told, list) else as_list(included(record, "parent"))
    named = [one if isinstance(one, str) else identity(one) for one in listed]
    known = (one for one in named if is_id(one) and one[:5] in PREFIXES)
    return tuple(dict.fromkeys([*([parent] if parent else []), *known]))
