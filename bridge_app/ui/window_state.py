"""What the window remembers, between its settings and its parts: pure conversions."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.storage.last_place import last_query
from bridge_app.storage.settings import Settings
from bridge_app.ui.panels.asset_grid import MAX_PX, MIN_PX
from bridge_app.ui.theme import Scheme

SIZE_PX = (1440, 900)
SIDEBAR_PX, MIDDLE_PX, INSPECTOR_PX = 236, 892, 312
USUAL_PX = (SIDEBAR_PX, MIDDLE_PX, INSPECTOR_PX)


def geometry(kept: str) -> QByteArray:
    """Qt's geometry of a window; empty if none is remembered or it cannot be read."""
    try:
        return QByteArray(b64decode(kept, validate=True))
    except (Error, ValueError):
        return QByteArray()


def geometry_text(raw: QByteArray) -> str:
    """The reverse of `geometry`."""
    return b64encode(bytes(raw.data())).decode()


def hidden_parts(settings: Settings) -> frozenset[str]:
    """The parts that a person has put away: "sidebar", "inspector"."""
    return frozenset(settings.window_state.split())


def splitter(settings: Settings) -> list[int]:
    """The widths of sidebar, middle and inspector in logical pixels."""
    kept = settings.splitter
    if len(kept) == 3 and all(0 <= width <= 10_000 for width in kept) and kept[1] > 0:
        return list(kept)
    return list(USUAL_PX)


def scheme(settings: Settings) -> Scheme:
    """The colours chosen; the system's if what is kept is unknown."""
    known = {scheme.value: scheme for scheme in Scheme}
    return known.get(settings.scheme, Scheme.SYSTEM)


def picture_width(settings: Settings) -> int:
    """The width of the grid's pictures, within its bounds."""
    return min(MAX_PX, max(MIN_PX, settings.thumbnail_px))


def first_query(settings: Settings, libraries: Sequence[LibraryRecord]) -> Query:
    """Where the person was the last time, as far as that is still there."""
    query = last_query(settings)
    if any(record.id == query.library for record in libraries):
        return query
    return replace(query, library=None, folder="")


def with_query(settings: Settings, query: Query) -> Settings:
    """The settings that bring the person back to where a query is."""
    return replace(
        settings,
        last_library=query.library or "",
        last_folder=query.folder,
        sort=query.sort.value,
        descending=query.descending,
    )


def library_of(query: Query, libraries: Sequence[LibraryRecord]) -> LibraryRecord | None:
    """The library that is shown; of all of them the only one, if there is one only."""
    if query.library is None:
        return libraries[0] if len(libraries) == 1 else None
    return next((record for record in libraries if record.id == query.library), None)


def place_name(query: Query, libraries: Sequence[LibraryRecord]) -> str:
    """What the place that is shown is called; "" is everywhere."""
    folder = query.folder.rpartition("/")[2]
    library = library_of(query, libraries) if query.library is not None and not folder else None
    return library.name if library else folder
