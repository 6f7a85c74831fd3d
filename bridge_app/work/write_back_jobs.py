"""Write-backs as jobs, and the changes of published renditions that they follow."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bridge_app.domain.assets import AssetId
from bridge_app.domain.jobs import JobRecord
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.looks import LOOK
from bridge_app.work.cloud_jobs import changes_of
from bridge_app.work.jobs import PUSHES
from bridge_app.work.kinds import CLOUD_CHANGE, MAKE, RETRACT, RETRACT_RENDITION, WRITE_BACK

if TYPE_CHECKING:
    from bridge_app.work.write_back_record import Recorded

PUBLISHING = (*PUSHES, LOOK, MAKE, RETRACT, RETRACT_RENDITION, CLOUD_CHANGE)
"""The kinds of job after which something else may be published than before."""


def new_job(recorded: "Recorded", batch: str) -> NewJob:
    """The row that keeps it; the same state of the same master is one job."""
    return NewJob(
        kind=WRITE_BACK,
        identity=f"{WRITE_BACK}:{recorded.asset.id}:{recorded.record.digest}",
        batch=batch,
        name=recorded.asset.name,
        params={"asset": recorded.asset.id},
        asset=recorded.asset.id,
        total=1,
    )


def asset_of(params: Mapping[str, Any]) -> AssetId:
    """The master whose record is written."""
    return AssetId(params["asset"])


def masters_of(
    jobs: Iterable[JobRecord], placed: Callable[[str, str], Iterable[AssetId]]
) -> list[AssetId]:
    """The masters of which something else may be published since these jobs ended.

    `placed` has those whose place at delivery an environment and a public ID are.
    """
    about = [job for job in jobs if job.kind in PUBLISHING]
    masters = [AssetId(job.asset) for job in about if job.asset]
    for job in about:
        for environment, public_id in _places_of(job):
            masters.extend(placed(environment, public_id))
    return masters


def _places_of(job: JobRecord) -> Iterator[tuple[str, str]]:
    """The (environment, public ID) of the delivered copies that a job was about."""
    if job.kind == CLOUD_CHANGE:
        for change in changes_of(job.params):
            yield change.environment, change.public_id
    elif job.environment and isinstance(job.params.get("public_id"), str):
        yield job.environment, str(job.params["public_id"])
