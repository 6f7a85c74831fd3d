"""Masters opened for the studio: previews from a child of their own, and the real file."""

import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from bridge_app.delivery.accounts import Account
from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.shelter import shelter_of
from bridge_app.media.content_credentials import holds_manifest
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.work.beside import Beside

if TYPE_CHECKING:
    from bridge_app.media.preview import Frame
    from bridge_app.media.preview_session import PreviewSession
    from bridge_app.transform import Rendered
    from bridge_app.transform.code import Code
    from bridge_app.transform.steps import Cut

PREVIEW_PX = 1200
CLOUD_PX = 2048
BROWSERS = "image/avif,image/webp"
"""What today's browsers accept, for `f_auto`."""
SHOWN_AS_THEY_ARE = frozenset({"jpg", "png", "webp"})
"""What Qt decodes by itself; of other files a thumbnail is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWish:
    """A rendition whose code somebody wants: its transformation, and its pixels.

    `widths` are those that browsers are offered; none: even shares of its own. With the settings
    of a `channel` it is shown as that one shows things.
    """

    asset: Asset
    transformation: str
    width: int
    height: int
    widths: tuple[int, ...] = ()
    channel: ChannelSettings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A rendition's real file, and a picture of it that can be shown (JPEG, PNG or WebP)."""

    file: "Rendered"
    picture: bytes


def is_here(asset: Asset) -> bool:
    """Does its master lie on this machine, and not at a service?"""
    return environment_of(asset.library) is None and shelter_of(asset.library) is None


def asks_for_still(transformation: str) -> bool:
    """Is a picture of a film asked for? Raises TransformationError."""
    # The transformation language loads libvips, which a start must not wait for.
    from bridge_app.transform.parse import parse  # noqa: PLC0415
    from bridge_app.transform.video.product import STILLS  # noqa: PLC0415

    asked = [p.text for c in parse(transformation).components if (p := c.parameter("f"))]
    return bool(asked) and asked[-1] in STILLS


class StudioDesk:
    """Opens masters, and writes the code of renditions. Blocking; any thread.

    The master of a cloud asset, or of one at PhotoShelter, is not here: its preview stands in.
    """

    def __init__(
        self,
        decoder: DecoderPool,
        *,
        file_path: Callable[[LibraryId, str], Path],
        picture: Callable[[AssetId, int], bytes],
        link: Callable[[Asset, RenditionPreset], DeliveryLink],
        account: Callable[[], Account | None],
        beside: Beside,
    ) -> None:
        self._decoder = decoder
        self.beside = beside
        self._file_path = file_path
        self._picture = picture
        self._link = link
        self._account = account

    def open(self, asset: Asset) -> "OpenMaster":
        """The asset's master; nothing is read before its first question."""
        return OpenMaster(
            asset,
            self._decoder,
            file_path=self._file_path,
            picture=self._picture,
            beside=self.beside,
        )

    def sample(self, asset: Asset, transformation: str, *, edge_px: int) -> "Sample | Frame":
        """One rendition of many, as an export makes it. Blocking.

        Only a frame of at most `edge_px` a side for a film, whose real file takes too long, and
        where the master is not here. Raises NotFoundError, FileTroubleError, MediaError,
        DecoderLimitError, TransformationError.
        """
        master = self.open(asset)
        if asset.kind is Kind.VIDEO or not master.is_here:
            try:
                return master.frame(transformation, edge_px=edge_px)
            finally:
                master.close()
        path = self._file_path(asset.library, asset.path)
        made = self._decoder.render(
            path,
            transformation,
            urgent=True,
            layers=self.beside.layers,
            named=self.beside.named_in(transformation),
            record=self.beside.boxes.wanted(asset, transformation),
        )
        if made.format in SHOWN_AS_THEY_ARE:
            return Sample(file=made, picture=made.data)
        with tempfile.TemporaryDirectory(prefix="asset-bridge-") as folder:
            written = Path(folder) / f"rendition.{made.format}"
            written.write_bytes(made.data)
            small = self._decoder.thumbnail(written, edge_px=edge_px, urgent=True)
        return Sample(file=made, picture=small.data)

    def has_credentials(self, asset: Asset) -> bool:
        """Does its master carry content credentials (C2PA)? Not known of what is not here.

        Raises NotFoundError or FileTroubleError.
        """
        path = self._file_path(asset.library, asset.path) if is_here(asset) else None
        return path is not None and holds_manifest(path)

    def codes(self, wish: CodeWish) -> "Mapping[Code, str]":
        """The code of every kind, if the gate lets the address be known now.

        What is private or authenticated has a signed address, which no code makes for others.
        Raises GateRefusalError, NotFoundError, TransformationError.
        """
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.delivery.addresses import GUARDED, host_of  # noqa: PLC0415
        from bridge_app.transform.channel_code import on_channel, with_defaults  # noqa: PLC0415
        from bridge_app.transform.code import Code, available, code  # noqa: PLC0415
        from bridge_app.transform.delivery_url import DeliveryPath  # noqa: PLC0415
        from bridge_app.transform.embed import Embed  # noqa: PLC0415
        from bridge_app.transform.parse import parse  # noqa: PLC0415

        copy, account = wish.asset.cloud, self._account()
        extension = copy.format if copy is not None else ""
        settings, shown = wish.channel, wish.transformation
        if settings is not None:
            shown = with_defaults(shown, settings)
        named = RenditionPreset(
            name="studio",
            title="",
            transformation=shown,
            format=extension,
            channel=(settings.use or settings.channel) if settings else "",
        )
        link = self._link(wish.asset, named)
        if copy is None or account is None or copy.delivery_type in GUARDED:
            return {Code.URL: link.url, Code.HTML: link.html, Code.MARKDOWN: link.markdown}
        path = DeliveryPath(
            public_id=copy.public_id,
            resource_type=copy.resource_type,
            delivery_type=copy.delivery_type,
            transformation=parse(shown),
            version=copy.version,
            extension=extension,
        )
        embed = Embed(
            host=host_of(account),
            path=path,
            alt=wish.asset.title or wish.asset.caption or PurePath(wish.asset.name).stem,
            width=wish.width,
            height=wish.height,
            widths=wish.widths,
        )
        if settings is not None:
            embed = on_channel(embed, settings)
        return {kind: code(kind, embed) for kind in available(embed)}


class OpenMaster:
    """One master, until `close`. Blocking; any thread, one question at a time."""

    def __init__(
        self,
        asset: Asset,
        decoder: DecoderPool,
        *,
        file_path: Callable[[LibraryId, str], Path],
        picture: Callable[[AssetId, int], bytes],
        beside: Beside,
    ) -> None:
        self._asset = asset
        self._beside = beside
        self._decoder = decoder
        self._file_path = file_path
        self._picture = picture
        self._opening = threading.Lock()
        self._session: PreviewSession | None = None
        self._proofs: PreviewSession | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._closed = False

    @property
    def is_here(self) -> bool:
        """Whether the master itself lies on this machine."""
        return is_here(self._asset)

    def master(self) -> "Frame":
        """The master as it is, at most 1200 pixels a side.

        Raises NotFoundError, FileTroubleError, MediaError.
        """
        return self._opened().master()

    def frame(self, transformation: str, *, edge_px: int, at_s: float | None = None) -> "Frame":
        """The master through a transformation. Raises as `master`, and TransformationError.

        A film at this moment; None: where the part begins that the transformation keeps.
        """
        return self._opened().frame(
            transformation,
            edge_px=edge_px,
            at_s=self._first_moment(transformation) if at_s is None else at_s,
            layers=self._beside.layers,
            named=self._beside.named_in(transformation),
            record=self._beside.boxes.known(self._asset),
        )

    def still(self, at_s: float, *, edge_px: int) -> bytes:
        """What is seen of a film at a moment. Raises as `master`; b"" where it is not here."""
        if not self.is_here:
            return b""
        path = self._file_path(self._asset.library, self._asset.path)
        return self._decoder.thumbnail(path, edge_px=edge_px, at_s=at_s).data

    def _first_moment(self, transformation: str) -> float | None:
        """Where the part of a film begins; None for its poster, and for all else."""
        if self._asset.kind is not Kind.VIDEO or not self.is_here:
            return None
        # The transformation language loads libvips, which a start must not wait for.
        from bridge_app.transform.parse import parse  # noqa: PLC0415
        from bridge_app.transform.video.span import moment_of, names_moment  # noqa: PLC0415

        asked, duration_s = parse(transformation), self._asset.duration_s
        if duration_s is None or not names_moment(asked):
            return None
        return float(moment_of(asked, Fraction(duration_s)))

    def last_cut(self, transformation: str) -> "Cut | None":
        """What the last step keeps, and where its gravity found its content. Raises as `frame`."""
        return self._opened().last_cut(
            transformation,
            named=self._beside.named_in(transformation),
            record=self._beside.boxes.known(self._asset),
        )

    def learn(self, transformation: str) -> bool:
        """Ask what people drew on its copy, if a gravity goes by that; whether there is more now.

        Blocking, with a call of the network at most once for each version.
        """
        boxes = self._beside.boxes
        before = boxes.known(self._asset)
        return before is None and boxes.wanted(self._asset, transformation) is not None

    def proof(self, transformation: str, *, with_films: bool = False) -> "Rendered | None":
        """The file that would be delivered, made from the master itself.

        None if that is not here, or is a film's, which takes long and is made `with_films` only.

        Raises as `frame` does, and MediaError when it is given up.
        """
        is_film = self._asset.kind is Kind.VIDEO and not asks_for_still(transformation)
        if not self.is_here or (is_film and not with_films):
            return None
        with self._opening:
            if self._closed:
                raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the studio is closed"))
            if self._proofs is None:
                path = self._file_path(self._asset.library, self._asset.path)
                self._proofs = self._decoder.open_preview(path, edge_px=PREVIEW_PX)
            proofs = self._proofs
        return proofs.render(
            transformation,
            accept=BROWSERS,
            layers=self._beside.layers,
            named=self._beside.named_in(transformation),
            record=self._beside.boxes.wanted(self._asset, transformation),
        )

    def give_up(self) -> None:
        """Stop making the file that is being made; whoever waits for it gets MediaError."""
        with self._opening:
            proofs, self._proofs = self._proofs, None
        if proofs is not None:
            proofs.close()

    def turn_to(self, asset: Asset) -> None:
        """Another master from now on; its previews come from the same child.

        Raises as `master` does.
        """
        with self._opening:
            self._asset = asset
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None
            if self._session is not None:
                self._session.turn_to(self._source(), size=asset.display_size)

    def close(self) -> None:
        """End the child."""
        with self._opening:
            self._closed = True
        for session in (self._session, self._proofs):
            if session is not None:
                session.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _opened(self) -> "PreviewSession":
        with self._opening:
            if self._closed:
                raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the studio is closed"))
            if self._session is None:
                self._session = self._decoder.open_preview(
                    self._source(), edge_px=PREVIEW_PX, size=self._asset.display_size
                )
            return self._session

    def _source(self) -> Path:
        """What previews are made from: the master, or what stands in for it."""
        if self.is_here:
            return self._file_path(self._asset.library, self._asset.path)
        return self._stand_in()

    def _stand_in(self) -> Path:
        """The service's own preview, in a file that goes with this object."""
        self._folder = tempfile.TemporaryDirectory(prefix="asset-bridge-")
        path = Path(self._folder.name) / "preview"
        path.write_bytes(self._picture(self._asset.id, CLOUD_PX))
        return path
