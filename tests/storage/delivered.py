"""A catalog and a ledger with what was delivered of it, without the application around them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, CloudCopy, Kind, LibraryId
from bridge_app.domain.jobs import JobState
from bridge_app.domain.retractions import Delivered
from bridge_app.storage.catalog import Catalog, SeenFile, asset_id
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.retractions import Retractions

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOME = LibraryId("home")


class Shelf:
    """A catalog and a ledger, with masters of which each was approved and delivered."""

    def __init__(self, home: Path) -> None:
        self.ledger = open_ledger(home / "ledger.db")
        self.catalog = Catalog.open(home / "catalog.db", ledger=home / "ledger.db")
        self.jobs, self.decisions = Jobs(self.ledger), Decisions(self.ledger)
        self.record = Retractions(self.ledger)

    def close(self) -> None:
        self.catalog.close()
        self.ledger.close()

    def put(self, name: str, **facts: object) -> Asset:
        made = Asset(
            id=asset_id(HOME, name),
            library=HOME,
            path=name,
            name=name,
            folder="",
            kind=Kind.IMAGE,
            format="jpeg",
            bytes=100,
            modified_at="2026-05-01T00:00:00+00:00",
            sha256=f"sha of {name}",
        )
        asset = replace(made, **facts)  # type: ignore[arg-type]
        self.catalog.put([SeenFile(asset=asset, modified_ns=1, file_key=name)])
        return asset

    def delivered(self, name: str, **facts: object) -> Asset:
        """A master that is approved, and delivered under its name."""
        asset = self.put(name, **facts)
        self.decide(asset, Approval.APPROVED)
        new = NewJob(
            kind="push",
            identity=name,
            batch="",
            name=name,
            params={},
            environment="studio",
            asset=asset.id,
            public_id=name,
        )
        self.jobs.add([new], at=NOW)
        (job,) = self.jobs.exchange([], ["push"], limit=1, at=NOW)
        done = Result(job=job.id, state=JobState.DONE, copy=copy_of(name, asset.content or ""))
        self.jobs.exchange([done], [], limit=0, at=NOW)
        return asset

    def decide(self, asset: Asset, approval: Approval) -> None:
        self.decisions.add([asset], approval, comment="", who="", at=NOW)

    def suspects(self) -> list[Delivered]:
        reader = self.catalog.reader()
        try:
            return reader.delivered("studio", NOW)
        finally:
            reader.close()


def copy_of(name: str, content: str) -> CloudCopy:
    return CloudCopy(
        environment="studio",
        public_id=name,
        resource_type="image",
        delivery_type="upload",
        version=1,
        asset_id=f"id of {name}",
        format="jpg",
        etag="e",
        sha256=content,
        bytes=100,
        url="https://example.com/x",
    )
