"""Makes who brings masters that are files here to Cloudinary, out of the application's parts."""

from collections.abc import Callable
from pathlib import Path

from bridge_app.domain.assets import LibraryId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.jobs import WaitingFor
from bridge_app.work.crew import Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.eager_record import EagerRecord
from bridge_app.work.environments import Environments
from bridge_app.work.events import Event
from bridge_app.work.handlers.push import PushHandler
from bridge_app.work.transfers import Transfers


def push_handler(
    stock: Stock,
    environments: Environments,
    *,
    file_path: Callable[[LibraryId, str], Path],
    eager: EagerRecord,
) -> Handler:
    """Who pushes masters that are files here."""
    return PushHandler(
        stock.readers,
        stock.push_gate,
        opened=environments.opened,
        file_path=file_path,
        log=stock.uploads,
        record=stock.retractions,
        eager=eager,
    )


def going_on_after_sign_in(stock: Stock, transfers: Transfers) -> Callable[[Event], None]:
    """A listener: what waits for an account goes on when somebody has signed in to a library."""

    def hear(event: Event) -> None:
        is_news = isinstance(event, ChangeSet) and event.libraries
        if is_news and stock.jobs.waits_for_account():
            transfers.release(WaitingFor.ACCOUNT)

    return hear
