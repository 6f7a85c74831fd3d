"""The renditions that a master's record lists, where a service has such lists.

Source: reference/photoshelter.md, 11, mode `link` (our contract).
"""

from collections.abc import Mapping
from typing import Any

from bridge_app.libraries.photoshelter.answers import Envelope
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import (
    CutShortError,
    NotOfferedError,
    NotThereError,
    refused,
)
from bridge_app.libraries.photoshelter.listing import total_of
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


def links(session: Session, media_id: str) -> tuple[RenditionLink, ...]:
    """See `ShelterService.links`."""
    found = (_link(told) for told in _listed(session, media_id))
    return tuple(one for one in found if one is not None)


def put_links(
    session: Session,
    media_id: str,
    wanted: tuple[RenditionLink, ...],
    instead_of: frozenset[str],
) -> None:
    """See `ShelterService.put_links`."""
    own = instead_of | {one.name for one in wanted}
    others = [told for told in _listed(session, media_id) if name(told.get("name"), "") not in own]
    ours = [{**one.facts, "name": one.name, "url": one.url} for one in wanted]
    data = [{"type": "link", "attributes": told} for told in (*others, *ours)]
    _asked(session, Ask(method="PUT", path=_path(media_id), json={"data": data}))


def _listed(session: Session, media_id: str) -> list[Mapping[str, Any]]:
    """What is told of each link, as it is: most of it was written by others."""
    told = _asked(session, Ask(path=_path(media_id)))
    records = as_list(told.data)
    if len(records) < (total_of(told) or 0):
        detail = f"{len(records)} of {total_of(told)}"
        raise refused(CutShortError, session.service, detail)
    found = (attributes(record) or as_object(record) for record in records)
    return [one for one in found if one]


def _path(media_id: str) -> str:
    return at_path("media", checked_id(media_id), "links")


def _asked(session: Session, ask: Ask) -> Envelope:
    try:
        return session.asked(ask)
    except NotThereError as error:
        raise refused(NotOfferedError, session.service, "lists of renditions") from error


def _link(told: Mapping[str, Any]) -> RenditionLink | None:
    called, url = name(told.get("name"), ""), optional_text(told.get("url"), longest=LONGEST_FACT)
    if not called or not url:
        return None
    facts = {
        field: optional_text(value, longest=LONGEST_FACT)
        for field, value in told.items()
        if field not in ("name", "url") and isinstance(value, str)
    }
    return RenditionLink(name=called, url=url, facts=facts)
