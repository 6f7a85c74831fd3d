"""A brand whose campaign lies at a PhotoShelter-style service, and a desk that works on it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.query import Query
from bridge_app.domain.rendition_plan import RenditionWish
from bridge_app.domain.shelter import shelter_library
from bridge_app.libraries.photoshelter.sign_in import SignIn
from bridge_app.sandbox.photoshelter.contents import pieces
from bridge_app.sandbox.photoshelter.records import Container, Media
from bridge_app.sandbox.photoshelter.state import ShelterState
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.secrets import Secret
from bridge_app.work.kinds import WRITE_BACK
from tests.desk import Desk
from tests.plain_http import plain

EMAIL, PASSWORD = "editor@example.com", "lighthouse-keeper"
STATES = ("Draft", "In review", "Changes requested", "Approved", "Rejected", "Archived")
SQUARE = RenditionPreset(
    name="square", title="", transformation="c_fill,h_60,w_60", format="jpg", channel="web"
)
WIDE = RenditionPreset(name="wide", title="", transformation="c_scale,w_80", format="png")


def drawn(seed: int, size: tuple[int, int] = (160, 120)) -> bytes:
    """A small JPEG whose content depends on `seed`."""
    image = Image.new("RGB", size, ((seed * 67) % 256, (seed * 151) % 256, 90))
    image.putpixel((seed % size[0], seed % size[1]), (255, 255, 255))
    kept = BytesIO()
    image.save(kept, "JPEG", quality=90, comment=str(seed).encode())
    return kept.getvalue()


@dataclass
class Brand:
    """What the brand has at the service: a campaign with a gallery of finals."""

    state: ShelterState
    url: str
    organization: str = ""
    campaign: str = ""
    finals: str = ""
    media: dict[str, str] = field(default_factory=dict)

    def move_in(self, *, approval_field: bool = True) -> None:
        """Make the organisation, an editor, the campaign and its gallery."""
        self.organization = self.state.add_organization("Morrowtide")
        self.state.add_user(EMAIL, PASSWORD, organizations=[self.organization])
        if approval_field:
            self.state.add_custom_field(self.organization, "Approval Status", STATES)
        self.campaign = self.state.add_collection(
            "Spring 2027", organization=self.organization, mode="permission"
        )
        self.finals = self.state.add_gallery(
            "Finals", organization=self.organization, parents=[self.campaign]
        )

    def gallery(self, name: str, *, parents: Sequence[str] = ()) -> str:
        """One more gallery."""
        return self.state.add_gallery(name, organization=self.organization, parents=list(parents))

    def add(self, name: str, *, galleries: Sequence[str] = (), **facts: Any) -> str:
        """A master, in the finals unless it is said where."""
        seed = len(self.media) + 1
        self.media[name] = self.state.add_media(
            name, galleries=list(galleries or [self.finals]), data=drawn(seed), **facts
        )
        return self.media[name]

    def of(self, name: str) -> Media:
        """A master as the service has it."""
        return self.state.media(self.media[name])

    def keywords(self, name: str) -> tuple[str, ...]:
        """Its keywords."""
        return tuple(self.of(name).iptc.get("keywords", ()))

    def chosen(self, name: str) -> set[str]:
        """The options of its custom fields."""
        custom = self.of(name).custom
        fields = self.state.store.fields(self.organization)
        return {field.options[custom[field.id]] for field in fields if field.id in custom}

    def containers(self, name: str) -> list[Container]:
        """The containers of that name."""
        return [one for one in self.state.store.containers() if one.name == name]

    def files(self, gallery: str) -> dict[str, Media]:
        """What lies in the gallery of that name."""
        (found,) = self.containers(gallery)
        return {one.file_name: one for one in self.state.store.members(found.id)}

    def document(self, gallery: str, name: str) -> dict[str, Any]:
        """A JSON document of a gallery."""
        told: dict[str, Any] = json.loads(self.bytes_of(self.files(gallery)[name]))
        return told

    def bytes_of(self, media: Media) -> bytes:
        """A file as it is stored."""
        return b"".join(pieces(self.state.contents.open(media)))


class Campaign:
    """The brand, the sandbox that serves it, and a desk signed in to both services."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        self.desk = desk
        self.sandbox = sandbox
        self.brand = Brand(state=sandbox.shelter, url=sandbox.url)
        self.account = ""

    @property
    def worker(self) -> Any:
        """The desk's worker."""
        return self.desk.parts.worker

    def connect(self) -> None:
        """Sign in to the service, and wait for the first sync."""
        shelters = self.desk.parts.worker.shelters
        step = shelters.begin_sign_in(
            SignIn(
                base_url=f"{self.brand.url}/psapi/v4.0",
                api_key=Secret(self.brand.state.settings.api_key),
                email=EMAIL,
                password=Secret(PASSWORD),
            )
        )
        if step.needs == "organization":
            step = step.in_organization(self.brand.organization)
        shelters.add(step)
        (self.account,) = (one.account for one in shelters.records())
        self.synced()

    def synced(self) -> None:
        """Look at the service now, and wait until that is done."""
        self.desk.parts.worker.shelters.sync(self.account)
        self.desk.settled()

    def assets(self) -> list[Asset]:
        """The masters as the catalog has them, by name."""
        account = self.desk.parts.worker.current_account()
        query = Query(
            library=shelter_library(self.account),
            environment=account.environment if account else None,
        )
        return sorted(self.desk.assets(query), key=lambda one: one.name)

    def asset(self, name: str) -> Asset:
        """The master of that name."""
        return next(one for one in self.assets() if one.name == name)

    def push(self, *names: str) -> list[JobRecord]:
        """Approve and push masters, all without names."""
        chosen = [one.id for one in self.assets() if not names or one.name in names]
        worker = self.desk.parts.worker
        worker.decide(chosen, Approval.APPROVED)
        batch = worker.push(worker.plan_push(chosen, PushTarget(folder="spring")))
        return self.desk.finished(batch)

    def publish(self, *names: str, presets: Sequence[RenditionPreset] = (SQUARE,)) -> None:
        """Push masters and make renditions of them in the cloud."""
        assert all(job.error is None for job in self.push(*names))
        self.make(*names, presets=presets)

    def make(self, *names: str, presets: Sequence[RenditionPreset] = (SQUARE,)) -> None:
        """Make renditions of pushed masters, and wait until they are recorded."""
        chosen = [one.id for one in self.assets() if not names or one.name in names]
        renditions = self.desk.parts.worker.renditions
        plan = renditions.plan(chosen, RenditionWish(presets=tuple(presets)))
        assert [one.obstacle for one in plan.steps if one.obstacle] == []
        jobs = self.desk.finished(renditions.carry_out(plan))
        assert [job.error for job in jobs if job.error] == []
        self.recorded()

    def recorded(self) -> None:
        """Wait until every record says what is published, and none is being written."""
        parts = self.desk.parts

        def is_told() -> bool:
            concerned = parts.worker.write_back.preview(parts.stock.write_backs.concerned())
            due = any(one.is_due for one in concerned)
            return not due and not parts.stock.jobs.unfinished(WRITE_BACK)

        self.desk.until(is_told, what="the record")

    def documents(self) -> int:
        """How many uploads the service has answered."""
        calls = self.brand.state.log()
        return sum(
            one.method == "POST" and one.path.endswith("/media") and one.status < 300
            for one in calls
        )


def is_delivered(url: str) -> bool:
    """Does anybody get this address?"""
    return plain.get(url).status_code == 200
