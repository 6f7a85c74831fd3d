"""Two desks that edit the same master and its copy: real ledgers, catalogs, desks and handlers."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Protocol, cast

from bridge_app.delivery.permissions import Permission
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import TAGS, Conflict, FieldPath, Subject
from bridge_app.domain.errors import BridgeError, InvalidInputError
from bridge_app.domain.field_mapping import Direction, FieldMapping, Leads, MappingRow, Target
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.master_sheet import MasterWay
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.metadata_rules import Schema
from bridge_app.domain.read_plan import Whereabouts
from bridge_app.storage.carried_fields import CarriedFields
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.cloud_mirror import CloudMirror, SyncState
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.edits import Edits
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.storage.metadata_schema import MetadataSchemas
from bridge_app.storage.search import Readers
from bridge_app.work.context import Context
from bridge_app.work.edit_record import EditRecord
from bridge_app.work.editing import Editing, EditingStores
from bridge_app.work.environments import Environments
from bridge_app.work.field_sync import FieldSync, SyncPlaces
from bridge_app.work.handlers.edit import EditHandler, EditPlaces
from bridge_app.work.jobs import EDIT, PUSH
from bridge_app.work.master_copies import MasterCopies
from bridge_app.work.master_editing import MasterEditing
from tests.work.desk_masters import DeskMaster, DeskStores, FileMaster, ShelterMaster
from tests.work.shared_file import SharedFile
from tests.work.two_services import (
    CLOUD,
    COPY,
    Cloud,
    CloudLine,
    Line,
    Shelter,
)

START = datetime(2026, 6, 15, 12, tzinfo=UTC)
MAPPED = {"title": Leads.MASTER, "headline": Leads.NEWEST, "caption": Leads.CLOUD}
MAPPING = FieldMapping(
    rows=(
        *(
            MappingRow(
                source=source,
                targets=(Target.read(f"context.{source}"),),
                direction=Direction.BOTH,
                leads=leads,
            )
            for source, leads in MAPPED.items()
        ),
        MappingRow(source="keywords", targets=(Target.read("tags"),), direction=Direction.BOTH),
    )
)


class Master(Protocol):
    """The one master, wherever its system of record is; its words are counted."""

    introduced: Counter[str]

    @property
    def record(self) -> Mapping[str, FieldValue]:
        """What it says."""

    def words(self) -> set[str]:
        """Every word that it says."""

    def keywords(self) -> tuple[str, ...]:
        """Its keywords."""

    def put(self, changes: Mapping[str, Any]) -> None:
        """Somebody says these there."""


@dataclass(slots=True)
class World:
    """What both desks share: the places, the true time, and every word that was ever typed.

    `file` is where the master lies; None: it is a record of a service.
    """

    rng: Random
    file: Path | None = None
    at: datetime = START
    typed: list[str] = field(default_factory=list)
    buried: set[str] = field(default_factory=set)
    """Words that somebody at a service wrote over, or took away, with their own hands."""
    master: Master = field(init=False)
    cloud: Cloud = field(init=False)

    def __post_init__(self) -> None:
        self.cloud = Cloud(now=self.now)
        self.master = Shelter(now=self.now) if self.file is None else self._file(self.file)

    def _file(self, path: Path) -> SharedFile:
        return SharedFile.made(path, self.now)

    def now(self) -> datetime:
        """Every look at the clock takes a moment."""
        self.at += timedelta(milliseconds=7)
        return self.at

    def word(self) -> str:
        """One that nobody ever typed."""
        self.typed.append(f"w{len(self.typed)}")
        return self.typed[-1]

    def at_desk(self, stores: DeskStores, line: Line) -> DeskMaster:
        """The master as a desk with these stores knows it."""
        if isinstance(self.master, Shelter):
            return ShelterMaster(stores, self.master, line)
        if isinstance(self.master, SharedFile):
            return FileMaster(stores, self.master, line)
        raise AssertionError(self.master)


class SimDesk:
    """One desk; `open` again after it was killed."""

    def __init__(self, world: World, home: Path, rng: Random, *, name: str, skew: timedelta):
        self.world, self.home, self.rng, self.name = world, home, rng, name
        self._skew = skew
        self.line = Line(rng=rng)
        self.batches: list[str] = []
        self.mapping = MAPPING
        self.open()

    def open(self) -> None:
        """Start the program."""
        self.ledger = Writer.open(self.home / "ledger.db", "ledger", synchronous="OFF")
        self.catalog = Catalog.open(self.home / "catalog.db", ledger=self.home / "ledger.db")
        self.readers = Readers(self.catalog.reader)
        self.edits = Edits(self.ledger)
        self.place = self.world.at_desk(
            DeskStores(
                ledger=self.ledger, catalog=self.catalog, readers=self.readers, edits=self.edits
            ),
            self.line,
        )
        record = EditRecord(self.edits, emit=lambda _: None, who=lambda: self.name, now=self.now)
        stores = EditingStores(
            edits=self.edits,
            schemas=MetadataSchemas(self.catalog.writer),
            readers=self.readers,
            mirror=CloudMirror(self.catalog.writer),
            deliveries=Deliveries(self.ledger, now=self.now),
        )
        self.editing = Editing(
            stores,
            cast(Environments, None),
            record,
            permission=lambda _, what: Permission(capability=what),
            check=lambda *_: None,
            now=self.now,
        )
        copies = MasterCopies(self.readers, mapping=lambda: self.mapping, schema=lambda _: Schema())
        self.masters = MasterEditing(
            self.readers,
            record,
            copies,
            way=lambda _: MasterWay.INSIDE,
            check=lambda *_: None,
            demanded=lambda: lambda _: (),
        )
        self.sync = FieldSync(
            SyncPlaces(
                record=record,
                masters=self.masters,
                copies=copies,
                carried=CarriedFields(self.ledger),
                edits=self.edits,
                allowed=lambda _, value, __: value,
                now=self.now,
            )
        )
        self.handler = EditHandler(
            EditPlaces(
                edits=self.edits,
                desk=lambda _: CloudLine(cloud=self.world.cloud, line=self.line),
                mode=lambda _: FolderMode.DYNAMIC,
                where=lambda *_: Whereabouts(),
                keep=self.editing.keep,
                emit=lambda _: None,
            )
        )

    def close(self) -> None:
        """End the program: SQLite keeps what was committed, and nothing else."""
        self.readers.close()
        self.catalog.close()
        self.ledger.close()

    def reopen(self) -> None:
        """It was killed, and somebody starts it again."""
        self.line.fuse = None
        self.close()
        self.open()

    def now(self) -> datetime:
        """What this desk takes for the time."""
        return self.world.now() + self._skew

    def look(self) -> None:
        """A sync of what is known of both."""
        self.place.look()
        line = CloudLine(cloud=self.world.cloud, line=self.line)
        self.editing.keep(list(line.read([COPY], FolderMode.DYNAMIC).values()))

    def deliver(self) -> None:
        """Run what is due."""
        for environment in self.edits.due():
            handler = self.handler if environment == CLOUD else self.place.handler
            with suppress(BridgeError):
                handler(_job(environment), Context(attempt=1, now=self.now, report=lambda *_: None))

    # People

    @property
    def master(self) -> AssetId:
        """The one master."""
        return self.place.id

    @property
    def copy(self) -> AssetId:
        """Its copy."""
        return self.world.cloud.copy.id

    def type(self) -> None:
        """Somebody edits the master or the copy, as this desk shows it."""
        at_master = self.rng.random() < 0.6
        name = self.rng.choice((*MAPPED, "keywords"))
        word = self.world.word()
        if name == "keywords":
            path = FieldPath(Subject.STANDARD, "keywords") if at_master else TAGS
            said = self.record(at_master=at_master).get(path)
            held = said if isinstance(said, tuple) else ()
            gone = self.rng.sample(held, k=min(len(held), self.rng.randrange(2)))
            change = Change(path=path, add=(word,), remove=tuple(gone))
        else:
            subject = Subject.STANDARD if at_master else Subject.CONTEXT
            change = Change(path=FieldPath(subject, name), value=word)
        desk = self.masters if at_master else self.editing
        with suppress(InvalidInputError):
            batch = desk.say([self.master if at_master else self.copy], [change])
            self.batches += [batch] if batch else []

    def record(self, *, at_master: bool) -> dict[FieldPath, object]:
        """What this desk shows of the master, or of the copy."""
        if at_master:
            return dict(self.masters.said([self.master])[0].record())
        return dict(self.editing.said([self.copy])[0].record())

    def undo(self) -> None:
        """Take something back, or say it again."""
        if self.batches:
            batch = self.batches.pop(self.rng.randrange(len(self.batches)))
            taken = self.masters.take_back(batch)
            if self.rng.random() < 0.4:
                self.batches.append(self.masters.say_again(batch))
            elif taken.batch:
                self.batches.append(taken.batch)

    def settle(self) -> None:
        """Decide about a conflict: ours, theirs, or something new."""
        conflicts = self.masters.conflicts()
        if conflicts:
            one = self.rng.choice(conflicts)
            chosen = (one.ours, one.theirs, None)[self.rng.randrange(3)]
            self.masters.settle(one, chosen if chosen is not None else self._anew(one))

    def _anew(self, conflict: Conflict) -> str | tuple[str, ...]:
        word = self.world.word()
        return (word,) if isinstance(conflict.theirs, tuple) else word

    def carry(self) -> None:
        """Bring both sides together."""
        self.sync.sync([self.master], environment=CLOUD)

    def is_quiet(self) -> bool:
        """Is nothing on its way?"""
        return not self.edits.due()


def _job(environment: str) -> JobRecord:
    return JobRecord(
        id=1,
        kind=EDIT,
        identity=EDIT,
        batch="",
        environment=environment,
        asset=None,
        name="",
        state=JobState.RUNNING,
        attempts=1,
        done=0,
        total=0,
        params={},
        created_at="",
        updated_at="",
    )


def template(home: Path, file: Path | None) -> Path:
    """A profile that knows the master and its copy; copied for every desk of every history."""
    home.mkdir(parents=True)
    world = World(Random(0), file)  # noqa: S311
    desk = SimDesk(world, home, Random(0), name="", skew=timedelta())  # noqa: S311
    desk.line.calm = True
    desk.place.look()
    copy = desk.world.cloud.copy
    CloudMirror(desk.catalog.writer).put([copy], SyncState(environment=CLOUD))
    with desk.readers.lent() as reader:
        content = reader.assets([desk.master])[0].content or ""
    Deliveries(desk.ledger, now=desk.now).keep_copy(
        CloudCopy(
            environment=CLOUD,
            public_id=copy.public_id,
            resource_type=copy.resource_type,
            delivery_type=copy.delivery_type,
            version=1,
            asset_id=copy.asset_id,
            format="jpg",
            etag="",
            sha256=content,
            bytes=1,
            url="",
        ),
        at=START,
    )
    push = NewJob(
        kind=PUSH,
        identity=PUSH,
        batch="",
        name="",
        params={},
        environment=CLOUD,
        asset=desk.master,
        public_id=copy.public_id,
    )
    Jobs(desk.ledger).add([push], at=START)
    desk.close()
    return home
