"""What of review requests is still to be decided, and by whom, as the record stands now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.query import Query
from bridge_app.domain.review_requests import (
    QueueItem,
    QueueSource,
    RequestCounts,
    ReviewItem,
    ReviewRequest,
    counted,
    in_order,
)
from bridge_app.domain.review_turns import NOTHING, Asked, Standings, outcome, turn_of
from bridge_app.domain.roles import roles_of
from bridge_app.storage.review_requests import ReviewRequests
from bridge_app.storage.search import Readers

MOST_FROM_LIBRARIES = 2_000
"""How many masters that their libraries call in review a queue shows."""


Demanding = Callable[[Asset, str], tuple[str, ...]]
"""The stages that an asset needs through the preset of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSources:
    """Whom the queue asks what is needed, and what else waits.

    `demanding` tells, by the policies of this moment, the stages of an asset through a preset
    ("" is the master itself), in their order; `roles` are those that policies name; `claimed` is
    what waits for a moderator at Cloudinary, and what files say that nobody has answered.
    """

    demanding: Callable[[], Demanding]
    roles: Callable[[], Iterable[str]]
    claimed: Callable[[], Iterable[QueueItem]]


class ReviewQueue:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self,
        requests: ReviewRequests,
        readers: Readers,
        sources: QueueSources,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._requests = requests
        self._readers = readers
        self._sources = sources
        self._now = now

    def of(self, who: str, requests: Sequence[ReviewRequest]) -> list[QueueItem]:
        """What is undecided of these requests, and what waits without one, in order."""
        asked = [item for request in requests for item in self.items(request, who)]
        open_ones = [item for item in asked if not item.decided]
        known = {(item.asset, item.transformation) for item in asked}
        other: dict[tuple[AssetId, str], QueueItem] = {}
        for item in (*self._sources.claimed(), *self._in_review(roles_of(who))):
            subject = item.asset, item.transformation
            if subject not in known:
                other.setdefault(subject, item)
        return in_order([*open_ones, *other.values()])

    def roles(self) -> list[str]:
        """The roles and names that policies, requests and comments know, each once."""
        known = (*self._sources.roles(), *self._requests.roles())
        return list(dict.fromkeys(known))

    def items(self, request: ReviewRequest, who: str) -> list[QueueItem]:
        """All that a request asks for whose asset is still here, as it is for `who`."""
        roles, overdue = roles_of(who), request.is_overdue(self._now())
        found: list[QueueItem] = []
        for item, asset, asked, standings in self._asked(request):
            turn = turn_of(roles, asked, standings)
            found.append(
                QueueItem(
                    asset=asset.id,
                    name=asset.name,
                    transformation=item.transformation,
                    preset=item.preset,
                    request=request.id,
                    title=request.title,
                    stage=turn.stage,
                    waits_for=turn.waits_for,
                    due=request.due,
                    is_overdue=overdue and not turn.decided,
                    approval=turn.approval,
                    decided=turn.decided,
                )
            )
        return found

    def counts(self, request: ReviewRequest) -> RequestCounts:
        """How far it is, whoever decided."""
        decided = [outcome(asked, standings) for _, _, asked, standings in self._asked(request)]
        total = len(request.items)
        return counted(total, decided, gone=total - len(decided))

    def _asked(
        self, request: ReviewRequest
    ) -> Iterator[tuple[ReviewItem, Asset, Asked, Standings]]:
        """The items whose assets are still here, each with what it takes and how it stands."""
        ids = list(dict.fromkeys(item.asset for item in request.items))
        with self._readers.lent() as reader:
            assets = {asset.id: asset for asset in reader.assets(ids)}
        contents = {asset.content for asset in assets.values() if asset.content}
        stages = self._sources.demanding()
        standings = self._requests.standings(contents)
        for item in request.items:
            if (asset := assets.get(item.asset)) is not None:
                asked = Asked(stages=stages(asset, item.preset), since=request.since)
                subject = (asset.content or "", item.transformation)
                yield item, asset, asked, standings.get(subject, NOTHING)

    def _in_review(self, roles: frozenset[str]) -> list[QueueItem]:
        """Masters that their libraries, intake folders or earlier stages call in review."""
        query = Query(approvals=frozenset({Approval.IN_REVIEW}))
        with self._readers.lent() as reader:
            found = reader.page(query, offset=0, limit=MOST_FROM_LIBRARIES, now=self._now())
        standings = self._requests.standings({one.content for one in found if one.content})
        stages, items = self._sources.demanding(), list[QueueItem]()
        for asset in found:
            asked = Asked(stages=stages(asset, ""))
            turn = turn_of(roles, asked, standings.get((asset.content or "", ""), NOTHING))
            if not turn.decided:
                items.append(
                    QueueItem(
                        asset=asset.id,
                        name=asset.name,
                        stage=turn.stage,
                        waits_for=turn.waits_for,
                        approval=turn.approval,
                        source=QueueSource.LIBRARY,
                    )
                )
        return items
