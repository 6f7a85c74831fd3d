"""The films of a review pack: masters as they are, renditions as they would be delivered."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset, Kind, LibraryId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    MediaError,
)
from bridge_app.domain.review_pack import PackItem
from bridge_app.libraries.library import Library
from bridge_app.work.review_pack_pictures import check_as_read
from bridge_app.work.studio import OpenMaster, StudioDesk, asks_for_still

if TYPE_CHECKING:
    from bridge_app.transform import Rendered
    from bridge_app.work.review_pack_files import PackWriter

PLAYED = frozenset({"m4v", "mov", "mp4", "ogv", "webm"})
"""The formats of films that browsers try; where one cannot, the page shows the picture."""
LARGEST_FILM = 500_000_000
"""Bytes of a master that goes into a pack as it is; what is made has its own, smaller limit."""
LOOK_S = 0.1

Film = Callable[[Asset, str, Callable[[], bool]], "Path | Rendered | None"]
"""A film that browsers play: with "" a master's own file, else its rendition, made until it is
cancelled. None where no film is asked for.

Raises MediaError, DecoderLimitError where there is none to show; FileTroubleError for a master that
changed.
"""


def films(studio: StudioDesk, library: Callable[[LibraryId], Library | None]) -> Film:
    """Those whose masters lie in a library which `library` finds."""

    def film(
        asset: Asset, transformation: str, is_cancelled: Callable[[], bool]
    ) -> "Path | Rendered | None":
        if asset.kind is not Kind.VIDEO or (transformation and asks_for_still(transformation)):
            return None
        home = library(asset.library)
        if home is None:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the film is not on this machine"))
        if not transformation:
            _check_played(asset.format)
            if asset.bytes > LARGEST_FILM:
                raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "it is too large"))
            return home.place(asset.path)
        made = _made(studio, asset, transformation, is_cancelled)
        _check_played(made.format)
        check_as_read(asset, home.place(asset.path))
        return made

    return film


def with_film(item: PackItem, film: "Path | Rendered", writer: "PackWriter") -> PackItem:
    """The item, with its film in the pack.

    Raises FileTroubleError for a master that changed.
    """
    stem = f"films/{int(item.key):04}"
    if isinstance(film, Path):
        name = f"{stem}{film.suffix.lower()}"
        writer.copy(name, film, sha256=item.content)
        return replace(item, film=name)
    name = f"{stem}.{film.format}"
    writer.put(name, film.data)
    told = replace(item, film=name, fidelity=film.fidelity.value)
    return replace(told, width=film.width, height=film.height) if film.width else told


def _made(
    studio: StudioDesk, asset: Asset, transformation: str, is_cancelled: Callable[[], bool]
) -> "Rendered":
    with closing(studio.open(asset)) as master, _given_up(master, is_cancelled):
        made = master.proof(transformation, with_films=True)
    if made is None:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the film is not on this machine"))
    return made


@contextmanager
def _given_up(master: OpenMaster, is_cancelled: Callable[[], bool]) -> Iterator[None]:
    """What is being made of the master in the block is given up when somebody cancels."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_S):
            if is_cancelled():
                master.give_up()

    looking = threading.Thread(target=look, name="pack-film", daemon=True)
    looking.start()
    try:
        yield
    finally:
        ended.set()
        looking.join()


def _check_played(form: str) -> None:
    if form not in PLAYED:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "browsers play no films of this format"))
