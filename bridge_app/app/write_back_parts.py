"""Makes those who record at masters' services, archive, and take in, out of the other parts."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bridge_app import __version__
from bridge_app.app.cloud_parts import fetched
from bridge_app.app.retraction_parts import rendition_watch
from bridge_app.delivery.access import DeliveryAccess
from bridge_app.delivery.operations import Operations
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import FolderMode
from bridge_app.storage.jobs import NewJob
from bridge_app.work.archive import ArchiveDesk, ArchiveStores
from bridge_app.work.crew import Announcer, Recorders, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments
from bridge_app.work.handlers.archive import ArchiveHandler
from bridge_app.work.handlers.archive_contents import Contents
from bridge_app.work.handlers.archive_copies import AtDelivery
from bridge_app.work.handlers.tag_master import TagHandler
from bridge_app.work.handlers.write_back import WriteBackHandler
from bridge_app.work.intake import IntakeDesk
from bridge_app.work.kinds import ARCHIVE, TAG_MASTER, WRITE_BACK
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.write_back import WriteBackDesk
from bridge_app.work.write_back_record import Records
from bridge_app.work.write_back_watch import WriteBackWatch

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN_BY = f"Asset Bridge/{__version__}"
STOP_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """What the desks are lent.

    `queue` puts jobs into the ledger, on disk when it returns; `cancel` stops jobs; `decided` is
    told of masters that joined the review queue by themselves; `who` names the person at this desk.
    """

    queue: Callable[[Sequence[NewJob]], list[int]]
    cancel: Callable[[Sequence[int]], None]
    decided: Callable[[Sequence[Asset], Approval], object]
    who: Callable[[], str]
    now: Callable[[], datetime]


def recording_handlers(
    stock: Stock,
    shelters: ShelterDesk,
    environments: Environments,
    *,
    refresh: Callable[[str, Sequence[str]], None],
    desk: Callable[[], WriteBackDesk],
    now: Callable[[], datetime],
) -> dict[str, Handler]:
    """Who writes back, archives and tags, by the kind of job.

    `desk` gives the desk that sees to masters which are published otherwise than before.
    """

    def mode(environment: str) -> FolderMode:
        return environments.account(environment).folder_mode or FolderMode.DYNAMIC

    def fetch(url: str, into: "Path") -> int:
        return fetched(url, into)

    records = _records(stock, shelters, now)
    return {
        WRITE_BACK: WriteBackHandler(
            records=records,
            kept=stock.write_backs,
            shelters=shelters,
            fetch=fetch,
            written_by=WRITTEN_BY,
        ),
        ARCHIVE: ArchiveHandler(
            archives=stock.archives,
            shelters=shelters,
            contents=Contents(
                readers=stock.readers,
                shelters=shelters,
                records=records,
                kept=stock.write_backs,
                decisions=stock.decisions,
                fetch=fetch,
                written_by=WRITTEN_BY,
            ),
            delivery=AtDelivery(
                readers=stock.readers,
                gate=stock.gate,
                deliveries=stock.deliveries,
                made=stock.made,
                retractions=stock.retractions,
                operations=lambda name: Operations(environments.credentials(name)),
                access=lambda name: DeliveryAccess(environments.credentials(name)),
                mode=mode,
                refresh=refresh,
            ),
            follow=lambda masters: desk().queue(masters),
        ),
        TAG_MASTER: TagHandler(shelters=shelters),
    }


def recorders(
    stock: Stock,
    shelters: ShelterDesk,
    announcer: Announcer,
    making: ExitStack,
    lent: Lent,
) -> Recorders:
    """Their desks; what has a thread is closed with the rest."""
    intake = IntakeDesk(
        stock.readers,
        stock.decisions,
        shelters,
        queue=lent.queue,
        decided=lent.decided,
        tell=announcer.tell,
        now=lent.now,
    )
    announcer.listen(intake.hear)
    making.callback(intake.close, STOP_S)
    stores = ArchiveStores(
        archives=stock.archives,
        kept=stock.write_backs,
        made=stock.made,
        deliveries=stock.deliveries,
        jobs=stock.jobs,
        readers=stock.readers,
        withheld=stock.is_withheld,
    )
    write_back = WriteBackDesk(
        _records(stock, shelters, lent.now),
        stock.write_backs,
        shelters,
        jobs=stock.jobs,
        queue=lent.queue,
        now=lent.now,
    )
    watch = WriteBackWatch(write_back)
    announcer.listen(watch.hear)
    making.callback(watch.close, STOP_S)
    return Recorders(
        write_back=write_back,
        archive=ArchiveDesk(
            stores,
            shelters,
            queue=lent.queue,
            cancel=lent.cancel,
            who=lent.who,
            now=lent.now,
        ),
        intake=intake,
        watch=watch,
    )


def _records(stock: Stock, shelters: ShelterDesk, now: Callable[[], datetime]) -> Records:
    return Records(
        stock.readers,
        shelters,
        made=stock.made,
        kept=stock.write_backs,
        withheld=stock.is_withheld,
        seen=rendition_watch(stock, now).seen,
    )
