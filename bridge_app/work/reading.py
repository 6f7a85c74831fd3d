"""From a file that was found to an asset that can be catalogued: hash and look inside."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.errors import DecoderLimitError
from bridge_app.domain.rights import rights_from_metadata
from bridge_app.domain.sidecars import sidecars_state
from bridge_app.libraries.errors import shown
from bridge_app.libraries.library import Digests, Found, Library
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.media.facts import Embedded, Facts, Inspection, named_apart
from bridge_app.storage.catalog import SeenFile
from bridge_app.storage.thumbs import THUMB_EDGE

if TYPE_CHECKING:
    from bridge_app.media.metadata_values import Written

UNKNOWN = Facts(kind=Kind.OTHER, format="unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What one read of a file gave: the asset, and its picture if there is one."""

    seen: SeenFile
    picture: bytes | None


def read_file(
    library: Library,
    decoder: DecoderPool,
    *,
    record: LibraryId,
    asset: AssetId,
    found: Found,
    on_bytes: Callable[[int], None],
) -> ReadFile:
    """Hash the file and look inside it. Blocks.

    Raises FileChangedWhileReadingError or FileTroubleError; what is odd about the content ends
    in `Asset.error` and costs no more than the picture.
    """
    digests = library.digest(found.path, on_bytes=on_bytes)
    try:
        inspection = decoder.inspect(
            library.place(found.path),
            edge_px=THUMB_EDGE,
            sidecars=[library.place(path) for path in found.sidecars],
        )
    except DecoderLimitError as error:
        inspection = Inspection(facts=UNKNOWN, embedded=Embedded(), trouble=str(error))
    value = assembled(record, asset, found, digests, inspection)
    picture = inspection.thumbnail.data if inspection.thumbnail else None
    seen = SeenFile(
        asset=value,
        modified_ns=found.modified_ns,
        file_key=found.file_key,
        sidecars=found.sidecars_state,
        record=inspection.embedded.record,
        differs=inspection.embedded.differs,
    )
    return ReadFile(seen=seen, picture=picture)


def rewritten(asset: Asset, written: "Written") -> SeenFile:
    """The asset as a write of metadata left it: a look afterwards finds nothing new."""
    embedded = named_apart(written.record)
    after = written.after
    value = replace(
        asset,
        bytes=after.bytes,
        modified_at=iso_from_ns(after.modified_ns),
        sha256=after.sha256,
        md5=written.md5,
        **_said(embedded),
    )
    return SeenFile(
        asset=value,
        modified_ns=after.modified_ns,
        file_key=after.file_key,
        sidecars=sidecars_state([written.sidecar]) if written.sidecar else "",
        record=written.record,
        differs=written.differs,
    )


def assembled(
    library: LibraryId, asset: AssetId, found: Found, digests: Digests, inspection: Inspection
) -> Asset:
    """The asset that the facts add up to."""
    facts, embedded = inspection.facts, inspection.embedded
    path = PurePosixPath(found.path)
    folder = "" if str(path.parent) == "." else str(path.parent)
    return Asset(
        id=asset,
        library=library,
        path=found.path,
        name=shown(path.name),
        folder=folder,
        kind=facts.kind,
        format=facts.format,
        bytes=digests.bytes,
        modified_at=iso_from_ns(found.modified_ns),
        sha256=digests.sha256,
        md5=digests.md5,
        width=facts.width,
        height=facts.height,
        orientation=facts.orientation,
        display_width=facts.display_width,
        display_height=facts.display_height,
        duration_s=facts.duration_s,
        pages=facts.pages,
        colour_space=facts.colour_space,
        icc_profile=facts.icc_profile,
        error=inspection.trouble,
        **_said(embedded),
    )


def _said(embedded: Embedded) -> dict[str, Any]:
    """The fields of an asset that people wrote into its file."""
    return {
        "title": embedded.title or "",
        "caption": embedded.caption or "",
        "keywords": embedded.keywords,
        "creator": embedded.creator or "",
        "credit": embedded.credit or "",
        "copyright": embedded.copyright or "",
        "usage_terms": embedded.usage_terms or "",
        "rating": embedded.rating,
        "taken_at": embedded.taken_at,
        "rights": rights_from_metadata(embedded.rights_starts, embedded.rights_ends),
    }


def iso_from_ns(nanoseconds: int) -> str:
    """A file's time as ISO 8601 in UTC, to the second; times no calendar has are clamped."""
    seconds = min(max(nanoseconds // 1_000_000_000, EARLIEST_S), LATEST_S)
    return datetime.fromtimestamp(seconds, UTC).isoformat()


EARLIEST_S = -62_135_596_800
LATEST_S = 253_402_300_799
