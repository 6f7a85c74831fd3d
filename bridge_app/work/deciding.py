"""Makes the desks at which people decide, and say what is to be decided, for the worker's door."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from bridge_app.work.approvals import ApprovalDesk, DecidingMeans
from bridge_app.work.crew import Stock
from bridge_app.work.crew_port import Crew
from bridge_app.work.file_approval_jobs import telling_all
from bridge_app.work.policies import PolicyDesk
from bridge_app.work.review_pack import PackMeans, ReviewPackDesk
from bridge_app.work.review_pack_films import films
from bridge_app.work.review_pack_pictures import sampling


def deciding(
    stock: Stock, crew: Crew, *, who: Callable[[], str], now: Callable[[], datetime]
) -> tuple[ApprovalDesk, PolicyDesk, ReviewPackDesk]:
    """Who records decisions and overrides, who keeps policies, and who hands out review packs."""

    def environment() -> str | None:
        account = crew.environments.current()
        return account.environment if account else None

    means = DecidingMeans(
        environment=environment,
        who=who,
        now=now,
        nudge=crew.transfers.nudge,
        tell=crew.announcer.tell,
        telling=telling_all(lambda: crew.file_approvals),
    )
    approvals = ApprovalDesk(stock.readers, stock.decisions, stock.policies, stock.gate, means)
    packs = ReviewPackDesk(
        stock.review_packs,
        stock.readers,
        PackMeans(
            presets=crew.rendition_presets.library,
            sampled=sampling(crew.studio, crew.scanner.library),
            files=crew.outside.files,
            film=films(crew.studio, crew.scanner.library),
            who=who,
            now=now,
            new_id=lambda: uuid4().hex,
        ),
        places=crew.outside.places,
        approvals=approvals,
        reviews=crew.reviews,
    )
    return approvals, PolicyDesk(stock.policies, stock.gate, stock.readers, means), packs
