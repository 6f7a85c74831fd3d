"""Opens the databases of a profile: the ledger, and the caches that can be made again."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bridge_app.domain.errors import NewerDatabaseError
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.database import DamagedDatabaseError
from bridge_app.storage.ledger import back_up, open_ledger
from bridge_app.storage.thumbs import Thumbs
from bridge_app.work.crew import Stock

Clock = Callable[[], datetime]
T = TypeVar("T")


def open_stock(home: Path, making: ExitStack, now: Clock, who: Callable[[], str]) -> Stock:
    """Open everything; `making` closes it, last opened first. Raises BridgeError.

    `who` names the person at this desk.
    """
    ledger_path = home / "ledger.db"
    ledger = open_ledger(ledger_path)
    making.callback(ledger.close)
    back_up(ledger_path, now=now())
    catalog = _cache(home / "catalog.db", lambda path: Catalog.open(path, ledger=ledger_path), now)
    making.callback(catalog.close)
    thumbs = _cache(home / "thumbs.db", Thumbs.open, now)
    making.callback(thumbs.close)
    stock = Stock(home, ledger, catalog, thumbs, who=who, now=now)
    making.callback(stock.readers.close)
    return stock


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
