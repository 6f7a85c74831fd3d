"""Decisions on masters in local folders as jobs that let their files say so, too."""

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.shelter import shelter_of
from bridge_app.storage.decisions import Telling
from bridge_app.storage.jobs import NewJob
from bridge_app.work.approval_jobs import ToldApproval, telling
from bridge_app.work.kinds import TELL_FILE


class TellFile(ToldApproval):
    """Let the file say what was decided."""

    __slots__ = ()
    kind = TELL_FILE


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
