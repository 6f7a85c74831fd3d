"""A brand whose masters are real pictures, and what of them arrives at Cloudinary."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bridge_app.domain.eager import EagerRendition
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.push_plan import PushTarget
from bridge_app.domain.push_policies import Access
from bridge_app.domain.retractions import RetractionState
from bridge_app.libraries.photoshelter import retrying, service, sign_in
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.records import StoredAsset
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.jobs import PUSH_REFERENCE
from bridge_app.work.kinds import RETRACT, WRITE_APPROVAL, WRITE_BACK
from tests.desk import ACCOUNT, Desk, picture
from tests.plain_http import plain
from tests.work.brand import Brand

CLOUD = ACCOUNT.cloud_name
BUSY = (JobState.QUEUED, JobState.RUNNING)


@contextmanager
def unpaced() -> Iterator[None]:
    """Nothing waits for its turn at the services."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (service, sign_in):
            patch.setattr(module, "Pacing", partial(Pacing, per_s=1_000.0))
        patch.setattr(retrying, "FIRST_S", 0.01)
        yield


@dataclass
class Pushing(Brand):
    """The brand, with real pictures as masters, and what arrives at Cloudinary.

    `ids` are the service's ids by name.
    """

    ids: dict[str, str] = field(default_factory=dict)

    def picture(self, name: str, seed: int = 0, **facts: Any) -> bytes:
        """A master that is a picture; its bytes."""
        data = picture(self.desk.home / "drawn" / name, seed).read_bytes()
        self.ids[name] = self.there.add_media(name, galleries=(self.gallery,), data=data, **facts)
        return data

    def push(
        self,
        *names: str,
        access: Access = Access.PUBLIC,
        eager: tuple[EagerRendition, ...] = (),
    ) -> list[JobRecord]:
        """Push and wait for the end."""
        worker = self.desk.parts.worker
        chosen = [self.asset(name).id for name in names]
        target = PushTarget(access=access, eager=eager)
        return self.desk.finished(worker.push(worker.plan_push(chosen, target)))

    def stored(self) -> list[StoredAsset]:
        """What arrived."""
        return self.sandbox.stored(CLOUD)

    def address(self, name: str) -> str:
        """Where it is delivered."""
        copies = self.desk.parts.stock.deliveries.copies(CLOUD)
        content = self.asset(name).content
        return next(copy.url for copy in copies if copy.sha256 == content)

    def rest(self) -> None:
        """Wait until nobody is busy at a service: closing would not wait for that."""
        jobs = self.desk.parts.stock.jobs
        kinds = (WRITE_APPROVAL, PUSH_REFERENCE, RETRACT, WRITE_BACK)
        self.desk.until(
            lambda: not any(job.state in BUSY for job in jobs.recent(kinds, limit=99)),
            what="the rest",
        )

    def settled(self, state: RetractionState) -> None:
        """Wait until the record of the one copy says so."""
        desk = self.desk.parts.worker.retractions
        self.desk.until(
            lambda: [one.state for one in desk.record(CLOUD)] == [state], what=state.value
        )

    def rules(self) -> list[dict[str, str]]:
        """Who may see the one copy that arrived."""
        (stored,) = self.stored()
        return [dict(rule) for rule in stored.access_control]

    def status(self, name: str) -> int:
        """What its address answers to everybody."""
        return plain.get(self.address(name)).status_code


@contextmanager
def open_pushing(home: Path, decoder: DecoderPool) -> Iterator[Pushing]:
    """Both services, and an open application."""
    sandbox = Sandbox(
        accounts=(ACCOUNT,), decoder=decoder, shelter=ShelterSettings(rate_limit=None)
    )
    sandbox.start()
    desk = Desk(home, sandbox=sandbox, decoder=decoder)
    desk.open()
    made = Pushing(desk, sandbox)
    made.found()
    with unpaced():
        yield made
        made.rest()
        desk.close()
    sandbox.stop()
