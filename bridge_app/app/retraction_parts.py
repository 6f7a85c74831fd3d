"""Makes those who take back what may not be delivered any more, out of the application's parts."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime

from bridge_app.delivery.access import DeliveryAccess
from bridge_app.delivery.derived_renditions import DerivedRenditions
from bridge_app.delivery.operations import Operations
from bridge_app.domain.cloud import FolderMode
from bridge_app.storage.jobs import NewJob
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.retract import RetractHandler
from bridge_app.work.handlers.retract_rendition import RetractRenditionHandler
from bridge_app.work.rendition_retraction import RenditionWatch
from bridge_app.work.retraction import RetractionDesk
from bridge_app.work.retraction_jobs import RETRACT, RETRACT_RENDITION

STOP_S = 1.0


def retraction_handlers(
    stock: Stock,
    environments: Environments,
    announcer: Announcer,
    *,
    refresh: Callable[[str, Sequence[str]], None],
    now: Callable[[], datetime],
) -> dict[str, Handler]:
    """Who carries retractions out, by the kind of job."""

    def mode(environment: str) -> FolderMode:
        return environments.account(environment).folder_mode or FolderMode.DYNAMIC

    return {
        RETRACT_RENDITION: RetractRenditionHandler(
            due=_watch(stock, now).due,
            record=stock.rendition_retractions,
            deliveries=stock.deliveries,
            derived=lambda environment: DerivedRenditions(environments.credentials(environment)),
            access=lambda environment: DeliveryAccess(environments.credentials(environment)),
            tell=announcer.tell,
        ),
        RETRACT: RetractHandler(
            readers=stock.readers,
            record=stock.retractions,
            operations=lambda environment: Operations(environments.credentials(environment)),
            access=lambda environment: DeliveryAccess(environments.credentials(environment)),
            mode=mode,
            refresh=refresh,
            tell=announcer.tell,
        ),
    }


def _watch(stock: Stock, now: Callable[[], datetime]) -> RenditionWatch:
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
        renditions=_watch(stock, now),
    )
    announcer.listen(desk.hear)
    making.callback(desk.close, STOP_S)
    return desk
