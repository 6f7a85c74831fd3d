"""One account of a PhotoShelter-style service: all that is asked of it, behind one object.

Source: reference/photoshelter.md, 4 to 14.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from random import Random, SystemRandom

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.shelter import (
    ContainerKind,
    IptcValue,
    ShelterAsset,
    ShelterContainer,
    Visibility,
)
from bridge_app.libraries.photoshelter.answers import http_date
from bridge_app.libraries.photoshelter.authentication import renewed
from bridge_app.libraries.photoshelter.capabilities import capabilities
from bridge_app.libraries.photoshelter.containers import (
    by_id,
    changed,
    checked_id,
    children,
    created,
    everywhere,
    media_count,
)
from bridge_app.libraries.photoshelter.credentials import KeptCredentials
from bridge_app.libraries.photoshelter.downloads import Fetch, download, stream
from bridge_app.libraries.photoshelter.links import download_link
from bridge_app.libraries.photoshelter.media import MediaReader
from bridge_app.libraries.photoshelter.metadata import MetadataWriter, checked_words
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.libraries.photoshelter.pictures import picture
from bridge_app.libraries.photoshelter.rendition_links import links, put_links
from bridge_app.libraries.photoshelter.retrying import Wire
from bridge_app.libraries.photoshelter.session import Ask, Session
from bridge_app.libraries.photoshelter.transport import Transport
from bridge_app.libraries.photoshelter.uploads import Upload, upload
from bridge_app.libraries.photoshelter.values import (
    Capabilities,
    CustomField,
    Digests,
    DownloadLink,
    MediaPage,
    MediaWindow,
    RenditionLink,
)
from bridge_app.libraries.photoshelter.versions import NewVersion, put_version


class ShelterService:
    """Thread-safe. Methods block and raise BridgeError only (see `errors`).

    Args:
        account: Our name of the account, as in `ShelterAsset.account`.
        kept: Where its credentials are; what is renewed is kept there before it is used.
        now: The clock (UTC).
        service: What people call it.
        pacing: How fast it is asked.
        rng: Spreads the tries.
    """

    def __init__(
        self,
        account: str,
        kept: KeptCredentials,
        *,
        now: Callable[[], datetime],
        service: str = "PhotoShelter",
        pacing: Pacing | None = None,
        rng: Random | None = None,
    ) -> None:
        self._wire = Wire(
            Transport(service), pacing=pacing or Pacing(), now=now, rng=rng or SystemRandom()
        )
        self._session = Session(self._wire, kept, renew=renewed)
        self._reader = MediaReader(
            self._session, account, joins=lambda: self.capabilities().listing_includes
        )
        self._writer = MetadataWriter(self._session)
        self._lock = threading.Lock()
        self._capabilities: Capabilities | None = None

    def close(self) -> None:
        """End the waits and close the connections; later calls raise StoppedError."""
        self._wire.pacing.stop()
        self._wire.transport.close()
        # Without them the next start signs in again, if it can.
        with suppress(BridgeError):
            self._session.keep_cookies()

    def sign_out(self) -> None:
        """End the session at the service; one that has ended already is no trouble."""
        self._session.end()

    def capabilities(self) -> Capabilities:
        """What the service offers; asked once for each object, by harmless reads."""
        with self._lock:
            if self._capabilities is None:
                self._capabilities = capabilities(self._session)
            return self._capabilities

    def server_time(self) -> datetime | None:
        """The service's clock (UTC, whole seconds), asked now; None where it tells none."""
        headers = self._session.reply(Ask(path="/user/session")).headers
        return http_date(headers.get("date", ""))

    def containers(
        self, parent: str | None, *, first_page: int = 1
    ) -> Iterator[tuple[ShelterContainer, ...]]:
        """Pages of what lies directly in a collection; None: in the root.

        `first_page` (from 1) goes on where an earlier walk ended. A container that cannot be
        read is left out, and `parents` holds at least `parent`. Cycles are the caller's to
        notice. Raises EndlessListingError.
        """
        joins = self.capabilities().listing_includes
        return children(self._session, parent, first_page=first_page, joins=joins)

    def all_containers(self, kind: ContainerKind) -> Iterator[tuple[ShelterContainer, ...]]:
        """Pages of all collections or of all galleries, wherever they lie; `parents` may be ().

        `GET /collections` or `GET /galleries`, as many on a page as the service gives: how
        a sync notices cheaply that no container has changed. Raises EndlessListingError.
        Source: reference/photoshelter.md, 6.
        """
        joins = self.capabilities().listing_includes
        return everywhere(self._session, kind, joins=joins)

    def container(self, container_id: str) -> ShelterContainer | None:
        """One container read by its id, `parents` may be (); None if there is none of that id.

        Raises NoPermissionError where there is one that we may not see.
        """
        joins = self.capabilities().listing_includes
        return by_id(self._session, container_id, joins=joins)

    def gallery_counts(self, gallery: str) -> int:
        """How many media a gallery claims to hold."""
        return media_count(self._session, gallery)

    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        """Page `page` (from 1) of the media in a window, oldest upload first.

        Raises EndlessListingError beyond the last page that the service gives, which is 999.
        """
        return self._reader.page(window, page)

    def media_total(self, window: MediaWindow) -> int | None:
        """How many media a window claims to hold, in one call; None where it claims nothing."""
        return self._reader.total(window)

    def media(self, media_id: str) -> ShelterAsset | None:
        """One asset with all its facts, read by its id; None if the service has none of that id.

        Raises NoPermissionError where there is one that we may not see, BadRecordError.
        """
        return self._reader.one(media_id)

    def picture(self, media_id: str, edge_px: int) -> bytes:
        """A JPEG that fits into edge_px × edge_px. Raises NoPictureError."""
        return picture(self._session, media_id, edge_px)

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

        What arrived is kept in `<into>.part`, and a later call goes on from there: name the
        content in `into`. `on_bytes` gets the bytes that are here, of `expected`.

        Raises StoppedError after `cancelled`, WrongBytesError, DiskFullError, FileTroubleError.
        """
        fetch = Fetch(media_id=media_id, expected=expected, on_bytes=on_bytes, cancelled=cancelled)
        return download(self._session, fetch, into)

    def stream(self, media_id: str) -> AbstractContextManager[Iterator[bytes]]:
        """The original's bytes as they arrive; nothing is kept."""
        return stream(self._session, media_id)

    def download_link(self, media_id: str) -> DownloadLink | None:
        """An address that gives the original to whoever has it; None where it is not offered."""
        if not self.capabilities().download_links:
            return None
        return download_link(self._session, media_id)

    def write_iptc(
        self, media_id: str, changes: Mapping[str, IptcValue | None], *, base_modified: str
    ) -> str:
        """Change fields of the IPTC record; None clears one, a list replaces one.

        `base_modified` is the asset's `modified_at` as it was read. Gives the new one, or "".
        Raises EditConflictError if the record has changed since.
        """
        return self._writer.write_iptc(media_id, changes, base_modified)

    def add_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """Add keywords; those that are there stay, once."""
        self._writer.add_keywords(media_id, checked_words(words))

    def remove_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """Remove keywords; those that are not there are no trouble."""
        self._writer.remove_keywords(media_id, words)

    def custom_fields(self) -> tuple[CustomField, ...]:
        """The fields that the organisation defined, with their options."""
        return self._writer.custom_fields()

    def write_custom(self, media_id: str, choices: Mapping[str, str | None]) -> None:
        """Choose options by the names of field and option; None takes the choice back.

        Raises InvalidInputError for a field or an option that is not defined.
        """
        self._writer.write_custom(media_id, choices)

    def upload(
        self, gallery: str, name: str, data: bytes | Path, *, replace: bool, key: str
    ) -> str:
        """Put a file into a gallery and give its media id.

        What is there already is not sent again. `key` names this upload: the same key is the same
        upload, however often it is tried.

        Raises NameTakenError for another file of that name unless it is to be replaced.
        """
        wanted = Upload(gallery=gallery, name=name, data=data, replace=replace, key=key)
        return upload(self._session, wanted)

    def put_version(self, media_id: str, data: Path, *, label: str, base: str) -> None:
        """Make a file the version of a master that counts; those before are kept there.

        `label` names it: the same label is the same version, however often it is tried. `base` is
        the `version_key` of what it was made from. Raises NotOfferedError, EditConflictError if
        the master has another file meanwhile.
        """
        wanted = NewVersion(media_id=media_id, data=data, label=label, base=base)
        put_version(self._session, wanted, self.media)

    def links(self, media_id: str) -> tuple[RenditionLink, ...]:
        """The renditions listed at a master. Raises NotOfferedError."""
        return links(self._session, media_id)

    def put_links(
        self, media_id: str, links: tuple[RenditionLink, ...], *, instead_of: frozenset[str]
    ) -> None:
        """List these renditions at a master, in the place of those with these names.

        What others have listed stays as it is. Raises NotOfferedError.
        """
        put_links(self._session, media_id, links, instead_of)

    def create_gallery(self, name: str, parents: tuple[str, ...]) -> str:
        """Make a private, unlisted gallery; its id."""
        return created(self._session, ContainerKind.GALLERY, name, parents)

    def create_collection(self, name: str, parent: str | None) -> str:
        """Make a private, unlisted collection; its id."""
        parents = (parent,) if parent else ()
        return created(self._session, ContainerKind.COLLECTION, name, parents)

    def move(self, container_id: str, parent: str | None) -> None:
        """Put a container under one collection; None: under the root."""
        parents = [checked_id(parent)] if parent else []
        changed(self._session, container_id, {"parents": parents, "parent": parent})

    def set_visibility(self, container_id: str, visibility: Visibility) -> None:
        """Say who may see a container and what is in it."""
        changed(self._session, container_id, {"mode": visibility.value})
