"""Who is asked for what at the worker's door; a desk is made when somebody first asks for it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.jobs import WaitingFor
from bridge_app.storage.settings import Settings
from bridge_app.work.crew import Stock
from bridge_app.work.once import OnDemand, once

# Whoever few commands need is loaded when somebody asks for them.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.delivery.upload_presets import UploadPresets
    from bridge_app.domain.environments import HourlyBudget
    from bridge_app.work.approvals import ApprovalDesk
    from bridge_app.work.archive import ArchiveDesk
    from bridge_app.work.audit import AuditDesk
    from bridge_app.work.cloud_desk import CloudDesk
    from bridge_app.work.cloud_shelf import CloudShelf
    from bridge_app.work.connectivity import ConnectivityWatch
    from bridge_app.work.contentstack import ContentstackDesk
    from bridge_app.work.crew_port import Crew
    from bridge_app.work.diagnosis.report import Diagnosis
    from bridge_app.work.differences import DifferenceDesk
    from bridge_app.work.editing import Editing
    from bridge_app.work.environment_desk import EnvironmentDesk
    from bridge_app.work.exchange.hot_folders import HotFolders
    from bridge_app.work.exchange.leaving import LeavingDesk
    from bridge_app.work.exchange.opening import OpeningDesk
    from bridge_app.work.field_sync import FieldSync
    from bridge_app.work.file_approvals import FileApprovalDesk
    from bridge_app.work.governance import GovernanceDesk
    from bridge_app.work.hearing import Hearing
    from bridge_app.work.insights import InsightsDesk
    from bridge_app.work.intake import IntakeDesk
    from bridge_app.work.job_groups import JobGroups
    from bridge_app.work.kits import KitDesk
    from bridge_app.work.master_editing import MasterEditing
    from bridge_app.work.moderation import ModerationDesk
    from bridge_app.work.places import PlaceDesk
    from bridge_app.work.policies import PolicyDesk
    from bridge_app.work.preset_shelf import PresetShelf
    from bridge_app.work.product_feeds import FeedDesk
    from bridge_app.work.renditions import RenditionDesk
    from bridge_app.work.retraction import RetractionDesk
    from bridge_app.work.review_pack import ReviewPackDesk
    from bridge_app.work.reviews import ReviewDesk
    from bridge_app.work.rights import RightsDesk
    from bridge_app.work.search_shelf import SearchShelf
    from bridge_app.work.shelter_desk import ShelterDesk
    from bridge_app.work.studio import StudioDesk
    from bridge_app.work.webhooks import WebhookDesk
    from bridge_app.work.words import WordsDesk
    from bridge_app.work.write_back import WriteBackDesk


class Desks(OnDemand):
    """The desks of the worker's door."""

    def __init__(
        self, stock: Stock, crew: "Crew", *, who: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._stock = stock
        self._crew = crew
        self._who = who
        self._now = now

    @property
    def audit(self) -> "AuditDesk":
        """Reads the audit trail, and adds refusals to it."""
        return self._crew.audit

    @property
    def presets(self) -> "UploadPresets":
        """Upload presets at Cloudinary."""
        return self._crew.presets

    @property
    def cloud_desk(self) -> "CloudDesk":
        """Changes assets in the cloud."""
        return self._crew.cloud_desk

    @property
    def hearing(self) -> "Hearing":
        """Hears of changes in the cloud."""
        return self._crew.hearing

    @property
    def editing(self) -> "Editing":
        """Edits of metadata."""
        return self._crew.editing

    @property
    def masters(self) -> "MasterEditing":
        """Edits of what masters say of themselves."""
        return self._crew.masters

    @property
    def field_sync(self) -> "FieldSync":
        """Brings masters and their copies together."""
        return self._crew.field_sync

    @property
    def words(self) -> "WordsDesk":
        """Templates, vocabularies and tables of metadata."""
        return self._crew.words

    @property
    def studio(self) -> "StudioDesk":
        """Local previews of transformations."""
        return self._crew.studio

    @property
    def shelters(self) -> "ShelterDesk":
        """Services that keep masters."""
        return self._crew.shelters

    @property
    def governance(self) -> "GovernanceDesk":
        """What services are told, and ask."""
        return self._crew.governance

    @property
    def rights(self) -> "RightsDesk":
        """Claims of rights."""
        return self._crew.rights

    @property
    def rendition_presets(self) -> "PresetShelf":
        """Presets and sets of renditions."""
        return self._crew.rendition_presets

    @property
    def renditions(self) -> "RenditionDesk":
        """Plans and queues renditions."""
        return self._crew.renditions

    @property
    def retractions(self) -> "RetractionDesk":
        """Takes away what may not be delivered any more."""
        return self._crew.retractions

    @property
    def reviews(self) -> "ReviewDesk":
        """What reviewers say, ask, and have yet to decide."""
        return self._crew.reviews

    @property
    def file_approvals(self) -> "FileApprovalDesk":
        """Approvals in the files of local masters."""
        return self._crew.file_approvals

    @property
    def write_back(self) -> "WriteBackDesk":
        """Records at services what is published."""
        return self._crew.recording.write_back

    @property
    def archive(self) -> "ArchiveDesk":
        """Archives campaigns at services."""
        return self._crew.recording.archive

    @property
    def intake(self) -> "IntakeDesk":
        """Takes in what arrives at services."""
        return self._crew.recording.intake

    def sort_in(self, language: str) -> None:
        """Let names be listed in the order of this language ("pt_BR"). Blocking."""
        if self._stock.catalog.sort_in(language):
            self._crew.announcer.tell(ChangeSet(listing=True))

    @property
    def differences(self) -> "DifferenceDesk":
        """How content differs from what was approved."""
        return self._crew.watchers.differences

    @property
    def moderation(self) -> "ModerationDesk":
        """What moderators at Cloudinary say."""
        return self._crew.watchers.moderation

    @property
    def webhooks(self) -> "WebhookDesk":
        """Endpoints that are told what happens."""
        return self._crew.outside.webhooks

    @property
    def places(self) -> "PlaceDesk":
        """Where assets went."""
        return self._crew.outside.places

    @property
    def insights(self) -> "InsightsDesk":
        """Reports of what is used, and what it costs."""
        return self._crew.outside.insights

    @property
    def kits(self) -> "KitDesk":
        """Kits for channels, and how channels show things."""
        return self._crew.outside.kits

    @property
    def contentstack(self) -> "ContentstackDesk":
        """Stacks of Contentstack that are published to."""
        return self._crew.outside.contentstack

    @property
    def hot_folders(self) -> "HotFolders":
        """Folders whose files are copied into libraries."""
        return self._crew.outside.hot_folders

    @property
    def opening(self) -> "OpeningDesk":
        """Assets in other programs."""
        return self._crew.outside.opening

    @property
    def leaving(self) -> "LeavingDesk":
        """Files that other programs take."""
        return self._crew.outside.leaving

    @property
    def feeds(self) -> "FeedDesk":
        """Feeds of products."""
        return self._crew.outside.feeds

    def post_events(self) -> int:
        """Make messages of what happened, now; how many. Blocking."""
        return self._crew.outside.post.post()

    def has_services(self) -> bool:
        """Does any library live at a service? Asks the ledger."""
        return self._crew.has_services()

    @once
    def environments(self) -> "EnvironmentDesk":
        """Names, usage, permissions and logins of product environments."""
        from bridge_app.work.environment_desk import EnvironmentDesk

        return EnvironmentDesk(
            self._crew.environments,
            self._crew.rights_look,
            self._stock,
            leave=lambda environment: self.hearing.switch_off(environment),  # noqa: PLW0108 - not yet
            changed=self._environments_changed,
            now=self._now,
        )

    def diagnosis(self, home: Path, settings: Settings, environment: dict[str, str]) -> "Diagnosis":
        """What may be handed on when something is wrong here, in the profile in `home`."""
        from bridge_app.work.diagnosis.report import Diagnosis

        return Diagnosis(home, self._stock, settings, environment)

    @once
    def job_groups(self) -> "JobGroups":
        """How many jobs of each group are under way."""
        from bridge_app.work.job_groups import JobGroups

        return JobGroups(self._stock.job_counts, self._stock.jobs, self._crew.transfers)

    @once
    def cloud(self) -> "CloudShelf":
        """What is mirrored of the cloud."""
        from bridge_app.work.cloud_shelf import CloudShelf

        accounts = self._crew.environments.accounts
        return CloudShelf(self._crew.mirrors, self._stock.readers, accounts=accounts)

    @once
    def searches(self) -> "SearchShelf":
        """Searches that people keep."""
        from bridge_app.work.search_shelf import SearchShelf

        credentials = self._crew.environments.credentials
        return SearchShelf(self._stock.searches, credentials=credentials)

    def budget(self, environment: str) -> "HourlyBudget | None":
        """The Admin calls that are left in this hour, as the last answer told; from memory."""
        return self._crew.budgets.of(environment)

    @property
    def connection(self) -> "ConnectivityWatch":
        """Knows whether the delivery side can be reached."""
        return self._crew.transfers.connectivity

    @once
    def _deciding(self) -> "tuple[ApprovalDesk, PolicyDesk, ReviewPackDesk]":
        from bridge_app.work.deciding import deciding

        return deciding(self._stock, self._crew, who=self._who, now=self._now)

    @property
    def approvals(self) -> "ApprovalDesk":
        """Records decisions and overrides."""
        return self._deciding[0]

    @property
    def policies(self) -> "PolicyDesk":
        """Keeps what environments demand."""
        return self._deciding[1]

    @property
    def review_packs(self) -> "ReviewPackDesk":
        """Hands out review packs."""
        return self._deciding[2]

    def _environments_changed(self, changes: ChangeSet) -> None:
        if changes.listing:
            self._crew.transfers.release(WaitingFor.ACCOUNT)
        self._crew.announcer.tell(changes)
