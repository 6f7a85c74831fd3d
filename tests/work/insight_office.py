"""A shelf with somebody who answers reports."""

import io
from contextlib import ExitStack
from pathlib import Path

from PIL import Image

from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import OfflineError
from bridge_app.domain.places import Place, PlaceKind
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.reports import WHOLE, Cell, Lack, Report, ReportKind, ReportScope
from bridge_app.storage.access_logs import AccessLogs
from bridge_app.storage.delivery_extract import DeliveryPacks
from bridge_app.storage.environment_facts import EnvironmentFacts
from bridge_app.storage.picture_hashes import PictureHashes
from bridge_app.storage.places import PlaceRecords
from bridge_app.storage.renditions import MadeRenditions
from bridge_app.storage.saved_reports import SavedReports
from bridge_app.storage.search import Readers
from bridge_app.storage.thumbs import THUMB_EDGE, Thumbs
from bridge_app.work.insight_reports import InsightReports, InsightStores
from bridge_app.work.insights import InsightMeans, InsightsDesk
from bridge_app.work.log_import import LogImporter
from bridge_app.work.look_alikes import LookAlikeFinder
from tests.storage.shelf import HOME, NOW, Shelf

BRAND = "brand"
ADDRESS = "https://res.cloudinary.com/brand/image/upload/"


class Office(Shelf):
    """A shelf with somebody who answers reports."""

    def __init__(self, home: Path, closing: ExitStack) -> None:
        super().__init__(home)
        self.home = home
        self.now = NOW
        self.told: list[ChangeSet] = []
        self.surveyed: list[str] = []
        self.is_offline = False
        self.facts = EnvironmentFacts(self.ledger)
        logs = AccessLogs(self.ledger)
        readers = Readers(self.catalog.reader)
        self.thumbs = Thumbs.open(home / "thumbs.db")
        alikes = LookAlikeFinder(PictureHashes(self.catalog.writer), self.thumbs)
        for one in (self.ledger, self.catalog, self.thumbs, readers, self.reader):
            closing.callback(one.close)
        means = InsightMeans(
            environment=lambda: BRAND,
            survey=self._survey,
            who=lambda: "Kim",
            now=lambda: self.now,
            tell=self.told.append,
        )
        reports = InsightReports(
            InsightStores(
                readers=readers,
                logs=logs,
                facts=self.facts,
                alikes=alikes,
                packs=DeliveryPacks(self.catalog.writer),
            ),
            environment=means.environment,
            names=lambda: {HOME: "Home"},
            now=means.now,
        )
        importer = LogImporter(logs, readers, lock=home / "import.lock")
        self.desk = InsightsDesk(reports, logs, importer, SavedReports(self.ledger), means)

    def _survey(self, environment: str) -> None:
        if self.is_offline:
            raise OfflineError(service=environment)
        self.surveyed.append(environment)

    def asked(self, kind: ReportKind, scope: ReportScope = WHOLE) -> list[dict[str, Cell]]:
        return rows_of(self.desk.report(kind, scope))

    def log(self, *lines: str, name: str = "edge.csv", header: str = "") -> Path:
        file = self.home / name
        head = header or "timestamp,request_url,sc-status,sc-bytes,referer"
        file.write_text("\n".join((head, *lines)) + "\n", "utf-8")
        return file

    def thumbnail(self, name: str, image: Image.Image, *, quality: int = 90) -> None:
        """The stored thumbnail of an asset made by `make`."""
        encoded = io.BytesIO()
        image.save(encoded, "JPEG", quality=quality)
        self.thumbs.put([(f"sha of {name}", THUMB_EDGE, encoded.getvalue())])

    def rendered(self, asset: Asset) -> None:
        """A rendition was made of what is delivered of it."""
        made = PublishedRendition(
            environment=BRAND,
            public_id=asset.name,
            version=1,
            transformation="c_fill,w_400",
            format="png",
            asset=asset.id,
            name=asset.name,
            sha256=asset.sha256 or "",
            preset="teaser",
            market="",
            language="",
            url="",
            width=400,
            height=300,
            bytes=1000,
            made_at="2026-05-01T00:00:00+00:00",
        )
        MadeRenditions(self.ledger).record([made])

    def placed(self, asset: Asset, kind: PlaceKind = PlaceKind.EXPORT) -> None:
        place = Place(
            kind=kind,
            place=f"/out/{asset.name}",
            asset=asset.id,
            name=asset.name,
            content=asset.content or "",
        )
        PlaceRecords(self.ledger).record([place], at=NOW)


def rows_of(report: Report) -> list[dict[str, Cell]]:
    names = [column.name for column in report.columns]
    return [dict(zip(names, row, strict=True)) for row in report.rows]


def lacks(report: Report) -> set[Lack]:
    return {gap.lack for gap in report.gaps}
