"""The port to a library at a service: what syncs, searches, pushes and records rely on.

`ShelterService` fits it; whoever writes another library takes all names from here. The page
docs/libraries.md explains it, and `bridge_app.testing` holds an adapter to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    CredentialsError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
    TransientError,
)
from bridge_app.domain.shelter import (
    ContainerKind,
    IptcValue,
    ShelterAsset,
    ShelterContainer,
    Visibility,
)
from bridge_app.libraries.errors import disk_trouble
from bridge_app.libraries.photoshelter.errors import (
    NoPictureError,
    NotOfferedError,
    StoppedError,
    WrongBytesError,
)
from bridge_app.libraries.photoshelter.values import (
    Capabilities,
    CustomField,
    Digests,
    DownloadLink,
    MediaPage,
    MediaWindow,
    RecordTrouble,
    RenditionLink,
)
from bridge_app.storage.secrets import Secret

__all__ = [
    "BridgeError",
    "Capabilities",
    "ContainerKind",
    "CredentialsError",
    "CustomField",
    "Digests",
    "DownloadLink",
    "IptcValue",
    "Kind",
    "MediaPage",
    "MediaWindow",
    "NoPictureError",
    "NotFoundError",
    "NotOfferedError",
    "OfflineError",
    "OnlyRead",
    "OnlyReadError",
    "RateLimitedError",
    "ReadsMasters",
    "RecordTrouble",
    "RefusedByServiceError",
    "RemoteLibrary",
    "RenditionLink",
    "Secret",
    "ServiceTroubleError",
    "ShelterAsset",
    "ShelterContainer",
    "StoppedError",
    "TransientError",
    "Visibility",
    "WritesBack",
    "WrongBytesError",
    "disk_trouble",
]

Pages = Iterable[tuple[ShelterContainer, ...]]


class ReadsMasters(Protocol):
    """The half that reads. Methods block, run on any thread, raise BridgeError only.

    Identities of assets and containers never change and are compared as they are. A method that
    cannot reach the service raises an error that is transient (`TransientError`), and never tells
    an empty answer instead: absence is what a read by identity says, and nothing else.
    """

    def close(self) -> None:
        """End the waits and close the connections; later calls raise StoppedError."""

    def sign_out(self) -> None:
        """End the session at the service; one that has ended already is no trouble."""

    def capabilities(self) -> Capabilities:
        """What the service offers besides the rest; may be asked often."""

    def server_time(self) -> datetime | None:
        """The service's clock (UTC); None where it tells none."""

    def containers(self, parent: str | None, *, first_page: int = 1) -> Pages:
        """Pages of what lies directly in a collection; None: in the root.

        Each page holds what comes after the one before; `first_page` (from 1) goes on where an
        earlier walk ended. `parents` of what is told hold at least `parent`.
        """

    def all_containers(self, kind: ContainerKind) -> Pages:
        """Pages of all collections or of all galleries, wherever they lie."""

    def container(self, container_id: str) -> ShelterContainer | None:
        """One container, read by its identity; None if there is certainly none."""

    def gallery_counts(self, gallery: str) -> int:
        """How many media a gallery claims to hold."""

    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        """Page `page` (from 1) of the media in a window, those first that were uploaded first.

        A record that cannot be read is one of the page's `troubles`, and the others are told.
        """

    def media_total(self, window: MediaWindow) -> int | None:
        """How many media a window holds; None where that is not told."""

    def media(self, media_id: str) -> ShelterAsset | None:
        """One asset with all its facts, read by its identity; None if there is certainly none.

        Its `version_key` changes whenever its file is another one, and only then.
        """

    def picture(self, media_id: str, edge_px: int) -> bytes:
        """A JPEG that fits into edge_px × edge_px. Raises NoPictureError."""

    def download(
        self,
        media_id: str,
        into: Path,
        *,
        expected: int,
        on_bytes: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> Digests:
        """Fetch the original of `expected` bytes into a file, which appears whole or not at all.

        What arrived stays in `<into>.part`, and a later call goes on from there. `on_bytes` gets
        the bytes that are here. Raises StoppedError after `cancelled`, WrongBytesError.
        """

    def stream(self, media_id: str) -> AbstractContextManager[Iterator[bytes]]:
        """The original's bytes as they arrive; nothing is kept."""

    def download_link(self, media_id: str) -> DownloadLink | None:
        """An address that gives the original to whoever has it, for a while; None: not offered."""


class WritesBack(Protocol):
    """The half that writes. What a service cannot do raises NotOfferedError, see `OnlyRead`.

    Everything may be asked twice, and is done once.
    """

    def write_iptc(
        self, media_id: str, changes: Mapping[str, IptcValue | None], *, base_modified: str
    ) -> str:
        """Change fields of the IPTC record; None clears one. Gives the new `modified_at`, or "".

        Raises RefusedByServiceError if the record has changed since `base_modified`.
        """

    def add_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """Add keywords; those that are there stay, once."""

    def remove_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """Remove keywords; those that are not there are no trouble."""

    def custom_fields(self) -> tuple[CustomField, ...]:
        """The fields that the organisation defined, with their options."""

    def write_custom(self, media_id: str, choices: Mapping[str, str | None]) -> None:
        """Choose options by the names of field and option; None takes the choice back."""

    def upload(
        self, gallery: str, name: str, data: bytes | Path, *, replace: bool, key: str
    ) -> str:
        """Put a file into a gallery and give its identity; the same `key` is the same upload."""

    def put_version(self, media_id: str, data: Path, *, label: str, base: str) -> None:
        """Make a file the version of a master that counts; the same `label` is the same version.

        `base` is the `version_key` of what it was made from. Raises RefusedByServiceError if the
        master has another file meanwhile.
        """

    def links(self, media_id: str) -> tuple[RenditionLink, ...]:
        """The renditions listed at a master."""

    def put_links(
        self, media_id: str, links: tuple[RenditionLink, ...], *, instead_of: frozenset[str]
    ) -> None:
        """List these renditions at a master, in the place of those with these names.

        What others have listed there stays as it is, whatever it says.
        """

    def create_gallery(self, name: str, parents: tuple[str, ...]) -> str:
        """Make a private, unlisted gallery; its identity."""

    def create_collection(self, name: str, parent: str | None) -> str:
        """Make a private, unlisted collection; its identity."""

    def move(self, container_id: str, parent: str | None) -> None:
        """Put a container under one collection; None: under the root."""

    def set_visibility(self, container_id: str, visibility: Visibility) -> None:
        """Say who may see a container and what is in it."""


class RemoteLibrary(ReadsMasters, WritesBack, Protocol):
    """A library at a service."""


class OnlyReadError(NotOfferedError):
    """The service takes nothing back, and was never meant to: no trouble of anybody's."""


class OnlyRead:
    """To inherit from where a service takes nothing back: nothing that writes is offered.

    What was published of its masters is recorded nowhere but here then, and a decision stays on
    this desktop.
    """

    service: str
    """What people call the service."""

    def custom_fields(self) -> tuple[CustomField, ...]:
        """None."""
        return ()

    def write_iptc(self, *_: object, **__: object) -> str:
        """Not offered."""
        raise self._refusal()

    def add_keywords(self, *_: object, **__: object) -> None:
        """Not offered."""
        raise self._refusal()

    def remove_keywords(self, *_: object, **__: object) -> None:
        """Not offered."""
        raise self._refusal()

    def write_custom(self, *_: object, **__: object) -> None:
        """Not offered."""
        raise self._refusal()

    def upload(self, *_: object, **__: object) -> str:
        """Not offered."""
        raise self._refusal()

    def put_version(self, *_: object, **__: object) -> None:
        """Not offered."""
        raise self._refusal()

    def links(self, *_: object, **__: object) -> tuple[RenditionLink, ...]:
        """Not offered."""
        raise self._refusal()

    def put_links(self, *_: object, **__: object) -> None:
        """Not offered."""
        raise self._refusal()

    def create_gallery(self, *_: object, **__: object) -> str:
        """Not offered."""
        raise self._refusal()

    def create_collection(self, *_: object, **__: object) -> str:
        """Not offered."""
        raise self._refusal()

    def move(self, *_: object, **__: object) -> None:
        """Not offered."""
        raise self._refusal()

    def set_visibility(self, *_: object, **__: object) -> None:
        """Not offered."""
        raise self._refusal()

    def _refusal(self) -> OnlyReadError:
        return OnlyReadError(
            service=self.service, detail=QT_TRANSLATE_NOOP("facts", "it is only read")
        )
