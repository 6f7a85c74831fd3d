"""A brand's library at a PhotoShelter-style service, and an application that is connected to it."""

from dataclasses import dataclass
from typing import Any

from bridge_app.domain.approvals import Approval, Decision
from bridge_app.domain.assets import Asset
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_of
from bridge_app.libraries.photoshelter.sign_in import SignIn
from bridge_app.sandbox.photoshelter.records import Media
from bridge_app.sandbox.photoshelter.settings import DEFAULT_API_KEY
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.approval_jobs import WRITE_APPROVAL
from tests.desk import Desk

FIELD = "Approval Status"
OPTIONS = ("Draft", "In Review", "Changes Requested", "Approved", "Rejected", "Archived")
EMAIL, PASSWORD = "ana@brand.example", "lighthouse"


@dataclass
class Brand:
    """The service's side and ours, with one gallery of masters."""

    desk: Desk
    sandbox: Sandbox
    organization: str = ""
    gallery: str = ""
    account: str = ""

    @property
    def there(self) -> ShelterState:
        """What the service holds."""
        return self.sandbox.shelter

    def found(self, *, field: tuple[str, ...] = OPTIONS, gallery: str = "Heroes") -> None:
        """The organisation, somebody who may edit, a gallery, and the approval field."""
        self.organization = self.there.add_organization("Brand")
        self.there.add_user(EMAIL, PASSWORD, organizations=(self.organization,))
        self.gallery = self.there.add_gallery(gallery, organization=self.organization)
        if field:
            self.there.add_custom_field(self.organization, FIELD, field)

    def add(self, name: str, **facts: Any) -> str:
        """A master; its id at the service."""
        return self.there.add_media(
            name, galleries=(self.gallery,), size=2_000, width=60, height=40, **facts
        )

    def connect(self) -> None:
        """Sign in and sync."""
        shelters = self.desk.parts.worker.shelters
        step = shelters.begin_sign_in(
            SignIn(
                base_url=f"{self.sandbox.url}/psapi/v4.0",
                api_key=Secret(DEFAULT_API_KEY),
                email=EMAIL,
                password=Secret(PASSWORD),
            )
        )
        if step.needs == "organization":
            step = step.in_organization(self.organization)
        self.account = shelter_of(shelters.add(step, name="Brand").id) or ""
        self.sync()

    def sync(self) -> None:
        """Look at the service now."""
        shelters = self.desk.parts.worker.shelters
        before = shelters.state(self.account).finished_at
        shelters.sync(self.account)
        self.desk.until(
            lambda: (
                shelters.is_idle() and shelters.state(self.account).finished_at not in ("", before)
            ),
            what="the sync",
        )

    def asset(self, name: str) -> Asset:
        """The master of this name in the catalog."""
        library = self.desk.parts.worker.shelters.record(self.account).library.id
        (found,) = [one for one in self.desk.assets(Query(library=library)) if one.name == name]
        return found

    def decide(self, name: str, approval: Approval) -> None:
        """Somebody decides in the window."""
        self.desk.parts.worker.decide([self.asset(name).id], approval)

    def told(self) -> list[JobRecord]:
        """The jobs that tell the service, once all of them have ended."""
        jobs = self.desk.parts.stock.jobs
        self.desk.until(lambda: not jobs.unfinished(WRITE_APPROVAL), what="the service to be told")
        return jobs.recent((WRITE_APPROVAL,), limit=99)

    def history(self, name: str) -> list[tuple[Approval, str]]:
        """What was decided about a master, and by whom."""
        decisions: list[Decision] = self.desk.parts.worker.history(self.asset(name).id)
        return [(one.approval, one.who) for one in decisions]

    def option(self, media: str) -> str:
        """The option of the approval field at the service."""
        record: Media = self.there.media(media)
        options = {
            key: text
            for one in self.there.store.fields(self.organization)
            for key, text in one.options.items()
        }
        return next((options[chosen] for chosen in record.custom.values()), "")

    def keywords(self, media: str) -> list[str]:
        """The keywords at the service."""
        return list(self.there.media(media).iptc.get("keywords") or ())
