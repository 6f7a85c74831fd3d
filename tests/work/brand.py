"""A brand's library at a PhotoShelter-style service, and an application that is connected to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import cloudinary.uploader
import pytest

from bridge_app.domain.approvals import Approval, Decision
from bridge_app.domain.assets import Asset, CloudCopy
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.field_mapping import CloudWords
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.metadata_json import value_json
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_of
from bridge_app.libraries.photoshelter import service, sign_in
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.libraries.photoshelter.sign_in import SignIn
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.records import Media, Role
from bridge_app.sandbox.photoshelter.settings import DEFAULT_API_KEY, ShelterSettings
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.secrets import Secret, SecretStore
from bridge_app.work.kinds import WRITE_APPROVAL
from tests.desk import ACCOUNT, Desk, picture

FIELD = "Approval Status"
OPTIONS = ("Draft", "In Review", "Changes Requested", "Approved", "Rejected", "Archived")
EMAIL, PASSWORD = "ana@brand.example", "lighthouse"


@contextmanager
def open_brand(
    home: Path, decoder: DecoderPool, store: SecretStore | None = None
) -> Iterator["Brand"]:
    """Both services, and an open application; nothing is paced. `store` keeps its secrets."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (service, sign_in):
            patch.setattr(module, "Pacing", partial(Pacing, per_s=1_000.0))
        sandbox = Sandbox(
            accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
        )
        sandbox.start()
        desk = Desk(home, sandbox=sandbox, decoder=decoder)
        if store is not None:
            desk.parts.close()
            desk.parts = desk.build(store=store)
        desk.open()
        yield Brand(desk, sandbox)
        desk.close()
        sandbox.stop()


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

    def found(
        self,
        *,
        field: tuple[str, ...] = OPTIONS,
        gallery: str = "Heroes",
        mode: str = "private",
    ) -> None:
        """The organisation, somebody who may edit, a gallery, and the approval field."""
        self.organization = self.there.add_organization("Brand")
        self.there.add_user(EMAIL, PASSWORD, organizations=(self.organization,))
        self.gallery = self.there.add_gallery(gallery, organization=self.organization, mode=mode)
        if field:
            self.there.add_custom_field(self.organization, FIELD, field)

    def lose_rights(self) -> None:
        """From now on we may look only."""
        (person,) = self.there.store.people()
        self.there.store.put(replace(person, role=Role.INVITED))

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

    def deliver(self, name: str, words: CloudWords) -> CloudAsset:
        """A copy that says these words, recorded as delivered; as the mirror has it."""
        told = self.at_cloudinary(
            cloudinary.uploader.upload,
            str(picture(self.desk.home / "copy.jpg")),
            public_id="copy",
            tags=list(words.tags),
            context=dict(words.context),
            metadata={key: value_json(value) for key, value in words.metadata.items()},
            display_name=words.display_name,
            access_control=[dict(rule) for rule in words.access_control],
        )
        self.desk.parts.stock.deliveries.keep_copy(
            CloudCopy(
                environment=ACCOUNT.cloud_name,
                public_id=told["public_id"],
                resource_type="image",
                delivery_type="upload",
                version=told["version"],
                asset_id=told["asset_id"],
                format="jpg",
                etag=told["etag"],
                sha256=self.asset(name).content or "",
                bytes=told["bytes"],
                url=told["secure_url"],
            ),
            at=self.desk.clock(),
        )
        return self.mirrored(told["asset_id"])

    def mirrored(self, asset_id: str) -> CloudAsset:
        """A copy as it is after a sync."""
        parts = self.desk.parts
        parts.worker.cloud.sync(ACCOUNT.cloud_name)
        self.desk.settled()
        mirror = CloudMirror(parts.stock.catalog.writer)
        return mirror.assets(ACCOUNT.cloud_name, [asset_id])[asset_id]

    def at_cloudinary(self, call: Callable[..., Any], *values: object, **options: object) -> Any:
        """One call of the SDK, as somebody else makes it."""
        return call(
            *values,
            **options,
            cloud_name=ACCOUNT.cloud_name,
            api_key=ACCOUNT.api_key,
            api_secret=ACCOUNT.api_secret,
            upload_prefix=self.sandbox.url,
        )
