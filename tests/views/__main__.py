"""Pictures of every view in every language and scheme: `python -m tests.views FOLDER`.

Each is FOLDER/LANGUAGE/SCHEME/VIEW.png. They are for looking at and belong to no commit. With
`--sheets` they are put side by side as well, some on each sheet.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from tests.views.screens import with_screen

LANGUAGES = ("en", "de", "fr", "es", "pt_BR", "ar", "ja", "zh_CN")
SIZE = "1440x900"
SCREEN_PX = (1920, 1200)
COLUMNS, ROWS = 2, 3
CELL_PX, EDGE_PX = (784, 500), 14


def main(argv: Sequence[str] | None = None) -> int:
    """Take them all; the exit status."""
    chosen = _arguments().parse_args(argv)
    with_screen(*SCREEN_PX)
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    # Not before: Qt reads how large things are when it is loaded.
    from tests.views.shooting import shoot_all  # noqa: PLC0415

    width, height = chosen.size.split("x")
    for folder in shoot_all(
        chosen.folder,
        languages=chosen.languages.split(","),
        schemes=chosen.schemes.split(","),
        only=[one for one in chosen.views.split(",") if one],
        size_px=(int(width), int(height)),
    ):
        if chosen.sheets:
            _sheets(folder)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="codes, or `pseudo`")
    parser.add_argument("--schemes", default="light,dark")
    parser.add_argument("--views", default="", help="beginnings of names; all without")
    parser.add_argument("--size", default=SIZE, help="of the main window, logical pixels")
    parser.add_argument("--scale", default=1.0, type=float, help="device pixels for each of them")
    parser.add_argument("--sheets", action="store_true")
    return parser


def _sheets(folder: Path) -> None:
    """Some pictures on each sheet, in the order of their names, beside the languages' folders."""
    shots = sorted(folder.glob("*.png"))
    for number, first in enumerate(range(0, len(shots), ROWS * COLUMNS)):
        sheet = Image.new("RGB", (COLUMNS * CELL_PX[0], ROWS * CELL_PX[1]), "gray")
        pen = ImageDraw.Draw(sheet)
        for place, shot in enumerate(shots[first : first + ROWS * COLUMNS]):
            left, top = place % COLUMNS * CELL_PX[0], place // COLUMNS * CELL_PX[1]
            with Image.open(shot) as picture:
                picture.thumbnail((CELL_PX[0] - 2 * EDGE_PX, CELL_PX[1] - 2 * EDGE_PX))
                sheet.paste(picture, (left + EDGE_PX, top + EDGE_PX))
            pen.text((left + EDGE_PX, top + 2), shot.stem, fill="white")
        name = f"{folder.parent.name}-{folder.name}-{number:02}.png"
        sheet.save(folder.parent.parent / name)


if __name__ == "__main__":
    sys.exit(main())
