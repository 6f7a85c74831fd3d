"""An office of reviewers in a story: pictures, an environment with policies, and nobody online."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bridge_app.delivery.accounts import NewAccount
from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.policies import Policy, PolicyMatch
from bridge_app.domain.review_requests import ReviewItem, ReviewRequest, ReviewWish
from bridge_app.work.reviews import ReviewDesk
from tests.desk import Desk, picture

SQUARE = "c_fill,h_60,w_60/f_jpg"
CLOUD = "studio"


class Reviewers:
    """Those who sit at a desk, one after another."""

    def __init__(self, desk: Desk, number: int) -> None:
        self.desk = desk
        self._folder = f"story-{number}"
        self._seed = itertools.count(100 * number)

    @property
    def reviews(self) -> ReviewDesk:
        return self.desk.parts.worker.reviews

    def stock(self, *names: str) -> list[AssetId]:
        """Put pictures into a folder of this story; nobody has seen their contents before."""
        for name in names:
            self.draw(name)
        self.desk.library()
        known = {asset.path: asset.id for asset in self.desk.assets()}
        return [known[f"{self._folder}/{name}"] for name in names]

    def draw(self, name: str) -> Path:
        """Write a picture that there was not, under a name that there may be."""
        return picture(self.desk.folder / self._folder / name, next(self._seed))

    def scan(self) -> None:
        """Files have changed."""
        for library in self.desk.parts.worker.libraries():
            self.desk.parts.worker.scan(library.id)
        self.desk.settled()

    def go_home(self) -> None:
        """Close all requests, decide what waits, and take policies away."""
        worker = self.desk.parts.worker
        for one in self.reviews.requests():
            self.reviews.close(one.id)
        worker.decide([item.asset for item in self.reviews.queue("")], Approval.APPROVED)
        if worker.current_account() is not None:
            worker.policies.put([], CLOUD)

    def sit_down(self, who: str) -> None:
        """From now on somebody else sits here."""
        settings = self.desk.parts.settings
        settings.save(replace(settings.load(), who=who))

    def demand(self, *stages: str, match: PolicyMatch | None = None) -> None:
        """An environment with a policy, which nobody can reach."""
        self.desk.parts.worker.set_work_offline(on=True)
        account = NewAccount.from_url(f"cloudinary://key:reviewers-own@{CLOUD}")
        self.desk.parts.environments.keep(account)
        policy = Policy(name="Stages", match=match or PolicyMatch(), stages=stages)
        self.desk.parts.worker.policies.put([policy], CLOUD)

    def ask(
        self, *items: AssetId | ReviewItem, reviewers: Sequence[str] = (), days: int | None = None
    ) -> ReviewRequest:
        """Request a review of masters, or of items."""
        chosen = [one if isinstance(one, ReviewItem) else ReviewItem(asset=one) for one in items]
        due = None if days is None else self.desk.clock() + timedelta(days=days)
        wish = ReviewWish(title="Spring", items=tuple(chosen), due=due, reviewers=tuple(reviewers))
        return self.reviews.request(wish)

    def decide(
        self, asset: AssetId, approval: Approval, transformation: str = "", stage: str = ""
    ) -> None:
        """Whoever sits here decides."""
        self.desk.parts.worker.decide([asset], approval, transformation=transformation, stage=stage)
