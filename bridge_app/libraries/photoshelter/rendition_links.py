"""The renditions that a master's record lists, where a service has such lists.

Source: reference/photoshelter.md, 11, mode `link` (our contract).
"""

from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import NotOfferedError, NotThereError, refused
from bridge_app.libraries.photoshelter.reading import (
    as_list,
    as_object,
    attributes,
    name,
    optional_text,
)
from bridge_app.libraries.photoshelter.session import Ask, Session, at_path
from bridge_app.libraries.photoshelter.values import RenditionLink

LONGEST_FACT = 4_000
MOST_LINKS = 1_000


def links(session: Session, media_id: str) -> tuple[RenditionLink, ...]:
    """See `ShelterService.links`."""
    try:
        told = session.asked(Ask(path=at_path("media", checked_id(media_id), "links")))
    except NotThereError as error:
        raise refused(NotOfferedError, session.service, "lists of renditions") from error
    found = (_link(record) for record in as_list(told.data)[:MOST_LINKS])
    return tuple(one for one in found if one is not None)


def put_links(session: Session, media_id: str, wanted: tuple[RenditionLink, ...]) -> None:
    """See `ShelterService.put_links`."""
    data = [
        {"type": "link", "attributes": {**one.facts, "name": one.name, "url": one.url}}
        for one in wanted
    ]
    path = at_path("media", checked_id(media_id), "links")
    try:
        session.asked(Ask(method="PUT", path=path, json={"data": data}))
    except NotThereError as error:
        raise refused(NotOfferedError, session.service, "lists of renditions") from error


def _link(record: object) -> RenditionLink | None:
    told = attributes(record) or as_object(record)
    called, url = name(told.get("name"), ""), optional_text(told.get("url"), longest=LONGEST_FACT)
    if not called or not url:
        return None
    facts = {
        field: optional_text(value, longest=LONGEST_FACT)
        for field, value in told.items()
        if field not in ("name", "url") and isinstance(value, str)
    }
    return RenditionLink(name=called, url=url, facts=facts)
