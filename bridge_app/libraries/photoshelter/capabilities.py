"""What a service can do: it says so, or harmless reads show it.

Source: reference/photoshelter.md, 16.
"""

from dataclasses import fields
from typing import Any

from bridge_app.domain.errors import RefusedByServiceError
from bridge_app.libraries.photoshelter.media_records import media_identity
from bridge_app.libraries.photoshelter.reading import (
    UnreadableError,
    as_list,
    as_object,
    is_joined,
)
from bridge_app.libraries.photoshelter.session import Ask, Query, Session, at_path
from bridge_app.libraries.photoshelter.values import Capabilities

NAMES = tuple(one.name for one in fields(Capabilities))
OF_MEDIA = {"versions": "versions", "related_links": "links", "notes": "notes"}


def capabilities(session: Session) -> Capabilities:
    """What it says of itself; where it says nothing, what is found by probing.

    The real service says nothing. Raises what any call raises.
    """
    told = as_object(as_object(_data(session, "/version")).get("capabilities"))
    if told:
        return Capabilities(**{name: told.get(name) is True for name in NAMES})
    first = _first_media(session)
    of_media = {
        name: bool(first) and _answers(session, at_path("media", first, part))
        for name, part in OF_MEDIA.items()
    }
    return Capabilities(
        **of_media,
        trash=_answers(session, "/trash"),
        workspaces=_answers(session, "/workspaces"),
        # No read shows it; an upload that is not offered says so itself.
        upload_v4=True,
        listing_includes=bool(first) and _joins(session, first),
    )


def _first_media(session: Session) -> str:
    """The id of any media, "" if there are none."""
    query: Query = {**session.credentials().scope, "page": 1, "per_page": 1}
    for record in as_list(_data(session, "/media", query)):
        try:
            return media_identity(record)
        except UnreadableError:
            continue
    return ""


def _joins(session: Session, media_id: str) -> bool:
    record = _data(session, at_path("media", media_id), {"include": "iptc"})
    return is_joined(record, "iptc")


def _answers(session: Session, path: str) -> bool:
    try:
        session.reply(Ask(path=path, query={"page": 1, "per_page": 1}))
    except RefusedByServiceError:
        return False
    return True


def _data(session: Session, path: str, query: Query | None = None) -> Any:
    """What a read gives; None where it is refused."""
    try:
        return session.asked(Ask(path=path, query=query or {})).data
    except RefusedByServiceError:
        return None
