"""The contract of every channel with pages: what is written, what the public sees, who wins."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from bridge_app.channels.channel import Channel, EntryVersion
from bridge_app.domain.contentstack import EntryConflictError, EntryField
from bridge_app.domain.contentstack_fields import kind_of
from bridge_app.domain.errors import NotFoundError, TransientError
from bridge_app.testing.demands import demand, demand_same, refusal

OURS, LATER, THEIRS = (
    f"https://pictures.example/{name}.jpg" for name in ("ours", "later", "theirs")
)


class EditorHands(Protocol):
    """What an editor and a visitor do at the place itself, without the channel."""

    def save(self, value: object) -> None:
        """Save another value of the place's field as a new version, unpublished."""

    def seen(self) -> object:
        """The field's value that the public sees; None if it sees no such entry."""

    def unreachable(self) -> AbstractContextManager[object]:
        """While this lasts, the service cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSubject:
    """A channel with an entry that nobody has published; `place` is a field of text in it."""

    channel: Channel
    place: EntryField
    title: str
    environment: str
    hands: EditorHands


class ChannelContract:
    """Subclass it in a test module and give a fixture `subject`: a new `ChannelSubject`."""

    def test_it_tells_where_pictures_can_stand(self, subject: ChannelSubject) -> None:
        """Its environment, its locales, and the fields of its entries."""
        channel, place = subject.channel, subject.place
        demand(subject.environment in channel.environments(), "the environment is known")
        locales = channel.locales()
        masters = [one["code"] for one in locales if not one.get("fallback_locale")]
        demand_same(len(masters), 1, "one locale falls back to none")
        demand(place.locale in [one["code"] for one in locales], "the place's locale is known")
        types = {one["uid"]: one for one in channel.content_types()}
        names = [one["uid"] for one in types[place.content_type]["schema"]]
        demand(place.field in names, "the field is listed with its kind of entries")
        told = channel.field(place.content_type, place.field)
        demand_same(kind_of(told), place.kind, "the field is of its kind")
        refusal(
            lambda: channel.field(place.content_type, "no-such-field"),
            NotFoundError,
            "a field that is not there",
        )

    def test_entries_are_listed_once_and_found_by_their_title(
        self, subject: ChannelSubject
    ) -> None:
        """Whatever the case of the letters."""
        channel, place = subject.channel, subject.place
        listed = [one.uid for one in channel.listed(place.content_type, place.locale)]
        demand_same(listed.count(place.entry), 1, "the entry is listed once")
        found = channel.found(place.content_type, place.locale, subject.title.upper())
        demand(place.entry in [one.uid for one in found], "it is found by its title")
        found = channel.found(place.content_type, place.locale, "no page is called so")
        demand_same(found, [], "nothing is found by another one")
        missing = replace(place, entry="no-such-entry")
        refusal(lambda: read(subject, missing), NotFoundError, "an entry that is not there")

    def test_what_is_written_is_what_is_read_and_nothing_else_changes(
        self, subject: ChannelSubject
    ) -> None:
        """And the version that is returned says so."""
        before = read(subject)
        version = write(subject, before, OURS)
        after = read(subject)
        demand(version > before.version, "a new version")
        demand_same(after.version, version, "the version that was returned")
        demand_same(after.fields.get(subject.place.field), OURS, "the value that was written")
        demand_same(after.title, before.title, "the title is as it was")
        demand_same(subject.hands.seen(), None, "nobody sees what was not published")

    def test_what_an_editor_saved_meanwhile_is_not_overwritten(
        self, subject: ChannelSubject
    ) -> None:
        """It is told, and theirs stays."""
        before = read(subject)
        subject.hands.save(THEIRS)
        refusal(
            lambda: write(subject, before, OURS), EntryConflictError, "an editor saved meanwhile"
        )
        demand_same(read(subject).fields.get(subject.place.field), THEIRS, "theirs stays")

    def test_the_public_sees_what_was_published_until_it_is_taken_back(
        self, subject: ChannelSubject
    ) -> None:
        """Doing either again changes nothing."""
        channel, place = subject.channel, subject.place
        version = write(subject, read(subject), OURS)
        for _ in range(2):
            channel.publish(place, version)
            demand_same(subject.hands.seen(), OURS, "the public sees it")
            demand_same(read(subject).published, version, "and the entry tells which version")
        later = write(subject, read(subject), LATER)
        demand_same(subject.hands.seen(), OURS, "the later version is a draft")
        demand_same(read(subject).published, version, "it still tells the published one")
        earlier = channel.one(place.content_type, place.entry, place.locale, version)
        demand_same(earlier.fields.get(place.field), OURS, "an earlier version can be read")
        channel.publish(place, later)
        demand_same(subject.hands.seen(), LATER, "until it is published")
        for _ in range(2):
            channel.unpublish(place)
            demand_same(subject.hands.seen(), None, "nobody sees what was taken back")
            demand_same(read(subject).published, None, "and the entry says so")
        channel.publish(place, later)
        demand_same(subject.hands.seen(), LATER, "it can be published again")

    def test_a_service_out_of_reach_says_so_and_loses_nothing(
        self, subject: ChannelSubject
    ) -> None:
        """Afterwards all is as it was."""
        before = read(subject)
        acts: tuple[Callable[[], object], ...] = (
            lambda: read(subject),
            lambda: write(subject, before, OURS),
            lambda: subject.channel.publish(subject.place, before.version),
            lambda: subject.channel.unpublish(subject.place),
            lambda: list(subject.channel.content_types()),
        )
        with subject.hands.unreachable():
            for act in acts:
                refusal(act, TransientError, "a call of what is out of reach")
        demand_same(read(subject), before, "all is as it was")


def read(subject: ChannelSubject, place: EntryField | None = None) -> EntryVersion:
    """The entry as it is."""
    at = place or subject.place
    return subject.channel.one(at.content_type, at.entry, at.locale)


def write(subject: ChannelSubject, before: EntryVersion, value: str) -> int:
    """Put a value into the field as it was read."""
    known = before.fields.get(subject.place.field)
    return subject.channel.write(subject.place, before, value, is_same=lambda there: there == known)
