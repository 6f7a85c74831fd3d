"""Fixtures for every test: the platform, the corpus, and a profile of its own."""

import gc
import logging
import os
import sqlite3
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage import database
from bridge_app.ui import asker
from tests.desk import ACCOUNT, Desk
from tests.made_once import (
    IconsMadeOnce,
    compile_routes_once,
    leave_constants_of_the_program_alone,
)
from tests.receivers import Receiver

# No deadline: machines that share their cores are slow now and then. In CI the same examples each
# time, so that a landing never depends on luck, and an eighth as many; elsewhere new ones.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=12)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
if os.environ.get("CI"):
    leave_constants_of_the_program_alone(pytest.MonkeyPatch())


PATIENCE_MS = 30_000
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive):
    # Five seconds are short where cores are shared; what holds sooner is not waited for.
    cast("dict[str, int]", wait.__kwdefaults__)["timeout"] = PATIENCE_MS
# A thread that is stuck is found; one that had no core for two seconds is not stuck.
asker.CLOSE_S = PATIENCE_MS / 1000


class Frozen:
    """What was collected stays: no later collection of garbage need look through it.

    A window that closes lets go of all of it; that is noticed, because to count what is frozen
    takes some 10 ms.
    """

    def __init__(self) -> None:
        self._holds = False
        self._unfreeze = gc.unfreeze

    def begin(self) -> None:
        """From now on."""
        gc.unfreeze = self._let_go
        self.renew()

    def renew(self) -> None:
        """Freeze again what a window let go of."""
        if not self._holds:
            gc.collect()
            gc.freeze()
            self._holds = True

    def _let_go(self) -> None:
        self._holds = False
        self._unfreeze()


frozen = Frozen()


def pytest_collection_finish() -> None:
    """Freeze what was collected."""
    frozen.begin()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Freeze it again."""
    frozen.renew()


class Templates:
    """New databases are copies of one that went through all steps of its schema in this process.

    The steps take fifty milliseconds for each desk, and there are a thousand desks.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, sqlite3.Connection] = {}
        self._migrate = database._migrate

    def migrate(self, path: Path, connection: sqlite3.Connection, schema: str) -> None:
        """See `database`; one that holds something goes through its own steps."""
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            with self._lock:
                self._template(path, schema).backup(connection)
        self._migrate(path, connection, schema)

    def _template(self, path: Path, schema: str) -> sqlite3.Connection:
        if schema not in self._made:
            made = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            made.execute("PRAGMA foreign_keys = ON")
            self._migrate(path, made, schema)
            self._made[schema] = made
        return self._made[schema]

    def close(self) -> None:
        """Forget them."""
        for made in self._made.values():
            made.close()


@pytest.fixture(scope="session", autouse=True)
def schemas_are_made_once() -> Iterator[None]:
    """See `Templates`."""
    templates = Templates()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_migrate", templates.migrate)
        yield
    templates.close()


@pytest.fixture(scope="session", autouse=True)
def what_is_the_same_is_made_once() -> Iterator[None]:
    """See `made_once`."""
    icons = IconsMadeOnce()
    with pytest.MonkeyPatch.context() as patch:
        compile_routes_once(patch)
        icons.begin(patch)
        yield
    icons.close()


@pytest.fixture(autouse=True)
def the_log_is_as_it_was() -> Iterator[None]:
    """A detailed log that stays on would tell of every test after it, and hold up its threads."""
    root = logging.getLogger()
    level = root.level
    yield
    assert root.level == level


CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real media with known facts; never written to."""
    if not (CORPUS / "manifest.csv").is_file():
        pytest.skip(f"the corpus is not at {CORPUS}")
    return CORPUS


@pytest.fixture(scope="session")
def decoder() -> Iterator[DecoderPool]:
    """The sandbox's own decoder children, shared by all tests."""
    with DecoderPool(size=2) as pool:
        yield pool


@pytest.fixture
def sandbox(decoder: DecoderPool, tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox of the test's own, with one account."""
    made = Sandbox(accounts=(ACCOUNT,), decoder=decoder, state=tmp_path / "sandbox")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def desk(sandbox: Sandbox, decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """An open application with an empty folder, and the sandbox as its account."""
    made = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    made.open()
    yield made
    made.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Somebody else's endpoint."""
    with Receiver() as made:
        yield made
