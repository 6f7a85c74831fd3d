"""Writes metadata into files, so that every file is at any moment wholly old or wholly new."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError, MediaError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_values import tidied
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.exiftool import ExifTool
from bridge_app.media.metadata_errors import (
    MasterChangedError,
    MetadataUnreadableError,
    NotVerifiedError,
    about_metadata,
)
from bridge_app.media.metadata_new_files import NewFiles
from bridge_app.media.metadata_places import named
from bridge_app.media.metadata_replacing import (
    Held,
    bytes_in,
    content_of,
    demand_same,
    demand_writable_folder,
    digests_of,
    file_trouble,
    held,
    put,
    put_first,
    real,
    sha256_of,
    shown,
    take_over,
)
from bridge_app.media.metadata_untouched import is_untouched, opened
from bridge_app.media.metadata_values import (
    FileRecord,
    FileStamp,
    Prepared,
    Record,
    Way,
    Written,
    unprepared,
)
from bridge_app.media.sidecars import first_sidecar, sidecars_beside

__all__ = ["FileRecord", "FileStamp", "MetadataFiles", "Record", "Way", "Written", "unprepared"]

Changes = Mapping[str, FieldValue]
INSIDE = frozenset({"jpeg", "tiff", "png", "webp", "psd"})
BY_EXIFTOOL = frozenset({"heic", "heif", "avif", "mp4", "mov", "m4v", "3gp", "pdf", "ai", "jp2"})
PLACE, HEIGHT = "coordinate", "altitude"
"""A place that is taken away takes all of where it was with it."""
MOST_INSIDE = 192 << 20
"""Bytes of the largest file that is rewritten in memory."""


class MetadataFiles:
    """Reads and writes the standard record of local files. Every method blocks; thread-safe.

    A file that has a sidecar already is written there alone: the sidecar leads. A link is
    followed; of a file with several names in a folder, the others keep the old content.

    Args:
        decoder: Whose children read and write the bytes.
        exiftool: The one that is installed, for kinds that exiv2 cannot write; None: sidecars.
        backup: Asked at every write: keep the first original of the file in a hidden folder
            beside it?
        keep_times: Give the new file the old one's time of modification.
    """

    def __init__(
        self,
        decoder: DecoderPool,
        exiftool: ExifTool | None,
        *,
        backup: Callable[[], bool] = lambda: False,
        keep_times: bool = True,
    ) -> None:
        self._decoder = decoder
        self._exiftool = exiftool
        self._backup = backup
        self._keep_times = keep_times
        self._new = NewFiles()

    def way(self, path: Path, kind: str) -> Way:
        """How a file of this format (`Facts.format`) takes metadata; nothing is read.

        One that has a sidecar, or whose metadata is damaged, takes it beside itself all the same:
        `Written.way` says so.
        """
        del path
        if kind in INSIDE:
            return Way.INSIDE
        return Way.EXIFTOOL if self._exiftool and kind in BY_EXIFTOOL else Way.SIDECAR

    def read(self, path: Path, *, trusted: FileStamp | None = None) -> FileRecord:
        """What a master says now, its sidecars included, and the stamp of its content.

        Args:
            path: The master.
            trusted: An earlier stamp; where the system's facts are still its, the file is not
                hashed again.

        Raises MasterGoneError, FileTroubleError, MetadataUnreadableError, MetadataLimitError.
        """
        with file_trouble(path), about_metadata():
            sidecars = sidecars_beside(path)
            stamp = self._stamp(path, trusted)
            found = self._decoder.read_record(path, sidecars=sidecars)
            return FileRecord(
                stamp=stamp,
                format=found.format,
                record=found.record,
                differs=found.differs,
                sidecar=self._stamp(sidecars[-1], None) if sidecars else None,
            )

    def write(
        self,
        path: Path,
        *,
        changes: Changes,
        known: FileRecord,
        prepared: Prepared = unprepared,
    ) -> Written:
        """Change these fields of a master, and nothing else; back when it is on the disk.

        Args:
            path: The master.
            changes: Key of a field's path -> value; None takes it away. What the master says
                already costs nothing: then `after` is `before` and `prepared` is not called.
            known: What `read` gave, on which the changes are based.
            prepared: Told what is about to be, before the file is replaced; if it raises, the
                file stays.

        Raises:
            MasterChangedError: The file is another one than `known`: read it again.
            MasterLockedError: Another program holds it.
            MasterReadOnlyError: It, or its folder, may not be written to.
            MasterGoneError: It is not there.
            MetadataUnreadableError: Its sidecar is damaged, so that nothing can take the changes.
            NotVerifiedError: The new file said something else; it was thrown away.
            DiskFullError, FileTroubleError, MetadataLimitError: What they say; the file stays.
        """
        wanted = {key: tidied(named(key)[0].field, value) for key, value in changes.items()}
        wanted = {key: value for key, value in wanted.items() if known.record.get(key) != value}
        if not wanted:
            return self._unchanged(path, known)
        if wanted.get(PLACE, "") is None and HEIGHT in known.record:
            wanted[HEIGHT] = None
        with file_trouble(path), about_metadata():
            return self._anywhere(path, wanted, known, prepared)

    def leftovers(self, folder: Path) -> int:
        """Take away what interrupted writes left in a folder; how many files that were."""
        return self._new.remove_leftovers(folder)

    def _anywhere(
        self, path: Path, changes: Changes, known: FileRecord, prepared: Prepared
    ) -> Written:
        """Inside if that can be; a link's sidecar lies beside the link, as the scan looks there."""
        if known.sidecar is None:
            try:
                match self._way_of(path, known):
                    case Way.INSIDE:
                        return self._inside(real(path), changes, known, prepared)
                    case Way.EXIFTOOL:
                        return self._by_exiftool(real(path), changes, known, prepared)
            except DecoderLimitError:
                raise
            except MediaError:  # nothing was written: the sidecar takes it
                pass
        return self._beside(path, changes, known, prepared)

    def _way_of(self, path: Path, known: FileRecord) -> Way:
        way = self.way(path, known.format)
        if way is Way.INSIDE and known.stamp.bytes > MOST_INSIDE:
            return Way.SIDECAR
        return way

    def _inside(
        self, path: Path, changes: Changes, known: FileRecord, prepared: Prepared
    ) -> Written:
        with held(path) as old, self._new.beside(path) as place:
            self._demand(old, known.stamp)
            before = bytes_in(old)
            _demand_content(path, hashlib.sha256(before).hexdigest(), known)
            made = self._decoder.write_metadata(path, kind=known.format, changes=changes)
            if made == before:
                return self._unchanged(path, known)
            if not is_untouched(opened(before), opened(made), known.format):
                raise NotVerifiedError(
                    detail=QT_TRANSLATE_NOOP("facts", "more than metadata would have changed")
                )
            self._new.write(place, made)
            record = _changed(known.record, changes)
            return self._replaced(place, old, known, prepared, record=record)

    def _by_exiftool(
        self, path: Path, changes: Changes, known: FileRecord, prepared: Prepared
    ) -> Written:
        """ExifTool moves the packet that a child made: no value passes through its arguments."""
        if self._exiftool is None:
            raise MetadataUnreadableError(
                detail=QT_TRANSLATE_NOOP("facts", "ExifTool is not installed")
            )
        doubted = self._exiftool.doubted()
        with (
            doubted,
            held(path) as old,
            self._new.packet_beside(path) as packet,
            self._new.beside(path, packet=packet) as place,
        ):
            self._demand(old, known.stamp)
            there = self._exiftool.packet_of(path)
            self._new.write(packet, there)
            source = packet if there else None
            made = self._decoder.write_metadata(source, kind="xmp", changes=changes)
            self._new.write(packet, made)
            where = changes.get(PLACE, "")
            coordinate = None if where is None else str(where)
            size = known.stamp.bytes
            self._exiftool.put_packet(packet, path, place, size=size, coordinate=coordinate)
            # Only now: what ExifTool read is compared below with what is there after this look.
            _demand_content(path, content_of(old), known)
            with path.open("rb") as before, place.open("rb") as after:
                if not is_untouched(before, after, known.format):
                    raise NotVerifiedError(
                        detail=QT_TRANSLATE_NOOP("facts", "more than metadata would have changed")
                    )
            record = self._verified(place, known.record, changes)
            return self._replaced(place, old, known, prepared, record=record)

    def _replaced(
        self,
        place: Path,
        old: Held,
        known: FileRecord,
        prepared: Prepared,
        *,
        record: Record,
    ) -> Written:
        take_over(place, old, keep_times=self._keep_times)
        sha256, md5, status = digests_of(place)
        written = Written(
            path=old.path,
            target=old.path,
            way=self.way(old.path, known.format),
            before=known.stamp,
            after=FileStamp.of(status, sha256),
            md5=md5,
            record=record,
        )
        demand_same(old)
        prepared(written)
        put(place, old, backup=self._backup())
        return written

    def _beside(
        self, path: Path, changes: Changes, known: FileRecord, prepared: Prepared
    ) -> Written:
        sidecars = sidecars_beside(path)
        if sidecars:
            with held(real(sidecars[-1])) as old, self._new.beside(old.path) as place:
                self._demand(old, known.sidecar)
                made = self._sidecar_of(old.path, changes, known)
                self._new.write(place, made)
                take_over(place, old, keep_times=False)
                written = self._with_sidecar(path, old.path, place, known, changes)
                prepared(written)
                put(place, old, backup=self._backup())
                return written
        demand_writable_folder(path)
        if known.sidecar is not None:
            raise MasterChangedError(path=shown(path))
        with self._new.beside(path) as place:
            everything = {key: value for key, value in known.record.items() if _is_ours(key)}
            made = self._sidecar_of(None, {**everything, **changes}, known)
            self._new.write(place, made)
            place.chmod(path.stat().st_mode & 0o666)
            target = first_sidecar(path)
            written = self._with_sidecar(path, target, place, known, changes)
            prepared(written)
            put_first(place, target)
            return written

    def _sidecar_of(self, sidecar: Path | None, changes: Changes, known: FileRecord) -> bytes:
        taken = tuple(
            key for key, value in changes.items() if value is None and key in known.record
        )
        return self._decoder.write_metadata(sidecar, kind="xmp", changes=changes, blank=taken)

    def _with_sidecar(
        self, path: Path, target: Path, place: Path, known: FileRecord, changes: Changes
    ) -> Written:
        sha256, status = sha256_of(place)
        content, md5, _ = digests_of(path)
        _demand_content(path, content, known)
        return Written(
            path=path,
            target=target,
            way=Way.SIDECAR,
            before=known.stamp,
            after=known.stamp,
            md5=md5,
            sidecar=FileStamp.of(status, sha256),
            record=_changed(known.record, changes),
            differs=known.differs,
        )

    def _verified(self, place: Path, before: Record, changes: Changes) -> Record:
        """What a new file says. Raises NotVerifiedError when that is not what was asked for."""
        said = self._decoder.read_record(place).record
        touched = {named(key)[0].field.id for key in changes}
        others = {key: one for key, one in before.items() if named(key)[0].field.id not in touched}
        for key, value in {**others, **changes}.items():
            if said.get(key) != value:
                raise NotVerifiedError(detail=f"the field {key} would not have been kept")
        return said

    def _unchanged(self, path: Path, known: FileRecord) -> Written:
        content, md5, _ = digests_of(path)
        _demand_content(path, content, known)
        return Written(
            path=path,
            target=path,
            way=Way.SIDECAR if known.sidecar else self.way(path, known.format),
            before=known.stamp,
            after=known.stamp,
            md5=md5,
            sidecar=known.sidecar,
            record=known.record,
            differs=known.differs,
        )

    def _stamp(self, path: Path, trusted: FileStamp | None) -> FileStamp:
        if trusted is not None and path.exists() and trusted.fits(path.stat()):
            return trusted
        sha256, status = sha256_of(path)
        return FileStamp.of(status, sha256)

    def _demand(self, old: Held, stamp: FileStamp | None) -> None:
        if stamp is None or not stamp.fits(old.status):
            raise MasterChangedError(path=shown(old.path))


def _demand_content(path: Path, content: str, known: FileRecord) -> None:
    """A stamp may fit other bytes: decisions are carried to what was read, or to nothing."""
    if content != known.stamp.sha256:
        raise MasterChangedError(path=shown(path))


def _changed(record: Record, changes: Changes) -> Record:
    said = {**record, **changes}
    return {key: value for key, value in said.items() if value is not None}


def _is_ours(key: str) -> bool:
    places, _ = named(key)
    return places.field.editable and bool(places.xmp)
