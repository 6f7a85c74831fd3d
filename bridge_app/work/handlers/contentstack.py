"""Brings a field of an entry to what it has to say, and has the entry published: once.

What is there is read first: whatever an earlier run got done, known or not, is not done again, and
what an editor said stays. One at a time, so that two pictures of one entry never meet.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bridge_app.channels.channel import Channel, EntryVersion
from bridge_app.domain.contentstack import (
    COPIED,
    REFERRED,
    Aim,
    Destination,
    EntryConflictError,
    OnExpiry,
    Publication,
    PublicationState,
)
from bridge_app.domain.contentstack_fields import (
    Picture,
    digest,
    is_ours,
    plain,
    without,
    written,
)
from bridge_app.domain.contentstack_paths import value_at
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    NoKeyringError,
    NotFoundError,
    TransientError,
)
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.storage.contentstack import StackPublications
from bridge_app.work.contentstack_jobs import publication_of
from bridge_app.work.contentstack_state import PublicationStates, Wanted
from bridge_app.work.context import Context
from bridge_app.work.events import trouble_of
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.stack_carriers import bound, carried, taken_back
from bridge_app.work.stack_copies import StackCopies
from bridge_app.work.stack_services import StackServices

LOOK_S = 5.0
"""After that it is looked for the first time whether an entry is published; then ever later."""
ASK_AGAIN, LOOKS = 4, 12
"""Every so many looks the service is told to publish again; after the last one it failed."""


class NotShownError(BridgeError):
    """The service said yes, and the entry is not published."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The service took the publication of {entry} and does not show it yet; it was looked for "
        "{times} times.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentstackHandler:
    """Runs `contentstack` jobs. `changed` hears that the record is another one."""

    kept: StackPublications
    states: PublicationStates
    services: StackServices
    copies: StackCopies
    changed: Callable[[], None]

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        """See to one publication."""
        one = self.kept.one(publication_of(job.params))
        found = (to for to in self.kept.destinations() if one and to.id == one.destination)
        destination = next(found, None)
        if one is None or destination is None:
            return Done(result={"state": "forgotten"})
        context.report(0, 1)
        try:
            entries = self.services.entries(destination)
            return self._seen_to(one, destination, entries, context)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        except EntryConflictError as error:
            self._take_loose_back(one, destination, context)
            self._end(one, PublicationState.CONFLICT, context, why=error)
            return Failed(error=error)
        except (TransientError, CredentialsError):
            raise
        except BridgeError as error:
            self._take_loose_back(one, destination, context)
            self._end(one, PublicationState.REFUSED, context, why=error)
            return Failed(error=error)

    def _seen_to(
        self, one: Publication, destination: Destination, entries: Channel, context: Context
    ) -> Outcome:
        place = one.place
        try:
            read = entries.one(place.content_type, place.entry, place.locale)
        except NotFoundError:
            if self.states.of(one).aim is not Aim.WITHDRAW:
                raise
            # Nobody sees an entry that was deleted; its copy, everybody does.
            return self._withdrawn(one, destination, entries, None, context)
        # Asked last: reading takes a while, and a right may have ended in it.
        wanted = self.states.of(one)
        match wanted.aim:
            case Aim.WRITE:
                return self._written(one, destination, entries, read, wanted, context)
            case Aim.WITHDRAW:
                return self._withdrawn(one, destination, entries, read, context)
            case Aim.LEAVE:
                return Done(result={"state": "left"})
        error = wanted.error or NotFoundError(what=one.name)
        self._take_loose_back(one, destination, context)
        self._end(one, PublicationState.REFUSED, context, why=error)
        return Failed(error=error)

    def _written(
        self,
        one: Publication,
        destination: Destination,
        entries: Channel,
        read: EntryVersion,
        wanted: Wanted,
        context: Context,
    ) -> Outcome:
        place, value = one.place, plain(one.place, value_at(read.fields, one.place.field))
        picture = wanted.picture
        if picture is None:
            raise NotFoundError(what=one.name)
        if place.kind in COPIED:
            picture = self._copied(one, destination, picture, context)
        ours = one.key or picture.key(place)
        # A copy that was renamed is in its old place in the list, or at its end.
        before = value if ours == picture.key(place) else without(place, value, ours)
        after, version = written(place, before, picture), read.version
        if after != value or not read.is_own:
            # What a locale falls back to is not its editors': nothing of theirs is replaced.
            if read.is_own and digest(place, value, ours) != one.seen:
                raise EntryConflictError(field=place.field, entry=read.title)
            # Kept first: whoever takes it back after a crash has to know what may be there.
            self.kept.note(
                one.id, lambda now: replace(_begun(now, picture), ends=""), at=context.now()
            )
            version = entries.write(
                place, read, after, is_same=lambda there: digest(place, there, ours) == one.seen
            )
        is_shown = _is_published(entries, one, read, version, picture)
        is_coming = one.asked == version and context.attempt % ASK_AGAIN != 1
        if not (is_shown or is_coming) or one.ends != wanted.end_text:
            # Publishing ends an earlier schedule; an editor's draft does not go out for a schedule.
            entries.publish(place, read.published or version if is_shown else version)
            if wanted.ends is not None and destination.on_expiry is OnExpiry.UNPUBLISH:
                entries.unpublish(place, at=wanted.ends)
            if picture.copy and (wanted.ends is not None or one.ends):
                self._bound(one, picture.copy, destination, wanted.ends)
        if not is_shown:
            is_shown = (
                entries.one(place.content_type, place.entry, place.locale).published == version
            )
        state = PublicationState.PUBLISHED if is_shown else PublicationState.PENDING
        seen = digest(place, after, picture.key(place))
        self.kept.note(
            one.id,
            lambda now: replace(
                _begun(now, picture),
                seen=seen,
                entry_version=version,
                ends=wanted.end_text,
                asked=version,
                state=state,
                trouble=None,
            ),
            at=context.now(),
        )
        if not is_shown:
            return _until_shown(read.title, context)
        self._take_loose_back(one, destination, context)
        self.changed()
        return Done(result={"state": "published", "entry_version": version})

    def _withdrawn(
        self,
        one: Publication,
        destination: Destination,
        entries: Channel,
        read: EntryVersion | None,
        context: Context,
    ) -> Outcome:
        version, seen = one.entry_version, one.seen
        if read is not None:
            version = read.version
            if one.url and read.is_own:
                version, seen = _taken_off(one, destination, entries, read)
        if one.copy:
            self._take_copy_back(one, one.copy, destination)
        self._take_loose_back(one, destination, context)
        self.kept.note(
            one.id,
            lambda now: replace(
                now,
                seen=seen,
                entry_version=version,
                ends="",
                asked=0,
                state=PublicationState.WITHDRAWN,
                trouble=None,
            ),
            at=context.now(),
        )
        self.changed()
        return Done(result={"state": "withdrawn"})

    def _copied(
        self, one: Publication, destination: Destination, picture: Picture, context: Context
    ) -> Picture:
        """With its copy in the stack. Fetching takes a while: the gate is asked again after it."""

        def check() -> None:
            wanted = self.states.of(one)
            if wanted.aim is not Aim.WRITE:
                raise wanted.error or NotFoundError(what=one.name)

        def keep(copy: str) -> None:
            self.kept.note(one.id, lambda now: _with_loose(now, copy), at=context.now())

        if one.place.kind in REFERRED:
            return carried(self.services.stack(destination), one, picture, check=check, keep=keep)
        assets = self.services.assets(destination)
        return self.copies.brought(assets, destination.folder, one, picture, check=check, keep=keep)

    def _take_loose_back(
        self, one: Publication, destination: Destination, context: Context
    ) -> None:
        """The copies that its entry does not show."""
        now = self.kept.one(one.id)
        if now is None or not now.loose:
            return
        for copy in now.loose:
            if copy != now.copy or not now.is_written:
                self._take_copy_back(one, copy, destination)
        self.kept.note(one.id, lambda kept: replace(kept, loose=()), at=context.now())

    def _take_copy_back(self, one: Publication, copy: str, destination: Destination) -> None:
        """Unless another entry of that locale shows it, and may."""
        is_used = any(
            other.id != one.id
            and other.place.locale == one.place.locale
            and other.is_written
            and self.states.of(other).aim in (Aim.WRITE, Aim.LEAVE)
            for other in self.kept.holding(one.destination, copy)
        )
        if is_used:
            return
        assets = self.services.assets(destination)
        with suppress(NotFoundError):  # somebody deleted it: nobody can see it
            if one.place.kind in REFERRED:
                taken_back(self.services.stack(destination), one, copy)
            else:
                assets.unpublish(assets.one(copy), one.place.locale)

    def _bound(
        self, one: Publication, copy: str, destination: Destination, ends: datetime | None
    ) -> None:
        """What its entry shows leaves with its rights too, though nobody is here then."""
        if one.place.kind in REFERRED:
            bound(self.services.stack(destination), one, copy, ends)
        else:
            assets = self.services.assets(destination)
            assets.bound(assets.one(copy), one.place.locale, ends)

    def _end(
        self, one: Publication, state: PublicationState, context: Context, *, why: BridgeError
    ) -> None:
        self.kept.note(
            one.id, lambda now: replace(now, state=state, trouble=trouble_of(why)), at=context.now()
        )
        self.changed()


def _until_shown(title: str, context: Context) -> Outcome:
    """A yes means that it is queued there: whether it was done is seen by looking."""
    error = NotShownError(entry=title, times=context.attempt)
    if context.attempt >= LOOKS:
        return Failed(error=error)
    until = context.now() + timedelta(seconds=LOOK_S * context.attempt)
    return Waiting(reason=WaitingFor.RECEIVER, until=until, error=error, counts=True)


def _with_loose(one: Publication, copy: str) -> Publication:
    return replace(one, loose=tuple(dict.fromkeys((*one.loose, copy))))


def _begun(one: Publication, picture: Picture) -> Publication:
    is_replaced = bool(one.copy) and one.copy != picture.copy
    return replace(
        _with_loose(one, one.copy) if is_replaced else one,
        public_id=picture.public_id,
        version=picture.version,
        url=picture.url,
        copy=picture.copy,
    )


def _taken_off(
    one: Publication, destination: Destination, entries: Channel, read: EntryVersion
) -> tuple[int, str]:
    """Have what is ours seen no more: the entry's version then, and the digest of its field."""
    place, version, seen = one.place, read.version, one.seen
    value = plain(place, value_at(read.fields, place.field))
    shown = _shown(entries, one, read)
    is_public = shown is not None and is_ours(
        one, plain(place, value_at(shown.fields, place.field))
    )
    removes = destination.on_expiry is OnExpiry.REMOVE
    if removes and is_ours(one, value):
        after = without(place, value, one.key)
        seen = digest(place, after, one.key)
        version = entries.write(place, read, after, is_same=lambda there: is_ours(one, there))
    if is_public and removes:
        entries.publish(place, version)
    elif is_public:
        entries.unpublish(place)
    return version, seen


def _shown(entries: Channel, one: Publication, read: EntryVersion) -> EntryVersion | None:
    """The version that the public sees; None if there is none."""
    if read.published is None or read.published == read.version:
        return None if read.published is None else read
    place = one.place
    return entries.one(place.content_type, place.entry, place.locale, read.published)


def _is_published(
    entries: Channel, one: Publication, read: EntryVersion, version: int, picture: Picture
) -> bool:
    """Does the public see it already? Then an editor's draft is not published with it."""
    if version != read.version:
        return False
    shown = _shown(entries, one, read)
    value = None if shown is None else plain(one.place, value_at(shown.fields, one.place.field))
    return shown is not None and written(one.place, value, picture) == value
