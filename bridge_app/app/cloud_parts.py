"""Makes those who change assets in the cloud, out of the parts of the application."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bridge_app.delivery.listing import Listing
from bridge_app.delivery.operations import Operations
from bridge_app.domain.cloud import CloudAsset, FolderMode, catalog_id
from bridge_app.domain.cloud_changes import CloudChange
from bridge_app.domain.gate import Reason, Use, Verdict
from bridge_app.domain.overrides import newest_of
from bridge_app.domain.unmastered import against_mirrored
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.search import Standing
from bridge_app.work.cloud_desk import CloudDesk, Leave, Means
from bridge_app.work.contents import masters_of, said_against
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.environments import Environments
from bridge_app.work.events import Event
from bridge_app.work.exchange.version_gate import VersionGate
from bridge_app.work.handlers.cloud_change import Against, CloudChangeHandler
from bridge_app.work.handlers.cloud_folder import FolderMover
from bridge_app.work.handlers.in_turn import InTurn
from bridge_app.work.hearing import Hearing, Surroundings
from bridge_app.work.mirror import AroundMirrors, Mirrors
from bridge_app.work.mirror_proof import MirrorStores
from bridge_app.work.rights_look import RightsLook

if TYPE_CHECKING:
    from bridge_app.delivery.links import AddressWish

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
) -> InTurn:
    """Carries out changes of cloud assets, those of one asset in their order."""
    handler = CloudChangeHandler(
        opened=lambda environment: Operations(environments.credentials(environment)),
        mode=partial(folder_mode, environments),
        copies=stock.deliveries,
        folder=FolderMover(
            CloudMirror(stock.catalog.writer),
            stock.deliveries,
            emit=emit,
            look_again=look_again,
            is_open=lambda batch, but: stock.jobs.is_open(batch, but=but),
        ),
        against=Against(
            content=partial(reasons_against, stock),
            seeing=partial(_against_seeing, stock),
            version=partial(reasons_against_version, stock),
        ),
        refresh=refresh,
    )
    return InTurn(handler, job=stock.jobs.one)


def folder_mode(environments: Environments, environment: str) -> FolderMode:
    """Where the folders of an environment come from; asks the service where nobody knows yet."""
    known = environments.account(environment).folder_mode
    return known or Listing(environments.credentials(environment)).folder_mode()


def make_mirrors(
    stock: Stock,
    environments: Environments,
    announcer: Announcer,
    *,
    rights: RightsLook,
    online: Callable[[], bool],
    now: Clock,
) -> Mirrors:
    """Who mirrors environments, and hears of changes."""

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
        around=AroundMirrors(
            current=current,
            known=lambda name: any(one.environment == name for one in environments.accounts()),
            online=online,
            rights=rights,
        ),
        now=now,
    )
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
    now: Clock,
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
            leave=lambda copy, wish: leave_of(stock, copy, wish, now()),
            bars=stock.gate.bars_layers,
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


def reasons_against(stock: Stock, sha256: str, environment: str) -> str:
    """Why content may not be delivered there again: what the gate says of every master of it.

    "" if one of them may. If there is none here, what was said of the content itself counts.
    """
    answers = [stock.gate.answer(one, environment) for one in masters_of(stock.readers, sha256)]
    if not answers:
        at = stock.now()
        reasons = said_against(stock.readers, stock.decisions, sha256, environment, at)
        return Verdict(reasons).sentence()
    return "" if any(answer.allows for answer in answers) else answers[0].sentence()


def _against_seeing(stock: Stock, copy: CloudAsset, through: str) -> str:
    # As in `fetched`.
    from bridge_app.delivery.links import AddressWish  # noqa: PLC0415

    return leave_of(stock, copy, AddressWish(transformation=through), stock.now()).against


def _unmastered(
    stock: Stock, copy: CloudAsset, subject: str, use: Use, layers: datetime | None
) -> Leave:
    """Of what lies there alone, and of what is laid on it, which ends at `layers`."""
    at, content = stock.now(), copy.claimed_sha256
    with stock.readers.lent() as reader:
        mirrored = reader.standing(copy.id)
    found: dict[Reason, None] = {}
    if content:
        said = said_against(stock.readers, stock.decisions, content, copy.environment, at)
        found |= dict.fromkeys(said)
    if mirrored is not None:
        found |= dict.fromkeys(against_mirrored(mirrored, at, use))
    if stock.gate.bars_layers(copy.environment, subject, use):
        found[Reason.LAYER] = None
    own = None if mirrored is None else mirrored.rights.ends
    until = min(filter(None, (own, layers)), default=None)
    return Leave(against=Verdict(tuple(found)).sentence(), until=until)


def version_gate(stock: Stock) -> VersionGate:
    """Who says what may take the place of a master at Cloudinary."""
    return VersionGate(
        readers=stock.readers,
        decisions=stock.decisions,
        gate=stock.gate,
        of_masters=lambda sha256, environment: reasons_against(stock, sha256, environment),
    )


def reasons_against_version(stock: Stock, operations: Operations, change: CloudChange) -> str:
    """Why the kept version that a change names may not be delivered again; "" if it may.

    It is fetched: what it is, only its bytes tell.
    """
    asset, environment = change.asset_id, change.environment
    with TemporaryDirectory(prefix="version-") as folder:
        place = Path(folder) / "version"
        operations.download_version(asset, change.value, place, fetched)
        with place.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return version_gate(stock).against(catalog_id(environment, asset), environment, sha256)


def leave_of(stock: Stock, copy: CloudAsset, wish: "AddressWish", at: datetime) -> Leave:
    """Whether a copy may be known at such an address, by its masters here, and until when.

    No master speaks for longer than its rights hold, an override that it needs, the products
    that it was delivered for, or what is laid on it.
    """
    gate, environment, use = stock.gate, copy.environment, wish.use
    subject = gate.subject(wish.transformation, wish.format)
    place = copy.public_id
    masters = masters_of(stock.readers, copy.claimed_sha256) if copy.claimed_sha256 else []
    answers = [
        (one, gate.used(one, environment, use=use, subject=subject, place=place)) for one in masters
    ]
    allowing = [(one, answer) for one, answer in answers if answer.allows]
    layers = gate.layers_until(environment, subject, use)
    if not answers:
        return _unmastered(stock, copy, subject, use, layers)
    if not allowing:
        return Leave(against=answers[0][1].sentence())
    subjects = ("", subject) if subject else ("",)
    ends = [
        end
        for one, answer in allowing
        for end in (
            one.rights.ends,
            gate.used_until(one, environment, use=use, place=place),
            *_passes(one, answer, environment, subjects),
        )
        if end is not None and end > at
    ]
    return Leave(until=min(filter(None, (*ends, layers)), default=None))


def _passes(
    one: Standing, answer: Verdict, environment: str, subjects: Sequence[str]
) -> Iterator[datetime | None]:
    """The ends of the overrides that a master needs."""
    for subject in subjects if answer.overridden else ():
        found = newest_of(one.overrides, environment, subject)
        if found is not None:
            yield found.until
