"""Plans what a push would do; what everybody knows to be there already is not planned twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.delivery.accounts import Account
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.gate import next_turn
from bridge_app.domain.push_plan import PushPlan, PushTarget, plan_push
from bridge_app.domain.settled_push import settled_step
from bridge_app.storage.settled_pushes import settled_pushes
from bridge_app.work.crew import Stock

MOST_KEPT = 20_000
"""Steps of a plan that is kept: some eight megabytes."""
State = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A plan, all that it was made of, and when the clock may make it another one."""

    assets: tuple[AssetId, ...]
    target: PushTarget
    account: Account
    state: State
    since: datetime
    until: datetime | None
    plan: PushPlan

    def is_about(self, now: datetime, state: State) -> bool:
        """Would planning it again find the very same?"""
        in_time = self.since <= now and (self.until is None or now < self.until)
        return in_time and self.state == state


class PushPlans:
    """Any thread may ask. Of the plans that send nothing the last one is kept.

    It is handed out again for the same wish while neither the catalog nor the ledger was written
    to, by whomever, and no right or override began or ended: looking again at a folder that has
    been pushed costs no planning.
    """

    def __init__(self, stock: Stock, *, now: Callable[[], datetime]) -> None:
        self._stock = stock
        self._now = now
        self._kept: _Kept | None = None

    def plan(self, assets: Sequence[AssetId], target: PushTarget, account: Account) -> PushPlan:
        """What a push to `account` would do now. Blocking."""
        now, wanted, kept = self._now(), tuple(assets), self._kept
        # Before anything is read: what is written meanwhile makes another plan next time.
        state = self._stock.catalog.writer.state(), self._stock.places.state()
        if (
            kept is not None
            and kept.is_about(now, state)
            and (kept.assets, kept.target, kept.account) == (wanted, target, account)
        ):
            return kept.plan
        plan, until = self._made(wanted, target, account, now)
        if not plan.sending and len(plan.steps) <= MOST_KEPT:
            self._kept = _Kept(
                assets=wanted,
                target=target,
                account=account,
                state=state,
                since=now,
                until=until,
                plan=plan,
            )
        return plan

    def _made(
        self, assets: Sequence[AssetId], target: PushTarget, account: Account, now: datetime
    ) -> tuple[PushPlan, datetime | None]:
        stock, environment, limits = self._stock, account.environment, account.media_limits
        policies = stock.gate.policies(environment)
        with stock.readers.lent() as reader:
            # Policies ask more of an asset than this question does.
            settled = {} if policies else reader.ask(settled_pushes(environment, assets))
            rest = [asset for asset in assets if asset not in settled]
            found = reader.assets(rest)  # What is there comes at once, with `remote_state`.
        # What only Cloudinary has needs no push, and has no bytes here that could be sent.
        found = [asset for asset in found if environment_of(asset.library) is None]
        steps = {one.asset: settled_step(one, limits) for one in settled.values()}
        if found:
            queued = stock.jobs.queued_pushes(environment)
            planned = plan_push(
                found,
                target=target,
                environment=environment,
                remote=stock.deliveries.remote_state(environment, queued, policies),
                now=now,
                limits=limits,
            )
            steps |= {step.asset: step for step in planned.steps}
        in_order = tuple(steps[asset] for asset in assets if asset in steps)
        plan = PushPlan(environment=environment, target=target, steps=in_order)
        return plan, next_turn(found, now)
