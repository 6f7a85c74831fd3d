"""The parts that keep and tell what people claim of rights, put together for `build`."""

from collections.abc import Callable
from datetime import datetime

from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.handlers.write_rights import WriteRightsHandler
from bridge_app.work.kinds import WRITE_RIGHTS
from bridge_app.work.rights import RightsDesk, RightsStores
from bridge_app.work.rights_documents import RightsDocuments
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.transfers import Transfers

DOCUMENTS = "documents"


def rights_desk(
    stock: Stock,
    announcer: Announcer,
    transfers: Transfers,
    *,
    who: Callable[[], str],
    now: Callable[[], datetime],
) -> RightsDesk:
    """Who records claims; their documents lie beside the ledger."""
    stores = RightsStores(
        claims=stock.rights_claims,
        readers=stock.readers,
        documents=RightsDocuments(stock.places.folder / DOCUMENTS),
    )
    return RightsDesk(stores, who=who, now=now, wake=transfers.nudge, tell=announcer.tell)


def rights_handlers(stock: Stock, shelters: ShelterDesk) -> dict[str, Handler]:
    """Who tells services of claims, by the kind of job."""
    handler = WriteRightsHandler(
        shelters=shelters, claims=stock.rights_claims, readers=stock.readers
    )
    return {WRITE_RIGHTS: handler}
