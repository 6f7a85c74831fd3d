"""Messages to endpoints as jobs; what is sent is fixed when it is queued."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from bridge_app.domain.assets import AssetId
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import WEBHOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One event told to one endpoint. `id` is that of the event: the same at every try."""

    endpoint: str
    id: str
    event: str
    body: str

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(
            endpoint=params["endpoint"],
            id=params["id"],
            event=params["event"],
            body=params["body"],
        )

    def new_job(self, batch: str, *, name: str, asset: str = "", environment: str = "") -> NewJob:
        """The row that keeps it."""
        return NewJob(
            kind=WEBHOOK,
            identity=f"{WEBHOOK}:{self.endpoint}:{self.id}",
            batch=batch,
            name=name,
            params=asdict(self),
            asset=AssetId(asset) if asset else None,
            environment=environment or None,
            total=1,
        )
