"""An application without accounts, and a sandbox of several environments beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.delivery.accounts import NewAccount
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.plans import PLANS
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from tests.desk import Desk
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
