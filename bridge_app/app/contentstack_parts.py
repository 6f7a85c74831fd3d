"""Makes those who publish into stacks of Contentstack out of the other parts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from threading import Lock
from typing import TYPE_CHECKING

from bridge_app.app.workbench import Workbench
from bridge_app.domain.changes import ChangeSet
from bridge_app.storage.jobs import NewJob
from bridge_app.work.contentstack import ContentstackDesk, StackMeans
from bridge_app.work.contentstack_state import PublicationStates
from bridge_app.work.handlers.contentstack import ContentstackHandler
from bridge_app.work.stack_copies import LARGEST, StackCopies
from bridge_app.work.stack_services import StackServices

if TYPE_CHECKING:
    from bridge_app.delivery.renditions import Renditions


def contentstack_parts(
    shop: Workbench, *, queue: Callable[[Sequence[NewJob]], list[int]]
) -> tuple[ContentstackDesk, ContentstackHandler]:
    """Their desk, and who carries its jobs out; they share the connections."""
    stock, rng = shop.stock, Random()  # noqa: S311 - spreads tries
    services = StackServices(shop.environments.secrets, spread=rng.random)
    shop.connections.callback(services.close)
    states = PublicationStates(
        stock.readers,
        stock.gate,
        stock.made,
        copies=stock.write_backs.copies,
        placed=stock.write_backs.placed,
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
        kept=stock.stacks,
        states=states,
        services=services,
        copies=StackCopies(fetch=_fetched(shop)),
        changed=changed,
    )
    return ContentstackDesk(stock.stacks, states, services, means), handler


def _fetched(shop: Workbench) -> Callable[[str, Path], int]:
    """Fetches what is delivered; whoever does is made with the first copy."""
    lock, made = Lock(), list["Renditions"]()

    def fetch(url: str, into: Path) -> int:
        # httpx takes 0.2 s to load, which a start must not wait for.
        from bridge_app.delivery.renditions import Renditions  # noqa: PLC0415

        with lock:
            if not made:
                made.append(Renditions())
                shop.connections.callback(made[0].close)
        return made[0].fetch(url, into, largest=LARGEST + 1)

    return fetch
