"""Review packs on disk: a folder or a ZIP that appears whole or not at all."""

import base64
import hashlib
import html
import json
import shutil
import uuid
import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Protocol

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, FileTroubleError
from bridge_app.domain.review_pack import Pack
from bridge_app.domain.review_pack_json import pack_json
from bridge_app.libraries.errors import disk_trouble, shown
from bridge_app.work.rendition_files import FileTakenError, NotWrittenError
from bridge_app.work.review_pack_words import Wording

PAGE = "index.html"
STYLES, SCRIPTS = ("pack.css",), ("record.js", "viewer.js", "pack.js")
_PACKAGE = Path(__file__).resolve().parents[1]
_SOURCES = (_PACKAGE / "_resources" / "review_pack", _PACKAGE.parent / "resources" / "review_pack")
"""The parts of the page, in an installed package or in the source tree."""
ZIP = ".zip"
BLOCK = 1_000_000
"""Bytes that are copied at once."""
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' file: data:; "
    "media-src 'self' file:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)
"""Nothing but this page's own script and style runs, and nothing reaches a network."""


class PackWriter(Protocol):
    """Takes the files of a pack, one after another."""

    def put(self, name: str, data: bytes) -> None:
        """One file; `name` is relative and POSIX."""

    def copy(self, name: str, source: Path, *, sha256: str) -> None:
        """A file that is there already. Raises FileTroubleError unless it has this content."""


@contextmanager
def pack_at(target: Path) -> Iterator[PackWriter]:
    """A pack that is written beside `target` and gets its name at the end.

    It is a ZIP where the name ends so, else a folder. After an error, or when the block is left
    by one, nothing is left of it.

    Raises FileTakenError if there is something of that name; NotWrittenError or DiskFullError.
    """
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    with disk_trouble(target, kind=NotWrittenError):
        _check_free(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            if target.suffix.lower() == ZIP:
                with zipfile.ZipFile(part, "x", zipfile.ZIP_STORED) as archive:
                    yield _Zip(archive, target.stem)
            else:
                part.mkdir()
                yield _Folder(part)
            _check_free(target)
            part.rename(target)
        finally:
            _discard(part)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, data: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def copy(self, name: str, source: Path, *, sha256: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            _copied(source, file, sha256)


class _Zip:
    """Everything lies in one folder of the archive, so that unpacking makes no mess."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._archive = archive
        self._folder = folder

    def put(self, name: str, data: bytes) -> None:
        how = zipfile.ZIP_DEFLATED if name == PAGE else zipfile.ZIP_STORED
        self._archive.writestr(f"{self._folder}/{name}", data, compress_type=how)

    def copy(self, name: str, source: Path, *, sha256: str) -> None:
        with self._archive.open(f"{self._folder}/{name}", "w") as file:
            _copied(source, file, sha256)


def _copied(source: Path, file: IO[bytes], sha256: str) -> None:
    digest = hashlib.sha256()
    with closing(_blocks(source)) as blocks:
        for block in blocks:
            digest.update(block)
            file.write(block)
    if digest.hexdigest() != sha256:
        detail = "it has changed, and was not read again yet"
        raise FileTroubleError(path=source.name, detail=detail)


def _blocks(source: Path) -> Generator[bytes, None, None]:
    """What cannot be read is trouble of the source; what cannot be written is not told here."""
    with disk_trouble(source.name), source.open("rb") as given:
        while block := given.read(BLOCK):
            yield block


def _check_free(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise FileTakenError(
            path=shown(target), detail=QT_TRANSLATE_NOOP("facts", "there is something of this name")
        )


def _discard(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


def page(pack: Pack, wording: Wording) -> bytes:
    """The page of a pack: one file with everything but the pictures, for any browser."""
    sources = next(place for place in _SOURCES if place.exists())
    style = "\n".join((sources / name).read_text("utf-8") for name in STYLES)
    script = "\n".join((sources / name).read_text("utf-8") for name in SCRIPTS)
    policy = POLICY.format(scripts=_source(script), styles=_source(style))
    words = {"language": wording.language, "words": dict(wording.words)}
    filled = {
        "language": html.escape(wording.language),
        "direction": "rtl" if wording.right_to_left else "ltr",
        "policy": html.escape(policy),
        "title": html.escape(pack.title),
        "no_script": html.escape(wording.words["no_script"]),
        "skip": html.escape(wording.words["skip"]),
        "style": style,
        "words": _data(words),
        "pack": _data(pack_json(pack, is_handed_out=True)),
        "script": script,
    }
    return _filled((sources / PAGE).read_text("utf-8"), filled).encode("utf-8", "replace")


def _filled(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{{name}}` filled, in one pass: what is filled in is not looked at."""
    parts = template.split("{{")
    rest = (part.partition("}}") for part in parts[1:])
    return parts[0] + "".join(values[name] + tail for name, _, tail in rest)


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest())
    return f"'sha256-{digest.decode('ascii')}'"


def _data(value: object) -> str:
    """JSON that ends no element and begins no comment, whatever is in it."""
    told = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
