"""The one master as a desk knows it: a record at a service, or a file in a folder of its own."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol, cast

from bridge_app.app.master_parts import file_handler
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.domain.shelter_reading import read
from bridge_app.media.metadata_files import MetadataFiles, Way, Written
from bridge_app.storage.carried import Carried
from bridge_app.storage.catalog import Catalog, SeenFile, asset_id
from bridge_app.storage.database import Writer
from bridge_app.storage.edits import Edits
from bridge_app.storage.search import Readers
from bridge_app.storage.shelter_mirror import Placed, ShelterMirror
from bridge_app.storage.shelter_rows import as_asset
from bridge_app.work.crew import Announcer, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.handlers.write_shelter import ShelterPlaces, WriteShelterHandler
from bridge_app.work.reading import rewritten
from bridge_app.work.scanner import Scanner
from tests.work.shared_file import FileLine, SharedFile
from tests.work.two_services import Line, Shelter, ShelterLine

FOLDER = LibraryId("folder")
NOWHERE = Path("/nowhere")


@dataclass(slots=True)
class DeskStores:
    """The stores of one desk that its master's handler needs."""

    ledger: Writer
    catalog: Catalog
    readers: Readers
    edits: Edits


class DeskMaster(Protocol):
    """The master as one desk knows it."""

    @property
    def id(self) -> AssetId:
        """Its identity here."""

    @property
    def handler(self) -> Handler:
        """Who delivers what was said of it."""

    def look(self) -> None:
        """Keep what it says now."""


class ShelterMaster:
    """As the mirror of a service knows it."""

    def __init__(self, stores: DeskStores, shelter: Shelter, line: Line) -> None:
        self._shelter, self._line = shelter, line
        self._mirror = ShelterMirror(stores.catalog.writer)
        self.id = shelter.asset().id
        self.handler: Handler = WriteShelterHandler(
            ShelterPlaces(
                edits=stores.edits,
                shelters=self,
                is_complete=lambda _: True,
                emit=lambda _: None,
            )
        )

    def service(self, account: str) -> ShelterLine:
        """The service of the one account."""
        del account
        return ShelterLine(shelter=self._shelter, line=self._line)

    def refresh_now(self, asset: AssetId) -> ShelterAsset:
        """Read the master, and keep what it is now."""
        del asset
        told = self.service("").media()
        row = as_asset(told, read(told, ()), folder="")
        placed = Placed(told=told, row=row, home="", galleries=(), approval="")
        self._mirror.put(told.account, [placed])
        return told

    def look(self) -> None:
        """A sync of the mirror."""
        self.refresh_now(self.id)


class FileMaster:
    """As the catalog of a folder knows it."""

    def __init__(self, stores: DeskStores, shared: SharedFile, line: Line) -> None:
        self._catalog, self._shared, self._line = stores.catalog, shared, line
        self._files = FileLine(shared=shared, line=line)
        self._looked: object = None
        self.id = asset_id(FOLDER, shared.path.name)
        stock = SimpleNamespace(
            edits=stores.edits,
            readers=stores.readers,
            carried=Carried(stores.ledger),
            catalog=stores.catalog,
            thumbs=SimpleNamespace(carry=lambda *_: None),
        )
        self.handler: Handler = file_handler(
            cast(Stock, stock),
            cast(Scanner, SimpleNamespace(is_idle=lambda: True)),
            cast(Announcer, SimpleNamespace(tell=lambda _: None)),
            files=cast(MetadataFiles, self._files),
            place=self._place,
        )

    def _place(self, library: LibraryId, path: str) -> Path:
        del library
        return self._shared.path.parent / path if self._line.online else NOWHERE

    def look(self) -> None:
        """A scan of the folder: what is as it was is not read again."""
        stamp = self._shared.stamp()
        if self._line.online and stamp != self._looked:
            self._catalog.put([self.seen()])
            self._looked = stamp

    def seen(self) -> SeenFile:
        """What a scan finds."""
        said = self._files.files.read(self._shared.path)
        path, stamp = self._shared.path, said.stamp
        known: dict[str, Any] = {"record": said.record, "differs": said.differs}
        asset = Asset(
            id=self.id,
            library=FOLDER,
            path=path.name,
            name=path.name,
            folder="",
            kind=Kind.IMAGE,
            format=said.format,
            bytes=stamp.bytes,
            modified_at="",
        )
        return rewritten(
            asset,
            Written(
                path=path,
                target=path,
                way=Way.INSIDE,
                before=stamp,
                after=stamp,
                md5="",
                sidecar=said.sidecar,
                **known,
            ),
        )
