"""What is done of a start while Qt is being loaded: the profile is locked, and its files opened."""

import threading
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bridge_app.app.clock import utc_now
from bridge_app.app.profile import sole_worker
from bridge_app.app.stores import Stores, open_stores
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query
from bridge_app.storage.in_use import environment_in_use
from bridge_app.storage.last_place import last_query
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.models.listing import Kept, Listing, read_listing


class Known(NamedTuple):
    """What a window can be shown with."""

    stores: Stores
    query: Query  # where the person was the last time
    reader: "AskedReader"  # for the window's first questions


class AskedReader:
    """A reader that was asked a query once: its answer is known, and others come soon."""

    def __init__(self, reader: CatalogReader, query: Query) -> None:
        self._reader = reader
        self._query = query
        self._listing: Listing | None = None
        self._thread = threading.Thread(target=self._ask, name="first question", daemon=True)
        self._thread.start()

    def get(self) -> CatalogReader:
        """The reader, when it has answered."""
        self._thread.join()
        return self._reader

    def listing(self, query: Query) -> Listing | None:
        """What was found, if that was asked and is known by now."""
        return self._listing if query == self._query else None

    def close(self) -> None:
        """Close it, whoever has it."""
        self.get().close()

    def _ask(self) -> None:
        # Who asks again hears what is wrong.
        with suppress(BridgeError):
            self._listing = read_listing(
                self._reader,
                self._query,
                pages=[0],
                marks=frozenset(),
                kept=Kept(),
                now=utc_now(),
            )


class Ahead:
    """Begins in a thread of its own: a check of the ledger keeps no other from running."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._lock = ExitStack()
        self._known: Known | None = None
        self._trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
        self._thread.start()

    def known(self, closing: ExitStack) -> Known:
        """What was opened; `closing` unlocks the profile. Raises BridgeError as it did."""
        self._thread.join()
        closing.push(self._lock)
        if self._known is not None:
            return self._known
        raise self._trouble or AssertionError

    def open(self) -> Known:
        """Open it now: after somebody has mended what was damaged. Raises BridgeError."""
        settings = SettingsFile(self.home / "settings.json").load()
        stores = open_stores(self.home, utc_now)
        try:
            used = environment_in_use(stores.ledger)
            query = replace(last_query(settings), environment=used)
            reader = AskedReader(stores.catalog.reader(), query)
        except BaseException:
            stores.closing.close()
            raise
        stores.closing.callback(reader.close)
        return Known(stores, query, reader)

    def _run(self) -> None:
        try:
            self._lock.enter_context(sole_worker(self.home))
            self._known = self.open()
        except BaseException as error:  # noqa: BLE001 - raised where it is asked for
            self._trouble = error
