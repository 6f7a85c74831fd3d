"""What is asked about stacks of Contentstack, and who sees that they follow what is delivered.

A part of the worker's door of its own. Everything blocks, and most of it calls the service.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bridge_app.channels.channel import EntryVersion
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.contentstack import (
    LISTS,
    Aim,
    Destination,
    EditorConflict,
    Publication,
    PublicationState,
    StillPublishedError,
    UnknownEnvironmentError,
    check_destination,
)
from bridge_app.domain.contentstack_fields import digest, shown, without
from bridge_app.domain.contentstack_offers import Offer, StackOutline, outline, without_copies
from bridge_app.domain.contentstack_paths import settled, value_at
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobRecord
from bridge_app.storage.contentstack import StackPublications
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.secrets import Secret
from bridge_app.work.contentstack_asking import Asking, PublishWish, master_of
from bridge_app.work.contentstack_jobs import new_job
from bridge_app.work.contentstack_state import PublicationStates
from bridge_app.work.kinds import CONTENTSTACK
from bridge_app.work.stack_services import StackServices
from bridge_app.work.write_back_jobs import PUBLISHING, masters_of

REMEMBERED = 500
"""Finished jobs that are looked at after a start: the last one may not have been followed up."""
AHEAD = timedelta(days=2)
"""So long before an entry is taken off by schedule, its rights are looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackMeans:
    """What the desk is lent: jobs, who was placed where, the time, and who sits here."""

    jobs: Jobs
    queue: Callable[[Sequence[NewJob]], list[int]]
    placed: Callable[[str, str], Iterable[AssetId]]
    who: Callable[[], str]
    now: Callable[[], datetime]
    changed: Callable[[], None]


class ContentstackDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self,
        kept: StackPublications,
        states: PublicationStates,
        services: StackServices,
        means: StackMeans,
    ) -> None:
        self._kept = kept
        self._states = states
        self._services = services
        self._means = means

    # Destinations

    def destinations(self) -> tuple[Destination, ...]:
        """All of them, by name."""
        return self._kept.destinations()

    def one(self, name: str) -> Destination:
        """By its name or ID. Raises NotFoundError."""
        for destination in self.destinations():
            if name in (destination.id, destination.name):
                return destination
        raise NotFoundError(what=f"The destination {name}")

    def add(self, destination: Destination, token: Secret) -> Destination:
        """Try a token at the service, then keep both; the ID is given here.

        Raises InvalidInputError, NoKeyringError, and what the service says.
        """
        new = self._tried(replace(destination, id=uuid.uuid4().hex[:12]), token)
        self._services.keep(new, token)
        self._kept.add(new, who=self._means.who(), at=self._means.now())
        self._means.changed()
        return new

    def change(self, destination: Destination, token: Secret | None) -> None:
        """Keep a destination as it is now, after it was tried; None keeps its token.

        What was published there stays known and is looked after, so it is the same place as long
        as something is. Raises as `add`, and StillPublishedError.
        """
        before = self.one(destination.id)
        kept = self._kept.of(before.id)
        if destination.where != before.where and any(one.is_written for one in kept):
            raise StillPublishedError(name=before.name)
        new = self._tried(destination, token)
        self._kept.change(new, who=self._means.who(), at=self._means.now())
        if token is None:
            self._services.renew(new)
        else:
            self._services.keep(new, token)
        self._means.changed()

    def remove(self, name: str) -> None:
        """Forget a destination with its token; nothing changes at the service."""
        destination = self.one(name)
        self._services.forget(destination)
        self._kept.remove(destination.id)
        self._means.changed()

    def test(self, name: str) -> Mapping[str, list[str]]:
        """Call the service: the stack's environments, locales and content types."""
        destination = self.one(name)
        entries = self._services.entries(destination)
        environments = entries.environments()
        _check_environment(destination, environments)
        return {
            "environments": sorted(environments),
            "locales": [str(one["code"]) for one in entries.locales()],
            "content_types": [str(one["uid"]) for one in entries.content_types()],
        }

    def outline(self, name: str) -> StackOutline:
        """Call the service: what there is that takes pictures, and in which locales."""
        destination = self.one(name)
        entries = self._services.entries(destination)
        known = outline(entries.content_types(), entries.locales())
        return without_copies(known) if destination.kind else known

    def found(self, name: str, content_type: str, locale: str, text: str) -> list[EntryVersion]:
        """The newest entries of a type whose title holds a text."""
        return self._services.entries(self.one(name)).found(content_type, locale, text)

    def entries(self, name: str, content_type: str, locale: str = "") -> Iterable[EntryVersion]:
        """The entries of a type as they are in a locale, the master's by default."""
        entries = self._services.entries(self.one(name))
        return entries.listed(content_type, locale or master_of(entries.locales()))

    # Publications

    def offers(self, assets: Sequence[AssetId], environment: str) -> list[Offer]:
        """The renditions that were made of these in a product environment.

        Each comes with what stands against publishing it.
        """
        return self._states.offers(assets, environment)

    def publish(self, name: str, wishes: Iterable[tuple[Asset, PublishWish]]) -> str:
        """Have renditions written into fields of entries, and these published. Returns the batch.

        What stands in a field now is replaced; what an editor puts there later is not. Raises what
        stands in the way of any of them, and has none published then: the gate's refusal, a field
        of another kind, the service.
        """
        new = self.plan(name, wishes)
        self._kept.put(new, at=self._means.now())
        self._means.changed()
        return self._queued(new)

    def plan(self, name: str, wishes: Iterable[tuple[Asset, PublishWish]]) -> list[Publication]:
        """What publishing these would write, and where; nothing is written. Raises as `publish`."""
        destination = self.one(name)
        asking = Asking(self._services.entries(destination), destination)
        return [self._asked(asking, *wish) for wish in wishes]

    def _asked(self, asking: Asking, asset: Asset, wish: PublishWish) -> Publication:
        if asset.cloud is None:
            raise NotFoundError(what=f"A delivered copy of {asset.name}")
        place = asking.place(wish)
        new = Publication(
            destination=asking.destination.id,
            asset=asset.id,
            name=asset.name,
            environment=asset.cloud.environment,
            preset=wish.preset,
            market=wish.market,
            language=wish.language,
            place=place,
        )
        wanted = self._states.of(new)
        if wanted.aim is not Aim.WRITE or wanted.picture is None:
            raise wanted.error or NotFoundError(what=asset.name)
        read = asking.entries.one(place.content_type, place.entry, place.locale)
        place = replace(place, field=settled(read.fields, place.field))
        new = replace(new, place=place)
        before = self._kept.one(new.id)
        ours = before.key if before else ""
        seen = digest(place, value_at(read.fields, place.field), ours or wanted.picture.key(place))
        if before is not None:
            known = before.entry_version if seen == before.seen else 0
            new = replace(
                new,
                public_id=before.public_id,
                copy=before.copy,
                loose=before.loose,
                version=before.version,
                url=before.url,
                entry_version=known,
            )
        return replace(new, seen=seen, title=read.title)

    def unpublish(self, publications: Iterable[Publication]) -> str:
        """Have them taken back, as their destinations say. Returns the batch."""
        chosen = list(publications)
        for one in chosen:
            self._kept.note(one.id, _unwanted, at=self._means.now())
        return self._queued(chosen)

    def publications(self, name: str) -> tuple[Publication, ...]:
        """What is or was published at a destination."""
        return self._kept.of(self.one(name).id)

    # Conflicts

    def conflict(self, one: Publication) -> EditorConflict:
        """Call the service: what the field shows now, and what would be written."""
        place = one.place
        read = self._services.entries(self.one(one.destination)).one(
            place.content_type, place.entry, place.locale
        )
        value = value_at(read.fields, place.field)
        picture = self._states.of(one).picture
        ours = one.key or (picture.key(place) if picture else "")
        others = shown(place, without(place, value, ours)) if place.kind in LISTS else ()
        return EditorConflict(
            publication=one,
            theirs=shown(place, value),
            ours=(*others, picture.url if picture else one.url),
            seen=digest(place, value, ours),
        )

    def insist(self, conflict: EditorConflict) -> str:
        """Have ours written in the place of exactly what was shown. Returns the batch."""
        self._kept.note(
            conflict.publication.id,
            lambda one: replace(
                one,
                seen=conflict.seen,
                entry_version=0,
                wanted=True,
                state=PublicationState.PENDING,
                trouble=None,
            ),
            at=self._means.now(),
        )
        self._means.changed()
        return self._queued([conflict.publication])

    def again(self, publications: Iterable[Publication]) -> str:
        """Have what was taken back or refused written, as far as the gate lets it now.

        What an editor put there since is not replaced. Returns the batch.
        """
        chosen = list(publications)
        for one in chosen:
            self._kept.note(one.id, _wanted, at=self._means.now())
        return self._queued(chosen)

    def leave(self, one: Publication) -> None:
        """Let the editor's version stand, until somebody publishes again."""
        self._kept.note(
            one.id,
            lambda now: replace(now, state=PublicationState.LEFT, trouble=None),
            at=self._means.now(),
        )
        self._means.changed()

    # What follows of itself

    def heard(self, ended: Sequence[tuple[JobRecord, Result]]) -> None:
        """Runs ended, and it is on disk: entries follow what is delivered now.

        What failed may have changed things, too: a right has ended, whether or not the copy could
        be taken back.
        """
        self._follow([job for job, result in ended if result.state.is_finished])

    def catch_up(self) -> None:
        """After a start: what was asked for or ended just before the last end is followed up."""
        begun = [one for one in self._kept.begun() if self._states.of(one).is_due(one)]
        if begun:
            self._queued(begun)
        recent = self._means.jobs.recent(PUBLISHING, limit=REMEMBERED)
        self._follow([job for job in recent if job.state.is_finished])

    def _follow(self, jobs: Sequence[JobRecord]) -> None:
        assets = masters_of(jobs, self._means.placed)
        found = list(self._kept.of_assets(dict.fromkeys(assets)) if assets else ())
        if not any(job.kind == CONTENTSTACK for job in jobs):
            # Rights that were prolonged: the service knows the earlier end only.
            found += self._kept.ending(self._means.now() + AHEAD)
        self._bring(found)

    def follow(self, assets: Iterable[AssetId]) -> None:
        """Something was said of these that no run tells of: their entries follow."""
        self._bring(self._kept.of_assets(dict.fromkeys(assets)))

    def follow_feed(self, feed: str) -> None:
        """Products of this feed are said anew: entries follow those that they are shown for."""
        self._bring(self._kept.of_feed(feed))

    def _bring(self, found: Iterable[Publication]) -> None:
        known = {one.id: one for one in found}.values()
        due = [one for one in known if self._states.of(one).is_due(one)]
        if due:
            self._queued(due)

    def _tried(self, destination: Destination, token: Secret | None) -> Destination:
        """It, if it can be kept: the service answers to it."""
        new = replace(destination, name=destination.name.strip())
        check_destination(new)
        if any(one.name == new.name and one.id != new.id for one in self.destinations()):
            raise InvalidInputError(
                what=new.name,
                detail=QT_TRANSLATE_NOOP("facts", "there is a destination of that name"),
            )
        told = token.reveal() if token else "kept"
        if not told.isascii() or not told.strip():
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The token"),
                detail=QT_TRANSLATE_NOOP("facts", "it is empty or has odd characters"),
            )
        with self._services.tried(new, token) as entries:
            _check_environment(new, entries.environments())
        return new

    def _queued(self, publications: Iterable[Publication]) -> str:
        batch = uuid.uuid4().hex
        moment = self._means.now().isoformat()
        self._means.queue([new_job(one, batch, moment) for one in publications])
        return batch


def _unwanted(one: Publication) -> Publication:
    # Begun anew, so that a start finds it; what an editor changed stays known as theirs.
    is_theirs = one.state in (PublicationState.CONFLICT, PublicationState.LEFT)
    return replace(one, wanted=False, state=one.state if is_theirs else PublicationState.PENDING)


def _wanted(one: Publication) -> Publication:
    # What was taken back is not there: a refusal is one, and no withdrawal.
    url = "" if one.state is PublicationState.WITHDRAWN else one.url
    return replace(one, wanted=True, url=url, state=PublicationState.PENDING, trouble=None)


def _check_environment(destination: Destination, known: Mapping[str, str]) -> None:
    if destination.environment not in known:
        names = ", ".join(sorted(known)) or "-"
        raise UnknownEnvironmentError(environment=destination.environment, known=names)
