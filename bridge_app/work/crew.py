"""The stores the worker works on, and those who work on them together."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bridge_app.domain.assets import CloudCopy
from bridge_app.storage.accounts import Places
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.database import READER_CACHE_KIB, Writer
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.jobs import Jobs
from bridge_app.storage.looks import FoundPushes
from bridge_app.storage.policies import Policies
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.search import Readers
from bridge_app.storage.thumbs import Thumbs
from bridge_app.storage.uploads import UnfinishedUploads
from bridge_app.work.events import Event
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.once import OnDemand, once

# What few commands need is loaded when somebody asks for it.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.domain.push_plan import PushTarget
    from bridge_app.storage.access_logs import AccessLogs
    from bridge_app.storage.archives import Archives
    from bridge_app.storage.carried import Carried
    from bridge_app.storage.carried_fields import CarriedFields
    from bridge_app.storage.channels import Channels
    from bridge_app.storage.comments import Comments
    from bridge_app.storage.contentstack import StackPublications
    from bridge_app.storage.differences import Differences
    from bridge_app.storage.edits import Edits
    from bridge_app.storage.feeds import Feeds
    from bridge_app.storage.field_mappings import FieldMappings
    from bridge_app.storage.file_approvals import FileApprovals
    from bridge_app.storage.job_counts import JobCounts
    from bridge_app.storage.kits import Kits
    from bridge_app.storage.marks import Marks
    from bridge_app.storage.metadata_templates import MetadataTemplates
    from bridge_app.storage.moderations import Moderations
    from bridge_app.storage.places import PlaceRecords
    from bridge_app.storage.presets import Presets
    from bridge_app.storage.rendition_retractions import RenditionRetractions
    from bridge_app.storage.renditions import MadeRenditions
    from bridge_app.storage.review_packs import ReviewPacks
    from bridge_app.storage.review_requests import ReviewRequests
    from bridge_app.storage.rights_claims import RightsClaims
    from bridge_app.storage.saved_reports import SavedReports
    from bridge_app.storage.saved_searches import SavedSearches
    from bridge_app.storage.shelters import Shelters
    from bridge_app.storage.vocabularies import Vocabularies
    from bridge_app.storage.webhooks import Webhooks
    from bridge_app.storage.write_backs import WriteBacks
    from bridge_app.work.approval_watch import ApprovalWatch
    from bridge_app.work.archive import ArchiveDesk
    from bridge_app.work.differences import DifferenceDesk
    from bridge_app.work.intake import IntakeDesk
    from bridge_app.work.moderation import ModerationDesk
    from bridge_app.work.product_gate import ProductGate
    from bridge_app.work.push_gate import PushGate
    from bridge_app.work.write_back import WriteBackDesk
    from bridge_app.work.write_back_watch import WriteBackWatch


class Recorders(NamedTuple):
    """Those who record at masters' services, archive there, and take in what arrives."""

    write_back: "WriteBackDesk"
    archive: "ArchiveDesk"
    intake: "IntakeDesk"
    watch: "WriteBackWatch"

    def start(self) -> None:
        """From now on they look by themselves."""
        self.intake.start()
        self.watch.start()


class Watchers(NamedTuple):
    """Those who look after approvals: what differs, what moderators say, and what is kept."""

    differences: "DifferenceDesk"
    moderation: "ModerationDesk"
    approvals: "ApprovalWatch"

    def start(self) -> None:
        """From now on they look by themselves."""
        self.moderation.start()
        self.approvals.start()


class Announcer:
    """Hands events to those who listen; called from any worker thread."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Hear every event from now on; the listener must not block."""
        self._listeners = [*self._listeners, listener]

    def forget(self, listener: Callable[[Event], None]) -> None:
        """It hears nothing any more, but for what is being told just now."""
        self._listeners = [one for one in self._listeners if one != listener]

    def tell(self, event: Event) -> None:
        """Tell everybody."""
        for listener in self._listeners:
            listener(event)


class Stock(OnDemand):
    """The stores the worker works on; those that only a few ask for are made for them.

    `ledger` writes to the precious database in `home`, and `who` names the person at this desk.
    """

    def __init__(
        self,
        home: Path,
        ledger: Writer,
        catalog: Catalog,
        thumbs: Thumbs,
        *,
        who: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._home = home
        self._ledger = ledger
        self.catalog = catalog
        self.thumbs = thumbs
        self.readers = Readers(partial(catalog.reader, cache_kib=READER_CACHE_KIB))
        self.places = Places(ledger)
        self.audit = AuditTrail(ledger)
        self.decisions = Decisions(ledger)
        self.policies = Policies(ledger)
        self.deliveries = Deliveries(ledger, now=now)
        self.jobs = Jobs(ledger, who)
        self.uploads = UnfinishedUploads(ledger)
        self.retractions = Retractions(ledger)
        self.found_pushes = FoundPushes(ledger)
        told = (self.policies, self.decisions, self.deliveries, self.readers)
        self.gate = Gatekeeper(*told, named=self.named, now=now)
        self.now = now

    def check_outside_plugins(self, target: "PushTarget") -> None:
        """Raises PluginFolderError for a folder that belongs to the plug-in of a shop."""
        from bridge_app.domain.channel_settings import PluginFolderError, plugin_folder_of

        owner = plugin_folder_of(target.folder, self.kits.settings()) if target.folder else None
        if owner is not None:
            raise PluginFolderError(name=target.folder, channel=owner[0], folder=owner[1])

    def is_withheld(self, copy: CloudCopy) -> bool:
        """Is this copy held back at delivery: retracted, or closed with an archived campaign?"""
        known = self.retractions.one(copy.environment, copy.asset_id)
        retracted = known is not None and known.is_withdrawn
        return retracted or self.archives.is_closed(copy.environment, copy.asset_id)

    def named(self) -> dict[str, str]:
        """What presets here say that named transformations stand for."""
        presets = self.rendition_presets.library().presets
        return {name: one.transformation for name, one in presets.items()}

    @once
    def edits(self) -> "Edits":
        """What people said of metadata, and what became of it."""
        from bridge_app.storage.edits import Edits

        return Edits(self._ledger)

    @once
    def carried(self) -> "Carried":
        """Contents that are the same picture."""
        from bridge_app.storage.carried import Carried

        return Carried(self._ledger)

    @once
    def carried_fields(self) -> "CarriedFields":
        """What masters and their copies last agreed on."""
        from bridge_app.storage.carried_fields import CarriedFields

        return CarriedFields(self._ledger)

    @once
    def metadata_templates(self) -> "MetadataTemplates":
        """Templates of metadata."""
        from bridge_app.storage.metadata_templates import MetadataTemplates

        return MetadataTemplates(self._ledger)

    @once
    def vocabularies(self) -> "Vocabularies":
        """Words for fields."""
        from bridge_app.storage.vocabularies import Vocabularies

        return Vocabularies(self._ledger)

    @once
    def rendition_presets(self) -> "Presets":
        """Presets and sets of renditions."""
        from bridge_app.storage.presets import Presets

        return Presets(self._ledger)

    @once
    def rendition_retractions(self) -> "RenditionRetractions":
        """Renditions that had to go."""
        from bridge_app.storage.rendition_retractions import RenditionRetractions

        return RenditionRetractions(self._ledger)

    @once
    def made(self) -> "MadeRenditions":
        """The renditions that were made in the cloud."""
        from bridge_app.storage.renditions import MadeRenditions

        return MadeRenditions(self._ledger)

    @once
    def channels(self) -> "Channels":
        """The notification channels that are switched on."""
        from bridge_app.storage.channels import Channels

        return Channels(self._ledger)

    @once
    def stacks(self) -> "StackPublications":
        """Stacks of Contentstack, and what was written into their entries."""
        from bridge_app.storage.contentstack import StackPublications

        return StackPublications(self._ledger)

    @once
    def webhooks(self) -> "Webhooks":
        """Endpoints that are told what happens, and what happened since."""
        from bridge_app.storage.webhooks import Webhooks

        return Webhooks(self._ledger)

    @once
    def feeds(self) -> "Feeds":
        """Feeds of products, and what they say."""
        from bridge_app.storage.feeds import Feeds

        return Feeds(self._ledger)

    @once
    def push_gate(self) -> "PushGate":
        """Who is asked as pushes leave."""
        from bridge_app.work.push_gate import PushGate

        return PushGate(gate=self.gate, products=lambda: self.products)

    @once
    def products(self) -> "ProductGate":
        """What products say against their images."""
        from bridge_app.work.product_gate import ProductGate

        return ProductGate(feeds=self.feeds, gate=self.gate, now=self.now, latest=self.audit.latest)

    @once
    def place_records(self) -> "PlaceRecords":
        """Where assets went."""
        from bridge_app.storage.places import PlaceRecords

        return PlaceRecords(self._ledger)

    @once
    def access_logs(self) -> "AccessLogs":
        """Access logs that were imported."""
        from bridge_app.storage.access_logs import AccessLogs

        return AccessLogs(self._ledger)

    @once
    def job_counts(self) -> "JobCounts":
        """How many jobs there are of each kind."""
        from bridge_app.storage.job_counts import JobCounts

        return JobCounts(self._ledger)

    @once
    def saved_reports(self) -> "SavedReports":
        """Reports that people keep."""
        from bridge_app.storage.saved_reports import SavedReports

        return SavedReports(self._ledger)

    @once
    def rights_claims(self) -> "RightsClaims":
        """What people claim of rights."""
        from bridge_app.storage.rights_claims import RightsClaims

        return RightsClaims(self._ledger)

    @once
    def write_backs(self) -> "WriteBacks":
        """What was recorded at masters' services."""
        from bridge_app.storage.write_backs import WriteBacks

        return WriteBacks(self._ledger)

    @once
    def archives(self) -> "Archives":
        """Archives of campaigns."""
        from bridge_app.storage.archives import Archives

        return Archives(self._ledger)

    @once
    def field_mappings(self) -> "FieldMappings":
        """Which field is which at the other system."""
        from bridge_app.storage.field_mappings import FieldMappings

        return FieldMappings(self._ledger)

    @once
    def shelters(self) -> "Shelters":
        """Accounts of services that keep masters."""
        from bridge_app.storage.shelters import Shelters

        return Shelters(self._ledger)

    @once
    def comments(self) -> "Comments":
        """What is said of assets in reviews."""
        from bridge_app.storage.comments import Comments

        return Comments(self._ledger)

    @once
    def review_requests(self) -> "ReviewRequests":
        """Who was asked to decide on what."""
        from bridge_app.storage.review_requests import ReviewRequests

        return ReviewRequests(self._ledger)

    @once
    def review_packs(self) -> "ReviewPacks":
        """Review packs that were handed out."""
        from bridge_app.storage.review_packs import ReviewPacks

        return ReviewPacks(self._ledger)

    @once
    def file_approvals(self) -> "FileApprovals":
        """What files say of their approval."""
        from bridge_app.storage.file_approvals import FileApprovals

        return FileApprovals(self._ledger)

    @once
    def kits(self) -> "Kits":
        """Channel kits, and settings of channels."""
        from bridge_app.storage.kits import Kits

        return Kits(self._ledger)

    @property
    def kit_pieces(self) -> Path:
        """The folder for what is made of kits that are not whole yet."""
        return self._home / "kits"

    @once
    def marks(self) -> "Marks":
        """Ratings and labels that are said in reviews."""
        from bridge_app.storage.marks import Marks

        return Marks(self._ledger)

    @once
    def differences(self) -> "Differences":
        """What approved content looked like."""
        from bridge_app.storage.differences import Differences

        return Differences(self._ledger)

    @once
    def moderations(self) -> "Moderations":
        """What moderators at Cloudinary say."""
        from bridge_app.storage.moderations import Moderations

        return Moderations(self._ledger)

    @once
    def searches(self) -> "SavedSearches":
        """Searches that people keep."""
        from bridge_app.storage.saved_searches import SavedSearches

        return SavedSearches(self._home / "searches.json")
