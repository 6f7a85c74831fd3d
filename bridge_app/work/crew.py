"""The stores the worker works on, and those who do the work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bridge_app.delivery.limits import Budgets
from bridge_app.delivery.upload_presets import UploadPresets
from bridge_app.storage.accounts import Places
from bridge_app.storage.archives import Archives
from bridge_app.storage.audit import AuditTrail
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.channels import Channels
from bridge_app.storage.comments import Comments
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.differences import Differences
from bridge_app.storage.edits import Edits
from bridge_app.storage.field_mappings import FieldMappings
from bridge_app.storage.jobs import Jobs
from bridge_app.storage.marks import Marks
from bridge_app.storage.moderations import Moderations
from bridge_app.storage.policies import Policies
from bridge_app.storage.presets import Presets
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.retractions import Retractions
from bridge_app.storage.review_packs import ReviewPacks
from bridge_app.storage.review_requests import ReviewRequests
from bridge_app.storage.rights_claims import RightsClaims
from bridge_app.storage.saved_searches import SavedSearches
from bridge_app.storage.search import Readers
from bridge_app.storage.shelters import Shelters
from bridge_app.storage.thumbs import Thumbs
from bridge_app.storage.uploads import UnfinishedUploads
from bridge_app.storage.write_backs import WriteBacks
from bridge_app.work.approval_watch import ApprovalWatch
from bridge_app.work.archive import ArchiveDesk
from bridge_app.work.audit import AuditDesk
from bridge_app.work.cloud_desk import CloudDesk
from bridge_app.work.differences import DifferenceDesk
from bridge_app.work.editing import Editing
from bridge_app.work.environments import Environments
from bridge_app.work.events import Event
from bridge_app.work.gatekeeper import Gatekeeper
from bridge_app.work.governance import GovernanceDesk
from bridge_app.work.hearing import Hearing
from bridge_app.work.intake import IntakeDesk
from bridge_app.work.lessons import Lessons
from bridge_app.work.mirror import Mirrors
from bridge_app.work.moderation import ModerationDesk
from bridge_app.work.pictures import Pictures
from bridge_app.work.preset_shelf import PresetShelf
from bridge_app.work.renditions import RenditionDesk
from bridge_app.work.retraction import RetractionDesk
from bridge_app.work.reviews import ReviewDesk
from bridge_app.work.rights import RightsDesk
from bridge_app.work.scanner import Scanner
from bridge_app.work.shelter_desk import ShelterDesk
from bridge_app.work.studio import StudioDesk
from bridge_app.work.transfers import Transfers
from bridge_app.work.write_back import WriteBackDesk


class Recorders(NamedTuple):
    """Those who record at masters' services, archive there, and take in what arrives."""

    write_back: WriteBackDesk
    archive: ArchiveDesk
    intake: IntakeDesk


class Watchers(NamedTuple):
    """Those who look after approvals: what differs, what moderators say, and what is kept."""

    differences: DifferenceDesk
    moderation: ModerationDesk
    approvals: ApprovalWatch

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
        self._listeners.append(listener)

    def tell(self, event: Event) -> None:
        """Tell everybody."""
        for listener in self._listeners:
            listener(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """The stores the worker works on."""

    catalog: Catalog
    thumbs: Thumbs
    places: Places
    audit: AuditTrail
    decisions: Decisions
    policies: Policies
    gate: Gatekeeper
    deliveries: Deliveries
    channels: Channels
    jobs: Jobs
    uploads: UnfinishedUploads
    edits: Edits
    rendition_presets: Presets
    made: MadeRenditions
    retractions: Retractions
    rights_claims: RightsClaims
    write_backs: WriteBacks
    archives: Archives
    field_mappings: FieldMappings
    shelters: Shelters
    comments: Comments
    review_requests: ReviewRequests
    review_packs: ReviewPacks
    marks: Marks
    differences: Differences
    moderations: Moderations
    readers: Readers
    searches: SavedSearches


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Those who do the work."""

    announcer: Announcer
    audit: AuditDesk
    budgets: Budgets
    presets: UploadPresets
    scanner: Scanner
    transfers: Transfers
    environments: Environments
    lessons: Lessons
    mirrors: Mirrors
    cloud_desk: CloudDesk
    hearing: Hearing
    editing: Editing
    pictures: Pictures
    studio: StudioDesk
    shelters: ShelterDesk
    governance: GovernanceDesk
    rights: RightsDesk
    rendition_presets: PresetShelf
    renditions: RenditionDesk
    retractions: RetractionDesk
    reviews: ReviewDesk
    recording: Recorders
    watchers: Watchers
