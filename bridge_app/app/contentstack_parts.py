"""Makes those who publish into stacks of Contentstack out of the other parts."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random

from bridge_app.app.workbench import Workbench
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.changes import ChangeSet
from bridge_app.storage.jobs import NewJob
from bridge_app.work.contentstack import ContentstackDesk, StackMeans
from bridge_app.work.contentstack_state import PublicationStates
from bridge_app.work.crew import Stock
from bridge_app.work.handlers.contentstack import ContentstackHandler
from bridge_app.work.stack_services import StackServices


def contentstack_parts(
    shop: Workbench, *, queue: Callable[[Sequence[NewJob]], list[int]]
) -> tuple[ContentstackDesk, ContentstackHandler]:
    """Their desk, and who carries its jobs out; they share the connections."""
    stock, rng = shop.stock, Random()  # noqa: S311 - spreads tries
    services = StackServices(shop.environments.secrets, spread=rng.random)
    shop.senders.callback(services.close)
    states = PublicationStates(
        stock.readers,
        stock.gate,
        stock.made,
        copies=stock.write_backs.copies,
        is_withheld=partial(_is_withheld, stock),
    )

    def changed() -> None:
        shop.announcer.tell(ChangeSet(channels=True))

    means = StackMeans(
        jobs=stock.jobs,
        queue=queue,
        placed=stock.write_backs.placed,
        who=shop.who,
        now=shop.now,
        changed=changed,
    )
    handler = ContentstackHandler(
        kept=stock.stacks, states=states, services=services, changed=changed
    )
    return ContentstackDesk(stock.stacks, states, services, means), handler


def _is_withheld(stock: Stock, copy: CloudCopy) -> bool:
    """Is this copy held back at delivery: retracted, or closed with an archived campaign?"""
    known = stock.retractions.one(copy.environment, copy.asset_id)
    retracted = known is not None and known.is_withdrawn
    return retracted or stock.archives.is_closed(copy.environment, copy.asset_id)
