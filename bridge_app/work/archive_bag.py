"""The folder that an archived campaign leaves: its files, what is known of them, and their hashes.

Laid out as BagIt has it, so that any tool for archives can check it years later.
Source: reference/photoshelter.md, 16; RFC 8493.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, FileTroubleError
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.write_back import name_part
from bridge_app.libraries.errors import disk_trouble, shown
from bridge_app.work.rendition_files import NotWrittenError, write_whole

DATA = "data"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
PART = 1 << 20
IDENTITY = 12
"""Hexadecimal digits that tell things of one name apart."""
LONGEST_MASTER = 100
LONGEST_RENDITION = 60
LONGEST_ENDING = 10
"""Bytes of UTF-8 in a name; together with the rest they stay below the 255 of file systems."""


class NotAsSealedError(FileTroubleError):
    """A file of the archive is not what was put into it."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The archive in {path} is not whole: {detail}. Nothing was taken away anywhere. Archive "
        "into another folder, or mend this one and try again.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """A folder in the making, or a sealed one. Methods raise FileTroubleError or DiskFullError."""

    folder: Path

    def place(self, *parts: str) -> Path:
        """Where something of the archive lies; its folder is made."""
        path = self.folder.joinpath(DATA, *parts)
        with disk_trouble(path, kind=NotWrittenError):
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def put(self, data: bytes, *parts: str) -> Path:
        """Write a file whole; an earlier run's takes no second place."""
        path = self.place(*parts)
        write_whole(path, data, replaces=True)
        return path

    def put_lines(self, lines: Iterable[Mapping[str, object]], *parts: str) -> Path:
        """Write one JSON object a line."""
        told = (json.dumps(line, ensure_ascii=False, sort_keys=True) for line in lines)
        return self.put("".join(f"{one}\n" for one in told).encode("utf-8", "replace"), *parts)

    def only_file(self, folder: Path) -> Path | None:
        """The file that an earlier run put into a folder of its own; parts of one are none."""
        with disk_trouble(folder):
            there = (one for one in folder.iterdir() if not one.name.endswith(".part"))
            return next(there, None)

    def read(self, *parts: str) -> bytes:
        """A small file of it."""
        path = self.place(*parts)
        with disk_trouble(path):
            return path.read_bytes()

    def inside(self, path: Path) -> str:
        """A file's path as the manifest has it."""
        return path.relative_to(self.folder).as_posix()

    def seal(self, info: Mapping[str, str]) -> int:
        """Write down every file's hash, then read them all again; how many there are.

        Raises NotAsSealedError.
        """
        files = sorted(self._files(), key=self.inside)
        lines = [f"{digest_of(path)}  {_escaped(self.inside(path))}" for path in files]
        octets = sum(path.stat().st_size for path in files)
        facts = {**info, "Payload-Oxum": f"{octets}.{len(files)}"}
        tags = {
            DECLARATION: "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            INFO: "".join(f"{name}: {_one_line(text)}\n" for name, text in facts.items()),
            MANIFEST: "".join(f"{line}\n" for line in lines),
        }
        for name, text in tags.items():
            write_whole(self.folder / name, text.encode("utf-8", "replace"), replaces=True)
        listed = "".join(f"{digest_of(self.folder / name)}  {name}\n" for name in sorted(tags))
        write_whole(self.folder / TAG_MANIFEST, listed.encode(), replaces=True)
        self.check()
        return len(files)

    def check(self) -> None:
        """Read every file again. Raises NotAsSealedError for the first that is not as it was."""
        with disk_trouble(self.folder, kind=FileTroubleError):
            listed = (self.folder / MANIFEST).read_text(encoding="utf-8").splitlines()
        told = {name: digest for digest, _, name in (line.partition("  ") for line in listed)}
        there = {_escaped(self.inside(path)): path for path in self._files()}
        for name, digest in told.items():
            if name not in there:
                raise self._wrong(f"{name} is missing")
            if digest_of(there[name]) != digest:
                raise self._wrong(f"{name} has other bytes")
        if len(there) > len(told):
            raise self._wrong(f"{min(there.keys() - told.keys())} is not in its list")

    def _files(self) -> Iterator[Path]:
        data = self.folder / DATA
        return (path for path in data.rglob("*") if path.is_file() and not path.is_symlink())

    def _wrong(self, detail: str) -> NotAsSealedError:
        return NotAsSealedError(path=shown(str(self.folder)), detail=detail)


def digest_of(path: Path) -> str:
    """A file's SHA-256 in hex."""
    digest = hashlib.sha256()
    with disk_trouble(path, kind=FileTroubleError), path.open("rb") as file:
        while part := file.read(PART):
            digest.update(part)
    return digest.hexdigest()


def file_part(name: str, identity: str) -> str:
    """A file name that is safe anywhere and no other identity's: identities are case-sensitive."""
    short = _cut(_part(name), LONGEST_MASTER)
    return f"{identity_part(identity)[:IDENTITY]}-{short or 'file'}"


def rendition_part(one: PublishedRendition, *, master: str, media_id: str) -> str:
    """The file name of a rendition, which no other rendition of any master has.

    What is too long is cut in the master's and the rendition's name, each by itself.
    """
    names = (one.preset, one.market, one.language)
    what = _cut(_part("_".join(filter(None, names))), LONGEST_RENDITION)
    key = identity_part(json.dumps((media_id, one.environment, one.public_id, *names)))
    ending = _cut(_part(one.format), LONGEST_ENDING)
    return f"{file_part(master, media_id)}__{what}-{key[:IDENTITY]}.{ending}"


def unescaped(name: str) -> str:
    """Without what BagIt escapes in its list, so that `sha256sum -c` can read that too."""
    return name.replace("%", "_")


def identity_part(identity: str) -> str:
    """An identifier of the service as a name. Source: reference/photoshelter.md, 2."""
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _part(name: str) -> str:
    return unescaped(name_part(name))


def _cut(name: str, most: int) -> str:
    return name.encode()[:most].decode("utf-8", "ignore").rstrip(". ")


def _escaped(path: str) -> str:
    """A path in one line. Source: RFC 8493, 2.1.3."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _one_line(text: str) -> str:
    return " ".join(text.split())
