"""Makes who notices what may not be delivered any more, out of the application's parts."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime

from bridge_app.storage.jobs import NewJob
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.environments import Environments
from bridge_app.work.rendition_retraction import RenditionWatch
from bridge_app.work.retraction import RetractionDesk

STOP_S = 1.0


def rendition_watch(stock: Stock, now: Callable[[], datetime]) -> RenditionWatch:
    """Who knows which renditions may not be delivered any more."""
    return RenditionWatch(stock.rendition_retractions, stock.readers, stock.gate, now=now)


def retraction_desk(
    stock: Stock,
    environments: Environments,
    announcer: Announcer,
    making: ExitStack,
    *,
    queue: Callable[[Sequence[NewJob]], list[int]],
    now: Callable[[], datetime],
) -> RetractionDesk:
    """Who notices what has to be retracted; hears of changes, and is closed with the rest."""
    desk = RetractionDesk(
        stock.readers,
        stock.retractions,
        stock.deliveries,
        stock.jobs,
        environments=lambda: [account.environment for account in environments.accounts()],
        queue=queue,
        tell=announcer.tell,
        now=now,
        renditions=rendition_watch(stock, now),
    )
    announcer.listen(desk.hear)
    making.callback(desk.close, STOP_S)
    return desk
