"""The desk and the service at which histories of the gate happen, and how they are asked."""

from collections.abc import Sequence

import cloudinary.api
from hypothesis.stateful import RuleBasedStateMachine

from bridge_app.domain.assets import Asset
from bridge_app.sandbox.records import StoredAsset
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.worker import Worker
from tests.desk import ACCOUNT, Desk
from tests.receivers import Receiver
from tests.work.gate_messages import Told
from tests.work.gate_model import SQUARE, Master

CLOUD = ACCOUNT.cloud_name


class Bench(RuleBasedStateMachine):
    """One history of some masters; the desk and the service are those of all histories."""

    def __init__(
        self, desk: Desk, sandbox: Sandbox, receiver: Receiver, hows: Sequence[str]
    ) -> None:
        super().__init__()
        self.desk, self.sandbox, self.hows = desk, sandbox, hows
        self.masters: dict[str, Master] = {}
        self.seen = {(one.asset_id, one.version) for one in sandbox.stored(CLOUD)}
        self.before: set[str] = set()
        self.heard = Told(receiver)

    @property
    def worker(self) -> Worker:
        """The one that is open now."""
        return self.desk.parts.worker

    def looked_through(self) -> None:
        for library in self.worker.libraries():
            self.worker.scan(library.id)
        self.desk.settled()

    def asset(self, name: str) -> Asset:
        (found,) = self.worker.locate([self.masters[name].path])
        with self.desk.parts.stock.readers.lent() as reader:
            (asset,) = reader.assets([found], environment=CLOUD)
        return asset

    def notes(self) -> None:
        """What may be known until now: less may be, in a moment."""
        self.heard.note(self.masters.values(), self.desk.clock())

    def calm(self) -> None:
        """Wait until nothing is on its way; what waits for something else stays."""

        self.desk.until(self.desk.is_calm, what="the calm")

    def all_is_well(self) -> None:
        self.sandbox.faults.clear()
        self.worker.set_work_offline(on=False)
        self.worker.resume()

    def stored(self, master: Master) -> list[StoredAsset]:
        """What the service has of a master."""
        return [one for one in self.sandbox.stored(CLOUD) if one.etag in master.said]

    def has_square(self, asset: Asset) -> bool:
        """Is its square there?"""
        if asset.cloud is None:
            return False
        options = self.desk.parts.environments.credentials(CLOUD).options()
        self.sandbox.faults.clear()
        told = cloudinary.api.resource_by_asset_id(asset.cloud.asset_id, **options)
        return any(SQUARE.transformation in one["transformation"] for one in told["derived"])
