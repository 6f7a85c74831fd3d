"""Reports, put together when somebody first asks for one."""

from collections.abc import Mapping

from bridge_app.app.workbench import Workbench
from bridge_app.delivery.usage import survey
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import cloud_library
from bridge_app.domain.shelter import shelter_library
from bridge_app.storage.delivery_extract import DeliveryPacks
from bridge_app.storage.picture_hashes import PictureHashes
from bridge_app.work.insight_reports import InsightReports, InsightStores
from bridge_app.work.insights import InsightMeans, InsightsDesk
from bridge_app.work.log_import import LogImporter
from bridge_app.work.look_alikes import LookAlikeFinder

LOCK = "import.lock"


def insights_desk(shop: Workbench) -> InsightsDesk:
    """Who is asked for reports."""
    stock = shop.stock
    means = InsightMeans(
        environment=lambda: _in_use(shop),
        survey=lambda environment: _survey(shop, environment),
        who=shop.who,
        now=shop.now,
        tell=shop.announcer.tell,
    )
    stores = InsightStores(
        readers=stock.readers,
        logs=stock.access_logs,
        facts=stock.places.facts,
        alikes=LookAlikeFinder(PictureHashes(stock.catalog.writer), stock.thumbs),
        packs=DeliveryPacks(stock.catalog.writer),
    )
    reports = InsightReports(
        stores, environment=means.environment, names=lambda: _names(shop), now=shop.now
    )
    importer = LogImporter(stock.access_logs, stock.readers, lock=stock.places.folder / LOCK)
    return InsightsDesk(reports, stock.access_logs, importer, stock.saved_reports, means)


def _in_use(shop: Workbench) -> str | None:
    account = shop.environments.current()
    return account.environment if account is not None else None


def _survey(shop: Workbench, environment: str) -> None:
    told = survey(shop.environments.credentials(environment), at=shop.now())
    shop.environments.take_survey(environment, told)
    shop.announcer.tell(ChangeSet(accounts=True))


def _names(shop: Workbench) -> Mapping[str, str]:
    """What libraries are called, wherever they live."""
    named = {str(one.id): one.name for one in shop.stock.places.libraries()}
    for account in shop.environments.accounts():
        named[str(cloud_library(account.environment))] = account.label or account.environment
    for record in shop.stock.shelters.records():
        named[str(shelter_library(record.account))] = record.name
    return named
