"""The parts that govern masters of services, put together; `build` gives them their places."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bridge_app.app.rights_parts import rights_handlers
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.jobs import NewJob
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.editing import Editing
from bridge_app.work.governance import GovernanceDesk, GovernanceStores
from bridge_app.work.handlers.after_telling import AfterTelling
from bridge_app.work.handlers.write_approval import ApprovalPlaces, WriteApprovalHandler
from bridge_app.work.kinds import WRITE_APPROVAL
from bridge_app.work.shelter_desk import ShelterDesk


def governance_desk(
    stock: Stock,
    editing: Editing,
    shelters: ShelterDesk,
    *,
    queue: Callable[[Sequence[NewJob]], list[int]],
    who: Callable[[], str],
    now: Callable[[], datetime],
) -> GovernanceDesk:
    """What is asked about the field mapping, and who queues what services are to be told."""
    return GovernanceDesk(
        GovernanceStores(
            mappings=stock.field_mappings,
            readers=stock.readers,
            mirror=CloudMirror(stock.catalog.writer),
        ),
        editing,
        shelters,
        queue=queue,
        who=who,
        now=now,
    )


def told_first(handlers: Mapping[str, Handler], stock: Stock) -> dict[str, Handler]:
    """These handlers, each after the services were told of decisions."""
    return {
        kind: AfterTelling(handler=handler, decisions=stock.decisions)
        for kind, handler in handlers.items()
    }


def approval_handlers(
    stock: Stock, shelters: ShelterDesk, announcer: Announcer
) -> dict[str, Handler]:
    """Who tells services of decisions and of rights, by the kind of job."""
    places = ApprovalPlaces(
        shelters=shelters,
        decisions=stock.decisions,
        readers=stock.readers,
        emit=announcer.tell,
    )
    return {WRITE_APPROVAL: WriteApprovalHandler(places), **rights_handlers(stock, shelters)}
