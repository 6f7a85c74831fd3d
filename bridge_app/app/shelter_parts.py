"""Makes those who keep libraries of PhotoShelter's kind, out of the parts of the application."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.secrets import SecretStore
from bridge_app.storage.shelter_containers import ShelterContainers
from bridge_app.storage.shelter_mirror import ShelterMirror
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.opened_originals import OpenedOriginals
from bridge_app.work.shelter_accounts import ShelterAccounts
from bridge_app.work.shelter_desk import DeskStores, ShelterDesk
from bridge_app.work.shelter_offline import OfflineStores, ShelterOffline
from bridge_app.work.shelter_originals import ShelterOriginals
from bridge_app.work.shelter_pictures import ShelterPictures
from bridge_app.work.shelters import ShelterThread, ShelterThreads, Surroundings

Clock = Callable[[], datetime]


def shelter_accounts(
    stock: Stock, *, secrets: Callable[[], SecretStore], now: Clock
) -> ShelterAccounts:
    """Knows the accounts, and opens them."""
    return ShelterAccounts(stock.shelters, secrets=secrets, locks=stock.places.folder, now=now)


def shelter_pictures(
    stock: Stock, accounts: ShelterAccounts, decoder: DecoderPool, *, online: Callable[[], bool]
) -> ShelterPictures:
    """Makes pictures of masters."""
    return ShelterPictures(
        stock.readers, stock.thumbs, decoder, service=accounts.service, online=online
    )


def shelter_desk(
    stock: Stock,
    accounts: ShelterAccounts,
    pictures: ShelterPictures,
    announcer: Announcer,
    *,
    online: Callable[[], bool],
    now: Clock,
) -> ShelterDesk:
    """Syncs them, and answers questions about them."""
    stores = DeskStores(
        mirror=ShelterMirror(stock.catalog.writer),
        containers=ShelterContainers(stock.catalog.writer),
        shelters=stock.shelters,
        decisions=stock.decisions,
        readers=stock.readers,
        emit=announcer.tell,
    )
    originals = ShelterOriginals(
        originals_folder(stock.places.folder),
        accounts.service,
        opened=OpenedOriginals(stock.places.folder / "opened"),
        online=online,
    )
    offline = ShelterOffline(
        OfflineStores(
            shelters=stock.shelters,
            containers=stores.containers,
            readers=stock.readers,
            thumbs=stock.thumbs,
            emit=announcer.tell,
        ),
        pictures,
        originals,
        now=now,
    )
    around = Surroundings(
        service=accounts.service,
        is_known=accounts.is_known,
        is_signed_in=accounts.is_signed_in,
        online=online,
        now=now,
    )
    threads = ShelterThreads(lambda account: ShelterThread(account, stores.sync, around, offline))
    return ShelterDesk(stores, accounts, threads, offline=offline, originals=originals, now=now)


def originals_folder(profile: Path) -> Path:
    """Where originals that are kept for offline lie."""
    return profile / "originals"
