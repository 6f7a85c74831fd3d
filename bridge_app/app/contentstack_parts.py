"""Makes those who publish into stacks of Contentstack out of the other parts."""

from collections.abc import Callable, Sequence
from random import Random

from bridge_app.app.workbench import Workbench
from bridge_app.domain.changes import ChangeSet
from bridge_app.storage.jobs import NewJob
from bridge_app.work.contentstack import ContentstackDesk, StackMeans
from bridge_app.work.contentstack_state import PublicationStates
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
        is_withheld=stock.is_withheld,
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
