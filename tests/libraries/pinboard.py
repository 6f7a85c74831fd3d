"""A library as somebody else would write it: a pinboard in memory that is only read."""

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import NotFoundError, OfflineError
from bridge_app.libraries.errors import disk_trouble
from bridge_app.libraries.remote import (
    Capabilities,
    ContainerKind,
    Digests,
    DownloadLink,
    MediaPage,
    MediaWindow,
    OnlyRead,
    ShelterAsset,
    ShelterContainer,
    StoppedError,
    WrongBytesError,
)
from bridge_app.testing import Place

PER_PAGE = 2
BEGINNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
GALLERY, COLLECTION = ContainerKind.GALLERY, ContainerKind.COLLECTION


@dataclass
class Board:
    """What hangs there; also the hands of whoever hangs it. See `bridge_app.testing.Hands`."""

    boxes: dict[Place, ShelterContainer] = field(default_factory=dict)
    pins: dict[str, ShelterAsset] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    is_away: bool = False
    _ticks: int = 0

    def put(self, place: Place, name: str, data: bytes) -> None:
        at, pin = self._tick(), f"pin-{self._ticks}"
        self.files[pin] = data
        self.pins[pin] = ShelterAsset(
            account="",
            media_id=pin,
            kind=Kind.IMAGE,
            file_name=name,
            bytes=len(data),
            galleries=(self._box(place, GALLERY),),
            hash=f"sha1:{hashlib.sha1(data, usedforsecurity=False).hexdigest()}",
            created_at=at,
            modified_at=at,
        )

    def replace(self, place: Place, name: str, data: bytes) -> None:
        pin = self._pin(place, name)
        self.files[pin] = data
        sha1 = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        self._change(pin, bytes=len(data), hash=f"sha1:{sha1}")

    def move(self, place: Place, name: str, *, to: Place) -> None:
        self._change(self._pin(place, name), galleries=(self._box(to, GALLERY),))

    def remove(self, place: Place, name: str) -> None:
        del self.pins[self._pin(place, name)]

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        self.is_away = True
        yield
        self.is_away = False

    def _tick(self) -> str:
        self._ticks += 1
        return (BEGINNING + timedelta(seconds=self._ticks)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _pin(self, place: Place, name: str) -> str:
        box = self.boxes[place].id
        (pin,) = [
            one for one in self.pins.values() if (one.file_name, *one.galleries) == (name, box)
        ]
        return pin.media_id

    def _change(self, pin: str, **facts: object) -> None:
        self.pins[pin] = replace(self.pins[pin], modified_at=self._tick(), **facts)  # type: ignore[arg-type]

    def _box(self, place: Place, kind: ContainerKind) -> str:
        if place not in self.boxes:
            above = (self._box(place[:-1], COLLECTION),) if place[:-1] else ()
            made = ShelterContainer(
                id=f"box-{len(self.boxes)}", kind=kind, name=place[-1], parents=above
            )
            self.boxes[place] = made
        return self.boxes[place].id


class Pinboard(OnlyRead):
    """Fits `RemoteLibrary`."""

    service = "Pinboard"

    def __init__(self, board: Board, account: str) -> None:
        self._board = board
        self._account = account
        self._is_closed = False

    def close(self) -> None:
        self._is_closed = True

    def sign_out(self) -> None:
        """There is no session."""

    def capabilities(self) -> Capabilities:
        return Capabilities(listing_includes=True)

    def server_time(self) -> datetime | None:
        self._answer()
        return None

    def containers(
        self, parent: str | None, *, first_page: int = 1
    ) -> Iterator[tuple[ShelterContainer, ...]]:
        boxes = self._answer().boxes.values()
        inside = [one for one in boxes if (parent in one.parents) or not (parent or one.parents)]
        if first_page == 1:
            yield tuple(inside)

    def all_containers(self, kind: ContainerKind) -> Iterator[tuple[ShelterContainer, ...]]:
        yield tuple(one for one in self._answer().boxes.values() if one.kind is kind)

    def container(self, container_id: str) -> ShelterContainer | None:
        boxes = self._answer().boxes.values()
        return next((one for one in boxes if one.id == container_id), None)

    def gallery_counts(self, gallery: str) -> int:
        return sum(gallery in one.galleries for one in self._answer().pins.values())

    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        pins = [
            replace(one, account=self._account)
            for one in self._answer().pins.values()
            if _is_within(one, window)
        ]
        start = (page - 1) * PER_PAGE
        some = tuple(pins[start : start + PER_PAGE])
        return MediaPage(assets=some, total=len(pins), has_more=start + PER_PAGE < len(pins))

    def media_total(self, window: MediaWindow) -> int | None:
        return self.media_page(window, 1).total

    def media(self, media_id: str) -> ShelterAsset | None:
        pin = self._answer().pins.get(media_id)
        return pin and replace(pin, account=self._account)

    def picture(self, media_id: str, edge_px: int) -> bytes:
        file = io.BytesIO()
        with Image.open(io.BytesIO(self._file(media_id))) as picture:
            picture.thumbnail((edge_px, edge_px))
            picture.save(file, "JPEG")
        return file.getvalue()

    def download(
        self,
        media_id: str,
        into: Path,
        *,
        expected: int,
        on_bytes: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> Digests:
        data = self._file(media_id)
        if cancelled():
            raise StoppedError
        if len(data) != expected:
            raise WrongBytesError(service=self.service, name=media_id, detail=f"{len(data)} bytes")
        draft = into.with_name(f"{into.name}.part")
        with disk_trouble(into):
            draft.write_bytes(data)
            draft.replace(into)
        on_bytes(len(data))
        sha256 = hashlib.sha256(data).hexdigest()
        md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
        sha1 = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        return Digests(sha256=sha256, sha1=sha1, md5=md5, bytes=len(data))

    def stream(self, media_id: str) -> AbstractContextManager[Iterator[bytes]]:
        return nullcontext(iter((self._file(media_id),)))

    def download_link(self, media_id: str) -> DownloadLink | None:
        self._file(media_id)
        return None

    def _file(self, media_id: str) -> bytes:
        board = self._answer()
        if media_id not in board.pins:
            raise NotFoundError(what=media_id)
        return board.files[media_id]

    def _answer(self) -> Board:
        if self._is_closed:
            raise StoppedError
        if self._board.is_away:
            raise OfflineError(service=self.service)
        return self._board


def _is_within(pin: ShelterAsset, window: MediaWindow) -> bool:
    return all(
        (
            not window.galleries or bool({*window.galleries} & {*pin.galleries}),
            pin.modified_at >= window.modified_from,
            not window.modified_until or pin.modified_at <= window.modified_until,
            pin.created_at >= window.created_from,
            not window.created_until or pin.created_at <= window.created_until,
            window.words.casefold() in pin.file_name.casefold(),
            window.file_name in ("", pin.file_name),
        )
    )
