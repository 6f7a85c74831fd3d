"""Reports, put together when somebody first asks for one."""

from bridge_app.app.workbench import Workbench
from bridge_app.work.insights import InsightMeans, InsightsDesk


def insights_desk(shop: Workbench) -> InsightsDesk:
    """Who is asked for reports."""
    means = InsightMeans(
        environment=lambda: _in_use(shop),
        who=shop.who,
        now=shop.now,
        tell=shop.announcer.tell,
    )
    return InsightsDesk(means)


def _in_use(shop: Workbench) -> str | None:
    account = shop.environments.current()
    return account.environment if account is not None else None
