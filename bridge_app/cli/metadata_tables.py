"""The commands `metadata export` and `import`: what masters say, as a table for spreadsheets."""

import argparse
from collections.abc import Iterator, Sequence

from bridge_app.app.build import Parts, utc_now
from bridge_app.cli.files import read_file, write_file
from bridge_app.cli.metadata import say_each
from bridge_app.cli.metadata_words import master_path
from bridge_app.cli.output import DONE, FAILED, USAGE, note
from bridge_app.cli.session import chosen_assets, opened, working
from bridge_app.cli.shelter_choice import chosen_library
from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.foreign_text import LARGEST_TEXT, decoded
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.metadata_csv import Line, read_table
from bridge_app.domain.query import Query
from bridge_app.domain.standard_fields import field_of
from bridge_app.storage.search import CatalogReader

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
AT_ONCE = 500
"""Assets that are read together."""
MOST_FAULTS = 20
"""How many faults are told."""


def export(arguments: argparse.Namespace) -> int:
    """Write what masters say as a table."""
    with opened() as parts:
        ids = list(_exported(parts, arguments))
        masters = parts.worker.masters.said(ids)
        columns = _columns(arguments.fields, masters)
        separator = SEPARATORS[arguments.separator]
        data = parts.worker.words.table(masters, columns, separator=separator)
    write_file(arguments.output, data)
    note(f"{len(masters)} assets, {len(columns)} fields.")
    return DONE


def import_table(arguments: argparse.Namespace) -> int:
    """Say what a table says: only what differs from the record."""
    data = read_file(arguments.file, at_most=LARGEST_TEXT)
    if arguments.wait and not arguments.dry_run:
        with working() as (parts, _):
            return _import(parts, data, arguments)
    with opened() as parts:
        return _import(parts, data, arguments)


def _import(parts: Parts, data: bytes, arguments: argparse.Namespace) -> int:
    library = chosen_library(parts, arguments.library)
    lines = read_table(decoded(data, what="The table")).lines
    with parts.stock.readers.lent() as reader:
        libraries = [library] if library else [one.id for one in parts.worker.libraries()]
        ids = {asset for line in lines for asset in _meant(reader, line, libraries)}
        there = [one.id for one in _known(reader, sorted(ids)) if one.library in libraries]
    masters = parts.worker.masters.said(there)
    diff = parts.worker.words.table_diff(data, masters, clear_empty=arguments.clear_empty)
    for fault in diff.faults[:MOST_FAULTS]:
        note(f"{fault}.")
    if len(diff.faults) > MOST_FAULTS:
        note(f"… and {len(diff.faults) - MOST_FAULTS} more.")
    if diff.faults and not (arguments.skip_faulty or arguments.dry_run):
        note("Nothing was changed. With --skip-faulty the rest is taken.")
        return USAGE
    status = say_each(parts, diff.changes, arguments)
    return FAILED if diff.faults and status == DONE else status


def _exported(parts: Parts, arguments: argparse.Namespace) -> Iterator[AssetId]:
    if arguments.assets:
        for asset in chosen_assets(parts, arguments.assets):
            if environment_of(asset.library) is not None:
                detail = "it lies in a Cloudinary environment, and is no master"
                raise InvalidInputError(what=asset.name, detail=detail)
            yield asset.id
        return
    library = chosen_library(parts, arguments.library)
    query = Query(text=arguments.query, library=library)
    with parts.stock.readers.lent() as reader:
        yield from (one.id for one in _known(reader, reader.ids(query, now=utc_now())))


def _known(reader: CatalogReader, ids: Sequence[AssetId]) -> Iterator[Asset]:
    """The masters among these."""
    for start in range(0, len(ids), AT_ONCE):
        found = reader.assets(ids[start : start + AT_ONCE])
        yield from (one for one in found if environment_of(one.library) is None)


def _columns(fields: str, masters: list[SaidMaster]) -> list[FieldPath]:
    """The fields that were named; `all` are those in which any of the masters says something."""
    if fields != "all":
        return [master_path(name) for name in fields.split(",") if name.strip()]
    found = {path for said in masters for path in said.record()}
    return sorted(path for path in found if (field := field_of(path)) and field.editable)


def _meant(reader: CatalogReader, line: Line, libraries: list[LibraryId]) -> list[AssetId]:
    """The masters that a line may be about."""
    found = [line.asset] if line.asset else []
    if line.file:
        places = (reader.at_path(library, line.file) for library in libraries)
        at_path = [asset for asset in places if asset]
        found += at_path or _by_name(reader, line.file, libraries)
    return found


def _by_name(reader: CatalogReader, file: str, libraries: list[LibraryId]) -> list[AssetId]:
    name = file.replace("\\", "/").rpartition("/")[2]
    page = reader.page(Query(text=name), offset=0, limit=100, now=utc_now())
    return [asset.id for asset in page if asset.name == name and asset.library in libraries]
