"""The parts that edit what masters say of themselves, put together."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset, Kind, LibraryId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, Record
from bridge_app.domain.mapping_table import default_mapping
from bridge_app.domain.master_sheet import MasterWay
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.policies import demands
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.metadata_files import FileStamp, MetadataFiles, Written
from bridge_app.storage.settings import SettingsFile
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.edit_record import EditRecord
from bridge_app.work.editing import Editing
from bridge_app.work.field_sync import FieldSync, SyncPlaces
from bridge_app.work.handlers.write_file import FilePlaces, WriteFileHandler
from bridge_app.work.handlers.write_shelter import ShelterPlaces, WriteShelterHandler
from bridge_app.work.master_copies import MasterCopies
from bridge_app.work.master_editing import MasterEditing
from bridge_app.work.scanner import Scanner

if TYPE_CHECKING:
    from bridge_app.work.shelter_desk import ShelterDesk


def metadata_files(
    decoder: DecoderPool, settings: SettingsFile, closing: ExitStack
) -> MetadataFiles:
    """Who reads and writes what files say of themselves, with ExifTool where it is installed."""
    from bridge_app.media.exiftool import ExifTool  # noqa: PLC0415 - few commands need it

    exiftool = ExifTool.installed()
    if exiftool is not None:
        closing.callback(exiftool.close)
    # Asked again at every write, so that the person's choice holds from the next one on.
    return MetadataFiles(decoder, exiftool, backup=lambda: settings.load().keep_originals)


def master_copies(stock: Stock, editing: Editing) -> MasterCopies:
    """What edits of masters are to their copies."""
    return MasterCopies(
        stock.readers,
        mapping=lambda: stock.field_mappings.get() or default_mapping(),
        schema=editing.schema,
    )


def master_editing(
    stock: Stock,
    record: EditRecord,
    copies: MasterCopies,
    *,
    files: Callable[[], MetadataFiles],
    check: Callable[[Sequence[Change], Record], object],
    environment: Callable[[], str],
) -> MasterEditing:
    """What is asked about edits of masters."""

    def way(asset: Asset) -> MasterWay:
        if asset.kind is Kind.OTHER:
            return MasterWay.SIDECAR
        return MasterWay(files().way(Path(asset.path), asset.format).value)

    def demanded() -> Callable[[Asset], Iterable[str]]:
        policies = stock.gate.policies(environment())
        return lambda asset: demands(policies, asset).required

    return MasterEditing(stock.readers, record, copies, way=way, check=check, demanded=demanded)


def _may_be_kept(written: Written, known: str | None) -> bool:
    """May the catalog learn what was written, where it knows that content by now?

    A scan may have seen what somebody else wrote since: that is newer.
    """
    made = {written.path: written.after}
    if written.sidecar is not None and written.target != written.path:
        made[written.target] = written.sidecar
    elif known == written.before.sha256:
        return True
    with suppress(OSError):
        return all(stamp.fits(path.stat()) for path, stamp in made.items())
    return False


def file_handler(
    stock: Stock,
    scanner: Scanner,
    announcer: Announcer,
    *,
    files: MetadataFiles,
    place: Callable[[LibraryId, str], Path],
) -> WriteFileHandler:
    """Who writes into files."""

    def keep(written: Sequence[tuple[Asset, Written]]) -> None:
        # Reading loads what few commands need.
        from bridge_app.work.reading import rewritten  # noqa: PLC0415

        for _, one in written:
            stock.thumbs.carry(one.before.sha256, one.after.sha256)
        stock.catalog.renew(
            (rewritten(asset, one), partial(_may_be_kept, one)) for asset, one in written
        )

    def trusted(asset: Asset) -> FileStamp | None:
        known = stock.catalog.known_at_or_below(asset.library, asset.path)
        found = next((one for one in known if one.path == asset.path), None)
        sha256 = stock.catalog.checksum(asset.library, found) if found else None
        if found is None or sha256 is None:
            return None
        return FileStamp(
            bytes=found.bytes,
            modified_ns=found.modified_ns,
            file_key=found.file_key,
            sha256=sha256,
        )

    return WriteFileHandler(
        FilePlaces(
            edits=stock.edits,
            readers=stock.readers,
            carried=stock.carried,
            files=files,
            place=place,
            is_scanning=lambda: not scanner.is_idle(),
            trusted=trusted,
            keep=keep,
            emit=announcer.tell,
        )
    )


def shelter_handler(
    stock: Stock, shelters: "ShelterDesk", announcer: Announcer
) -> WriteShelterHandler:
    """Who writes to services."""
    return WriteShelterHandler(
        ShelterPlaces(
            edits=stock.edits,
            shelters=shelters,
            is_complete=lambda account: shelters.state(account).complete,
            emit=announcer.tell,
        )
    )


def field_sync(
    stock: Stock,
    record: EditRecord,
    masters: MasterEditing,
    copies: MasterCopies,
    *,
    allowed: Callable[[FieldPath, FieldValue, FieldValue], FieldValue],
    now: Callable[[], datetime],
) -> FieldSync:
    """Who brings masters and their copies together."""
    places = SyncPlaces(
        record=record,
        masters=masters,
        copies=copies,
        carried=stock.carried_fields,
        edits=stock.edits,
        allowed=allowed,
        now=now,
    )
    return FieldSync(places)
