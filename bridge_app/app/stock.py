"""Stocks the stores of a profile with all that works on them."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bridge_app.app.stores import Stores, open_stores
from bridge_app.storage.ledger import back_up
from bridge_app.work.crew import Stock

Clock = Callable[[], datetime]


def open_stock(
    home: Path, making: ExitStack, now: Clock, who: Callable[[], str], stores: Stores | None = None
) -> Stock:
    """Open everything, but for `stores` that are open; `making` closes it. Raises BridgeError.

    `who` names the person at this desk.
    """
    ledger, catalog, thumbs, closing = stores or open_stores(home, now)
    making.push(closing)
    back_up(home / "ledger.db", now=now())
    stock = Stock(home, ledger, catalog, thumbs, who=who, now=now)
    making.callback(stock.readers.close)
    return stock
