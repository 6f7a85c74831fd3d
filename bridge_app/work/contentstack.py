"""What is asked about stacks of Contentstack, and who sees that they follow what is delivered.

A part of the worker's door of its own. Everything blocks, and most of it calls the service.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bridge_app.channels.contentstack.entries import EntryVersion
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.contentstack import (
    Aim,
    Destination,
    EntryField,
    Publication,
    PublicationState,
    check_destination,
    locale_for,
)
from bridge_app.domain.contentstack_fields import digest, kind_of
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobRecord
from bridge_app.storage.contentstack import StackPublications
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.secrets import Secret
from bridge_app.work.contentstack_jobs import new_job
from bridge_app.work.contentstack_state import PublicationStates
from bridge_app.work.stack_services import StackServices
from bridge_app.work.write_back_jobs import PUBLISHING, masters_of

REMEMBERED = 500
"""Finished jobs that are looked at after a start: the last one may not have been followed up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishWish:
    """Where a person wants a rendition. An empty `locale` is found by market and language."""

    content_type: str
    entry: str
    field: str
    preset: str
    market: str = ""
    language: str = ""
    locale: str = ""
    label: str = ""


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
        new = replace(destination, id=uuid.uuid4().hex[:12], name=destination.name.strip())
        check_destination(new)
        if any(one.name == new.name for one in self.destinations()):
            raise InvalidInputError(what=new.name, detail="there is a destination of that name")
        if not token.reveal().isascii() or not token.reveal().strip():
            raise InvalidInputError(what="The token", detail="it is empty or has odd characters")
        environments = self._services.tried(new, token).environments()
        _check_environment(new, environments)
        self._services.keep(new, token)
        self._kept.add(new, who=self._means.who(), at=self._means.now())
        self._means.changed()
        return new

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

    def entries(self, name: str, content_type: str, locale: str = "") -> Iterator[EntryVersion]:
        """The entries of a type as they are in a locale, the master's by default."""
        entries = self._services.entries(self.one(name))
        return entries.listed(content_type, locale or _master(entries.locales()))

    # Publications

    def publish(self, name: str, asset: Asset, wish: PublishWish) -> str:
        """Have a rendition written into an entry's field, and that published. Returns the batch.

        What stands in the field now is replaced; what an editor puts there later is not. Raises
        what stands in the way: the gate's refusal, a field of another kind, the service.
        """
        destination = self.one(name)
        if asset.cloud is None:
            raise NotFoundError(what=f"A delivered copy of {asset.name}")
        entries = self._services.entries(destination)
        schema = entries.field(wish.content_type, wish.field)
        most = (schema.get("config") or {}).get("max_limit")
        place = EntryField(
            content_type=wish.content_type,
            entry=wish.entry,
            field=wish.field,
            locale=wish.locale or _locale(destination, wish, entries.locales()),
            kind=kind_of(schema),
            label=wish.label,
            most=most if isinstance(most, int) else 0,
        )
        new = Publication(
            destination=destination.id,
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
        read = entries.one(place.content_type, place.entry, place.locale)
        before = self._kept.one(new.id)
        public_id = before.public_id if before else ""
        seen = digest(place, read.fields.get(place.field), public_id or wanted.picture.public_id)
        if before is not None:
            known = before.entry_version if seen == before.seen else 0
            new = replace(
                new,
                public_id=public_id,
                version=before.version,
                url=before.url,
                entry_version=known,
            )
        self._kept.put(replace(new, seen=seen), at=self._means.now())
        self._means.changed()
        return self._queued([new])

    def unpublish(self, publications: Iterable[Publication]) -> str:
        """Have them taken back, as their destinations say. Returns the batch."""
        chosen = list(publications)
        for one in chosen:
            self._kept.note(one.id, _unwanted, at=self._means.now())
        return self._queued(chosen)

    def publications(self, name: str) -> tuple[Publication, ...]:
        """What is or was published at a destination."""
        return self._kept.of(self.one(name).id)

    # What follows of itself

    def heard(self, ended: Sequence[tuple[JobRecord, Result]]) -> None:
        """Runs ended, and it is on disk: entries follow what is delivered now.

        What failed may have changed things, too: a right has ended, whether or not the copy could
        be taken back.
        """
        self._follow([job for job, result in ended if result.state.is_finished])

    def catch_up(self) -> None:
        """After a start: what ended just before the last end is followed up."""
        recent = self._means.jobs.recent(PUBLISHING, limit=REMEMBERED)
        self._follow([job for job in recent if job.state.is_finished])

    def _follow(self, jobs: Sequence[JobRecord]) -> None:
        assets = masters_of(jobs, self._means.placed)
        known = self._kept.of_assets(dict.fromkeys(assets)) if assets else ()
        due = [one for one in known if self._states.of(one).is_due(one)]
        if due:
            self._queued(due)

    def _queued(self, publications: Iterable[Publication]) -> str:
        batch = uuid.uuid4().hex
        moment = self._means.now().isoformat()
        self._means.queue([new_job(one, batch, moment) for one in publications])
        return batch


def _unwanted(one: Publication) -> Publication:
    # Nobody asks again by this: an entry with an editor's picture is left to them.
    state = one.state if one.is_written else PublicationState.PENDING
    return replace(one, wanted=False, state=state)


def _check_environment(destination: Destination, known: Mapping[str, str]) -> None:
    if destination.environment not in known:
        raise NotFoundError(what=f"The environment {destination.environment} of the stack")


def _locale(
    destination: Destination, wish: PublishWish, locales: Sequence[Mapping[str, object]]
) -> str:
    known = [str(one["code"]) for one in locales]
    return locale_for(
        destination.locales, wish.language, wish.market, known, master=_master(locales)
    )


def _master(locales: Sequence[Mapping[str, object]]) -> str:
    """The locale that falls back to none."""
    own = [one for one in locales if not one.get("fallback_locale")]
    return str((own or locales)[0]["code"])
