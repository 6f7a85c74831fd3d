"""An exported kit on disk: whole or not at all, with what it says of itself."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridge_app.domain.approvals import subject_text
from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.kits import KitForm
from bridge_app.domain.naming_templates import file_name
from bridge_app.domain.places import Place, PlaceKind
from bridge_app.domain.rendition_plan import Measured, RenditionStep, name_facts
from bridge_app.work.kit_jobs import KitItem, KitJob, piece_key
from bridge_app.work.kit_manifest import (
    MANIFEST,
    TABLE,
    Entry,
    export_named,
    is_feed,
    manifest_csv,
    manifest_json,
)
from bridge_app.work.kit_pieces import Piece, Pieces
from bridge_app.work.places import path_text
from bridge_app.work.rendition_files import FileTakenError, write_whole
from bridge_app.work.review_pack_files import ZIP, pack_at

LARGEST_FEED = 100_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made rendition: its file, its address ("" without one), and its words for the blind."""

    piece: Piece
    url: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KitPart:
    """A rendition that is handed out, and what the manifest says of it."""

    item: KitItem
    asset: Asset
    entry: Entry


def entry_of(wish: KitJob, item: KitItem, asset: Asset, made: Made) -> Entry:
    """What the manifest says of a rendition. Raises NamingTemplateError."""
    one, piece, contract = item.rendition, made.piece, item.rendition.contract
    most = contract.most_bytes if contract else 0
    shown = dict(wish.delivered).get(one.transformation, one.transformation)
    return Entry(
        file=_name(wish, item, asset, piece) if wish.has_files else "",
        preset=one.preset,
        market=one.market,
        language=one.language,
        asset=asset.id,
        master=asset.name,
        master_sha256=item.sha256,
        width=piece.width,
        height=piece.height,
        format=piece.format,
        bytes=piece.bytes,
        sha256=piece.sha256,
        most_bytes=most,
        over_bytes=max(0, piece.bytes - most) if most else 0,
        alt=made.alt,
        rights_end=asset.rights.ends.isoformat() if asset.rights.ends else "",
        url=made.url,
        public_id=asset.cloud.public_id if asset.cloud and made.url else "",
        transformation=shown if made.url else one.transformation,
        fidelity=piece.fidelity,
    )


def write_kit(wish: KitJob, parts: Sequence[KitPart], pieces: Pieces, *, at: datetime) -> None:
    """Write all of it at once; what a killed run wrote already is left as it is.

    Raises FileTakenError, NotWrittenError or DiskFullError.
    """
    target, entries = Path(wish.target), [one.entry for one in parts]
    if wish.form is KitForm.FEED:
        is_table = target.suffix.lower() == ".csv"
        data = manifest_csv(entries) if is_table else manifest_json(wish, entries, at=at)
        write_whole(target, data, replaces=may_replace(target, wish.kit))
        return
    if _is_there(target, wish.export):
        return
    _check_names(entries)
    with pack_at(target) as pack:
        for one in parts:
            if one.entry.file:
                pack.put(one.entry.file, pieces.data(piece_key(wish, one.item)))
        pack.put(MANIFEST, manifest_json(wish, entries, at=at))
        pack.put(TABLE, manifest_csv(entries))


def may_replace(target: Path, kit: str) -> bool:
    """Is it a feed of this kit, which stays at its place? Anything else is left as it is."""
    try:
        if target.stat().st_size > LARGEST_FEED:
            return False
        return is_feed(target.read_bytes(), kit)
    except OSError:
        return False


def place_of(wish: KitJob, part: KitPart) -> Place:
    """Where a rendition of a kit went: a file, or an address in a list."""
    entry, one, target = part.entry, part.item.rendition, Path(wish.target)
    item_use = part.item.channel
    # A list is found again by its path, in the words of the record.
    path = str(target) if entry.file else path_text(target)
    detail = {"path": path, "title": wish.title or wish.kit}
    if wish.channel and item_use != wish.channel:
        detail["use"] = item_use
    if one.language:
        detail["language"] = one.language
    if entry.transformation != one.transformation:
        detail["shown"] = subject_text(entry.transformation, one.format)
    return Place(
        kind=PlaceKind.KIT if entry.file else PlaceKind.FEED,
        place=path_text(target / entry.file) if entry.file else entry.url,
        asset=part.asset.id,
        name=part.asset.name,
        content=part.item.sha256,
        transformation=subject_text(one.transformation, one.format),
        preset=one.preset,
        channel=wish.channel or part.item.channel,
        market=one.market,
        environment="" if entry.file else wish.environment,
        detail=detail,
    )


def told_of(one: Entry) -> Mapping[str, object]:
    """What the job's result tells of a rendition."""
    return {
        "asset": one.asset,
        "name": one.master,
        "preset": one.preset,
        "market": one.market,
        "language": one.language,
        "state": "written" if one.file else "listed",
        "file": one.file,
        "url": one.url,
        "width": one.width,
        "height": one.height,
        "format": one.format,
        "bytes": one.bytes,
        "over_bytes": one.over_bytes,
    }


def _name(wish: KitJob, item: KitItem, asset: Asset, piece: Piece) -> str:
    one = item.rendition
    step = RenditionStep(
        asset=asset.id,
        name=asset.name,
        sha256=item.sha256,
        preset=one.preset,
        channel=wish.channel or item.channel,
        market=one.market,
        language=one.language,
        transformation=one.transformation,
        format=one.format,
    )
    measured = Measured(width=piece.width, height=piece.height, ext=piece.format)
    return file_name(wish.template, name_facts(step, asset, measured))


def _check_names(entries: Sequence[Entry]) -> None:
    """Raises FileTakenError for two files of one name."""
    seen: set[str] = set()
    for one in entries:
        name = one.file.casefold()
        if name and name in seen:
            raise FileTakenError(
                path=one.file,
                detail=QT_TRANSLATE_NOOP("facts", "two renditions would have this name"),
            )
        seen.add(name)


def _is_there(target: Path, export: str) -> bool:
    """Was this very export written already?"""
    try:
        if target.is_dir():
            return export_named((target / MANIFEST).read_bytes()) == export
        if target.suffix.lower() == ZIP and target.is_file():
            with zipfile.ZipFile(target) as archive:
                return export_named(archive.read(f"{target.stem}/{MANIFEST}")) == export
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return False
