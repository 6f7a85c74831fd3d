"""Decisions on masters in local folders as jobs that let their files say so, too."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.shelter import shelter_of
from bridge_app.storage.decisions import Telling
from bridge_app.storage.jobs import NewJob
from bridge_app.work.approval_jobs import telling

TELL_FILE = "tell_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class TellFile:
    """Let the file of a master say what was decided of this content."""

    asset: AssetId
    name: str
    content: str
    approval: Approval

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(
            asset=AssetId(params["asset"]),
            name=params["name"],
            content=params["content"],
            approval=Approval(params["approval"]),
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it; of two with the same wish one is enough."""
        return NewJob(
            kind=TELL_FILE,
            identity=f"{TELL_FILE}:{self.asset}:{self.content}:{self.approval.value}",
            batch=batch,
            name=self.name,
            params={
                "asset": self.asset,
                "name": self.name,
                "content": self.content,
                "approval": self.approval.value,
            },
            asset=self.asset,
            total=1,
        )


class Files(Protocol):
    """Who keeps approvals in files, where that is wanted."""

    def telling(self, ruled: Sequence[tuple[Asset, Approval]]) -> list[NewJob]:
        """The jobs that let files say what was just decided of masters."""


def telling_all(files: Callable[[], Files]) -> Telling:
    """The jobs that tell services and files of decisions on masters."""
    return lambda ruled: [*telling(ruled), *files().telling(ruled)]


def telling_files(ruled: Sequence[tuple[Asset, Approval]]) -> list[NewJob]:
    """What files have to say of the states that reviews have now; of local masters alone."""
    batch = uuid.uuid4().hex
    return [
        TellFile(asset=asset.id, name=asset.name, content=asset.content, approval=state).new_job(
            batch
        )
        for asset, state in ruled
        if asset.content and is_here(asset)
    ]


def is_here(asset: Asset) -> bool:
    """Does it lie in a folder, and not at a service?"""
    return shelter_of(asset.library) is None and environment_of(asset.library) is None
