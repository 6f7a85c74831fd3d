"""Who has files made for other programs. A part of the worker's door of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import BridgeError, OfflineError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.shelter import shelter_of
from bridge_app.libraries.errors import disk_trouble
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.exchange.departure import (
    DeliveredWish,
    Departure,
    NothingToTakeError,
    OriginalWish,
    Ready,
    RenderedWish,
    Wish,
)
from bridge_app.work.exchange.out_tray import OutTray
from bridge_app.work.file_gate import FileGate, FileSubject
from bridge_app.work.opened_originals import OpenedOriginals
from bridge_app.work.originals import Originals
from bridge_app.work.pictures import Pictures
from bridge_app.work.places import PlaceDesk, copied_preset
from bridge_app.work.renditions import measured
from bridge_app.work.studio import StudioDesk

COPIED_EDGE = 4096
"""Pixels a side at most of a picture on the clipboard, beside its file."""


class Handing(StrEnum):
    """How another program gets at an original that stays where it is; so the record calls it."""

    OPENED = "opened"
    LOCATED = "located"
    """It was told where the file lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingMeans:
    """What the desk is lent; `online` says whether the network may be used.

    `needed` are files that transfers have yet to read.
    """

    originals: Originals
    opened: OpenedOriginals
    pictures: Pictures
    studio: StudioDesk
    places: PlaceDesk
    files: FileGate
    decoder: DecoderPool
    file_path: Callable[[LibraryId, str], Path]
    online: Callable[[], bool]
    needed: Callable[[], frozenset[Path]]
    now: Callable[[], datetime]


class LeavingDesk:
    """Every method may be called from any thread; all but `departure` block."""

    def __init__(self, tray: OutTray, means: LeavingMeans) -> None:
        self._tray = tray
        self._means = means

    def departure(self, wishes: Sequence[Wish]) -> Departure:
        """What a drag or a copy takes along; nothing is made before it is carried out."""
        return Departure(self, self._tray, wishes)

    def tidy(self) -> None:
        """Delete what was handed over long ago."""
        self._tray.tidy(self._means.now(), needed=self._means.needed())

    def check(self, wishes: Sequence[Wish]) -> None:
        """Raises FileHeldBackError, on record, where a policy keeps one of these files here.

        Of what is delivered the gate is asked in any case, as it is fetched.
        """
        self._means.files.check(_subjects(wishes))

    def foresee(self, assets: Sequence[AssetId], how: Handing | None = None) -> str:
        """What the gate has against the originals of these; "" for nothing. Raises as `check`.

        `how` they would be handed over, where nothing is copied.
        """
        files = [FileSubject(one) for one in assets]
        return self._means.files.foresee(files, for_work=how is Handing.OPENED)

    def hand_over(self, assets: Sequence[AssetId], how: Handing) -> Mapping[AssetId, str]:
        """Another program gets at the originals of these where they lie: that is on record now.

        Returns what the gate has against them; of what is opened to be worked on, no more than a
        review cannot mend. Raises FileHeldBackError.
        """
        files, for_work = [FileSubject(one) for one in assets], how is Handing.OPENED
        self._means.files.check(files, for_work=for_work)
        return self._means.files.left(files, how.value, for_work=for_work)

    def take(self, assets: Sequence[Asset]) -> tuple[tuple[Path, ...], Mapping[AssetId, str]]:
        """The originals that are files here, on record as taken; what the gate has against them.

        Raises FileHeldBackError.
        """
        self.check([OriginalWish(asset=one) for one in assets])
        against = self._means.places.taken([(one, "") for one in assets], is_copied=True)
        return tuple(self._means.file_path(one.library, one.path) for one in assets), against

    def taken(self, ready: Sequence[Ready], *, is_copied: bool = False) -> Mapping[AssetId, str]:
        """Another program has these now: that is on record. What the gate has against them."""
        places = self._means.places
        files = [(one.wish.asset, _through(one.wish)) for one in ready if not one.link]
        against = places.taken(files, is_copied=is_copied) if files else {}
        for one in ready:
            if one.link is not None and isinstance(one.wish, DeliveredWish):
                copied = copied_preset(one.wish.preset, "url")
                places.copied(one.wish.asset, one.link.url, copied)
        return against

    def picture(self, path: Path) -> bytes:
        """A file as a JPEG or PNG to be shown; b"" where none can be made of it."""
        try:
            return self._means.decoder.thumbnail(path, edge_px=COPIED_EDGE, urgent=True).data
        except BridgeError:
            return b""

    def keep(self, name: str, data: bytes) -> Path:
        """Put what came in without a file into one of this name. Raises FileTroubleError."""
        place = self._tray.new() / name
        with disk_trouble(place):
            place.write_bytes(data)
        return place

    # Where files come from

    def original(
        self, asset: Asset, *, on_bytes: Callable[[int], None], cancelled: Callable[[], bool]
    ) -> Path:
        """The asset's own file, fetched if it is elsewhere. Raises what fetching raises."""
        if environment_of(asset.library) is None and shelter_of(asset.library) is None:
            return self._means.file_path(asset.library, asset.path)
        there = self._means.opened.there(asset)
        if there is not None:
            return there
        folder = self._means.opened.folder_for(asset)
        arrived = self._means.originals.fetch(asset, folder, on_bytes=on_bytes, cancelled=cancelled)
        self._means.opened.tidy([arrived.path])
        return arrived.path

    def delivered(self, asset: Asset, preset: RenditionPreset, into: Path) -> DeliveryLink:
        """Fetch a rendition. Raises GateRefusalError, NotFoundError, OfflineError."""
        link = self._means.pictures.link(asset, preset)
        if not self._means.online():
            raise OfflineError(service="Cloudinary")
        self._means.pictures.fetch(link.url, into)
        return link

    def rendered(self, asset: Asset, transformation: str) -> tuple[bytes, str]:
        """Make a rendition here. Raises NothingToTakeError, MediaError, TransformationError."""
        master = self._means.studio.open(asset)
        try:
            made = master.proof(transformation)
        finally:
            master.close()
        if made is None:
            raise NothingToTakeError(name=asset.name)
        return made.data, made.format

    def extension(self, asset: Asset, transformation: str, form: str) -> str:
        """What a rendition will be, by the rules alone. Raises TransformationError."""
        return measured(asset, transformation, form).ext

    def format_of(self, path: Path) -> str:
        """What a file is, by its content; "" where nobody can tell."""
        try:
            return self._means.decoder.probe(path, urgent=True).format
        except BridgeError:
            return ""


def _subjects(wishes: Sequence[Wish]) -> list[FileSubject]:
    """Of what the gate is asked as a file: what was made here, and originals."""
    return [
        FileSubject(one.asset.id, _through(one))
        for one in wishes
        if isinstance(one, OriginalWish | RenderedWish)
    ]


def _through(wish: Wish) -> str:
    return wish.transformation if isinstance(wish, RenderedWish) else ""
