"""An application without accounts, and a sandbox of several environments beside it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from bridge_app.delivery.accounts import NewAccount
from bridge_app.libraries.photoshelter import service
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.plans import PLANS
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger
from tests.desk import ACCOUNT, Desk
from tests.shelters import MakeSyncs, Shelf, Syncs
from tests.work.campaign import Campaign
from tests.work.offices import ARCHIVE, OWNER, READER, New


@pytest.fixture
def cloud(decoder: DecoderPool) -> Iterator[Sandbox]:
    """Two environments on the free plan, one of them with a key that may only read."""
    made = Sandbox(
        accounts=(OWNER, READER, ARCHIVE),
        decoder=decoder,
        folder_mode="fixed",
        settings=Settings(plan=PLANS["free"], token_seconds=600),
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture
def office(cloud: Sandbox, decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """An open application without accounts."""
    made = Desk(tmp_path / "office", sandbox=None, decoder=decoder)
    made.open()
    yield made
    made.close()


@pytest.fixture
def new(cloud: Sandbox) -> New:
    """What a person would enter."""
    return lambda account: NewAccount.from_url(cloud.cloudinary_url(account))


@pytest.fixture
def campaign(
    decoder: DecoderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Campaign]:
    """One master in the finals, and a desk that is signed in to both services."""
    monkeypatch.setattr(service, "Pacing", partial(Pacing, per_s=10_000.0))
    sandbox = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
    )
    desk = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    made = Campaign(desk, sandbox)
    made.brand.move_in()
    made.brand.add("hero.jpg", iptc={"title": "Hero", "keywords": ["dawn"]})
    sandbox.start()
    desk.open()
    made.connect()
    yield made
    desk.close()
    sandbox.stop()


@pytest.fixture
def make_syncs(tmp_path: Path) -> Iterator[MakeSyncs]:
    """Makes syncs by hand, each into a catalog and a ledger of its own."""
    closing: list[Callable[[], None]] = []

    def made(shelf: Shelf) -> Syncs:
        home = tmp_path / str(len(closing))
        ledger = open_ledger(home / "ledger.db")
        catalog = Catalog.open(home / "catalog.db", ledger=home / "ledger.db")
        closing.extend((catalog.close, ledger.close))
        return Syncs(shelf, catalog, Decisions(ledger))

    yield made
    for close in closing:
        close()


@pytest.fixture
def shelf() -> Shelf:
    """An empty PhotoShelter-style service in memory."""
    return Shelf()


@pytest.fixture
def syncs(shelf: Shelf, make_syncs: MakeSyncs) -> Syncs:
    """Syncs with it."""
    return make_syncs(shelf)
