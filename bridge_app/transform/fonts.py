"""Which fonts this computer can set a text in: our own, the system's and the person's.

Pango takes another font in silence when a family is missing; whoever shows the result has to say
so, and for that the families have to be known. Only the table of names is read of each file.
"""

import os
import struct
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import BinaryIO

from PIL import ImageFont

BUNDLED_FAMILY = "Inter"
"""The family that comes with the application, in four weights."""

_PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries `resources/` inside the package; a checkout has it beside the package.
_BUNDLED = (_PACKAGE / "_resources" / "fonts", _PACKAGE.parent / "resources" / "fonts")
_BUNDLED_WEIGHTS: Mapping[int, str] = {
    400: "Regular",
    500: "Medium",
    600: "SemiBold",
    700: "Bold",
}
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})
_FAMILY_NAMES = frozenset({1, 16})  # the family, and the typographic family of many weights
_MOST_FONTS_IN_FILE = 32
_MOST_TABLES = 256
_MOST_NAMES = 4096
_MOST_NAME_BYTES = 1 << 20

# What a family's name says of its kind, for those that are not here.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "monospace": ("mono", "code", "courier", "consol", "typewriter"),
    "serif": (
        "serif",
        "times",
        "georgia",
        "garamond",
        "baskerville",
        "bodoni",
        "didot",
        "caslon",
        "playfair",
        "merriweather",
        "lora",
        "slab",
        "roman",
        "cambria",
        "palatino",
    ),
}


def bundled_file(family: str, weight: int) -> Path | None:
    """Our own file for a family and a weight (100–900), the nearest one; None: not ours."""
    if family.casefold() != BUNDLED_FAMILY.casefold():
        return None
    nearest = min(_BUNDLED_WEIGHTS, key=lambda known: (abs(known - weight), known))
    name = f"{BUNDLED_FAMILY}-{_BUNDLED_WEIGHTS[nearest]}.ttf"
    return next((folder / name for folder in _BUNDLED if (folder / name).exists()), None)


def stand_in(family: str) -> str:
    """The family to try after `family`: by what its name says, else our own."""
    name = family.casefold().replace("sans serif", "sans").replace("sans-serif", "sans")
    kinds = (kind for kind, words in _KINDS.items() if any(word in name for word in words))
    return next(kinds, BUNDLED_FAMILY)


def is_here(family: str) -> bool:
    """Whether the family comes with us or is installed; its case does not matter."""
    name = family.casefold()
    return name == BUNDLED_FAMILY.casefold() or name in installed_families()


def family_in(path: Path) -> str:
    """The family of an uploaded font's file, compressed ones too; empty when it is no font."""
    try:
        return ImageFont.truetype(str(path)).getname()[0] or ""
    except OSError:
        return ""


# A process asks once: fonts that are installed later count after a restart, as everywhere.
@cache
def installed_families() -> frozenset[str]:
    """Every installed family, case folded."""
    return frozenset(name.casefold() for path in _font_files() for name in families_of(path))


def families_of(path: Path) -> frozenset[str]:
    """Every name of the family in an OpenType file or collection; none of a broken one.

    A font that we may not read is one that Pango may not read either: it counts as broken.
    """
    try:
        with path.open("rb") as file:
            return frozenset(_families(file))
    except (OSError, struct.error, UnicodeError):
        return frozenset()


def _font_files() -> Iterator[Path]:
    for folder in _folders():
        for inside, _, names in os.walk(folder):
            for name in names:
                if Path(name).suffix.lower() in _SUFFIXES:
                    yield Path(inside) / name


def _folders() -> tuple[Path, ...]:
    home = Path(os.environ.get("HOME") or "/")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    own = os.environ.get("XDG_DATA_HOME")
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/run/host/fonts"),
        home / ".fonts",
        Path(own) / "fonts" if own else home / ".local" / "share" / "fonts",
    )


def _families(file: BinaryIO) -> Iterator[str]:
    """The families of every face."""
    for start in _faces(file):
        yield from _named(file, start)


def _faces(file: BinaryIO) -> tuple[int, ...]:
    """Where each face starts: one, or those of a collection."""
    if file.read(4) != b"ttcf":
        return (0,)
    _, count = struct.unpack(">II", file.read(8))
    count = min(count, _MOST_FONTS_IN_FILE)
    return struct.unpack(f">{count}I", file.read(4 * count))


def _named(file: BinaryIO, start: int) -> Iterator[str]:
    table = _name_table(file, start)
    if len(table) < 6:
        return
    _, count, texts = struct.unpack_from(">HHH", table)
    for index in range(min(count, _MOST_NAMES)):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", table, 6 + 12 * index)
        if name in _FAMILY_NAMES:
            text = table[texts + offset : texts + offset + length]
            yield text.decode("latin-1" if platform == 1 else "utf-16-be").strip("\0 ")


def _name_table(file: BinaryIO, start: int) -> bytes:
    file.seek(start + 4)
    (tables,) = struct.unpack(">H", file.read(2))
    file.seek(start + 12)
    for _ in range(min(tables, _MOST_TABLES)):
        tag, _, offset, length = struct.unpack(">4sIII", file.read(16))
        if tag == b"name":
            file.seek(offset)
            return file.read(min(length, _MOST_NAME_BYTES))
    return b""
