"""Which programs of the desktop open a kind of file, as freedesktop's specifications say it.

Where there are no desktop entries (Windows, macOS) there are none, and the system's own choice is
what remains. Source: the Desktop Entry and the MIME Applications Associations specifications.
"""

import mimetypes
import os
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

OURS = "asset-bridge.desktop"
ENTRY = "Desktop Entry"
FILES = frozenset({"%f", "%F"})
ADDRESSES = frozenset({"%u", "%U"})
ALSO = {
    "image/vnd.adobe.photoshop": ("image/x-photoshop", "application/photoshop", "image/psd"),
    "application/postscript": ("application/illustrator",),
    "image/svg+xml": ("image/svg",),
    "video/mp4": ("video/x-m4v",),
    "video/quicktime": ("video/mp4",),
}
"""Other names that programs list for a kind."""
RAW = "image/x-dcraw"
KINDS = {
    ".psd": "image/vnd.adobe.photoshop",
    ".psb": "image/vnd.adobe.photoshop",
    ".ai": "application/postscript",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".heic": "image/heif",
    ".jxl": "image/jxl",
    **dict.fromkeys((".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".dng"), RAW),
}
LARGEST_ENTRY = 200_000


class ProgramTroubleError(BridgeError):
    """A program could not be started."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{program} could not be started ({detail}). The file was left as it is."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One that opens files; `id` is the name of its desktop entry."""

    id: str
    name: str
    command: str
    kinds: frozenset[str]


def kind_of(asset: Asset) -> str:
    """The MIME type of an asset's file, by its name."""
    ending = os.path.splitext(asset.name)[1].lower()  # noqa: PTH122 - the name may be any text
    guessed = KINDS.get(ending) or mimetypes.guess_type(f"file{ending}")[0]
    return guessed or "application/octet-stream"


class Programs:
    """Reads desktop entries. Blocking; any thread.

    Args:
        surroundings: The environment; tells where entries lie, and what the desktop is called.
    """

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        self._surroundings = surroundings

    def for_kind(self, kind: str) -> tuple[Program, ...]:
        """The programs for a kind of file, the person's own choice first."""
        names = (kind, *ALSO.get(kind, ()))
        first, without = self._chosen(names)
        found = {one.id: one for one in self._all() if one.id not in without}
        fitting = [one for one in found.values() if one.kinds.intersection(names)]
        fitting.sort(key=lambda one: one.name.casefold())
        ordered = [*(found[name] for name in first if name in found), *fitting]
        return tuple(dict.fromkeys(ordered))

    def start(self, program: Program, path: Path) -> None:
        """Open a file with a program, which goes on when we end. Raises ProgramTroubleError."""
        try:
            started = subprocess.Popen(  # noqa: S603 - what the desktop itself would start
                command_line(program.command, path),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=dict(self._surroundings),
            )
        except (OSError, IndexError, ValueError) as error:
            detail = getattr(error, "strerror", None) or "its entry cannot be understood"
            raise ProgramTroubleError(program=program.name, detail=detail) from error
        # Somebody has to take note of its end, or the system keeps what is left of it.
        threading.Thread(target=started.wait, name=program.id, daemon=True).start()

    def _all(self) -> Iterable[Program]:
        """Every program once: an entry of the person's own hides the system's."""
        seen: set[str] = set()
        for folder in self._data_folders():
            place = folder / "applications"
            for path in sorted(place.rglob("*.desktop")) if place.is_dir() else ():
                name = path.relative_to(place).as_posix().replace("/", "-")
                if name in seen or name == OURS:
                    continue
                seen.add(name)
                program = self._read(path, name)
                if program is not None:
                    yield program

    def _read(self, path: Path, name: str) -> Program | None:
        told = _section(path, ENTRY)
        shown = told.get("Type") == "Application" and told.get("Hidden", "false") != "true"
        works = "TryExec" not in told or shutil.which(told["TryExec"]) is not None
        if not (shown and works and told.get("Exec")) or told.get("Terminal") == "true":
            return None
        return Program(
            id=name,
            name=told.get(f"Name[{self._language()}]") or told.get("Name") or name,
            command=told["Exec"],
            kinds=frozenset(filter(None, told.get("MimeType", "").split(";"))),
        )

    def _chosen(self, kinds: Sequence[str]) -> tuple[list[str], set[str]]:
        """Entries that the person or the system put first for these kinds, and those taken away."""
        first: list[str] = []
        without: set[str] = set()
        for path in self._lists():
            for section in ("Default Applications", "Added Associations"):
                told = _section(path, section)
                names = (name for kind in kinds for name in told.get(kind, "").split(";") if name)
                first += [name for name in names if name not in without]
            removed = _section(path, "Removed Associations")
            without |= {name for kind in kinds for name in removed.get(kind, "").split(";")}
        return first, without - set(first)

    def _lists(self) -> list[Path]:
        home = self._surroundings.get("HOME", "")
        config = self._surroundings.get("XDG_CONFIG_HOME") or f"{home}/.config"
        folders = [Path(config)]
        folders += [
            Path(one)
            for one in (self._surroundings.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
        ]
        folders += [folder / "applications" for folder in self._data_folders()]
        desktops = self._surroundings.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
        names = [*(f"{one}-mimeapps.list" for one in desktops if one), "mimeapps.list"]
        return [folder / name for folder in folders for name in names]

    def _data_folders(self) -> list[Path]:
        home = self._surroundings.get("HOME", "")
        own = self._surroundings.get("XDG_DATA_HOME") or f"{home}/.local/share"
        others = self._surroundings.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        return [Path(one) for one in (own, *others.split(":")) if one.startswith("/")]

    def _language(self) -> str:
        told = self._surroundings.get("LC_MESSAGES") or self._surroundings.get("LANG") or ""
        return told.partition(".")[0].partition("_")[0]


def command_line(command: str, path: Path) -> list[str]:
    """The words that start a program with one file. Raises ValueError for what is no command."""
    words: list[str] = []
    has_file = False
    for word in shlex.split(command):
        if word in FILES | ADDRESSES:
            words.append(path.as_uri() if word in ADDRESSES else str(path))
            has_file = True
        elif not (len(word) == 2 and word.startswith("%") and word != "%%"):
            words.append(word.replace("%%", "%"))
    return words if has_file else [*words, str(path)]


def _section(path: Path, name: str) -> Mapping[str, str]:
    """A section of such a file; empty for what cannot be read."""
    import configparser  # noqa: PLC0415 - a start loads this module and reads no entry

    parser = configparser.RawConfigParser(
        delimiters=("=",), comment_prefixes=("#",), strict=False, interpolation=None
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_ENTRY:
            return {}
        parser.read_string(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, configparser.Error):
        return {}
    return dict(parser[name]) if parser.has_section(name) else {}
