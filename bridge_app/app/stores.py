"""Opens the files of a profile: the ledger, and the caches that can be made again."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from bridge_app.domain.errors import NewerDatabaseError
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.database import DamagedDatabaseError, Writer
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.thumbs import Thumbs

Clock = Callable[[], datetime]
T = TypeVar("T")


class Stores(NamedTuple):
    """What all else is read from and written to; `closing` closes it, last opened first."""

    ledger: Writer
    catalog: Catalog
    thumbs: Thumbs
    closing: ExitStack


def open_stores(home: Path, now: Clock) -> Stores:
    """Open everything. Raises BridgeError; nothing is left open then."""
    with ExitStack() as opening:
        path = home / "ledger.db"
        ledger = open_ledger(path)
        opening.callback(ledger.close)
        catalog = _cache(home / "catalog.db", lambda at: Catalog.open(at, ledger=path), now)
        opening.callback(catalog.close)
        thumbs = _cache(home / "thumbs.db", Thumbs.open, now)
        opening.callback(thumbs.close)
        return Stores(ledger, catalog, thumbs, opening.pop_all())


def _cache(path: Path, opened: Callable[[Path], T], now: Clock) -> T:
    """Open a database that can be made again.

    One that is damaged, or that a newer version wrote, is put aside, and made again.
    """
    try:
        return opened(path)
    except (DamagedDatabaseError, NewerDatabaseError) as error:
        why = "newer" if isinstance(error, NewerDatabaseError) else "damaged"
        for file in path.parent.glob(path.name + "*"):
            file.rename(file.with_name(f"{why}-{now():%Y%m%dT%H%M%S}-{file.name}"))
        return opened(path)
