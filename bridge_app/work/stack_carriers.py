"""Entries that show one picture each, for fields that refer to other entries.

A carrier is marked by a tag, so that whatever an interrupted run had made is found again. A new
version is written into it; who refers to it need not change.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from bridge_app.channels.channel import EntryVersion
from bridge_app.channels.contentstack.entries import Entries
from bridge_app.domain.contentstack import EntryField, FieldKind, Publication
from bridge_app.domain.contentstack_fields import Picture, written
from bridge_app.work.stack_copies import mark_of


def carried(
    entries: Entries,
    one: Publication,
    picture: Picture,
    *,
    check: Callable[[], None],
    keep: Callable[[str], None],
) -> Picture:
    """The picture with its carrier, which is published in the publication's locale.

    `check` is called just before anything is written, and raises where it may not be; `keep` is
    told the carrier's identifier before anybody can see it.
    """
    kind, name, _ = one.place.carrier
    locale, tag = one.place.locale, mark_of(one)
    found = entries.marked(kind, tag, locale)
    if found is None:
        title = f"{PurePath(one.name).stem or one.name} {one.preset} {tag[-8:]}"
        place = _place(one, "")
        fields = {"title": title, "tags": [tag], name: written(place, None, picture)}
        check()
        found = entries.create(kind, locale, fields)
    place = _place(one, found.uid)
    value = found.fields.get(name)
    told, version = written(place, value, picture), found.version
    if told != value or not found.is_own:
        check()
        # It is ours alone: what somebody wrote into it shows no rendition that was approved.
        version = entries.write(place, found, told, is_same=lambda _: True)
    check()
    keep(found.uid)
    if found.published != version:
        entries.publish(place, version)
    return replace(picture, copy=found.uid)


def bound(entries: Entries, one: Publication, carrier: str, ends: datetime | None) -> None:
    """Have it taken back at a moment in UTC, instead of when that was said before."""
    place = _place(one, carrier)
    read = _read(entries, place)
    if read.published is not None:
        entries.publish(place, read.published)
        if ends is not None:
            entries.unpublish(place, at=ends)


def taken_back(entries: Entries, one: Publication, carrier: str) -> None:
    """Nobody sees it in that locale any more. Raises NotFoundError for one that is gone."""
    place = _place(one, carrier)
    if _read(entries, place).published is not None:
        entries.unpublish(place)


def _read(entries: Entries, place: EntryField) -> EntryVersion:
    return entries.one(place.content_type, place.entry, place.locale)


def _place(one: Publication, uid: str) -> EntryField:
    content_type, field, kind = one.place.carrier
    return EntryField(
        content_type=content_type,
        entry=uid,
        field=field,
        locale=one.place.locale,
        kind=FieldKind(kind),
        label=one.place.label,
    )
