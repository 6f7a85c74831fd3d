"""Makes those who change assets in the cloud, out of the parts of the application."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from bridge_app.delivery.listing import Listing
from bridge_app.delivery.operations import Operations
from bridge_app.domain.cloud import FolderMode
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.jobs import NewJob
from bridge_app.work.cloud_desk import CloudDesk, Means
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.environments import Environments
from bridge_app.work.events import Event
from bridge_app.work.handlers.cloud_change import CloudChangeHandler
from bridge_app.work.handlers.cloud_folder import FolderMover
from bridge_app.work.hearing import Hearing, Surroundings
from bridge_app.work.mirror import Mirrors
from bridge_app.work.mirror_proof import MirrorStores

Clock = Callable[[], datetime]
STOP_S = 1.8
LARGEST_VERSION = 50_000_000_000
"""Bytes; no plan stores a larger file."""


def cloud_change_handler(
    stock: Stock,
    environments: Environments,
    *,
    refresh: Callable[[str, Sequence[str]], None],
    look_again: Callable[[str], None],
    emit: Callable[[Event], None],
) -> CloudChangeHandler:
    """Carries out changes of cloud assets."""

    def mode(environment: str) -> FolderMode:
        known = environments.account(environment).folder_mode
        return known or Listing(environments.credentials(environment)).folder_mode()

    return CloudChangeHandler(
        opened=lambda environment: Operations(environments.credentials(environment)),
        mode=mode,
        copies=stock.deliveries,
        folder=FolderMover(
            CloudMirror(stock.catalog.writer),
            stock.deliveries,
            emit=emit,
            look_again=look_again,
        ),
        may_return=lambda sha256, environment: reasons_against(stock, sha256, environment),
        refresh=refresh,
    )


def make_mirrors(
    stock: Stock,
    environments: Environments,
    announcer: Announcer,
    making: ExitStack,
    *,
    online: Callable[[], bool],
    now: Clock,
) -> Mirrors:
    """Who mirrors environments; hears of changes, and is closed with the rest."""

    def current() -> str | None:
        account = environments.current()
        return account.environment if account else None

    mirrors = Mirrors(
        MirrorStores(
            mirror=CloudMirror(stock.catalog.writer),
            deliveries=stock.deliveries,
            emit=announcer.tell,
        ),
        open_listing=lambda environment: Listing(environments.credentials(environment)),
        current=current,
        known=lambda name: any(one.environment == name for one in environments.accounts()),
        online=online,
        now=now,
    )
    making.callback(mirrors.close, STOP_S)
    announcer.listen(mirrors.hear)
    return mirrors


def make_hearing(
    stock: Stock,
    environments: Environments,
    mirrors: Mirrors,
    *,
    online: Callable[[], bool],
    tell: Callable[[Event], None],
    now: Clock,
) -> Hearing:
    """Polls for the changes of the environment in use."""

    def current() -> str | None:
        account = environments.current()
        return account.environment if account else None

    return Hearing(
        stock.channels,
        mirrors,
        surroundings=Surroundings(
            credentials=environments.credentials, current=current, online=online
        ),
        tell=tell,
        now=now,
    )


def cloud_desk(
    stock: Stock,
    environments: Environments,
    *,
    queue: Callable[[Sequence[NewJob]], list[int]],
) -> CloudDesk:
    """Plans and queues them, and asks for versions and relations."""
    return CloudDesk(
        stock.readers,
        stock.jobs,
        environments,
        queue=queue,
        means=Means(
            mirror=CloudMirror(stock.catalog.writer),
            size=stock.catalog.size,
            fetch=fetched,
            against=lambda sha256, environment, transformation, form: reasons_against(
                stock, sha256, environment, stock.gate.subject(transformation, form)
            ),
        ),
    )


def fetched(url: str, into: Path) -> int:
    """Write what an address gives to a file; its size in bytes."""
    # httpx takes 0.2 s to load, which a start must not wait for.
    from bridge_app.delivery.renditions import Renditions  # noqa: PLC0415

    connections = Renditions()
    try:
        return connections.fetch(url, into, largest=LARGEST_VERSION)
    finally:
        connections.close()


def reasons_against(stock: Stock, sha256: str, environment: str, subject: str = "") -> str:
    """Why content may not be delivered there again: what the gate says of every master of it.

    `subject` is what it goes through, as approvals name it.

    "" if one of them may, or if there is none here: then nobody said anything about it.
    """
    with stock.readers.lent() as reader:
        standings = [reader.standing(asset) for asset in reader.masters(sha256)]
    answers = [
        stock.gate.answer(one, environment, subject=subject) for one in standings if one is not None
    ]
    if not answers or any(answer.allows for answer in answers):
        return ""
    return answers[0].sentence()
