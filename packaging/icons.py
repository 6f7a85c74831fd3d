"""Draws the application's icon in every size that desktops ask for, from its one SVG.

    python packaging/icons.py OUT

OUT/hicolor is the tree of the icon theme for Linux, OUT/asset-bridge.ico is for Windows and
OUT/asset-bridge.icns for macOS. The files are the same each time.
"""

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

NAME = "asset-bridge"
DRAWING = Path(__file__).resolve().parents[1] / "resources" / f"{NAME}.svg"
THEME_SIZES_PX = (16, 22, 24, 32, 36, 48, 64, 72, 96, 128, 192, 256, 384, 512)
WINDOWS_SIZES_PX = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS_SIZES_PX = (16, 32, 64, 128, 256, 512, 1024)


def drawn(drawing: bytes, size_px: int) -> Image.Image:
    """The icon in one size, drawn for it and not scaled."""
    picture = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    straight = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size_px, size_px), bytes(straight.constBits()))


def write(out: Path) -> None:
    """Write them all."""
    drawing = DRAWING.read_bytes()
    theme = out / "hicolor"
    sizes = sorted({*THEME_SIZES_PX, *WINDOWS_SIZES_PX, *MACOS_SIZES_PX})
    pictures = {size_px: drawn(drawing, size_px) for size_px in sizes}
    for size_px in THEME_SIZES_PX:
        place = theme / f"{size_px}x{size_px}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        pictures[size_px].save(place / f"{NAME}.png", optimize=True)
    scalable = theme / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    (scalable / f"{NAME}.svg").write_bytes(drawing)
    windows = [pictures[size_px] for size_px in WINDOWS_SIZES_PX]
    windows[-1].save(
        out / f"{NAME}.ico",
        sizes=[(size_px, size_px) for size_px in WINDOWS_SIZES_PX],
        append_images=windows[:-1],
    )
    macos = [pictures[size_px] for size_px in MACOS_SIZES_PX]
    macos[-1].save(out / f"{NAME}.icns", append_images=macos[:-1])


if __name__ == "__main__":
    write(Path(sys.argv[1]))
