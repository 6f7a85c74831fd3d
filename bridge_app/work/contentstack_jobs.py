"""Publications into stacks of Contentstack as jobs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import CONTENTSTACK

if TYPE_CHECKING:
    from bridge_app.domain.contentstack import Publication


def new_job(one: "Publication", batch: str, moment: str) -> NewJob:
    """The row that keeps it; what has to be done is asked when it runs.

    `moment` keeps a wish from being taken for one that is being carried out already.
    """
    return NewJob(
        kind=CONTENTSTACK,
        identity=f"{CONTENTSTACK}:{one.id}:{moment}",
        batch=batch,
        name=one.name,
        params={"publication": one.id},
        asset=one.asset,
        total=1,
    )


def publication_of(params: Mapping[str, Any]) -> str:
    """The ID of the publication that is seen to."""
    return str(params["publication"])
