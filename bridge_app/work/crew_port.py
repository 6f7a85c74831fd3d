"""Those who do the work, as the worker's door asks for them."""

from typing import TYPE_CHECKING, Protocol

from bridge_app.work.crew import Announcer, Recorders, Watchers

if TYPE_CHECKING:
    from bridge_app.delivery.limits import Budgets
    from bridge_app.delivery.upload_presets import UploadPresets
    from bridge_app.work.audit import AuditDesk
    from bridge_app.work.cloud_desk import CloudDesk
    from bridge_app.work.contentstack import ContentstackDesk
    from bridge_app.work.editing import Editing
    from bridge_app.work.environments import Environments
    from bridge_app.work.event_post import EventPost
    from bridge_app.work.exchange.hot_folders import HotFolders
    from bridge_app.work.exchange.leaving import LeavingDesk
    from bridge_app.work.exchange.opening import OpeningDesk
    from bridge_app.work.field_sync import FieldSync
    from bridge_app.work.file_approvals import FileApprovalDesk
    from bridge_app.work.file_gate import FileGate
    from bridge_app.work.governance import GovernanceDesk
    from bridge_app.work.hearing import Hearing
    from bridge_app.work.insights import InsightsDesk
    from bridge_app.work.kits import KitDesk
    from bridge_app.work.lessons import Lessons
    from bridge_app.work.master_editing import MasterEditing
    from bridge_app.work.mirror import Mirrors
    from bridge_app.work.pictures import Pictures
    from bridge_app.work.places import PlaceDesk
    from bridge_app.work.preset_shelf import PresetShelf
    from bridge_app.work.product_feeds import FeedDesk
    from bridge_app.work.renditions import RenditionDesk
    from bridge_app.work.retraction import RetractionDesk
    from bridge_app.work.reviews import ReviewDesk
    from bridge_app.work.rights import RightsDesk
    from bridge_app.work.rights_look import RightsLook
    from bridge_app.work.scanner import Scanner
    from bridge_app.work.shelter_desk import ShelterDesk
    from bridge_app.work.studio import StudioDesk
    from bridge_app.work.transfers import Transfers
    from bridge_app.work.webhooks import WebhookDesk
    from bridge_app.work.words import WordsDesk


class Outside(Protocol):
    """Those who deal with other systems. Whoever is asked for first is made then."""

    @property
    def webhooks(self) -> "WebhookDesk":
        """Endpoints that are told what happens."""

    @property
    def places(self) -> "PlaceDesk":
        """Where assets went."""

    @property
    def files(self) -> "FileGate":
        """Asks the gate of files that people take out."""

    @property
    def insights(self) -> "InsightsDesk":
        """Reports of what is used, and what it costs."""

    @property
    def kits(self) -> "KitDesk":
        """Kits for channels, and how channels show things."""

    @property
    def hot_folders(self) -> "HotFolders":
        """Folders whose files are copied into libraries."""

    @property
    def opening(self) -> "OpeningDesk":
        """Assets in other programs."""

    @property
    def leaving(self) -> "LeavingDesk":
        """Files that other programs take."""

    @property
    def contentstack(self) -> "ContentstackDesk":
        """Stacks of Contentstack that are published to."""

    @property
    def feeds(self) -> "FeedDesk":
        """Feeds of products."""

    @property
    def post(self) -> "EventPost":
        """Makes messages of what happened."""

    def start(self) -> None:
        """From now on those who look by themselves do."""


class Crew(Protocol):
    """Those who do the work. Whoever is asked for first is made then; any thread may ask."""

    @property
    def announcer(self) -> Announcer:
        """Tells everybody what happened."""

    @property
    def audit(self) -> "AuditDesk":
        """Reads the audit trail, and adds refusals to it."""

    @property
    def budgets(self) -> "Budgets":
        """The calls that are left."""

    @property
    def presets(self) -> "UploadPresets":
        """Upload presets at Cloudinary."""

    @property
    def scanner(self) -> "Scanner":
        """Looks through local libraries."""

    @property
    def transfers(self) -> "Transfers":
        """Runs what is queued."""

    @property
    def environments(self) -> "Environments":
        """Product environments and their keys."""

    @property
    def lessons(self) -> "Lessons":
        """What keys may do, as answers taught."""

    @property
    def rights_look(self) -> "RightsLook":
        """Finds out beforehand what keys may do."""

    @property
    def mirrors(self) -> "Mirrors":
        """Mirrors environments."""

    @property
    def cloud_desk(self) -> "CloudDesk":
        """Changes assets in the cloud."""

    @property
    def hearing(self) -> "Hearing":
        """Hears of changes in the cloud."""

    @property
    def editing(self) -> "Editing":
        """Edits of metadata."""

    @property
    def words(self) -> "WordsDesk":
        """Templates, vocabularies and tables of metadata."""

    @property
    def masters(self) -> "MasterEditing":
        """Edits of what masters say of themselves."""

    @property
    def field_sync(self) -> "FieldSync":
        """Brings masters and their copies together."""

    @property
    def pictures(self) -> "Pictures":
        """Pictures of assets and renditions."""

    @property
    def studio(self) -> "StudioDesk":
        """Local previews of transformations."""

    @property
    def shelters(self) -> "ShelterDesk":
        """Services that keep masters."""

    @property
    def governance(self) -> "GovernanceDesk":
        """What services are told, and ask."""

    @property
    def rights(self) -> "RightsDesk":
        """Claims of rights."""

    @property
    def rendition_presets(self) -> "PresetShelf":
        """Presets and sets of renditions."""

    @property
    def renditions(self) -> "RenditionDesk":
        """Plans and queues renditions."""

    @property
    def retractions(self) -> "RetractionDesk":
        """Takes away what may not be delivered any more."""

    @property
    def reviews(self) -> "ReviewDesk":
        """What reviewers say, ask, and have yet to decide."""

    @property
    def file_approvals(self) -> "FileApprovalDesk":
        """Approvals in the files of local masters."""

    @property
    def recording(self) -> Recorders:
        """Those who record at masters' services."""

    @property
    def watchers(self) -> Watchers:
        """Those who look after approvals."""

    @property
    def outside(self) -> Outside:
        """Those who deal with other systems."""

    def has_services(self) -> bool:
        """Does any library live at a service? Asks the ledger, and makes nobody."""
