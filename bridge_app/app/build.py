"""Makes the parts bottom up and closes them in reverse."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from bridge_app.app.clock import utc_now
from bridge_app.app.stock import open_stock
from bridge_app.app.stores import Stores
from bridge_app.app.workbench import CHILDREN, signature
from bridge_app.app.workshop import Workshop
from bridge_app.app.workshop_handlers import handlers
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.settings import SettingsFile
from bridge_app.work.crew import Stock
from bridge_app.work.environments import Environments, OpenStore
from bridge_app.work.events import Event
from bridge_app.work.worker import Worker

__all__ = ["DEMO_CLOUD", "Clock", "Parts", "build", "utc_now"]

DEMO_CLOUD = "bridge-demo"
"""The name of the sandbox as an account."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A whole application without a face."""

    home: Path
    stock: Stock
    worker: Worker
    environments: Environments
    decoder: DecoderPool
    settings: SettingsFile
    tell: Callable[[Event], None]
    closing: ExitStack

    def close(self) -> None:
        """Close everything, last made first; within about two seconds."""
        self.closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def build(
    home: Path,
    *,
    open_store: OpenStore,
    now: Clock = utc_now,
    decoder: DecoderPool | None = None,
    stores: Stores | None = None,
) -> Parts:
    """Make the parts of the profile in `home`. Raises BridgeError; nothing is left open then.

    A `decoder` that is handed in stays its owner's to close; `stores` are opened unless they are
    handed in, and closed with the rest.
    """
    with ExitStack() as making:
        settings = SettingsFile(home / "settings.json")
        pool = decoder or DecoderPool(size=CHILDREN)
        stock = open_stock(home, making, now, partial(signature, settings), stores)
        crew = Workshop(stock, settings, pool, making, open_store=open_store, now=now)
        crew.handlers = handlers(crew)
        if decoder is None:
            making.callback(pool.close)
        worker = Worker(stock, crew, who=crew.who, now=now)
        return Parts(
            home=home,
            stock=stock,
            worker=worker,
            environments=crew.environments,
            decoder=pool,
            settings=settings,
            tell=crew.announcer.tell,
            closing=making.pop_all(),
        )
