"""What was made with pushes goes on the record of renditions, as what is published does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bridge_app.delivery.derived_renditions import DerivedFile, Wanted
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.published import PublishedRendition
from bridge_app.work.jobs import Push

if TYPE_CHECKING:
    from bridge_app.storage.renditions import MadeRenditions


@dataclass(frozen=True, slots=True, kw_only=True)
class EagerRecord:
    """Thread-safe. `made` is asked for with the first rendition; `who` names the person."""

    made: "Callable[[], MadeRenditions]"
    who: Callable[[], str]

    def keep(
        self, push: Push, copy: CloudCopy, files: Mapping[Wanted, DerivedFile], *, at: datetime
    ) -> None:
        """Remember those that are there, or are being made."""
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
                market="",
                language="",
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
