"""Assets that are in the catalog without any file: enough for whoever only lists them."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QUrl
from PySide6.QtGui import QColor, QImage, QImageWriter

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.storage.catalog import SeenFile, asset_id
from bridge_app.storage.thumbs import THUMB_EDGE
from bridge_app.ui.asker import Asker
from bridge_app.ui.models.asset_list import AssetList
from tests.desk import Desk

LIBRARY = LibraryId("shelf")
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def now() -> datetime:
    """The moment these tests live in."""
    return NOW


def asset(number: int, **facts: object) -> Asset:
    """The asset of that number: a landscape picture nobody has decided about."""
    path = f"picture_{number:05}.jpg"
    made = Asset(
        id=asset_id(LIBRARY, path),
        library=LIBRARY,
        path=path,
        name=path,
        folder="",
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=1000 + number,
        modified_at=NOW.isoformat(),
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        md5=hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest(),
        width=600,
        height=400,
        display_width=600,
        display_height=400,
    )
    return replace(made, **facts)  # type: ignore[arg-type]


def put(desk: Desk, assets: Iterable[Asset]) -> list[AssetId]:
    """Catalogue these."""
    kept = list(assets)
    desk.parts.stock.catalog.put(
        [SeenFile(asset=entry, modified_ns=0, file_key="") for entry in kept]
    )
    return [entry.id for entry in kept]


def put_thumb(desk: Desk, entry: Asset, colour: str, size: tuple[int, int] = (512, 341)) -> None:
    """Store a thumbnail of one colour."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    raw = QByteArray()
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    desk.parts.stock.thumbs.put([(entry.sha256 or "", THUMB_EDGE, bytes(raw.data()))])


def listing(asker: Asker, clock: Callable[[], datetime] = now) -> AssetList:
    """A model that asks there."""
    return AssetList(
        asker, now=clock, url_of=lambda entry: QUrl.fromLocalFile(f"/shelf/{entry.path}")
    )
