"""The parts that keep and tell what people claim of rights, put together for `build`."""

from collections.abc import Callable, Collection

from bridge_app.app.workbench import Workbench
from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.work.crew import Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.events import Event
from bridge_app.work.handlers.write_rights import WriteRightsHandler
from bridge_app.work.kinds import WRITE_RIGHTS
from bridge_app.work.rights import RightsDesk, RightsStores
from bridge_app.work.rights_documents import RightsDocuments
from bridge_app.work.shelter_desk import ShelterDesk

DOCUMENTS = "documents"


def rights_desk(
    shop: Workbench,
    *,
    wake: Callable[[], None],
    follow: Callable[[Collection[AssetId]], None],
) -> RightsDesk:
    """Who records claims; their documents lie beside the ledger. `follow` hears of whose rights."""
    stock = shop.stock
    stores = RightsStores(
        claims=stock.rights_claims,
        readers=stock.readers,
        documents=RightsDocuments(stock.places.folder / DOCUMENTS),
    )

    def tell(event: Event) -> None:
        shop.announcer.tell(event)
        if isinstance(event, ChangeSet):
            follow(event.assets)

    return RightsDesk(stores, who=shop.who, now=shop.now, wake=wake, tell=tell)


def rights_handlers(stock: Stock, shelters: ShelterDesk) -> dict[str, Handler]:
    """Who tells services of claims, by the kind of job."""
    handler = WriteRightsHandler(
        shelters=shelters, claims=stock.rights_claims, readers=stock.readers
    )
    return {WRITE_RIGHTS: handler}
