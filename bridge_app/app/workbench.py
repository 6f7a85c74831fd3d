"""What all who work need: the stores, the keys, the network, and the folders that are watched."""

import getpass
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.delivery.connections import install
from bridge_app.delivery.learning import LearningConnections
from bridge_app.delivery.limits import Budgets
from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import NotFoundError
from bridge_app.libraries.drafts import Drafts
from bridge_app.libraries.library import Library
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.watcher import Watcher
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.settings import SettingsFile
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.environments import Environments, OpenStore
from bridge_app.work.lessons import Lessons
from bridge_app.work.once import OnDemand, once
from bridge_app.work.scan_run import Stores
from bridge_app.work.scanner import Scanner

# Whoever few commands need is loaded when somebody asks for them.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.delivery.upload_presets import UploadPresets
    from bridge_app.work.audit import AuditDesk
    from bridge_app.work.rights_look import RightsLook

CHILDREN = 2
STOP_S = 1.8

Clock = Callable[[], datetime]


class Workbench(OnDemand):
    """Where all of them work; `making` closes it.

    Those at the desks end first, the last made before the others, and then those who scan and
    send; `connections` are what these use to the end.
    """

    def __init__(
        self,
        stock: Stock,
        settings: SettingsFile,
        decoder: DecoderPool,
        making: ExitStack,
        *,
        open_store: OpenStore,
        now: Clock,
    ) -> None:
        super().__init__()
        self.stock = stock
        self.settings = settings
        self.decoder = decoder
        self.now = now
        self._open_store = open_store
        self.connections = making.enter_context(ExitStack())
        self.senders = making.enter_context(ExitStack())
        self.at_desks = making.enter_context(ExitStack())
        self.announcer = Announcer()
        self.budgets = Budgets(now=now)

    def who(self) -> str:
        """Who signs decisions here."""
        return signature(self.settings)

    def file_path(self, library: LibraryId, path: str) -> Path:
        """Where a master's file lies. Raises NotFoundError."""
        place = self.local_library(library)
        if place is None:
            raise NotFoundError(what=f"The library of {path}")
        return place.place(path)

    def local_library(self, library: LibraryId) -> Library | None:
        """A library in a folder, whether it is watched or not, or not yet."""
        return self.scanner.library(library) or self._unwatched(library)

    def has_services(self) -> bool:
        """Does any library live at a service? Asks the ledger, and makes nobody."""
        return bool(self.stock.shelters.records())

    @once
    def environments(self) -> Environments:
        """Product environments and their keys."""
        connections = LearningConnections(now=self.now, budgets=self.budgets)
        install(connections)
        self.senders.callback(connections.clear)
        environments = Environments(
            self.stock.places,
            open_store=self._open_store,
            lessons=self.lessons,
            locks=self.stock.places.folder,
            now=self.now,
        )
        connections.listener = environments
        return environments

    @once
    def lessons(self) -> Lessons:
        """What keys may do, as answers taught."""
        return Lessons(
            self.stock.places.facts,
            now=self.now,
            on_change=lambda: self.announcer.tell(ChangeSet(accounts=True)),
        )

    @once
    def rights_look(self) -> "RightsLook":
        """Finds out beforehand what keys may do."""
        from bridge_app.work.rights_look import RightsLook

        credentials = self.environments.credentials
        return RightsLook(self.lessons, credentials=credentials, now=self.now)

    @once
    def scanner(self) -> Scanner:
        """Looks through local libraries."""
        scanner = Scanner(
            Stores(
                catalog=self.stock.catalog,
                thumbs=self.stock.thumbs,
                decoder=self.decoder,
                readers=ThreadPoolExecutor(CHILDREN + 1, thread_name_prefix="reader"),
                emit=self.announcer.tell,
            ),
            open_library=_open_library,
            tidy=self.drafts.tidy,
            watch=Watcher,
            now_ns=time.time_ns,
        )
        self.senders.callback(scanner.close, STOP_S)
        return scanner

    @once
    def drafts(self) -> Drafts:
        """The files that are being copied into libraries."""
        return Drafts(self.stock.places.folder / "copying")

    @once
    def audit(self) -> "AuditDesk":
        """Reads the audit trail, and adds refusals to it."""
        from bridge_app.work.audit import AuditDesk

        return AuditDesk(self.stock.audit, self.stock.readers, who=self.who, now=self.now)

    @once
    def presets(self) -> "UploadPresets":
        """Upload presets at Cloudinary."""
        from bridge_app.delivery.upload_presets import UploadPresets

        return UploadPresets(credentials=self.environments.credentials)

    def _unwatched(self, library: LibraryId) -> Library | None:
        """The library where nobody watches it: in a command beside the window."""
        found = (one for one in self.stock.places.libraries() if one.id == library)
        return next(map(_open_library, found), None)


def _open_library(record: LibraryRecord) -> Library:
    return LocalLibrary(Path(record.location))


def signature(settings: SettingsFile) -> str:
    """Who signs decisions: the chosen name, or that of the system's account."""
    return settings.load().who or getpass.getuser()
