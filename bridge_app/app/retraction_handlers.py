"""Makes those who take back what may not be delivered any more, for the first job of that kind."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bridge_app.app.retraction_parts import rendition_watch
from bridge_app.delivery.access import DeliveryAccess
from bridge_app.delivery.derived_renditions import DerivedRenditions
from bridge_app.delivery.operations import Operations
from bridge_app.domain.cloud import FolderMode
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.retract import RetractHandler
from bridge_app.work.handlers.retract_rendition import RetractRenditionHandler
from bridge_app.work.kinds import RETRACT, RETRACT_RENDITION


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
            due=rendition_watch(stock, now).due,
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
