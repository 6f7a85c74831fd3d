"""The port of channels with pages: what Asset Bridge asks of a CMS, a shop or a portal.

Pictures stand in fields of entries, in locales, and entries are published. Contentstack is one
such channel; packages of others bring more, by an entry point in the group `GROUP` whose object
fits `ChannelMaker`. See docs/authors.md.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import EntryPoint
from typing import Any, Protocol, cast

from bridge_app.domain.contentstack import Destination, EntryConflictError, EntryField, FieldKind
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    NotFoundError,
    TransientError,
)
from bridge_app.storage import packages

__all__ = [
    "Channel",
    "ChannelMaker",
    "ChannelWords",
    "CredentialsError",
    "Destination",
    "EntryConflictError",
    "EntryField",
    "EntryVersion",
    "FieldKind",
    "NotFoundError",
    "TransientError",
]

GROUP = "asset_bridge.channels"
Json = dict[str, Any]


class ChannelNotInstalledError(BridgeError):
    """The package that brings a kind of channel is not there, or is broken."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Channels of the kind {kind} need a package that {detail}. What is published there stays "
        "as it is.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryVersion:
    """An entry as it is in a locale. `is_own` False: it falls back to another locale's.

    `published` is the version that the public sees in the environment and locale that were asked
    for; None if it sees none.
    """

    uid: str
    title: str
    version: int
    is_own: bool
    fields: Mapping[str, Any]
    published: int | None


class Channel(Protocol):
    """One place with pages. Thread-safe; methods block and raise BridgeError only.

    TransientError where the service is out of reach or asks for patience, CredentialsError where
    the token does not do, NotFoundError for what certainly is not there.
    """

    def environments(self) -> Mapping[str, str]:
        """Where entries can be published: identities by name."""

    def content_types(self) -> Iterable[Json]:
        """All kinds of entries: `uid`, `title`, and `schema`, a list as `field` tells one."""

    def field(self, content_type: str, name: str) -> Json:
        """`uid`, `display_name` and `data_type` of a field: `text`, `link`, or `json` for objects.

        Of a field of objects, `config` may have a `max_limit`. Raises NotFoundError.
        """

    def locales(self) -> list[Json]:
        """`code` and `name`, and `fallback_locale` of all but the master."""

    def listed(self, content_type: str, locale: str) -> Iterable[EntryVersion]:
        """All entries of a kind, each once."""

    def found(self, content_type: str, locale: str, text: str) -> list[EntryVersion]:
        """Some whose title holds a text, whatever its case; all do hold ""."""

    def one(
        self, content_type: str, uid: str, locale: str, version: int | None = None
    ) -> EntryVersion:
        """An entry as it is, or as a version of it was. Raises NotFoundError."""

    def write(
        self,
        place: EntryField,
        read: EntryVersion,
        value: object,
        *,
        is_same: Callable[[Any], bool],
    ) -> int:
        """Put a value into one field, and nothing else; the version that says so.

        If somebody saved since `read` and the field's value is not `is_same`, theirs stays, and
        EntryConflictError is raised.
        """

    def publish(self, place: EntryField, version: int) -> None:
        """Have the public see a version of the entry in the place's locale. Again: no change."""

    def unpublish(self, place: EntryField, at: datetime | None = None) -> None:
        """Have it see none, now or from a moment in UTC; publishing ends what was planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelWords:
    """What people call a service (`title`), what names a `place` in it, and its `token`.

    "" for what a package has no word of its own for.
    """

    title: str
    place: str = ""
    token: str = ""


class ChannelMaker(Protocol):
    """One kind of channel; it may have `words`, too, a `ChannelWords` for the form to add one."""

    @property
    def title(self) -> str:
        """What people call the service."""

    def open(self, destination: Destination, token: str) -> Channel:
        """The channel, ready for calls; nothing is asked of the service yet.

        `destination.api_key` is what a person typed to name the place there, an address maybe, and
        `destination.environment` the one to publish in. `token` is kept nowhere else.
        """


def installed() -> dict[str, EntryPoint]:
    """The kinds that installed packages bring; nothing of theirs is loaded."""
    return packages.installed(GROUP)


def spoken() -> dict[str, ChannelWords]:
    """What kinds with pages call what a person types; loads them. A broken one is its kind."""
    found = {}
    for kind in installed():
        try:
            made = maker(kind)
        except ChannelNotInstalledError:
            found[kind] = ChannelWords(title=kind)
            continue
        if hasattr(made, "open"):
            words = getattr(made, "words", None)
            if not isinstance(words, ChannelWords):
                words = ChannelWords(title=str(made.title))
            found[kind] = words
    return found


def maker(kind: str) -> ChannelMaker:
    """Load what makes channels of a kind. Raises ChannelNotInstalledError."""
    return cast(ChannelMaker, packages.loaded(GROUP, kind, ChannelNotInstalledError))
