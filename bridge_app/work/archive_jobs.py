"""Archives as jobs: one job carries all steps of an archive out, or takes them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import ARCHIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveJob:
    """Which archive, and which way. Its steps are in the ledger, with how far they are."""

    archive: str
    name: str
    undoes: bool = False
    steps: int = 0

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(
            archive=params["archive"],
            name=params["name"],
            undoes=params["undoes"],
            steps=params["steps"],
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it."""
        params = {
            "archive": self.archive,
            "name": self.name,
            "undoes": self.undoes,
            "steps": self.steps,
        }
        return NewJob(
            kind=ARCHIVE,
            identity=f"{ARCHIVE}:{self.archive}:{'undo' if self.undoes else 'do'}",
            batch=batch,
            name=self.name,
            params=params,
            total=self.steps,
        )
