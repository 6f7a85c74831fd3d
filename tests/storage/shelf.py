"""A catalog and a ledger with assets to ask for."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, CloudCopy, Kind, LibraryId
from bridge_app.domain.jobs import JobState
from bridge_app.domain.query import Query
from bridge_app.storage.catalog import Catalog, SeenFile, asset_id
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.search import CatalogReader

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
HOME = LibraryId("home")


def make(path: str, **facts: object) -> Asset:
    base = Asset(
        id=asset_id(HOME, path),
        library=HOME,
        path=path,
        name=path.rpartition("/")[2],
        folder=path.rpartition("/")[0],
        kind=Kind.IMAGE,
        format="jpeg",
        bytes=100,
        modified_at="2026-05-01T00:00:00+00:00",
        sha256=f"sha of {path}",
    )
    return replace(base, **facts)  # type: ignore[arg-type]


class Shelf:
    """A catalog and a ledger with assets to ask for."""

    def __init__(self, home: Path) -> None:
        self.ledger = open_ledger(home / "ledger.db")
        self.catalog = Catalog.open(home / "catalog.db", ledger=home / "ledger.db")
        self.decisions = Decisions(self.ledger)
        self.reader: CatalogReader = self.catalog.reader()

    def put(self, *assets: Asset) -> None:
        self.catalog.put([SeenFile(asset=a, modified_ns=1, file_key=a.path) for a in assets])

    def decide(self, asset: Asset, approval: Approval) -> None:
        self.decisions.add([asset], approval, comment="", who="Kim", at=NOW)

    def deliver(self, asset: Asset, environment: str) -> CloudCopy:
        jobs = Jobs(self.ledger)
        new = NewJob(kind="push", identity=asset.id, batch="b", name=asset.name, params={})
        jobs.add([new], at=NOW)
        (job,) = jobs.exchange([], ["push"], limit=1, at=NOW)
        copy = CloudCopy(
            environment=environment,
            public_id=asset.name,
            resource_type="image",
            delivery_type="upload",
            version=1,
            asset_id="x",
            format="jpg",
            etag="e",
            sha256=asset.sha256 or "",
            bytes=asset.bytes,
            url="",
        )
        jobs.exchange([Result(job=job.id, state=JobState.DONE, copy=copy)], [], limit=0, at=NOW)
        return copy

    def names(self, **question: object) -> list[str]:
        query = Query(**question)  # type: ignore[arg-type]
        found = self.reader.page(query, offset=0, limit=1000, now=NOW)
        assert self.reader.count(query, now=NOW) == len(found)
        assert self.reader.ids(query, now=NOW) == [asset.id for asset in found]
        return [asset.name for asset in found]

    def close(self) -> None:
        self.reader.close()
        self.catalog.close()
        self.ledger.close()
