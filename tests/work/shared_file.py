"""A master in a folder that both desks reach, and the way to it: a file, or a file and its sidecar.

It keeps what a word is worth, as `two_services` do.
"""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

import exiv2
from PIL import Image

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.embedded import beside, read_embedded
from bridge_app.media.facts import RecordRead
from bridge_app.media.metadata_errors import MasterLockedError
from bridge_app.media.metadata_files import FileRecord, FileStamp, MetadataFiles, Written
from bridge_app.media.metadata_packet import EMPTY_PACKET, bytes_of
from bridge_app.media.metadata_writing import rewritten
from bridge_app.media.sidecars import sidecars_beside
from bridge_app.media.source import Source
from tests.work.two_services import KilledError, Line

TEXTS = {
    "title": "Xmp.dc.title",
    "caption": "Xmp.dc.description",
    "headline": "Xmp.photoshop.Headline",
}
BAG = "Xmp.dc.subject"
LEFT = ".asset-bridge-{:016x}.tmp"


class HereDecoder:
    """Reads and writes bytes in this process: the files are our own, and children cost time."""

    def read_record(self, path: Path, *, sidecars: Sequence[Path] = ()) -> RecordRead:
        """As `DecoderPool`."""
        with Source.open(path) as source, beside(list(map(str, sidecars))) as opened:
            said = read_embedded(source, {}, sidecars=opened)
            return RecordRead(format=source.format, record=said.record, differs=said.differs)

    def write_metadata(
        self,
        path: Path | None,
        *,
        kind: str,
        changes: Mapping[str, FieldValue],
        blank: Sequence[str] = (),
    ) -> bytes:
        """As `DecoderPool`."""
        data = path.read_bytes() if path else b""
        return rewritten(data, kind, changes, tuple(blank))


def files() -> MetadataFiles:
    """Who reads and writes the file at one desk."""
    return MetadataFiles(cast(DecoderPool, HereDecoder()), None)


@dataclass(slots=True)
class SharedFile:
    """One master on a disk; its system of record is the file, or the sidecar beside it."""

    now: Callable[[], datetime]
    path: Path
    introduced: Counter[str] = field(default_factory=Counter)
    meanwhile: Callable[[], None] = lambda: None
    """Somebody else writes to it in the very moment before it is replaced."""
    _seen: tuple[object, dict[str, FieldValue]] = ((), {})

    @classmethod
    def made(cls, path: Path, now: Callable[[], datetime]) -> "SharedFile":
        """A small picture that says nothing yet."""
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8), (40, 90, 160)).save(path)
        return cls(now=now, path=path)

    @property
    def record(self) -> dict[str, FieldValue]:
        """What it says, its sidecar over it."""
        stamp = self.stamp()
        if stamp != self._seen[0]:
            sidecars = sidecars_beside(self.path)
            said = HereDecoder().read_record(self.path, sidecars=sidecars)
            self._seen = stamp, dict(said.record)
        return self._seen[1]

    def stamp(self) -> list[tuple[str, int, int, int]]:
        """What changes with it, as a scan tells."""
        files = ((one.name, one.stat()) for one in (self.path, *sidecars_beside(self.path)))
        return [(name, one.st_ino, one.st_size, one.st_mtime_ns) for name, one in files]

    def words(self) -> set[str]:
        """Every word that it says."""
        found: set[str] = set(self.keywords())
        for name in TEXTS:
            found |= set(str(self.record.get(name) or "").split())
        return found

    def keywords(self) -> tuple[str, ...]:
        """Its keywords."""
        found = self.record.get("keywords")
        return found if isinstance(found, tuple) else ()

    def put(self, changes: Mapping[str, FieldValue]) -> None:
        """Another program writes it, where that program writes: into the file, or beside it."""
        sidecars = sidecars_beside(self.path)
        target = sidecars[-1] if sidecars else self.path
        if target.suffix == ".gif":
            target = target.with_name(target.name + ".xmp")
        image = exiv2.ImageFactory.open(target.read_bytes() if target.exists() else EMPTY_PACKET)
        image.readMetadata()
        packet = image.xmpData()
        for name, value in changes.items():
            key = TEXTS.get(name, BAG)
            for one in [datum for datum in packet if datum.key() == key]:
                packet.erase(packet.findKey(exiv2.XmpKey(one.key())))
            if isinstance(value, tuple) and value:
                packet.add(exiv2.XmpKey(key), exiv2.XmpArrayValue(value))
            elif isinstance(value, str):
                packet[key] = value if key == TEXTS["headline"] else f'lang="x-default" {value}'
        image.writeMetadata()
        self._replace(target, bytes_of(image))

    def _replace(self, target: Path, data: bytes) -> None:
        new = target.with_name("someone-elses.part")
        new.write_bytes(data)
        moment = int(self.now().timestamp())
        os.utime(new, (moment, moment))
        new.replace(target)

    def hidden(self) -> list[str]:
        """The temporary files that lie beside it."""
        return [one.name for one in self.path.parent.iterdir() if one.name.startswith(".")]


@dataclass(slots=True)
class FileLine:
    """The file as one desk reaches it; a desk that is offline does not see the folder."""

    shared: SharedFile
    line: Line
    files: MetadataFiles = field(default_factory=files)

    def read(self, path: Path, *, trusted: FileStamp | None = None) -> FileRecord:
        """As `MetadataFiles`."""
        if not self.line.calm and self.line.rng.random() < 0.06:
            raise MasterLockedError(path=str(path))
        return self.files.read(path, trusted=trusted)

    def write(
        self,
        path: Path,
        *,
        changes: Mapping[str, FieldValue],
        known: FileRecord,
        prepared: Callable[[Written], None],
    ) -> Written:
        """As `MetadataFiles`; the program may end before, in the middle, and afterwards."""

        def put_on_record(made: Written) -> None:
            self._burn()
            prepared(made)
            if not self.line.calm and self.line.rng.random() < 0.1:
                self.shared.meanwhile()
            self._burn()

        self._burn()
        before = self.shared.words()
        made = self.files.write(path, changes=changes, known=known, prepared=put_on_record)
        self.shared.introduced.update(self.shared.words() - before)
        self._burn()
        return made

    def leftovers(self, folder: Path) -> int:
        """As `MetadataFiles`."""
        return self.files.leftovers(folder)

    def _burn(self) -> None:
        """The program may be killed here; what lies half done beside the file then stays there."""
        if self.line.calm:
            return
        try:
            self.line.burn()
        except KilledError:
            for half in self.shared.path.parent.glob(".asset-bridge-*.tmp"):
                half.with_name(LEFT.format(self.line.rng.getrandbits(64))).hardlink_to(half)
            raise
