"""What was made with pushes goes on record, as what is published does; the rest is made after."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bridge_app.delivery.derived_renditions import DerivedFile, Wanted
from bridge_app.domain.assets import CloudCopy
from bridge_app.storage.jobs import NewJob
from bridge_app.work.jobs import Push

# Few pushes have renditions made.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.domain.eager import EagerRendition
    from bridge_app.storage.renditions import MadeRenditions
    from bridge_app.work.reference_jobs import PushReference
    from bridge_app.work.rendition_jobs import RenditionJob


@dataclass(frozen=True, slots=True, kw_only=True)
class EagerRecord:
    """Thread-safe. `made` is asked for with the first rendition; `who` names the person.

    `queue` puts jobs into the ledger, on disk when it returns.
    """

    made: "Callable[[], MadeRenditions]"
    queue: Callable[[Sequence[NewJob]], object]
    who: Callable[[], str]

    def keep(
        self, push: Push, copy: CloudCopy, files: Mapping[Wanted, DerivedFile], *, at: datetime
    ) -> None:
        """Remember those that are there, or are being made."""
        from bridge_app.domain.published import PublishedRendition

        self.made().record(
            PublishedRendition(
                environment=push.environment,
                public_id=copy.public_id,
                version=copy.version,
                transformation=one.transformation,
                format=one.format,
                asset=push.asset,
                name=push.name,
                sha256=push.sha256,
                preset=one.preset,
                market=one.market,
                language=one.language,
                url=file.url,
                width=file.width,
                height=file.height,
                bytes=file.bytes,
                made_at=at.isoformat(),
                channel=one.channel,
                made_by=self.who(),
            )
            for one in push.eager
            if (file := files.get((one.transformation, one.format))) is not None
        )

    def go_on(self, push: "Push | PushReference", copy: CloudCopy | None, batch: str) -> None:
        """Have what is not there yet made by jobs of their own, which tell what they could not do.

        Films are made in the background meanwhile: those are only looked for, in a batch of their
        own, for nobody waits hours for a push.
        """
        if not push.eager or copy is None:
            return
        known = {
            (one.version, one.transformation, one.format): one
            for one in self.made().of_assets(push.environment, [copy.public_id])
        }
        there = {one: known.get((copy.version, *one.wanted)) for one in push.eager}
        missing = [one for one, found in there.items() if found is None]
        awaited = [one for one, found in there.items() if found is not None and not found.width]
        jobs = [job.new_job(batch) for job in _jobs(push, copy.sha256, missing)]
        later = uuid.uuid4().hex
        jobs += [job.new_job(later) for job in _jobs(push, copy.sha256, awaited, asked=True)]
        if jobs:
            self.queue(jobs)


def _jobs(
    push: "Push | PushReference",
    content: str,
    renditions: "Sequence[EagerRendition]",
    *,
    asked: bool = False,
) -> "list[RenditionJob]":
    from bridge_app.work.rendition_jobs import AT_ONCE, RenditionItem, RenditionJob

    items = [
        RenditionItem(
            preset=one.preset,
            channel=one.channel,
            market=one.market,
            language=one.language,
            transformation=one.transformation,
            format=one.format,
        )
        for one in renditions
    ]
    return [
        RenditionJob(
            asset=push.asset,
            name=push.name,
            sha256=content,
            items=tuple(items[start : start + AT_ONCE]),
            environment=push.environment,
            asked=asked,
        )
        for start in range(0, len(items), AT_ONCE)
    ]
